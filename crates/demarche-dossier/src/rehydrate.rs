//! Putting the words back into documents that were added without their text.

use std::borrow::Cow;

use demarche_record::{Field, Span, hedges_of};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::batch::{Digest, Keep};
use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::load;
use crate::rest::{EventRest, OwnSentence, StatementRest};

/// What became of a document whose text was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rehydrated {
    /// Its words are back: it is as if added with its text.
    Done,
    /// It has its text.
    HadText,
    /// The dossier has another version of it; nothing was changed.
    OtherBytes,
    /// The dossier does not have it.
    NotThere,
}

impl Dossier {
    /// Puts the words of a document back; `words` gives those of a span of title or text.
    ///
    /// # Errors
    /// [`DossierError`]; the document is then as it was.
    pub fn rehydrate(
        &mut self,
        id: &str,
        hash: &Digest,
        words: impl Fn(Field, Span) -> String,
    ) -> Result<Rehydrated, DossierError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<(i64, [u8; 32], String)> = transaction
            .prepare_cached("SELECT id, hash, kept FROM documents WHERE name = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((document, known, kept)) = found else { return Ok(Rehydrated::NotThere) };
        if known != hash.0 {
            return Ok(Rehydrated::OtherBytes);
        }
        if kept == Keep::Text.as_str() {
            return Ok(Rehydrated::HadText);
        }
        sentences(&transaction, document, kept == Keep::Spans.as_str(), &words)?;
        events(&transaction, document, &words)?;
        statements(&transaction, document, &words)?;
        transaction.execute("UPDATE documents SET kept = ?2 WHERE id = ?1", params![document, Keep::Text.as_str()])?;
        transaction.commit()?;
        Ok(Rehydrated::Done)
    }
}

impl Dossier {
    /// How many documents it has without their text.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn without_text(&self) -> Result<u64, DossierError> {
        let select = "SELECT count(*) FROM documents WHERE kept <> 'text' AND imported = 0";
        let count: i64 = self.connection.query_row(select, [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

/// A row and two columns of it, read before anything is written.
type Rows = Vec<(i64, String)>;

fn rows(connection: &Connection, select: &str, document: i64) -> Result<Rows, DossierError> {
    let mut select = connection.prepare_cached(select)?;
    let rows = select.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn sentences(
    connection: &Connection,
    document: i64,
    index: bool,
    words: &impl Fn(Field, Span) -> String,
) -> Result<(), DossierError> {
    let mut select =
        connection.prepare_cached("SELECT id, field, start, end FROM sentences WHERE document = ?1 ORDER BY id")?;
    let stored: Vec<(i64, String, Span)> = select
        .query_map([document], |row| Ok((row.get("id")?, row.get("field")?, load::span(row, "start", "end")?)))?
        .collect::<Result<_, _>>()?;
    let mut update = connection.prepare_cached("UPDATE sentences SET text = ?2 WHERE id = ?1")?;
    let mut insert = connection.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
    for (row, field, span) in stored {
        let text = words(load::code(&field)?, span);
        if index {
            insert.execute(params![row, text])?;
        }
        update.execute(params![row, text])?;
    }
    Ok(())
}

/// A sentence that only a record has.
fn own<'a>(sentence: Option<OwnSentence<'a>>, words: &impl Fn(Field, Span) -> String) -> Option<OwnSentence<'a>> {
    sentence.map(|own| OwnSentence { text: Some(Cow::Owned(words(own.field, own.span))), ..own })
}

fn events(connection: &Connection, document: i64, words: &impl Fn(Field, Span) -> String) -> Result<(), DossierError> {
    let mut update = connection.prepare_cached("UPDATE events SET rest = ?2 WHERE id = ?1")?;
    for (row, json) in rows(connection, "SELECT id, rest FROM events WHERE document = ?1", document)? {
        let rest: EventRest<'_> = load::rest(&json)?;
        if rest.sentence.is_some() {
            let rest = EventRest { sentence: own(rest.sentence, words), ..rest };
            update.execute(params![row, crate::add::json(&rest)?])?;
        }
    }
    Ok(())
}

fn statements(
    connection: &Connection,
    document: i64,
    words: &impl Fn(Field, Span) -> String,
) -> Result<(), DossierError> {
    let mut update = connection.prepare_cached("UPDATE statements SET proposition = ?2, rest = ?3 WHERE id = ?1")?;
    for (row, json) in rows(connection, "SELECT id, rest FROM statements WHERE document = ?1", document)? {
        let statement = load::statement(connection, row)?;
        let evidence = &statement.evidence;
        let rest: StatementRest<'_> = load::rest(&json)?;
        let hedge = if rest.hedge_places.is_empty() {
            rest.hedge
        } else {
            Cow::Owned(hedges_of(&words(evidence.field, evidence.sentence), &rest.hedge_places))
        };
        let rest = StatementRest { hedge, hedge_places: Cow::default(), sentence: own(rest.sentence, words), ..rest };
        let proposition = words(evidence.field, evidence.proposition);
        update.execute(params![row, proposition, crate::add::json(&rest)?])?;
    }
    Ok(())
}
