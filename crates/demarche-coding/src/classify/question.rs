//! What the classifier is asked of a document: who does what to whom, in the words of which sentence.

use demarche_language::{Sentence, TokenId};
use demarche_record::{EventType, Field, Mode, Status};

use crate::Coding;
use crate::acts::{Act, Participant, Unframed, is_first_person};
use crate::records::{Part, Reading, SpeechOf};

/// Tokens `first..end` of a sentence.
pub type Tokens = (TokenId, TokenId);

/// A trigger with its actors and recipients.
#[derive(Clone, Debug)]
pub struct Question {
    /// Title or text.
    pub field: Field,
    /// Number of the sentence in its part.
    pub index: usize,
    /// Words of the trigger.
    pub trigger: Vec<TokenId>,
    /// Who does it.
    pub actors: Vec<Tokens>,
    /// To whom.
    pub recipients: Vec<Tokens>,
    /// How surely these were resolved, 0 to 1.
    pub resolved: f32,
    /// What a frame says of it, if one does.
    pub told: Option<Told>,
}

/// What a frame says of a trigger.
#[derive(Clone, Debug)]
pub struct Told {
    /// Event.
    pub event: EventType,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Frame, as `file/frame`.
    pub frame: String,
    /// Status of the record.
    pub status: Status,
    /// The frame's confidence.
    pub confidence: f32,
}

impl Coding {
    /// All questions of a document: sentence by sentence the acts that frames tell, then predicates without frame.
    pub fn questions(&self, parts: &[Part<'_>]) -> Vec<Question> {
        let speech = SpeechOf::parts(self, parts);
        let mut out = Vec::new();
        for reading in Reading::all(self, parts, &speech) {
            out.extend(reading.selected.events.iter().filter_map(|act| of_act(self, &reading, act)));
            out.extend(reading.unframed().iter().map(|found| of_unframed(&reading, found)));
        }
        out
    }
}

/// The question whether an act that a frame tells is one.
pub(super) fn of_act(coding: &Coding, reading: &Reading<'_>, act: &Act<'_>) -> Option<Question> {
    let sentence = reading.sentence();
    Some(Question {
        field: reading.part.field,
        index: reading.index,
        trigger: act.words.clone(),
        actors: tokens(sentence, &act.actors),
        recipients: tokens(sentence, &act.recipients),
        resolved: resolved(&act.actors, &act.recipients),
        told: Some(Told {
            event: act.event?,
            modes: act.modes.clone(),
            frame: coding.frame(act)?.id.clone(),
            status: act.status,
            confidence: act.confidence,
        }),
    })
}

/// The question whether a predicate that no frame knows is an act.
pub(super) fn of_unframed(reading: &Reading<'_>, found: &Unframed<'_>) -> Question {
    let sentence = reading.sentence();
    Question {
        field: reading.part.field,
        index: reading.index,
        trigger: vec![found.head],
        actors: tokens(sentence, &found.actors),
        recipients: tokens(sentence, &found.recipients),
        resolved: resolved(&found.actors, &found.recipients),
        told: None,
    }
}

/// How surely the participants of an act were resolved.
pub(super) fn resolved(actors: &[Participant<'_>], recipients: &[Participant<'_>]) -> f32 {
    actors.iter().chain(recipients).map(|p| p.actor.confidence.clamp(0.5, 1.0).sqrt()).product()
}

/// Words of participants in the sentence; those of a meeting or a speaker that another sentence names have none here.
fn tokens(sentence: &Sentence, participants: &[Participant<'_>]) -> Vec<Tokens> {
    participants
        .iter()
        .filter_map(|p| {
            let (first, end) = p.actor.tokens;
            let here = sentence.range.start <= p.actor.range.start && p.actor.range.end <= sentence.range.end;
            if here && (first..end).contains(&p.token) {
                return Some((first, end));
            }
            // A pronoun of the first person is marked, not whom it stands for.
            (here || is_first_person(sentence, p.token)).then_some((p.token, p.token + 1))
        })
        .collect()
}
