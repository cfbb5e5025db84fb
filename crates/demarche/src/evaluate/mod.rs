//! Scoring coded output against labelled sentences.

mod gold;
mod plv;
mod scores;

pub use gold::{GoldError, GoldReport, GoldSentence, gold};
pub use plv::{PlvError, PlvReport, PlvSentence, plv};
pub use scores::{ClassScore, Confusion};
