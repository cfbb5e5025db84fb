//! A record on its text.

use std::ops::Range;

use demarche_record::{Record, Span};
use rusqlite::OptionalExtension;

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
    /// The sentences that tell an initiative, in the order of its evidence, as far as they are kept; none of other records.
    pub sentences: Vec<(Span, String)>,
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
        let sentences = match &record {
            Record::Initiative(initiative) => self.sentences(&initiative.document, &initiative.evidence.sentence)?,
            _ => Vec::new(),
        };
        Ok(Shown { record, text, marks, sentences })
    }

    /// The words of sentences of a document's text, by where they begin.
    fn sentences(&self, document: &str, spans: &[Span]) -> Result<Vec<(Span, String)>, DossierError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT text FROM sentences WHERE document = (SELECT id FROM documents WHERE name = ?1)
             AND start = ?2 AND end = ?3 AND text IS NOT NULL ORDER BY field = 'title' LIMIT 1",
        )?;
        let mut told = Vec::new();
        for &span in spans {
            let text = statement.query_row((document, span.start, span.end), |row| row.get(0)).optional()?;
            told.extend(text.map(|text| (span, text)));
        }
        Ok(told)
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
