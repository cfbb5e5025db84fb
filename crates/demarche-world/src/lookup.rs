//! Looking a name up by itself, without a text around it.

mod composed;

use demarche_record::{Code, Sector};
use jiff::civil::Date;

use crate::actor::ActorKind;
use crate::atoms::{Atom, Case, each_atom, hash_of};
use crate::dates::{Standing, Term};
use crate::entries::{CountryId, Form, Held, NamedId, NamedKind, Office, Person, Referent};
use crate::identify::{LAST_SEEN, SEEN};
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

/// The path of what a user's dictionary says.
pub(crate) const LISTED: &str = "listed in a dictionary";
/// The path of a name that several places bear, none of them before the others.
const AMBIGUOUS: &str = "ambiguous place";
/// The path of who is no longer in office.
const BEFORE: &str = "office held before";

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
        let article = atoms.len() > 1 && atoms[0].hash == hash_of("the");
        if article && self.names().exact(&atoms, false).is_some() {
            // A name written with its article may be known so only on other days.
            match self.lookup_atoms(&atoms, name, on, false) {
                Some(found) if found.is_empty() => {}
                found => return found.unwrap_or_default(),
            }
        }
        self.lookup_atoms(&atoms[usize::from(article)..], name, on, article).unwrap_or_default()
    }

    /// What a name may stand for; `None` where a user's dictionary says that it is nobody. No family name follows an
    /// `article`.
    fn lookup_atoms(&self, atoms: &[Atom], name: &str, on: Option<Date>, article: bool) -> Option<Vec<Resolution>> {
        let lower = atoms.iter().all(|atom| atom.case == Case::Lower);
        // "The West", "East" alone: a direction, though towns and persons are called so.
        let direction = match atoms {
            [one] => self.place_words.is_within(name.get(one.start as usize..one.end as usize).unwrap_or_default()),
            _ => false,
        };
        let mut out = Vec::new();
        for any_case in [false, true].into_iter().take(1 + usize::from(lower)) {
            if out.is_empty() {
                out = self.named_so(atoms, on, any_case)?;
            }
            if out.is_empty() && !article && !direction {
                out = self.surnamed(atoms, on, any_case);
            }
        }
        if out.is_empty() {
            out = self.titled(atoms, on);
        }
        if out.is_empty() {
            out.extend(self.composed(atoms, name, on));
        }
        if out.is_empty() && !direction {
            out.extend(self.place_so(name));
        }
        Some(out)
    }

    /// What a whole name stands for; `None` where a user's dictionary says that it is nobody.
    fn named_so(&self, atoms: &[Atom], on: Option<Date>, any_case: bool) -> Option<Vec<Resolution>> {
        let mut out = Vec::new();
        if let Some(hit) = self.names().exact(atoms, any_case) {
            for reading in self.names().values(hit, atoms, any_case) {
                match reading {
                    Referent::Country(country, form) => out.push(self.as_country(country, form)),
                    Referent::Named(named) if self.is_nobody(named, on) => {
                        return Some(out).filter(|out| !out.is_empty());
                    }
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
                    Referent::Province(_) | Referent::District(_) | Referent::City(_) | Referent::Region(_) => {}
                }
            }
        }
        if on.is_none()
            && let Some(name) = out.first().filter(|first| first.path != LISTED).map(|first| first.canonical.clone())
        {
            // Without a day the latest standing of what changed its own goes first.
            out.sort_by_cached_key(|found| {
                let other = found.canonical != name || found.kind == ActorKind::Person;
                (other, !other && found.to.is_some(), std::cmp::Reverse((!other).then(|| found.to.clone())))
            });
        }
        if on.is_none() && out.first().is_some_and(|first| first.path == LISTED) {
            // Without a day a term that is still open goes first, then what other tables know; a closed one is the past.
            out.sort_by_key(|found| if found.path == LISTED { 2 * u8::from(found.to.is_some()) } else { 1 });
        }
        Some(out)
    }

    /// Who bears a family name: who is in office before who was, higher offices first. A region wider than a country is no
    /// person's name: "Sahel".
    fn surnamed(&self, atoms: &[Atom], on: Option<Date>, any_case: bool) -> Vec<Resolution> {
        let wide = self.names().exact(atoms, any_case).is_some_and(|hit| {
            let mut readings = self.names().values(hit, atoms, any_case);
            readings.any(|reading| matches!(reading, Referent::Region(region) if self.region(region).is_wide()))
        });
        let Some(hit) = self.surnames().exact(atoms, any_case).filter(|_| !wide) else { return Vec::new() };
        let persons = self.surnames().values(hit, atoms, any_case);
        let mut out: Vec<Resolution> =
            persons.flat_map(|person| self.as_person(self.person(person), on, None, 0.6)).collect();
        out.sort_by_cached_key(|found| {
            let standing = match found.path {
                BEFORE => 2,
                LAST_SEEN => 1,
                // Without a day a term that is still open goes first.
                _ => u8::from(on.is_none() && found.to.is_some()),
            };
            let office = found.office.as_deref().and_then(|office| self.office(office, found.code));
            let left = found.to.clone().filter(|_| standing == 2);
            (standing, office.map_or(u8::MAX, Office::rank), std::cmp::Reverse(left))
        });
        out
    }

    /// Whether a user's dictionary says that a name is no actor on a day.
    fn is_nobody(&self, named: NamedId, on: Option<Date>) -> bool {
        let named = self.named(named);
        named.kind == NamedKind::Nobody && named.term.holds(on)
    }

    fn as_country(&self, country: CountryId, form: Form) -> Resolution {
        let known = self.country_at(country);
        let path = match form {
            Form::Name => "country name",
            Form::FormerName => "former country name",
            Form::Adjective | Form::Plural => "country adjective",
        };
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
            NamedKind::Listed | NamedKind::Nobody => (ActorKind::Organisation, LISTED),
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
    fn as_person(
        &self,
        person: Person<'_>,
        on: Option<Date>,
        office: Option<&str>,
        confidence: f32,
    ) -> Vec<Resolution> {
        let fits = |held: &Held<'_>| {
            office.is_none_or(|office| {
                held.office.eq_ignore_ascii_case(office)
                    || self.office(office, held.code).is_some_and(|known| known.name.eq_ignore_ascii_case(held.office))
            })
        };
        let all: Vec<Held<'_>> = person.held.iter().filter(fits).collect();
        let seen = |held: &Held<'_>| self.standing(held, on) == Standing::Seen;
        let mut holding: Vec<Held<'_>> = all.iter().copied().filter(|held| held.term.holds(on) || seen(held)).collect();
        holding.sort_by_cached_key(|held| (seen(held), held.rank, !held.sure, std::cmp::Reverse(held.term.start)));
        let former = holding.is_empty();
        if former && office.is_none() {
            holding.extend(
                all.iter()
                    .copied()
                    .filter(|held| held.term.standing(on) == Standing::After)
                    .max_by_key(|held| held.term.end),
            );
        }
        let resolve = |held: Held<'_>| {
            let (path, share) = match (former, seen(&held)) {
                (true, _) => (BEFORE, 1.0),
                (false, true) => (LAST_SEEN, SEEN),
                (false, false) => ("office on date", 1.0),
            };
            let mut found = Resolution::new(ActorKind::Person, path, confidence * share).during(held.term);
            if path == LAST_SEEN {
                // When it ended, or will, nobody knows.
                found.to = None;
            }
            found.code = held.code;
            found.sectors = if former { vec![Sector::Eli] } else { held.sectors.to_vec() };
            found.id = text(person.wikidata);
            found.canonical = text(person.name);
            found.office = text(held.office);
            found
        };
        holding.into_iter().map(resolve).collect()
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
            self.surnames()
                .exact(name, false)
                .map(|hit| self.surnames().values(hit, name, false).collect())
                .unwrap_or_default()
        });
        let held = |office, confidence| {
            let found =
                persons.iter().flat_map(move |&person| self.as_person(self.person(person), on, office, confidence));
            found.filter(|found| code.is_none() || found.code == code).collect::<Vec<_>>()
        };
        let found = held(Some(role.lemma), 0.9);
        // A title that the tables do not date so: the person all the same, with the office of the day.
        if found.is_empty() && name.len() > 1 { held(None, 0.6) } else { found }
    }

    fn place_so(&self, written: &str) -> Option<Resolution> {
        let Some(place) = self.locate_name(written) else {
            return self.is_shared(written).then(|| Resolution::new(ActorKind::Place, AMBIGUOUS, 0.0));
        };
        let mut found = Resolution::new(ActorKind::Place, "place", place.confidence);
        found.code = place.country_code.and_then(|code| self.country(code)).map(|country| country.acts_as);
        found.canonical = place.name;
        Some(found)
    }
}
