//! Which country stands near a phrase that names no owner: that of the scene, of the document, of who reports it, or the one
//! named nearest.

use demarche_language::{Relation, TokenId, Upos};
use demarche_record::{Code, Sector};

use crate::actor::Actor;
use crate::builder::Builder;
use crate::context::is_local;
use crate::entries::{CountryId, Referent, Role, RoleKind};
use crate::phrase;

/// Sectors of those who act for a state in its own country.
fn is_of_state(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Cop | Sector::Leg | Sector::Jud | Sector::Mil)
}

impl Builder<'_> {
    /// The country of the place where the deed of the clause was done, if the sentence names no other.
    pub(crate) fn scene(&self, at: usize, head: TokenId) -> Option<Code> {
        let sentence = &self.sentences[at];
        let country = self.only_country(at)?;
        let mut verb = sentence.tokens[head].head;
        for _ in 0..3 {
            let token = verb?;
            if matches!(sentence.tokens[token].upos, Upos::Verb | Upos::Aux) {
                break;
            }
            verb = sentence.tokens[token].head;
        }
        let is_place = |token: TokenId| {
            self.scans[at].match_at(token).is_some_and(|found| self.place(at, found).is_some())
                && phrase::preposition(sentence, token)
                    .is_some_and(|word| matches!(word.as_str(), "in" | "at" | "near" | "outside" | "across" | "around"))
        };
        let places = sentence.dependents_by(verb?, Relation::Obl).any(is_place);
        places.then(|| self.world.country_at(country).acts_as)
    }

    /// The country that stands out in the document, unless the sentence speaks of another.
    pub(crate) fn standing_out(&self, at: usize, role: Role<'_>) -> Option<Code> {
        let local = role.sectors.first().is_some_and(|&sector| is_local(sector));
        let country = self.main_country.or(self.single_country.filter(|_| local))?;
        let here = self.countries_of(at);
        let allowed = here.iter().all(|&other| other == country || Some(other) == self.author_country());
        allowed.then(|| self.world.country_at(country).acts_as)
    }

    /// The country of the body that reports what the phrase does: "Spain's interior ministry says police arrested seven men". In a
    /// report about no one country only, and only of those who act for a state at home.
    pub(crate) fn of_the_speaker(&self, at: usize, head: TokenId, role: Role<'_>) -> Option<Code> {
        let sentence = &self.sentences[at];
        let at_home = role.sectors.first().is_some_and(|&sector| is_of_state(sector));
        if self.main_country.is_some() || !at_home {
            return None;
        }
        let mut clause = head;
        for _ in 0..4 {
            let up = sentence.tokens[clause].head?;
            if sentence.tokens[clause].relation == Relation::Ccomp {
                let speaker = sentence.dependent(up, &[Relation::Nsubj])?;
                let spoken = self.recent(at, 0).iter().find(|mention| mention.head == speaker)?;
                let of_state = |actor: &&Actor| actor.sectors.iter().any(|&s| is_of_state(s) || s == Sector::Jrn);
                let code = spoken.actors.iter().find(of_state)?.code?;
                // Who speaks of another country speaks of that country's police.
                let own = self.world.country_id(code)?;
                let named = self.countries_of(at);
                let alone = named.first() == Some(&own) || named.is_empty();
                return (!code.is_international() && alone).then_some(code);
            }
            clause = up;
        }
        None
    }

    /// In a report about no one country, the only one that the sentence names, and not as a place; for a body, where the sentence
    /// names none, the only one that the sentence before names. Only of those who act for a state at home.
    pub(crate) fn nearest(&self, at: usize, role: Role<'_>) -> Option<Code> {
        let at_home = role.sectors.first().is_some_and(|&sector| is_of_state(sector) && sector != Sector::Mil);
        if self.main_country.is_some() || !at_home {
            return None;
        }
        let country = match self.countries_of(at)[..] {
            [country] => Some(country).filter(|&country| self.names_as_party(at, country)),
            [] if matches!(role.kind, RoleKind::Body | RoleKind::Group) => self.only_country(at.checked_sub(1)?),
            _ => None,
        }?;
        Some(self.world.country_at(country).acts_as)
    }

    /// Whether a sentence names a country by its name or adjective other than after a preposition of place.
    fn names_as_party(&self, at: usize, country: CountryId) -> bool {
        let sentence = &self.sentences[at];
        self.scans[at].matches.iter().any(|found| {
            matches!(self.choose(at, found), Some(Referent::Country(named, _)) if named == country)
                && !phrase::preposition(sentence, found.top).is_some_and(|word| {
                    matches!(word.as_str(), "in" | "at" | "near" | "outside" | "to" | "into" | "across" | "from")
                })
        })
    }

    pub(crate) fn only_country(&self, at: usize) -> Option<CountryId> {
        match self.countries_of(at)[..] {
            [country] => Some(country),
            _ => None,
        }
    }

    pub(crate) fn author_country(&self) -> Option<CountryId> {
        self.author.as_ref().and_then(|author| author.code).and_then(|code| self.world.country_id(code))
    }

    /// The countries that a sentence names, directly or by their places and bodies.
    pub(crate) fn countries_of(&self, at: usize) -> Vec<CountryId> {
        let mut out = Vec::new();
        for found in &self.scans[at].matches {
            let country = match self.choose(at, found) {
                Some(Referent::Country(country, _)) => Some(country),
                Some(Referent::City(_) | Referent::Province(_) | Referent::District(_) | Referent::Region(_)) => {
                    let place = self.place(at, found).and_then(|place| place.country_code);
                    place.and_then(|code| self.world.country_id(code))
                }
                Some(Referent::Named(named)) => {
                    self.world.named(named).code.and_then(|code| self.world.country_id(code))
                }
                _ => None,
            };
            if let Some(country) = country.filter(|country| !out.contains(country)) {
                out.push(country);
            }
        }
        out
    }
}
