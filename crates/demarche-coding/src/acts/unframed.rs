//! What may be acts although no frame knows their words: predicates with someone who does and someone to whom.

use demarche_language::{Relation, TokenId, Upos};
use demarche_record::{EventType, Sector, Status};
use demarche_world::ActorKind;

use super::first_person::is_first_person;
use super::reader::Reader;
use super::{Act, Participant, Selected};
use crate::frames::{Class, PatternKind};
use crate::grammar::Argument;
use crate::status::{self, Reality};

/// Branches of one predicate that are asked about.
const BRANCHES: usize = 2;

/// A predicate without frame, and who stands around it.
#[derive(Clone, Debug)]
pub struct Unframed<'a> {
    /// The predicate.
    pub head: TokenId,
    /// Who may be doing it.
    pub actors: Vec<Participant<'a>>,
    /// To whom.
    pub recipients: Vec<Participant<'a>>,
}

impl<'a> Reader<'a> {
    /// Words that belong to the acts that frames tell: their triggers and the verbs around these, and what they speak of.
    pub fn covered(&self, selected: &Selected<'a>) -> Vec<TokenId> {
        let mut out = selected.taken.clone();
        for act in selected.events.iter().chain(&selected.speech) {
            out.extend(act.heads());
            out.extend(&act.also);
            if act.kind == PatternKind::Noun {
                out.extend(self.support_verb(act.head).map(|(verb, _)| verb));
            }
            // What is only reported stands for itself.
            if !matches!(act.class, Class::Say | Class::Aspect) {
                out.extend(self.spoken_of(act));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The act that a predicate without frame tells if it tells this event: what the grammar says of its reality must allow it.
    /// The event is that of the record, so an announced deed comes as the promise or threat it is.
    ///
    /// # Errors
    /// Why it does not stand.
    pub fn stand(&self, found: Unframed<'a>, event: EventType) -> Result<Act<'a>, &'static str> {
        let s = self.sentence;
        let token = s.tokens.get(found.head).ok_or("no such word")?;
        let reality = status::reality(s, found.head);
        let announces = [EventType::AGREE, EventType::CONCEDE, EventType::REJECT, EventType::THREATEN].contains(&event);
        let status = match reality {
            Reality::Fact => Status::Happened,
            Reality::Progress => Status::Ongoing,
            Reality::Future if announces => Status::Happened,
            Reality::Refused if event == EventType::REJECT => Status::Happened,
            Reality::Future => Status::Planned,
            Reality::Would => Status::Conditional,
            Reality::Negated | Reality::Refused => return Err("said not to take place"),
            Reality::Possible => return Err("only a possibility"),
            Reality::Obligation => return Err("said to be an obligation, not done"),
            Reality::Condition => return Err("a condition, not a fact"),
            Reality::Question => return Err("only asked about"),
        };
        let mut speakers = self.speakers_over(found.head);
        if speakers.is_empty() {
            speakers = self.quoted();
        }
        let mut modes = Vec::new();
        self.cued(event, found.head, &[found.head], &mut modes);
        let act = Act {
            frame: None,
            head: found.head,
            words: vec![found.head],
            also: Vec::new(),
            kind: if token.upos == Upos::Noun { PatternKind::Noun } else { PatternKind::Verb },
            class: class_of(event),
            event: Some(event),
            modes,
            cameo: None,
            actors: found.actors,
            recipients: found.recipients,
            content: None,
            topics: Vec::new(),
            reality,
            status,
            speakers,
            confidence: 0.0,
        };
        if self.mere_infinitive(&act) {
            return Err("an infinitive that names a purpose or intention, not a fact");
        }
        self.event_of(&act)?;
        Ok(act)
    }

    /// Predicates outside `covered` whose arguments are actors.
    pub fn unframed(&self, covered: &[TokenId]) -> Vec<Unframed<'a>> {
        let s = self.sentence;
        let mut out = Vec::new();
        for head in (0..s.tokens.len()).filter(|head| !covered.contains(head)) {
            match s.tokens[head].upos {
                Upos::Verb if !matches!(s.tokens[head].relation, Relation::Aux | Relation::AuxPass | Relation::Cop) => {
                    self.around_verb(head, &mut out);
                }
                Upos::Noun => self.around_noun(head, &mut out),
                _ => {}
            }
        }
        out.retain(|found| found.actors.iter().chain(&found.recipients).any(|p| self.is_known(p)));
        out
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

    fn around_verb(&self, verb: TokenId, out: &mut Vec<Unframed<'a>>) {
        let actors = self.who(&self.grammar.logical_subject(verb));
        let mut branches: Vec<Vec<Argument>> =
            vec![self.grammar.logical_object(verb), self.grammar.indirect_object(verb)];
        branches.extend(self.obliques(verb));
        for inner in self.grammar.clauses(verb) {
            if self.sentence.dependent(inner.token, &[Relation::Nsubj, Relation::NsubjPass]).is_none() {
                branches.push(self.grammar.logical_object(inner.token));
                branches.extend(self.obliques(inner.token));
            }
        }
        let mut asked = 0;
        for branch in branches {
            let mut recipients = self.who(&branch);
            recipients.retain(|r| !actors.iter().any(|a| a.token == r.token || a.actor.range == r.actor.range));
            if recipients.is_empty() || asked == BRANCHES {
                continue;
            }
            if actors.is_empty() && !self.grammar.passive(verb) {
                continue;
            }
            out.push(Unframed { head: verb, actors: actors.clone(), recipients });
            asked += 1;
        }
        if asked == 0 && !actors.is_empty() {
            out.push(Unframed { head: verb, actors, recipients: Vec::new() });
        }
    }

    fn around_noun(&self, noun: TokenId, out: &mut Vec<Unframed<'a>>) {
        let mut doing = self.grammar.oblique(noun, "by");
        doing.extend(self.grammar.possessors(noun));
        let actors = self.who(&doing);
        if actors.is_empty() || !self.cast.actors(self.index, noun).is_empty() {
            return;
        }
        for branch in self.obliques(noun) {
            let mut recipients = self.who(&branch);
            recipients.retain(|r| !actors.iter().any(|a| a.token == r.token || a.actor.range == r.actor.range));
            if !recipients.is_empty() {
                out.push(Unframed { head: noun, actors, recipients });
                return;
            }
        }
    }

    /// Prepositional phrases below a word, each an argument of its own.
    fn obliques(&self, head: TokenId) -> Vec<Vec<Argument>> {
        let s = self.sentence;
        let phrase = |&d: &TokenId| {
            matches!(s.tokens[d].relation, Relation::Obl | Relation::Nmod)
                && !matches!(self.grammar.preposition(d).as_str(), "by" | "since" | "after" | "before" | "during")
        };
        s.dependents(head)
            .iter()
            .copied()
            .filter(phrase)
            .map(|token| vec![Argument { token, path: format!("obl:{}", self.grammar.preposition(token)) }])
            .collect()
    }

    fn who(&self, arguments: &[Argument]) -> Vec<Participant<'a>> {
        let strict = self.participants(arguments, false);
        if strict.is_empty() { self.participants(arguments, true) } else { strict }
    }
}

/// How an act of this event composes.
fn class_of(event: EventType) -> Class {
    match event {
        EventType::REQUEST => Class::Request,
        EventType::ACCUSE => Class::Accuse,
        EventType::REJECT => Class::Refuse,
        EventType::THREATEN => Class::Threaten,
        EventType::AGREE => Class::Promise,
        EventType::SUPPORT => Class::Support,
        _ => Class::Act,
    }
}
