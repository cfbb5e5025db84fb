//! What can be wrong with a row, and with a file.

use std::io;

/// A row that could not be read. Those after it are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct Fault {
    /// Line that the row begins on, from 1.
    pub line: u64,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The line of column names once more.
    #[error("the names of the columns once more; passed over")]
    RepeatedHeader,
    /// A CAMEO code that is no event of PLOVER: a statement.
    #[error("CAMEO `{0}` is a statement, which is no event of PLOVER; left out")]
    Statement(String),
    /// Too few or too many cells, and no way to tell which belong together.
    #[error("{found} cells where there are {expected} columns; mend the row or leave it out")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Columns of the file.
        expected: usize,
    },
    /// A date that is none.
    #[error("`{0}` is no date")]
    Date(String),
    /// A code of an event that is none.
    #[error("`{0}` is no event of the data set's codebook")]
    Event(String),
    /// A row longer than any is.
    #[error("longer than {bytes} bytes; the file is damaged there, or of another layout")]
    TooLong {
        /// The longest allowed.
        bytes: usize,
    },
}

/// A file could not be read on.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The reader failed: the disk, or a packed file that is cut off.
    #[error("line {line}: cannot be read on ({error}); get the file again")]
    Io {
        /// The line that was to be read, from 1.
        line: u64,
        /// What the reader says.
        error: io::Error,
    },
    /// The first line does not name a column that every file of the layout has.
    #[error("no column `{column}` in line {line}: not a file of {title}, or without its line of column names")]
    Column {
        /// The column.
        column: &'static str,
        /// Line of the names.
        line: u64,
        /// Name of the data set.
        title: &'static str,
    },
    /// A table that comes with the program is damaged.
    #[error("{table}, line {line}: {cause}; the program is damaged, install it again")]
    Table {
        /// Name of the table.
        table: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        cause: String,
    },
}
