//! What a story does when a document leaves it.

use rusqlite::{OptionalExtension, Transaction};

use crate::error::DossierError;

/// Forgets a document's fingerprint and dissolves its story: the document may have been what held the others together.
/// They are compared again when documents are next joined.
pub(crate) fn forget(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    let mut statement = transaction.prepare_cached("SELECT story FROM documents WHERE id = ?1")?;
    let story: Option<i64> = statement.query_row([document], |row| row.get(0)).optional()?.flatten();
    if let Some(fingerprint) = super::link::stored(transaction, document)? {
        let mut delete = transaction.prepare_cached("DELETE FROM bands WHERE key = ?1 AND document = ?2")?;
        for key in fingerprint.keys() {
            delete.execute([key, document])?;
        }
        transaction.prepare_cached("DELETE FROM fingerprints WHERE document = ?1")?.execute([document])?;
    }
    if let Some(story) = story {
        transaction.prepare_cached("UPDATE documents SET story = NULL WHERE story = ?1")?.execute([story])?;
        transaction.prepare_cached("DELETE FROM stories WHERE id = ?1")?.execute([story])?;
    }
    Ok(())
}
