//! The vocabulary of all other rooms: spans, codes, and the three kinds of record with their JSON.
//!
//! How records are made is not known here. The JSON Schema of a record is [`schema`].

mod codes;
mod entity;
mod record;
mod span;
mod words;

pub use codes::{
    Code, ContentStatus, Context, CountKind, DatePrecision, DecidedBy, EventType, Field, InitiativeKind, Issue, Mode,
    QuadCode, Quotation, Sector, SpeechAct, Stage, Stance, Status, UnknownCode,
};
pub use entity::{Entity, Place};
pub use record::{
    Antecedent, CiteInfo, Conflict, Content, Count, Day, Event, EventEvidence, Initiative, InitiativeEvidence, Record,
    StageMark, Statement, StatementEvidence, TextInfo, Vote, Why, Witness,
};
pub use span::{Span, TextRange};
pub use words::{HedgePlaces, hedges_of};

/// JSON Schema (draft 2020-12) of one line of `demarche code --to jsonl`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Record)
}
