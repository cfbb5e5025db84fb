//! Many inputs through one kind of work: failures named and counted, everything else written in input order.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use demarche::Document;
use demarche::document::{self, DocumentError, Input};

use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::Destination;
use crate::queue;
use crate::summary::{Counts, Tally};

/// The one language that is coded.
const ENGLISH: &str = "en";

/// What one item gave.
pub(crate) enum Outcome<T = Vec<u8>> {
    /// What was made of it: bytes to write, mostly.
    Made(T, Counts),
    /// A document in another language.
    Skipped { document: String, language: String },
    /// No document.
    Failed(Trouble),
}

/// A failure in two lengths: a word or two for counting, a line for reading.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) kind: &'static str,
    pub(crate) message: String,
}

impl From<DocumentError> for Trouble {
    fn from(error: DocumentError) -> Self {
        let kind = match error {
            DocumentError::Empty { .. } => "empty",
            DocumentError::Binary { .. } => "not text",
            DocumentError::Undecodable { .. } => "unknown encoding",
            DocumentError::TooLarge { .. } => "too large",
            DocumentError::BadJson { .. } => "not JSON",
            DocumentError::MissingField { .. } => "missing field",
            DocumentError::WrongType { .. } => "wrong type",
            DocumentError::BadDate { .. } => "bad date",
            DocumentError::NothingInFolder { .. } => "nothing in folder",
            DocumentError::Unreadable { .. } => "unreadable",
        };
        Self { kind, message: error.to_string() }
    }
}

/// All documents of `inputs`, one after the other; an input that cannot be read is an item too.
pub(crate) fn documents(
    inputs: Vec<Result<Input, DocumentError>>,
    options: document::Options,
) -> impl Iterator<Item = Result<Document, Trouble>> + Send + 'static {
    inputs
        .into_iter()
        .flat_map(move |input| -> Box<dyn Iterator<Item = Result<Document, DocumentError>> + Send> {
            match input {
                Ok(input) => Box::new(document::read(&input, &options)),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
        })
        .map(|document| document.map_err(Trouble::from))
}

/// Work on a document that is done for English ones only.
pub(crate) fn english<T>(
    work: impl Fn(&Document) -> (T, Counts) + Send + Sync + 'static,
) -> impl Fn(Document) -> Outcome<T> + Send + Sync + 'static {
    move |document| {
        if document.language != ENGLISH {
            return Outcome::Skipped { document: document.id, language: document.language };
        }
        // One document that meets a fault of ours must not take a batch of a million with it.
        match catch_unwind(AssertUnwindSafe(|| work(&document))) {
            Ok((made, counts)) => Outcome::Made(made, counts),
            Err(_) => Outcome::Failed(Trouble {
                kind: "fault of the program",
                message: format!("{}: a fault of the program; please report it with this document", document.id),
            }),
        }
    }
}

/// Runs a batch to its end and tells what came of it. The output is kept unless every single item failed.
pub(crate) fn run<I: Send + 'static>(
    source: impl Iterator<Item = Result<I, Trouble>> + Send + 'static,
    threads: NonZeroUsize,
    work: impl Fn(I) -> Outcome + Send + Sync + 'static,
    mut destination: Destination,
    console: Console,
) -> Result<Verdict, Failure> {
    let tally = each(source, threads, work, &console, |bytes: Vec<u8>, tally| {
        destination.write(&bytes).map_err(|failure| failure.after(tally))
    })?;
    destination.finish(tally.any_done()).map_err(|failure| failure.after(&tally))?;
    let verdict = tally.verdict();
    console.finish(tally.summary());
    Ok(verdict)
}

/// Runs a batch to its end and hands what was made to `take`, in input order.
pub(crate) fn each<I: Send + 'static, T: Send + 'static>(
    source: impl Iterator<Item = Result<I, Trouble>> + Send + 'static,
    threads: NonZeroUsize,
    work: impl Fn(I) -> Outcome<T> + Send + Sync + 'static,
    console: &Console,
    mut take: impl FnMut(T, &Tally) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    let mut tally = Tally::start();
    let work = move |item: Result<I, Trouble>| item.map_or_else(Outcome::Failed, &work);
    queue::in_order(source, threads, work, |outcome| {
        match outcome {
            Outcome::Made(made, counts) => {
                take(made, &tally)?;
                tally.made(counts);
            }
            Outcome::Skipped { document, language } => {
                console
                    .skipped(format_args!("{}: in the language `{language}`; only English is read", shown(&document)));
                tally.skipped(language);
            }
            Outcome::Failed(trouble) => {
                console.failed(&trouble.message);
                tally.failed(trouble.kind);
            }
        }
        console.progress(&tally);
        Ok::<(), Failure>(())
    })?;
    Ok(tally)
}

impl Failure {
    /// A closed pipe leaves the verdict on the inputs before it.
    fn after(self, tally: &Tally) -> Self {
        match self {
            Self::Closed(_) => Self::Closed(tally.verdict()),
            other => other,
        }
    }
}

/// An id on one line: it comes from outside and may hold anything.
pub(crate) fn shown(id: &str) -> String {
    id.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}
