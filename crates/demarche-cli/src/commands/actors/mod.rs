//! `demarche actors`: who is who.

mod check;
mod lookup;
mod stats;
mod suggest;

use crate::args::Actors;
use crate::failure::{Failure, Verdict};

pub(crate) fn run(args: &Actors, quiet: bool) -> Result<Verdict, Failure> {
    match args {
        Actors::Lookup(args) => lookup::run(args, quiet),
        Actors::Check(args) => check::run(args),
        Actors::Stats(args) => stats::run(args, quiet),
        Actors::Suggest(args) => suggest::run(args, quiet),
    }
}
