//! Which acts of a sentence stand as records of their own, and why the others do not.

use std::collections::HashMap;

use demarche_language::{Relation, TokenId, Xpos};
use demarche_record::{EventType, Status};

use super::attribution::telling;
use super::compose::same;
use super::first_person::is_first_person;
use super::reader::Reader;
use super::standing::has_standing;
use super::{Act, Participant};
use crate::frames::{Class, PatternKind, SpeakerOf, Trigger};
use crate::grammar::Argument;

/// The frame of what is said to be someone's duty.
const OBLIGATION: &str = "request/obligation";
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
    /// Words that belong to another act, in text order: part of its trigger, or what it speaks of.
    pub taken: Vec<TokenId>,
}

impl<'a> Reader<'a> {
    /// Reads all acts of the sentence and decides which stand.
    pub fn select(&self) -> Selected<'a> {
        let mut out = Selected::default();
        let mut acts: Vec<Act<'a>> = Vec::new();
        let mut idle: Vec<(TokenId, usize)> = Vec::new();
        for head in self.heads() {
            match self.act_at(head, 0) {
                Some(act) => acts.push(act),
                None => {
                    if let Some(trigger) = self.triggers_at(head).first() {
                        let reason = self.build(trigger, 0).err().unwrap_or("a longer trigger stands here");
                        out.unrecorded.push(Unrecorded { head, frame: trigger.frame, reason });
                        idle.push((head, trigger.frame));
                    }
                }
            }
        }
        let mut taken = self.taken(&acts);
        for &(head, frame) in &idle {
            for inner in self.spoken_of_idly(head, frame) {
                taken.entry(inner).or_insert("spoken of by another act");
            }
        }
        out.taken = taken.keys().copied().collect();
        out.taken.sort_unstable();
        let speaking: Vec<TokenId> = acts
            .iter()
            .filter(|act| {
                act.kind == PatternKind::Noun && self.coding.frame(act).is_some_and(|frame| frame.act.is_some())
            })
            .map(|act| act.head)
            .collect();
        // Cues of speech that is no fact, or that another act speaks of.
        let mut passed: Vec<TokenId> = taken.keys().copied().collect();
        for mut act in acts {
            let (head, Some(frame)) = (act.head, act.frame) else { continue };
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
        let obliged: Vec<Act<'a>> = out.speech.iter().flat_map(|act| self.obliged(act, &out.events)).collect();
        out.events.extend(obliged);
        let reported = self.reported(&out.speech, &passed);
        out.speech.extend(reported);
        self.one_utterance(&mut out.speech);
        out.events = self.merge(out.events);
        out
    }

    /// Acts that an accusation speaks of which gave no record itself ("suspects accused of planning to bomb").
    fn spoken_of_idly(&self, head: TokenId, frame: usize) -> Vec<TokenId> {
        let accuses = self.coding.frames.frames[frame].class == Class::Accuse;
        let verbal = |trigger: &&Trigger| trigger.frame == frame && trigger.kind == PatternKind::Verb;
        let trigger = self.triggers_at(head).iter().find(verbal).filter(|_| accuses);
        let content = trigger.and_then(|trigger| self.content(trigger, &self.coding.frames.frames[frame], 0).1);
        content.map(|act| act.heads()).unwrap_or_default()
    }

    /// What a speaker says that another must do asks it of them ("said that Mali must answer").
    fn obliged(&self, said: &Act<'a>, known: &[Act<'a>]) -> Vec<Act<'a>> {
        let s = self.sentence;
        let Some(frame) = self.coding.frames.frames.iter().position(|frame| frame.id == OBLIGATION) else {
            return Vec::new();
        };
        let speaks = said.class == Class::Say && !said.by_outlet() && said.status == Status::Happened;
        if !speaks || !said.actors.iter().any(|p| has_standing(p.actor)) {
            return Vec::new();
        }
        let mut out = Vec::new();
        for &topic in &said.topics {
            let must =
                s.dependents_by(topic, Relation::Aux).find(|&aux| s.tokens[aux].form.eq_ignore_ascii_case("must"));
            let subjects: Vec<Argument> = s
                .dependents_by(topic, Relation::Nsubj)
                .map(|subject| Argument { token: subject, path: "subject of what must be done".to_owned() })
                .collect();
            let Some(must) = must.filter(|_| !known.iter().any(|act| act.head == topic)) else { continue };
            let mut recipients = self.participants(&subjects, false);
            recipients.retain(|p| has_standing(p.actor) && !said.actors.iter().any(|a| same(a, p)));
            if recipients.is_empty() {
                continue;
            }
            let cameo = self.coding.frames.frames[frame].cameo.clone();
            out.push(Act {
                frame: Some(frame),
                head: topic,
                words: vec![must, topic],
                class: Class::Request,
                event: Some(EventType::REQUEST),
                modes: Vec::new(),
                cameo,
                recipients,
                content: None,
                topics: vec![topic],
                confidence: said.confidence * self.coding.frames.frames[frame].confidence,
                ..said.clone()
            });
        }
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
    pub(super) fn spoken_of(&self, act: &Act<'a>) -> Vec<TokenId> {
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
