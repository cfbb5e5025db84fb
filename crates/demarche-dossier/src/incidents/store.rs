//! Profiles and units in the tables.

use std::collections::HashMap;

use demarche_record::Event;
use rusqlite::{OptionalExtension, Transaction, params};

use super::profile::Profile;
use crate::error::DossierError;

/// Units after which the map is emptied: some 4 MiB.
const FULL: usize = 50_000;

/// Rows of the units met in this transaction; all of them are stale.
#[derive(Debug, Default)]
pub(crate) struct Units {
    rows: HashMap<(String, String), i64>,
}

impl Units {
    /// Keeps what of an event is compared, if there is anything to compare by.
    pub(crate) fn store(
        &mut self,
        transaction: &Transaction<'_>,
        event: &Event,
        document: i64,
        row: i64,
    ) -> Result<(), DossierError> {
        let (Some(profile), Some(day), [event_type]) = (Profile::of(event, document, row), event.date, &*event.event)
        else {
            return Ok(());
        };
        let unit = self.unit(transaction, event_type.as_str(), &month(&day.0.to_string()))?;
        let mut insert =
            transaction.prepare_cached("INSERT INTO profiles (unit, event, profile) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![unit, row, profile.to_bytes()?])?;
        Ok(())
    }

    fn unit(&mut self, transaction: &Transaction<'_>, event_type: &str, month: &str) -> Result<i64, DossierError> {
        let key = (event_type.to_owned(), month.to_owned());
        if let Some(&unit) = self.rows.get(&key) {
            return Ok(unit);
        }
        let mut insert = transaction.prepare_cached(
            "INSERT INTO units (event_type, month, stale) VALUES (?1, ?2, 1)
             ON CONFLICT (event_type, month) DO UPDATE SET stale = 1 RETURNING id",
        )?;
        let unit = insert.query_row([event_type, month], |row| row.get(0))?;
        if self.rows.len() >= FULL {
            self.rows.clear();
        }
        self.rows.insert(key, unit);
        Ok(unit)
    }
}

/// Takes a document's events out of their incidents, which are put together anew when events are next joined.
pub(crate) fn forget(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    let mut select = transaction
        .prepare_cached("SELECT id, event_type, date FROM events WHERE document = ?1 AND date IS NOT NULL")?;
    let mut rows = select.query([document])?;
    while let Some(row) = rows.next()? {
        let (event, event_type, date): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut find = transaction.prepare_cached("SELECT id FROM units WHERE event_type = ?1 AND month = ?2")?;
        let unit: Option<i64> = find.query_row((event_type, month(&date)), |row| row.get(0)).optional()?;
        let Some(unit) = unit else { continue };
        transaction.prepare_cached("DELETE FROM profiles WHERE unit = ?1 AND event = ?2")?.execute([unit, event])?;
        transaction.prepare_cached("UPDATE units SET stale = 1 WHERE id = ?1")?.execute([unit])?;
        // The incident's number may be that of the event's row, which another one may be given.
        transaction
            .prepare_cached("DELETE FROM incidents WHERE incident = (SELECT incident FROM incidents WHERE event = ?1)")?
            .execute([event])?;
    }
    Ok(())
}

/// The month of a day, `YYYY-MM`.
fn month(day: &str) -> String {
    day.rsplit_once('-').map_or(day, |(month, _)| month).to_owned()
}
