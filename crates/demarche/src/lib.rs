//! Reads reports of diplomacy and conflict and keeps the record: who did or said what to whom, where and when, in whose
//! words, every field with the bytes it came from.
//!
//! ```
//! # fn main() -> Result<(), demarche::CoderError> {
//! let coder = demarche::Coder::new()?;
//! let document = demarche::from_text("example", "Norway urged Mali to withdraw its troops.");
//! let report = coder.code(&document);
//! let demarche::Record::Event(event) = &report.records[0] else { panic!("an event") };
//! assert_eq!(event.event[0].as_str(), "REQUEST");
//! assert_eq!(event.evidence.trigger, demarche::Span::new(7, 12));
//! # Ok(())
//! # }
//! ```

pub mod actor_files;
mod attributions;
mod coder;
mod context_check;
pub mod coverage;
pub mod evaluate;
mod explain;
pub mod extension;
mod frame_check;
mod geoparse;
mod initiative_check;
mod issue_check;
pub mod suggest;
pub mod vocabulary;

pub use attributions::Attributed;
pub use coder::{Analysed, Analysis, Coder, CoderError, CoderOptions};
pub use demarche_coding::files::{Extension, FrameError};
pub use demarche_coding::frames;
pub use demarche_coding::{
    Coding, Conflict, Judge, Overridden, Part, Question, Report, SentenceReport, Tokens, Told, Unread, Versions,
};
pub use demarche_dictionary as dictionary;
pub use demarche_document as document;
pub use demarche_document::{Document, Genre, GenreCue, GenreFinding, from_text};
pub use demarche_language as language;
pub use demarche_record as record;
pub use demarche_record::{Record, Span, TextRange, schema};
pub use demarche_world as world;
pub use explain::{ExplainedSentence, Explanation};
pub use extension::{ExtensionError, ExtensionReport};
pub use frame_check::FrameFailure;
pub use geoparse::Toponym;
