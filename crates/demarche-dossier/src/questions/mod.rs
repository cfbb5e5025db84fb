//! What one may ask: records by filter, positions, counts over time, pairs, panels, words, and SQL.

mod counts;
mod dyads;
mod incident;
mod panel;
mod period;
mod positions;
mod process;
mod records;
mod search;
mod show;
mod sql;
mod states;
mod story;
mod tally;
mod timeline;
mod vocabulary;

pub use counts::Counts;
pub use dyads::Dyad;
pub use incident::{Figure, Incident, Witnessing};
pub use panel::{Panel, PanelRow, Universe};
pub use period::{Period, Unit};
pub use positions::{Party, Position};
pub use process::{Process, StageWitness, Turn};
pub use search::Hit;
pub use show::{Mark, Shown};
pub use sql::Cell;
pub use states::{Numbering, States};
pub use story::{Story, Telling};
pub use timeline::{Bucket, Timeline};
