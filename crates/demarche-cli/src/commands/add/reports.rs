//! A coded document as the dossier takes it: with all its sentences, so that they can be searched.

use demarche::record::{Day, TextInfo};
use demarche::{Analysis, Document};
use demarche_dossier::{Digest, Report, Sentence};

/// A document with its sentences and records.
pub(super) fn report(document: &Document, analysis: &Analysis, coded: demarche::Report, genre: &str) -> Report {
    Report {
        document: demarche_dossier::Document {
            id: document.id.clone(),
            hash: Digest(document.received.hash),
            length: document.received.length,
            publisher: document.publisher.clone(),
            url: document.url.clone(),
            title: document.title().map(str::to_owned),
            date: document.date.map(Day),
            language: Some(document.language.clone()),
            genre: Some(genre.to_owned()),
        },
        sentences: sentences(document, analysis),
        records: coded.records,
    }
}

/// The sentences as records write them.
fn sentences(document: &Document, analysis: &Analysis) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(analysis.sentences());
    for part in &analysis.parts {
        let text = document.part(part.field);
        for (index, sentence) in part.sentences.iter().enumerate() {
            let range = sentence.range;
            let span = text.received(range);
            let sequence = if part.field == demarche::record::Field::Title { 0 } else { index + 1 };
            out.push(Sentence {
                field: part.field,
                span,
                text_info: TextInfo { sequence, start: text.character(range.start), end: text.character(range.end) },
                text: document.words(part.field, span),
            });
        }
    }
    out
}
