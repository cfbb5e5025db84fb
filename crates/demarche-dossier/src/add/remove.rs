//! Taking a document out.

use rusqlite::Transaction;

use crate::error::DossierError;
use crate::{incidents, processes, stories};

/// Deletes a document, its sentences and its records. Actors, places and runs stay: others may name them.
pub(crate) fn document(transaction: &Transaction<'_>, row: i64) -> Result<(), DossierError> {
    const STEPS: [&str; 15] = [
        "DELETE FROM event_actors WHERE event IN (SELECT id FROM events WHERE document = ?1)",
        "DELETE FROM event_modes WHERE event IN (SELECT id FROM events WHERE document = ?1)",
        "DELETE FROM event_contexts WHERE event IN (SELECT id FROM events WHERE document = ?1)",
        "DELETE FROM event_counts WHERE event IN (SELECT id FROM events WHERE document = ?1)",
        "DELETE FROM events WHERE document = ?1",
        "DELETE FROM statement_actors WHERE statement IN (SELECT id FROM statements WHERE document = ?1)",
        "DELETE FROM statement_issues WHERE statement IN (SELECT id FROM statements WHERE document = ?1)",
        "DELETE FROM statements WHERE document = ?1",
        "DELETE FROM initiative_actors WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)",
        "DELETE FROM initiative_stages WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)",
        "DELETE FROM initiative_sides WHERE initiative IN (SELECT id FROM initiatives WHERE document = ?1)",
        "DELETE FROM initiatives WHERE document = ?1",
        "DELETE FROM words WHERE rowid IN (SELECT id FROM sentences WHERE document = ?1)",
        "DELETE FROM sentences WHERE document = ?1",
        "DELETE FROM documents WHERE id = ?1",
    ];
    incidents::forget(transaction, row)?;
    processes::forget(transaction, row)?;
    stories::forget(transaction, row)?;
    for step in STEPS {
        transaction.prepare_cached(step)?.execute([row])?;
    }
    Ok(())
}
