//! Reading an initiative.

use demarche_record::{Code, Conflict, Initiative, InitiativeEvidence, StageMark};
use rusqlite::Connection;

use super::entities::{entities, place, select_entities};
use super::source::source;
use crate::error::DossierError;
use crate::rest::InitiativeRest;

const ACTORS: &str = select_entities!("initiative_actors", "initiative");

/// The columns of an initiative's row that are not yet a record.
struct Columns {
    document: i64,
    number: i64,
    kind: String,
    stage: String,
    venue: Option<i64>,
    extracted_venue: Option<String>,
    conflict: Option<String>,
    confidence: f64,
    frame: Option<String>,
    decided_by: String,
    rest: String,
}

/// Reads the initiative of row `initiative`.
pub(crate) fn initiative(connection: &Connection, initiative: i64) -> Result<Initiative, DossierError> {
    let mut select = connection.prepare_cached(
        "SELECT document, number, kind, stage, venue, extracted_venue, conflict, confidence, frame, decided_by, rest
         FROM initiatives WHERE id = ?1",
    )?;
    let columns = select.query_row([initiative], |row| {
        Ok(Columns {
            document: row.get("document")?,
            number: row.get("number")?,
            kind: row.get("kind")?,
            stage: row.get("stage")?,
            venue: row.get("venue")?,
            extracted_venue: row.get("extracted_venue")?,
            conflict: row.get("conflict")?,
            confidence: row.get("confidence")?,
            frame: row.get("frame")?,
            decided_by: row.get("decided_by")?,
            rest: row.get("rest")?,
        })
    })?;
    let source = source(connection, columns.document)?;
    let rest: InitiativeRest<'_> = super::rest(&columns.rest)?;
    let surplus = rest.surplus.unwrap_or_default();
    let (party, mut party_spans) = entities(connection, ACTORS, initiative, "party")?;
    party_spans.extend_from_slice(&surplus.first);
    let (mediator, mut mediator_spans) = entities(connection, ACTORS, initiative, "mediator")?;
    mediator_spans.extend_from_slice(&surplus.second);
    let (host, _) = entities(connection, ACTORS, initiative, "host")?;
    let (why, cite_info) =
        rest.why.restore(columns.frame, super::code(&columns.decided_by)?, &source.model, &source.data, &source.cite);
    let conflict = match columns.conflict {
        Some(name) => Some(Conflict { name, code: sides(connection, initiative)? }),
        None => None,
    };
    Ok(Initiative {
        id: format!("{}#i{}", source.document, columns.number),
        document: source.document,
        kind: super::code(&columns.kind)?,
        party,
        mediator,
        host,
        venue: place(connection, columns.venue, columns.extracted_venue)?,
        conflict,
        stage: super::code(&columns.stage)?,
        stages: stages(connection, initiative)?,
        evidence: InitiativeEvidence {
            sentence: rest.sentence.into_owned(),
            mediator: mediator_spans,
            party: party_spans,
            venue: rest.venue,
            conflict: rest.conflict,
        },
        confidence: columns.confidence,
        why,
        cite_info,
    })
}

fn sides(connection: &Connection, initiative: i64) -> Result<Vec<Code>, DossierError> {
    let mut statement =
        connection.prepare_cached("SELECT code FROM initiative_sides WHERE initiative = ?1 ORDER BY position")?;
    let mut rows = statement.query([initiative])?;
    let mut sides = Vec::new();
    while let Some(row) = rows.next()? {
        sides.extend(super::country(row.get::<_, Option<String>>(0)?.as_deref())?);
    }
    Ok(sides)
}

fn stages(connection: &Connection, initiative: i64) -> Result<Vec<StageMark>, DossierError> {
    let mut statement = connection.prepare_cached(
        "SELECT stage, record, start, end FROM initiative_stages WHERE initiative = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([initiative])?;
    let mut stages = Vec::new();
    while let Some(row) = rows.next()? {
        let stage: String = row.get("stage")?;
        stages.push(StageMark {
            stage: super::code(&stage)?,
            record: row.get("record")?,
            sentence: super::span(row, "start", "end")?,
        });
    }
    Ok(stages)
}
