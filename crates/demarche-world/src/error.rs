//! What can be wrong with a table.

/// A fault in one of the data tables, with the place to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column `{column}`: {problem}")]
pub struct WorldError {
    /// The table, as a path below `data/`.
    pub file: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// Name of the column, empty where the whole line is meant.
    pub column: &'static str,
    /// What is wrong and what is expected.
    pub problem: Problem,
}

/// Kinds of fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The header line lacks a column the program reads.
    #[error("the header has no such column; add it")]
    MissingColumn,
    /// The table has no header line.
    #[error("the table has no header line; the first line that is not a comment names the columns")]
    NoHeader,
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
