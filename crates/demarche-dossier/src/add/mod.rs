//! Writing: a batch of reports in one transaction, so that a killed run leaves whole batches and nothing else.

mod actors;
mod events;
mod imported;
mod initiatives;
mod remove;
mod sentences;
mod statements;

use std::collections::HashSet;

use demarche_record::{Entity, Record, Span};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};

pub(crate) use actors::Cache;

use crate::batch::{Added, Batch, Digest, Document, Keep, Report, Run};
use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::incidents::Units;

impl Dossier {
    /// Writes a batch: all of it, or in case of an error nothing.
    ///
    /// A document that is there already, byte for byte, is left alone; one of the same id with other bytes takes the
    /// place of the earlier one with all its records. Waits while another process writes.
    ///
    /// # Errors
    /// [`DossierError`]; a record that does not belong to its document is one.
    pub fn add(&mut self, batch: &Batch) -> Result<Added, DossierError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let added = add(&transaction, &mut self.cache, batch).and_then(|added| {
            transaction.commit()?;
            Ok(added)
        });
        if added.is_err() {
            // Ids handed out in this transaction went with it.
            self.cache.clear();
        }
        added
    }

    /// Whether a document of this id and these bytes is there, so that it need not be coded again.
    pub fn has(&self, id: &str, hash: &Digest) -> Result<bool, DossierError> {
        let mut statement = self.connection.prepare_cached("SELECT hash FROM documents WHERE name = ?1")?;
        let found: Option<[u8; 32]> = statement.query_row([id], |row| row.get(0)).optional()?;
        Ok(found == Some(hash.0))
    }

    /// Takes a document out with all its records. Says whether it was there.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn remove(&mut self, id: &str) -> Result<bool, DossierError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<i64> =
            transaction.query_row("SELECT id FROM documents WHERE name = ?1", [id], |row| row.get(0)).optional()?;
        if let Some(document) = found {
            remove::document(&transaction, document)?;
        }
        transaction.commit()?;
        Ok(found.is_some())
    }
}

/// What the writers of a document's records share.
pub(crate) struct Desk<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    pub(crate) cache: &'a mut Cache,
    /// None where events are never compared with others.
    pub(crate) units: Option<&'a mut Units>,
    pub(crate) run: &'a Run,
    pub(crate) keep: Keep,
    pub(crate) document: &'a Document,
    /// Row of the document.
    pub(crate) row: i64,
}

fn add(transaction: &Transaction<'_>, cache: &mut Cache, batch: &Batch) -> Result<Added, DossierError> {
    let mut added = Added::default();
    if batch.is_empty() {
        return Ok(added);
    }
    let run = run_row(transaction, &batch.run)?;
    let mut units = Units::default();
    for report in batch.reports() {
        let document = &report.document;
        let mut statement = transaction.prepare_cached("SELECT id, hash, run FROM documents WHERE name = ?1")?;
        let found: Option<(i64, [u8; 32], i64)> =
            statement.query_row([&document.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        if let Some((row, hash, coded_by)) = found {
            if hash == document.hash.0 && !(batch.recode && coded_by != run) {
                added.unchanged += 1;
                continue;
            }
            remove::document(transaction, row)?;
            added.replaced += 1;
        } else {
            added.new += 1;
        }
        let row = document_row(transaction, document, batch, run)?;
        let units = (!batch.imported).then_some(&mut units);
        let mut desk = Desk { transaction, cache, units, run: &batch.run, keep: batch.keep, document, row };
        desk.report(report, &mut added)?;
        if batch.imported {
            imported::set_apart(transaction, row)?;
        }
    }
    Ok(added)
}

impl Run {
    fn dictionaries_json(&self) -> Result<String, DossierError> {
        json(&self.dictionaries)
    }

    /// What tells it from other runs: the same in every dossier.
    pub(crate) fn key(&self) -> Result<[u8; 32], DossierError> {
        let dictionaries = self.dictionaries_json()?;
        let mut hasher = Sha256::new();
        for part in [&self.program, &self.version, &self.model, &self.data, &dictionaries, &self.command] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Ok(hasher.finalize().into())
    }
}

fn run_row(transaction: &Transaction<'_>, run: &Run) -> Result<i64, DossierError> {
    let (dictionaries, key) = (run.dictionaries_json()?, run.key()?);
    transaction.execute(
        "INSERT OR IGNORE INTO runs (key, program, version, model, data, dictionaries, command)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![key, run.program, run.version, run.model, run.data, dictionaries, run.command],
    )?;
    Ok(transaction.query_row("SELECT id FROM runs WHERE key = ?1", [key], |row| row.get(0))?)
}

fn document_row(
    transaction: &Transaction<'_>,
    document: &Document,
    batch: &Batch,
    run: i64,
) -> Result<i64, DossierError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO documents (name, hash, length, publisher, url, title, date, language, genre, kept, run, imported)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    Ok(statement.insert(params![
        document.id,
        document.hash.0,
        document.length as i64,
        document.publisher,
        document.url,
        document.title,
        document.date.map(|day| day.0.to_string()),
        document.language,
        document.genre,
        batch.keep.as_str(),
        run,
        batch.imported,
    ])?)
}

impl Desk<'_> {
    fn report(&mut self, report: &Report, added: &mut Added) -> Result<(), DossierError> {
        let sentences = self.sentences(report)?;
        let mut numbers = HashSet::new();
        for record in &report.records {
            let (letter, of) = match record {
                Record::Event(event) => ('e', &event.document),
                Record::Statement(statement) => ('s', &statement.document),
                Record::Initiative(initiative) => ('i', &initiative.document),
            };
            let number = number(record.id(), &report.document.id, letter)
                .filter(|&number| *of == report.document.id && numbers.insert((letter, number)))
                .ok_or_else(|| DossierError::StrayRecord {
                    record: record.id().to_owned(),
                    document: report.document.id.clone(),
                })?;
            match record {
                Record::Event(event) => {
                    self.event(event, number, &sentences)?;
                    added.events += 1;
                }
                Record::Statement(statement) => {
                    self.statement(statement, number, &sentences)?;
                    added.statements += 1;
                }
                Record::Initiative(initiative) => {
                    self.initiative(initiative, number, report)?;
                    added.initiatives += 1;
                }
            }
        }
        Ok(())
    }

    /// Writes entities in one role. `insert` takes record, role, position, actor, text, start, end.
    pub(crate) fn entities(
        &mut self,
        insert: &str,
        record: i64,
        role: &str,
        entities: &[Entity],
        spans: &[Span],
    ) -> Result<(), DossierError> {
        if entities.is_empty() {
            return Ok(());
        }
        let mut statement = self.transaction.prepare_cached(insert)?;
        for (position, entity) in entities.iter().enumerate() {
            let actor = self.cache.actor(self.transaction, entity)?;
            let span = spans.get(position);
            statement.execute(params![
                record,
                role,
                position as i64,
                actor,
                entity.entity_text,
                span.map(|span| span.start as i64),
                span.map(|span| span.end as i64),
            ])?;
        }
        Ok(())
    }
}

/// The number in `DOCUMENT#LETTER-NUMBER`, if the id is written so.
fn number(id: &str, document: &str, letter: char) -> Option<i64> {
    let digits = id.strip_prefix(document)?.strip_prefix('#')?.strip_prefix(letter)?;
    let number: i64 = digits.parse().ok()?;
    // "01" or "+1" would come back as "1".
    (number.to_string() == digits).then_some(number)
}

/// The column `rest` of a record.
pub(crate) fn json(rest: &impl serde::Serialize) -> Result<String, DossierError> {
    serde_json::to_string(rest).map_err(|error| DossierError::Damaged { what: error.to_string() })
}
