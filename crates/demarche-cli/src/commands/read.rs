//! `demarche read`: what each input is taken to be.

use demarche::document::describe;

use crate::args::Read;
use crate::batch::{self, Outcome};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, jsonl};
use crate::summary::Counts;

pub(crate) fn run(args: &Read, quiet: bool) -> Result<Verdict, Failure> {
    let inputs = args.reading.inputs()?;
    let destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal());
    let source = batch::documents(inputs, args.reading.options());
    let work =
        |document| Outcome::Made(jsonl::lines(&[describe(&document)]), Counts { documents: 1, ..Counts::default() });
    batch::run(source, args.reading.threads(), work, destination, console)
}
