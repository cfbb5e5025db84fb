//! A table for a regression: every unit in every month, with zeros where nothing was found.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use demarche_record::Code;
use jiff::civil::Date;

use super::counts::Counts;
use super::period::{Period, Unit};
use super::tally::{self, Tallies};
use super::timeline;
use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::{Filter, Kind};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// A country towards another, in a month.
    DyadMonth,
    /// A country as actor, in a month.
    CountryMonth,
}

/// Which units have rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Universe {
    /// Those of which something was found in any month.
    Found,
    /// These countries, and in a panel of dyads each of them towards each other, whatever was found.
    Countries(Vec<Code>),
}

/// One unit in one month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelRow {
    /// Who.
    pub source: Code,
    /// To whom; `None` in a panel of countries.
    pub target: Option<Code>,
    /// Month.
    pub month: Period,
    /// What was found.
    pub counts: Counts,
}

/// A unit: a country, or a country and another.
type UnitKey = (Code, Option<Code>);

impl Dossier {
    /// Hands the rows of a panel to `visit`, by unit and month. Months run from the filter's first day, or the first
    /// event's month, to its last day, or the last event's.
    ///
    /// Gives the number of events that are in no month, because their date is not exact enough or unknown.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of events.
    pub fn panel(
        &self,
        filter: &Filter,
        panel: Panel,
        universe: &Universe,
        mut visit: impl FnMut(PanelRow) -> ControlFlow<()>,
    ) -> Result<u64, DossierError> {
        let dated = self.timeline(filter, None, Unit::Month)?;
        let months: Vec<Period> = dated.buckets.iter().map(|bucket| bucket.period).collect();
        let found = self.cells(filter, panel)?;
        let units: Vec<UnitKey> = match universe {
            Universe::Found => {
                let mut units: Vec<UnitKey> = found.keys().map(|(unit, _)| *unit).collect();
                units.dedup();
                units
            }
            Universe::Countries(countries) => units(countries, panel),
        };
        for (source, target) in units {
            for &month in &months {
                let counts = found.get(&((source, target), month.first)).copied().unwrap_or_default();
                if visit(PanelRow { source, target, month, counts }).is_break() {
                    return Ok(dated.undated);
                }
            }
        }
        Ok(dated.undated)
    }

    /// The cells that are not zero: as many as there are units and months with events, not as many as events.
    fn cells(&self, filter: &Filter, panel: Panel) -> Result<BTreeMap<(UnitKey, Date), Counts>, DossierError> {
        let clause = filter.clause(Kind::Event)?;
        let month = format!("CASE WHEN {} THEN {} END", Unit::Month.exact_enough(), Unit::Month.first_day());
        let (mut tallies, mut damaged) = (Tallies::new(), None);
        tally::parties(&self.connection, &clause, &month, |event, month, sides| {
            let Some(month) = month else { return ControlFlow::Continue(()) };
            let month = match timeline::period(Unit::Month, &month) {
                Ok(month) => month.first,
                Err(error) => {
                    damaged = Some(error);
                    return ControlFlow::Break(());
                }
            };
            match panel {
                Panel::DyadMonth => {
                    sides.pairs().for_each(|(source, target)| tallies.count(((source, Some(target)), month), event));
                }
                Panel::CountryMonth => {
                    sides.actors().iter().for_each(|&country| tallies.count(((country, None), month), event));
                }
            }
            ControlFlow::Continue(())
        })?;
        damaged.map_or_else(|| Ok(tallies.finish().collect()), Err)
    }
}

fn units(countries: &[Code], panel: Panel) -> Vec<UnitKey> {
    let mut countries = countries.to_vec();
    countries.sort_unstable();
    countries.dedup();
    match panel {
        Panel::CountryMonth => countries.into_iter().map(|country| (country, None)).collect(),
        Panel::DyadMonth => countries
            .iter()
            .flat_map(|&source| countries.iter().map(move |&target| (source, Some(target))))
            .filter(|(source, target)| Some(*source) != *target)
            .collect(),
    }
}
