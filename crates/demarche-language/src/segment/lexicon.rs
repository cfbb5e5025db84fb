//! The segmenter's tables: abbreviations by class, words that may be cut into clitics, units, endings of host and file names,
//! prefixes and suffixes, emoticons.

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
const PREFIXES: &str = include_str!("../../../../data/language/prefixes.toml");
const EMOTICONS: &str = include_str!("../../../../data/language/emoticons.toml");

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
    slashed: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clitics {
    cuts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    names: Vec<String>,
    files: Vec<String>,
    groups: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prefixes {
    prefixes: Vec<String>,
    suffixes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Emoticons {
    emoticons: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    units: Vec<String>,
    sums: Vec<String>,
}

/// The tables, keyed by word hash.
#[derive(Debug)]
pub(super) struct Lexicon {
    endings: HashSet<u32>,
    files: HashSet<u32>,
    groups: HashSet<u32>,
    units: HashSet<u32>,
    sums: HashSet<u32>,
    prefixes: HashSet<u32>,
    suffixes: HashSet<u32>,
    emoticons: HashSet<String>,
    slashed: HashSet<String>,
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
        let Abbreviations { title, calendar, reference, company, inner, open, place, clock, slashed } = abbreviations;
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
        let hashes = |words: Vec<String>| words.iter().map(|word| hash::word(word)).collect();
        let Endings { names, files, groups } = read("data/language/endings.toml", ENDINGS)?;
        let Units { units, sums } = read("data/language/units.toml", UNITS)?;
        let Prefixes { prefixes, suffixes } = read("data/language/prefixes.toml", PREFIXES)?;
        let Emoticons { emoticons } = read("data/language/emoticons.toml", EMOTICONS)?;
        Ok(Self {
            endings: hashes(names),
            files: hashes(files),
            groups: hashes(groups),
            units: hashes(units),
            sums: hashes(sums),
            prefixes: hashes(prefixes),
            suffixes: hashes(suffixes),
            emoticons,
            slashed,
            classes,
            cuts,
        })
    }

    /// Class of an abbreviation written without its last stop; 0 for any other word.
    pub fn class(&self, word: u32) -> u8 {
        self.classes.get(&word).copied().unwrap_or(0)
    }

    /// Whether the word ends names of hosts or files.
    pub fn is_ending(&self, word: u32) -> bool {
        self.endings.contains(&word)
    }

    /// Whether the word ends names of files.
    pub fn is_file_ending(&self, word: u32) -> bool {
        self.files.contains(&word)
    }

    /// Whether names of newsgroups begin with the word.
    pub fn is_group(&self, word: u32) -> bool {
        self.groups.contains(&word)
    }

    /// 1 for a prefix that stays with its word across a hyphen, 2 for such a suffix, 3 for what may be both, 0 for others.
    pub fn affix(&self, word: u32) -> u32 {
        u32::from(self.prefixes.contains(&word)) | u32::from(self.suffixes.contains(&word)) << 1
    }

    /// Whether the text is a face or arrow made of marks.
    pub fn is_emoticon(&self, text: &str) -> bool {
        self.emoticons.contains(text)
    }

    /// Whether the text is an abbreviation with a slash.
    pub fn is_slashed(&self, text: &str) -> bool {
        self.slashed.contains(text.to_ascii_lowercase().as_str())
    }

    /// Whether the word stands for thousands or millions of money when written against an amount.
    pub fn is_sum(&self, word: u32) -> bool {
        self.sums.contains(&word)
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
