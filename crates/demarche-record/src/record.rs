//! The three kinds of record: event, statement, initiative. Field by field in `docs/records.md`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{
    Code, ContentStatus, Context, CountKind, DatePrecision, DecidedBy, EventType, Field, InitiativeKind, Issue, Mode,
    QuadCode, Quotation, SpeechAct, Stage, Stance, Status,
};
use crate::entity::{Entity, Place};
use crate::span::Span;

/// A calendar date, `YYYY-MM-DD` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Day(#[schemars(with = "String", regex(pattern = r"^-?\d{4,6}-\d{2}-\d{2}$"))] pub Date);

/// Any record; in JSON Lines the key `record` names the kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// Who did what to whom.
    Event(Box<Event>),
    /// Who takes which position, in whose words.
    Statement(Box<Statement>),
    /// A mediation, negotiation or ceasefire as it unfolds.
    Initiative(Box<Initiative>),
}

impl Record {
    /// The record's id.
    pub fn id(&self) -> &str {
        match self {
            Self::Event(event) => &event.id,
            Self::Statement(statement) => &statement.id,
            Self::Initiative(initiative) => &initiative.id,
        }
    }
}

/// An event in PLOVER's sense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `document#eN`.
    pub id: String,
    /// The document's id.
    pub document: String,
    /// First day.
    pub date: Option<Day>,
    /// Last day, where it differs.
    pub enddate: Option<Day>,
    /// How exact the date is.
    pub date_precision: Option<DatePrecision>,
    /// Exactly one event type.
    pub event: Vec<EventType>,
    /// Modes of that event.
    pub mode: Vec<Mode>,
    /// Contexts.
    pub context: Vec<Context>,
    /// Who did it.
    pub actor: Vec<Entity>,
    /// To whom.
    pub recipient: Vec<Entity>,
    /// Where.
    pub event_loc: Option<Place>,
    /// Quad class of the event.
    pub quad_code: Option<QuadCode>,
    /// PLOVER's cooperation-conflict score, -10 to +10.
    pub event_scale: Option<f64>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Goldstein value of the CAMEO code, -10 to +10.
    pub goldstein: Option<f64>,
    /// How real it is.
    pub status: Status,
    /// Whose claim it is; empty for the report's own voice.
    pub attributed_to: Vec<Entity>,
    /// What a speech act speaks of.
    pub content: Option<Content>,
    /// Deaths.
    pub dead: Option<u64>,
    /// Wounded.
    pub injured: Option<u64>,
    /// Detained.
    pub arrested: Option<u64>,
    /// Size of a crowd or force.
    pub size: Option<u64>,
    /// All figures with their bounds.
    pub counts: Vec<Count>,
    /// 0 to 1.
    pub confidence: f64,
    /// The sentence.
    pub text: String,
    /// The sentence's place in characters.
    pub text_info: TextInfo,
    /// Which bytes each field came from.
    pub evidence: EventEvidence,
    /// Other sentences that tell the same happening.
    pub witness: Vec<Witness>,
    /// What decided the code.
    pub why: Why,
    /// The document.
    pub cite_info: CiteInfo,
}

/// What a speech act speaks of; never a record of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Content {
    /// Exactly one event type.
    pub event: Vec<EventType>,
    /// Its modes.
    pub mode: Vec<Mode>,
    /// Who would do it; entities carry their own span.
    pub actor: Vec<Entity>,
    /// To whom.
    pub recipient: Vec<Entity>,
    /// Its standing.
    pub status: ContentStatus,
    /// The words that name it.
    pub trigger: Span,
    /// What it speaks of in turn.
    pub content: Option<Box<Content>>,
}

/// A figure with its bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// What is counted.
    pub kind: CountKind,
    /// Lower bound.
    pub low: u64,
    /// Upper bound; `null` when open ("at least a dozen").
    pub high: Option<u64>,
    /// As written.
    pub text: String,
}

/// Place of a record's sentence, in characters of the decoded text (PLOVER's convention).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextInfo {
    /// Number of the sentence in its document, from 1; 0 is a separate title.
    pub sequence: usize,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Which bytes of the input each field of an event came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventEvidence {
    /// Title or text.
    pub field: Field,
    /// The sentence.
    pub sentence: Span,
    /// The words that name the event.
    pub trigger: Span,
    /// One span an actor.
    pub actor: Vec<Span>,
    /// One span a recipient.
    pub recipient: Vec<Span>,
    /// The place name.
    pub place: Option<Span>,
    /// The time expression.
    pub date: Option<Span>,
    /// One span a source.
    pub attributed_to: Vec<Span>,
    /// One span a figure.
    pub counts: Vec<Span>,
}

/// Another sentence of the same document that tells the same happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Witness {
    /// The sentence.
    pub sentence: Span,
    /// The words that name the event there.
    pub trigger: Span,
}

/// Enough to find the line of data that decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// Frame, as `file/frame`.
    pub frame: Option<String>,
    /// Relations through which the arguments were reached.
    pub path: String,
    /// Frame, classifier, or both.
    pub by: DecidedBy,
    /// The classifier's three most probable labels; empty where it was not asked.
    pub vote: Vec<Vote>,
    /// How the actors were resolved.
    pub resolved: Vec<String>,
    /// What pronouns and later descriptions among its participants take up; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub antecedents: Vec<Antecedent>,
    /// The record of the other kind made by the same words.
    pub same_as: Option<String>,
    /// Version of the language model.
    pub model: String,
    /// Version of the data files.
    pub data: String,
}

/// What a pronoun or a later description takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Antecedent {
    /// The pronoun or description, as `evidence` has it.
    pub mention: Span,
    /// The phrase that says who it is.
    pub of: Span,
}

/// What the classifier gives for one label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Vote {
    /// An event, or `NONE`.
    pub event: String,
    /// Its probability, to two decimals.
    pub p: f64,
}

/// The document a record is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CiteInfo {
    /// Address.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// Publisher.
    pub publication: Option<String>,
    /// Genre of the document.
    pub genre: Option<String>,
    /// The program.
    pub coder: String,
    /// Its version.
    pub version: String,
}

/// Who takes which position on which issue, in whose words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// `document#sN`.
    pub id: String,
    /// The document's id.
    pub document: String,
    /// Day of the statement.
    pub date: Option<Day>,
    /// How exact the date is.
    pub date_precision: Option<DatePrecision>,
    /// Who speaks.
    pub speaker: Vec<Entity>,
    /// To whom.
    pub audience: Vec<Entity>,
    /// What the speaker does.
    pub act: SpeechAct,
    /// For or against the issue.
    pub stance: Stance,
    /// On what.
    pub issue: Vec<Issue>,
    /// Whom it is about.
    pub toward: Vec<Entity>,
    /// What is said, as written.
    pub proposition: String,
    /// How it is reported.
    pub quotation: Quotation,
    /// Words that soften it.
    pub hedge: Vec<String>,
    /// How real it is.
    pub status: Status,
    /// 0 to 1.
    pub confidence: f64,
    /// The sentence.
    pub text: String,
    /// The sentence's place in characters.
    pub text_info: TextInfo,
    /// Which bytes each field came from.
    pub evidence: StatementEvidence,
    /// What decided.
    pub why: Why,
    /// The document.
    pub cite_info: CiteInfo,
}

/// Which bytes of the input each field of a statement came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatementEvidence {
    /// Title or text.
    pub field: Field,
    /// The sentence.
    pub sentence: Span,
    /// The words that introduce it.
    pub cue: Span,
    /// One span a speaker.
    pub speaker: Vec<Span>,
    /// One span an audience.
    pub audience: Vec<Span>,
    /// What is said.
    pub proposition: Span,
    /// One span an entity it is about.
    pub toward: Vec<Span>,
}

/// A mediation, negotiation, ceasefire or peace plan across the sentences of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Initiative {
    /// `document#iN`.
    pub id: String,
    /// The document's id.
    pub document: String,
    /// What it is.
    pub kind: InitiativeKind,
    /// The parties to the conflict.
    pub party: Vec<Entity>,
    /// Who mediates.
    pub mediator: Vec<Entity>,
    /// Who lends the place.
    pub host: Vec<Entity>,
    /// Where.
    pub venue: Option<Place>,
    /// Which conflict.
    pub conflict: Option<Conflict>,
    /// The last stage reached.
    pub stage: Stage,
    /// Every stage with its record.
    pub stages: Vec<StageMark>,
    /// Which bytes each field came from.
    pub evidence: InitiativeEvidence,
    /// 0 to 1.
    pub confidence: f64,
    /// What decided.
    pub why: Why,
    /// The document.
    pub cite_info: CiteInfo,
}

/// A conflict and its sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// As the report names it, or built from its sides.
    pub name: String,
    /// Its sides.
    pub code: Vec<Code>,
}

/// A stage of an initiative and the record that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StageMark {
    /// The stage.
    pub stage: Stage,
    /// Id of the record.
    pub record: Option<String>,
    /// The sentence.
    pub sentence: Span,
}

/// Which bytes of the input each field of an initiative came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InitiativeEvidence {
    /// The sentences.
    pub sentence: Vec<Span>,
    /// One span a mediator.
    pub mediator: Vec<Span>,
    /// One span a party.
    pub party: Vec<Span>,
    /// The venue.
    pub venue: Option<Span>,
    /// The conflict's name.
    pub conflict: Option<Span>,
}
