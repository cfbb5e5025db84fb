//! Records for people: under each document's heading its sentences that gave records, and below each what it gave.

mod entity;
mod flow;
pub(crate) mod listing;
mod records;
mod sentence;
pub(crate) mod shown;

use std::collections::HashMap;

use demarche::document::{Text, Title};
use demarche::record::{Field, Span};
use demarche::{Analysis, Document, Record, Report, TextRange};

pub(crate) use self::flow::{Flow, width};
use super::{Page, plain};
use crate::summary::{count, silence};

/// One document's record as a page of text.
pub(crate) fn render(document: &Document, analysis: &Analysis, report: &Report, page: Page) -> String {
    let view = View::new(document, analysis, page);
    let mut out = String::new();
    view.heading(&mut out, report);
    let told: Vec<&Record> = report.records.iter().filter(|record| sentence_of(record).is_some()).collect();
    for group in told.chunk_by(|a, b| sentence_of(a) == sentence_of(b)) {
        if let Some((field, span)) = sentence_of(group[0]) {
            out.push('\n');
            view.sentence(&mut out, field, span, group);
            for record in group {
                view.record(&mut out, record);
            }
        }
    }
    for record in &report.records {
        if let Record::Initiative(_) = record {
            out.push('\n');
            view.record(&mut out, record);
        }
    }
    out.push('\n');
    out
}

/// The sentence that a record stands in; an initiative spans several.
fn sentence_of(record: &Record) -> Option<(Field, Span)> {
    match record {
        Record::Event(event) => Some((event.evidence.field, event.evidence.sentence)),
        Record::Statement(statement) => Some((statement.evidence.field, statement.evidence.sentence)),
        Record::Initiative(_) => None,
    }
}

/// A document with what is needed to show records on it.
struct View<'a> {
    document: &'a Document,
    page: Page,
    sentences: usize,
    /// Number and range of the sentence at each span.
    at: HashMap<(Field, Span), (usize, TextRange)>,
}

impl<'a> View<'a> {
    fn new(document: &'a Document, analysis: &'a Analysis, page: Page) -> Self {
        let mut at = HashMap::new();
        for part in &analysis.parts {
            let text = text_of(document, part.field);
            for (number, sentence) in (1..).zip(&part.sentences) {
                at.insert((part.field, text.received(sentence.range)), (number, sentence.range));
            }
        }
        Self { document, page, sentences: analysis.sentences(), at }
    }

    fn heading(&self, out: &mut String, report: &Report) {
        let (page, document) = (self.page, self.document);
        let palette = page.palette;
        let mut name = plain(&document.id);
        name.push(' ');
        let rule = page.width.saturating_sub(3 + width(&name));
        let mut line = Flow::default();
        line.push(palette.dim, "── ").push(palette.heading, &name).push(palette.dim, &"─".repeat(rule));
        line.write(out, page, "", "");
        if let Some(title) = document.title() {
            let mut line = Flow::default();
            line.push(palette.heading, title);
            line.write(out, page, "", "");
        }
        let mut facts: Vec<String> = Vec::new();
        facts.extend(document.date.map(|date| date.to_string()));
        facts.extend(document.dateline.as_ref().and_then(|d| d.place.as_ref()).map(|place| place.text.clone()));
        facts.extend(document.publisher.clone());
        facts.push(count(self.sentences as u64, "sentence"));
        facts.push(match report.records.len() {
            0 => format!("no record: {}", silence(report)),
            n => count(n as u64, "record"),
        });
        let mut line = Flow::default();
        line.push(palette.dim, &facts.join(" · "));
        line.write(out, page, "", "");
    }

    /// Number of the sentence at a span, with the title's marked.
    fn number(&self, field: Field, span: Span) -> String {
        match (field, self.at.get(&(field, span))) {
            (Field::Title, _) => "title".to_owned(),
            (Field::Text, Some((number, _))) => number.to_string(),
            (Field::Text, None) => "?".to_owned(),
        }
    }

    fn text_of(&self, field: Field) -> &'a Text {
        text_of(self.document, field)
    }
}

fn text_of(document: &Document, field: Field) -> &Text {
    match (&document.title, field) {
        (Some(Title::Separate(title)), Field::Title) => title,
        _ => &document.body,
    }
}
