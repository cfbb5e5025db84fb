//! What a process does when an initiative leaves it.

use rusqlite::Transaction;

use crate::error::DossierError;

/// Takes a document's initiatives out of their processes, which are put together anew when records are next joined.
pub(crate) fn forget(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    const STEPS: [&str; 5] = [
        "UPDATE process_sides SET stale = 1 WHERE id IN (
             SELECT sides FROM process_members WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)
             UNION SELECT sides FROM process_members WHERE process IN (
                 SELECT process FROM process_members WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)))",
        // The process's number may be that of the initiative's row, which another one may be given.
        "UPDATE process_members SET process = NULL WHERE process IN (
             SELECT process FROM process_members WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1))",
        "DELETE FROM process_tokens WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)",
        "DELETE FROM process_members WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)",
        "DELETE FROM initiative_arrivals WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)",
    ];
    for step in STEPS {
        transaction.prepare_cached(step)?.execute([document])?;
    }
    Ok(())
}
