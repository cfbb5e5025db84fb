//! An act in its reality: what is only announced becomes the promise or threat of it, what is asked for or possible falls.

use demarche_language::{Relation, TokenId, Upos, Xpos};
use demarche_record::{EventType, Status};

use super::Act;
use super::compose::same;
use super::first_person::is_first_person;
use super::reader::Reader;
use crate::frames::{Class, PatternKind};
use crate::status::Reality;

impl<'a> Reader<'a> {
    /// Puts the act into its reality: announced deeds become promises or threats, others keep a status or fall.
    pub(super) fn settle(&self, act: Act<'a>) -> Result<Act<'a>, &'static str> {
        let deed = Self::is_deed(&act);
        // "The attack would not derail the talks": what is said of the verb is not said of the noun that it governs.
        if act.reality != Reality::Fact && self.is_mention(&act) && !self.said_to_occur(&act) {
            return Err("only mentioned: what is said of its verb is not said of it");
        }
        if self.mere_infinitive(&act) && !self.performative(&act) {
            return Err("an infinitive that names a purpose or intention, not a fact");
        }
        let excluded = self.coding.frame(&act).is_some_and(|frame| frame.class == Class::Exclude);
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

    /// Whether the noun's verb tells whether it took place ("talks will begin").
    fn said_to_occur(&self, act: &Act<'a>) -> bool {
        let s = self.sentence;
        let token = &s.tokens[act.head];
        match token.head {
            Some(verb) if s.tokens[verb].upos == Upos::Verb => {
                self.coding.support.occurring.contains(&s.tokens[verb].lemma.to_lowercase())
            }
            _ => true,
        }
    }

    /// Whether the trigger is an infinitive that only names a purpose or intention ("met to discuss", "a plan to bomb").
    pub(super) fn mere_infinitive(&self, act: &Act<'a>) -> bool {
        let s = self.sentence;
        let token = &s.tokens[act.head];
        if act.kind == PatternKind::Noun || token.xpos != Xpos::Vb {
            return false;
        }
        if !s.dependents_by(act.head, Relation::Mark).any(|m| s.tokens[m].form.eq_ignore_ascii_case("to")) {
            // A bare infinitive coordinated with one under "to".
            return token.relation == Relation::Conj
                && token.head.is_some_and(|h| {
                    s.dependents_by(h, Relation::Mark).any(|m| s.tokens[m].form.eq_ignore_ascii_case("to"))
                        && !self.implied_by(h)
                });
        }
        !self.implied_by(act.head)
    }

    /// Whether the word above an infinitive says that it was done ("began to", "managed to", "forced to").
    fn implied_by(&self, infinitive: TokenId) -> bool {
        self.sentence.tokens[infinitive].head.is_some_and(|governor| {
            self.triggers_at(governor)
                .iter()
                .any(|trigger| self.coding.frames.frames[trigger.frame].class == Class::Aspect)
        })
    }

    /// Whether the infinitive does what it says ("I want to thank Norway").
    pub(super) fn performative(&self, act: &Act<'a>) -> bool {
        let s = self.sentence;
        let speech = matches!(act.class, Class::Support | Class::Accuse | Class::Request | Class::Attitude);
        speech
            && s.tokens[act.head].head.is_some_and(|governor| {
                let lemma = s.tokens[governor].lemma.to_lowercase();
                // "called to congratulate", "wrote to thank": who calls says it.
                matches!(lemma.as_str(), "call" | "phone" | "telephone" | "write") && act.class == Class::Support
                    || matches!(lemma.as_str(), "want" | "like" | "wish")
                        && s.dependents_by(governor, Relation::Nsubj).any(|subject| is_first_person(s, subject))
            })
    }

    /// A deed that is only announced becomes the promise or threat of it, with the deed as its content.
    pub(super) fn announced(&self, act: Act<'a>, class: Class) -> Act<'a> {
        let spoken = act.event.map(|event| (event, act.modes.as_slice()));
        let composed = self.composed(class, spoken).filter(|composed| composed.event.is_some());
        let conditional = act.reality == Reality::Would;
        let Some(composed) = composed else {
            let status = if conditional { Status::Conditional } else { Status::Planned };
            return Act { status, ..act };
        };
        let demanded = class == Class::Request;
        let deed = act.clone();
        let outer = Act {
            event: composed.event,
            modes: composed.modes,
            cameo: composed.cameo,
            class,
            status: if conditional { Status::Conditional } else { Status::Happened },
            topics: vec![act.head],
            content: None,
            ..act
        };
        let standing = if class == Class::Refuse {
            demarche_record::ContentStatus::Negated
        } else if demanded {
            demarche_record::ContentStatus::Demanded
        } else if conditional {
            demarche_record::ContentStatus::Conditional
        } else {
            demarche_record::ContentStatus::Planned
        };
        Act { content: Some((Box::new(deed), standing)), ..outer }
    }

    /// Whether a planned deed of this type has a verbal counterpart.
    pub(super) fn is_deed(act: &Act<'a>) -> bool {
        matches!(act.class, Class::Act | Class::Meet | Class::Fight | Class::Cease | Class::Support)
            && act.event.is_some_and(|event| {
                ![EventType::REQUEST, EventType::ACCUSE, EventType::REJECT, EventType::THREATEN].contains(&event)
            })
    }
}
