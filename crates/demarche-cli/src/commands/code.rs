//! `demarche code`: articles to records.

use demarche::{Coder, CoderOptions};

use crate::args::{Code, To};
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page, csv, jsonl, text};
use crate::summary::Counts;

pub(crate) fn run(args: &Code, quiet: bool) -> Result<Verdict, Failure> {
    let inputs = args.reading.inputs()?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let (to, kind) = (args.to, args.kind);
    let page = Page::of(&destination);
    if to == To::Csv {
        destination.write(&csv::header(kind))?;
    }
    let console = Console::new(quiet, destination.is_terminal());
    let files = args.actors.read(&console)?;
    let coder = Coder::with(CoderOptions { all: args.all })?.with_actors(&files)?;
    let work = batch::english(move |document| {
        let analysis = coder.analyse_to_code(document);
        let report = coder.code_analysed(document, &analysis);
        let mut counts = Counts {
            documents: 1,
            sentences: analysis.sentences(),
            words: analysis.words(),
            foreign: document.foreign.clone(),
            ..Counts::default()
        };
        counts.count(&report);
        let bytes = match to {
            To::Text => text::render(document, &analysis, &report, page).into_bytes(),
            To::Jsonl => jsonl::lines(&report.records),
            To::Csv => csv::rows(&report.records, kind),
        };
        (bytes, counts)
    });
    let source = batch::documents(inputs, args.reading.options());
    batch::run(source, args.reading.threads(), work, destination, console)
}
