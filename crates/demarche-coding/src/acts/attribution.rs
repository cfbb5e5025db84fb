//! Whose claim an act is: the subject of the reporting verb above it, or the source that "according to" names.

use demarche_language::{Relation, TokenId};
use demarche_record::Status;
use demarche_world::Actor;

use super::reader::Reader;
use super::{Act, Participant};
use crate::frames::{Class, PatternKind, Slot, Trigger};
use crate::status::Reality;

/// The frame of "according to", which is no verb.
const ACCORDING_TO: &str = "say/according-to";
/// How many speakers may be sought within one another.
const MAX_SEEKING: u8 = 2;
/// How far up the tree a reporting verb may stand.
const MAX_CLIMB: usize = 12;

impl<'a> Reader<'a> {
    /// The trigger of a reporting frame that the word heads.
    pub(super) fn saying(&self, head: TokenId) -> Option<&Trigger> {
        self.triggers_at(head)
            .iter()
            .find(|trigger| matches!(self.coding.frames.frames[trigger.frame].class, Class::Say | Class::Deny))
    }

    fn speakers_of(&self, trigger: &Trigger) -> Vec<Participant<'a>> {
        let frame = &self.coding.frames.frames[trigger.frame];
        for slot in &frame.actor {
            let found = self.participants(&self.fill(trigger, frame, slot), false);
            if !found.is_empty() {
                return found;
            }
        }
        self.participants(&self.fill(trigger, frame, &Slot::Subject), true)
    }

    /// Those whom the sentence introduces as speakers of what follows ("The minister said:").
    pub(super) fn introduces(&self) -> Vec<Actor> {
        let heads = self.heads();
        let trigger = heads.into_iter().rev().find_map(|head| self.saying(head));
        trigger
            .map(|trigger| self.speakers_of(trigger).into_iter().map(|p| p.actor.clone()).collect())
            .unwrap_or_default()
    }

    /// What the sentence reports "according to" someone, as a speech act of the frame that says so.
    pub(super) fn according_to(&self) -> Option<Act<'a>> {
        let s = self.sentence;
        let frame = self.coding.frames.frames.iter().position(|frame| frame.id == ACCORDING_TO)?;
        let case = (0..s.tokens.len())
            .find(|&t| s.tokens[t].form.eq_ignore_ascii_case("according") && s.tokens[t].relation == Relation::Case)?;
        let source = s.tokens[case].head?;
        let topic = s.tokens[source].head?;
        let argument = crate::grammar::Argument { token: source, path: "according to".into() };
        let actors = self.participants(&[argument], true);
        if actors.is_empty() {
            return None;
        }
        let mut words = vec![case];
        words.extend(s.dependents_by(case, Relation::Fixed));
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

    /// The nearest reporting verb above a word, if the word stands in what is reported.
    pub(super) fn reported_by(&self, token: TokenId) -> Option<&Trigger> {
        let s = self.sentence;
        let (mut at, mut below) = (token, token);
        for _ in 0..MAX_CLIMB {
            let head = s.tokens[at].head;
            // "..., the minister said": the reporting clause hangs on what is reported.
            let after = s
                .dependents_by(at, Relation::Parataxis)
                .filter(|&d| d != below)
                .find_map(|d| self.saying(d).filter(|_| self.grammar.clauses(d).is_empty()));
            if after.is_some() {
                return after;
            }
            let head = head?;
            if matches!(s.tokens[at].relation, Relation::Ccomp | Relation::Parataxis | Relation::Xcomp)
                && let Some(trigger) = self.saying(head)
            {
                return Some(trigger);
            }
            (below, at) = (at, head);
        }
        None
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
        if let Some(trigger) = self.reported_by(token) {
            return self.speakers_of(trigger);
        }
        let s = self.sentence;
        let mut at = token;
        for _ in 0..MAX_CLIMB {
            for d in s.dependents(at).iter().copied() {
                let according =
                    s.dependents_by(d, Relation::Case).any(|c| s.tokens[c].form.eq_ignore_ascii_case("according"));
                if according && !s.subtree(d).contains(&token) {
                    let source = crate::grammar::Argument { token: d, path: "according to".into() };
                    return self.participants(&[source], true);
                }
            }
            match s.tokens[at].head {
                Some(head) => at = head,
                None => break,
            }
        }
        Vec::new()
    }
}
