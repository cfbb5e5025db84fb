//! `demarche code`: articles to records.

use demarche::Coder;
use demarche::document::Discovered;

use crate::args::{Code, To};
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page, csv, jsonl, text};
use crate::summary::Counts;

pub(crate) fn run(args: &Code, quiet: bool) -> Result<Verdict, Failure> {
    let Discovered { inputs, left } = args.reading.inputs()?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let (to, kind, relevant) = (args.to, args.kind, args.relevant);
    let page = Page::of(&destination);
    if to == To::Csv {
        destination = destination.headed(csv::header(kind));
    }
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let files = args.actors.read(&console)?;
    let layers = args.coding.read()?;
    let coder = Coder::with(args.deciding.options(args.all))?.with_extensions(&layers)?.with_actors(&files)?;
    let work = batch::english(move |document| {
        let genre = coder.genre(document).genre;
        if relevant && !genre.relevant {
            return (Vec::new(), Counts { documents: 1, irrelevant: Some(genre.name.clone()), ..Counts::default() });
        }
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
