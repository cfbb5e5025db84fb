//! `demarche --version`: the program, and the data and model by which its records are made.

use demarche::Coder;

use crate::failure::{Failure, Verdict};
use crate::output::Destination;

/// What the licence of the places asks for.
const ATTRIBUTION: &str = "Places: GeoNames (geonames.org), CC BY 4.0";

pub(crate) fn print() -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let versions = coder.versions();
    let text = format!(
        "demarche {}\ndata {}, of {}\nmodel {}\n{ATTRIBUTION}\n",
        env!("CARGO_PKG_VERSION"),
        versions.data,
        coder.world().date(),
        versions.model
    );
    let mut destination = Destination::open(None)?;
    destination.write(text.as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}
