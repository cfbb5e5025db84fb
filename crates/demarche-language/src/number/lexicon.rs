//! The table of words of number.

use std::collections::HashMap;

use serde::Deserialize;

use super::NumberTableError;

const TABLE: &str = include_str!("../../../../data/language/numbers.toml");

/// How a number is bounded by the words before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Least,
    Most,
    About,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    least: Vec<Vec<String>>,
    most: Vec<Vec<String>>,
    about: Vec<Vec<String>>,
    or_more: Vec<Vec<String>>,
    or_fewer: Vec<Vec<String>>,
    or_so: Vec<Vec<String>>,
}

/// The table, as `data/language/numbers.toml` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    units: HashMap<String, u64>,
    scales: HashMap<String, u64>,
    plurals: HashMap<String, u64>,
    vague: HashMap<String, (u64, u64)>,
    measures: Vec<String>,
    letters: HashMap<String, u64>,
    nobody: Vec<Vec<String>>,
    bounds: Bounds,
}

impl Lexicon {
    /// The table built into the program.
    pub fn builtin() -> Result<Self, NumberTableError> {
        Ok(toml::from_str(TABLE)?)
    }

    pub fn unit(&self, word: &str) -> Option<u64> {
        self.units.get(word).copied()
    }

    pub fn scale(&self, word: &str) -> Option<u64> {
        self.scales.get(word).copied()
    }

    pub fn plural(&self, word: &str) -> Option<u64> {
        self.plurals.get(word).copied()
    }

    pub fn vague(&self, word: &str) -> Option<(u64, u64)> {
        self.vague.get(word).copied()
    }

    /// Whether the word is a share or currency, of which a number is no count.
    pub fn is_measure(&self, word: &str) -> bool {
        !word.starts_with(char::is_alphanumeric) || self.measures.iter().any(|measure| measure == word)
    }

    /// The bound written at `at` and how many words it has; of two the longer.
    pub fn bound(&self, words: &[String], at: usize) -> Option<(Bound, usize)> {
        let Bounds { least, most, about, .. } = &self.bounds;
        [(least, Bound::Least), (most, Bound::Most), (about, Bound::About)]
            .into_iter()
            .filter_map(|(phrases, bound)| Some((bound, written(phrases, words, at)?)))
            .max_by_key(|&(_, length)| length)
    }

    /// The bound written after a number at `at` ("or more") and how many words it has.
    pub fn bound_after(&self, words: &[String], at: usize) -> Option<(Bound, usize)> {
        let Bounds { or_more, or_fewer, or_so, .. } = &self.bounds;
        [(or_more, Bound::Least), (or_fewer, Bound::Most), (or_so, Bound::About)]
            .into_iter()
            .find_map(|(phrases, bound)| Some((bound, written(phrases, words, at)?)))
    }

    /// Length of "no one" and the like at `at`.
    pub fn nobody(&self, words: &[String], at: usize) -> Option<usize> {
        written(&self.nobody, words, at)
    }

    /// What a letter after figures multiplies them by ("5m").
    pub fn letter(&self, word: &str) -> Option<u64> {
        self.letters.get(word).copied()
    }
}

/// Length of the longest of the phrases that stands at `at`.
fn written(phrases: &[Vec<String>], words: &[String], at: usize) -> Option<usize> {
    let rest = words.get(at..)?;
    phrases.iter().filter(|phrase| rest.starts_with(phrase)).map(Vec::len).max()
}

/// A number in digits with commas or a decimal point ("1,000", "2.5").
pub(super) fn digits(word: &str) -> Option<f64> {
    let plain = word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b",.".contains(&b));
    if plain && word.len() <= 20 { word.replace(',', "").parse().ok() } else { None }
}
