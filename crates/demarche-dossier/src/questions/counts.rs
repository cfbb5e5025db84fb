//! How many events, of which kind, and how friendly.

use rusqlite::Row;

/// Events counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// All of them.
    pub events: u64,
    /// Happenings that they are reports of; an event that has not been compared yet counts as one.
    pub incidents: u64,
    /// By quad class: verbal cooperation, material cooperation, verbal conflict, material conflict. An event of a user's
    /// own type may have none.
    pub quads: [u64; 4],
    /// Mean of PLOVER's score, -10 to +10, over the events that have one; `None` where there is none.
    pub mean_score: Option<f64>,
}

/// The columns that [`read`] expects, of events `r`, for a query with GROUP BY.
pub(crate) const COLUMNS: &str = "count(*) AS events, count(DISTINCT COALESCE(r.incident, -r.id)) AS incidents, sum(r.quad_code = 1) AS quad_1, sum(r.quad_code = 2) AS quad_2,
     sum(r.quad_code = 3) AS quad_3, sum(r.quad_code = 4) AS quad_4, avg(r.event_scale) AS mean_score";

/// Reads [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Counts> {
    let quad = |column| Ok::<u64, rusqlite::Error>(row.get::<_, Option<u64>>(column)?.unwrap_or_default());
    Ok(Counts {
        events: row.get("events")?,
        incidents: row.get("incidents")?,
        quads: [quad("quad_1")?, quad("quad_2")?, quad("quad_3")?, quad("quad_4")?],
        mean_score: row.get("mean_score")?,
    })
}
