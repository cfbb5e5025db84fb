//! Phrases of a role noun and whom it belongs to, without a text around them: "Turkish police", "the president of Mali",
//! "rebels in eastern Congo", "the ministry".

use jiff::civil::Date;

use super::{AMBIGUOUS, Resolution, text};
use crate::actor::{Actor, ActorKind};
use crate::atoms::{Atom, hash_of};
use crate::entries::{Role, RoleKind};
use crate::sectors;
use crate::world::World;

/// Words between a role noun and whom it belongs to.
const OF: &[u64] = &[hash_of("of"), hash_of("in"), hash_of("from"), hash_of("for"), hash_of("at"), hash_of("to")];
/// Words that say nothing of whom a phrase belongs to.
const PASSED: &[u64] = &[
    hash_of("the"),
    hash_of("a"),
    hash_of("an"),
    hash_of("northern"),
    hash_of("southern"),
    hash_of("eastern"),
    hash_of("western"),
    hash_of("central"),
];
const POSSESSIVE: u64 = hash_of("s");
const ROLE_ALONE: f32 = 0.4;
const OWNED: f32 = 0.9;

impl World {
    /// A role noun with its owner before or after it, or alone.
    pub(super) fn composed(&self, atoms: &[Atom], written: &str, on: Option<Date>) -> Option<Resolution> {
        let atoms = plain(atoms);
        if let Some(role) = self.role_so(atoms, written) {
            return Some(self.as_role(role, None, on));
        }
        let after = atoms.iter().enumerate().skip(1).filter(|(_, atom)| OF.contains(&atom.hash)).find_map(|(at, _)| {
            let role = self.role_so(&atoms[..at], written)?;
            Some(self.as_role(role, Some(self.owner_so(plain(&atoms[at + 1..]), written, on)?), on))
        });
        after.or_else(|| {
            (1..atoms.len()).rev().find_map(|at| {
                let owner = match atoms[..at].split_last() {
                    Some((last, rest)) if last.hash == POSSESSIVE => rest,
                    _ => &atoms[..at],
                };
                let role = self.role_so(&atoms[at..], written)?;
                Some(self.as_role(role, Some(self.owner_so(owner, written, on)?), on))
            })
        })
    }

    /// The role that the atoms name, its noun in the singular or the plural.
    fn role_so(&self, atoms: &[Atom], written: &str) -> Option<Role<'_>> {
        let (last, before) = atoms.split_last()?;
        let written = written.get(last.start as usize..last.end as usize).unwrap_or_default();
        std::iter::once(last.hash)
            .chain(singulars(written))
            .find_map(|form| {
                let sequence = before.iter().map(|atom| atom.hash).chain([form]);
                let hit = self.role_names().sequence(sequence)?;
                self.role_names().any_case(hit).next()
            })
            .map(|role| self.role(role))
    }

    /// Whom a phrase may belong to: a country, body, group or person by name, else a place.
    fn owner_so(&self, atoms: &[Atom], written: &str, on: Option<Date>) -> Option<Resolution> {
        let range = atoms.first()?.start as usize..atoms.last()?.end as usize;
        let named = |any_case| self.named_so(atoms, on, any_case).unwrap_or_default().into_iter().next();
        let surnamed = |any_case| self.surnamed(atoms, on, any_case).into_iter().next();
        let known = [false, true].into_iter().find_map(|any_case| named(any_case).or_else(|| surnamed(any_case)));
        known.or_else(|| self.place_so(written.get(range)?))
    }

    fn as_role(&self, role: Role<'_>, owner: Option<Resolution>, on: Option<Date>) -> Resolution {
        let (path, confidence) = match owner.as_ref().map(|owner| owner.kind) {
            None => ("role", ROLE_ALONE),
            Some(ActorKind::Place) if owner.as_ref().is_some_and(|owner| owner.path == AMBIGUOUS) => {
                ("role at ambiguous place", ROLE_ALONE)
            }
            Some(ActorKind::Place) => ("role at place", OWNED * 0.9),
            Some(ActorKind::Group) => ("role of group", OWNED),
            Some(ActorKind::Organisation) => ("role of organisation", OWNED),
            Some(ActorKind::Body) => ("role of body", OWNED),
            Some(ActorKind::Person) => ("role of person", OWNED * 0.8),
            Some(ActorKind::Seat) => ("role of seat", OWNED),
            Some(_) => ("role of country", OWNED),
        };
        let mut found = Resolution::new(ActorKind::Role, path, confidence);
        let actor = owner.map(|owner| {
            let mut actor = Actor::new(owner.kind, owner.path, owner.confidence);
            actor.code = owner.code;
            actor.sectors = owner.sectors;
            if matches!(owner.kind, ActorKind::Group | ActorKind::Organisation) {
                found.id = owner.id;
                found.canonical = owner.canonical;
            }
            actor
        });
        found.code = actor.as_ref().and_then(|actor| actor.code);
        found.sectors = sectors::compose(role, &[], actor.as_ref(), false);
        if role.kind == RoleKind::Office {
            found.office = text(role.lemma);
            if let Some(holder) = found.code.zip(on).and_then(|(code, on)| self.holder(role.lemma, code, on)) {
                found.id = text(holder.wikidata);
                found.canonical = text(holder.name);
            }
        }
        found
    }
}

/// What a noun may be in the singular, as atoms: "rebels", "ministries", "gunmen".
fn singulars(written: &str) -> impl Iterator<Item = u64> {
    let lower = written.to_lowercase();
    let of = |end: &str, singular: &str| lower.strip_suffix(end).map(|stem| hash_of(&format!("{stem}{singular}")));
    [of("ies", "y"), of("men", "man"), of("women", "woman"), of("es", ""), of("s", "")].into_iter().flatten()
}

/// Atoms without the articles and directions they begin with.
fn plain(mut atoms: &[Atom]) -> &[Atom] {
    while let Some((first, rest)) = atoms.split_first()
        && PASSED.contains(&first.hash)
        && !rest.is_empty()
    {
        atoms = rest;
    }
    atoms
}
