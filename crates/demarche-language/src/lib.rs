//! From decoded text to analysed sentences: segmentation, tags, lemmas, dependency trees, named entities, times.
//!
//! Knows nothing of politics. Everything is a pure function of (text, model).

mod analysis;
mod labels;
mod model;
mod number;
mod placeholder;
mod segment;
mod sentence;
mod time;

pub use analysis::{Segmented, Word};
pub use labels::{EntityKind, Relation, Upos, Xpos};
pub use model::{Model, ModelError};
pub use number::{Count, CountFinder, NumberTableError};
pub use placeholder::{NameFinder, NameForm, NameMatch, NoNames};
pub use segment::{Decisions, Segmenter, SegmenterError, decisions};
pub use sentence::{NamedEntity, Sentence, Token, TokenId};
pub use time::{Precision, Resolved, TimeExpression, TimeFinder, TimeKind, TimeTableError, is_day_or_month};
