//! `demarche add`: articles into a dossier.
//!
//! ```text
//! inputs ── is it there? ──> N workers code ── put in order ──> one writer, a batch a transaction ──> link
//! ```
//! What is there is passed over before it is coded. Whatever was written stays, however the run ends; the same command goes on.

mod filing;
mod reports;

use demarche::document::{Discovered, DocumentError, Input};
use demarche::{Coder, Document};
use demarche_dossier::{Arrival, Batch, Digest, Dossier, DossierError, Presence, Report};

use crate::args::Add;
use crate::batch::{self, Outcome, Trouble, shown};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::provenance;
use crate::summary::{Counts, count};
use filing::Filing;

/// A document on its way.
enum Step {
    /// It is there.
    Known,
    /// It is to be coded.
    Fresh(Box<Document>),
    /// The dossier cannot be asked.
    Broken(DossierError),
}

/// What a worker made of it; `None` where it is there already or left out.
type Made = Result<Option<Box<Report>>, DossierError>;

pub(crate) fn run(args: &Add, quiet: bool) -> Result<Verdict, Failure> {
    let path = args.to()?;
    let of_dossier = Failure::dossier(&path);
    let Discovered { inputs, left } = args.reading.inputs()?;
    let there = path.exists();
    // What cannot be written is known before anything is read.
    let dossier = Dossier::open_waiting(&path, args.patience()).map_err(&of_dossier)?;
    let console = Console::new(quiet, false).leaving(&left);
    let files = args.actors.read(&console)?;
    let layers = args.coding.read()?;
    let coder = Coder::with(args.deciding.options(args.all))?.with_extensions(&layers)?.with_actors(&files)?;
    let run = provenance::run(args.command_line(), &coder, &files, &layers)?;
    let presence = Presence::of(&path, &run, args.recode).map_err(&of_dossier)?;
    let mut batch = Batch::new(run, args.keep());
    batch.recode = args.recode;
    let filing = Filing::new(dossier, batch, args.batch);
    filing.finish_when_interrupted(quiet);

    let verdict = code(args, inputs, presence, coder, &filing, console);
    // Whatever was written is in the one file, also where the run could not go on.
    let empty = filing.extent().is_ok_and(|extent| extent.documents == 0);
    let closed = filing.close().map_err(&of_dossier);
    // A dossier that was made for nothing is taken away again.
    if !there && empty {
        super::import::forget(&path);
    }
    let verdict = verdict?;
    closed.map(|()| verdict)
}

/// Codes the inputs, writes them and joins them to what is there.
fn code(
    args: &Add,
    inputs: Vec<Result<Input, DocumentError>>,
    presence: Presence,
    coder: Coder,
    filing: &Filing,
    console: Console,
) -> Result<Verdict, Failure> {
    let path = args.to()?;
    let of_dossier = Failure::dossier(&path);
    let source = batch::remarked(inputs, args.reading.options())
        .map(move |item| arrived(&presence, batch::named_by_hash(item?)));
    let work = work(coder, args.relevant);
    let mut known = 0;
    let tally = batch::each(source, args.reading.threads(), work, &console, |made: Made, _| {
        if let Some(report) = made.map_err(&of_dossier)? {
            return filing.take(*report).map_err(&of_dossier);
        }
        known += 1;
        Ok(())
    })?;
    let added = filing.finish().map_err(&of_dossier)?;
    console.working("joining reports of one happening");
    filing.link().map_err(&of_dossier)?;
    let extent = filing.extent().map_err(&of_dossier)?;
    let verdict = tally.verdict();
    let n = |number: usize, noun: &str| count(number as u64, noun);
    console.finish(format_args!(
        "{}\nwritten: {}, {} replaced, {} unchanged; {}, {}, {}\n{}: {} in {}; {} of {}",
        tally.summary(),
        n(added.new, "new document"),
        added.replaced,
        // Documents left out for their genre are not in the dossier, and made no record.
        added.unchanged + known - tally.left_out(),
        n(added.events, "event"),
        n(added.statements, "statement"),
        n(added.initiatives, "initiative"),
        shown(&path.display().to_string()),
        count(extent.documents, "document"),
        count(extent.stories, "story"),
        count(extent.incidents, "incident"),
        count(extent.events, "event"),
    ));
    Ok(verdict)
}

/// Looks whether a document is there.
fn arrived(presence: &Presence, document: Document) -> Result<Step, Trouble> {
    match presence.check(&document.id, &Digest(document.received.hash)) {
        Ok(Arrival::Unchanged) => Ok(Step::Known),
        Ok(Arrival::ToCode) => Ok(Step::Fresh(Box::new(document))),
        Ok(Arrival::Clash) => Err(Trouble {
            kind: "id given twice",
            message: format!(
                "{}: another document of this id came before in this run; give each its own id, or add a corrected version in a \
                 run of its own",
                shown(&document.id)
            ),
        }),
        Err(error) => Ok(Step::Broken(error)),
    }
}

/// From a document to what the dossier takes.
fn work(coder: Coder, relevant: bool) -> impl Fn(Step) -> Outcome<Made> + Send + Sync + 'static {
    let code = batch::english(move |document| {
        let genre = coder.genre(document).genre;
        if relevant && !genre.relevant {
            let counts = Counts { documents: 1, irrelevant: Some(genre.name.clone()), ..Counts::default() };
            return (Ok(None), counts);
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
        (Ok(Some(Box::new(reports::report(document, &analysis, report, &genre.name)))), counts)
    });
    move |step| match step {
        Step::Known => Outcome::Made(Ok(None), Counts::default()),
        Step::Fresh(document) => code(*document),
        Step::Broken(error) => Outcome::Made(Err(error), Counts::default()),
    }
}
