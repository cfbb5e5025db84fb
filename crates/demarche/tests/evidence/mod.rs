//! What must hold of every record of every document, whatever it says: the evidence points at what the record claims.

use std::collections::HashSet;

use demarche::record::{Content, DecidedBy, Entity, Event, Field, Initiative, Record, Span, Statement, TextInfo, Why};

use crate::texts::{Form, Received};

/// Every fault of a document's records, one a line.
pub fn faults(received: &Received, records: &[Record]) -> Vec<String> {
    let mut check = Check { received, id: String::new(), faults: Vec::new() };
    check.ids(records);
    for record in records {
        record.id().clone_into(&mut check.id);
        match record {
            Record::Event(event) => check.event(event),
            Record::Statement(statement) => check.statement(statement),
            Record::Initiative(initiative) => check.initiative(initiative),
        }
    }
    check.faults
}

struct Check<'a> {
    received: &'a Received,
    id: String,
    faults: Vec<String>,
}

/// With white space of any length as one space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markup as a reader sees it: without tags, character references read.
fn seen(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('<') { '>' } else { ';' };
        let Some(end) = rest[at..].find(close).map(|end| at + end) else {
            rest = &rest[at..];
            break;
        };
        if close == ';' {
            let name = &rest[at + 1..end];
            let number = name.strip_prefix('#').and_then(|number| number.parse().ok()).and_then(char::from_u32);
            out.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "nbsp" => ' ',
                "rsquo" => '’',
                "ldquo" => '“',
                "rdquo" => '”',
                "iacute" => 'í',
                "eacute" => 'é',
                "copy" => '©',
                _ => number.unwrap_or('\u{fffd}'),
            });
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

impl Check<'_> {
    fn fault(&mut self, what: &str) {
        let line = format!("{}: {what}", self.id);
        self.faults.push(line);
    }

    fn holds(&mut self, condition: bool, what: &str) {
        if !condition {
            self.fault(what);
        }
    }

    /// What stands at a span of the received bytes; `None` and a fault if it is not a stretch of whole characters.
    fn at(&mut self, field: Field, span: Span, what: &str) -> Option<String> {
        let bytes = match field {
            Field::Title => self.received.title.as_deref().unwrap_or_default(),
            Field::Text => &self.received.text,
        };
        let text = std::str::from_utf8(bytes).expect("texts of tests are UTF-8");
        let Some(found) = text.get(span.start..span.end) else {
            let (length, Span { start, end }) = (bytes.len(), span);
            self.fault(&format!("{what}: {start}..{end} is not within {length} bytes, or splits a character"));
            return None;
        };
        let html = field == Field::Text && self.received.form == Form::Html;
        Some(spaced(&if html { seen(found) } else { found.to_owned() }))
    }

    fn says(&mut self, field: Field, span: Span, expected: &str, what: &str) {
        if let Some(found) = self.at(field, span, what) {
            self.holds(found == spaced(expected), &format!("{what}: “{expected}” stands at bytes that say “{found}”"));
            self.holds(!found.is_empty(), &format!("{what}: nothing stands there"));
        }
    }

    fn within(&mut self, outer: Span, inner: Span, what: &str) {
        let holds = outer.start <= inner.start && inner.start < inner.end && inner.end <= outer.end;
        self.holds(holds, &format!("{what} {inner:?} is empty or outside of the sentence {outer:?}"));
    }

    fn entities(&mut self, field: Field, entities: &[Entity], spans: &[Span], what: &str) {
        let (named, placed) = (entities.len(), spans.len());
        self.holds(named == placed, &format!("{what}: {named} named, {placed} spans"));
        for (entity, span) in entities.iter().zip(spans) {
            self.says(field, *span, &entity.entity_text, what);
            self.holds(entity.span.is_none(), &format!("{what}: a span outside of a content"));
        }
    }

    /// Ids are unique and count up within each kind; `same_as` and stages name records of this document.
    fn ids(&mut self, records: &[Record]) {
        let known: HashSet<&str> = records.iter().map(Record::id).collect();
        self.received.document.id.clone_into(&mut self.id);
        self.holds(known.len() == records.len(), "ids are not unique");
        let (mut events, mut statements, mut initiatives) = (0, 0, 0);
        for record in records {
            let (kind, number) = match record {
                Record::Event(_) => ('e', &mut events),
                Record::Statement(_) => ('s', &mut statements),
                Record::Initiative(_) => ('i', &mut initiatives),
            };
            *number += 1;
            let expected = format!("{}#{kind}{number}", self.received.document.id);
            self.holds(record.id() == expected, &format!("{} stands where {expected} should", record.id()));
            let (own, named) = match record {
                Record::Event(event) => (&event.document, event.why.same_as.iter().collect::<Vec<_>>()),
                Record::Statement(statement) => (&statement.document, statement.why.same_as.iter().collect()),
                Record::Initiative(i) => (&i.document, i.stages.iter().filter_map(|s| s.record.as_ref()).collect()),
            };
            self.holds(*own == self.received.document.id, "another document's record");
            for name in named {
                self.holds(known.contains(name.as_str()), &format!("{} names {name}, which is not there", record.id()));
            }
        }
        let places: Vec<(bool, usize)> = records
            .iter()
            .filter_map(|record| match record {
                Record::Event(e) => Some((e.evidence.field == Field::Text, e.evidence.sentence.start)),
                Record::Statement(s) => Some((s.evidence.field == Field::Text, s.evidence.sentence.start)),
                Record::Initiative(_) => None,
            })
            .collect();
        self.holds(places.is_sorted(), "records do not stand in the order of their sentences");
    }

    fn decision(&mut self, why: &Why, confidence: f64) {
        match why.by {
            DecidedBy::Classifier => self.holds(why.frame.is_none() && !why.vote.is_empty(), "no vote, or a frame too"),
            _ => self.holds(why.frame.as_deref().is_some_and(|frame| !frame.is_empty()), "no frame"),
        }
        self.holds((0.0..=1.0).contains(&confidence), &format!("confidence {confidence}"));
        self.holds(!why.model.is_empty() && !why.data.is_empty(), "no versions");
    }

    fn sentence(&mut self, field: Field, span: Span, text: &str, info: TextInfo) {
        self.says(field, span, text, "sentence");
        self.holds((info.sequence == 0) == (field == Field::Title), "sequence 0 is the title, and nothing else");
        if field == Field::Text {
            let decoded = self.received.document.body.as_str();
            let found: String = decoded.chars().take(info.end).skip(info.start).collect();
            self.holds(spaced(&found) == spaced(text), &format!("text_info points at “{found}”"));
        }
    }

    fn event(&mut self, event: &Event) {
        let evidence = &event.evidence;
        let field = evidence.field;
        self.decision(&event.why, event.confidence);
        self.holds(event.event.len() == 1, "an event has one type");
        self.sentence(field, evidence.sentence, &event.text, event.text_info);
        self.within(evidence.sentence, evidence.trigger, "trigger");
        self.at(field, evidence.trigger, "trigger");
        self.entities(field, &event.actor, &evidence.actor, "actor");
        self.entities(field, &event.recipient, &evidence.recipient, "recipient");
        self.entities(field, &event.attributed_to, &evidence.attributed_to, "attributed_to");
        self.holds(event.event_loc.is_some() == evidence.place.is_some(), "a place and its span come together");
        if let (Some(place), Some(span)) = (&event.event_loc, evidence.place) {
            self.says(field, span, &place.extracted_place, "place");
        }
        if let Some(span) = evidence.date {
            self.at(field, span, "date");
        }
        self.holds(event.counts.len() == evidence.counts.len(), "counts and their spans");
        for (count, span) in event.counts.iter().zip(&evidence.counts) {
            self.says(field, *span, &count.text, "count");
            self.holds(count.high.is_none_or(|high| count.low <= high), "a count's bounds");
        }
        for witness in &event.witness {
            self.at(field, witness.sentence, "witness");
            self.at(field, witness.trigger, "witness");
            self.within(witness.sentence, witness.trigger, "trigger of a witness");
        }
        if let Some(content) = &event.content {
            self.content(field, content);
        }
    }

    fn content(&mut self, field: Field, content: &Content) {
        self.at(field, content.trigger, "trigger of a content");
        for entity in content.actor.iter().chain(&content.recipient) {
            match entity.span {
                Some(span) => self.says(field, span, &entity.entity_text, "entity of a content"),
                None => self.fault("an entity of a content without its span"),
            }
        }
        if let Some(inner) = &content.content {
            self.content(field, inner);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let evidence = &statement.evidence;
        let field = evidence.field;
        self.decision(&statement.why, statement.confidence);
        self.sentence(field, evidence.sentence, &statement.text, statement.text_info);
        self.within(evidence.sentence, evidence.cue, "cue");
        self.at(field, evidence.cue, "cue");
        // What someone is quoted with may begin before the sentence of its cue and end behind it.
        let said = evidence.proposition;
        self.holds(said.start < said.end, &format!("proposition {said:?} is empty"));
        self.says(field, evidence.proposition, &statement.proposition, "proposition");
        self.entities(field, &statement.speaker, &evidence.speaker, "speaker");
        self.entities(field, &statement.audience, &evidence.audience, "audience");
        self.entities(field, &statement.toward, &evidence.toward, "toward");
        self.holds(!statement.speaker.is_empty(), "a statement without a speaker");
    }

    fn initiative(&mut self, initiative: &Initiative) {
        let evidence = &initiative.evidence;
        // The evidence of an initiative runs through the text; only one found in nothing but the title points there.
        let field = if self.received.text.is_empty() { Field::Title } else { Field::Text };
        self.decision(&initiative.why, initiative.confidence);
        self.holds(!evidence.sentence.is_empty(), "an initiative without a sentence");
        self.holds(!initiative.stages.is_empty(), "an initiative without a stage");
        for span in evidence.sentence.iter().chain(initiative.stages.iter().map(|mark| &mark.sentence)) {
            self.at(field, *span, "sentence of an initiative");
        }
        self.entities(field, &initiative.mediator, &evidence.mediator, "mediator");
        self.entities(field, &initiative.party, &evidence.party, "party");
        self.holds(initiative.venue.is_some() == evidence.venue.is_some(), "a venue and its span come together");
        if let (Some(venue), Some(span)) = (&initiative.venue, evidence.venue) {
            self.says(field, span, &venue.extracted_place, "venue");
        }
        if let Some(span) = evidence.conflict {
            self.at(field, span, "conflict");
        }
    }
}
