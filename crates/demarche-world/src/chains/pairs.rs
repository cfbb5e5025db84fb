//! Who the two are: "both nations", "the two sides", "the two ministers".

use demarche_language::{Relation, TokenId};
use demarche_record::{Code, Sector};

use super::{Mention, PAIR_REACH, is_state};
use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::entries::{Role, RoleKind};
use crate::sectors;

impl Builder<'_> {
    /// The two that "both" or "the two" stands for, by the noun it stands with.
    pub(super) fn pair_for(&self, at: usize, head: TokenId, role: Role<'_>) -> Option<Vec<Actor>> {
        let lemma = self.sentences[at].tokens[head].lemma.to_lowercase();
        if matches!(lemma.as_str(), "side" | "party" | "group" | "faction" | "camp") {
            return self.pair_of_actors(at, head);
        }
        if role.sectors.is_empty() && !role.same {
            return is_state(&lemma).then(|| self.pair_of_countries(at, head)).flatten();
        }
        if matches!(role.kind, RoleKind::Office | RoleKind::Person) {
            let people = self
                .recent_groups(at, head)
                .find(|group| group.len() == 2 && group.iter().all(|actor| actor.kind == ActorKind::Person));
            if let Some(people) = people {
                return Some(people.to_vec());
            }
        }
        let pair = self.pair_of_countries(at, head)?;
        Some(
            pair.into_iter()
                .map(|owner| {
                    let mut actor = Actor::new(ActorKind::Role, "role of country", owner.confidence * 0.9);
                    actor.code = owner.code;
                    actor.sectors = sectors::compose(role, &[], Some(&owner), false);
                    actor.canonical.clone_from(&owner.canonical);
                    actor
                })
                .collect(),
        )
    }

    fn recent_groups(&self, at: usize, head: TokenId) -> impl Iterator<Item = &[Actor]> {
        self.recent(at, PAIR_REACH)
            .iter()
            .rev()
            .filter(move |mention| (mention.at, mention.head) < (at, head))
            .map(|mention| mention.group.as_slice())
            .filter(|group| group.len() > 1)
    }

    /// The last two actors named together, else the last two countries.
    pub(super) fn pair_of_actors(&self, at: usize, head: TokenId) -> Option<Vec<Actor>> {
        let together = |reach| {
            let here = self.recent(at, reach).iter().rev().filter(|mention| (mention.at, mention.head) < (at, head));
            let mut groups = here.map(|mention| &mention.group);
            groups.find(|group| group.len() == 2).cloned()
        };
        // Two that the sentence itself names before go before those named together in an earlier one.
        if let Some(pair) = together(0).or_else(|| self.two_at_odds(at, head)).or_else(|| together(PAIR_REACH)) {
            return Some(pair);
        }
        // Whoever acts in the nearest sentence that names two.
        for back in 0..=PAIR_REACH.min(at) {
            let mut found: Vec<&Actor> = Vec::new();
            for mention in self
                .recent(at - back, 0)
                .iter()
                .filter(|mention| (back > 0 || mention.head < head) && !mention.embedded())
            {
                for actor in
                    mention.actors.iter().filter(|actor| actor.code.is_some() && actor.kind != ActorKind::Place)
                {
                    if !found.iter().any(|known| known.code == actor.code) {
                        found.push(actor);
                    }
                }
            }
            if found.len() == 2 {
                return Some(found.into_iter().cloned().collect());
            }
        }
        self.pair_of_countries(at, head)
    }

    /// The subject and the one it acts on in the clause above: "Israel struck militants from Gaza since both sides agreed".
    fn two_at_odds(&self, at: usize, head: TokenId) -> Option<Vec<Actor>> {
        let tokens = &self.sentences[at].tokens;
        let mut clause = tokens[head].head?;
        for _ in 0..tokens.len() {
            let (relation, above) = (tokens[clause].relation, tokens[clause].head?);
            if relation == Relation::Advcl {
                let below = |mention: &&Mention| {
                    mention.head < head && {
                        let mut up = tokens[mention.head].head;
                        (0..4).any(|_| {
                            let found = up == Some(above);
                            up = up.and_then(|token| tokens[token].head);
                            found
                        })
                    }
                };
                let here = self.recent(at, 0).iter().filter(below);
                let mut found: Vec<&Actor> = Vec::new();
                for actor in here.filter_map(|mention| mention.actors.first()) {
                    let party = actor.code.is_some() && actor.can_act && actor.kind != ActorKind::Place;
                    if party && found.iter().all(|known| known.code != actor.code) {
                        found.push(actor);
                    }
                }
                return (found.len() == 2).then(|| found.into_iter().cloned().collect());
            }
            clause = above;
        }
        None
    }

    /// The last two countries named together, as countries: those that act before those that are only spoken of.
    fn pair_of_countries(&self, at: usize, head: TokenId) -> Option<Vec<Actor>> {
        let pair = self.pair_of_states(at, head, true).or_else(|| self.pair_of_states(at, head, false))?;
        Some(pair.into_iter().map(|code| self.country_actor(code, "country name", 0.9)).collect())
    }

    fn pair_of_states(&self, at: usize, head: TokenId, acting: bool) -> Option<Vec<Code>> {
        // Rebels or residents of a country do not speak of the state.
        let state = |actor: &Actor| {
            matches!(actor.kind, ActorKind::Country | ActorKind::Seat) || actor.sectors.contains(&Sector::Gov)
        };
        let country = |actor: &Actor| actor.code.filter(|code| !code.is_international() && state(actor));
        let subject = matches!(self.sentences[at].tokens[head].relation, Relation::Nsubj | Relation::NsubjPass);
        let mut recent: Vec<Code> = Vec::new();
        for back in 0..=PAIR_REACH.min(at) {
            let here: Vec<&Mention> = self
                .recent(at - back, 0)
                .iter()
                .rev()
                .filter(|mention| (back > 0 || mention.head < head) && !mention.place)
                // "Georgia invited both countries": who invites is not invited.
                .filter(|mention| back > 0 || subject || !mention.subject())
                // "the Minsk agreements" do not speak of the state.
                .filter(|mention| {
                    !mention.embedded() || mention.actors.iter().all(|actor| actor.kind != ActorKind::Seat)
                })
                .collect();
            // Coordinated ones first: "Chad and Sudan".
            let together = here
                .iter()
                .map(|mention| distinct(mention.group.iter().filter_map(country)))
                .find(|codes| codes.len() == 2);
            if together.is_some() {
                return together;
            }
            let here: Vec<&Mention> = here.into_iter().filter(|mention| !acting || !mention.embedded()).collect();
            let codes = distinct(here.iter().rev().flat_map(|mention| &mention.actors).filter_map(country));
            if codes.len() == 2 {
                return Some(codes);
            }
            for mention in here {
                for code in mention.actors.iter().filter_map(country) {
                    if !recent.contains(&code) {
                        recent.push(code);
                    }
                }
            }
            if let [last, before, ..] = recent[..] {
                return Some(vec![before, last]);
            }
        }
        None
    }
}

fn distinct(codes: impl Iterator<Item = Code>) -> Vec<Code> {
    let mut out = Vec::new();
    for code in codes {
        if !out.contains(&code) {
            out.push(code);
        }
    }
    out
}
