//! Names that no table holds, and names the document itself has introduced.

use demarche_language::{EntityKind, Relation, TokenId, Upos};

use crate::actor::{Actor, ActorKind};
use crate::atoms::{Atom, Case};
use crate::builder::Builder;
use crate::context::Use;
use crate::entries::{Gender, Referent};
use crate::phrase;
use crate::scan::Match;

impl Builder<'_> {
    /// Whether a country's name is here the family name of someone met before ("Michael Jordan ... Jordan said").
    pub(crate) fn is_known_surname(&self, at: usize, found: &Match, reading: Referent) -> bool {
        let atoms = self.scans[at].atoms_of(found.first, found.end);
        atoms.len() == 1
            && self.sentences[at].entity_at(found.first).is_none_or(|entity| entity.kind == EntityKind::Person)
            && self.memory.get(atoms).is_some_and(|known| known.actor.kind == ActorKind::Person)
            && (!matches!(reading, Referent::Country(..)) || self.world.ambiguity().is_ambiguous(atoms))
    }

    /// A proper name that no table holds: kept, with a country only where a modifier says so.
    pub(crate) fn unknown_name(&mut self, at: usize, head: TokenId) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        let token = &sentence.tokens[head];
        let entity = sentence.entity_at(head).copied();
        let (mut first, mut end) = (head, phrase::name_end(sentence, head));
        if let Some(entity) = entity {
            let top = crate::scan::top_of(sentence, entity.first, entity.end);
            if top != head {
                return if token.relation == Relation::Conj { Vec::new() } else { self.resolve(at, top) };
            }
            (first, end) = (entity.first.min(first), entity.end.max(end));
        } else {
            while first > 0
                && sentence.tokens[first - 1].upos == Upos::Propn
                && sentence.tokens[first - 1].head == Some(head)
                && sentence.tokens[first - 1].relation == Relation::Compound
            {
                first -= 1;
            }
        }
        let atoms = self.scans[at].atoms_of(first, end).to_vec();
        let listed = self.world.context_words();
        // The last word of a body's name says what it is: "the Patriot Act" is nobody.
        let organised = entity.is_some_and(|entity| entity.kind == EntityKind::Organisation);
        let telling = if organised { &atoms[atoms.len().saturating_sub(1)..] } else { &atoms[..] };
        if telling.iter().any(|atom| listed.atom_says(atom, Use::Nobody)) {
            return Vec::new();
        }
        if let Some(known) = self.memory.get(&atoms) {
            let mut actor = known.actor.clone();
            actor.path.push("named before");
            self.frame(&mut actor, at, first, end);
            return vec![actor];
        }
        if self.is_person(at, head) && entity.is_none() {
            let name = self.name_span(at, head);
            let has_title =
                sentence.dependents(head).iter().any(|&d| sentence.tokens[d].relation == Relation::NmodDesc);
            if has_title
                || self.identify(at, &name, self.scans[at].atoms_of(name.first, name.end), None, None, None).is_some()
            {
                return self.person(at, head);
            }
        }
        let kind = entity.map(|entity| entity.kind);
        let subject = matches!(
            token.relation,
            Relation::Nsubj
                | Relation::NsubjPass
                | Relation::OblAgent
                | Relation::NmodPoss
                | Relation::Obj
                | Relation::Iobj
        );
        let confidence = match kind {
            Some(EntityKind::Organisation) => 0.5,
            Some(EntityKind::Norp) => 0.4,
            None if subject && self.scans[at].capitalised(head) => 0.25,
            _ => return Vec::new(),
        };
        let kind = if kind == Some(EntityKind::Organisation) { ActorKind::Organisation } else { ActorKind::Unknown };
        let mut actor = Actor::new(kind, "unknown name", confidence);
        let left = phrase::left_edge(sentence, head).min(first);
        actor.code = self.explicit_country(at, head, left, end);
        actor.canonical = Some(self.words(at, first, end));
        if actor.code.is_some() {
            actor.path.push("country of a modifier");
        }
        self.frame(&mut actor, at, left, end);
        let acronym = self.acronym_after(at, end);
        let short: Vec<&[Atom]> = acronym.iter().map(Vec::as_slice).collect();
        self.memory.keep(&actor, Gender::Unknown, &atoms, &short);
        vec![actor]
    }

    /// An acronym in brackets right after a name.
    pub(crate) fn acronym_after(&self, at: usize, end: TokenId) -> Option<Vec<Atom>> {
        let tokens = &self.sentences[at].tokens;
        let bracketed = tokens.get(end)?.form == "(" && tokens.get(end + 2)?.form == ")";
        let atoms = self.scans[at].atoms_of(end + 1, end + 2);
        (bracketed && atoms.len() == 1 && atoms[0].case == Case::Upper).then(|| atoms.to_vec())
    }
}
