//! Persons and other proper names: titles, offices on the day, names met before, names nobody knows.

use demarche_language::{EntityKind, Relation, TokenId, Upos};
use demarche_record::{Code, Sector};

use crate::actor::{Actor, ActorKind};
use crate::atoms::{Atom, hash_of};
use crate::builder::Builder;
use crate::compose::office_text;
use crate::dates::Standing;
use crate::entries::{Gender, Referent, RoleKind};
use crate::identify::{Identified, LAST_SEEN, SEEN};
use crate::phrase::{self, RoleWords};
use crate::scan::{Bond, Match};
use crate::sectors;

/// A personal name: tokens `first..end`, `head` among them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameSpan {
    pub(crate) head: TokenId,
    pub(crate) first: TokenId,
    pub(crate) end: TokenId,
}

/// Forms of address: no offices, but they tell the gender.
const ADDRESS: &[(u64, Gender)] = &[
    (hash_of("mr"), Gender::Male),
    (hash_of("mister"), Gender::Male),
    (hash_of("sir"), Gender::Male),
    (hash_of("lord"), Gender::Male),
    (hash_of("king"), Gender::Male),
    (hash_of("prince"), Gender::Male),
    (hash_of("sheikh"), Gender::Male),
    (hash_of("spokesman"), Gender::Male),
    (hash_of("chairman"), Gender::Male),
    (hash_of("mrs"), Gender::Female),
    (hash_of("ms"), Gender::Female),
    (hash_of("miss"), Gender::Female),
    (hash_of("dame"), Gender::Female),
    (hash_of("lady"), Gender::Female),
    (hash_of("queen"), Gender::Female),
    (hash_of("princess"), Gender::Female),
    (hash_of("spokeswoman"), Gender::Female),
    (hash_of("chairwoman"), Gender::Female),
    (hash_of("dr"), Gender::Unknown),
    (hash_of("prof"), Gender::Unknown),
];

impl Builder<'_> {
    /// The name that a role noun's holder bears: "[minister], Wang Yi", "[Minister] Wang Yi".
    pub(crate) fn name_of_holder(&self, at: usize, head: TokenId, words: &RoleWords) -> Option<NameSpan> {
        let role = self.world.role(words.role);
        if !matches!(role.kind, RoleKind::Office | RoleKind::Person) || phrase::is_plural(&self.sentences[at], head) {
            return None;
        }
        let sentence = &self.sentences[at];
        sentence
            .dependents(head)
            .iter()
            .copied()
            .filter(|&d| d >= words.end && matches!(sentence.tokens[d].relation, Relation::Appos | Relation::Flat))
            .find(|&d| self.is_person(at, d))
            .map(|d| self.name_span(at, d))
    }

    /// Whether a token heads a personal name.
    pub(crate) fn is_person(&self, at: usize, token: TokenId) -> bool {
        let sentence = &self.sentences[at];
        if sentence.tokens[token].upos != Upos::Propn {
            return false;
        }
        if let Some(entity) = sentence.entity_at(token) {
            entity.kind == EntityKind::Person
        } else {
            let found = self.scans[at].match_at(token);
            found.is_none_or(|found| matches!(self.choose(at, found), Some(Referent::Person(_))))
                && self.role_words(at, token).is_none()
                && self.scans[at].capitalised(token)
        }
    }

    /// The words of a personal name, without title.
    pub(crate) fn name_span(&self, at: usize, head: TokenId) -> NameSpan {
        let sentence = &self.sentences[at];
        let mut first = head;
        let mut end = phrase::name_end(sentence, head);
        if let Some(found) = self.scans[at]
            .match_at(head)
            .filter(|found| self.scans[at].readings(found).iter().any(|reading| matches!(reading, Referent::Person(_))))
        {
            first = first.min(found.first);
            end = end.max(found.end);
        }
        if let Some(entity) = sentence.entity_at(head).filter(|entity| entity.kind == EntityKind::Person) {
            first = first.min(entity.first);
            end = end.max(entity.end);
        } else {
            while first > 0
                && sentence.tokens[first - 1].upos == Upos::Propn
                && sentence.tokens[first - 1].head.is_some_and(|governor| (first..end).contains(&governor))
                && matches!(sentence.tokens[first - 1].relation, Relation::Compound | Relation::Flat)
                && self.role_words(at, first - 1).is_none()
            {
                first -= 1;
            }
        }
        // Entities may hold the title: "President Biden".
        while first < head
            && (self.role_words(at, first).is_some()
                || self.address(at, first).is_some()
                || sentence.tokens[first].upos != Upos::Propn)
        {
            first += 1;
        }
        NameSpan { head, first, end: end.max(first + 1) }
    }

    fn address(&self, at: usize, token: TokenId) -> Option<Gender> {
        let atom = self.scans[at].atoms_of(token, token + 1).first()?;
        ADDRESS.iter().find(|(hash, _)| *hash == atom.hash).map(|&(_, gender)| gender)
    }

    /// Someone named: with a title before, an office in apposition, or the bare name.
    pub(crate) fn person(&mut self, at: usize, head: TokenId) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        let name = self.name_span(at, head);
        let title = sentence
            .dependents(head)
            .iter()
            .copied()
            .filter(|&d| d < head)
            .filter(|&d| {
                matches!(
                    sentence.tokens[d].relation,
                    Relation::NmodDesc
                        | Relation::Compound
                        | Relation::Nmod
                        | Relation::Flat
                        | Relation::NmodUnmarked
                        | Relation::Amod
                )
            })
            .chain(phrase::appositions(sentence, head))
            .filter_map(|d| self.role_words(at, d).map(|words| (d, words)))
            .filter(|(_, words)| matches!(self.world.role(words.role).kind, RoleKind::Office | RoleKind::Person))
            // Titles before the name come first; of several the longest.
            .max_by_key(|(d, words)| (*d < head, words.end - words.first, std::cmp::Reverse(*d)));
        let Some((holder, words)) = title else {
            return self.untitled_person(at, name);
        };
        let mut owners = self.owners(at, holder, &words);
        if owners.is_empty() {
            owners = self.owners(at, head, &words);
        }
        self.titled_person(at, holder, name, &words, &owners)
    }

    /// Someone whose office or role the phrase names.
    pub(crate) fn titled_person(
        &mut self,
        at: usize,
        holder: TokenId,
        name: NameSpan,
        words: &RoleWords,
        owners: &[Actor],
    ) -> Vec<Actor> {
        let world = self.world;
        let sentence = &self.sentences[at];
        let role = world.role(words.role);
        let atoms = self.scans[at].atoms_of(name.first, name.end).to_vec();
        let owner = owners.first();
        let before = self.memory.get(&atoms).cloned().filter(|known| known.actor.kind == ActorKind::Person);
        let office = office_text(sentence, words);
        // "In Turkey Minister Ellwood met ...": a country before a title of someone known is where, not whose.
        let stray = owner.is_some_and(|owner| {
            let known = before.as_ref().and_then(|known| known.actor.code);
            owner.kind == ActorKind::Country
                && known.is_some_and(|known| Some(known) != owner.code)
                && self.scans[at].match_at(words.first.saturating_sub(1)).is_some_and(
                    |found| matches!(self.choose(at, found), Some(Referent::Country(_, form)) if form.is_name()),
                )
        });
        let owner = owner.filter(|_| !stray);
        let code = owner.and_then(|owner| owner.code).or(before.as_ref().and_then(|known| known.actor.code));
        let held = office.strip_prefix("former ").or(office.strip_prefix("ex-")).unwrap_or(&office);
        let known_as = before.as_ref().and_then(|known| known.actor.name.as_deref());
        let mut found = self.identify(at, &name, &atoms, code, Some(held), known_as);
        let inferred = match (code, &found) {
            (None, None) => self.owner_by_context(at, holder, words),
            _ => None,
        };
        if let Some(owner) = &inferred {
            found = self.identify(at, &name, &atoms, owner.code, Some(held), known_as);
        }
        let former = phrase::is_former(sentence, &self.scans[at], words.first, holder);

        let mut actor = Actor::new(ActorKind::Person, "title in the text", 0.8);
        if let Some(owner) = owner {
            actor.code = owner.code;
            actor.path.push(if owner.kind == ActorKind::Country {
                "country of the title"
            } else {
                "body of the title"
            });
            actor.confidence = 0.92;
        } else if let Some(known) = &before {
            actor.code = known.actor.code;
            actor.path.push("named before");
        }
        if let Some(inferred) = inferred.filter(|_| actor.code.is_none()) {
            actor.code = inferred.code;
            actor.path.extend(&inferred.path);
            actor.confidence = inferred.confidence;
        }
        actor.sectors = sectors::compose(role, &[], owner, former);
        if owner.is_none()
            && let Some(known) = before.as_ref().filter(|_| actor.sectors.is_empty())
        {
            actor.sectors.clone_from(&known.actor.sectors);
        }
        let written = self.words(at, name.first, name.end);
        actor.name = Some(before.as_ref().and_then(|known| known.actor.name.clone()).unwrap_or(written));
        actor.id = before.as_ref().and_then(|known| known.actor.id.clone());
        actor.canonical.clone_from(&actor.name);
        actor.office = Some(office);
        let mut gender = before.as_ref().map_or(Gender::Unknown, |known| known.gender);
        if let Some(Identified { person, held, sure }) = found {
            if sure {
                actor.name = Some(person.name.to_owned());
                actor.canonical = Some(person.name.to_owned());
                actor.id = Some(person.wikidata.to_owned()).filter(|id| !id.is_empty());
            }
            gender = person.gender;
            if actor.code.is_none() {
                actor.code = held.code;
                let seen = self.world.standing(&held, self.on) == Standing::Seen;
                actor.path.push(if seen { LAST_SEEN } else { "office on date" });
                if actor.sectors.is_empty() || role.same {
                    actor.sectors = held.sectors.to_vec();
                }
            }
            actor.confidence = if sure { 0.95 } else { 0.7 };
        }
        if gender == Gender::Unknown {
            gender = self.gender_of(at, words.first, name.end);
        }
        let left = phrase::left_edge(sentence, name.head).min(phrase::left_edge(sentence, holder));
        let first = left.min(words.first).min(name.first);
        let end = name.end.max(self.title_end(at, holder, words));
        self.frame(&mut actor, at, first, end);
        self.remember_person(&actor, gender, &atoms);
        vec![actor]
    }

    /// Where a title with what it belongs to ends: "Wang Yi, the foreign minister of China".
    fn title_end(&self, at: usize, holder: TokenId, words: &RoleWords) -> TokenId {
        let sentence = &self.sentences[at];
        let own = phrase::obliques(sentence, holder)
            .filter(|(preposition, _)| matches!(preposition.as_str(), "of" | "for" | "from" | "at" | "to"))
            .map(|(_, oblique)| phrase::plain_end(sentence, oblique))
            .filter(|end| end - holder <= 9)
            .max()
            .unwrap_or(0);
        own.max(words.end)
    }

    /// Someone named without title.
    fn untitled_person(&mut self, at: usize, name: NameSpan) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        // "on Friday" is no prime minister.
        if name.end == name.first + 1 && demarche_language::is_day_or_month(&sentence.tokens[name.first].form) {
            return Vec::new();
        }
        let atoms = self.scans[at].atoms_of(name.first, name.end).to_vec();
        let first = phrase::left_edge(sentence, name.head).min(name.first);
        let gender = self.gender_of(at, first, name.end);
        if let Some(known) = self.memory.get(&atoms) {
            let mut actor = known.actor.clone();
            if !actor.path.contains(&"named before") {
                actor.path.push("named before");
            }
            actor.confidence *= 0.97;
            self.frame(&mut actor, at, first, name.end);
            return vec![actor];
        }
        let code = self.explicit_country(at, name.head, first, name.first);
        let mut actor = Actor::new(ActorKind::Person, "unknown name", 0.4);
        actor.name = Some(self.words(at, name.first, name.end));
        if let Some(body) = self.body_after(at, name.head).filter(|_| code.is_none()) {
            actor.code = body.code;
            actor.sectors = body.sectors;
            actor.path.push("body after the name");
            actor.confidence = 0.75;
        } else if code.is_some() {
            actor.path.push("country of a modifier");
        }
        actor.code = actor.code.or(code);
        let mut known_gender = gender;
        if let Some(Identified { person, held, sure }) = self.identify(at, &name, &atoms, code, None, None) {
            let standing = self.world.standing(&held, self.on);
            actor.code = held.code;
            actor.path = vec![match standing {
                Standing::Within if self.on.is_some() => "office on date",
                Standing::Within => "office of no date",
                Standing::Seen => LAST_SEEN,
                Standing::After => "office held before",
                Standing::Before => "office held later",
            }];
            actor.sectors = match standing {
                Standing::Within | Standing::Seen => held.sectors.to_vec(),
                Standing::After => vec![Sector::Eli],
                Standing::Before => Vec::new(),
            };
            let holds = matches!(standing, Standing::Within | Standing::Seen);
            actor.office = holds.then(|| held.office.to_owned());
            if sure {
                actor.name = Some(person.name.to_owned());
                actor.id = Some(person.wikidata.to_owned()).filter(|id| !id.is_empty());
            }
            actor.confidence = if atoms.len() > 1 { 0.9 } else { 0.7 };
            if standing == Standing::Seen {
                actor.confidence *= SEEN;
            }
            known_gender = person.gender;
        }
        actor.canonical.clone_from(&actor.name);
        self.frame(&mut actor, at, first, name.end);
        let gender = if known_gender == Gender::Unknown { gender } else { known_gender };
        self.remember_person(&actor, gender, &atoms);
        vec![actor]
    }

    /// Someone whose name a user's dictionary lists: known from here on by the family name too.
    pub(crate) fn listed_person(&mut self, mut actor: Actor, at: usize, head: TokenId, found: &Match) -> Actor {
        actor.kind = ActorKind::Person;
        actor.name.clone_from(&actor.canonical);
        let sentence = &self.sentences[at];
        let first = phrase::left_edge(sentence, head).min(found.first);
        let end = phrase::name_end(sentence, head).max(found.end);
        let atoms = self.scans[at].atoms_of(found.first, found.end).to_vec();
        self.frame(&mut actor, at, first, end);
        let gender = self.gender_of(at, first, end);
        self.remember_person(&actor, gender, &atoms);
        actor
    }

    fn gender_of(&self, at: usize, first: TokenId, end: TokenId) -> Gender {
        let first = first.saturating_sub(1);
        (first..end)
            .filter_map(|token| self.address(at, token))
            .find(|&gender| gender != Gender::Unknown)
            .unwrap_or_default()
    }

    fn remember_person(&mut self, actor: &Actor, gender: Gender, atoms: &[Atom]) {
        let mut short: Vec<&[Atom]> = Vec::new();
        if atoms.len() > 1 {
            short.push(&atoms[atoms.len() - 1..]);
            // "al-Assad" is cut in two; either way of writing it later is known.
            if atoms.len() > 2 {
                short.push(&atoms[atoms.len() - 2..]);
            }
        }
        self.memory.keep(actor, gender, atoms, &short);
        self.memory.keep_first(&atoms[..atoms.len().min(1)]);
    }

    /// The body that "of" or "from" names after a person: "Manuel Bessler of the United Nations".
    fn body_after(&self, at: usize, head: TokenId) -> Option<Actor> {
        phrase::obliques(&self.sentences[at], head)
            .filter(|(preposition, _)| matches!(preposition.as_str(), "of" | "from" | "with" | "at"))
            .filter_map(|(_, oblique)| self.scans[at].match_at(oblique))
            .find_map(|found| match self.choose(at, found) {
                Some(Referent::Named(named)) => Some(self.body(named)).filter(|body| body.kind != ActorKind::Seat),
                _ => None,
            })
    }

    /// The country of a modifier right before a name, or of a possessor.
    pub(crate) fn explicit_country(
        &self,
        at: usize,
        head: TokenId,
        first: TokenId,
        name_first: TokenId,
    ) -> Option<Code> {
        let sentence = &self.sentences[at];
        let within = (first..name_first).filter_map(|token| self.scans[at].match_at(token));
        let after = phrase::obliques(sentence, head)
            .filter(|(preposition, _)| matches!(preposition.as_str(), "of" | "from"))
            .filter_map(|(_, oblique)| self.scans[at].match_at(oblique));
        within.chain(after).filter(|found| found.bond == Bond::Free).find_map(|found| match self.choose(at, found) {
            Some(Referent::Country(country, _)) => Some(self.world.country_at(country).acts_as),
            _ => None,
        })
    }
}
