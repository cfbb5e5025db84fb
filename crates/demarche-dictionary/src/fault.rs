//! What can be wrong with a dictionary or a user's table, and what is done about it.

use std::fmt;

/// Something in a file that is not as it should be, with the place to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a line, and what the program makes of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A name with no code.
    #[error(
        "`{0}` has no code and is passed over; give it one, or write `+` before it if it is another name of the entry above"
    )]
    NoCode(String),
    /// A code or another name before any name.
    #[error("no entry stands above this line; it is passed over")]
    NoEntry,
    /// A bracket that does not close, or closes nothing.
    #[error("a bracket without its fellow; the line is passed over")]
    Bracket,
    /// A name without letters or digits.
    #[error("no word in the name; it is passed over")]
    NoWord,
    /// Brackets with nothing in them.
    #[error("empty brackets; they are passed over")]
    EmptyCode,
    /// A date that is none.
    #[error("`{0}` is no date (YYMMDD or YYYYMMDD); the code is passed over")]
    Date(String),
    /// Digits after a whole date.
    #[error("`{written}` is longer than a date (YYMMDD or YYYYMMDD); it is read as {read}")]
    LongDate {
        /// As written.
        written: String,
        /// As read.
        read: String,
    },
    /// A range that ends before it begins.
    #[error("`{0}` ends before it begins, so it never holds; years up to 30 written with two digits are 20YY")]
    Backwards(String),
    /// A restriction that is no date, range, `<date` or `>date`.
    #[error("`{0}` is no restriction (`<date`, `>date` or `date-date`); the code is passed over")]
    Restriction(String),
    /// A substitution set that is not defined above.
    #[error("`!{0}!` is not defined above; the line is passed over. Define it as `!{0}! = ONE, TWO`")]
    NoSet(String),
    /// A definition of a substitution set that cannot be read.
    #[error("not a substitution set (`!NAME! = ONE, TWO`); the line is passed over")]
    BadSet,
    /// More forms than a line may stand for.
    #[error("the line stands for more than {0} names; it is passed over")]
    TooManyForms(usize),
    /// Text after the last bracket.
    #[error("`{0}` after the code is passed over; write `;` or `#` before a comment")]
    After(String),
    /// A line that is not UTF-8.
    #[error("not UTF-8; the line is read as Latin-1")]
    NotUtf8,
    /// Parts of a code that are not known.
    #[error("`{code}`: {} not understood; the rest of the code is used", quoted(.parts))]
    UnknownParts {
        /// The whole code.
        code: String,
        /// The parts.
        parts: Vec<String>,
    },
    /// A fault in a cell of a table.
    #[error("{}{problem}", column(.name))]
    Cell {
        /// The column; empty where the fault is of the line.
        name: String,
        /// What is wrong and what is expected.
        problem: String,
    },
}

fn column(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("column `{name}`: ") }
}

fn quoted(parts: &[String]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("`{part}`")).collect();
    parts.join(", ")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.problem)
    }
}

impl std::error::Error for Fault {}

/// Why a file gives no entries at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DictionaryError {
    /// Patterns of verbs.
    #[error(
        "{0}: a dictionary of verb patterns, not of actors; demarche reads acts by its own frames (see `demarche frames`), so leave the file out"
    )]
    Verbs(String),
    /// A list of issues.
    #[error("{0}: a list of issues, not of actors; demarche's own issues stand in data/issues, so leave the file out")]
    Issues(String),
    /// Nothing the program knows.
    #[error(
        "{0}: neither a dictionary of actors, agents or discards nor a table of actors; docs/actors.md shows the formats"
    )]
    Unknown(String),
    /// No entry.
    #[error("{0}: no entry in the file; docs/actors.md shows the formats")]
    Empty(String),
}
