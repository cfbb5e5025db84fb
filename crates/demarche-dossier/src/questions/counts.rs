//! How many events, of which kind, and how friendly.

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
