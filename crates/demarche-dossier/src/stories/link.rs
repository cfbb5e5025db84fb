//! Joining a document to the story that it tells.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params};

use super::fingerprint::Fingerprint;
use super::minhash::MinHash;
use crate::error::DossierError;

/// Days between two publications after which near copies are two stories: a form filled in anew each week is no story
/// that goes on.
const APART: i32 = 7;

/// Joins up to `limit` documents that have no story yet. Gives how many it joined.
pub(crate) fn link(transaction: &Transaction<'_>, limit: usize) -> Result<usize, DossierError> {
    let mut statement =
        transaction.prepare_cached("SELECT id FROM documents WHERE story IS NULL ORDER BY id LIMIT ?1")?;
    let pending: Vec<i64> = statement.query_map([limit as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for &document in &pending {
        let stories = match fingerprint(transaction, document)? {
            Some(fingerprint) => neighbours(transaction, document, &fingerprint)?,
            None => BTreeSet::new(),
        };
        let story = join(transaction, &stories)?;
        transaction.prepare_cached("UPDATE documents SET story = ?2 WHERE id = ?1")?.execute([document, story])?;
    }
    Ok(pending.len())
}

/// The stories of the near copies of a document; leaves its keys for those that come later.
fn neighbours(
    transaction: &Transaction<'_>,
    document: i64,
    fingerprint: &Fingerprint,
) -> Result<BTreeSet<i64>, DossierError> {
    let date = date(transaction, document)?;
    let mut insert = transaction.prepare_cached("INSERT OR IGNORE INTO bands (key, document) VALUES (?1, ?2)")?;
    let mut look = transaction.prepare_cached(
        "SELECT document, story, date FROM bands JOIN documents ON documents.id = document
         WHERE key = ?1 AND document <> ?2 AND story IS NOT NULL",
    )?;
    let (mut seen, mut stories) = (BTreeSet::new(), BTreeSet::new());
    for key in fingerprint.keys() {
        insert.execute([key, document])?;
        let mut rows = look.query([key, document])?;
        while let Some(row) = rows.next()? {
            let (other, story): (i64, i64) = (row.get(0)?, row.get(1)?);
            if stories.contains(&story) || !seen.insert(other) {
                continue;
            }
            if far_apart(date, read_date(row.get(2)?)?) {
                continue;
            }
            if stored(transaction, other)?.is_some_and(|other| fingerprint.is_near(&other)) {
                stories.insert(story);
            }
        }
    }
    Ok(stories)
}

fn far_apart(one: Option<Date>, other: Option<Date>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.duration_until(other).as_hours().abs() > i64::from(APART) * 24)
}

/// The one story that all of these become; a new one of none.
fn join(transaction: &Transaction<'_>, stories: &BTreeSet<i64>) -> Result<i64, DossierError> {
    let Some(&first) = stories.first() else {
        return Ok(transaction.prepare_cached("INSERT INTO stories DEFAULT VALUES")?.insert([])?);
    };
    for &other in stories.iter().skip(1) {
        transaction.prepare_cached("UPDATE documents SET story = ?2 WHERE story = ?1")?.execute([other, first])?;
        transaction.prepare_cached("DELETE FROM stories WHERE id = ?1")?.execute([other])?;
    }
    Ok(first)
}

fn date(transaction: &Transaction<'_>, document: i64) -> Result<Option<Date>, DossierError> {
    let mut statement = transaction.prepare_cached("SELECT date FROM documents WHERE id = ?1")?;
    read_date(statement.query_row([document], |row| row.get(0))?)
}

fn read_date(written: Option<String>) -> Result<Option<Date>, DossierError> {
    Ok(crate::load::day(written)?.map(|day| day.0))
}

/// The fingerprint of a document, made from its sentences where it was written before there were any.
fn fingerprint(transaction: &Transaction<'_>, document: i64) -> Result<Option<Fingerprint>, DossierError> {
    if let Some(stored) = stored(transaction, document)? {
        return Ok(Some(stored));
    }
    let mut statement = transaction
        .prepare_cached("SELECT text FROM sentences WHERE document = ?1 AND text IS NOT NULL ORDER BY sequence")?;
    let texts: Vec<String> = statement.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let fingerprint = Fingerprint::of(texts.iter().map(String::as_str));
    if let Some(fingerprint) = &fingerprint {
        store(transaction, document, fingerprint)?;
    }
    Ok(fingerprint)
}

/// Writes a document's fingerprint.
fn store(transaction: &Transaction<'_>, document: i64, fingerprint: &Fingerprint) -> Result<(), DossierError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO fingerprints (document, shingles, text, names, named) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    statement.execute(params![
        document,
        fingerprint.shingles as i64,
        fingerprint.text.to_bytes(),
        fingerprint.names as i64,
        fingerprint.named.to_bytes(),
    ])?;
    Ok(())
}

pub(super) fn stored(transaction: &Transaction<'_>, document: i64) -> Result<Option<Fingerprint>, DossierError> {
    let mut statement =
        transaction.prepare_cached("SELECT shingles, text, names, named FROM fingerprints WHERE document = ?1")?;
    let found = statement
        .query_row([document], |row| {
            let (text, named): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(3)?);
            Ok((row.get(0)?, MinHash::from_bytes(&text), row.get(2)?, MinHash::from_bytes(&named)))
        })
        .optional()?;
    let Some((shingles, text, names, named)) = found else { return Ok(None) };
    match (text, named) {
        (Some(text), Some(named)) => Ok(Some(Fingerprint { shingles, text, names, named })),
        _ => Err(DossierError::Damaged { what: format!("fingerprint of document row {document}") }),
    }
}

impl Fingerprint {
    /// Writes it for a document.
    pub(crate) fn store(&self, transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
        store(transaction, document, self)
    }
}
