//! Records in a compact form for reading: one line each, codes as codes, spans as the text that stands there.

use std::fmt::Write as _;

use demarche::document::{Document, Text, Title};
use demarche::record::{Content, Entity, Event, Field, Initiative, Record, Span, Statement, TextRange};

/// Shows the records of one document.
pub struct Shown<'a> {
    document: &'a Document,
}

/// With white space of any length as one space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entity(entity: &Entity) -> String {
    let mut out = entity.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
    for sector in &entity.sector {
        out.push(' ');
        out.push_str(sector.as_str());
    }
    let _ = write!(out, " “{}”", entity.entity_text);
    let office: Vec<&str> = entity.name.as_deref().into_iter().chain(entity.office.as_deref()).collect();
    if !office.is_empty() {
        let _ = write!(out, " ({})", office.join(", "));
    }
    out
}

fn entities(list: &[Entity]) -> String {
    if list.is_empty() { "nobody".to_owned() } else { list.iter().map(entity).collect::<Vec<_>>().join(" + ") }
}

impl<'a> Shown<'a> {
    /// Records of `document`.
    pub const fn new(document: &'a Document) -> Self {
        Self { document }
    }

    /// The decoded text that was received at a span.
    fn at(&self, field: Field, span: Span) -> String {
        let text: &Text = match (&self.document.title, field) {
            (Some(Title::Separate(title)), Field::Title) => title,
            _ => &self.document.body,
        };
        let inside = |at: usize, c: char| {
            let received = text.received(TextRange::new(at, at + c.len_utf8()));
            span.start <= received.start && received.end <= span.end
        };
        spaced(&text.as_str().char_indices().filter(|&(at, c)| inside(at, c)).map(|(_, c)| c).collect::<String>())
    }

    /// One line on a record.
    pub fn record(&self, record: &Record) -> String {
        let (_, number) = record.id().rsplit_once('#').unwrap_or_default();
        match record {
            Record::Event(event) => format!("{number} {}", self.event(event)),
            Record::Statement(statement) => format!("{number} {}", self.statement(statement)),
            Record::Initiative(initiative) => format!("{number} {}", Self::initiative(initiative)),
        }
    }

    fn event(&self, event: &Event) -> String {
        let evidence = &event.evidence;
        let mut out = event.event.first().map_or_else(String::new, ToString::to_string);
        for mode in &event.mode {
            let _ = write!(out, " {mode}");
        }
        let trigger = self.at(evidence.field, evidence.trigger);
        let _ = write!(out, " «{trigger}»: {} to {}", entities(&event.actor), entities(&event.recipient));
        let _ = write!(out, "; {}", event.status);
        self.date(&mut out, event.date, event.date_precision, evidence.date.map(|span| (evidence.field, span)));
        if let Some(place) = &event.event_loc {
            let code = place.country_code.map_or_else(|| "?".to_owned(), |code| code.to_string());
            let _ = write!(out, "; in “{}” {code}", place.extracted_place);
        }
        if !event.attributed_to.is_empty() {
            let _ = write!(out, "; says {}", entities(&event.attributed_to));
        }
        if let Some(content) = &event.content {
            let _ = write!(out, "; of [{}]", self.content(evidence.field, content));
        }
        for count in &event.counts {
            let _ = write!(out, "; {} “{}”", count.kind, count.text);
        }
        for context in &event.context {
            let _ = write!(out, "; {context}");
        }
        for witness in &event.witness {
            let _ = write!(out, "; also «{}»", self.at(evidence.field, witness.trigger));
        }
        out + &Self::decided(event.cameo.as_deref(), event.why.frame.as_deref(), event.confidence)
    }

    fn content(&self, field: Field, content: &Content) -> String {
        let mut out = content.event.first().map_or_else(|| "unnamed".to_owned(), ToString::to_string);
        for mode in &content.mode {
            let _ = write!(out, " {mode}");
        }
        let trigger = self.at(field, content.trigger);
        let _ = write!(out, " «{trigger}»: {} to {}", entities(&content.actor), entities(&content.recipient));
        let _ = write!(out, "; {}", content.status);
        if let Some(inner) = &content.content {
            let _ = write!(out, "; of [{}]", self.content(field, inner));
        }
        out
    }

    fn statement(&self, statement: &Statement) -> String {
        let evidence = &statement.evidence;
        let cue = self.at(evidence.field, evidence.cue);
        let mut out = format!("{} «{cue}»: {}", statement.act, entities(&statement.speaker));
        if !statement.audience.is_empty() {
            let _ = write!(out, " to {}", entities(&statement.audience));
        }
        let _ = write!(out, ": “{}”", self.at(evidence.field, evidence.proposition));
        if !statement.toward.is_empty() {
            let _ = write!(out, "; about {}", entities(&statement.toward));
        }
        let issues: Vec<&str> = statement.issue.iter().map(|issue| issue.as_str()).collect();
        let _ =
            write!(out, "; {} {}", statement.stance, if issues.is_empty() { "-".into() } else { issues.join(", ") });
        let _ = write!(out, "; {}; {}", statement.status, statement.quotation);
        self.date(&mut out, statement.date, statement.date_precision, None);
        out + &Self::decided(None, statement.why.frame.as_deref(), statement.confidence)
    }

    fn initiative(initiative: &Initiative) -> String {
        let mut out = format!("{}, {}", initiative.kind, initiative.stage);
        for (what, who) in
            [("mediator", &initiative.mediator), ("party", &initiative.party), ("host", &initiative.host)]
        {
            let _ = write!(out, "; {what} {}", entities(who));
        }
        if let Some(venue) = &initiative.venue {
            let _ = write!(out, "; in “{}”", venue.extracted_place);
        }
        if let Some(conflict) = &initiative.conflict {
            let codes: Vec<&str> = conflict.code.iter().map(demarche::record::Code::as_str).collect();
            let _ = write!(out, "; conflict “{}” {}", conflict.name, codes.join(" "));
        }
        for mark in &initiative.stages {
            let record = mark.record.as_deref().and_then(|id| id.rsplit_once('#')).map_or("-", |(_, number)| number);
            let _ = write!(out, "; {} by {record}", mark.stage);
        }
        out + &Self::decided(None, initiative.why.frame.as_deref(), initiative.confidence)
    }

    fn date(
        &self,
        out: &mut String,
        date: Option<demarche::record::Day>,
        precision: Option<demarche::record::DatePrecision>,
        span: Option<(Field, Span)>,
    ) {
        if let Some(date) = date {
            let _ = write!(out, "; {} {}", date.0, precision.map_or("", demarche::record::DatePrecision::as_str));
        }
        if let Some((field, span)) = span {
            let _ = write!(out, " “{}”", self.at(field, span));
        }
    }

    fn decided(cameo: Option<&str>, frame: Option<&str>, confidence: f64) -> String {
        let cameo = cameo.map_or_else(String::new, |code| format!("; {code}"));
        format!("{cameo}; {} {confidence:.2}", frame.unwrap_or("-"))
    }
}
