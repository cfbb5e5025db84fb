//! What may be wrong with an input. Each error is one line: where, what, and what to do about it.

use std::fmt;
use std::path::PathBuf;

/// Where an error stands: a file as it was named by the user, and in JSON Lines the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path as given, or `stdin`.
    pub name: String,
    /// Line number in JSON Lines, counted from 1.
    pub line: Option<u64>,
}

impl Place {
    /// A whole input.
    pub fn file(name: impl Into<String>) -> Self {
        Self { name: name.into(), line: None }
    }

    /// A line of an input.
    pub fn line(name: impl Into<String>, line: u64) -> Self {
        Self { name: name.into(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A path may hold a line break; the message may not.
        for character in self.name.chars() {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                write!(f, "{character}")?;
            }
        }
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// Why an input gave no document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Nothing in it, or white space alone.
    #[error("{place}: empty; give a file with text in it")]
    Empty {
        /// Where.
        place: Place,
    },
    /// Not text.
    #[error("{place}: not text but {kind}; give plain text, HTML or JSON Lines")]
    Binary {
        /// Where.
        place: Place,
        /// What it looks like.
        kind: &'static str,
    },
    /// Neither UTF-8 nor anything a detector makes sense of.
    #[error("{place}: neither UTF-8 nor another encoding that gives readable text; convert it to UTF-8 first")]
    Undecodable {
        /// Where.
        place: Place,
    },
    /// Longer than [`Options::max_bytes`](crate::Options::max_bytes).
    #[error("{place}: over the limit of {limit} bytes a document; split it, or raise the limit with --max-bytes")]
    TooLarge {
        /// Where.
        place: Place,
        /// The limit in force, in bytes.
        limit: u64,
    },
    /// A line that is no JSON object, mostly because it is cut off.
    #[error("{place}: not a whole JSON object ({cause}); JSON Lines has one object on each line")]
    BadJson {
        /// Where.
        place: Place,
        /// The parser's words, with the column.
        cause: String,
    },
    /// A line without its text.
    #[error("{place}: no field `{field}`; if the text has another name, say so with --field text=NAME")]
    MissingField {
        /// Where.
        place: Place,
        /// The name looked for.
        field: String,
    },
    /// A field with a value of a type it cannot have.
    #[error("{place}: field `{field}` is {found}, expected {expected}")]
    WrongType {
        /// Where.
        place: Place,
        /// The field's name in the input.
        field: String,
        /// What was there.
        found: &'static str,
        /// What may be there.
        expected: &'static str,
    },
    /// A date nobody can read.
    #[error("{place}: field `{field}` is no date: {value:?}; write it as 2023-11-12")]
    BadDate {
        /// Where.
        place: Place,
        /// The field's name in the input.
        field: String,
        /// The value, cut to a readable length.
        value: String,
    },
    /// A folder in which nothing can be read.
    #[error("{place}: no file to read in this folder; it takes .txt, .text, .html, .htm, .xhtml, .jsonl, .ndjson and .json", place = Place::file(path.display().to_string()))]
    NothingInFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("{place}: cannot be read ({cause}); check the path and its permissions")]
    Unreadable {
        /// Where.
        place: Place,
        /// Its words.
        cause: String,
    },
}

impl DocumentError {
    /// Where the error stands.
    pub fn place(&self) -> Place {
        match self {
            Self::Empty { place }
            | Self::Binary { place, .. }
            | Self::Undecodable { place }
            | Self::TooLarge { place, .. }
            | Self::BadJson { place, .. }
            | Self::MissingField { place, .. }
            | Self::WrongType { place, .. }
            | Self::BadDate { place, .. }
            | Self::Unreadable { place, .. } => place.clone(),
            Self::NothingInFolder { path } => Place::file(path.display().to_string()),
        }
    }

    pub(crate) fn not_text(cause: crate::decode::NotText, place: Place) -> Self {
        match cause {
            crate::decode::NotText::Binary(kind) => Self::Binary { place, kind },
            crate::decode::NotText::Undecodable => Self::Undecodable { place },
        }
    }
}
