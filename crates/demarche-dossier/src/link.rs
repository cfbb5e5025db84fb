//! Joining what was added: documents to stories, events to incidents, initiatives to processes.

use rusqlite::{Transaction, TransactionBehavior};

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::{incidents, processes, stories};

/// Documents or events joined in one transaction: others may write in between, and a killed run has lost no more.
const STEP: usize = 2_000;

/// Documents that are given keys in one transaction: their keys, 40 each, are sorted in memory, some 10 MB.
const ARRIVING: usize = 10_000;

/// What was joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Documents that were compared with the others.
    pub documents: usize,
    /// Events that were: those of every type and month in which events came or went.
    pub events: usize,
    /// Initiatives that were: those between the same sides as one that came or went, and those of fewer than two sides.
    pub initiatives: usize,
}

impl Dossier {
    /// Joins what has been added since the last time: near copies of a document to one story, events that are one
    /// happening to one incident, initiatives that are one process to one process. What comes out is the same in whatever order documents were added.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn link(&mut self) -> Result<Linked, DossierError> {
        self.steps(stories::arrive, ARRIVING)?;
        let documents = self.steps(stories::link, STEP)?;
        let events = self.steps(incidents::link, STEP)?;
        self.steps(processes::arrive, STEP)?;
        let initiatives = self.steps(processes::link, STEP)?;
        Ok(Linked { documents, events, initiatives })
    }

    fn steps(
        &mut self,
        step: impl Fn(&Transaction<'_>, usize) -> Result<Option<usize>, DossierError>,
        size: usize,
    ) -> Result<usize, DossierError> {
        let mut all = 0;
        loop {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = step(&transaction, size)?;
            transaction.commit()?;
            match done {
                Some(done) => all += done,
                None => return Ok(all),
            }
        }
    }
}
