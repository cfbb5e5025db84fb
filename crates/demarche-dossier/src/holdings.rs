//! What a dossier holds: how much of what, which documents, coded by which runs.

use std::ops::ControlFlow;

use crate::batch::{Digest, Run};
use crate::dossier::Dossier;
use crate::error::DossierError;

/// How much a dossier holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Documents.
    pub documents: u64,
    /// Stories that they tell.
    pub stories: u64,
    /// Events.
    pub events: u64,
    /// Incidents that these report.
    pub incidents: u64,
    /// Statements.
    pub statements: u64,
    /// Initiatives.
    pub initiatives: u64,
}

/// A document that a dossier holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Its id.
    pub id: String,
    /// Of its bytes as received.
    pub hash: Digest,
    /// Number of those bytes.
    pub length: u64,
    /// What coded it: a place in [`Dossier::runs`].
    pub run: usize,
}

impl Dossier {
    /// How much it holds.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn extent(&self) -> Result<Extent, DossierError> {
        let count = |select: &str| -> Result<u64, DossierError> {
            let count: i64 = self.connection.query_row(select, [], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        Ok(Extent {
            documents: count("SELECT count(*) FROM documents")?,
            stories: count("SELECT count(*) FROM stories")?,
            events: count("SELECT count(*) FROM events")?,
            // An event that stands alone has no row in `incidents`.
            incidents: count(
                "SELECT (SELECT count(*) FROM events) - (SELECT count(*) FROM incidents)
                        + (SELECT count(DISTINCT incident) FROM incidents)",
            )?,
            statements: count("SELECT count(*) FROM statements")?,
            initiatives: count("SELECT count(*) FROM initiatives")?,
        })
    }

    /// The runs that coded the documents it holds, in an order that does not depend on the order of adding.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn runs(&self) -> Result<Vec<Run>, DossierError> {
        let mut select = self.connection.prepare_cached(
            "SELECT program, version, model, data, dictionaries, command FROM runs
             WHERE id IN (SELECT run FROM documents) ORDER BY key",
        )?;
        let rows = select.query_map([], |row| {
            let dictionaries: String = row.get(4)?;
            Ok((
                Run {
                    program: row.get(0)?,
                    version: row.get(1)?,
                    model: row.get(2)?,
                    data: row.get(3)?,
                    dictionaries: Vec::new(),
                    command: row.get(5)?,
                },
                dictionaries,
            ))
        })?;
        let mut runs = Vec::new();
        for row in rows {
            let (run, dictionaries) = row?;
            let dictionaries = serde_json::from_str(&dictionaries)
                .map_err(|error| DossierError::Damaged { what: error.to_string() })?;
            runs.push(Run { dictionaries, ..run });
        }
        Ok(runs)
    }

    /// Hands on every document, by id.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn holdings(&self, mut visit: impl FnMut(Holding) -> ControlFlow<()>) -> Result<(), DossierError> {
        let mut select = self.connection.prepare(
            "WITH places AS (
                 SELECT id, row_number() OVER (ORDER BY key) - 1 AS place
                 FROM runs WHERE id IN (SELECT run FROM documents)
             )
             SELECT name, hash, length, place FROM documents JOIN places ON places.id = documents.run ORDER BY name",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let holding = Holding { id: row.get(0)?, hash: Digest(row.get(1)?), length: row.get(2)?, run: row.get(3)? };
            if visit(holding).is_break() {
                break;
            }
        }
        Ok(())
    }
}
