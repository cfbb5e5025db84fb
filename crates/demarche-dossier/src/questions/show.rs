//! A record on its text.

use std::ops::Range;

use demarche_record::{Record, Span};

use crate::dossier::Dossier;
use crate::error::DossierError;

/// A record with its sentence and what each part of it is evidence of.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The record.
    pub record: Record,
    /// Its sentence; empty where texts are not kept, and of an initiative, whose evidence is in its stages' records.
    pub text: String,
    /// Parts of the sentence, in its order. None where markup stands between its words, so that bytes of the text are not
    /// bytes of the document.
    pub marks: Vec<Mark>,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it shows: `trigger`, `actor`, `recipient`, `cue`, ...
    pub field: &'static str,
    /// Bytes of [`Shown::text`].
    pub range: Range<usize>,
}

impl Dossier {
    /// The record of an id on its text.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn show(&self, id: &str) -> Result<Shown, DossierError> {
        let record = self.record(id)?;
        let (text, sentence, parts) = match &record {
            Record::Event(event) => {
                let evidence = &event.evidence;
                let parts = [
                    ("trigger", std::slice::from_ref(&evidence.trigger)),
                    ("actor", &evidence.actor),
                    ("recipient", &evidence.recipient),
                    ("place", evidence.place.as_slice()),
                    ("date", evidence.date.as_slice()),
                    ("attributed_to", &evidence.attributed_to),
                    ("counts", &evidence.counts),
                ];
                (event.text.clone(), evidence.sentence, parts.map(|(field, spans)| (field, spans.to_vec())).to_vec())
            }
            Record::Statement(statement) => {
                let evidence = &statement.evidence;
                let parts = [
                    ("cue", std::slice::from_ref(&evidence.cue)),
                    ("speaker", &evidence.speaker),
                    ("audience", &evidence.audience),
                    ("proposition", std::slice::from_ref(&evidence.proposition)),
                    ("toward", &evidence.toward),
                ];
                let parts = parts.map(|(field, spans)| (field, spans.to_vec())).to_vec();
                (statement.text.clone(), evidence.sentence, parts)
            }
            Record::Initiative(_) => (String::new(), Span::default(), Vec::new()),
        };
        let mut marks: Vec<Mark> = parts
            .iter()
            .flat_map(|(field, spans)| spans.iter().map(move |span| (*field, *span)))
            .filter_map(|(field, span)| Some(Mark { field, range: within(span, sentence, &text)? }))
            .collect();
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        marks.dedup();
        Ok(Shown { record, text, marks })
    }
}

/// Where a span of the document stands in the text of its sentence.
fn within(span: Span, sentence: Span, text: &str) -> Option<Range<usize>> {
    if sentence.end.checked_sub(sentence.start)? != text.len() {
        return None;
    }
    let range = span.start.checked_sub(sentence.start)?..span.end.checked_sub(sentence.start)?;
    text.get(range.clone()).is_some().then_some(range)
}
