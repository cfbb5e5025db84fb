//! Discard lists: phrases of texts that are no politics (sport, anniversaries), and how much to leave out.
//!
//! A line is a phrase; where a sentence holds it, that sentence is not coded. With `+` before it, the whole document is
//! not. Words stand together and are compared without regard to case, as the present coders do.

use demarche_record::Span;

use crate::actors::words;
use crate::fault::{Fault, Problem};
use crate::lines::lines;

/// How much a phrase leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The sentence that holds it.
    Sentence,
    /// The document that holds it.
    Document,
}

/// A phrase to leave out by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discard {
    /// Its words, parted by single spaces, as written otherwise.
    pub words: String,
    /// What is left out.
    pub reach: Reach,
    /// Line, from 1.
    pub line: usize,
    /// Bytes of the file.
    pub span: Span,
}

/// A discard list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discards {
    /// Its phrases in the order of the file.
    pub entries: Vec<Discard>,
}

/// Reads a discard list. What cannot be read is named in the faults and passed over.
pub fn read_discards(file: &str, bytes: &[u8]) -> (Discards, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut entries = Vec::new();
    for line in &lines(file, bytes, &mut faults) {
        let start = line.text.len() - line.text.trim_start().len();
        let (reach, phrase, at) = match line.text.trim_start().strip_prefix('+') {
            Some(phrase) => (Reach::Document, phrase, start + 1),
            None => (Reach::Sentence, line.text.trim_start(), start),
        };
        let words = words(phrase);
        if words.contains(char::is_alphanumeric) {
            let span = line.span(at, at + phrase.len());
            entries.push(Discard { words, reach, line: line.number, span });
        } else {
            faults.push(line.fault(file, start, Problem::NoWord));
        }
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    (Discards { entries }, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_is_told_by_a_plus() {
        let (discards, faults) = read_discards("f", b"1914\n+ World  Cup_ # x ;y\nGROUP A_\n+\n");
        let read: Vec<_> = discards.entries.iter().map(|entry| (&*entry.words, entry.reach, entry.line)).collect();
        assert_eq!(
            read,
            [("1914", Reach::Sentence, 1), ("World Cup", Reach::Document, 2), ("GROUP A", Reach::Sentence, 3)]
        );
        assert_eq!(faults.len(), 1);
    }
}
