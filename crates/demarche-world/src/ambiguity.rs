//! Country names that also name something else, decided from the words beside them.
//!
//! Each reading of `places/ambiguous.tsv` has cue words. A cue right beside the name weighs most, one elsewhere in the
//! sentence less, and `default` breaks a tie; the reading with most weight wins. Two cues stand for open classes of
//! words: a given name before ("Michael Jordan") and a surname after ("Chad Wolf"), both known from the office holders.

use demarche_index::atoms::{Atom, Case};
use demarche_index::rules::{Cue, Reading, Word};
use demarche_index::{Layers, List};
use demarche_record::Code;

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

/// The rules of `places/ambiguous.tsv`, as far as they are about countries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ambiguity<'a> {
    layers: &'a Layers,
}

const BESIDE: u32 = 8;
const NEAR: u32 = 2;
const MOST_NEAR: u32 = 6;
const DEFAULT: u32 = 1;

impl<'a> Ambiguity<'a> {
    pub(crate) fn new(layers: &'a Layers) -> Self {
        Self { layers }
    }

    /// What the name of atoms `at..end` means in its sentence.
    pub(crate) fn decide(self, atoms: &[Atom], at: usize, end: usize) -> Meaning {
        let Some(readings) = self.layers.readings(atoms[at..end].iter().map(|atom| atom.hash)) else {
            return Meaning::Open;
        };
        let mut best: Option<(u32, Option<Code>)> = None;
        for reading in readings.iter() {
            let weight = self.weigh(&reading, atoms, at, end);
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

    fn weigh(self, reading: &Reading<'_>, atoms: &[Atom], at: usize, end: usize) -> u32 {
        let (mut beside, mut near, mut default) = (0, 0, 0);
        let are = |atoms: &[Atom], words: List<'_, Word>| atoms.iter().map(|atom| Word(atom.hash)).eq(words.iter());
        let ends_with = |cue: List<'_, Word>| at >= cue.len() && are(&atoms[at - cue.len()..at], cue);
        let begins_with = |cue: List<'_, Word>| atoms.get(end..end + cue.len()).is_some_and(|next| are(next, cue));
        for cue in reading.cues.iter() {
            match cue {
                Cue::Before(words) if ends_with(words) => beside = BESIDE,
                Cue::After(words) if begins_with(words) => beside = BESIDE,
                Cue::GivenNameBefore
                    if at > 0 && is_name_cased(atoms[at - 1]) && self.layers.is_given_name(atoms[at - 1].hash) =>
                {
                    beside = BESIDE;
                }
                Cue::SurnameAfter
                    if atoms
                        .get(end)
                        .is_some_and(|next| is_name_cased(*next) && self.layers.is_family_name(next.hash)) =>
                {
                    beside = BESIDE;
                }
                Cue::Near(words) if !words.is_empty() => {
                    let found = atoms
                        .windows(words.len())
                        .enumerate()
                        .any(|(start, window)| (start + words.len() <= at || start >= end) && are(window, words));
                    near += if found { NEAR } else { 0 };
                }
                Cue::Default => default = DEFAULT,
                _ => {}
            }
        }
        beside + near.min(MOST_NEAR) + default
    }

    /// Whether the name may be a country's where it stands.
    pub(crate) fn allows(self, atoms: &[Atom], at: usize, end: usize) -> bool {
        self.decide(atoms, at, end) != Meaning::Other
    }

    /// Whether a name has readings besides the country.
    pub(crate) fn is_ambiguous(self, atoms: &[Atom]) -> bool {
        self.layers.readings(atoms.iter().map(|atom| atom.hash)).is_some()
    }
}

/// Whether a word is written as personal names are. In text all in capitals that cannot be told, and words such as
/// "SAID" are names too.
fn is_name_cased(atom: Atom) -> bool {
    atom.case == Case::Capital
}
