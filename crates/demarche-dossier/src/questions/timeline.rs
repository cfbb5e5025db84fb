//! Events of a filter, or between two countries, by day, week, month or year.

use demarche_record::Code;
use jiff::civil::Date;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::counts::Counts;
use super::period::{Period, Unit};
use super::tally::{self, Counted, Tallies};
use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::{Clause, Filter, Kind};

/// Counts over time, without gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// One a period, from the first with an event (or the filter's first day) to the last (or its last day).
    pub buckets: Vec<Bucket>,
    /// Events that are in no bucket, because their date is not exact enough or unknown.
    pub undated: u64,
}

/// One period of a timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// The period.
    pub period: Period,
    /// Its events.
    pub counts: Counts,
}

impl Dossier {
    /// Counts the events that meet the filter, by `unit`; of `pair`, those of one of the two towards the other, or of
    /// both together.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of events.
    pub fn timeline(&self, filter: &Filter, pair: Option<(Code, Code)>, unit: Unit) -> Result<Timeline, DossierError> {
        let mut clause = filter.clause(Kind::Event)?;
        if let Some(pair) = pair {
            between(&mut clause, pair);
        }
        let select = format!(
            "SELECT {}, CASE WHEN {} THEN {} END AS first FROM events AS r {} WHERE {}",
            tally::COLUMNS,
            unit.exact_enough(),
            unit.first_day(),
            tally::JOINED,
            clause.sql()
        );
        let mut statement = self.connection.prepare_cached(&select)?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        let (mut tallies, mut undated) = (Tallies::new(), 0);
        while let Some(row) = rows.next()? {
            match row.get_ref("first")?.as_str_or_null()? {
                Some(first) => tallies.count(period(unit, first)?.first, Counted::read(row)?),
                None => undated += 1,
            }
        }
        let found = tallies.finish();
        let found = found.map(|(first, counts)| Bucket { period: Period { unit, first }, counts }).collect();
        Ok(Timeline { buckets: without_gaps(filter, unit, found), undated })
    }
}

/// Events between two countries, either way.
fn between(clause: &mut Clause, (one, other): (Code, Code)) {
    let [one, other] = [one, other].map(|code| Value::from(code.as_str().to_owned()));
    clause.push(
        "r.id IN (SELECT event FROM event_dyads WHERE source = ? AND target = ?
                  UNION SELECT event FROM event_dyads WHERE source = ? AND target = ?)",
        [one.clone(), other.clone(), other, one],
    );
}

/// Reads a period from its first day.
pub(crate) fn period(unit: Unit, first: &str) -> Result<Period, DossierError> {
    let first: Date = first.parse().map_err(|error: jiff::Error| DossierError::Damaged { what: error.to_string() })?;
    Ok(Period { unit, first })
}

/// The periods that are asked for, with zeros where nothing was found. `found` is in order.
fn without_gaps(filter: &Filter, unit: Unit, found: Vec<Bucket>) -> Vec<Bucket> {
    let ends = (found.first(), found.last());
    let first = filter.since.map(|day| Period::of(unit, day)).or(ends.0.map(|bucket| bucket.period));
    let last = filter.until.map(|day| Period::of(unit, day)).or(ends.1.map(|bucket| bucket.period));
    let (Some(first), Some(last)) = (first, last) else { return found };
    // An event that lasts may begin before the filter's first day.
    let first = if ends.0.is_some_and(|bucket| bucket.period.first < first.first) {
        ends.0.map_or(first, |bucket| bucket.period)
    } else {
        first
    };
    let mut found = found.into_iter().peekable();
    Period::range(first, last)
        .map(|period| {
            found.next_if(|bucket| bucket.period == period).unwrap_or(Bucket { period, counts: Counts::default() })
        })
        .collect()
}
