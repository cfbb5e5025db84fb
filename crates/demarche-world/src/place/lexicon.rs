//! Words and abbreviations that tell where a name lies: `places/clues.toml`, `places/abbreviations.tsv`.

use std::collections::{HashMap, HashSet};

use demarche_language::Token;
use serde::Deserialize;

use super::candidate::Sort;
use super::home::Publishers;
use crate::error::WorldError;
use demarche_index::atoms::{Atom, Case, chain, each_atom};
use demarche_index::entries::{CountryId, ProvinceId, Referent};
use demarche_index::{Layers, Problem, Table};

const FILE: &str = "places/clues.toml";
const ABBREVIATIONS: &str = include_str!("../../../../data/places/abbreviations.tsv");
pub(crate) const TEXTS: [&str; 3] = [TEXT, ABBREVIATIONS, super::home::TEXT];
const TEXT: &str = include_str!("../../../../data/places/clues.toml");

/// The words of the file, and the abbreviations of divisions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    kinds: HashMap<String, Sort>,
    part_of_name: HashSet<String>,
    within: HashSet<String>,
    not_before: HashSet<String>,
    abbreviations: HashMap<u64, Vec<Abbreviation>>,
    pub(super) publishers: Publishers,
}

#[derive(Clone, Copy, Debug)]
struct Abbreviation {
    province: ProvinceId,
    upper: bool,
    alone: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    kinds: Kinds,
    part_of_name: Vec<String>,
    within: Vec<String>,
    not_before: Vec<String>,
    endings: Endings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    anywhere: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    division: Vec<String>,
    settlement: Vec<String>,
    feature: Vec<String>,
}

/// One key for a name of several atoms.
pub(crate) fn key(atoms: &[Atom]) -> u64 {
    atoms.iter().fold(0, |sequence, atom| chain(sequence, atom.hash))
}

impl Lexicon {
    pub(crate) fn load(layers: &Layers) -> Result<Self, WorldError> {
        let words: Words = super::weights::read(FILE, TEXT)?;
        let mut out = Self {
            part_of_name: words.part_of_name.into_iter().collect(),
            within: words.within.into_iter().collect(),
            not_before: words.not_before.into_iter().collect(),
            ..Self::default()
        };
        for (list, sort) in [
            (words.kinds.feature, Sort::Feature),
            (words.kinds.settlement, Sort::Settlement),
            (words.kinds.division, Sort::Division),
        ] {
            out.kinds.extend(list.into_iter().map(|word| (word, sort)));
        }
        let countries: HashMap<&str, CountryId> =
            layers.countries().filter_map(|country| Some((country.iso2, layers.country_id(country.code)?))).collect();
        let table = Table { file: "places/abbreviations.tsv", text: ABBREVIATIONS };
        out.publishers = Publishers::load(&countries, words.endings.anywhere)?;
        table.each(["abbreviation", "iso2", "admin1", "alone"], |row| {
            let unknown = || row.fault(1, Problem::UnknownCountry(row.cell(1).to_owned()));
            let country = countries.get(row.cell(1)).copied().ok_or_else(unknown)?;
            let province = layers.division(country, row.needed(2)?).ok_or_else(|| {
                row.fault(2, Problem::Word { written: row.cell(2).to_owned(), expected: "the divisions of admin1.tsv" })
            })?;
            let mut atoms = Vec::new();
            each_atom(row.needed(0)?, |atom| atoms.push(atom));
            let upper = atoms.iter().all(|atom| atom.case == Case::Upper);
            let entry = Abbreviation { province, upper, alone: row.cell(3) == "yes" };
            out.abbreviations.entry(key(&atoms)).or_default().push(entry);
            Ok(())
        })?;
        Ok(out)
    }

    /// The kind of place that a word names.
    pub(crate) fn kind(&self, token: &Token) -> Option<Sort> {
        self.kinds.get(&token.lemma.to_lowercase()).copied()
    }

    /// Whether a word behind a name belongs to the name.
    pub(crate) fn ends_name(&self, token: &Token) -> bool {
        token.form.starts_with(char::is_uppercase) && self.part_of_name.contains(&token.form.to_lowercase())
    }

    /// Whether a name before the word is no place.
    pub(crate) fn names_no_place(&self, next: &Token) -> bool {
        self.not_before.contains(&next.form.to_lowercase())
    }

    /// Whether a word points within a place, as "northern" does.
    pub(crate) fn points_within(&self, token: &Token) -> bool {
        self.within.contains(&token.form.to_lowercase())
    }

    /// The divisions that an abbreviation stands for; `alone` where it stands behind no other place.
    pub(crate) fn divisions(&self, atoms: &[Atom], alone: bool) -> impl Iterator<Item = Referent> + '_ {
        let (upper, lower) = (
            atoms.iter().all(|atom| atom.case == Case::Upper || atom.end - atom.start == 1),
            atoms.iter().any(|atom| atom.case == Case::Lower),
        );
        let found = self.abbreviations.get(&key(atoms)).map(Vec::as_slice).unwrap_or_default();
        let fits = move |entry: &&Abbreviation| !lower && (upper || !entry.upper) && (entry.alone || !alone);
        found.iter().filter(fits).map(|entry| Referent::Province(entry.province))
    }
}

impl Lexicon {
    /// [`Lexicon::points_within`] of a word without analysis.
    pub(crate) fn is_within(&self, word: &str) -> bool {
        self.within.contains(&word.to_lowercase())
    }

    /// Whether the word names a kind of division.
    pub(crate) fn is_division(&self, word: &str) -> bool {
        self.kinds.get(&word.to_lowercase()) == Some(&Sort::Division)
    }
}
