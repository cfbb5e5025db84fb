//! What ends a command early, and what a command comes to.

use std::io::{self, Write};
use std::process::ExitCode;

use demarche::dictionary::{DictionaryError, Fault};
use demarche::evaluate::{AttributionError, GenreGoldError, GoldError, InitiativeError, PlacesError, PlvError};
use demarche::{CoderError, ExtensionError};
use demarche_dossier::{DossierError, FilterError};
use demarche_layouts::{Layout, TableFault, WriteError};

use crate::commands::CompareError;

/// What a command that ran to its end came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All is well.
    Fine,
    /// Some inputs failed; each was named on standard error.
    SomeFailed,
}

impl Verdict {
    pub(crate) const fn of(all_well: bool) -> Self {
        if all_well { Self::Fine } else { Self::SomeFailed }
    }
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Fine => Self::SUCCESS,
            Verdict::SomeFailed => Self::from(1),
        }
    }
}

/// Why a command ended before its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The folder of the output is not there.
    #[error(
        "{folder}: there is no such folder to write {file} into; make it first, or choose another place with --output"
    )]
    NoFolder { folder: String, file: String },
    /// Nobody reads on. Not an error; what was said of earlier inputs holds.
    #[error("the reader of the output went away")]
    Closed(Verdict),
    /// The output cannot be written.
    #[error("{place}: cannot be written ({cause}); free space or choose another place with --output")]
    Output { place: String, cause: String },
    /// No input was named, and none comes in by a pipe.
    #[error("no input: name files or folders, or `-` for standard input (see --help)")]
    NoInput,
    /// No name was given, and none comes in by a pipe.
    #[error("no name: give names as arguments, or one a line on standard input (see --help)")]
    NoNames,
    /// No dossier was named.
    #[error("no dossier: name one with {flag} FILE, or set the environment variable {variable}")]
    NoDossier { flag: &'static str, variable: &'static str },
    /// A dossier cannot be opened, written or asked.
    #[error("{path}: {cause}")]
    Dossier { path: String, cause: DossierError },
    /// No records were named.
    #[error("no records: name the file of records, then the texts (see --help)")]
    NoRecords,
    /// Records without words in a form that cannot be put back.
    #[error("--no-text goes with --to jsonl alone, the form that `demarche rehydrate` reads")]
    NoTextFormat,
    /// A file of records to put words into.
    #[error("{path}, line {line}: no record ({cause}); give a file of `demarche code --to jsonl --no-text`")]
    NoRecord { path: String, line: usize, cause: String },
    /// A manifest that is none, or of another program.
    #[error("{path}, line {line}: {cause}")]
    Manifest { path: String, line: usize, cause: &'static str },
    /// Parts that another run began.
    #[error("{path}: {what} differs from that of this command; run the same command, or write into another folder")]
    OtherRun { path: String, what: &'static str },
    /// Inputs that are not those that were coded.
    #[error("{path}: {what}; the inputs have changed since: write into another folder")]
    InputsChanged { path: String, what: String },
    /// A part that is not as it was written.
    #[error("{path}: not as it was written; take it back from a copy, or write into another folder")]
    PartChanged { path: String },
    /// Two processes write parts into one folder.
    #[error("{path}: another process is writing into this folder; wait for it, or write into another folder")]
    FolderInUse { path: String },
    /// A layout has events alone.
    #[error("--to {layout} has events alone; leave --kind out, or write --to csv, parquet or jsonl")]
    EventsOnly { layout: Layout },
    /// Nobody can read it there.
    #[error("--to parquet is not for a terminal; name a file with --output, or send it into one")]
    BinaryOnTerminal,
    /// A table of the layouts that ships with the program has a fault.
    #[error(transparent)]
    LayoutTable(#[from] TableFault),
    /// Records do not become a Parquet file.
    #[error(transparent)]
    Parquet(#[from] WriteError),
    /// What ships with the program is damaged.
    #[error(transparent)]
    Coder(#[from] CoderError),
    /// So is a file of genres.
    #[error(transparent)]
    Genres(#[from] demarche::document::GenreError),
    /// A file that a command needs as a whole.
    #[error("{path}: cannot be read ({cause}); check the path and its permissions")]
    Unreadable { path: String, cause: String },
    /// A file of labelled sentences.
    #[error("{path}: {cause}")]
    Plv { path: String, cause: PlvError },
    /// A file of gold sentences.
    #[error("{path}: {cause}")]
    Gold { path: String, cause: GoldError },
    /// A file of actors that is none.
    #[error(transparent)]
    ActorFile(#[from] DictionaryError),
    /// Files of actors that cannot be put over the built-in tables.
    #[error(transparent)]
    ActorFiles(#[from] demarche::actor_files::ActorFileError),
    /// A fault in a user's table of actors.
    #[error("{fault}{}", and_more(*.more))]
    ActorTable { fault: Fault, more: usize },
    /// A folder or file of a user's own frames and issues.
    #[error(transparent)]
    Extension(#[from] ExtensionError),
    /// A file of attributions.
    #[error("{path}: {cause}")]
    Attributions { path: String, cause: AttributionError },
    /// A file of reports with their initiatives.
    #[error("{path}: {cause}")]
    Initiatives { path: String, cause: InitiativeError },
    /// A file of mentions to resolve.
    #[error(
        "{path}, line {line}: {cause}; each line is a JSON object with document (an id), start and end (bytes of its text)"
    )]
    Mentions { path: String, line: usize, cause: String },
    /// A file of documents with their genres.
    #[error("{path}: {cause}")]
    GenreGold { path: String, cause: GenreGoldError },
    /// A filter that makes no sense.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// A column of a table in which whole numbers, numbers and text are mixed.
    #[error("column `{column}` holds another type in row {row} than before; give it one, as in CAST({column} AS TEXT)")]
    MixedColumn { column: String, row: u64 },
    /// A table or a picture that its library refuses.
    #[error("the {what} cannot be made: {cause}")]
    Made { what: &'static str, cause: String },
    /// A file of places.
    #[error("{path}: {cause}")]
    Places { path: String, cause: PlacesError },
    /// Two sources that cannot be compared.
    #[error(transparent)]
    Compare(#[from] CompareError),
}

impl Failure {
    /// An error while writing to `place`.
    pub(crate) fn output(place: &str, cause: &io::Error) -> Self {
        if cause.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed(Verdict::Fine);
        }
        Self::Output { place: place.to_owned(), cause: words(cause) }
    }

    /// An error of the dossier at `path`.
    pub(crate) fn dossier(path: &std::path::Path) -> impl Fn(DossierError) -> Self {
        let path = path.display().to_string();
        move |cause| Self::Dossier { path: path.clone(), cause }
    }

    /// Says what happened, in one line, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if let Self::Closed(verdict) = self {
            return (*verdict).into();
        }
        // If standard error is gone too there is nobody left to tell.
        let _ = writeln!(anstream::stderr(), "demarche: {self}");
        ExitCode::from(2)
    }
}

fn and_more(faults: usize) -> String {
    if faults == 0 { String::new() } else { format!(" (and {faults} more; see `demarche actors check`)") }
}

/// The system's words without its number.
pub(crate) fn words(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}
