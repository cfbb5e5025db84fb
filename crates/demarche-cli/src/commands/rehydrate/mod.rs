//! `demarche rehydrate`: words back into records that were written without them.

mod dossier;
mod records;

use crate::args::Rehydrate;
use crate::failure::{Failure, Verdict};

pub(crate) fn run(args: &Rehydrate, quiet: bool) -> Result<Verdict, Failure> {
    match &args.dossier {
        Some(path) => dossier::run(args, path, quiet),
        None => records::run(args, quiet),
    }
}

/// What is said of a text that is not the one that was coded.
fn other_text(id: &str) -> String {
    format!(
        "{}: not the text that was coded (its SHA-256 is another); its records are left as they are",
        crate::batch::shown(id)
    )
}
