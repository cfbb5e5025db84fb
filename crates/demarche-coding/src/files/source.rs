//! Lines and columns of a file, and the errors that name them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Where something stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The file, as errors name it.
    pub file: Arc<str>,
    /// Line, from 1; 0 for what comes from no file.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What is wrong with a file of frames, issues or the ontology.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {problem}")]
pub struct FrameError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub problem: String,
}

impl FrameError {
    /// An error at a position.
    pub fn at(position: &Position, problem: impl Into<String>) -> Self {
        Self { file: position.file.to_string(), line: position.line, column: position.column, problem: problem.into() }
    }
}

/// A file's text with the beginnings of its lines.
pub(crate) struct Source<'a> {
    file: Arc<str>,
    text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &str, text: &'a str) -> Self {
        let after = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        Self { file: file.into(), text, lines: std::iter::once(0).chain(after).collect() }
    }

    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    /// The position of a byte of the text.
    pub(crate) fn position(&self, at: usize) -> Position {
        let line = self.lines.partition_point(|&start| start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..at.min(self.text.len())).unwrap_or_default();
        Position { file: Arc::clone(&self.file), line, column: before.chars().count() + 1 }
    }

    pub(crate) fn error(&self, at: &Range<usize>, problem: impl Into<String>) -> FrameError {
        FrameError::at(&self.position(at.start), problem)
    }
}

/// ` (did you mean X?)` with the known name nearest to what was written, or nothing where none is near.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wanted = written.to_lowercase();
    let length = |name: &str| name.chars().count();
    // One slip in a short name, one in three letters of a long one.
    let slips = |name: &str| (length(name).max(length(&wanted)) / 3).max(1);
    let best = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &name.to_lowercase()), name))
        .filter(|(apart, name)| *apart <= slips(name) && *apart < length(name))
        .min();
    best.map_or_else(String::new, |(_, name)| format!(" (did you mean `{name}`?)"))
}
