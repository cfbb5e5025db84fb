//! `demarche code`: articles to records.

mod noted;
mod parts;
mod past;

use std::path::Path;

use demarche::document::Discovered;
use demarche::{Coder, Document};
use demarche_dossier::Run;

use crate::args::Code;
use crate::batch::{self, Outcome};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::manifest::InputLine;
use crate::output::{Destination, Form, Page};
use crate::provenance;
use crate::summary::Counts;

pub(crate) fn run(args: &Code, quiet: bool) -> Result<Verdict, Failure> {
    args.check()?;
    let Discovered { inputs, left } = args.reading.inputs()?;
    let source = batch::remarked(inputs, args.reading.options());
    let form = Form::of(args)?;
    let threads = args.reading.threads();
    if let (true, Some(folder)) = (args.batches.resume, &args.writing.output) {
        let console = Console::new(quiet, false).leaving(&left);
        let (coder, run) = coder(args, &console)?;
        let work = work(args, coder, form, Page::plain());
        let source = batch::without_remarks(source);
        return parts::run(args, &form, folder, &run, source, work, console);
    }
    let destination = form.prepare(Destination::open(args.writing.output.as_deref())?)?;
    let page = Page::of(&destination);
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let (coder, run) = coder(args, &console)?;
    let work = work(args, coder, form, page);
    match &args.batches.manifest {
        Some(file) => {
            let manifest = Destination::open(Some(file))?;
            let files = noted::Files { destination, output: args.writing.output.as_deref(), manifest };
            noted::run(&run, batch::without_remarks(source), threads, work, files, console)
        }
        None => batch::run(source, threads, work, destination, console),
    }
}

/// The coder, and what makes its records what they are.
fn coder(args: &Code, console: &Console) -> Result<(Coder, Run), Failure> {
    let files = args.actors.read(console)?;
    let layers = args.coding.read()?;
    let coder = Coder::with(args.deciding.options(args.all))?.with_extensions(&layers)?.with_actors(&files)?;
    let run = provenance::run(args.command_line(), &coder, &files, &layers)?;
    Ok((coder, run))
}

/// From a document to the bytes of its records.
fn work(args: &Code, coder: Coder, form: Form, page: Page) -> impl Fn(Document) -> Outcome + Send + Sync + 'static {
    let relevant = args.relevant;
    batch::english(move |document| {
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
        let (bytes, no_row) = form.bytes(document, &analysis, report, page);
        counts.no_row = no_row;
        (bytes, counts)
    })
}

/// Work that also says what it was done on.
fn noting<T>(
    work: impl Fn(Document) -> Outcome<T> + Send + Sync + 'static,
) -> impl Fn(Document) -> Outcome<(T, InputLine)> + Send + Sync + 'static {
    move |document| {
        let line = InputLine::of(&document);
        match work(document) {
            Outcome::Made(made, counts) => {
                let line = line.counting(&counts);
                Outcome::Made((made, line), counts)
            }
            Outcome::Skipped { document, language } => Outcome::Skipped { document, language },
            Outcome::Failed(trouble) => Outcome::Failed(trouble),
        }
    }
}

/// The name of a file without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
