//! `demarche read`: what each input is taken to be.

use demarche::document::{Discovered, Genres, describe};

use crate::args::Read;
use crate::batch::{self, Outcome};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, jsonl};
use crate::summary::Counts;

pub(crate) fn run(args: &Read, quiet: bool) -> Result<Verdict, Failure> {
    let Discovered { inputs, left } = args.reading.inputs()?;
    let destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let source = batch::remarked(inputs, args.reading.options());
    let genres = Genres::builtin()?;
    let work = move |document| {
        let counts = Counts { documents: 1, ..Counts::default() };
        Outcome::Made(jsonl::lines(&[describe(&document, &genres)]), counts)
    };
    batch::run(source, args.reading.threads(), work, destination, console)
}
