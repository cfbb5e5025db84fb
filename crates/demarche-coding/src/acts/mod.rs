//! Acts: triggers with their arguments, composed with the acts they speak of.
//!
//! `reader` finds the act that a word heads; `slots` its arguments; `compose` what it becomes with its content;
//! `said` what the text reports as said, `attribution` whose claim an act is; `settle` puts it into
//! its reality; `standing` says whether it is an event, `select` which acts of a sentence become records.

mod attribution;
mod compose;
mod concerned;
mod cued;
mod first_person;
mod reader;
mod said;
mod select;
mod settle;
mod slots;
mod standing;
mod unframed;

use demarche_language::TokenId;
use demarche_record::{ContentStatus, EventType, Mode, Sector, Status};
use demarche_world::Actor;

use crate::frames::{Class, PatternKind};
use crate::status::Reality;

pub use attribution::{QUOTATION, telling};
pub use compose::same;
pub use first_person::{FirstPerson, is_first_person};
pub use reader::Reader;
pub use said::Said;
pub use select::{Selected, Unrecorded};
pub use unframed::Unframed;

/// Someone taking part in an act.
#[derive(Clone, Debug)]
pub struct Participant<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// Head word of the mention.
    pub token: TokenId,
    /// Relations from the trigger to the mention.
    pub path: String,
    /// Whether found only inside another phrase ("the Chilean decision").
    pub loose: bool,
}

impl Participant<'_> {
    /// Whether no slot of the frame named them: found in what the act speaks of.
    pub fn is_concerned(&self) -> bool {
        self.path.ends_with(concerned::CONCERNED)
    }
}

/// An act as read from one sentence.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// Index of the frame; `None` for an act that no frame tells.
    pub frame: Option<usize>,
    /// Head word of the trigger.
    pub head: TokenId,
    /// All words of the trigger.
    pub words: Vec<TokenId>,
    /// Heads of other triggers of the sentence that tell the same happening.
    pub also: Vec<TokenId>,
    /// Part of speech of the trigger.
    pub kind: PatternKind,
    /// How it composes.
    pub class: Class,
    /// What it is coded as; `None` for statements alone.
    pub event: Option<EventType>,
    /// Its modes.
    pub modes: Vec<Mode>,
    /// CAMEO code, where known beyond event and mode.
    pub cameo: Option<String>,
    /// Who does it.
    pub actors: Vec<Participant<'a>>,
    /// To whom.
    pub recipients: Vec<Participant<'a>>,
    /// What it speaks of.
    pub content: Option<(Box<Act<'a>>, ContentStatus)>,
    /// Head words of what it speaks of, known as an act or not.
    pub topics: Vec<TokenId>,
    /// What the grammar says of its reality.
    pub reality: Reality,
    /// The record's status.
    pub status: Status,
    /// Whose claim it is.
    pub speakers: Vec<Participant<'a>>,
    /// 0 to 1.
    pub confidence: f32,
}

impl Act<'_> {
    /// Whether only media do it: an outlet that reports takes no position of its own.
    pub fn by_outlet(&self) -> bool {
        self.actors.iter().all(|p| p.actor.sectors == [Sector::Jrn])
    }

    /// Heads of this act and of all acts within it.
    pub fn heads(&self) -> Vec<TokenId> {
        let mut out = self.words.clone();
        out.push(self.head);
        let mut inner = self.content.as_ref();
        while let Some((act, _)) = inner {
            out.extend_from_slice(&act.words);
            out.push(act.head);
            inner = act.content.as_ref();
        }
        out
    }
}
