//! Whose claim an act is, and which act tells what is said: acts tied to the attributions that the language room finds.

use demarche_language::{Attribution, Relation, Sentence, SpeakerMention, TokenId, Upos, Xpos};
use demarche_record::{Quotation, Status};

use super::reader::Reader;
use super::{Act, Participant};
use crate::frames::{Class, PatternKind, Trigger};
use crate::grammar::Argument;
use crate::status::{self, Reality};

/// The frame of "according to", which is no verb.
const ACCORDING_TO: &str = "say/according-to";
/// The frame of words that are told as said by a verb of no frame.
pub const QUOTATION: &str = "say/quotation";
/// Confidence of what "according to" tells.
const REPORTED: f32 = 0.8;
/// Factor on it where no frame has the cue.
const WITHOUT_FRAME: f32 = 0.85;
/// How many speakers may be sought within one another.
const MAX_SEEKING: u8 = 2;

/// What an act tells as said: the attribution with its cue; of an act of saying else the one with its speaker and words.
pub fn telling<'t>(sentence: &Sentence, act: &Act<'_>, told: &'t [Attribution]) -> Option<&'t Attribution> {
    let cued = told.iter().find(|told| told.cue.as_ref().is_some_and(|cue| act.words.contains(&cue.head)));
    cued.or_else(|| {
        let says = matches!(act.class, Class::Say | Class::Deny);
        let mut same = told.iter().filter(|told| says && same_words(sentence, act, told));
        same.next()
    })
}

/// Whether an attribution has the speaker of an act and holds what the act speaks of.
fn same_words(sentence: &Sentence, act: &Act<'_>, told: &Attribution) -> bool {
    let speaks = told.speaker.is_some_and(|mention| act.actors.iter().any(|p| p.actor.range.overlaps(mention.range)));
    speaks && act.topics.iter().any(|&topic| told.holds(sentence.tokens[topic].range))
}

fn is_according(sentence: &Sentence, cue: TokenId) -> bool {
    sentence.tokens[cue].form.eq_ignore_ascii_case("according")
}

impl<'a> Reader<'a> {
    /// The trigger of a reporting frame that the word heads.
    pub(super) fn saying(&self, head: TokenId) -> Option<&Trigger> {
        self.triggers_at(head)
            .iter()
            .find(|trigger| matches!(self.coding.frames.frames[trigger.frame].class, Class::Say | Class::Deny))
    }

    /// Those whom the mention of a speaker stands for, those coordinated with it included.
    pub(super) fn mentioned(&self, mention: SpeakerMention, path: &str) -> Vec<Participant<'a>> {
        self.participants(&[Argument { token: mention.head, path: path.to_owned() }], true)
    }

    /// What the sentence tells as said and no speech act of a frame tells: "according to" someone, and the words that a verb
    /// of no frame introduces ("continued: ..."). `passed` are the cues that an act was read at and set aside.
    pub(super) fn reported(&self, speech: &[Act<'a>], passed: &[TokenId]) -> Vec<Act<'a>> {
        let s = self.sentence;
        let mut out = Vec::new();
        for told in self.told {
            let (Some(cue), Some(mention)) = (&told.cue, told.speaker) else { continue };
            let according = is_according(s, cue.head);
            let known = !according && (passed.contains(&cue.head) || speech.iter().any(|act| self.tells(act, told)));
            if mention.sentence != self.index || known || !(according || self.is_utterance(told, cue.head)) {
                continue;
            }
            let id = if according { ACCORDING_TO } else { QUOTATION };
            let Some(frame) = self.coding.frames.frames.iter().position(|frame| frame.id == id) else { continue };
            let actors = self.mentioned(mention, if according { "according to" } else { "speaker of the quotation" });
            if actors.is_empty() {
                continue;
            }
            let mut confidence = self.coding.frames.frames[frame].confidence * REPORTED;
            if !according {
                confidence *= WITHOUT_FRAME;
                for p in &actors {
                    confidence *= p.actor.confidence.clamp(0.5, 1.0).sqrt();
                }
            }
            let head = if according { mention.head } else { cue.head };
            let topics = if according { s.tokens[head].head.into_iter().collect() } else { self.uppermost(told) };
            out.push(Act {
                frame: Some(frame),
                head,
                words: cue.words.clone(),
                also: Vec::new(),
                kind: PatternKind::Verb,
                class: Class::Say,
                event: None,
                modes: Vec::new(),
                cameo: None,
                actors,
                recipients: Vec::new(),
                content: None,
                topics,
                reality: Reality::Fact,
                status: Status::Happened,
                speakers: Vec::new(),
                confidence,
            });
        }
        out
    }

    /// Whether the act is what tells an attribution: by its cue, or by the same speaker's words within it.
    fn tells(&self, act: &Act<'a>, told: &Attribution) -> bool {
        let cued = told.cue.as_ref().is_some_and(|cue| cue.words.iter().any(|word| act.words.contains(word)));
        cued || same_words(self.sentence, act, told)
    }

    /// Whether the cue tells something said, and not a label or an order: words of the speaker's own, or a clause with a subject.
    fn is_utterance(&self, told: &Attribution, cue: TokenId) -> bool {
        let s = self.sentence;
        if !matches!(status::reality(s, cue), Reality::Fact | Reality::Progress) {
            return false;
        }
        // "Asked whether he knew, the minister said": the participle's subject is not who asks.
        let passive = s.tokens[cue].xpos == Xpos::Vbn && s.dependent(cue, &[Relation::Aux]).is_none();
        let clause = !passive
            && self.uppermost(told).into_iter().any(|topic| {
                s.dependent(topic, &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter, Relation::Expl])
                    .is_some()
            });
        told.kind == Quotation::Direct || clause
    }

    /// Words of this sentence that head what is said.
    fn uppermost(&self, told: &Attribution) -> Vec<TokenId> {
        let s = self.sentence;
        let within = |token: TokenId| told.holds(s.tokens[token].range);
        (0..s.tokens.len())
            .filter(|&t| s.tokens[t].upos != Upos::Punct && within(t) && s.tokens[t].head.is_none_or(|h| !within(h)))
            .collect()
    }

    /// Words of this sentence that an act tells as said or speaks of.
    pub(super) fn said_by(&self, act: &Act<'a>) -> Vec<TokenId> {
        let s = self.sentence;
        let told: Vec<TokenId> = telling(s, act, self.told).map_or_else(Vec::new, |told| {
            (0..s.tokens.len()).filter(|&token| told.holds(s.tokens[token].range)).collect()
        });
        if told.is_empty() { act.topics.iter().flat_map(|&topic| s.subtree(topic)).collect() } else { told }
    }

    /// The speaker that the language room finds for an act of saying whose own clause names none.
    pub(super) fn speaker_told(&self, act: &Act<'a>) -> Vec<Participant<'a>> {
        let told = (act.class == Class::Say).then(|| telling(self.sentence, act, self.told)).flatten();
        let told = told.filter(|told| {
            let subject = told.speaker.and_then(|mention| self.sentence.tokens.get(mention.head));
            told.kind != Quotation::Indirect || subject.is_some_and(|subject| subject.relation == Relation::Nsubj)
        });
        let mention = told.and_then(|told| told.speaker).filter(|mention| mention.sentence == self.index);
        mention.map(|mention| self.mentioned(mention, "speaker of the quotation")).unwrap_or_default()
    }

    /// Whose words or claim the word stands in.
    pub(super) fn speakers_over(&self, token: TokenId) -> Vec<Participant<'a>> {
        if self.seeking.get() >= MAX_SEEKING {
            return Vec::new();
        }
        self.seeking.set(self.seeking.get() + 1);
        let found = self.seek_speakers(token);
        self.seeking.set(self.seeking.get() - 1);
        found
    }

    fn seek_speakers(&self, token: TokenId) -> Vec<Participant<'a>> {
        let range = self.sentence.tokens[token].range;
        // What one is asked to do or accused of is what those acts speak of; their frames see to it.
        let innermost = self
            .told
            .iter()
            .filter(|told| told.holds(range))
            .filter(|told| {
                told.cue.as_ref().is_some_and(|cue| {
                    !cue.words.contains(&token)
                        && (self.saying(cue.head).is_some() || self.triggers_at(cue.head).is_empty())
                })
            })
            .min_by_key(|told| told.extent().len());
        let Some((cue, mention)) = innermost.and_then(|told| Some((told.cue.as_ref()?, told.speaker?))) else {
            return Vec::new();
        };
        let path = if is_according(self.sentence, cue.head) { "according to" } else { "speaker" };
        self.mentioned(mention, path)
    }
}
