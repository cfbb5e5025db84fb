//! Whom a phrase belongs to: possessors, modifiers, and what follows with a preposition.

use demarche_language::{EntityKind, Relation, TokenId, Upos};
use demarche_record::Sector;

use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::entries::{Form, Held, Referent, Role, RoleKind};
use crate::phrase::{self, RoleWords};
use crate::scan::{Bond, Match};

/// The prepositions through which a phrase belongs to someone: "president of Mali", "rebels from Chad".
pub(crate) fn owns(preposition: &str, role: Role<'_>) -> bool {
    match preposition {
        "of" | "for" | "from" | "with" | "within" => true,
        // Soldiers in a country may be another's; people and rebels in a country are taken for its own.
        "in" | "at" | "across" | "around" | "near" | "inside" | "throughout" | "outside" => {
            role.sectors.first() != Some(&Sector::Mil) && role.kind != RoleKind::Instrument && !is_envoy(role)
        }
        _ => false,
    }
}

/// An envoy in or to a country is not that country's.
pub(crate) fn is_envoy(role: Role<'_>) -> bool {
    ["ambassador", "envoy", "diplomat", "consul", "attache", "emissary"].iter().any(|word| role.lemma.contains(word))
}

/// Whether those whom a deed meets at a place are most likely of that place: fighters and residents, not guests of state.
fn lives_where_met(role: Role<'_>) -> bool {
    use Sector::{Agr, Crm, Cvl, Lab, Opp, Prm, Reb};
    role.sectors.first().is_some_and(|sector| matches!(sector, Agr | Crm | Cvl | Lab | Opp | Prm | Reb))
}

pub(crate) fn owner_path(owner: &Actor) -> &'static str {
    match owner.kind {
        ActorKind::Country if owner.path.contains(&"led by") => "role of a leader's country",
        ActorKind::Country | ActorKind::People => "role of country",
        ActorKind::Seat => "role of seat",
        ActorKind::Place => "role at place",
        ActorKind::Group => "role of group",
        ActorKind::Organisation => "role of organisation",
        ActorKind::Body => "role of body",
        ActorKind::Person => "role of person",
        ActorKind::Role | ActorKind::Unknown => "role of role",
    }
}

impl Builder<'_> {
    /// Whom a role noun belongs to: possessors and modifiers before it, else what follows with a preposition.
    pub(crate) fn owners(&mut self, at: usize, head: TokenId, words: &RoleWords) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        let role = self.world.role(words.role);
        let (pronouns, possessors): (Vec<TokenId>, Vec<TokenId>) = sentence
            .dependents_by(head, Relation::NmodPoss)
            .filter(|&d| d < head)
            .partition(|&d| sentence.tokens[d].upos == Upos::Pron);
        // Somebody's counterpart is somebody else's minister.
        let counterpart = role.lemma.ends_with("counterpart");
        let (pronouns, possessors) = if counterpart { (Vec::new(), Vec::new()) } else { (pronouns, possessors) };
        let found = self.owners_at(at, &possessors);
        if !found.is_empty() {
            return found;
        }
        let first = phrase::left_edge(sentence, head);
        let found = self.owners_among(at, first, head, words);
        if !found.is_empty() {
            return found;
        }
        if let Some(leader) = self.leader_owner(at, first, words, role) {
            return vec![leader];
        }
        // "his French counterpart" is French: the pronoun comes last.
        let found = self.owners_at(at, &pronouns);
        if !found.is_empty() {
            return found;
        }
        // "the president, Idriss Déby, of Chad" is rare; a phrase of the title's own words is not.
        let holder = sentence.dependent(head, &[Relation::Appos, Relation::Flat]);
        let heads = std::iter::once(head).chain(holder).collect::<Vec<_>>();
        for head in heads {
            let mut places: Vec<(String, TokenId)> = phrase::obliques(sentence, head).collect();
            if lives_where_met(role) {
                places.extend(phrase::place_after_object(sentence, head));
            }
            for (preposition, oblique) in places {
                if !owns(&preposition, role) || (words.first..words.end).contains(&oblique) {
                    continue;
                }
                let only_places = !matches!(preposition.as_str(), "of" | "for" | "from" | "with" | "within");
                let mut found = Vec::new();
                for one in phrase::with_conjuncts(sentence, oblique) {
                    found.extend(self.resolve(at, one));
                }
                found.retain(|owner| owner.code.is_some() || !owner.sectors.is_empty());
                // A small town of a country that the report is not about is likelier another of its name.
                let main = self.main_country.map(|country| self.world.country_at(country).acts_as);
                found.retain(|owner| {
                    owner.kind != ActorKind::Place || main.is_none() || owner.code == main || owner.confidence >= 0.72
                });
                if only_places {
                    found.retain(|owner| matches!(owner.kind, ActorKind::Country | ActorKind::Seat | ActorKind::Place));
                }
                if matches!(preposition.as_str(), "in" | "at" | "from" | "of") {
                    found
                        .iter_mut()
                        .filter(|owner| owner.kind == ActorKind::Seat && preposition != "of")
                        .for_each(|owner| owner.kind = ActorKind::Place);
                }
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// Whose government "the Bush administration" and "the Assad regime" are: the country that those who bear the name led.
    fn leader_owner(&self, at: usize, first: TokenId, words: &RoleWords, role: Role<'_>) -> Option<Actor> {
        let sentence = &self.sentences[at];
        if role.kind != RoleKind::Body || role.sectors.first() != Some(&Sector::Gov) {
            return None;
        }
        let last = words.first.checked_sub(1).filter(|&last| last >= first)?;
        let named = (first..words.first).all(|token| sentence.tokens[token].upos == Upos::Propn);
        let atoms = self.scans[at].atoms_of(last, words.first);
        let hit = self.world.surnames().exact(atoms, self.scans[at].shouted).filter(|_| named)?;
        let mut led: Vec<Held<'_>> = self
            .world
            .surnames()
            .any_case(hit)
            .flat_map(|person| self.world.person(person).held.iter())
            .filter(|held| held.rank == 0 && held.code.is_some_and(|code| !code.is_international()))
            .collect();
        if self.on.is_some() && led.iter().any(|held| held.term.holds(self.on)) {
            led.retain(|held| held.term.holds(self.on));
        }
        let spoken_of = |held: &Held<'_>| {
            held.code.and_then(|code| self.world.country_id(code)).is_some_and(|country| self.count_of(country) > 0)
        };
        if led.iter().any(spoken_of) {
            led.retain(spoken_of);
        }
        let (first, rest) = led.split_first()?;
        let code = first.code.filter(|_| rest.iter().all(|other| other.code == first.code))?;
        let mut owner = self.country_actor(code, "led by", 0.8);
        owner.path = vec!["led by"];
        Some(owner)
    }

    /// The owners that the first of the possessors with any stands for, its conjuncts included.
    pub(crate) fn owners_at(&mut self, at: usize, possessors: &[TokenId]) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        for &possessor in possessors {
            let mut found = Vec::new();
            for one in phrase::with_conjuncts(sentence, possessor) {
                found.extend(self.resolve(at, one));
            }
            found.retain(|owner| owner.code.is_some() || !owner.sectors.is_empty());
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Names among the tokens `first..head` that own the phrase: the first, and those joined to it.
    pub(crate) fn owners_among(&mut self, at: usize, first: TokenId, head: TokenId, words: &RoleWords) -> Vec<Actor> {
        let mut found: Vec<Actor> = Vec::new();
        let mut last_end = None;
        let mut token = first;
        while token < head {
            let Some(named) = self.scans[at].match_at(token).copied() else {
                token += 1;
                continue;
            };
            token = named.end.max(token + 1);
            let covers_role = named.first >= words.first && named.end <= words.end && named.end > words.first;
            let part_of_role =
                covers_role && !matches!(self.choose(at, &named), Some(Referent::Country(..) | Referent::Named(_)));
            if named.bond == Bond::Aside || part_of_role || named.end > head {
                continue;
            }
            let joined = last_end.is_none_or(|end| self.joined(at, end, named.first));
            if !joined {
                break;
            }
            let actors = self.owner_of_name(at, &named);
            if !actors.is_empty() {
                last_end = Some(named.end);
                found.extend(actors);
            }
        }
        found
    }

    /// What a modifying name stands for as an owner.
    pub(crate) fn owner_of_name(&mut self, at: usize, named: &Match) -> Vec<Actor> {
        match self.choose(at, named) {
            Some(Referent::Country(country, _)) => {
                let mut actor = self.country(country, Form::Name, at, named.top);
                actor.path = vec!["country adjective"];
                actor.kind = ActorKind::Country;
                actor.sectors.clear();
                vec![actor]
            }
            Some(Referent::Named(body)) => vec![self.body(body)],
            Some(Referent::People(people, _)) => {
                let actor = self.people(people, Form::Adjective);
                if actor.code.is_some() { vec![actor] } else { Vec::new() }
            }
            Some(Referent::Person(_)) => self.resolve(at, named.top),
            Some(Referent::City(_) | Referent::Province(_) | Referent::District(_) | Referent::Region(_)) => {
                self.place_actor(at, named).or_else(|| self.place_in_name(at, named)).into_iter().collect()
            }
            None => Vec::new(),
        }
    }

    /// The place that a public body is named after: "Ohio State University".
    fn place_in_name(&self, at: usize, named: &Match) -> Option<Actor> {
        let inside =
            self.sentences[at].entity_at(named.first).is_some_and(|entity| entity.kind == EntityKind::Organisation);
        let place = self.read_as_place(at, named).filter(|_| inside)?;
        let mut actor = Actor::new(ActorKind::Place, "place in a name", place.confidence * 0.85);
        actor.code = Some(self.world.country(place.country_code?)?.acts_as);
        actor.canonical = place.name;
        actor.can_act = false;
        Some(actor)
    }

    /// Whether two names stand side by side, joined by "and", a comma or a hyphen.
    pub(crate) fn joined(&self, at: usize, end: TokenId, next: TokenId) -> bool {
        self.sentences[at].tokens[end..next.max(end)]
            .iter()
            .all(|token| matches!(token.upos, Upos::Cconj | Upos::Punct | Upos::Sym | Upos::Det))
            && next > end
    }
}
