//! What may be wrong with an input. Each error is one line: where, what, and what to do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::compression::Damage;

/// Where an error stands: a file as it was named by the user, and in a file of many documents which part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path as given, or `stdin`.
    pub name: String,
    /// The part of the input, if the error is of a part.
    pub part: Option<Part>,
}

/// A part of an input, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A line: of JSON Lines, or the first line of a row of CSV or TSV.
    Line(u64),
    /// A row of Parquet.
    Row(u64),
    /// An item of a feed.
    Item(u64),
    /// A record of WARC.
    Record(u64),
}

impl Place {
    /// A whole input.
    pub fn file(name: impl Into<String>) -> Self {
        Self { name: name.into(), part: None }
    }

    /// A line of an input.
    pub fn line(name: impl Into<String>, line: u64) -> Self {
        Self::part(name, Part::Line(line))
    }

    /// A part of an input.
    pub fn part(name: impl Into<String>, part: Part) -> Self {
        Self { name: name.into(), part: Some(part) }
    }

    /// The id of a document here that has none of its own: the name, and the number of the part.
    pub(crate) fn id(&self) -> String {
        match self.part {
            None => self.name.clone(),
            Some(Part::Line(number) | Part::Row(number) | Part::Item(number) | Part::Record(number)) => {
                format!("{}:{number}", self.name)
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A path may hold a line break; the message may not.
        f.write_str(&on_one_line(&self.name))?;
        match self.part {
            None => Ok(()),
            Some(Part::Line(line)) => write!(f, ":{line}"),
            Some(Part::Row(row)) => write!(f, ", row {row}"),
            Some(Part::Item(item)) => write!(f, ", item {item}"),
            Some(Part::Record(record)) => write!(f, ", record {record}"),
        }
    }
}

/// What comes from outside, as it may stand in a message.
pub(crate) fn on_one_line(outside: &str) -> String {
    let mut line = String::with_capacity(outside.len());
    for character in outside.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
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
    #[error("{place}: not text but {kind}; give one of the formats that --help names")]
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
    /// A date in numbers that may be read in two ways.
    #[error("{place}: field `{field}` may be two dates: {value:?}; say which with --date-order dmy or mdy")]
    AmbiguousDate {
        /// Where.
        place: Place,
        /// The field's name in the input.
        field: String,
        /// The value.
        value: String,
    },
    /// A table that has no column for the text.
    #[error(
        "{place}: no column `{field}` among {columns}; if the text has another name, say so with --field text=NAME"
    )]
    NoColumn {
        /// Where.
        place: Place,
        /// The name looked for.
        field: String,
        /// The names that are there, cut to a readable length.
        columns: String,
    },
    /// A row with too few or too many fields.
    #[error(
        "{place}: {found} where the columns are {expected}{lines}; quote fields that hold the delimiter, and close every quote",
        found = match found { 1 => "1 field".to_owned(), _ => format!("{found} fields") },
        lines = if last > first { format!(" (the row is lines {first} to {last})") } else { String::new() }
    )]
    FieldCount {
        /// Where.
        place: Place,
        /// Fields of the row.
        found: usize,
        /// Columns of the table.
        expected: usize,
        /// Its first line.
        first: u64,
        /// Its last line: another one where a field in quotes has line ends in it.
        last: u64,
    },
    /// Compressed data, or a file with a structure of its own, of which a part is wrong or missing.
    #[error("{place}: the {kind} is damaged or cut off ({cause}); get the file again")]
    Damaged {
        /// Where.
        place: Place,
        /// What it should be.
        kind: &'static str,
        /// What is wrong.
        cause: String,
    },
    /// XML that is no feed, or no XML.
    #[error("{place}: {cause}; give an RSS or Atom feed, or another format with --format")]
    NoFeed {
        /// Where.
        place: Place,
        /// What it is instead.
        cause: String,
    },
    /// A file of the right form without a document in it.
    #[error("{place}: {found}; give a file with text in it")]
    NoDocument {
        /// Where.
        place: Place,
        /// What there is.
        found: &'static str,
    },
    /// A folder in which nothing can be read.
    #[error("{place}: no file to read in this folder; it takes {endings}", place = Place::file(path.display().to_string()), endings = crate::options::endings())]
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
            | Self::AmbiguousDate { place, .. }
            | Self::NoColumn { place, .. }
            | Self::FieldCount { place, .. }
            | Self::Damaged { place, .. }
            | Self::NoFeed { place, .. }
            | Self::NoDocument { place, .. }
            | Self::Unreadable { place, .. } => place.clone(),
            Self::NothingInFolder { path } => Place::file(path.display().to_string()),
        }
    }

    /// What a failed read means: damage where the bytes were compressed, else what the system says.
    pub(crate) fn reading(error: &io::Error, place: Place) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()) {
            Some(Damage { kind, cause }) => Self::Damaged { place, kind, cause: cause.clone() },
            None => Self::Unreadable { place, cause: system_words(error) },
        }
    }

    pub(crate) fn not_text(cause: crate::decode::NotText, place: Place) -> Self {
        match cause {
            crate::decode::NotText::Binary(kind) => Self::Binary { place, kind },
            crate::decode::NotText::Undecodable => Self::Undecodable { place },
        }
    }
}

/// The system's words on one line.
pub(crate) fn system_words(error: &io::Error) -> String {
    let words = error.to_string();
    on_one_line(words.split(" (os error").next().unwrap_or_default()).to_lowercase()
}
