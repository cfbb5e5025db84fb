//! Looking at stale units again.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction};

use super::group::group;
use super::profile::Profile;
use crate::error::DossierError;

/// Looks at stale units until `limit` events were compared. Gives how many, or `None` when nothing was stale.
pub(crate) fn link(transaction: &Transaction<'_>, limit: usize) -> Result<Option<usize>, DossierError> {
    let (mut count, mut any) = (0, false);
    while count < limit {
        let mut select = transaction.prepare_cached("SELECT id FROM units WHERE stale = 1 ORDER BY id LIMIT 1")?;
        let Some(unit) = select.query_row([], |row| row.get(0)).optional()? else { break };
        count += look(transaction, unit)?;
        any = true;
    }
    Ok(any.then_some(count))
}

/// Puts together the incidents of a unit. Gives the number of its events.
fn look(transaction: &Transaction<'_>, unit: i64) -> Result<usize, DossierError> {
    let (mut events, mut before) = (Vec::new(), BTreeMap::new());
    let mut select = transaction.prepare_cached(
        "SELECT profiles.event, profile, incident FROM profiles LEFT JOIN incidents ON incidents.event = profiles.event
         WHERE unit = ?1 ORDER BY profiles.event",
    )?;
    let mut rows = select.query([unit])?;
    while let Some(row) = rows.next()? {
        let event: i64 = row.get(0)?;
        events.push(Profile::from_bytes(row.get_ref(1)?.as_blob().unwrap_or_default(), event)?);
        if let Some(incident) = row.get::<_, Option<i64>>(2)? {
            before.insert(event, incident);
        }
    }
    let mut groups: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for (event, group) in events.iter().zip(group(&events)) {
        groups.entry(group).or_default().push(event.event);
    }
    let mut insert =
        transaction.prepare_cached("INSERT OR REPLACE INTO incidents (event, incident) VALUES (?1, ?2)")?;
    for members in groups.into_values().filter(|members| members.len() > 1) {
        // The least: they come in order.
        let Some(&incident) = members.first() else { continue };
        for event in members {
            if before.remove(&event) != Some(incident) {
                insert.execute([event, incident])?;
            }
        }
    }
    let mut delete = transaction.prepare_cached("DELETE FROM incidents WHERE event = ?1")?;
    for event in before.into_keys() {
        delete.execute([event])?;
    }
    transaction.prepare_cached("UPDATE units SET stale = 0 WHERE id = ?1")?.execute([unit])?;
    Ok(events.len())
}
