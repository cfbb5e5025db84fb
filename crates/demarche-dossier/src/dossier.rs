//! One file: how it is opened, and by whom it may be written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::add::Cache;
use crate::error::DossierError;
use crate::schema;

/// How long one waits for another process that is writing.
const PATIENCE: Duration = Duration::from_mins(1);

/// Prepared statements kept: more than there are in the crate.
const STATEMENTS: usize = 128;

/// Bytes of a page of the file: of those tried, the one with which most events a second are written.
const PAGE: i64 = 8_192;

/// Many reports in one SQLite file.
///
/// One process writes at a time, others wait for it; any number reads meanwhile.
#[derive(Debug)]
pub struct Dossier {
    pub(crate) connection: Connection,
    pub(crate) cache: Cache,
    path: Option<PathBuf>,
}

impl Dossier {
    /// Opens the dossier at `path` for reading and writing; makes it if there is none, brings it up to date if it is of
    /// an earlier version.
    ///
    /// # Errors
    /// [`DossierError`]: the file is something else, of a later version, locked, or may not be written.
    pub fn open(path: &Path) -> Result<Self, DossierError> {
        Self::open_waiting(path, PATIENCE)
    }

    /// As [`Dossier::open`], with another patience than a minute for other processes that are writing.
    ///
    /// # Errors
    /// As [`Dossier::open`].
    pub fn open_waiting(path: &Path, patience: Duration) -> Result<Self, DossierError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        prepare(&connection)?;
        connection.busy_timeout(patience)?;
        // Looked at before anything is set, so that another program's database stays as it is.
        schema::refuse_newer(schema::version(&connection)?)?;
        // Set before the first table is made; of a dossier that is there it stays as it is.
        connection.pragma_update(None, "page_size", PAGE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A batch is written to the journal whole before it is taken over into the file.
        connection.pragma_update(None, "wal_autocheckpoint", 8_000)?;
        // In WAL mode a killed process loses nothing; a power cut loses at most the last transactions, whole.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        schema::migrate(&mut connection)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Self { connection, cache: Cache::default(), path: Some(path.to_owned()) })
    }

    /// Opens the dossier at `path` for reading alone.
    ///
    /// # Errors
    /// [`DossierError`]: there is none, or it is something else, of another version, or locked.
    pub fn open_read_only(path: &Path) -> Result<Self, DossierError> {
        if !path.exists() {
            return Err(DossierError::Missing);
        }
        let connection = read_only(path)?;
        let found = schema::version(&connection)?;
        schema::refuse_newer(found)?;
        if found == 0 {
            return Err(DossierError::NotADossier);
        }
        if found < schema::current_version() {
            return Err(DossierError::Older { found, known: schema::current_version() });
        }
        Ok(Self { connection, cache: Cache::default(), path: Some(path.to_owned()) })
    }

    /// A dossier in memory, gone when dropped.
    pub fn in_memory() -> Result<Self, DossierError> {
        let mut connection = Connection::open_in_memory()?;
        prepare(&connection)?;
        schema::migrate(&mut connection)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(Self { connection, cache: Cache::default(), path: None })
    }

    /// Waits no longer than this for other processes from now on.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn be_patient(&self, patience: Duration) -> Result<(), DossierError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Closes it, so that all of it is in the one file: what stands in the journal beside is taken over.
    ///
    /// # Errors
    /// [`DossierError`]; nothing is lost then, and the next who opens it takes the journal over.
    pub fn close(self) -> Result<(), DossierError> {
        // Where others are at it, whoever closes last does this.
        self.be_patient(Duration::ZERO)?;
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.connection.flush_prepared_statement_cache();
        self.connection.close().map_err(|(_, error)| error.into())
    }

    /// Where it lies; nowhere in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Reads the whole file and tells the first thing that is not as it should be.
    ///
    /// # Errors
    /// [`DossierError::Damaged`].
    pub fn verify(&self) -> Result<(), DossierError> {
        let found: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if found != "ok" {
            return Err(DossierError::Damaged { what: found });
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        if let Some(row) = rows.next()? {
            let table: String = row.get(0)?;
            return Err(DossierError::Damaged {
                what: format!("a row of table `{table}` names a row that is not there"),
            });
        }
        Ok(())
    }
}

/// What every connection is set to.
fn prepare(connection: &Connection) -> Result<(), DossierError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // One plan for a statement whatever is bound to it: else those on tables with partial indices are planned anew each time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // 64 MiB, whatever the size of the file.
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "FILE")?;
    Ok(())
}

/// A connection that cannot write.
pub(crate) fn read_only(path: &Path) -> Result<Connection, DossierError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use demarche_record::{Field, Span, TextInfo};

    use super::*;
    use crate::batch::{Batch, Digest, Document, Keep, Report, Run, Sentence};

    fn batch(ids: std::ops::Range<usize>) -> Batch {
        let run = Run {
            program: "demarche".to_owned(),
            version: "1".to_owned(),
            model: "m".to_owned(),
            data: "d".to_owned(),
            dictionaries: Vec::new(),
            command: "demarche add".to_owned(),
        };
        let mut batch = Batch::new(run, Keep::Text);
        for id in ids {
            let text = format!("Chad urged Mali to withdraw its {id} troops. ").repeat(200);
            let document = Document {
                id: format!("d{id}"),
                hash: Digest::of(text.as_bytes()),
                length: text.len() as u64,
                publisher: None,
                url: None,
                title: None,
                date: None,
                language: None,
                genre: None,
            };
            let span = Span::new(0, text.len());
            let text_info = TextInfo { sequence: 1, start: 0, end: text.len() };
            let sentences = vec![Sentence { field: Field::Text, span, text_info, text }];
            batch.push(Report { document, sentences, records: Vec::new() });
        }
        batch
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_finished() {
        let folder = tempfile::tempdir().unwrap();
        let mut dossier = Dossier::open(&folder.path().join("watch.db")).unwrap();
        dossier.add(&batch(0..20)).unwrap();
        let pages: i64 = dossier.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        // SQLite reports the same where the disk itself has no room.
        dossier.connection.pragma_update(None, "max_page_count", pages + 4).unwrap();
        let error = dossier.add(&batch(20..60)).unwrap_err();
        assert!(matches!(error, DossierError::Full), "{error}");
        dossier.verify().unwrap();
        assert_eq!(dossier.extent().unwrap().documents, 20);
        dossier.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        dossier.add(&batch(20..60)).unwrap();
        assert_eq!(dossier.extent().unwrap().documents, 60);
    }
}
