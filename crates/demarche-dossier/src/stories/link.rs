//! Joining a document to the story that it tells.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params};

use super::fingerprint::Fingerprint;
use super::keys::{self, Band};
use super::minhash::MinHash;
use crate::error::DossierError;

/// Documents under one key with which others are compared. Which these are depends on the ids alone. A story that more
/// documents tell is still found: each of them is compared with these.
const MOST: usize = 64;

/// Gives keys to up to `limit` documents that have none. Gives how many, or `None` when there were none.
pub(crate) fn arrive(transaction: &Transaction<'_>, limit: usize) -> Result<Option<usize>, DossierError> {
    let mut select = transaction.prepare_cached("SELECT document FROM arrivals ORDER BY document LIMIT ?1")?;
    let arrived: BTreeSet<i64> =
        select.query_map([limit as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut rows: Vec<(i64, i64, i64)> = Vec::new();
    for &document in &arrived {
        if let Some(fingerprint) = fingerprint(transaction, document)? {
            let (name, date) = name_and_date(transaction, document)?;
            rows.extend(Band::of(&fingerprint, date).map(|band| (band.key(), keys::rank(&name), document)));
        }
        transaction.prepare_cached("DELETE FROM arrivals WHERE document = ?1")?.execute([document])?;
    }
    // In the order of the table, so that a page of it is written once.
    rows.sort_unstable();
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO bands (key, rank, document) VALUES (?1, ?2, ?3)")?;
    for &row in &rows {
        insert.execute(row)?;
    }
    rows.dedup_by_key(|(key, _, _)| *key);
    let mut displaced = BTreeSet::new();
    for (key, _, _) in rows {
        find_displaced(transaction, key, &arrived, &mut displaced)?;
    }
    for document in displaced {
        super::remove::dissolve(transaction, document)?;
    }
    Ok((!arrived.is_empty()).then_some(arrived.len()))
}

/// Documents that were among the first [`MOST`] under a key and are not any more. What they held together must be
/// compared again.
fn find_displaced(
    transaction: &Transaction<'_>,
    key: i64,
    arrived: &BTreeSet<i64>,
    displaced: &mut BTreeSet<i64>,
) -> Result<(), DossierError> {
    let mut select = transaction.prepare_cached("SELECT document FROM bands WHERE key = ?1 ORDER BY rank, document")?;
    let mut rows = select.query([key])?;
    let (mut before, mut now) = (0, 0);
    while let Some(row) = rows.next()? {
        let document: i64 = row.get(0)?;
        now += 1;
        if arrived.contains(&document) {
            continue;
        }
        before += 1;
        if before > MOST {
            break;
        }
        if now > MOST {
            displaced.insert(document);
        }
    }
    Ok(())
}

/// Joins up to `limit` documents that have no story yet. Gives how many it joined, or `None` when there were none.
pub(crate) fn link(transaction: &Transaction<'_>, limit: usize) -> Result<Option<usize>, DossierError> {
    let mut statement =
        transaction.prepare_cached("SELECT id FROM documents WHERE story IS NULL ORDER BY id LIMIT ?1")?;
    let pending: Vec<i64> = statement.query_map([limit as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let any_undated: bool =
        transaction.query_row("SELECT EXISTS (SELECT 1 FROM documents WHERE date IS NULL)", [], |row| row.get(0))?;
    for &document in &pending {
        let stories = match fingerprint(transaction, document)? {
            Some(fingerprint) => neighbours(transaction, document, &fingerprint, any_undated)?,
            None => BTreeSet::new(),
        };
        let story = join(transaction, &stories)?;
        transaction.prepare_cached("UPDATE documents SET story = ?2 WHERE id = ?1")?.execute([document, story])?;
    }
    Ok((!pending.is_empty()).then_some(pending.len()))
}

/// The stories of the near copies of a document.
fn neighbours(
    transaction: &Transaction<'_>,
    document: i64,
    fingerprint: &Fingerprint,
    any_undated: bool,
) -> Result<BTreeSet<i64>, DossierError> {
    let (_, date) = name_and_date(transaction, document)?;
    let mut look = transaction.prepare_cached("SELECT story, date FROM documents WHERE id = ?1")?;
    let (mut seen, mut stories) = (BTreeSet::from([document]), BTreeSet::new());
    for band in Band::of(fingerprint, date) {
        for other in candidates(transaction, document, band, any_undated)? {
            if !seen.insert(other) {
                continue;
            }
            let (story, published): (Option<i64>, Option<String>) =
                look.query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))?;
            // One that has no story yet will look for this one.
            let Some(story) = story.filter(|story| !stories.contains(story)) else { continue };
            if !keys::far_apart(date, read_date(published)?)
                && stored(transaction, other)?.is_some_and(|other| fingerprint.is_near(&other))
            {
                stories.insert(story);
            }
        }
    }
    Ok(stories)
}

/// The documents under the keys around a band with which a document is compared: the first of each key, and all when it
/// is itself one of the first of its key.
fn candidates(
    transaction: &Transaction<'_>,
    document: i64,
    band: Band,
    any_undated: bool,
) -> Result<Vec<i64>, DossierError> {
    let around = band.around().into_iter().take(if any_undated { 2 } else { 1 });
    let mut select = transaction.prepare_cached(
        "SELECT key, document FROM bands WHERE key BETWEEN ?1 AND ?2 ORDER BY key, rank, document LIMIT ?3",
    )?;
    let mut candidates = Vec::new();
    for (first, last) in around.clone() {
        let rows = select.query_map((first, last, 1 + MOST as i64), |row| row.get(1))?;
        candidates.extend(rows.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    if candidates.len() <= MOST {
        return Ok(candidates);
    }
    candidates.clear();
    let mut first = transaction.prepare_cached(
        "SELECT count(*) FROM (SELECT document FROM bands WHERE key = ?1 ORDER BY rank, document LIMIT ?3)
         WHERE document = ?2",
    )?;
    let is_first: bool = first.query_row((band.key(), document, MOST as i64), |row| row.get(0))?;
    for (first, last) in around {
        let mut rows = select.query((first, last, i64::MAX))?;
        let (mut key, mut position) = (None, 0);
        while let Some(row) = rows.next()? {
            let of: i64 = row.get(0)?;
            position = if key == Some(of) { position + 1 } else { 1 };
            key = Some(of);
            if is_first || position <= MOST {
                candidates.push(row.get(1)?);
            }
        }
    }
    Ok(candidates)
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

pub(super) fn name_and_date(
    transaction: &Transaction<'_>,
    document: i64,
) -> Result<(String, Option<Date>), DossierError> {
    let mut statement = transaction.prepare_cached("SELECT name, date FROM documents WHERE id = ?1")?;
    let (name, date) = statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((name, read_date(date)?))
}

pub(super) fn read_date(written: Option<String>) -> Result<Option<Date>, DossierError> {
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
