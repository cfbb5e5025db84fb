//! Scoring coded output against labelled sentences.

mod attributions;
mod gold;
mod plv;
mod scores;

pub use attributions::{AttributionError, AttributionReport, Counts, GoldPassage, attributions};
pub use gold::{GoldError, GoldReport, GoldSentence, gold};
pub use plv::{PlvError, PlvReport, PlvSentence, plv};
pub use scores::{ClassScore, Confusion};
