//! What is put into a dossier: documents with their sentences and records, and the run that made them.

use std::fmt;

use demarche_record::{Day, Field, Record, Span, TextInfo};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// SHA-256 of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// How much of a document's text the dossier keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// Its sentences, to be read and searched.
    #[default]
    Text,
    /// An index of its words: it can be searched but not read.
    Index,
    /// Nothing but hash and spans: records that may be given away where the text may not.
    Spans,
}

impl Keep {
    /// As written in the column `documents.kept`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Index => "index",
            Self::Spans => "spans",
        }
    }
}

/// What made the records: enough to make the same bytes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The program, as in `cite_info.coder`.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Version or hash of the language model, as in `why.model`.
    pub model: String,
    /// Version or hash of the data files, as in `why.data`.
    pub data: String,
    /// The user's own files and their hashes.
    pub dictionaries: Vec<Dictionary>,
    /// The command line.
    pub command: String,
}

/// A user's own file of actors, frames or issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// Path as given.
    pub name: String,
    /// Hash of its bytes, hexadecimal.
    pub hash: String,
}

/// A report as the dossier knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The id its records name.
    pub id: String,
    /// Of the bytes as received.
    pub hash: Digest,
    /// Number of those bytes.
    pub length: u64,
    /// Who published it.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<Day>,
    /// Language code.
    pub language: Option<String>,
    /// Genre.
    pub genre: Option<String>,
}

/// A sentence of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Title or text.
    pub field: Field,
    /// Bytes as received.
    pub span: Span,
    /// Its number in the document and its characters.
    pub text_info: TextInfo,
    /// Its words, decoded.
    pub text: String,
}

/// A document with all that was found in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The document.
    pub document: Document,
    /// Its sentences, for search. Sentences of records are added where they are not among them.
    pub sentences: Vec<Sentence>,
    /// Its records.
    pub records: Vec<Record>,
}

/// Reports that are written in one transaction: all of them or none.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What made them.
    pub run: Run,
    /// How much text to keep.
    pub keep: Keep,
    /// Whether a document that is there already, byte for byte, is replaced when another run coded it.
    pub recode: bool,
    /// Whether the documents are parts of another data set's files: their events are never joined with others.
    pub imported: bool,
    reports: Vec<Report>,
    records: usize,
}

/// Records and sentences after which a batch is full: enough to make a transaction's cost small, few enough for its
/// memory to be.
const FULL: usize = 20_000;

impl Batch {
    /// An empty batch of `run`.
    pub fn new(run: Run, keep: Keep) -> Self {
        Self { run, keep, recode: false, imported: false, reports: Vec::new(), records: 0 }
    }

    /// Puts a report into it.
    pub fn push(&mut self, report: Report) {
        self.records += 1 + report.records.len() + report.sentences.len();
        self.reports.push(report);
    }

    /// Whether it should be written now.
    pub fn is_full(&self) -> bool {
        self.records >= FULL
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// The reports, in the order they were put in.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// Takes the reports out, so that the batch can be filled again.
    pub fn clear(&mut self) {
        self.reports.clear();
        self.records = 0;
    }
}

/// What became of the reports of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that are new.
    pub new: usize,
    /// Documents that were there in another version, and were replaced.
    pub replaced: usize,
    /// Documents that were there already.
    pub unchanged: usize,
    /// Events written.
    pub events: usize,
    /// Statements written.
    pub statements: usize,
    /// Initiatives written.
    pub initiatives: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.replaced += other.replaced;
        self.unchanged += other.unchanged;
        self.events += other.events;
        self.statements += other.statements;
        self.initiatives += other.initiatives;
    }
}
