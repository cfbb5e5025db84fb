//! Looking a name up by itself, without a text around it.

use demarche_record::{Code, Sector};
use jiff::civil::Date;

use crate::actor::ActorKind;
use crate::atoms::{Atom, Case, each_atom, hash_of};
use crate::dates::{Standing, Term};
use crate::entries::{CountryId, Form, Held, NamedId, NamedKind, Person, Referent};
use crate::place::{Hints, Located};
use crate::sectors;
use crate::world::World;

/// One thing that a name may stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// Country or international code.
    pub code: Option<Code>,
    /// PLOVER sectors on the day.
    pub sectors: Vec<Sector>,
    /// Wikidata item, where known.
    pub id: Option<String>,
    /// Canonical name.
    pub canonical: Option<String>,
    /// Office held.
    pub office: Option<String>,
    /// First day of the office, or of the body's or group's life, rounded outwards.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// What sort of thing it is.
    pub kind: ActorKind,
    /// How it was found.
    pub path: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

impl Resolution {
    fn new(kind: ActorKind, path: &'static str, confidence: f32) -> Self {
        Self {
            code: None,
            sectors: Vec::new(),
            id: None,
            canonical: None,
            office: None,
            from: None,
            to: None,
            kind,
            path,
            confidence,
        }
    }

    fn during(mut self, term: Term) -> Self {
        self.from = term.start.map(super::dates::PartialDate::text);
        self.to = term.end.map(super::dates::PartialDate::text);
        self
    }
}

impl World {
    /// What a name may stand for on a day, the likeliest first; empty when nothing is known. Understands names, family
    /// names, a title before a name ("President Macron") and a country before a noun of role ("Turkish police").
    ///
    /// ```
    /// let world = demarche_world::World::builtin()?;
    /// let found = world.lookup("Turkish police", None);
    /// assert_eq!(found[0].code.map(|code| code.to_string()).as_deref(), Some("TUR"));
    /// # Ok::<(), demarche_world::WorldError>(())
    /// ```
    pub fn lookup(&self, name: &str, on: Option<Date>) -> Vec<Resolution> {
        let mut atoms: Vec<Atom> = Vec::new();
        each_atom(name, |atom| atoms.push(atom));
        if atoms.len() > 1 && atoms[0].hash == hash_of("the") && self.names().exact(&atoms, false).is_none() {
            atoms.remove(0);
        }
        let mut out = self.named_so(&atoms, on, false);
        if out.is_empty() && atoms.iter().all(|atom| atom.case == Case::Lower) {
            out = self.named_so(&atoms, on, true);
        }
        if out.is_empty() {
            out.extend(self.role_of_country(&atoms));
        }
        if out.is_empty() {
            out = self.titled(&atoms, on);
        }
        if out.is_empty() {
            out.extend(self.place_so(&atoms, name));
        }
        out
    }

    fn named_so(&self, atoms: &[Atom], on: Option<Date>, any_case: bool) -> Vec<Resolution> {
        let mut out = Vec::new();
        if let Some(hit) = self.names().exact(atoms, any_case) {
            for reading in self.names().values(hit, atoms, any_case) {
                match reading {
                    Referent::Country(country, form) => out.push(self.as_country(country, form)),
                    Referent::Named(named) => out.extend(self.as_named(named, on)),
                    Referent::Person(person) => {
                        out.extend(self.as_person(self.person(person), on, None, 0.95));
                    }
                    Referent::People(people, _) => {
                        let people = self.people(people);
                        let mut found = Resolution::new(ActorKind::People, "name of a people", 0.7);
                        found.code = people.country;
                        found.canonical = text(people.name);
                        out.push(found);
                    }
                    Referent::Province(_) | Referent::City(_) | Referent::Region(_) => {}
                }
            }
        }
        if out.is_empty()
            && let Some(hit) = self.surnames().exact(atoms, any_case)
        {
            for person in self.surnames().values(hit, atoms, any_case) {
                out.extend(self.as_person(self.person(person), on, None, 0.6));
            }
        }
        out
    }

    fn as_country(&self, country: CountryId, form: Form) -> Resolution {
        let known = self.country_at(country);
        let path = if form == Form::Name { "country name" } else { "country adjective" };
        let mut found = Resolution::new(ActorKind::Country, path, 0.98);
        found.code = Some(known.acts_as);
        found.id = text(known.wikidata);
        found.canonical = text(known.name);
        found
    }

    fn as_named(&self, named: NamedId, on: Option<Date>) -> Option<Resolution> {
        let named = self.named(named);
        if !named.term.holds(on) {
            return None;
        }
        let (kind, path) = match named.kind {
            NamedKind::Seat => (ActorKind::Seat, "seat for government"),
            NamedKind::Body => (ActorKind::Body, "name of a national body"),
            NamedKind::Organisation => (ActorKind::Organisation, "name of an organisation"),
            NamedKind::Group => (ActorKind::Group, "name of a group"),
        };
        let mut found = Resolution::new(kind, path, 0.95).during(named.term);
        found.code = named.code;
        found.sectors = named.sectors.to_vec();
        let country = named.code.filter(|_| named.city).and_then(|code| self.country(code));
        found.id = text(country.map_or(named.wikidata, |country| country.wikidata));
        found.canonical = text(country.map_or(named.name, |country| country.name));
        Some(found)
    }

    /// The terms of a person that hold on the day; without one that does, the last before it.
    fn as_person(&self, person: &Person, on: Option<Date>, office: Option<&str>, confidence: f32) -> Vec<Resolution> {
        let fits = |held: &&Held| {
            office.is_none_or(|office| {
                held.office.eq_ignore_ascii_case(office)
                    || self.office(office, held.code).is_some_and(|known| known.name.eq_ignore_ascii_case(held.office))
            })
        };
        let all: Vec<&Held> = person.held.iter().filter(fits).collect();
        let mut holding: Vec<&Held> = all.iter().copied().filter(|held| held.term.holds(on)).collect();
        holding.sort_by_key(|held| (held.rank, !held.sure, std::cmp::Reverse(held.term.start)));
        let former = holding.is_empty();
        if former && office.is_none() {
            holding.extend(
                all.iter()
                    .copied()
                    .filter(|held| held.term.standing(on) == Standing::After)
                    .max_by_key(|held| held.term.end),
            );
        }
        let resolve = |held: &Held| {
            let path = if former { "office held before" } else { "office on date" };
            let mut found = Resolution::new(ActorKind::Person, path, confidence).during(held.term);
            found.code = held.code;
            found.sectors = if former { vec![Sector::Eli] } else { held.sectors.to_vec() };
            found.id = text(person.wikidata);
            found.canonical = text(person.name);
            found.office = text(held.office);
            found
        };
        holding.into_iter().map(resolve).collect()
    }

    /// "Turkish police", "Kenya's army".
    fn role_of_country(&self, atoms: &[Atom]) -> Option<Resolution> {
        let hit = self.country_names().longest(atoms, true)?;
        let Referent::Country(country, _) = self.country_names().values(hit, atoms, true).next()? else { return None };
        let rest = atoms.get(hit.len..)?;
        let rest = if rest.first().is_some_and(|atom| atom.hash == hash_of("s")) { &rest[1..] } else { rest };
        let role = self.role_names().sequence(rest.iter().map(|atom| atom.hash)).filter(|_| !rest.is_empty())?;
        let role = self.role(self.role_names().any_case(role).next()?);
        let owner = self.as_country(country, Form::Name);
        let mut found = Resolution::new(ActorKind::Role, "role of country", 0.9);
        found.code = owner.code;
        let mut actor = crate::actor::Actor::new(ActorKind::Country, "country name", 0.98);
        actor.code = owner.code;
        found.sectors = sectors::compose(role, &[], Some(&actor), false);
        found.office = (role.kind == crate::entries::RoleKind::Office).then(|| role.lemma.to_owned());
        Some(found)
    }

    /// "President Macron", "French President Emmanuel Macron".
    fn titled(&self, atoms: &[Atom], on: Option<Date>) -> Vec<Resolution> {
        let country = self.country_names().longest(atoms, true).filter(|hit| hit.len < atoms.len());
        let code = country.and_then(|hit| match self.country_names().values(hit, atoms, true).next()? {
            Referent::Country(country, _) => Some(self.country_at(country).acts_as),
            _ => None,
        });
        let rest = &atoms[country.map_or(0, |hit| hit.len)..];
        let Some(title) = self.role_names().longest(rest, true).filter(|hit| hit.len < rest.len()) else {
            return Vec::new();
        };
        let Some(role) = self.role_names().any_case(title).next() else { return Vec::new() };
        let role = self.role(role);
        let name = &rest[title.len..];
        let full = self.names().exact(name, false).map(|hit| {
            let readings = self.names().values(hit, name, false);
            readings
                .filter_map(|reading| if let Referent::Person(person) = reading { Some(person) } else { None })
                .collect::<Vec<_>>()
        });
        let persons = full.filter(|persons| !persons.is_empty()).unwrap_or_else(|| {
            self.surnames
                .exact(name, false)
                .map(|hit| self.surnames().values(hit, name, false).collect())
                .unwrap_or_default()
        });
        let found =
            persons.into_iter().flat_map(|person| self.as_person(self.person(person), on, Some(role.lemma), 0.9));
        found.filter(|found| code.is_none() || found.code == code).collect()
    }

    fn place_so(&self, atoms: &[Atom], written: &str) -> Option<Resolution> {
        let place = self.locate_atoms(atoms, written, |_| 0)?;
        let mut found = Resolution::new(ActorKind::Place, "place", place.confidence);
        found.code = place.country_code.and_then(|code| self.country(code)).map(|country| country.acts_as);
        found.canonical = place.name;
        Some(found)
    }

    /// The place of a name by itself, given how often a document names each country.
    pub(crate) fn locate_atoms(
        &self,
        atoms: &[Atom],
        written: &str,
        count: impl Fn(CountryId) -> u32,
    ) -> Option<Located> {
        let hit = self.names().exact(atoms, false).or_else(|| self.names().exact(atoms, true))?;
        let readings: Vec<Referent> = self.names().any_case(hit).collect();
        self.locate(&readings, written, &Hints::default(), count)
    }

    /// The place of a name by itself; `None` when it is unknown or nothing decides between places of that name. After
    /// a comma a country or division may say where it lies ("Tripoli, Lebanon").
    pub fn locate_name(&self, name: &str) -> Option<Located> {
        let cut = |name: &str| {
            let mut atoms = Vec::new();
            each_atom(name, |atom| atoms.push(atom));
            atoms
        };
        let (name, outer) = name.split_once(',').map_or((name, None), |(name, outer)| (name.trim(), Some(outer)));
        let atoms = cut(name);
        let hit = self.names().exact(&atoms, false).or_else(|| self.names().exact(&atoms, true))?;
        let readings: Vec<Referent> = self.names().any_case(hit).collect();
        let mut hints = Hints::default();
        if let Some(outer) = outer {
            let atoms = cut(outer);
            if let Some(hit) = self.names().exact(&atoms, true) {
                hints.containers = self.names().any_case(hit).collect();
            }
        }
        self.locate(&readings, name, &hints, |_| 0)
    }
}
