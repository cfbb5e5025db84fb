//! Comparing events with those that are there.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Transaction, params_from_iter};

use super::profile::{Location, Participant, Profile, Standing};
use super::split::split;
use super::words;
use crate::error::DossierError;

/// What [`bare`] reads of events `e`.
const SELECT: &str =
    "SELECT e.id, e.document, e.number, documents.name, e.cluster, e.status, e.content_words, e.event_type,
            e.date, COALESCE(e.enddate, e.date) AS last, e.date_precision, e.place,
            places.country_code, places.province, places.city, places.resolution
     FROM events AS e";
const JOINED: &str = "JOIN documents ON documents.id = e.document LEFT JOIN places ON places.id = e.place";

/// Compares up to `limit` events that were not compared yet. Gives how many.
pub(crate) fn link(transaction: &Transaction<'_>, limit: usize) -> Result<usize, DossierError> {
    let uncompared = "e.cluster IS NULL ORDER BY e.id LIMIT ?";
    let pending = profiles(transaction, "events_cluster", uncompared, &[Value::from(limit as i64)], |_| true)?;
    let count = pending.len();
    let mut touched = BTreeSet::new();
    for (mut profile, kind) in pending {
        let mut clusters = BTreeSet::new();
        // Without words there is nothing that could tell it from others.
        if !profile.words.is_empty() && profile.days.is_some() {
            fill(transaction, &mut profile)?;
            clusters = same(transaction, &profile, &kind)?;
        }
        clusters.insert(profile.event);
        for cluster in &clusters {
            touched.remove(cluster);
        }
        touched.extend(unite(transaction, profile.event, &clusters)?);
    }
    for cluster in touched {
        divide(transaction, cluster)?;
    }
    Ok(count)
}

/// By what candidates are looked up.
struct Kind {
    event_type: String,
    inexact: bool,
}

/// The clusters of the events that are the same happening.
fn same(transaction: &Transaction<'_>, profile: &Profile, kind: &Kind) -> Result<BTreeSet<i64>, DossierError> {
    let Some((first, last)) = &profile.days else { return Ok(BTreeSet::new()) };
    let mut clusters = BTreeSet::new();
    let exact = first == last;
    let [event_type, first, last] = [&kind.event_type, first, last].map(|text| Value::from(text.clone()));
    // Events that begin within its days, ...
    let (within, days) = if exact {
        ("e.event_type = ? AND e.date = ? AND e.cluster IS NOT NULL", vec![event_type.clone(), first.clone()])
    } else {
        let days = vec![event_type.clone(), first.clone(), last];
        ("e.event_type = ? AND e.date BETWEEN ? AND ? AND e.cluster IS NOT NULL", days)
    };
    let mut candidates = profiles(transaction, "events_date", within, &days, |other| profile.shared_words(other) > 1)?;
    // ... and those of a week or month in which it begins.
    let around =
        "e.event_type = ? AND e.date_precision IN ('week', 'month') AND e.date BETWEEN date(?, '-31 days') AND ?
                  AND e.enddate >= ? AND e.cluster IS NOT NULL";
    let days = [event_type, first.clone(), first.clone(), first];
    candidates.extend(profiles(transaction, "events_inexact", around, &days, |other| profile.shared_words(other) > 1)?);
    for (mut other, other_kind) in candidates {
        let Some(cluster) = other.cluster else { continue };
        // Two vague dates that meet say little.
        if clusters.contains(&cluster) || kind.inexact && other_kind.inexact && profile.days != other.days {
            continue;
        }
        fill(transaction, &mut other)?;
        if profile.is_same(&other) {
            clusters.insert(cluster);
        }
    }
    Ok(clusters)
}

/// Makes one cluster of an event and the clusters it belongs to. Gives its number, the least of theirs.
fn unite(transaction: &Transaction<'_>, event: i64, clusters: &BTreeSet<i64>) -> Result<Option<i64>, DossierError> {
    let Some(&first) = clusters.first() else { return Ok(None) };
    for &other in clusters.iter().skip(1) {
        transaction.prepare_cached("UPDATE events SET cluster = ?2 WHERE cluster = ?1")?.execute([other, first])?;
    }
    transaction.prepare_cached("UPDATE events SET cluster = ?2 WHERE id = ?1")?.execute([event, first])?;
    Ok(Some(first))
}

/// Splits a cluster into incidents, each with the number of the least of its events.
fn divide(transaction: &Transaction<'_>, cluster: i64) -> Result<(), DossierError> {
    let mut events = Vec::new();
    for (mut profile, _) in
        profiles(transaction, "events_cluster", "e.cluster = ? ORDER BY e.id", &[Value::from(cluster)], |_| true)?
    {
        fill(transaction, &mut profile)?;
        events.push(profile);
    }
    let groups = split(&events);
    let mut update = transaction.prepare_cached("UPDATE events SET incident = ?2 WHERE id = ?1")?;
    for (event, group) in events.iter().zip(&groups) {
        let first = events.iter().zip(&groups).find(|(_, other)| *other == group).map_or(event, |(first, _)| first);
        update.execute([event.event, first.event])?;
    }
    Ok(())
}

/// The events that meet a condition, found by an index, and that `wanted` wants, without those who take part.
fn profiles(
    transaction: &Transaction<'_>,
    index: &str,
    condition: &str,
    values: &[Value],
    wanted: impl Fn(&Profile) -> bool,
) -> Result<Vec<(Profile, Kind)>, DossierError> {
    let mut statement =
        transaction.prepare_cached(&format!("{SELECT} INDEXED BY {index} {JOINED} WHERE {condition}"))?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut profiles = Vec::new();
    while let Some(row) = rows.next()? {
        let profile = bare(row)?;
        if wanted(&profile) {
            let precision: Option<String> = row.get("date_precision")?;
            let kind = Kind { event_type: row.get("event_type")?, inexact: precision.as_deref() != Some("day") };
            profiles.push((profile, kind));
        }
    }
    Ok(profiles)
}

/// An event without those who take part.
fn bare(row: &rusqlite::Row<'_>) -> rusqlite::Result<Profile> {
    let place: Option<i64> = row.get("place")?;
    let location = Location {
        country: row.get("country_code")?,
        province: row.get("province")?,
        city: row.get("city")?,
        resolution: row.get("resolution")?,
    };
    // A year is no date to meet on.
    let precision: Option<String> = row.get("date_precision")?;
    let days: Option<(String, String)> = row.get::<_, Option<String>>("date")?.zip(row.get("last")?);
    Ok(Profile {
        event: row.get("id")?,
        document: row.get("document")?,
        id: (row.get("name")?, row.get("number")?),
        cluster: row.get("cluster")?,
        days: days.filter(|_| precision.as_deref() != Some("year")),
        standing: Standing::of(&row.get::<_, String>("status")?),
        words: words::from_bytes(&row.get::<_, Option<Vec<u8>>>("content_words")?.unwrap_or_default()),
        place: place.map(|_| location),
        ..Profile::default()
    })
}

/// Adds those who take part, and the modes.
fn fill(transaction: &Transaction<'_>, profile: &mut Profile) -> Result<(), DossierError> {
    let mut statement = transaction.prepare_cached(
        "SELECT role, code, sectors, identifier_id, text FROM event_actors JOIN actors ON actors.id = actor
         WHERE event = ?1 AND role <> 'attributed_to' ORDER BY role, position",
    )?;
    let mut rows = statement.query([profile.event])?;
    while let Some(row) = rows.next()? {
        let (role, sectors): (String, String) = (row.get("role")?, row.get("sectors")?);
        let participant = Participant {
            code: row.get("code")?,
            sectors: sectors.split_whitespace().map(str::to_owned).collect(),
            identifier: row.get("identifier_id")?,
            text: row.get("text")?,
        };
        if role == "actor" { &mut profile.actors } else { &mut profile.recipients }.push(participant);
    }
    let mut statement = transaction.prepare_cached("SELECT mode FROM event_modes WHERE event = ?1")?;
    let modes = statement.query_map([profile.event], |row| row.get(0))?;
    profile.modes = modes.collect::<rusqlite::Result<_>>()?;
    Ok(())
}
