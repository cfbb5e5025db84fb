//! From a noun phrase to its actors: a name, or a role noun with whom it belongs to.

use demarche_language::{EntityKind, Relation, Sentence, TokenId, Upos};
use demarche_record::{Sector, TextRange};

use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::context::Use;
use crate::entries::{Gender, Referent, Role, RoleId, RoleKind};
use crate::owners::{is_envoy, owner_path, owns};
use crate::phrase::{self, RoleWords};
use crate::scan::{Bond, Scan};
use crate::sectors;

impl Builder<'_> {
    /// The actors of a phrase that is no pronoun.
    pub(crate) fn compose(&mut self, at: usize, head: TokenId) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        let token = &sentence.tokens[head];
        if matches!(token.relation, Relation::Flat | Relation::Fixed | Relation::Goeswith | Relation::NmodDesc)
            && let Some(governor) = token.head
            && (token.relation != Relation::NmodDesc || sentence.tokens[governor].upos == Upos::Propn)
        {
            return self.resolve(at, governor);
        }
        if let Some(found) = self.scans[at].match_at(head).copied() {
            if found.top != head && token.relation != Relation::Appos {
                return self.resolve(at, found.top);
            }
            return self.named(at, head, &found);
        }
        if let Some(person) = sentence.entity_at(head).filter(|entity| entity.kind == EntityKind::Person) {
            let top = crate::scan::top_of(sentence, person.first, person.end);
            if top != head && !matches!(token.relation, Relation::Conj | Relation::Appos) {
                return self.resolve(at, top);
            }
            if token.upos == Upos::Propn && self.role_words(at, head).is_none() {
                return self.person(at, head);
            }
        }
        if let Some(words) = self.role_words(at, head) {
            return self.role(at, head, words);
        }
        match token.upos {
            Upos::Propn | Upos::X => self.unknown_name(at, head),
            _ => Vec::new(),
        }
    }

    /// The role noun at a token.
    pub(crate) fn role_words(&self, at: usize, head: TokenId) -> Option<RoleWords> {
        phrase::role_at(self.world, &self.sentences[at], &self.scans[at], head)
    }

    /// A role noun: its sector, and the country, body or group it belongs to.
    fn role(&mut self, at: usize, head: TokenId, words: RoleWords) -> Vec<Actor> {
        let world = self.world;
        let role = world.role(words.role);
        let sentence = &self.sentences[at];
        let mut owners = self.owners(at, head, &words);
        if let Some(name) = self.name_of_holder(at, head, &words) {
            return self.titled_person(at, head, name, &words, &owners);
        }
        if let Some(named) = self.name_in_apposition(at, head, &words) {
            return named;
        }
        // "its opposition to the plan" is an act, and nobody.
        if self.world.context_words().says(role.lemma, Use::Stance)
            && phrase::obliques(sentence, head).any(|(preposition, _)| matches!(preposition.as_str(), "to" | "against"))
        {
            return Vec::new();
        }
        if owners.is_empty() {
            if let Some(known) = self.described_before(at, head, &words) {
                // "In France, the government ...": not the one spoken of before.
                let scene =
                    if matches!(role.kind, RoleKind::Body | RoleKind::Group) { self.scene(at, head) } else { None };
                if scene.is_none_or(|scene| known.iter().all(|actor| actor.code.is_none_or(|code| code == scene))) {
                    return known;
                }
            }
            // Words with other meanings too ("source", "figure") are people only where they do something.
            let acting = matches!(sentence.tokens[head].relation, Relation::Nsubj | Relation::OblAgent)
                && matches!(role.kind, RoleKind::Office | RoleKind::Person);
            if role.common && !acting && role.sectors.first() != Some(&Sector::Gov) {
                return Vec::new();
            }
        }
        let inferred = owners.is_empty();
        if inferred {
            owners.extend(self.owner_by_context(at, head, &words));
        }
        let modifiers = self.modifying_roles(at, head, &words);
        let modifiers: Vec<_> = modifiers.iter().map(|&number| world.role(number)).collect();
        let former = phrase::is_former(sentence, &self.scans[at], words.first, head);
        let last = self.core_end(at, head, &words, role);
        let first = phrase::left_edge(sentence, head).min(words.first);
        let range = self.range(at, first, last);
        let communities = self.communities(at, first, head);
        let body = self.scans[at].overlay(first, words.end).map(|body| world.named(body));
        let make = |owner: Option<&Actor>| {
            let mut actor =
                Actor::new(ActorKind::Role, "role", if role.common && owner.is_none() { 0.35 } else { 0.6 });
            actor.sectors = sectors::compose(role, &modifiers, owner, former);
            if let Some(owner) = owner {
                actor.code = owner.code;
                actor.path = vec![if inferred { "role" } else { owner_path(owner) }];
                if inferred {
                    actor.path.extend(&owner.path);
                }
                actor
                    .path
                    .extend(owner.path.iter().copied().filter(|step| matches!(*step, "pronoun" | "named before")));
                actor.confidence = if inferred { owner.confidence } else { 0.92 * owner.confidence.max(0.5) };
                actor.religion.clone_from(&owner.religion);
                actor.ethnicity.clone_from(&owner.ethnicity);
                if owner.kind == ActorKind::Group {
                    actor.canonical.clone_from(&owner.canonical);
                    actor.id.clone_from(&owner.id);
                }
                if owner.kind == ActorKind::Organisation && (role.same || role.kind != RoleKind::Person) {
                    actor.canonical.clone_from(&owner.canonical);
                    actor.id.clone_from(&owner.id);
                }
            }
            if let Some((religion, ethnicity)) = &communities {
                actor.religion = religion.clone().or(actor.religion);
                actor.ethnicity = ethnicity.clone().or(actor.ethnicity);
            }
            if let Some(body) = body.filter(|body| body.code == actor.code) {
                actor.canonical = Some(body.name.to_owned());
                actor.id = Some(body.wikidata.to_owned()).filter(|id| !id.is_empty());
            }
            if role.kind == RoleKind::Office {
                actor.office = Some(office_text(sentence, &words));
                if !former && !phrase::is_plural(sentence, head) {
                    self.name_holder(&mut actor, role);
                }
            }
            actor.range = range;
            actor.tokens = (first, last);
            // A weapon acts only for its owner.
            actor.can_act = phrase::acts(role.kind) || owner.is_some();
            actor
        };
        let actors: Vec<Actor> =
            if owners.is_empty() { vec![make(None)] } else { owners.iter().map(|owner| make(Some(owner))).collect() };
        self.keep_acronym(at, head, actors)
    }

    /// Remembers a body named with its acronym in brackets, which later stands for it.
    fn keep_acronym(&mut self, at: usize, head: TokenId, mut actors: Vec<Actor>) -> Vec<Actor> {
        if let [actor] = actors.as_mut_slice()
            && self.sentences[at].tokens[head].upos == Upos::Propn
            && let Some(acronym) = self.acronym_after(at, actor.tokens.1)
        {
            let (first, end) = actor.tokens;
            if actor.canonical.is_none() {
                actor.canonical = Some(self.words(at, first, end));
            }
            let full = self.scans[at].atoms_of(first, end).to_vec();
            self.memory.keep(actor, Gender::Unknown, &full, &[&acronym]);
        }
        actors
    }

    /// The body or group whose kind the noun tells: "the militant group Hamas".
    fn name_in_apposition(&mut self, at: usize, head: TokenId, words: &RoleWords) -> Option<Vec<Actor>> {
        let role = self.world.role(words.role);
        if !matches!(role.kind, RoleKind::Body | RoleKind::Group) {
            return None;
        }
        let sentence = &self.sentences[at];
        let name = sentence.dependents(head).iter().copied().find(|&d| {
            d >= words.end
                && matches!(sentence.tokens[d].relation, Relation::Appos | Relation::Flat | Relation::NmodUnmarked)
                && sentence.tokens[d].upos == Upos::Propn
        })?;
        // "the government, the Taliban and ...": a list that was read as an apposition.
        // "(NSC)" after a name shortens it.
        if sentence.tokens[name - 1].form == "(" && self.acronym_after(at, name - 1).is_some() {
            return None;
        }
        let adjacent =
            sentence.tokens[words.end..name].iter().all(|token| token.upos == Upos::Det || token.upos == Upos::Propn);
        let tells_kind = matches!(
            role.sectors.first(),
            Some(Sector::Unk | Sector::Uaf | Sector::Reb | Sector::Prm | Sector::Pty | Sector::Soc | Sector::Crm)
        );
        if !adjacent && !tells_kind {
            return None;
        }
        let mut actors = self.resolve_name(at, name);
        actors.retain(|actor| matches!(actor.kind, ActorKind::Group | ActorKind::Organisation | ActorKind::Body));
        let first = phrase::left_edge(sentence, head).min(words.first);
        for actor in &mut actors {
            let end = actor.tokens.1;
            self.frame(actor, at, first, end);
        }
        (!actors.is_empty()).then_some(actors)
    }

    /// The name at a token that may be flat, which `compose` would hand to its head.
    fn resolve_name(&mut self, at: usize, name: TokenId) -> Vec<Actor> {
        match self.scans[at].match_at(name).copied() {
            Some(found) => self.named(at, name, &found),
            None => self.unknown_name(at, name),
        }
    }

    /// Religion and ethnicity named among the modifiers.
    fn communities(&self, at: usize, first: TokenId, head: TokenId) -> Option<(Option<String>, Option<String>)> {
        let scan: &Scan = &self.scans[at];
        let people = (first..head).filter_map(|token| scan.match_at(token)).find_map(|named| {
            scan.readings(named).iter().find_map(|reading| match reading {
                Referent::People(people, _) if named.bond == Bond::Free => Some(self.world.people(*people)),
                _ => None,
            })
        })?;
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Some((text(people.religion), text(people.ethnicity)))
    }

    /// Role nouns among the modifiers: "government" in "Syrian government forces".
    fn modifying_roles(&self, at: usize, head: TokenId, words: &RoleWords) -> Vec<RoleId> {
        let first = phrase::left_edge(&self.sentences[at], head);
        (first..words.first)
            .filter(|&token| {
                self.scans[at].match_at(token).is_none_or(|named| named.end <= words.first && named.top == token)
            })
            .filter_map(|token| self.role_words(at, token).map(|found| found.role))
            .collect()
    }

    /// Where the phrase ends: after its role words, its name, and the short oblique that says whose it is.
    fn core_end(&self, at: usize, head: TokenId, words: &RoleWords, role: Role<'_>) -> TokenId {
        const LONGEST_OBLIQUE: usize = 10;
        let sentence = &self.sentences[at];
        let mut end = phrase::name_end(sentence, head).max(words.end);
        for (preposition, oblique) in phrase::obliques(sentence, head) {
            let last = phrase::plain_end(sentence, oblique);
            let whom = owns(&preposition, role) || preposition == "to" && is_envoy(role);
            if whom && last > end && last - end <= LONGEST_OBLIQUE {
                end = last;
            }
        }
        end
    }

    /// Sets where an actor stands.
    pub(crate) fn frame(&self, actor: &mut Actor, at: usize, first: TokenId, end: TokenId) {
        actor.tokens = (first, end);
        actor.range = self.range(at, first, end);
    }

    /// The text range of tokens `first..end`.
    pub(crate) fn range(&self, at: usize, first: TokenId, end: TokenId) -> TextRange {
        let tokens = &self.sentences[at].tokens;
        match (tokens.get(first), end.checked_sub(1).and_then(|last| tokens.get(last))) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => self.sentences[at].range,
        }
    }
}

/// The office as the text writes it, in lower case but for names.
pub(crate) fn office_text(sentence: &Sentence, words: &RoleWords) -> String {
    let mut out = String::new();
    for (at, token) in sentence.tokens.iter().enumerate().take(words.end).skip(words.first) {
        if out.is_empty() && token.upos == Upos::Punct {
            continue;
        }
        if !out.is_empty() && token.form != "-" && !out.ends_with('-') && !token.form.starts_with('\'') {
            out.push(' ');
        }
        // The holder of "foreign ministers" is one of them.
        let last = at + 1 == words.end || words.end - words.first == 1;
        out.push_str(&if last && token.upos == Upos::Noun {
            token.lemma.to_lowercase()
        } else {
            token.form.to_lowercase()
        });
    }
    out
}
