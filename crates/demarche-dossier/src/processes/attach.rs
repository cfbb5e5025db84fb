//! Initiatives of which a report tells fewer than two sides.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use super::divide::GAP;
use crate::error::DossierError;

/// Days before the first word of a process in which it may have been offered.
const AHEAD: i64 = 14;

/// The process that an initiative belongs to, itself if to none.
///
/// It belongs to one of its family in its days that has all its sides and, where it names mediators, one of them; where it
/// names none, to one that has its sides. Of several such processes it belongs to none: who knows which.
pub(super) fn attach(transaction: &Transaction<'_>, initiative: i64, family: &str) -> Result<i64, DossierError> {
    let mut tokens =
        transaction.prepare_cached("SELECT token, mediates FROM process_tokens WHERE initiative = ?1 ORDER BY 1")?;
    let (mut sides, mut mediators) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = tokens.query([initiative])?;
    while let Some(row) = rows.next()? {
        if row.get(1)? { &mut mediators } else { &mut sides }.insert(row.get::<_, String>(0)?);
    }
    let mut processes: BTreeMap<i64, usize> = BTreeMap::new();
    for (tokens, mediates) in [(&sides, false), (&mediators, true)] {
        let mut found: BTreeMap<i64, usize> = BTreeMap::new();
        for token in tokens {
            for process in having(transaction, initiative, family, token, mediates)? {
                *found.entry(process).or_default() += 1;
            }
        }
        if tokens.is_empty() {
            continue;
        }
        let wanted = if mediates { 1 } else { tokens.len() };
        for (process, _) in found.into_iter().filter(|(_, count)| *count >= wanted) {
            *processes.entry(process).or_default() += 1;
        }
    }
    let wanted = usize::from(!sides.is_empty()) + usize::from(!mediators.is_empty());
    let fits: Vec<i64> =
        processes.into_iter().filter(|(_, count)| wanted > 0 && *count == wanted).map(|(process, _)| process).collect();
    Ok(match fits.as_slice() {
        [process] => *process,
        _ => initiative,
    })
}

/// Processes of a family, around the days of an initiative, in which someone takes part.
fn having(
    transaction: &Transaction<'_>,
    initiative: i64,
    family: &str,
    token: &str,
    mediates: bool,
) -> Result<BTreeSet<i64>, DossierError> {
    let mut select = transaction.prepare_cached(
        "SELECT DISTINCT m.process FROM process_tokens AS t
         JOIN process_members AS m ON m.initiative = t.initiative
         JOIN process_sides AS s ON s.id = m.sides
         JOIN process_members AS own ON own.initiative = ?1
         WHERE t.token = ?2 AND t.mediates = ?3 AND s.family = ?4 AND s.sides IS NOT NULL AND m.process IS NOT NULL
           AND m.first <= date(own.last, ?5) AND m.last >= date(own.first, ?6)",
    )?;
    let days = (format!("+{AHEAD} days"), format!("-{GAP} days"));
    let rows = select.query_map(params![initiative, token, mediates, family, days.0, days.1], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
