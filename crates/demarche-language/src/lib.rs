//! From decoded text to analysed sentences: segmentation, tags, lemmas, dependency trees, named entities, times.
//!
//! Knows nothing of politics. Everything is a pure function of (text, model).

mod analysis;
mod coreference;
mod labels;
mod model;
mod number;
mod placeholder;
mod quotation;
mod segment;
mod sentence;
mod time;

pub use analysis::{Segmented, Word};
pub use coreference::{Chains, Coreference, CoreferenceError, CoreferenceExamples, Mention, MentionId, MentionKind};
pub use labels::{EntityKind, Relation, Upos, Xpos};
pub use model::{
    Answer, Classifier, EarlyStates, EncoderInput, InstructionSet, Marked, Model, ModelError, Stage, StageTimes,
    States, StretchStates, logistic,
};
pub use number::{Count, CountFinder, NumberTableError};
pub use placeholder::{NameFinder, NameForm, NameMatch, NoNames};
pub use quotation::{Attribution, AttributionFinder, Cue, ReportingTableError, SpeakerMention};
pub use segment::{Decisions, Doubt, ReadStretch, Segmenter, SegmenterError, decisions};
pub use sentence::{NamedEntity, Sentence, Token, TokenId};
pub use time::{
    EraMention, Precision, Resolved, TimeExpression, TimeFinder, TimeKind, TimeTableError, is_day_or_month,
};
