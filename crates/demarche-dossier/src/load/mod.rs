//! Reading: a record comes back as it was put in, less the text where that was not kept.

mod entities;
mod events;
mod initiatives;
mod source;
mod statements;

use std::str::FromStr;

use demarche_record::{Code, Day, Span, TextInfo, UnknownCode};
use rusqlite::{Connection, Row};
use serde::Deserialize;

pub(crate) use events::event;
pub(crate) use initiatives::initiative;
pub(crate) use statements::statement;

use crate::error::DossierError;
use crate::rest::OwnSentence;
use source::StoredSentence;

/// An error for a code that no inventory has.
fn unknown(error: &UnknownCode) -> DossierError {
    DossierError::Damaged { what: error.to_string() }
}

/// Reads a closed code.
pub(crate) fn code<T: FromStr<Err = UnknownCode>>(written: &str) -> Result<T, DossierError> {
    written.parse().map_err(|error| unknown(&error))
}

/// Reads a closed code that may be missing.
fn code_or_none<T: FromStr<Err = UnknownCode>>(written: Option<&str>) -> Result<Option<T>, DossierError> {
    written.map(code).transpose()
}

/// Reads a country's or an international code.
fn country(written: Option<&str>) -> Result<Option<Code>, DossierError> {
    written.map(Code::parse).transpose().map_err(|error| unknown(&error))
}

/// Reads a country's or an international code that is there.
pub(crate) fn code_of(written: &str) -> Result<Code, DossierError> {
    Code::parse(written).map_err(|error| unknown(&error))
}

/// Reads a date.
pub(crate) fn day(written: Option<String>) -> Result<Option<Day>, DossierError> {
    written
        .map(|written| written.parse().map(Day))
        .transpose()
        .map_err(|error: jiff::Error| DossierError::Damaged { what: error.to_string() })
}

/// Reads the column `rest`.
pub(crate) fn rest<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, DossierError> {
    serde_json::from_str(json).map_err(|error| DossierError::Damaged { what: error.to_string() })
}

/// Two columns as a span.
pub(crate) fn span(row: &Row<'_>, start: &str, end: &str) -> rusqlite::Result<Span> {
    Ok(Span::new(row.get(start)?, row.get(end)?))
}

/// The sentence of a record: its own where it has one, else the stored one.
fn sentence(
    own: Option<OwnSentence<'_>>,
    connection: &Connection,
    document: i64,
    sequence: Option<i64>,
) -> Result<StoredSentence, DossierError> {
    if let Some(own) = own {
        return Ok(StoredSentence {
            field: own.field,
            span: own.span,
            text_info: own.text_info,
            text: own.text.map_or_else(String::new, std::borrow::Cow::into_owned),
        });
    }
    let sequence = sequence.unwrap_or_default();
    source::sentence(connection, document, sequence)?.ok_or_else(|| DossierError::Damaged {
        what: format!("sentence {sequence} of document row {document} is missing"),
    })
}

/// Characters of a sentence row.
fn text_info(row: &Row<'_>) -> rusqlite::Result<TextInfo> {
    Ok(TextInfo { sequence: row.get("sequence")?, start: row.get("char_start")?, end: row.get("char_end")? })
}
