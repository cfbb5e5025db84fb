//! Events counted one by one, into as many cells as there are: pairs, months, pairs in months.
//!
//! SQLite would sort all events once for the groups and once for the distinct happenings; one pass over them does without.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use demarche_record::Code;
use rusqlite::{Connection, Row, params_from_iter};

use super::counts::Counts;
use crate::error::DossierError;
use crate::filter::Clause;
use crate::load;

/// Scores are added up as whole millionths, so that their sum does not depend on the order of the events.
const MILLIONTHS: f64 = 1e6;

/// What is counted of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// The happening that it reports with others; `None` where it is the only one.
    happening: Option<i64>,
    quad: Option<u8>,
    score: Option<f64>,
}

/// The columns that [`Counted::read`] expects, of events `r` joined by [`JOINED`].
pub(crate) const COLUMNS: &str = "shared.incident AS happening, r.quad_code AS quad, r.event_scale AS score";

/// What is joined to the events `r` for [`COLUMNS`].
pub(crate) const JOINED: &str = "LEFT JOIN incidents AS shared ON shared.event = r.id";

impl Counted {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { happening: row.get("happening")?, quad: row.get("quad")?, score: row.get("score")? })
    }
}

/// A cell as far as it is counted.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    number: u32,
    events: u64,
    happenings: u64,
    quads: [u64; 4],
    millionths: i64,
    scored: u64,
}

/// Cells by their keys.
#[derive(Debug)]
pub(crate) struct Tallies<K> {
    cells: BTreeMap<K, Tally>,
    /// Happenings of several reports, and the numbers of the cells in which they were counted.
    seen: HashSet<(i64, u32)>,
}

impl<K: Ord> Tallies<K> {
    pub(crate) fn new() -> Self {
        Self { cells: BTreeMap::new(), seen: HashSet::new() }
    }

    /// Counts an event in a cell.
    pub(crate) fn count(&mut self, key: K, event: Counted) {
        let number = self.cells.len() as u32;
        let cell = self.cells.entry(key).or_insert(Tally { number, ..Tally::default() });
        cell.events += 1;
        cell.happenings += u64::from(event.happening.is_none_or(|one| self.seen.insert((one, cell.number))));
        let quad = event.quad.and_then(|quad| quad.checked_sub(1));
        if let Some(quad) = quad.and_then(|quad| cell.quads.get_mut(usize::from(quad))) {
            *quad += 1;
        }
        if let Some(score) = event.score {
            cell.millionths += (score * MILLIONTHS).round() as i64;
            cell.scored += 1;
        }
    }

    /// The cells with what was counted, in the order of their keys.
    pub(crate) fn finish(self) -> impl ExactSizeIterator<Item = (K, Counts)> {
        self.cells.into_iter().map(|(key, cell)| {
            let mean = (cell.scored > 0).then(|| cell.millionths as f64 / MILLIONTHS / cell.scored as f64);
            (key, Counts { events: cell.events, incidents: cell.happenings, quads: cell.quads, mean_score: mean })
        })
    }
}

/// Hands every event that meets the clause to `visit`, with the value of column `also` (SQL over events `r`) and the
/// countries of its actors and of its recipients.
pub(crate) fn parties(
    connection: &Connection,
    clause: &Clause,
    also: &str,
    mut visit: impl FnMut(Counted, Option<String>, &Sides) -> ControlFlow<()>,
) -> Result<(), DossierError> {
    // The events first, then who takes part in each: so that the rows of one event come together.
    let select = format!(
        "SELECT r.id AS event, {also} AS also, {COLUMNS}, role, code
         FROM events AS r {JOINED} CROSS JOIN event_actors AS one ON one.event = r.id AND one.role IN ('actor', 'recipient')
         CROSS JOIN actors ON actors.id = one.actor WHERE {}",
        clause.sql()
    );
    let mut statement = connection.prepare_cached(&select)?;
    let mut rows = statement.query(params_from_iter(&clause.values))?;
    let mut last: Option<(i64, Counted, Option<String>)> = None;
    let mut sides = Sides::default();
    while let Some(row) = rows.next()? {
        let event: i64 = row.get("event")?;
        if last.as_ref().is_none_or(|(of, ..)| *of != event) {
            if let Some((_, counted, also)) = last.take()
                && visit(counted, also, &sides).is_break()
            {
                return Ok(());
            }
            sides = Sides::default();
            last = Some((event, Counted::read(row)?, row.get("also")?));
        }
        let code = match row.get_ref("code")?.as_str_or_null()? {
            None => None,
            Some(code) => Some(load::code_of(code)?),
        };
        sides.add(row.get_ref("role")?.as_str()? == "recipient", code);
    }
    if let Some((_, counted, also)) = last {
        // There is no other event to break off before.
        let _ = visit(counted, also, &sides);
    }
    Ok(())
}

/// The countries on both sides of an event, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    actors: Vec<Code>,
    recipients: Vec<Code>,
    /// Whether it is done to anyone, be they of a country or not.
    done_to_someone: bool,
}

impl Sides {
    fn add(&mut self, recipient: bool, code: Option<Code>) {
        self.done_to_someone |= recipient;
        let side = if recipient { &mut self.recipients } else { &mut self.actors };
        if let Some(code) = code.filter(|code| !side.contains(code)) {
            side.push(code);
        }
    }

    /// The countries of the actors.
    pub(crate) fn actors(&self) -> &[Code] {
        &self.actors
    }

    /// Each actor's country towards each recipient's; where there is no recipient, those who did it together, both ways: as
    /// the view `event_dyads` has them.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Code, Code)> + '_ {
        let together = !self.done_to_someone;
        let targets = if together { &self.actors } else { &self.recipients };
        self.actors
            .iter()
            .flat_map(|&source| targets.iter().map(move |&target| (source, target)))
            .filter(move |(source, target)| !together || source != target)
    }
}
