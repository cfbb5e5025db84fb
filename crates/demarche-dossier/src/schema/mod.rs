//! The tables and how a database of an earlier version becomes one of today's.
//!
//! `user_version` holds the number of migrations that were run. A migration, once released, is never edited: a change
//! is a new file.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::DossierError;

/// Marks a SQLite file as a dossier: the bytes `DEMA`.
pub(crate) const APPLICATION_ID: i32 = 0x4445_4d41;

/// Every migration, in order: the first makes version 1.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("001_store.sql"),
    include_str!("002_stories.sql"),
    include_str!("003_incidents.sql"),
    include_str!("004_processes.sql"),
    include_str!("005_imports.sql"),
];

/// The version that this program writes.
pub(crate) fn current_version() -> i32 {
    MIGRATIONS.len() as i32
}

/// Version of an opened database; 0 is an empty file.
///
/// # Errors
/// [`DossierError::NotADossier`] for a database that holds something else.
pub(crate) fn version(connection: &Connection) -> Result<i32, DossierError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if application == APPLICATION_ID {
        return Ok(version);
    }
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && version == 0 && tables == 0 { Ok(0) } else { Err(DossierError::NotADossier) }
}

/// Brings an opened database to today's version, all or nothing.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), DossierError> {
    let found = version(connection)?;
    if found == current_version() {
        return Ok(());
    }
    refuse_newer(found)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let found = version(&transaction)?;
    refuse_newer(found)?;
    for migration in MIGRATIONS.iter().skip(found.max(0) as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", current_version())?;
    transaction.commit()?;
    Ok(())
}

/// An error for a database of a later program.
pub(crate) fn refuse_newer(found: i32) -> Result<(), DossierError> {
    if found > current_version() {
        return Err(DossierError::Newer { found, known: current_version() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database as the program of an earlier version left it, with a document in it.
    fn of_version(path: &std::path::Path, version: usize) {
        let connection = Connection::open(path).unwrap();
        for migration in MIGRATIONS.iter().take(version) {
            connection.execute_batch(migration).unwrap();
        }
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", version as i32).unwrap();
        connection
            .execute_batch(
                "INSERT INTO runs VALUES (1, x'00', 'demarche', '0.1.0', 'm', 'd', '[]', 'demarche add');
                 INSERT INTO documents (id, name, hash, length, kept, run) VALUES (1, 'a', zeroblob(32), 9, 'text', 1);
                 INSERT INTO sentences VALUES (1, 1, 1, 'text', 0, 9, 0, 9, 'One two three four five.');
                 INSERT INTO words (rowid, text) VALUES (1, 'One two three four five.');
                 INSERT INTO events (id, document, number, sentence, event_type, status, confidence, trigger_start,
                                     trigger_end, decided_by, rest)
                 VALUES (1, 1, 1, 1, 'AID', 'happened', 0.5, 0, 3, 'frame', '{\"why\": {}}');",
            )
            .unwrap();
    }

    #[test]
    fn a_database_of_every_earlier_version_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        for version in 1..=MIGRATIONS.len() {
            let path = folder.path().join(format!("{version}.db"));
            of_version(&path, version);
            if version < MIGRATIONS.len() {
                let error = crate::Dossier::open_read_only(&path).unwrap_err();
                assert!(matches!(error, DossierError::Older { .. }), "{error}");
            }
            let mut dossier = crate::Dossier::open(&path).unwrap();
            assert_eq!(dossier.records_of("a").unwrap().len(), 1);
            assert_eq!(dossier.link().unwrap(), crate::Linked { documents: 1, events: 0, initiatives: 0 });
            dossier.verify().unwrap();
            assert!(dossier.remove("a").unwrap());
            dossier.verify().unwrap();
            drop(dossier);
            assert_eq!(super::version(&Connection::open(&path).unwrap()).unwrap(), current_version());
        }
    }
}
