//! The segmenter's tables: abbreviations by class, words that may be cut into clitics, units, endings of host and file names.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::{SegmenterError, hash};

/// Class of months and weekdays.
pub(super) const CALENDAR: u8 = 2;
/// Class of the abbreviations of the time of day.
pub(super) const CLOCK: u8 = 8;

const ABBREVIATIONS: &str = include_str!("../../../../data/language/abbreviations.toml");
const CLITICS: &str = include_str!("../../../../data/language/clitics.toml");
const UNITS: &str = include_str!("../../../../data/language/units.toml");
const ENDINGS: &str = include_str!("../../../../data/language/endings.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    title: Vec<String>,
    calendar: Vec<String>,
    reference: Vec<String>,
    company: Vec<String>,
    inner: Vec<String>,
    open: Vec<String>,
    place: Vec<String>,
    clock: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clitics {
    cuts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    units: Vec<String>,
}

/// The tables, keyed by word hash.
#[derive(Debug)]
pub(super) struct Lexicon {
    endings: HashSet<u32>,
    units: HashSet<u32>,
    classes: HashMap<u32, u8>,
    cuts: HashMap<u32, Vec<usize>>,
}

impl Lexicon {
    /// The tables built into the program.
    ///
    /// # Errors
    /// When a table is not valid; the error names the file.
    pub fn builtin() -> Result<Self, SegmenterError> {
        let abbreviations: Abbreviations = read("data/language/abbreviations.toml", ABBREVIATIONS)?;
        let clitics: Clitics = read("data/language/clitics.toml", CLITICS)?;
        let Abbreviations { title, calendar, reference, company, inner, open, place, clock } = abbreviations;
        let mut classes = HashMap::new();
        for (class, words) in (1u8..).zip([title, calendar, reference, company, inner, open, place, clock]) {
            classes.extend(words.iter().map(|word| (hash::word(word), class)));
        }
        let mut cuts = HashMap::new();
        for entry in clitics.cuts {
            let mut at = 0;
            let mut lengths: Vec<usize> = Vec::new();
            for piece in entry.split('|') {
                at += piece.len();
                lengths.push(at);
            }
            lengths.pop();
            cuts.insert(hash::word(&entry.replace('|', "")), lengths);
        }
        let endings: Endings = read("data/language/endings.toml", ENDINGS)?;
        let endings = endings.endings.iter().map(|ending| hash::word(ending)).collect();
        let units: Units = read("data/language/units.toml", UNITS)?;
        let units = units.units.iter().map(|unit| hash::word(unit)).collect();
        Ok(Self { endings, units, classes, cuts })
    }

    /// Class of an abbreviation written without its last stop; 0 for any other word.
    pub fn class(&self, word: u32) -> u8 {
        self.classes.get(&word).copied().unwrap_or(0)
    }

    /// Whether the word ends names of hosts or files.
    pub fn is_ending(&self, word: u32) -> bool {
        self.endings.contains(&word)
    }

    /// Whether the word is a unit of measure or time.
    pub fn is_unit(&self, word: u32) -> bool {
        self.units.contains(&word)
    }

    /// Byte offsets within the word where a clitic may begin.
    pub fn cuts(&self, word: u32) -> &[usize] {
        self.cuts.get(&word).map_or(&[], Vec::as_slice)
    }
}

fn read<T: for<'de> Deserialize<'de>>(file: &'static str, text: &str) -> Result<T, SegmenterError> {
    toml::from_str(text).map_err(|cause| SegmenterError::Table { file, cause: Box::new(cause) })
}
