//! Trigger patterns: a head lemma with the words that must stand by it.

use std::fmt;

/// Part of speech of a pattern's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PatternKind {
    /// Verb; further words are its particle, preposition, object noun or oblique noun ("hold talk", "call for").
    Verb,
    /// Noun; the last word is the head, earlier words stand right before it ("air strike").
    Noun,
    /// Adjective, as predicate or modifier ("ready", "willing").
    Adjective,
}

/// One trigger pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Part of speech of the head.
    pub kind: PatternKind,
    /// Lemma of the head.
    pub head: String,
    /// Lemmas that must stand by it.
    pub rest: Vec<String>,
}

impl Pattern {
    /// Reads a pattern of lemmas separated by spaces; `None` for an empty one.
    pub fn parse(kind: PatternKind, written: &str) -> Option<Self> {
        let mut words: Vec<String> = written.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return None;
        }
        let head = match kind {
            PatternKind::Noun => words.pop()?,
            PatternKind::Verb | PatternKind::Adjective => words.remove(0),
        };
        Some(Self { kind, head, rest: words })
    }
}

impl fmt::Display for Pattern {
    /// As frames write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.rest.join(" ");
        match self.kind {
            _ if rest.is_empty() => f.write_str(&self.head),
            PatternKind::Noun => write!(f, "{rest} {}", self.head),
            PatternKind::Verb | PatternKind::Adjective => write!(f, "{} {rest}", self.head),
        }
    }
}
