//! The words that a record holds of its text: taken out, so that it can be given away where the text may not, and put back.
//!
//! Sentence, proposition and hedges go. Names of actors and places as written, figures and the headline stay: they are what the
//! record says.

use std::ops::Range;

use crate::codes::Field;
use crate::record::{Record, Statement};
use crate::span::Span;

/// Where the hedges of a statement stand: bytes of its sentence as the record writes it (`text`).
pub type HedgePlaces = Vec<(usize, usize)>;

impl Statement {
    /// Where its hedges stand in its `text`, in their order; `None` where one is not in it.
    pub fn hedge_places(&self) -> Option<HedgePlaces> {
        let mut from = 0;
        self.hedge
            .iter()
            .map(|hedge| {
                let found = self.text.get(from..).and_then(|rest| rest.find(hedge)).map(|at| from + at);
                let start = found.or_else(|| self.text.find(hedge))?;
                from = start;
                Some((start, start + hedge.len()))
            })
            .collect()
    }
}

impl Record {
    /// The record without the words of its text, and where its hedges stood. Hedges that are not in its sentence stay.
    #[must_use]
    pub fn without_words(mut self) -> (Self, HedgePlaces) {
        let mut places = Vec::new();
        match &mut self {
            Self::Event(event) => event.text.clear(),
            Self::Statement(statement) => {
                if let Some(found) = statement.hedge_places() {
                    places = found;
                    statement.hedge.clear();
                }
                statement.text.clear();
                statement.proposition.clear();
            }
            Self::Initiative(_) => {}
        }
        (self, places)
    }

    /// The record with its words again: `words` gives those of a span of title or text.
    #[must_use]
    pub fn with_words(mut self, hedges: &[(usize, usize)], words: impl Fn(Field, Span) -> String) -> Self {
        match &mut self {
            Self::Event(event) => event.text = words(event.evidence.field, event.evidence.sentence),
            Self::Statement(statement) => {
                let evidence = &statement.evidence;
                statement.text = words(evidence.field, evidence.sentence);
                statement.proposition = words(evidence.field, evidence.proposition);
                if !hedges.is_empty() {
                    statement.hedge = hedges_of(&statement.text, hedges);
                }
            }
            Self::Initiative(_) => {}
        }
        self
    }
}

/// The hedges that stand at `places` of a sentence.
pub fn hedges_of(text: &str, places: &[(usize, usize)]) -> Vec<String> {
    let at = |&(start, end): &(usize, usize)| text.get(Range { start, end }).unwrap_or_default().to_owned();
    places.iter().map(at).collect()
}
