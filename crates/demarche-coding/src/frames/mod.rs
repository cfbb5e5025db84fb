//! Frames: which words name an act, where its arguments stand, and what it is coded as. All of it is data.
//!
//! A frame file is TOML: an optional `event` for the whole file and a list of `[[frame]]`. The guide (`docs/frames.md`)
//! explains every key. Each frame carries example sentences with their coding and near-misses; they run as tests.

mod entry;
mod example;
mod index;
mod inflection;
mod load;
mod pattern;
mod slot;
#[cfg(test)]
mod tests;

use demarche_record::{Context, EventType, InitiativeKind, Mode, SpeechAct, Stage, Stance};
use serde::Deserialize;

pub use crate::files::{FrameError, Position};
pub use example::{Example, ExampleError, Expected, ExpectedActor, NearMiss};
pub use index::{Lexicon, Trigger};
pub use inflection::Inflection;
pub use load::FrameSet;
pub use pattern::{Pattern, PatternKind};
pub use slot::Slot;

/// How an act composes with the act it speaks of, and how its participants are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A deed: actor does it to recipient.
    Act,
    /// Participants do it together; all are actors (a meeting).
    Meet,
    /// Two-sided fighting; all fighters are actors.
    Fight,
    /// Asks for an act.
    Request,
    /// Agrees, offers, promises, is ready to.
    Promise,
    /// Plans, intends: an act only through what is planned.
    Plan,
    /// Refuses, rejects.
    Refuse,
    /// Threatens, warns.
    Threaten,
    /// Accuses, condemns, blames.
    Accuse,
    /// Reports; what is said is attributed to the speaker.
    Say,
    /// Denies what is said.
    Deny,
    /// Backs, praises, welcomes.
    Support,
    /// Ends an act ("halted the bombing").
    Cease,
    /// Transparent: begins, continues, manages to.
    Aspect,
    /// Tried, made possible, needed: transparent too, but the act is not told as done.
    Effort,
    /// The act does not take place ("failed to").
    Fail,
    /// Rules out.
    Exclude,
    /// Takes a position without doing anything to anyone: a statement only.
    Attitude,
}

/// What a frame asks of its arguments before it fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Requirement {
    /// Some actor must be found.
    Actor,
    /// Some recipient must be found.
    Recipient,
    /// An act must be found in its content.
    Content,
    /// Actor or recipient must be found.
    Participant,
}

/// Sets an initiative going or forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitiativeMark {
    /// Its kind.
    pub kind: InitiativeKind,
    /// The stage it reaches when the act happens.
    pub stage: Stage,
}

/// Who speaks where no actor of the frame's own is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerOf {
    /// The parties of the meeting that the sentence reports.
    Meeting,
}

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// `file/name`, unique.
    pub id: String,
    /// Whose it is: 0 for the program's own, then a user's in the order given. Of the same words the frame of the highest layer goes
    /// first.
    pub layer: usize,
    /// Where it stands.
    pub position: Position,
    /// How it composes.
    pub class: Class,
    /// What it is coded as; `None` for statements alone and for transparent classes.
    pub event: Option<EventType>,
    /// Modes it always has.
    pub modes: Vec<Mode>,
    /// Contexts it always has.
    pub contexts: Vec<Context>,
    /// CAMEO code where the frame tells more than event and mode.
    pub cameo: Option<String>,
    /// What its speaker does, for statements.
    pub act: Option<SpeechAct>,
    /// Its stance toward the issue.
    pub stance: Option<Stance>,
    /// The words that name it.
    pub patterns: Vec<Pattern>,
    /// Where its actor stands, in order of preference.
    pub actor: Vec<Slot>,
    /// Where its recipient stands.
    pub recipient: Vec<Slot>,
    /// Where the act it speaks of stands.
    pub content: Vec<Slot>,
    /// What must be found.
    pub require: Vec<Requirement>,
    /// Lemmas one of which its logical object must have.
    pub object: Vec<String>,
    /// Lemmas its logical object may not have.
    pub object_not: Vec<String>,
    /// Lemmas its logical subject may not have.
    pub subject_not: Vec<String>,
    /// Lemmas none of which may stand in the sentence.
    pub unless: Vec<String>,
    /// Lemmas one of which must stand in the sentence.
    pub given: Vec<String>,
    /// Lemmas one of which its logical subject must have.
    pub subject: Vec<String>,
    /// Who speaks where no actor of its own is found.
    pub speaker: Option<SpeakerOf>,
    /// What it does for an initiative.
    pub initiative: Option<InitiativeMark>,
    /// Multiplies the confidence of its records, 0 to 1.
    pub confidence: f32,
    /// Sentences that must be coded, with their coding.
    pub codes: Vec<Example>,
    /// Sentences in which it must not fire.
    pub not: Vec<NearMiss>,
}
