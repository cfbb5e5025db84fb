//! Names of the tables as actors: countries, seats, bodies, groups, peoples.

use demarche_language::{EntityKind, Relation, TokenId, Upos};
use demarche_record::Sector;

use crate::actor::{Actor, ActorKind};
use crate::atoms::Case;
use crate::builder::Builder;
use crate::entries::{CountryId, Form, NamedId, NamedKind, PeopleId, Referent};
use crate::lookup::LISTED;
use crate::phrase;
use crate::scan::{Bond, Match};

impl Builder<'_> {
    /// A name of the tables.
    pub(crate) fn named(&mut self, at: usize, head: TokenId, found: &Match) -> Vec<Actor> {
        let Some(reading) = self.choose(at, found) else { return Vec::new() };
        // An acronym the document has explained means what it said.
        if let (Referent::Named(_), [atom]) = (reading, self.scans[at].atoms_of(found.first, found.end))
            && atom.case == Case::Upper
            && let Some(known) = self.memory.get(&[*atom])
        {
            let mut actor = known.actor.clone();
            actor.path.push("named before");
            self.frame(&mut actor, at, found.first, found.end);
            return vec![actor];
        }
        let mut actor = match reading {
            Referent::Person(_) => return self.person(at, head),
            Referent::Country(..)
            | Referent::City(_)
            | Referent::Province(_)
            | Referent::District(_)
            | Referent::Region(_)
                if self.is_known_surname(at, found, reading) =>
            {
                return self.person(at, head);
            }
            Referent::Country(country, form) => self.country(country, form, at, head),
            Referent::Named(named) if self.world.named(named).kind == NamedKind::Nobody => return Vec::new(),
            Referent::Named(named) => self.body(named),
            Referent::People(people, form) => self.people(people, form),
            Referent::Province(_) | Referent::District(_) | Referent::City(_) | Referent::Region(_) => match self
                .place_actor(at, found)
            {
                Some(actor) => actor,
                None if self.sentences[at].entity_at(head).is_some_and(|entity| entity.kind == EntityKind::Person) => {
                    return self.person(at, head);
                }
                None => return self.unknown_name(at, head),
            },
        };
        if self.sentences[at].entity_at(head).is_some_and(|entity| {
            entity.end - entity.first > found.end - found.first && entity.kind == EntityKind::Organisation
        }) && matches!(
            reading,
            Referent::City(_) | Referent::Region(_) | Referent::Province(_) | Referent::District(_)
        ) {
            return self.unknown_name(at, head);
        }
        // "Knox Thames": the name of a person that begins as a town's.
        if self.sentences[at].entity_at(head).is_some_and(|entity| {
            entity.kind == EntityKind::Person
                && entity.first <= found.first
                && entity.end >= found.end
                && entity.end - entity.first > found.end - found.first
        }) && matches!(reading, Referent::City(_) | Referent::District(_))
        {
            return self.person(at, head);
        }
        if let (Some(code), Referent::Named(_), ActorKind::Seat) = (actor.code, reading, actor.kind)
            && let Some(place) = self.place(at, found)
            && let Some(country) =
                place.country_code.filter(|_| place.supported).and_then(|code| self.world.country(code))
            && country.acts_as != code
        {
            // "Tripoli, Lebanon": a city of the same name elsewhere.
            if let Some(other) = self.place_actor(at, found) {
                actor = other;
            }
        }
        // "met in Paris": where, not who.
        let scene = phrase::preposition(&self.sentences[at], head)
            .is_some_and(|word| matches!(word.as_str(), "in" | "at" | "near" | "outside" | "around" | "across"));
        if scene
            && actor.kind == ActorKind::Seat
            && matches!(reading, Referent::Named(named) if self.world.named(named).city)
            && let Some(place) = self.place_actor(at, found)
        {
            actor = place;
        }
        if found.bond == Bond::Aside {
            actor.can_act = false;
        }
        let person = self.sentences[at].entity_at(head).is_some_and(|entity| entity.kind == EntityKind::Person);
        if person && actor.path == [LISTED] {
            return vec![self.listed_person(actor, at, head, found)];
        }
        let sentence = &self.sentences[at];
        let mut last = phrase::name_end(sentence, head).max(found.end);
        // "Hamas, the militant group"
        if matches!(actor.kind, ActorKind::Group | ActorKind::Organisation | ActorKind::Body) {
            for apposition in phrase::appositions(sentence, head) {
                if self.role_words(at, apposition).is_some() {
                    last = last.max(phrase::plain_end(sentence, apposition));
                }
            }
        }
        let first = match actor.kind {
            ActorKind::Country | ActorKind::Seat | ActorKind::Place => found.first,
            _ => phrase::left_edge(sentence, head).min(found.first),
        };
        self.frame(&mut actor, at, first, last);
        vec![actor]
    }

    /// The reading of a name that fits the document: the first, but for adjectives that several countries share.
    pub(crate) fn choose(&self, at: usize, found: &Match) -> Option<Referent> {
        let readings = self.scans[at].readings(found);
        let first = *readings.first()?;
        if let Referent::Country(..) = first {
            let shared = readings.iter().filter_map(|reading| match reading {
                Referent::Country(country, _) => Some((*reading, self.count_of(*country))),
                _ => None,
            });
            // The earliest of the most often named ones.
            return shared
                .fold(None, |best: Option<(Referent, u32)>, next| match best {
                    Some(best) if best.1 >= next.1 => Some(best),
                    _ => Some(next),
                })
                .map(|(reading, _)| reading);
        }
        if self.on.is_none()
            && let Referent::Named(named) = first
            && self.world.named(named).kind == NamedKind::Seat
            && self.world.named(named).term.end.is_some()
            && let Some(place) = readings.iter().find(|reading| matches!(reading, Referent::City(_)))
        {
            return Some(*place);
        }
        if self.on.is_none()
            && let Referent::Named(named) = first
            && self.world.named(named).kind == NamedKind::Listed
        {
            // Without a day a term that is still open goes first, then what other tables know; a closed one is the past.
            let closed = |reading: &&Referent| match reading {
                Referent::Named(named) => {
                    let named = self.world.named(*named);
                    named.kind == NamedKind::Listed && named.term.end.is_some()
                }
                _ => false,
            };
            return readings.iter().find(|reading| !closed(reading)).or(readings.last()).copied();
        }
        if self.on.is_none()
            && let Some(open) = readings.iter().find(
                |reading| matches!(reading, Referent::Named(named) if self.world.named(*named).term.end.is_none()),
            )
        {
            return Some(self.in_arms(at, found, *open).or_else(|| self.of_here(at, found, *open)).unwrap_or(*open));
        }
        Some(first)
    }

    /// Without a day, a group that governs in one of its terms and fought in others is the one in arms where the document speaks
    /// of its fighters ("Taliban insurgents"): its last term of that kind.
    fn in_arms(&self, at: usize, found: &Match, open: Referent) -> Option<Referent> {
        let named = |reading: &Referent| match reading {
            Referent::Named(named) => Some(self.world.named(*named)),
            _ => None,
        };
        let governs = named(&open).filter(|open| open.sectors.first() == Some(&Sector::Gov))?;
        let in_arms = |reading: &&Referent| {
            named(reading).is_some_and(|term| {
                term.name == governs.name && matches!(term.sectors.first(), Some(Sector::Reb | Sector::Uaf))
            })
        };
        // "The Taleban regime".
        let next = self.sentences[at].tokens.get(found.end).map(|token| token.lemma.to_lowercase());
        let ruling = ["administration", "authority", "government", "regime", "rule", "ruler"];
        if next.is_some_and(|next| ruling.contains(&next.as_str())) {
            return None;
        }
        let readings = self.scans[at].readings(found);
        let last = readings.iter().filter(in_arms).max_by_key(|reading| named(reading).map(|term| term.term.start))?;
        self.fighting.contains(governs.name).then_some(*last)
    }

    /// Of two that share a name, the one whose country the document names, where it does not name that of the less known one (its
    /// entry says its country in brackets).
    fn of_here(&self, at: usize, found: &Match, open: Referent) -> Option<Referent> {
        let named_here = |reading: &Referent| match reading {
            Referent::Named(named) => {
                let code = self.world.named(*named).code?;
                Some(code.is_international() || self.world.country_id(code).is_some_and(|id| self.count_of(id) > 0))
            }
            _ => None,
        };
        let less_known = matches!(open, Referent::Named(named) if self.world.named(named).name.ends_with(')'));
        if !less_known || named_here(&open) != Some(false) {
            return None;
        }
        self.scans[at].readings(found).iter().find(|reading| named_here(reading) == Some(true)).copied()
    }

    pub(crate) fn country(&self, country: CountryId, form: Form, at: usize, head: TokenId) -> Actor {
        let known = self.world.country_at(country);
        let sentence = &self.sentences[at];
        let path = match form {
            Form::Name => "country name",
            Form::FormerName => "former country name",
            Form::Adjective => "country adjective",
            Form::Plural => "demonym",
        };
        let mut actor = Actor::new(ActorKind::Country, path, 0.98);
        actor.code = Some(known.acts_as);
        let acting = self.world.country(known.acts_as).unwrap_or(known);
        actor.id = Some(acting.wikidata.to_owned()).filter(|id| !id.is_empty());
        actor.canonical = Some(acting.name.to_owned());
        let nominal = matches!(sentence.tokens[head].upos, Upos::Noun | Upos::Propn) || form == Form::Plural;
        let modifies = matches!(sentence.tokens[head].relation, Relation::Amod | Relation::Compound);
        if !form.is_name() && nominal && !modifies {
            // "the Malians agreed" speaks of the state; "Malians", "two Malians", "a Malian" of its people.
            actor.kind = ActorKind::People;
            let definite = phrase::determiner(sentence, head).as_deref() == Some("the");
            let counted = sentence.dependent(head, &[Relation::Nummod]).is_some();
            if !definite || counted || !phrase::is_plural(sentence, head) && form != Form::Plural {
                actor.sectors = vec![Sector::Cvl];
            }
            actor.confidence = 0.85;
        }
        actor
    }

    pub(crate) fn body(&self, named: NamedId) -> Actor {
        let named = self.world.named(named);
        let (kind, path) = match named.kind {
            NamedKind::Seat if named.city => (ActorKind::Seat, "capital for government"),
            NamedKind::Seat => (ActorKind::Seat, "seat for government"),
            NamedKind::Body => (ActorKind::Body, "name of a national body"),
            NamedKind::Organisation => (ActorKind::Organisation, "name of an organisation"),
            NamedKind::Group => (ActorKind::Group, "name of a group"),
            NamedKind::Listed | NamedKind::Nobody => (ActorKind::Organisation, LISTED),
        };
        let mut actor = Actor::new(kind, path, 0.95);
        actor.code = named.code;
        actor.sectors = named.sectors.to_vec();
        let country = named.code.filter(|_| named.city).and_then(|code| self.world.country(code));
        // A capital is written for its state: the record names the state.
        let (id, name) = country.map_or((named.wikidata, named.name), |country| (country.wikidata, country.name));
        actor.id = Some(id.to_owned()).filter(|id| !id.is_empty());
        actor.canonical = Some(name.to_owned());
        if kind == ActorKind::Seat && actor.sectors.is_empty() {
            actor.sectors = vec![Sector::Gov];
        }
        actor
    }

    pub(crate) fn people(&self, people: PeopleId, form: Form) -> Actor {
        let people = self.world.people(people);
        let mut actor = Actor::new(ActorKind::People, "name of a people", 0.8);
        actor.code = people.country;
        actor.canonical = Some(people.name.to_owned());
        if form == Form::Plural {
            actor.sectors = vec![if people.ethnicity.is_empty() { Sector::Rel } else { Sector::Cvl }];
        }
        actor.religion = Some(people.religion.to_owned()).filter(|text| !text.is_empty());
        actor.ethnicity = Some(people.ethnicity.to_owned()).filter(|text| !text.is_empty());
        actor
    }
}
