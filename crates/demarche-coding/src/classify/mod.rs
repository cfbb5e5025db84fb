//! What a trained classifier says of acts, and what is done with it.
//!
//! `question` says what is asked of a sentence: acts that frames tell, and predicates that no frame knows. `judge` holds the
//! classifier with the meaning of its labels; `decide` applies the rules of `data/classifier.toml`, which `rules` reads: acts that
//! are none fall, frames that conflict are chosen among, an event may be another or a new one, and each gets its confidence.

mod decide;
mod judge;
mod question;
mod rules;

pub(crate) use decide::{Judged, Outcome, Verdict, judged, told};
pub use judge::{Judge, JudgeError};
pub use question::{Question, Tokens, Told};
pub use rules::Rules;
