//! What a dossier holds already, asked before a document is coded and while another connection writes.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest as _, Sha256};

use crate::batch::{Digest, Run};
use crate::dossier;
use crate::error::DossierError;

/// What is known of a document that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is to be coded: new, another version, or coded by another run where that is to be done again.
    ToCode,
    /// It is there, byte for byte, or came before in this run.
    Unchanged,
    /// A document of this id came before in this run with other bytes. Which of them is right nobody can tell.
    Clash,
}

/// Tells the documents that need no coding. Its memory does not grow with their number.
#[derive(Debug)]
pub struct Presence {
    reader: Connection,
    /// Ids and hashes of this run, in a database of its own that is gone when closed.
    seen: Connection,
    /// The run that is to have coded a document; `None` where any will do.
    run: Option<[u8; 32]>,
}

impl Presence {
    /// Of the dossier at `path`, which is there. With `recode` only what this very run has coded is left alone.
    ///
    /// # Errors
    /// [`DossierError`], as for opening.
    pub fn of(path: &Path, run: &Run, recode: bool) -> Result<Self, DossierError> {
        let reader = dossier::read_only(path)?;
        // One row a document is asked for: 8 MiB are enough.
        reader.pragma_update(None, "cache_size", -8_192)?;
        // An empty name is a temporary database on disk.
        let seen = Connection::open("")?;
        seen.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
             CREATE TABLE seen (id BLOB PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID;
             BEGIN",
        )?;
        let run = if recode { Some(run.key()?) } else { None };
        Ok(Self { reader, seen, run })
    }

    /// Notes that a document came, and says what is to be done with it.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn check(&self, id: &str, hash: &Digest) -> Result<Arrival, DossierError> {
        let key: [u8; 32] = Sha256::digest(id).into();
        let key = &key[..16];
        let mut insert = self.seen.prepare_cached("INSERT OR IGNORE INTO seen (id, hash) VALUES (?1, ?2)")?;
        if insert.execute(params![key, hash.0])? == 0 {
            let mut select = self.seen.prepare_cached("SELECT hash FROM seen WHERE id = ?1")?;
            let before: [u8; 32] = select.query_row([key], |row| row.get(0))?;
            return Ok(if before == hash.0 { Arrival::Unchanged } else { Arrival::Clash });
        }
        let mut select = self.reader.prepare_cached(
            "SELECT hash, runs.key FROM documents JOIN runs ON runs.id = documents.run WHERE name = ?1",
        )?;
        let found: Option<([u8; 32], [u8; 32])> =
            select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let there = found.is_some_and(|(found, run)| found == hash.0 && self.run.is_none_or(|ours| ours == run));
        Ok(if there { Arrival::Unchanged } else { Arrival::ToCode })
    }
}
