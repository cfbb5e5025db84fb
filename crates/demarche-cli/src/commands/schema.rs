//! `demarche schema`: the JSON Schema of a record.

use crate::failure::{Failure, Verdict};
use crate::output::Destination;

pub(crate) fn print() -> Result<Verdict, Failure> {
    let mut destination = Destination::open(None)?;
    destination.write(format!("{:#}\n", demarche::schema().as_value()).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}
