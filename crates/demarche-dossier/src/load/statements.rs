//! Reading a statement.

use demarche_record::{Issue, Span, Statement, StatementEvidence};
use rusqlite::Connection;

use super::entities::{entities, select_entities};
use super::events::names;
use super::source::source;
use crate::error::DossierError;
use crate::rest::StatementRest;

const ACTORS: &str = select_entities!("statement_actors", "statement");

/// The columns of a statement's row that are not yet a record.
struct Columns {
    document: i64,
    number: i64,
    sentence: Option<i64>,
    date: Option<String>,
    date_precision: Option<String>,
    act: String,
    stance: String,
    quotation: String,
    status: String,
    proposition: Option<String>,
    proposition_span: Span,
    cue: Span,
    confidence: f64,
    frame: Option<String>,
    decided_by: String,
    rest: String,
}

/// Reads the statement of row `statement`.
pub(crate) fn statement(connection: &Connection, statement: i64) -> Result<Statement, DossierError> {
    let mut select = connection.prepare_cached(
        "SELECT document, number, sentence, date, date_precision, act, stance, quotation, status, proposition,
                proposition_start, proposition_end, cue_start, cue_end, confidence, frame, decided_by, rest
         FROM statements WHERE id = ?1",
    )?;
    let columns = select.query_row([statement], |row| {
        Ok(Columns {
            document: row.get("document")?,
            number: row.get("number")?,
            sentence: row.get("sentence")?,
            date: row.get("date")?,
            date_precision: row.get("date_precision")?,
            act: row.get("act")?,
            stance: row.get("stance")?,
            quotation: row.get("quotation")?,
            status: row.get("status")?,
            proposition: row.get("proposition")?,
            proposition_span: super::span(row, "proposition_start", "proposition_end")?,
            cue: super::span(row, "cue_start", "cue_end")?,
            confidence: row.get("confidence")?,
            frame: row.get("frame")?,
            decided_by: row.get("decided_by")?,
            rest: row.get("rest")?,
        })
    })?;
    let source = source(connection, columns.document)?;
    let rest: StatementRest<'_> = super::rest(&columns.rest)?;
    let surplus = rest.surplus.unwrap_or_default();
    let (speaker, mut speaker_spans) = entities(connection, ACTORS, statement, "speaker")?;
    speaker_spans.extend_from_slice(&surplus.first);
    let (audience, mut audience_spans) = entities(connection, ACTORS, statement, "audience")?;
    audience_spans.extend_from_slice(&surplus.second);
    let (toward, mut toward_spans) = entities(connection, ACTORS, statement, "toward")?;
    toward_spans.extend_from_slice(&surplus.third);
    let sentence = super::sentence(rest.sentence, connection, columns.document, columns.sentence)?;
    let (why, cite_info) =
        rest.why.restore(columns.frame, super::code(&columns.decided_by)?, &source.model, &source.data, &source.cite);
    Ok(Statement {
        id: format!("{}#s{}", source.document, columns.number),
        document: source.document,
        date: super::day(columns.date)?,
        date_precision: super::code_or_none(columns.date_precision.as_deref())?,
        speaker,
        audience,
        act: super::code(&columns.act)?,
        stance: super::code(&columns.stance)?,
        issue: names(
            connection,
            "SELECT issue FROM statement_issues WHERE statement = ?1 ORDER BY position",
            statement,
            Issue::new,
        )?,
        toward,
        proposition: columns.proposition.unwrap_or_default(),
        quotation: super::code(&columns.quotation)?,
        hedge: rest.hedge.into_owned(),
        status: super::code(&columns.status)?,
        confidence: columns.confidence,
        text: sentence.text,
        text_info: sentence.text_info,
        evidence: StatementEvidence {
            field: sentence.field,
            sentence: sentence.span,
            cue: columns.cue,
            speaker: speaker_spans,
            audience: audience_spans,
            proposition: columns.proposition_span,
            toward: toward_spans,
        },
        why,
        cite_info,
    })
}
