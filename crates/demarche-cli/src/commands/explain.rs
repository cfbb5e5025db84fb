//! `demarche explain`: why each sentence gave a record, or none.

use std::fmt::Write;

use demarche::Coder;
use demarche::document::Discovered;

use crate::args::Explain;
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page, plain};
use crate::summary::Counts;

pub(crate) fn run(args: &Explain, quiet: bool) -> Result<Verdict, Failure> {
    let Discovered { inputs, left } = args.reading.inputs()?;
    let destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let files = args.actors.read(&console)?;
    let layers = args.coding.read()?;
    let coder = Coder::with(args.deciding.options(args.all))?.with_extensions(&layers)?.with_actors(&files)?;
    let work = batch::english(move |document| {
        let explanation = coder.explain(document);
        let words = explanation.sentences.iter().map(|sentence| sentence.tree.len()).sum();
        let foreign = document.foreign.clone();
        let sentences = explanation.sentences.len();
        let counts = Counts { documents: 1, sentences, words, foreign, ..Counts::default() };
        let mut out = String::new();
        let heading = page.palette.heading;
        // Writing to a string does not fail.
        let _ = writeln!(out, "{heading}{}{heading:#}\n", plain(&document.id));
        for line in explanation.to_string().lines() {
            coloured(&mut out, line, page);
        }
        (out.into_bytes(), counts)
    });
    let source = batch::remarked(inputs, args.reading.options());
    batch::run(source, args.reading.threads(), work, destination, console)
}

/// Colours a line by what it begins with.
fn coloured(out: &mut String, line: &str, page: Page) {
    let palette = page.palette;
    let style = match line.split_whitespace().next() {
        Some("sentence" | "title") if !line.starts_with(' ') => palette.heading,
        Some("mention") => palette.actor,
        Some("record") => palette.trigger,
        Some("none") => palette.dim,
        _ => anstyle::Style::new(),
    };
    let _ = writeln!(out, "{style}{}{style:#}", plain(line));
}
