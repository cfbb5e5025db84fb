//! Which countries have to do with which.

use demarche_record::{Code, Day};
use rusqlite::params_from_iter;

use super::counts::{self, Counts};
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
        let select = format!(
            "SELECT source, target, {}, min(r.date) AS first, max(r.date) AS last
             FROM events AS r JOIN event_dyads ON event = r.id WHERE {}
             GROUP BY source, target ORDER BY events DESC, source, target",
            counts::COLUMNS,
            clause.sql()
        );
        let mut statement = self.connection.prepare_cached(&select)?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        let mut dyads = Vec::new();
        while let Some(row) = rows.next()? {
            dyads.push(Dyad {
                source: load::code_of(&row.get::<_, String>("source")?)?,
                target: load::code_of(&row.get::<_, String>("target")?)?,
                counts: counts::read(row)?,
                first: load::day(row.get("first")?)?,
                last: load::day(row.get("last")?)?,
            });
        }
        Ok(dyads)
    }
}
