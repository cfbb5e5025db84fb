//! Which countries have to do with which.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use demarche_record::{Code, Day};

use super::counts::Counts;
use super::tally::{self, Tallies};
use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::{Filter, Kind};
use crate::load;

/// A country and another that it did something to, or together with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dyad {
    /// Who.
    pub source: Code,
    /// To whom.
    pub target: Code,
    /// What was found.
    pub counts: Counts,
    /// First day of an event.
    pub first: Option<Day>,
    /// Last day on which one began.
    pub last: Option<Day>,
}

impl Dossier {
    /// The pairs of the events that meet the filter, the busiest first.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of events.
    pub fn dyads(&self, filter: &Filter) -> Result<Vec<Dyad>, DossierError> {
        let clause = filter.clause(Kind::Event)?;
        let mut tallies = Tallies::new();
        let mut days: HashMap<(Code, Code), (String, String)> = HashMap::new();
        tally::parties(&self.connection, &clause, "r.date", |event, date, sides| {
            for pair in sides.pairs() {
                tallies.count(pair, event);
                let Some(date) = &date else { continue };
                // Days as text have the order of days.
                match days.entry(pair) {
                    Entry::Vacant(none) => drop(none.insert((date.clone(), date.clone()))),
                    Entry::Occupied(mut days) => {
                        let (first, last) = days.get_mut();
                        if date < first {
                            first.clone_from(date);
                        } else if date > last {
                            last.clone_from(date);
                        }
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        let mut dyads = Vec::new();
        for ((source, target), counts) in tallies.finish() {
            let (first, last) = days.remove(&(source, target)).unzip();
            dyads.push(Dyad { source, target, counts, first: load::day(first)?, last: load::day(last)? });
        }
        // Stable, so that the order of the codes holds among those of one number.
        dyads.sort_by_key(|dyad| std::cmp::Reverse(dyad.counts.events));
        Ok(dyads)
    }
}
