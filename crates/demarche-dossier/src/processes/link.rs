//! Putting initiatives that came or went to their processes.

use std::collections::BTreeSet;

use demarche_record::Initiative;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, params};

use super::attach::attach;
use super::divide::{Member, divide};
use super::key::Key;
use crate::error::DossierError;
use crate::load;

/// Gives keys to up to `limit` initiatives that have none. Gives how many, or `None` when there were none.
pub(crate) fn arrive(transaction: &Transaction<'_>, limit: usize) -> Result<Option<usize>, DossierError> {
    let mut select = transaction.prepare_cached("SELECT initiative FROM initiative_arrivals ORDER BY 1 LIMIT ?1")?;
    let arrived: Vec<i64> = select.query_map([limit as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for &row in &arrived {
        enter(transaction, row, &load::initiative(transaction, row)?)?;
        transaction.prepare_cached("DELETE FROM initiative_arrivals WHERE initiative = ?1")?.execute([row])?;
    }
    Ok((!arrived.is_empty()).then_some(arrived.len()))
}

fn enter(transaction: &Transaction<'_>, row: i64, initiative: &Initiative) -> Result<(), DossierError> {
    let key = Key::of(initiative);
    let written = key.written();
    let mut select = transaction.prepare_cached("SELECT id FROM process_sides WHERE family = ?1 AND sides IS ?2")?;
    let sides: i64 = match select.query_row((key.family, &written), |row| row.get(0)).optional()? {
        Some(sides) => sides,
        None => transaction
            .prepare_cached("INSERT INTO process_sides (family, sides, stale) VALUES (?1, ?2, 1)")?
            .insert((key.family, &written))?,
    };
    transaction.prepare_cached("UPDATE process_sides SET stale = 1 WHERE id = ?1")?.execute([sides])?;
    transaction
        .prepare_cached(
            "INSERT INTO process_members (initiative, sides, first, last)
             SELECT ?1, ?2, min(date), max(date) FROM initiative_stages WHERE initiative = ?1",
        )?
        .execute([row, sides])?;
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO process_tokens (initiative, mediates, token) VALUES (?1, ?2, ?3)")?;
    for (tokens, mediates) in [(&key.sides, false), (&key.mediators, true)] {
        for token in tokens {
            insert.execute(params![row, mediates, token])?;
        }
    }
    Ok(())
}

/// Puts together the processes of one family that is stale. `None` when none was.
pub(crate) fn link(transaction: &Transaction<'_>, _: usize) -> Result<Option<usize>, DossierError> {
    let mut select =
        transaction.prepare_cached("SELECT family FROM process_sides WHERE stale = 1 ORDER BY family LIMIT 1")?;
    let Some(family) = select.query_row([], |row| row.get::<_, String>(0)).optional()? else { return Ok(None) };
    let by_mediators = ["talks", "peace_plan"].contains(&&*family);
    let mut count = 0;
    let mut select = transaction.prepare_cached(
        "SELECT id FROM process_sides WHERE family = ?1 AND stale = 1 AND sides IS NOT NULL ORDER BY id",
    )?;
    let mut rows = select.query([&family])?;
    while let Some(row) = rows.next()? {
        let members = members(transaction, row.get(0)?)?;
        count += members.len();
        for (initiative, process) in divide(members, by_mediators) {
            assign(transaction, initiative, process)?;
        }
    }
    // Those with fewer sides look at all the others.
    let mut select = transaction.prepare_cached(
        "SELECT initiative FROM process_members JOIN process_sides ON process_sides.id = process_members.sides
         WHERE family = ?1 AND process_sides.sides IS NULL ORDER BY initiative",
    )?;
    let partial: Vec<i64> = select.query_map([&family], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for initiative in partial {
        assign(transaction, initiative, attach(transaction, initiative, &family)?)?;
        count += 1;
    }
    transaction
        .prepare_cached("UPDATE process_sides SET stale = 0 WHERE family = ?1 AND stale = 1")?
        .execute([&family])?;
    Ok(Some(count))
}

fn assign(transaction: &Transaction<'_>, initiative: i64, process: i64) -> Result<(), DossierError> {
    let mut update = transaction
        .prepare_cached("UPDATE process_members SET process = ?2 WHERE initiative = ?1 AND process IS NOT ?2")?;
    update.execute([initiative, process])?;
    Ok(())
}

/// The initiatives of a row of `process_sides`.
fn members(transaction: &Transaction<'_>, sides: i64) -> Result<Vec<Member>, DossierError> {
    let mut select =
        transaction.prepare_cached("SELECT initiative, first, last FROM process_members WHERE sides = ?1")?;
    let mut tokens =
        transaction.prepare_cached("SELECT token FROM process_tokens WHERE initiative = ?1 AND mediates = 1")?;
    let mut rows = select.query([sides])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let initiative: i64 = row.get(0)?;
        let days: [Option<Date>; 2] =
            [load::day(row.get(1)?)?, load::day(row.get(2)?)?].map(|day| day.map(|day| day.0));
        let mediators: BTreeSet<String> =
            tokens.query_map([initiative], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        members.push(Member { initiative, days: days[0].zip(days[1]), mediators });
    }
    Ok(members)
}
