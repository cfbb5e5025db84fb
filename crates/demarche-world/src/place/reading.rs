//! What a writing may stand for on the map, by itself.

use demarche_index::atoms::{Atom, Case, each_atom, hash_of};
use demarche_index::entries::{CountryId, Referent};
use demarche_record::TextRange;

use super::Located;
use super::candidate::{Candidate, Sort};
use super::clues::Clues;
use super::home::Home;
use super::lexicon::key;
use super::names::Name;
use super::resolve::resolve;
use crate::world::World;

/// "St. Marc" is Saint-Marc, "Mt." Mount.
const SHORT: [(u64, u64); 3] =
    [(hash_of("st"), hash_of("saint")), (hash_of("mt"), hash_of("mount")), (hash_of("ft"), hash_of("fort"))];

/// A short word wholly in capitals.
fn is_acronym(written: &str) -> bool {
    written.len() <= 4 && written.chars().all(char::is_uppercase)
}

pub(crate) fn atoms(written: &str) -> Vec<Atom> {
    let mut out = Vec::new();
    each_atom(written, |atom| out.push(atom));
    out
}

impl World {
    /// Readings as places. A country whose part bears the name itself ("Scotland") gives way to the part.
    pub(crate) fn candidates(&self, readings: &[Referent], written: &str) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let acronym = is_acronym(written);
        for &reading in readings {
            if let Some(candidate) = self.candidate(reading, written)
                && !(acronym && self.is_minor(reading, written))
                && !out.iter().any(|known| known.referent == candidate.referent)
            {
                out.push(candidate);
            }
        }
        let parts: Vec<CountryId> = out
            .iter()
            .filter_map(|candidate| match candidate.referent {
                Referent::Province(province) => Some(self.province(province)),
                _ => None,
            })
            .filter(|province| province.name.eq_ignore_ascii_case(written))
            .map(|province| province.country)
            .collect();
        out.retain(|candidate| match candidate.referent {
            Referent::Country(country, _) => {
                !parts.contains(&country) || self.country_at(country).name.eq_ignore_ascii_case(written)
            }
            _ => true,
        });
        out
    }

    /// Whether a place is too small to be meant by a word in capitals ("HIV" is no Hīv).
    fn is_minor(&self, reading: Referent, written: &str) -> bool {
        const PEOPLE: u32 = 100_000;
        let spot = match reading {
            Referent::City(city) => self.city(city),
            Referent::District(_) => return true,
            _ => return false,
        };
        spot.feature_class == "P" && spot.population < PEOPLE && spot.name != written
    }

    /// What a name given by itself may stand for: as written, else without an article, a word of kind or a direction.
    pub(crate) fn readings(&self, written: &str) -> Vec<Referent> {
        let atoms = atoms(written);
        let mut rest = &atoms[..];
        if rest.len() > 1 && rest[0].hash == hash_of("the") {
            rest = &rest[1..];
        }
        for name in [&atoms[..], rest] {
            let found = self.exact(name);
            if !found.is_empty() {
                return found;
            }
        }
        let abbreviated: Vec<Referent> = self.place_words.divisions(rest, false).collect();
        if !abbreviated.is_empty() {
            return abbreviated;
        }
        let full: Vec<Atom> = rest
            .iter()
            .map(|atom| {
                SHORT
                    .iter()
                    .find(|(short, _)| *short == atom.hash)
                    .map_or(*atom, |(_, hash)| Atom { hash: *hash, ..*atom })
            })
            .collect();
        let found = self.exact(&full);
        if !found.is_empty() {
            return found;
        }
        // "Cabanatuan" is Cabanatuan City.
        let city: Vec<Atom> = atoms.iter().copied().chain(self::atoms("City")).collect();
        let found = self.exact(&city);
        if !found.is_empty() {
            return found;
        }
        let words: Vec<&str> = written.split_whitespace().collect();
        let cut = |words: &[&str]| self.exact(&self::atoms(&words.join(" ")));
        if let [first, rest @ ..] = &words[..]
            && !rest.is_empty()
            && self.place_words.is_within(first)
        {
            // "Northern Mali" lies in Mali; "West Midlands" is no part of Midlands.
            let whole = |reading: &Referent| {
                first.starts_with(char::is_lowercase) || matches!(reading, Referent::Country(..) | Referent::City(_))
            };
            return cut(rest).into_iter().filter(whole).collect();
        }
        if let [rest @ .., last] = &words[..]
            && !rest.is_empty()
            && self.place_words.is_division(last)
        {
            let found = cut(rest);
            let division = |reading: &Referent| {
                self.candidate(*reading, "").is_some_and(|candidate| candidate.sort != Sort::Settlement)
            };
            return found.into_iter().filter(division).collect();
        }
        Vec::new()
    }

    fn exact(&self, atoms: &[Atom]) -> Vec<Referent> {
        let any_case =
            atoms.iter().all(|atom| atom.case == Case::Lower) || atoms.iter().all(|atom| atom.case == Case::Upper);
        let hit = self.names().exact(atoms, false).or_else(|| self.names().exact(atoms, true));
        let Some(hit) = hit else { return Vec::new() };
        let fitting: Vec<Referent> = self.names().values(hit, atoms, any_case).collect();
        let readings = if fitting.is_empty() { self.names().any_case(hit).collect() } else { fitting };
        readings.into_iter().filter(|reading| self.candidate(*reading, "").is_some()).collect()
    }
}

impl World {
    /// Whether several places bear a name.
    pub(crate) fn is_shared(&self, written: &str) -> bool {
        let name = written.split(',').next().unwrap_or_default().trim();
        self.candidates(&self.readings(name), name).len() > 1
    }

    /// The place of a name by itself; `None` when it is unknown or nothing decides between places of that name. What
    /// stands behind a comma says where it lies ("Tripoli, Lebanon").
    ///
    /// ```
    /// let world = demarche_world::World::builtin()?;
    /// let place = world.locate_name("Tripoli, Lebanon").and_then(|place| place.country);
    /// assert_eq!(place.as_deref(), Some("Lebanon"));
    /// # Ok::<(), demarche_world::WorldError>(())
    /// ```
    pub fn locate_name(&self, name: &str) -> Option<Located> {
        let mut names: Vec<Name> = Vec::new();
        for (at, part) in name.split(',').map(str::trim).enumerate() {
            let containers = if at == 0 { Vec::new() } else { vec![(at, true)] };
            if let Some(before) = names.last_mut() {
                before.clues.containers = containers;
            }
            names.push(Name {
                at: 0,
                first: at,
                end: at + 1,
                range: TextRange::default(),
                key: key(&atoms(part)),
                candidates: self.candidates(&self.readings(part), part),
                adjective: false,
                trusted: true,
                given: None,
                clues: Clues::default(),
            });
        }
        if names.iter().skip(1).any(|outer| outer.candidates.is_empty()) {
            names.truncate(1);
            if let Some(name) = names.first_mut() {
                name.clues = Clues::default();
            }
        }
        let decision = resolve(self, &names, Home::default(), None).0.into_iter().next()??;
        let mut place = self.located(decision.referent).filter(|_| !decision.by_container)?;
        place.confidence = decision.confidence;
        Some(place)
    }
}
