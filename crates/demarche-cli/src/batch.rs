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

impl Trouble {
    /// The kind of what is told and is no failure.
    const REMARK: &str = "remark";

    /// Something worth knowing about an input that was read.
    fn remark(message: String) -> Self {
        Self { kind: Self::REMARK, message }
    }
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
            DocumentError::BadDate { .. } | DocumentError::AmbiguousDate { .. } => "bad date",
            DocumentError::NoColumn { .. } => "missing column",
            DocumentError::FieldCount { .. } => "wrong number of fields",
            DocumentError::Damaged { .. } => "damaged",
            DocumentError::NoFeed { .. } => "not a feed",
            DocumentError::NoDocument { .. } => "no document",
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
    without_remarks(remarked(inputs, options))
}

/// As [`documents`], with an item after those of an input about which something is to be told; [`each`] tells it.
pub(crate) fn remarked(
    inputs: Vec<Result<Input, DocumentError>>,
    options: document::Options,
) -> impl Iterator<Item = Result<Document, Trouble>> + Send + 'static {
    inputs.into_iter().flat_map(move |input| -> Box<dyn Iterator<Item = Result<Document, Trouble>> + Send> {
        match input {
            Ok(input) => Box::new(Remarking(document::read(&input, &options))),
            Err(error) => Box::new(std::iter::once(Err(error.into()))),
        }
    })
}

/// The documents and failures alone, for those who count them.
pub(crate) fn without_remarks(
    source: impl Iterator<Item = Result<Document, Trouble>> + Send + 'static,
) -> impl Iterator<Item = Result<Document, Trouble>> + Send + 'static {
    source.filter(|item| !matches!(item, Err(trouble) if trouble.kind == Trouble::REMARK))
}

/// The documents of an input, and at their end what was odd about it.
struct Remarking(document::Documents);

impl Iterator for Remarking {
    type Item = Result<Document, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(document) = self.0.next() {
            return Some(document.map_err(Trouble::from));
        }
        let oddities = self.0.take_oddities();
        (!oddities.is_empty()).then(|| Err(Trouble::remark(format!("{}: {oddities}", self.0.place()))))
    }
}

/// Gives a document of standard input that has no id one made of its hash: in a dossier the next one that comes this way is
/// another document, not another version of it.
pub(crate) fn named_by_hash(mut document: Document) -> Document {
    let stdin = Input::Stdin.name();
    let unnamed = document.id.strip_prefix(&stdin).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix(':').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    });
    if unnamed {
        let hash = demarche_dossier::Digest(document.received.hash).to_string();
        document.id = format!("sha256-{}", hash.get(..16).unwrap_or(&hash));
    }
    document
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

/// What became of an item, as told to who takes the results.
pub(crate) enum Item<T> {
    Made(T),
    /// A document in another language, by its id.
    Skipped(String),
    Failed,
}

/// Runs a batch to its end and hands what was made to `take`, in input order.
pub(crate) fn each<I: Send + 'static, T: Send + 'static>(
    source: impl Iterator<Item = Result<I, Trouble>> + Send + 'static,
    threads: NonZeroUsize,
    work: impl Fn(I) -> Outcome<T> + Send + Sync + 'static,
    console: &Console,
    mut take: impl FnMut(T, &Tally) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    each_item(source, threads, work, console, |item, tally| match item {
        Item::Made(made) => take(made, tally),
        Item::Skipped(_) | Item::Failed => Ok(()),
    })
}

/// As [`each`], but every item is handed on, those of which nothing was made too.
pub(crate) fn each_item<I: Send + 'static, T: Send + 'static>(
    source: impl Iterator<Item = Result<I, Trouble>> + Send + 'static,
    threads: NonZeroUsize,
    work: impl Fn(I) -> Outcome<T> + Send + Sync + 'static,
    console: &Console,
    mut take: impl FnMut(Item<T>, &Tally) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    let mut tally = Tally::start();
    let work = move |item: Result<I, Trouble>| item.map_or_else(Outcome::Failed, &work);
    queue::in_order(source, threads, work, |outcome| {
        match outcome {
            Outcome::Made(made, counts) => {
                take(Item::Made(made), &tally)?;
                tally.made(counts);
            }
            Outcome::Skipped { document, language } => {
                console
                    .skipped(format_args!("{}: in the language `{language}`; only English is read", shown(&document)));
                take(Item::Skipped(document), &tally)?;
                tally.skipped(language);
            }
            Outcome::Failed(trouble) if trouble.kind == Trouble::REMARK => console.noted(&trouble.message),
            Outcome::Failed(trouble) => {
                console.failed(&trouble.message);
                take(Item::Failed, &tally)?;
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
    pub(crate) fn after(self, tally: &Tally) -> Self {
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
