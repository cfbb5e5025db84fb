//! Joining what was added: documents to stories, events to incidents.

use rusqlite::{Transaction, TransactionBehavior};

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::{incidents, stories};

/// Documents or events joined in one transaction: others may write in between, and a killed run has lost no more.
const STEP: usize = 2_000;

/// What was joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Documents that were compared with the others.
    pub documents: usize,
    /// Events that were.
    pub events: usize,
}

impl Dossier {
    /// Joins what has been added since the last time: near copies of a document to one story, events that are one
    /// happening to one incident. What comes out is the same in whatever order documents were added.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn link(&mut self) -> Result<Linked, DossierError> {
        Ok(Linked { documents: self.steps(stories::link)?, events: self.steps(incidents::link)? })
    }

    fn steps(
        &mut self,
        step: impl Fn(&Transaction<'_>, usize) -> Result<usize, DossierError>,
    ) -> Result<usize, DossierError> {
        let mut all = 0;
        loop {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = step(&transaction, STEP)?;
            transaction.commit()?;
            all += done;
            if done < STEP {
                return Ok(all);
            }
        }
    }
}
