//! What can be wrong with a table, a directory of tables, or an index.

use std::path::PathBuf;

/// A fault in a table, with the place to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column `{column}`: {problem}")]
pub struct TableError {
    /// The table: a path below `data/`, or a user's file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Name of the column, empty where the whole line is meant.
    pub column: String,
    /// What is wrong and what is expected.
    pub problem: Problem,
}

/// Kinds of fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The header line lacks a column the program reads.
    #[error("the header has no such column; add it")]
    MissingColumn,
    /// The table has no header line.
    #[error("the table has no header line; the first line that is not a comment names the columns")]
    NoHeader,
    /// The table has no line of data where one is needed.
    #[error("the table has no line below its header; add one")]
    NoRow,
    /// A line has more cells than the header.
    #[error("more cells than the header has columns; look for a stray tab")]
    TooManyCells,
    /// A cell that must not be empty is.
    #[error("the cell is empty; a value is needed here")]
    Empty,
    /// A code, sector or country is not a known one.
    #[error("{0}")]
    Unknown(#[from] demarche_record::UnknownCode),
    /// A country code of the table is not in `places/countries.tsv`.
    #[error("`{0}` is not a code of places/countries.tsv; add the country or mend the code")]
    UnknownCountry(String),
    /// More sectors than an entry may have.
    #[error("more than four sectors; keep those that matter most")]
    TooManySectors,
    /// Not a number where one must stand.
    #[error("`{0}` is not a number")]
    Number(String),
    /// Not a date.
    #[error("`{0}` is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")]
    Date(String),
    /// A word of a closed list was expected.
    #[error("`{written}` is not one of {expected}")]
    Word {
        /// What stands there.
        written: String,
        /// What may stand there.
        expected: &'static str,
    },
}

/// Why bytes are no index, or entries do not fit into one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The bytes are something else.
    #[error("not an index of actors and places: it does not begin with its mark; compile the tables again")]
    Foreign,
    /// The bytes are an index of another format.
    #[error("the index has format {found}, this program reads {known}; compile the tables again with this program")]
    Version {
        /// Format of the bytes.
        found: u32,
        /// Format of this program.
        known: u32,
    },
    /// The bytes are damaged.
    #[error("the index is damaged ({0}); compile the tables again")]
    Damaged(&'static str),
    /// Entries or texts are more or longer than the format holds.
    #[error("{0}; leave some out")]
    TooLarge(&'static str),
    /// More layers than entries can name.
    #[error("more than {0} layers of actors and places; join some of the files")]
    TooManyLayers(usize),
}

/// Why a directory of tables was not compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A table cannot be read.
    #[error("{path}: {source}; the table is needed")]
    Unreadable {
        /// The table.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A table has a fault.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The tables do not fit.
    #[error(transparent)]
    Index(#[from] IndexError),
}
