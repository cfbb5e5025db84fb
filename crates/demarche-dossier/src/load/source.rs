//! What a record shares with others of its document: citation, run, sentence.

use demarche_record::{CiteInfo, Field, Span, TextInfo};
use rusqlite::{Connection, OptionalExtension};

use crate::error::DossierError;

/// Where a document's records come from.
pub(crate) struct Source {
    /// Id of the document.
    pub(crate) document: String,
    pub(crate) cite: CiteInfo,
    pub(crate) model: String,
    pub(crate) data: String,
}

/// Reads the source of document row `document`.
pub(crate) fn source(connection: &Connection, document: i64) -> Result<Source, DossierError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, url, title, language, publisher, genre, program, version, model, data
         FROM documents JOIN runs ON runs.id = documents.run WHERE documents.id = ?1",
    )?;
    Ok(statement.query_row([document], |row| {
        Ok(Source {
            document: row.get(0)?,
            cite: CiteInfo {
                url: row.get(1)?,
                title: row.get(2)?,
                language: row.get(3)?,
                publication: row.get(4)?,
                genre: row.get(5)?,
                coder: row.get(6)?,
                version: row.get(7)?,
            },
            model: row.get(8)?,
            data: row.get(9)?,
        })
    })?)
}

/// A sentence read back; its text is empty where it was not kept.
pub(crate) struct StoredSentence {
    pub(crate) field: Field,
    pub(crate) span: Span,
    pub(crate) text_info: TextInfo,
    pub(crate) text: String,
}

/// Reads a sentence of a document by its number.
pub(crate) fn sentence(
    connection: &Connection,
    document: i64,
    sequence: i64,
) -> Result<Option<StoredSentence>, DossierError> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, field, start, end, char_start, char_end, text FROM sentences
         WHERE document = ?1 AND sequence = ?2",
    )?;
    let found = statement
        .query_row([document, sequence], |row| {
            Ok((
                row.get::<_, String>("field")?,
                super::span(row, "start", "end")?,
                super::text_info(row)?,
                row.get::<_, Option<String>>("text")?,
            ))
        })
        .optional()?;
    found
        .map(|(field, span, text_info, text)| {
            Ok(StoredSentence { field: super::code(&field)?, span, text_info, text: text.unwrap_or_default() })
        })
        .transpose()
}
