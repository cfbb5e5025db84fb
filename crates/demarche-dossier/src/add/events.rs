//! Writing an event.

use std::borrow::Cow;

use demarche_record::{Event, Span};
use rusqlite::params;

use super::Desk;
use super::sentences::Sentences;
use crate::error::DossierError;
use crate::rest::{EventRest, Reason, Surplus};

const INSERT_ACTOR: &str = "INSERT INTO event_actors (event, role, position, actor, text, start, end)
                            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

impl Desk<'_> {
    /// Writes an event under its number in the document.
    pub(crate) fn event(&mut self, event: &Event, number: i64, sentences: &Sentences<'_>) -> Result<(), DossierError> {
        let [event_type] = event.event.as_slice() else {
            return Err(DossierError::EventTypes { record: event.id.clone(), types: event.event.len() });
        };
        let place = match &event.event_loc {
            Some(place) => Some(self.cache.place(self.transaction, place)?),
            None => None,
        };
        let evidence = &event.evidence;
        let rest = EventRest {
            why: Reason::new(&event.why, &event.cite_info, self.document, self.run),
            content: event.content.as_ref().map(Cow::Borrowed),
            witness: Cow::Borrowed(&event.witness),
            place: evidence.place,
            date: evidence.date,
            counts: Cow::Borrowed(evidence.counts.get(event.counts.len()..).unwrap_or_default()),
            surplus: Surplus::of([
                (&evidence.actor, event.actor.len()),
                (&evidence.recipient, event.recipient.len()),
                (&evidence.attributed_to, event.attributed_to.len()),
            ]),
            sentence: self.own_sentence(sentences, evidence.field, evidence.sentence, event.text_info, &event.text),
        };
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO events (document, number, sentence, date, enddate, date_precision, event_type, quad_code,
                                 event_scale, cameo, goldstein, status, place, extracted_place, dead, injured, arrested,
                                 size, confidence, trigger_start, trigger_end, frame, decided_by, rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                     ?22, ?23, ?24)",
        )?;
        let row = insert.insert(params![
            self.row,
            number,
            event.text_info.sequence as i64,
            event.date.map(|day| day.0.to_string()),
            event.enddate.map(|day| day.0.to_string()),
            event.date_precision.map(demarche_record::DatePrecision::as_str),
            event_type.as_str(),
            event.quad_code.map(|quad| quad.0),
            event.event_scale,
            event.cameo,
            event.goldstein,
            event.status.as_str(),
            place,
            event.event_loc.as_ref().map(|place| &place.extracted_place),
            event.dead.map(whole),
            event.injured.map(whole),
            event.arrested.map(whole),
            event.size.map(whole),
            event.confidence,
            evidence.trigger.start as i64,
            evidence.trigger.end as i64,
            event.why.frame,
            event.why.by.as_str(),
            super::json(&rest)?,
        ])?;
        if let Some(units) = self.units.as_deref_mut() {
            units.store(self.transaction, event, self.row, row)?;
        }
        self.entities(INSERT_ACTOR, row, "actor", &event.actor, &evidence.actor)?;
        self.entities(INSERT_ACTOR, row, "recipient", &event.recipient, &evidence.recipient)?;
        self.entities(INSERT_ACTOR, row, "attributed_to", &event.attributed_to, &evidence.attributed_to)?;
        if !event.mode.is_empty() {
            let mut insert = self
                .transaction
                .prepare_cached("INSERT INTO event_modes (event, position, mode) VALUES (?1, ?2, ?3)")?;
            for (position, mode) in event.mode.iter().enumerate() {
                insert.execute(params![row, position as i64, mode.as_str()])?;
            }
        }
        if !event.context.is_empty() {
            let mut insert = self
                .transaction
                .prepare_cached("INSERT INTO event_contexts (event, position, context) VALUES (?1, ?2, ?3)")?;
            for (position, context) in event.context.iter().enumerate() {
                insert.execute(params![row, position as i64, context.as_str()])?;
            }
        }
        if !event.counts.is_empty() {
            let mut insert = self.transaction.prepare_cached(
                "INSERT INTO event_counts (event, position, kind, low, high, text, start, end)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for (position, count) in event.counts.iter().enumerate() {
                let span: Option<&Span> = evidence.counts.get(position);
                insert.execute(params![
                    row,
                    position as i64,
                    count.kind.as_str(),
                    whole(count.low),
                    count.high.map(whole),
                    count.text,
                    span.map(|span| span.start as i64),
                    span.map(|span| span.end as i64),
                ])?;
            }
        }
        Ok(())
    }
}

/// SQLite's whole numbers have a sign; no count of people needs the last bit.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
