//! Whether an act stands as an event: who takes part in it, and whether a noun alone tells it.

use demarche_language::{Relation, Upos};
use demarche_record::{EventType, Sector};
use demarche_world::{Actor, ActorKind};

use super::first_person::is_first_person;
use super::reader::Reader;
use super::{Act, Participant};
use crate::frames::{Class, PatternKind};
use crate::status::{self, Reality};

impl<'a> Reader<'a> {
    /// Whether the act stands as an event.
    pub(super) fn event_of(&self, act: &Act<'a>) -> Result<(), &'static str> {
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
        if self.described(act) {
            return Err("a participle that describes someone, not told as happening");
        }
        self.between_parties(act, event)?;
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

    /// Whether the trigger is a participle before its noun ("the captured president"): a state that someone is in.
    fn described(&self, act: &Act<'a>) -> bool {
        act.kind == PatternKind::Verb && self.sentence.tokens[act.head].relation == Relation::Amod
    }

    /// Whether the act is one between parties that politics knows, and not private life.
    fn between_parties(&self, act: &Act<'a>, event: EventType) -> Result<(), &'static str> {
        let everyone = || act.actors.iter().chain(&act.recipients);
        // A name that nothing is known of is someone in politics where its sentence speaks of some country or office.
        let named = |p: &Participant<'a>| {
            matches!(p.actor.kind, ActorKind::Unknown | ActorKind::Person | ActorKind::Organisation)
                && !is_first_person(self.sentence, p.token)
                && (p.actor.name.is_some() || p.actor.kind == ActorKind::Organisation)
        };
        let deeds = [EventType::ASSAULT, EventType::COERCE, EventType::PROTEST, EventType::SANCTION];
        let lawful =
            self.coding.frame(act).is_some_and(|f| f.contexts.iter().any(|context| context.as_str() == "legal"));
        let crowd = [EventType::PROTEST, EventType::ASSAULT].contains(&event);
        let public =
            everyone().any(|p| has_standing(p.actor)) || !crowd && everyone().any(named) && self.speaks_of_politics();
        if !public {
            // Those who march, are killed or are put on trial are private persons more often than not; what private persons do
            // to one another is no matter of states.
            let suffered = deeds.contains(&event) || lawful;
            let stranger = |p: &Participant<'a>| {
                is_first_person(self.sentence, p.token)
                    || matches!(p.actor.kind, ActorKind::Unknown | ActorKind::Person) && p.actor.code.is_none()
            };
            if !suffered || act.actors.iter().any(stranger) || !everyone().any(|p| self.is_told(p)) {
                return Err("no country, government, armed group, office or other public body takes part");
            }
        }
        let press =
            |p: &&Participant<'a>| !p.actor.sectors.is_empty() && p.actor.sectors.iter().all(|s| *s == Sector::Jrn);
        if event == EventType::CONSULT && act.class == Class::Meet {
            let others = act.actors.iter().filter(|p| !press(p)).count();
            if others < 2 && others < act.actors.len() {
                return Err("an interview");
            }
        }
        // Who travels on nobody's behalf visits no government.
        let visit = event == EventType::CONSULT && act.class == Class::Act;
        if visit && !act.actors.iter().any(|p| has_standing(p.actor) || self.has_honorific(p)) {
            return Err("a journey of nobody in office");
        }
        if visit && !act.recipients.is_empty() && !act.recipients.iter().any(|p| has_standing(p.actor) || named(p)) {
            return Err("a visit to no country or body");
        }
        Ok(())
    }

    /// Whether any word of the sentence stands for a party of its own right.
    fn speaks_of_politics(&self) -> bool {
        (0..self.sentence.tokens.len()).any(|token| {
            let actors = self.cast.actors(self.index, token);
            actors.iter().any(|actor| has_standing(actor) && actor.kind != ActorKind::Place)
        })
    }

    /// Whether a participant is more than "he": someone whom a noun or name tells.
    fn is_told(&self, p: &Participant<'a>) -> bool {
        !is_first_person(self.sentence, p.token)
            && (p.actor.code.is_some()
                || p.actor.name.is_some()
                || self.sentence.tokens.get(p.token).is_some_and(|token| token.upos != Upos::Pron))
    }

    /// Whether a name stands with a title, as news gives it to those in office.
    fn has_honorific(&self, p: &Participant<'a>) -> bool {
        self.sentence.tokens.get(p.actor.tokens.0).is_some_and(|token| {
            matches!(token.form.as_str(), "Mr." | "Mr" | "Mrs." | "Mrs" | "Ms." | "Ms" | "Dr." | "Sir")
        })
    }

    /// Whether a noun without a verb of its own tells a happening: it names who did it, and nothing around it says
    /// that it is wanted, feared, typical or hypothetical.
    pub(super) fn mention_stands(&self, act: &Act<'a>) -> bool {
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
        let fact = matches!(act.reality, Reality::Fact | Reality::Progress);
        if !fact && !self.coding.support.occurring.contains(&governed_by) {
            return false;
        }
        // "will raise it during his visit": the visit is to come, too.
        let during = matches!(self.grammar.preposition(act.head).as_str(), "during" | "at" | "in");
        let awaited = token.head.filter(|_| token.relation == Relation::Obl && during).is_some_and(|verb| {
            s.tokens[verb].upos == Upos::Verb
                && !matches!(status::reality(s, verb), Reality::Fact | Reality::Progress | Reality::Negated)
        });
        if awaited {
            return false;
        }
        match token.relation {
            Relation::Obj | Relation::Obl | Relation::Nmod => !self.coding.support.unreal.contains(&governed_by),
            Relation::NsubjPass => !self.coding.support.undone.contains(&governed_by),
            _ => true,
        }
    }
}

/// Whether an actor is a party of its own right: a country, a body or group, someone with an office or a public role.
pub(super) fn has_standing(actor: &Actor) -> bool {
    let public = |s: &Sector| {
        !matches!(
            s,
            Sector::Agr
                | Sector::Bus
                | Sector::Cvl
                | Sector::Edu
                | Sector::Jrn
                | Sector::Med
                | Sector::Rel
                | Sector::Unk
        )
    };
    let private = !actor.sectors.is_empty() && !actor.sectors.iter().any(public);
    match actor.kind {
        ActorKind::Country | ActorKind::Seat | ActorKind::Body | ActorKind::Group => true,
        ActorKind::Organisation => {
            !private && (actor.code.is_some() || actor.id.is_some() || !actor.sectors.is_empty())
        }
        ActorKind::Place | ActorKind::People => actor.code.is_some(),
        ActorKind::Person => actor.office.is_some() || actor.code.is_some() && !private,
        ActorKind::Role => actor.sectors.iter().any(public) || actor.code.is_some() && !actor.by_context(),
        ActorKind::Unknown => actor.code.is_some() || actor.sectors.iter().any(public),
    }
}
