//! Which names of a text are mentions of places, and the places they stand for.

use std::collections::HashMap;

use demarche_language::{EntityKind, Relation, TokenId};
use demarche_record::TextRange;

use super::Located;
use super::home::Home;
use super::names::{Name, Text};
use super::resolve::{Context, Decision, resolve};
use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::phrase;
use crate::scan::{Match, top_of};
use crate::world::World;
use demarche_index::entries::{NamedKind, Referent};

/// The names of a document, each with what it was taken for.
pub(crate) struct Toponyms {
    names: Vec<Name>,
    decisions: Vec<Option<Decision>>,
    /// What all of them together say.
    pub(crate) context: Context,
    /// Position by sentence and first token.
    at: HashMap<(usize, TokenId), usize>,
    /// First position of each sentence; one more at the end.
    starts: Vec<usize>,
}

impl Toponyms {
    /// Gathers and decides the names of a document.
    pub(crate) fn of(text: Text<'_>, home: Home, beside: Option<&Context>) -> Self {
        let names = text.names(&[]);
        let (decisions, context) = resolve(text.world, &names, home, beside);
        let at = names.iter().enumerate().map(|(number, name)| ((name.at, name.first), number)).collect();
        let starts = (0..=text.sentences.len()).map(|at| names.partition_point(|name| name.at < at)).collect();
        Self { names, decisions, context, at, starts }
    }

    /// The places of given mentions, in their order, whatever the text around takes them for.
    pub(crate) fn of_given(text: Text<'_>, home: Home, given: &[TextRange]) -> Vec<Located> {
        let names = text.names(given);
        let (decisions, _) = resolve(text.world, &names, home, None);
        let mut out: Vec<Located> = given.iter().map(|&range| Located::unresolved(range)).collect();
        for (name, decision) in names.iter().zip(&decisions) {
            if let Some(place) = name.given.and_then(|number| out.get_mut(number)) {
                *place = text.world.decided(name, decision.as_ref());
            }
        }
        out
    }

    fn of_sentence(&self, at: usize) -> std::ops::Range<usize> {
        let start = |at: usize| self.starts.get(at).copied().unwrap_or(self.names.len());
        start(at)..start(at + 1)
    }
}

impl World {
    /// What a name was taken for, as a place; unresolved where nothing was decided.
    fn decided(&self, name: &Name, decision: Option<&Decision>) -> Located {
        let located = decision.and_then(|decision| Some((decision, self.located(decision.referent)?)));
        let mut out = match located {
            Some((decision, mut place)) => {
                place.confidence = decision.confidence;
                place.supported = decision.supported;
                place.by_container = decision.by_container;
                place
            }
            None => Located::unresolved(name.range),
        };
        out.range = name.range;
        out.tokens = (name.first, name.end);
        out
    }
}

impl Builder<'_> {
    /// The places of a sentence in text order, each with the token that heads it.
    pub(crate) fn places(&self, at: usize) -> Vec<(TokenId, Located)> {
        let mut out: Vec<(TokenId, Located)> = Vec::new();
        for number in self.toponyms.of_sentence(at) {
            let name = &self.toponyms.names[number];
            let found = self.scans[at].match_at(name.first);
            let found = found.filter(|found| (found.first, found.end) == (name.first, name.end));
            if let Some(found) = found {
                out.extend(self.place(at, found).map(|place| (found.top, place)));
            } else {
                // Names of places that no table holds are kept as written.
                let top = top_of(&self.sentences[at], name.first, name.end);
                out.push((top, self.world.decided(name, self.toponyms.decisions[number].as_ref())));
            }
        }
        out
    }

    /// The place a name stands for, if it names one.
    pub(crate) fn place(&self, at: usize, found: &Match) -> Option<Located> {
        let readings = self.scans[at].readings(found);
        let number = *self.toponyms.at.get(&(at, found.first))?;
        let name = &self.toponyms.names[number];
        if name.adjective || (name.first, name.end) != (found.first, found.end) {
            return None;
        }
        let sentence = &self.sentences[at];
        let entity = sentence.entity_at(found.first);
        let sure = |reading: Option<&Referent>| matches!(reading, Some(Referent::Country(..)));
        // A group or organisation that bears a town's name, or a part of a longer name.
        let inside_name = entity.is_some_and(|entity| {
            entity.kind == EntityKind::Organisation && entity.end - entity.first > found.end - found.first
        });
        // A town is only what the language model also takes for a name of its own: "March", "Tank", "Police" are not.
        let stray = entity.is_none()
            && !matches!(readings.first(), Some(Referent::Country(..) | Referent::Named(_) | Referent::Region(_)));
        let hinted = || {
            phrase::preposition(sentence, found.top)
                .is_some_and(|word| matches!(word.as_str(), "in" | "at" | "near" | "from" | "to" | "of"))
                && found.end - found.first > 1
        };
        if stray && !hinted() || inside_name && !sure(readings.first()) {
            return None;
        }
        let place = self.world.decided(name, self.toponyms.decisions[number].as_ref());
        // The name of a person, unless the report speaks of that place's country.
        let person = entity.is_some_and(|entity| entity.kind == EntityKind::Person);
        let seat = matches!(readings.first(), Some(Referent::Named(named)) if self.world.named(*named).kind == NamedKind::Seat);
        if person && !place.supported && !sure(readings.first()) && !seat {
            return None;
        }
        if place.name.is_none() && entity.is_none_or(|entity| entity.kind != EntityKind::Place) {
            return None;
        }
        Some(place)
    }

    /// The place that a name is taken for beside the other names of the document, though it be part of a longer name.
    pub(crate) fn read_as_place(&self, at: usize, found: &Match) -> Option<Located> {
        let number = *self.toponyms.at.get(&(at, found.first))?;
        let name = &self.toponyms.names[number];
        let place = self.world.decided(name, self.toponyms.decisions[number].as_ref());
        Some(place).filter(|place| name.end == found.end && place.name.is_some())
    }

    /// A place as an actor: of its country, and not itself acting.
    pub(crate) fn place_actor(&self, at: usize, found: &Match) -> Option<Actor> {
        let place = self.place(at, found)?;
        place.name.as_ref()?;
        let mut actor = Actor::new(ActorKind::Place, "place", place.confidence * 0.9);
        actor.code = place.country_code.and_then(|code| self.world.country(code)).map(|country| country.acts_as);
        actor.canonical = place.name;
        actor.can_act = false;
        // Some places speak ("Benghazi said"): only as subject of a verb may one act.
        if matches!(self.sentences[at].tokens[found.top].relation, Relation::Nsubj) {
            actor.can_act = actor.code.is_some();
        }
        Some(actor)
    }
}
