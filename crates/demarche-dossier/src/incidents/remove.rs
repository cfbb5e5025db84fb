//! What clusters do when a document leaves them.

use rusqlite::Transaction;

use crate::error::DossierError;

/// Dissolves the clusters of a document's events: they may have been what held the others together. Those are compared
/// again when events are next joined.
pub(crate) fn forget(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    let mut statement = transaction
        .prepare_cached("SELECT DISTINCT cluster FROM events WHERE document = ?1 AND cluster IS NOT NULL")?;
    let clusters: Vec<i64> = statement.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for cluster in clusters {
        transaction
            .prepare_cached("UPDATE events SET cluster = NULL, incident = NULL WHERE cluster = ?1")?
            .execute([cluster])?;
    }
    Ok(())
}
