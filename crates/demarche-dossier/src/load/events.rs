//! Reading an event.

use demarche_record::{Context, Count, Event, EventEvidence, EventType, Mode, QuadCode, Span};
use rusqlite::Connection;

use super::entities::{entities, place, select_entities};
use super::source::source;
use crate::error::DossierError;
use crate::rest::EventRest;

const ACTORS: &str = select_entities!("event_actors", "event");

/// The columns of an event's row that are not yet a record.
struct Columns {
    document: i64,
    number: i64,
    sentence: Option<i64>,
    date: Option<String>,
    enddate: Option<String>,
    date_precision: Option<String>,
    event_type: String,
    quad_code: Option<u8>,
    event_scale: Option<f64>,
    cameo: Option<String>,
    goldstein: Option<f64>,
    status: String,
    place: Option<i64>,
    extracted_place: Option<String>,
    figures: [Option<u64>; 4],
    confidence: f64,
    trigger: Span,
    frame: Option<String>,
    decided_by: String,
    rest: String,
}

/// Reads the event of row `event`.
pub(crate) fn event(connection: &Connection, event: i64) -> Result<Event, DossierError> {
    let mut statement = connection.prepare_cached(
        "SELECT document, number, sentence, date, enddate, date_precision, event_type, quad_code, event_scale, cameo,
                goldstein, status, place, extracted_place, dead, injured, arrested, size, confidence, trigger_start,
                trigger_end, frame, decided_by, rest
         FROM events WHERE id = ?1",
    )?;
    let columns = statement.query_row([event], |row| {
        Ok(Columns {
            document: row.get("document")?,
            number: row.get("number")?,
            sentence: row.get("sentence")?,
            date: row.get("date")?,
            enddate: row.get("enddate")?,
            date_precision: row.get("date_precision")?,
            event_type: row.get("event_type")?,
            quad_code: row.get("quad_code")?,
            event_scale: row.get("event_scale")?,
            cameo: row.get("cameo")?,
            goldstein: row.get("goldstein")?,
            status: row.get("status")?,
            place: row.get("place")?,
            extracted_place: row.get("extracted_place")?,
            figures: [row.get("dead")?, row.get("injured")?, row.get("arrested")?, row.get("size")?],
            confidence: row.get("confidence")?,
            trigger: super::span(row, "trigger_start", "trigger_end")?,
            frame: row.get("frame")?,
            decided_by: row.get("decided_by")?,
            rest: row.get("rest")?,
        })
    })?;
    let source = source(connection, columns.document)?;
    let rest: EventRest<'_> = super::rest(&columns.rest)?;
    let surplus = rest.surplus.unwrap_or_default();
    let (actor, mut actor_spans) = entities(connection, ACTORS, event, "actor")?;
    actor_spans.extend_from_slice(&surplus.first);
    let (recipient, mut recipient_spans) = entities(connection, ACTORS, event, "recipient")?;
    recipient_spans.extend_from_slice(&surplus.second);
    let (attributed_to, mut attributed_spans) = entities(connection, ACTORS, event, "attributed_to")?;
    attributed_spans.extend_from_slice(&surplus.third);
    let (counts, mut count_spans) = counts(connection, event)?;
    count_spans.extend_from_slice(&rest.counts);
    let sentence = super::sentence(rest.sentence, connection, columns.document, columns.sentence)?;
    let (why, cite_info) =
        rest.why.restore(columns.frame, super::code(&columns.decided_by)?, &source.model, &source.data, &source.cite);
    let [dead, injured, arrested, size] = columns.figures;
    Ok(Event {
        id: format!("{}#e{}", source.document, columns.number),
        document: source.document,
        date: super::day(columns.date)?,
        enddate: super::day(columns.enddate)?,
        date_precision: super::code_or_none(columns.date_precision.as_deref())?,
        event: vec![EventType::new(&columns.event_type)],
        mode: names(connection, "SELECT mode FROM event_modes WHERE event = ?1 ORDER BY position", event, Mode::new)?,
        context: names(
            connection,
            "SELECT context FROM event_contexts WHERE event = ?1 ORDER BY position",
            event,
            Context::new,
        )?,
        actor,
        recipient,
        event_loc: place(connection, columns.place, columns.extracted_place)?,
        quad_code: columns.quad_code.map(QuadCode),
        event_scale: columns.event_scale,
        cameo: columns.cameo,
        goldstein: columns.goldstein,
        status: super::code(&columns.status)?,
        attributed_to,
        content: rest.content.map(std::borrow::Cow::into_owned),
        dead,
        injured,
        arrested,
        size,
        counts,
        confidence: columns.confidence,
        text: sentence.text,
        text_info: sentence.text_info,
        evidence: EventEvidence {
            field: sentence.field,
            sentence: sentence.span,
            trigger: columns.trigger,
            actor: actor_spans,
            recipient: recipient_spans,
            place: rest.place,
            date: rest.date,
            attributed_to: attributed_spans,
            counts: count_spans,
        },
        witness: rest.witness.into_owned(),
        why,
        cite_info,
    })
}

/// Open names of a record, in their order.
pub(crate) fn names<T>(
    connection: &Connection,
    select: &str,
    record: i64,
    name: impl Fn(&str) -> T,
) -> Result<Vec<T>, DossierError> {
    let mut statement = connection.prepare_cached(select)?;
    let mut rows = statement.query([record])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let written: String = row.get(0)?;
        names.push(name(&written));
    }
    Ok(names)
}

fn counts(connection: &Connection, event: i64) -> Result<(Vec<Count>, Vec<Span>), DossierError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, low, high, text, start, end FROM event_counts WHERE event = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([event])?;
    let (mut counts, mut spans) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        counts.push(Count { kind: super::code(&kind)?, low: row.get(1)?, high: row.get(2)?, text: row.get(3)? });
        let (start, end): (Option<usize>, Option<usize>) = (row.get(4)?, row.get(5)?);
        spans.extend(start.zip(end).map(Span::from));
    }
    Ok((counts, spans))
}
