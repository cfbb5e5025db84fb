//! Which acts of a sentence stand as records of their own, and why the others do not.

use std::collections::HashMap;

use demarche_language::{Relation, TokenId, Upos, Xpos};
use demarche_record::{EventType, Sector, Status};
use demarche_world::ActorKind;

use super::attribution::telling;
use super::compose::same;
use super::first_person::is_first_person;
use super::reader::Reader;
use super::{Act, Participant};
use crate::frames::{Class, PatternKind, SpeakerOf};
use crate::status::Reality;

/// Factor on the confidence of an act named by a noun alone.
const MENTION: f32 = 0.75;
/// Factor on the confidence of an act under a gerund or other clause that does not assert it.
const UNASSERTED: f32 = 0.8;

/// A trigger that gave no record, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrecorded {
    /// Head word of the trigger.
    pub head: TokenId,
    /// Frame.
    pub frame: usize,
    /// Why there is no record.
    pub reason: &'static str,
}

/// What a sentence gives.
#[derive(Clone, Debug, Default)]
pub struct Selected<'a> {
    /// Acts that stand as events, in text order.
    pub events: Vec<Act<'a>>,
    /// Speech acts and attitudes, events or not, for statements.
    pub speech: Vec<Act<'a>>,
    /// Everything else.
    pub unrecorded: Vec<Unrecorded>,
}

impl<'a> Reader<'a> {
    /// Reads all acts of the sentence and decides which stand.
    pub fn select(&self) -> Selected<'a> {
        let mut out = Selected::default();
        let mut acts: Vec<Act<'a>> = Vec::new();
        for head in self.heads() {
            match self.act_at(head, 0) {
                Some(act) => acts.push(act),
                None => {
                    if let Some(trigger) = self.triggers_at(head).first() {
                        let reason = self.build(trigger, 0).err().unwrap_or("a longer trigger stands here");
                        out.unrecorded.push(Unrecorded { head, frame: trigger.frame, reason });
                    }
                }
            }
        }
        let taken = self.taken(&acts);
        let speaking: Vec<TokenId> = acts
            .iter()
            .filter(|act| act.kind == PatternKind::Noun && self.coding.frames.frames[act.frame].act.is_some())
            .map(|act| act.head)
            .collect();
        // Cues of speech that is no fact, or that another act speaks of.
        let mut passed: Vec<TokenId> = taken.keys().copied().collect();
        for mut act in acts {
            let (head, frame) = (act.head, act.frame);
            let mut drop = |reason: &'static str| out.unrecorded.push(Unrecorded { head, frame, reason });
            if let Some(reason) = taken.get(&head) {
                drop(reason);
                continue;
            }
            act.speakers = self.speakers_over(head);
            if act.speakers.is_empty() {
                act.speakers = self.quoted();
            }
            // What one does by speaking is no claim of one's own.
            let own = !act.actors.is_empty() && act.actors.iter().all(|p| is_first_person(self.sentence, p.token));
            if own && !Self::is_deed(&act) {
                act.speakers.clear();
            }
            let framed = &self.coding.frames.frames[frame];
            if act.actors.is_empty() && framed.speaker == Some(SpeakerOf::Meeting) && self.speaks_of_meeting() {
                act.actors.clone_from(&self.meeting);
                for p in &mut act.actors {
                    "the parties of the meeting".clone_into(&mut p.path);
                }
            }
            if act.actors.is_empty() {
                act.actors = self.speaker_told(&act);
            }
            let act = match self.settle(act) {
                Ok(act) => act,
                Err(reason) => {
                    passed.push(head);
                    drop(reason);
                    continue;
                }
            };
            let lends = act.class == Class::Say
                && act.topics.iter().any(|topic| speaking.contains(topic) && self.support_verb(*topic).is_some());
            if lends {
                drop("lends its speaker to the noun that it governs");
                continue;
            }
            let bare = self.is_mention(&act) && !self.mention_stands(&act);
            let speaks =
                !bare && framed.act.is_some() || matches!(act.class, Class::Request | Class::Threaten | Class::Promise);
            if speaks && (!act.topics.is_empty() || telling(self.sentence, &act, self.told).is_some()) {
                out.speech.push(act.clone());
            }
            match self.event_of(&act) {
                Ok(()) => out.events.push(act),
                Err(reason) if !speaks || act.event.is_some() => drop(reason),
                Err(_) => {}
            }
        }
        let reported = self.reported(&out.speech, &passed);
        out.speech.extend(reported);
        self.one_utterance(&mut out.speech);
        out.events = self.merge(out.events);
        out
    }

    /// One utterance is one statement: what a speaker does in the first person goes before the bare report of it, and
    /// that report before sayings told within it.
    fn one_utterance(&self, speech: &mut Vec<Act<'a>>) {
        let within: Vec<(usize, usize)> = (0..speech.len())
            .filter(|&outer| speech[outer].class == Class::Say && !speech[outer].by_outlet())
            .flat_map(|outer| {
                let said = self.said_by(&speech[outer]);
                let inner: Vec<usize> = (0..speech.len())
                    .filter(|&inner| {
                        inner != outer && said.contains(&speech[inner].head) && !said.contains(&speech[outer].head)
                    })
                    .collect();
                inner.into_iter().map(move |inner| (outer, inner)).collect::<Vec<_>>()
            })
            .collect();
        let mut gone: Vec<usize> = Vec::new();
        for (outer, inner) in within {
            let own = speech[inner].actors.iter().all(|p| is_first_person(self.sentence, p.token));
            if own && speech[inner].class != Class::Say {
                gone.push(outer);
            } else if speech[inner].class == Class::Say {
                gone.push(inner);
            }
        }
        let mut at = 0;
        speech.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }

    /// Whether the sentence reports a meeting ("The focus of the discussions was ...").
    fn speaks_of_meeting(&self) -> bool {
        !self.meeting.is_empty()
            && self.heads().iter().any(|&head| {
                self.triggers_at(head).iter().any(|trigger| {
                    trigger.kind == PatternKind::Noun && self.coding.frames.frames[trigger.frame].class == Class::Meet
                })
            })
    }

    /// Triggers that belong to another act: its words, what it speaks of, or what it says does not take place.
    fn taken(&self, acts: &[Act<'a>]) -> HashMap<TokenId, &'static str> {
        let mut taken = HashMap::new();
        for act in acts {
            for &word in act.words.iter().filter(|&&word| word != act.head) {
                taken.insert(word, "part of another trigger");
            }
            let transparent =
                matches!(act.class, Class::Say | Class::Aspect) || (act.class == Class::Plan && act.event.is_none());
            if let Some((content, _)) = &act.content
                && !transparent
                && content.head != act.head
            {
                for head in self.spoken_of(act) {
                    taken.entry(head).or_insert("spoken of by another act");
                }
                for head in content.heads() {
                    taken.entry(head).or_insert(match act.class {
                        Class::Fail => "said not to have taken place",
                        Class::Deny => "denied",
                        Class::Effort => "only tried, needed or made possible",
                        _ => "spoken of by another act",
                    });
                }
            }
        }
        taken
    }

    /// Triggers in what a speech act speaks of, but for those in finite clauses of their own.
    fn spoken_of(&self, act: &Act<'a>) -> Vec<TokenId> {
        if matches!(act.class, Class::Fail | Class::Effort | Class::Cease | Class::Act | Class::Meet | Class::Fight) {
            return Vec::new();
        }
        let s = self.sentence;
        let mut out = Vec::new();
        let mut open: Vec<TokenId> = act.topics.iter().copied().filter(|&topic| topic != act.head).collect();
        while let Some(at) = open.pop() {
            out.push(at);
            // What is welcomed or condemned may be told as a fact in a clause of its own; what is asked for or threatened not.
            let factual = matches!(act.class, Class::Accuse | Class::Support | Class::Attitude | Class::Deny);
            let inner = s.dependents(at).iter().copied().filter(|&d| {
                if !factual {
                    return true;
                }
                !matches!(s.tokens[d].relation, Relation::AclRelcl | Relation::AdvclRelcl | Relation::Parataxis)
            });
            open.extend(inner.filter(|d| !act.words.contains(d)));
        }
        out
    }

    /// Puts the act into its reality: announced deeds become promises or threats, others keep a status or fall.
    fn settle(&self, act: Act<'a>) -> Result<Act<'a>, &'static str> {
        let deed = Self::is_deed(&act);
        if self.mere_infinitive(&act) && !self.performative(&act) {
            return Err("an infinitive that names a purpose or intention, not a fact");
        }
        let excluded = self.coding.frames.frames[act.frame].class == Class::Exclude;
        match act.reality {
            Reality::Fact => Ok(act),
            Reality::Progress => Ok(Act { status: Status::Ongoing, ..act }),
            Reality::Negated | Reality::Refused if excluded => Ok(Act { status: Status::Conditional, ..act }),
            Reality::Refused if deed => Ok(self.announced(act, Class::Refuse)),
            Reality::Negated | Reality::Refused => Ok(Act { status: Status::Negated, ..act }),
            Reality::Future | Reality::Would if deed => Ok(self.announced(act, Class::Plan)),
            Reality::Future => Ok(Act { status: Status::Planned, ..act }),
            Reality::Would => Ok(Act { status: Status::Conditional, ..act }),
            Reality::Obligation if deed && !act.speakers.is_empty() => {
                let speakers = std::mem::take(&mut { act.speakers.clone() });
                let mut outer = self.announced(act, Class::Request);
                let addressed: Vec<_> =
                    outer.actors.iter().filter(|p| !speakers.iter().any(|s| same(s, p))).cloned().collect();
                if !addressed.is_empty() {
                    outer.recipients = addressed;
                }
                outer.actors = speakers;
                outer.speakers = Vec::new();
                Ok(outer)
            }
            Reality::Obligation => Err("said to be an obligation, not done"),
            Reality::Possible => Err("only a possibility"),
            Reality::Condition => Err("a condition, not a fact"),
            Reality::Question => Err("only asked about"),
        }
    }

    /// Whether the act stands as an event.
    fn event_of(&self, act: &Act<'a>) -> Result<(), &'static str> {
        let Some(event) = act.event else {
            return Err("its frame has no event");
        };
        if act.actors.is_empty() && act.recipients.is_empty() {
            return Err("no actor and no recipient was found");
        }
        let verbal = act.class != Class::Act && act.class != Class::Meet && act.class != Class::Fight;
        // "Twelve people were arrested": nobody is named who did it.
        let agentless = [EventType::ASSAULT, EventType::COERCE].contains(&event)
            || act.kind == PatternKind::Noun
            || (act.kind == PatternKind::Verb && self.grammar.passive(act.head));
        if act.actors.is_empty() && (verbal || !agentless) {
            return Err("no actor was found");
        }
        // Those who march or are killed are civilians more often than not; elsewhere "people" are nobody in particular.
        let civilians = [EventType::PROTEST, EventType::ASSAULT, EventType::COERCE].contains(&event);
        let plain = |p: &Participant<'a>| {
            civilians
                && p.actor.kind == ActorKind::Role
                && self.sentence.tokens.get(p.token).is_some_and(|token| token.upos != Upos::Pron)
        };
        if !act.actors.iter().chain(&act.recipients).any(|p| self.is_known(p) || plain(p)) {
            return Err("nobody in it is known by name, country or political role");
        }
        let empty = act.content.is_none() && act.topics.is_empty() && act.recipients.is_empty();
        if act.class == Class::Promise && empty && act.words.len() == 1 {
            return Err("to what is agreed is not said");
        }
        if matches!(act.class, Class::Meet) && act.actors.len() < 2 && self.is_mention(act) {
            return Err("a meeting of whom is not said");
        }
        if self.is_mention(act) && !self.mention_stands(act) {
            return Err("only mentioned: the noun is not said to have taken place");
        }
        Ok(())
    }

    /// Whether a participant is more than "he" or "some people": it has a country, an id, a name or a political role, or
    /// speaks in the first person.
    fn is_known(&self, p: &Participant<'a>) -> bool {
        let actor = p.actor;
        actor.code.is_some()
            || actor.id.is_some()
            || actor.name.is_some()
            || matches!(actor.kind, ActorKind::Unknown | ActorKind::Organisation | ActorKind::Group | ActorKind::Body)
            || actor.sectors.iter().any(|s| !matches!(s, Sector::Cvl | Sector::Unk))
            || is_first_person(self.sentence, p.token)
    }

    /// Whether a noun without a verb of its own tells a happening: it names who did it, and nothing around it says
    /// that it is wanted, feared, typical or hypothetical.
    fn mention_stands(&self, act: &Act<'a>) -> bool {
        let s = self.sentence;
        let token = &s.tokens[act.head];
        if act.actors.is_empty() {
            // "The detention of a journalist drew criticism": whose deed it was is not said, but it was done.
            let definite =
                s.dependents_by(act.head, Relation::Det).any(|d| s.tokens[d].form.eq_ignore_ascii_case("the"));
            return definite
                && !act.recipients.is_empty()
                && matches!(token.relation, Relation::Nsubj | Relation::NsubjPass);
        }
        // A speech act named by a noun tells one only with what it asks or to whom ("at the request of the branch").
        let speech = !matches!(act.class, Class::Act | Class::Meet | Class::Fight | Class::Cease);
        if speech && act.content.is_none() && act.recipients.is_empty() && act.topics.is_empty() {
            return false;
        }
        // "This collaboration" speaks of what was told before.
        let back = s
            .dependents_by(act.head, Relation::Det)
            .any(|d| matches!(s.tokens[d].lemma.to_lowercase().as_str(), "this" | "these" | "such" | "that"));
        if back && act.class != Class::Meet {
            return false;
        }
        let hypothetical = s.dependents(act.head).iter().any(|&d| {
            matches!(
                s.tokens[d].lemma.to_lowercase().as_str(),
                "any"
                    | "no"
                    | "possible"
                    | "potential"
                    | "future"
                    | "further"
                    | "more"
                    | "planned"
                    | "proposed"
                    | "such"
                    | "alleged"
            )
        });
        if hypothetical {
            return false;
        }
        let governed_by = token.head.map(|h| s.tokens[h].lemma.to_lowercase()).unwrap_or_default();
        match token.relation {
            Relation::Obj | Relation::Obl | Relation::Nmod => !self.coding.support.unreal.contains(&governed_by),
            Relation::NsubjPass => !self.coding.support.undone.contains(&governed_by),
            _ => true,
        }
    }

    /// Joins acts of one sentence that tell one happening: the same event, and participants that do not disagree.
    fn merge(&self, acts: Vec<Act<'a>>) -> Vec<Act<'a>> {
        let mut out: Vec<Act<'a>> = Vec::new();
        for mut act in acts {
            if act.kind == PatternKind::Noun {
                act.confidence *= MENTION.max(UNASSERTED);
            }
            let agree = |a: &[Participant<'_>], b: &[Participant<'_>]| {
                a.is_empty() || b.is_empty() || a.iter().any(|x| b.iter().any(|y| same(x, y)))
            };
            let known = out.iter_mut().find(|known| {
                known.event == act.event
                    && known.status == act.status
                    && known.content.is_none()
                    && act.content.is_none()
                    && agree(&known.actors, &act.actors)
                    && (agree(&known.recipients, &act.recipients) || self.results(known, &act))
            });
            match known {
                Some(known) => {
                    if known.actors.is_empty() {
                        known.actors = act.actors;
                    }
                    known.also.push(act.head);
                    for p in act.recipients {
                        if !known.recipients.iter().any(|other| same(other, &p)) {
                            known.recipients.push(p);
                        }
                    }
                    for mode in act.modes {
                        if !known.modes.contains(&mode) {
                            known.modes.push(mode);
                        }
                    }
                    known.confidence = known.confidence.max(act.confidence);
                }
                None => out.push(act),
            }
        }
        out
    }

    /// Whether the second act tells what came of the first ("attacked a convoy, killing three soldiers").
    fn results(&self, first: &Act<'a>, second: &Act<'a>) -> bool {
        let token = &self.sentence.tokens[second.head];
        token.relation == Relation::Advcl
            && token.xpos == Xpos::Vbg
            && token.head.is_some_and(|h| first.words.contains(&h))
    }
}
