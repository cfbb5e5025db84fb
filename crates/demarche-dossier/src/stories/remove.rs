//! What a story does when a document leaves it.

use rusqlite::{OptionalExtension, Transaction};

use super::keys::{self, Band};
use super::link;
use crate::error::DossierError;

/// Forgets a document's fingerprint and dissolves its story: the document may have been what held the others together.
/// They are compared again when documents are next joined.
pub(crate) fn forget(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    if let Some(fingerprint) = link::stored(transaction, document)? {
        let (name, date) = link::name_and_date(transaction, document)?;
        let mut delete =
            transaction.prepare_cached("DELETE FROM bands WHERE key = ?1 AND rank = ?2 AND document = ?3")?;
        for band in Band::of(&fingerprint, date) {
            delete.execute((band.key(), keys::rank(&name), document))?;
        }
        transaction.prepare_cached("DELETE FROM fingerprints WHERE document = ?1")?.execute([document])?;
    }
    transaction.prepare_cached("DELETE FROM arrivals WHERE document = ?1")?.execute([document])?;
    dissolve(transaction, document)
}

/// Leaves the documents of a document's story without one.
pub(super) fn dissolve(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    let mut statement = transaction.prepare_cached("SELECT story FROM documents WHERE id = ?1")?;
    let story: Option<i64> = statement.query_row([document], |row| row.get(0)).optional()?.flatten();
    if let Some(story) = story {
        transaction.prepare_cached("UPDATE documents SET story = NULL WHERE story = ?1")?.execute([story])?;
        transaction.prepare_cached("DELETE FROM stories WHERE id = ?1")?.execute([story])?;
    }
    Ok(())
}
