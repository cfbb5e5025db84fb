//! Whose claim an act is: the speaker of what is said around it, as the language room finds it.

use demarche_language::{SpeakerMention, TokenId};
use demarche_record::Status;

use super::reader::Reader;
use super::{Act, Participant};
use crate::frames::{Class, PatternKind, Trigger};
use crate::grammar::Argument;
use crate::status::Reality;

/// The frame of "according to", which is no verb.
const ACCORDING_TO: &str = "say/according-to";
/// How many speakers may be sought within one another.
const MAX_SEEKING: u8 = 2;

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

    /// What the sentence reports "according to" someone, as a speech act of the frame that says so.
    pub(super) fn according_to(&self) -> Option<Act<'a>> {
        let s = self.sentence;
        let frame = self.coding.frames.frames.iter().position(|frame| frame.id == ACCORDING_TO)?;
        let (cue, mention) = self
            .told
            .iter()
            .filter_map(|told| Some((told.cue.as_ref()?, told.speaker?)))
            .find(|(cue, _)| s.tokens[cue.head].form.eq_ignore_ascii_case("according"))?;
        let source = mention.head;
        let topic = s.tokens[source].head?;
        let actors = self.mentioned(mention, "according to");
        if actors.is_empty() {
            return None;
        }
        let words = cue.words.clone();
        Some(Act {
            frame,
            head: source,
            words,
            also: Vec::new(),
            kind: PatternKind::Verb,
            class: Class::Say,
            event: None,
            modes: Vec::new(),
            cameo: None,
            actors,
            recipients: Vec::new(),
            content: None,
            topics: vec![topic],
            reality: Reality::Fact,
            status: Status::Happened,
            speakers: Vec::new(),
            confidence: 0.8,
        })
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
        let path = if self.sentence.tokens[cue.head].form.eq_ignore_ascii_case("according") {
            "according to"
        } else {
            "speaker"
        };
        self.mentioned(mention, path)
    }
}
