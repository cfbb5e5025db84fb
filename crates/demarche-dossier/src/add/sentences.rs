//! The sentences of a document, each once, and the index of their words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use demarche_record::{Field, Record, Span, TextInfo};
use rusqlite::params;

use super::Desk;
use crate::batch::{Keep, Report};
use crate::error::DossierError;
use crate::rest::OwnSentence;
use crate::stories::Fingerprint;

/// A sentence as stored.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Stored<'a> {
    field: Field,
    span: Span,
    text_info: TextInfo,
    text: &'a str,
}

/// A document's sentences by their number.
pub(crate) type Sentences<'a> = BTreeMap<usize, Stored<'a>>;

impl Desk<'_> {
    /// Writes the report's sentences, those of its records included.
    pub(crate) fn sentences<'r>(&self, report: &'r Report) -> Result<Sentences<'r>, DossierError> {
        let mut sentences = Sentences::new();
        for sentence in &report.sentences {
            sentences.entry(sentence.text_info.sequence).or_insert(Stored {
                field: sentence.field,
                span: sentence.span,
                text_info: sentence.text_info,
                text: &sentence.text,
            });
        }
        for record in &report.records {
            if let Some(stored) = of_record(record) {
                sentences.entry(stored.text_info.sequence).or_insert(stored);
            }
        }
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO sentences (document, sequence, field, start, end, char_start, char_end, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut index = self.transaction.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
        for (sequence, sentence) in &sentences {
            let row = insert.insert(params![
                self.row,
                *sequence as i64,
                sentence.field.as_str(),
                sentence.span.start as i64,
                sentence.span.end as i64,
                sentence.text_info.start as i64,
                sentence.text_info.end as i64,
                (self.keep == Keep::Text).then_some(sentence.text),
            ])?;
            if self.keep != Keep::Spans {
                index.execute(params![row, sentence.text])?;
            }
        }
        if let Some(fingerprint) = Fingerprint::of(sentences.values().map(|sentence| sentence.text)) {
            fingerprint.store(self.transaction, self.row)?;
            self.transaction.prepare_cached("INSERT INTO arrivals (document) VALUES (?1)")?.execute([self.row])?;
        }
        Ok(sentences)
    }

    /// What is to be noted of a record's sentence beside its number: nothing, unless it is not the stored one.
    pub(crate) fn own_sentence<'r>(
        &self,
        sentences: &Sentences<'_>,
        field: Field,
        span: Span,
        text_info: TextInfo,
        text: &'r str,
    ) -> Option<OwnSentence<'r>> {
        let own = Stored { field, span, text_info, text };
        if sentences.get(&text_info.sequence) == Some(&own) {
            return None;
        }
        Some(OwnSentence { field, span, text_info, text: (self.keep == Keep::Text).then_some(Cow::Borrowed(text)) })
    }
}

fn of_record(record: &Record) -> Option<Stored<'_>> {
    match record {
        Record::Event(event) => Some(Stored {
            field: event.evidence.field,
            span: event.evidence.sentence,
            text_info: event.text_info,
            text: &event.text,
        }),
        Record::Statement(statement) => Some(Stored {
            field: statement.evidence.field,
            span: statement.evidence.sentence,
            text_info: statement.text_info,
            text: &statement.text,
        }),
        Record::Initiative(_) => None,
    }
}
