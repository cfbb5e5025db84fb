//! Writing an initiative.

use std::borrow::Cow;

use demarche_record::{Day, Initiative, Record};
use rusqlite::params;

use super::Desk;
use crate::batch::Report;
use crate::error::DossierError;
use crate::rest::{InitiativeRest, Reason, Surplus};

const INSERT_ACTOR: &str = "INSERT INTO initiative_actors (initiative, role, position, actor, text, start, end)
                            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

impl Desk<'_> {
    /// Writes an initiative under its number in the document.
    pub(crate) fn initiative(
        &mut self,
        initiative: &Initiative,
        number: i64,
        report: &Report,
    ) -> Result<(), DossierError> {
        let venue = match &initiative.venue {
            Some(place) => Some(self.cache.place(self.transaction, place)?),
            None => None,
        };
        let evidence = &initiative.evidence;
        let rest = InitiativeRest {
            why: Reason::new(&initiative.why, &initiative.cite_info, self.document, self.run),
            sentence: Cow::Borrowed(&evidence.sentence),
            venue: evidence.venue,
            conflict: evidence.conflict,
            surplus: Surplus::of([
                (&evidence.party, initiative.party.len()),
                (&evidence.mediator, initiative.mediator.len()),
                (&[], 0),
            ]),
        };
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO initiatives (document, number, kind, stage, venue, extracted_venue, conflict, confidence, frame,
                                      decided_by, rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let row = insert.insert(params![
            self.row,
            number,
            initiative.kind.as_str(),
            initiative.stage.as_str(),
            venue,
            initiative.venue.as_ref().map(|place| &place.extracted_place),
            initiative.conflict.as_ref().map(|conflict| &conflict.name),
            initiative.confidence,
            initiative.why.frame,
            initiative.why.by.as_str(),
            super::json(&rest)?,
        ])?;
        self.transaction.prepare_cached("INSERT INTO initiative_arrivals (initiative) VALUES (?1)")?.execute([row])?;
        self.entities(INSERT_ACTOR, row, "party", &initiative.party, &evidence.party)?;
        self.entities(INSERT_ACTOR, row, "mediator", &initiative.mediator, &evidence.mediator)?;
        self.entities(INSERT_ACTOR, row, "host", &initiative.host, &[])?;
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO initiative_stages (initiative, position, stage, date, record, start, end)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (position, mark) in initiative.stages.iter().enumerate() {
            let date = mark.record.as_deref().and_then(|record| date_of(report, record)).or(report.document.date);
            insert.execute(params![
                row,
                position as i64,
                mark.stage.as_str(),
                date.map(|day| day.0.to_string()),
                mark.record,
                mark.sentence.start as i64,
                mark.sentence.end as i64,
            ])?;
        }
        let mut insert = self
            .transaction
            .prepare_cached("INSERT INTO initiative_sides (initiative, position, code) VALUES (?1, ?2, ?3)")?;
        for (position, code) in initiative.conflict.iter().flat_map(|conflict| &conflict.code).enumerate() {
            insert.execute(params![row, position as i64, code.as_str()])?;
        }
        Ok(())
    }
}

/// Day of the record that shows a stage.
fn date_of(report: &Report, id: &str) -> Option<Day> {
    report.records.iter().find(|record| record.id() == id).and_then(|record| match record {
        Record::Event(event) => event.date,
        Record::Statement(statement) => statement.date,
        Record::Initiative(_) => None,
    })
}
