//! Country names that also name something else, decided from the words beside them.
//!
//! Each reading of `places/ambiguous.tsv` has cue words. A cue right beside the name weighs most, one elsewhere in the
//! sentence less, and `default` breaks a tie; the reading with most weight wins. Two cues stand for open classes of
//! words: a given name before ("Michael Jordan") and a surname after ("Chad Wolf"), both known from the office holders.

use std::collections::{HashMap, HashSet};

use demarche_record::Code;

use crate::atoms::{Atom, Case, chain, each_atom, hash_of};
use crate::error::{Problem, WorldError};
use crate::tables;
use crate::world::World;

/// What a name means where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Nothing speaks against the tables' readings.
    Open,
    /// This country.
    Country(Code),
    /// No country.
    Other,
}

/// A word or phrase that speaks for a reading.
#[derive(Clone, Debug)]
enum Cue {
    Before(Vec<u64>),
    After(Vec<u64>),
    Near(Vec<u64>),
    GivenNameBefore,
    SurnameAfter,
    Default,
}

#[derive(Clone, Debug)]
struct Reading {
    country: Option<Code>,
    cues: Vec<Cue>,
}

/// The rules of `places/ambiguous.tsv`, as far as they are about countries.
#[derive(Debug, Default)]
pub(crate) struct Ambiguity {
    names: HashMap<u64, Vec<Reading>>,
    given: HashSet<u64>,
    surnames: HashSet<u64>,
}

const BESIDE: u32 = 8;
const NEAR: u32 = 2;
const MOST_NEAR: u32 = 6;
const DEFAULT: u32 = 1;

fn hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    each_atom(text, |atom| out.push(atom.hash));
    out
}

fn key(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0, chain)
}

impl Ambiguity {
    pub(crate) fn load(world: &World) -> Result<Self, WorldError> {
        let mut names: HashMap<u64, Vec<Reading>> = HashMap::new();
        tables::AMBIGUOUS.each(["name", "reading", "evidence"], |row| {
            let name = hashes(row.needed(0)?);
            if world.country_names().sequence(name.iter().copied()).is_none() {
                return Ok(());
            }
            let reading = row.needed(1)?;
            let country = match reading.split_once(':') {
                Some(("country" | "people" | "territory" | "state", code)) => Some(code),
                Some(_) => return Ok(()),
                None => reading.strip_prefix("part of "),
            };
            let country = match country {
                Some(code) => {
                    let code = Code::parse(code).map_err(|unknown| row.fault(1, unknown))?;
                    let known =
                        world.country(code).ok_or_else(|| row.fault(1, Problem::UnknownCountry(code.to_string())))?;
                    Some(known.code)
                }
                // A peninsula or continent is still no reason to doubt the state.
                None if matches!(reading, "peninsula" | "region" | "breakaway" | "island") => return Ok(()),
                None => None,
            };
            let cues = row.list(2).filter_map(cue).collect();
            names.entry(key(name.into_iter())).or_default().push(Reading { country, cues });
            Ok(())
        })?;
        let mut given = HashSet::new();
        let mut surnames = HashSet::new();
        for person in world.persons() {
            let parts = hashes(person.name);
            if let (Some(&first), Some(&last)) = (parts.first(), parts.last())
                && parts.len() > 1
            {
                for (part, set) in [(first, &mut given), (last, &mut surnames)] {
                    if world.role_names().sequence([part].into_iter()).is_none() {
                        set.insert(part);
                    }
                }
            }
        }
        Ok(Self { names, given, surnames })
    }

    /// What the name of atoms `at..end` means in its sentence.
    pub(crate) fn decide(&self, atoms: &[Atom], at: usize, end: usize) -> Meaning {
        let Some(readings) = self.names.get(&key(atoms[at..end].iter().map(|atom| atom.hash))) else {
            return Meaning::Open;
        };
        let mut best: Option<(u32, Option<Code>)> = None;
        for reading in readings {
            let weight = self.weigh(reading, atoms, at, end);
            if weight > best.map_or(0, |(most, _)| most) {
                best = Some((weight, reading.country));
            }
        }
        match best {
            Some((weight, Some(code))) if weight >= NEAR => Meaning::Country(code),
            Some((_, None)) => Meaning::Other,
            _ => Meaning::Open,
        }
    }

    fn weigh(&self, reading: &Reading, atoms: &[Atom], at: usize, end: usize) -> u32 {
        let (mut beside, mut near, mut default) = (0, 0, 0);
        let ends_with = |cue: &[u64]| {
            at >= cue.len() && atoms[at - cue.len()..at].iter().map(|atom| atom.hash).eq(cue.iter().copied())
        };
        let begins_with = |cue: &[u64]| {
            atoms
                .get(end..end + cue.len())
                .is_some_and(|next| next.iter().map(|atom| atom.hash).eq(cue.iter().copied()))
        };
        for cue in &reading.cues {
            match cue {
                Cue::Before(words) if ends_with(words) => beside = BESIDE,
                Cue::After(words) if begins_with(words) => beside = BESIDE,
                Cue::GivenNameBefore
                    if at > 0 && is_name_cased(atoms[at - 1]) && self.given.contains(&atoms[at - 1].hash) =>
                {
                    beside = BESIDE;
                }
                Cue::SurnameAfter
                    if atoms
                        .get(end)
                        .is_some_and(|next| is_name_cased(*next) && self.surnames.contains(&next.hash)) =>
                {
                    beside = BESIDE;
                }
                Cue::Near(words) => {
                    let found = atoms.windows(words.len()).enumerate().any(|(start, window)| {
                        (start + words.len() <= at || start >= end)
                            && window.iter().map(|atom| atom.hash).eq(words.iter().copied())
                    });
                    near += if found { NEAR } else { 0 };
                }
                Cue::Default => default = DEFAULT,
                _ => {}
            }
        }
        beside + near.min(MOST_NEAR) + default
    }

    /// Whether the name may be a country's where it stands.
    pub(crate) fn allows(&self, atoms: &[Atom], at: usize, end: usize) -> bool {
        self.decide(atoms, at, end) != Meaning::Other
    }

    /// Whether a name has readings besides the country.
    pub(crate) fn is_ambiguous(&self, atoms: &[Atom]) -> bool {
        self.names.contains_key(&key(atoms.iter().map(|atom| atom.hash)))
    }
}

/// Whether a word is written as personal names are. In text all in capitals that cannot be told, and words such as
/// "SAID" are names too.
fn is_name_cased(atom: Atom) -> bool {
    atom.case == Case::Capital
}

/// Reads one cue; `None` for notes on how the name is written, which the matcher knows by itself.
fn cue(written: &str) -> Option<Cue> {
    const NOTES: &[&str] = &["lower case", "capitals", "sentence start", "headline in capitals"];
    match written {
        "default" => return Some(Cue::Default),
        "before:given name" => return Some(Cue::GivenNameBefore),
        "after:surname" => return Some(Cue::SurnameAfter),
        _ if NOTES.contains(&written) || written.starts_with("capital ") || written.starts_with("always ") => {
            return None;
        }
        _ => {}
    }
    let (make, words): (fn(Vec<u64>) -> Cue, &str) = match written.split_once(':') {
        Some(("before", words)) => (Cue::Before, words),
        Some(("after", words)) => (Cue::After, words),
        _ => (Cue::Near, written),
    };
    let words = hashes(words);
    // Pronouns and "in" occur in every other sentence and decide nothing.
    let common = [hash_of("he"), hash_of("his"), hash_of("she"), hash_of("her"), hash_of("in")];
    let decides = !words.is_empty() && (words.len() > 1 || !common.contains(&words[0]));
    decides.then(|| make(words))
}
