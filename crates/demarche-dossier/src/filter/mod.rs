//! One grammar of filters for all questions: `--actor CHN --recipient PSE --since 2023-10`.
//!
//! Values of one key are alternatives, keys are conditions that all hold. A value may hold several, parted by commas.

mod parse;
mod sql;
mod vocabulary;

use demarche_record::{
    Code, Context, EventType, InitiativeKind, Issue, Mode, Sector, SpeechAct, Stage, Stance, Status,
};
use jiff::civil::Date;

pub use parse::FilterError;
pub(crate) use sql::Clause;
pub use sql::Kind;
pub use vocabulary::Vocabulary;

/// Which records a question is about. The default is all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Actor of an event, speaker of a statement, anyone in an initiative.
    pub actor: Vec<ActorTerm>,
    /// Recipient of an event, audience or object of a statement.
    pub recipient: Vec<ActorTerm>,
    /// Event types.
    pub event_type: Vec<EventType>,
    /// Modes of events.
    pub mode: Vec<Mode>,
    /// Contexts of events.
    pub context: Vec<Context>,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Where.
    pub place: Vec<PlaceTerm>,
    /// Issues of statements.
    pub issue: Vec<Issue>,
    /// Stances of statements.
    pub stance: Vec<Stance>,
    /// Speech acts of statements.
    pub act: Vec<SpeechAct>,
    /// How real.
    pub status: Vec<Status>,
    /// Kinds of initiatives.
    pub kind: Vec<InitiativeKind>,
    /// Stages that an initiative reached.
    pub stage: Vec<Stage>,
    /// Least confidence, 0 to 1.
    pub min_confidence: Option<f64>,
    /// Publishers, as the documents name them.
    pub publisher: Vec<String>,
    /// Genres of documents.
    pub genre: Vec<String>,
    /// Languages of documents.
    pub language: Vec<String>,
    /// Ids of documents.
    pub document: Vec<String>,
}

/// Whom a filter means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorTerm {
    /// A country or international code, sectors, or both: `CHN`, `MIL`, `RUS MIL`. All must be there.
    Coded(Option<Code>, Vec<Sector>),
    /// A stable id: `Q184`.
    Identifier(String),
    /// A part of a name or office, in any case: `Lavrov`.
    Name(String),
}

/// Where a filter means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceTerm {
    /// Anywhere in a country: `PSE`.
    Country(Code),
    /// A GeoNames id: `281133`.
    GeoName(u32),
    /// The name of a place, city, district, province or country, in any case: `Gaza`.
    Name(String),
}
