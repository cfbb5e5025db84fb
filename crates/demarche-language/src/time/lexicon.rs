//! The table of words of time.

use std::collections::HashMap;

use serde::Deserialize;

use super::TimeTableError;

const TABLE: &str = include_str!("../../../../data/language/times.toml");

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Whether it is shorter than a day.
    pub fn is_short(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    second: Vec<String>,
    minute: Vec<String>,
    hour: Vec<String>,
    day: Vec<String>,
    week: Vec<String>,
    fortnight: Vec<String>,
    month: Vec<String>,
    year: Vec<String>,
    decade: Vec<String>,
    century: Vec<String>,
}

/// The table, as `data/language/times.toml` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    months: Vec<Vec<String>>,
    pub doubtful: Vec<String>,
    weekdays: Vec<Vec<String>>,
    pub named_day_prefixes: Vec<String>,
    pub name_tails: Vec<String>,
    seasons: Vec<Vec<String>>,
    pub day_parts: Vec<String>,
    pub date_prepositions: Vec<String>,
    pub since: Vec<String>,
    pub until: Vec<String>,
    pub to: Vec<String>,
    pub last: Vec<String>,
    pub next: Vec<String>,
    pub this: Vec<String>,
    pub past: Vec<String>,
    pub ahead: Vec<String>,
    pub previous: Vec<String>,
    pub same: Vec<String>,
    pub following: Vec<String>,
    pub ago: Vec<String>,
    pub earlier: Vec<String>,
    pub later: Vec<String>,
    pub after: Vec<String>,
    pub before: Vec<String>,
    pub early: Vec<String>,
    pub start: Vec<String>,
    pub mid: Vec<String>,
    pub middle: Vec<String>,
    pub late: Vec<String>,
    pub end: Vec<String>,
    pub approximate: Vec<String>,
    pub lengths: Vec<String>,
    pub clock_prepositions: Vec<String>,
    pub vague: Vec<String>,
    pub vague_units: Vec<String>,
    pub dated_plurals: Vec<String>,
    units: Units,
    days: HashMap<String, i32>,
    numbers: HashMap<String, i32>,
    ordinals: HashMap<String, i8>,
    decades: HashMap<String, i16>,
    zones: HashMap<String, String>,
}

impl Lexicon {
    /// The table built into the program.
    pub fn builtin() -> Result<Self, TimeTableError> {
        toml::from_str(TABLE).map_err(TimeTableError::Times)
    }

    /// Month of a name in lower case, 1 to 12.
    pub fn month(&self, word: &str) -> Option<i8> {
        place(&self.months, word)
    }

    /// Weekday of a name in lower case, 1 (Monday) to 7.
    pub fn weekday(&self, word: &str) -> Option<i8> {
        place(&self.weekdays, word)
    }

    /// Whether several of a weekday are meant ("Mondays").
    pub fn weekdays(&self, word: &str) -> bool {
        word.strip_suffix('s').is_some_and(|one| one.len() > 4 && self.weekday(one).is_some())
    }

    /// Unit of a word.
    pub fn unit(&self, word: &str) -> Option<Unit> {
        let units = &self.units;
        [
            (&units.second, Unit::Second),
            (&units.minute, Unit::Minute),
            (&units.hour, Unit::Hour),
            (&units.day, Unit::Day),
            (&units.week, Unit::Week),
            (&units.fortnight, Unit::Fortnight),
            (&units.month, Unit::Month),
            (&units.year, Unit::Year),
            (&units.decade, Unit::Decade),
            (&units.century, Unit::Century),
        ]
        .into_iter()
        .find_map(|(words, unit)| words.iter().any(|w| w == word).then_some(unit))
    }

    /// Days from the document's date, of a word such as "yesterday".
    pub fn day(&self, word: &str) -> Option<i32> {
        self.days.get(word).copied()
    }

    /// A whole number in digits (up to 9999) or as a word.
    pub fn number(&self, word: &str) -> Option<i32> {
        digits(word, 4).map(i32::from).or_else(|| self.numbers.get(word).copied())
    }

    /// An ordinal as a word.
    pub fn ordinal(&self, word: &str) -> Option<i8> {
        self.ordinals.get(word).copied()
    }

    /// The season of a name, 1 (spring) to 4.
    pub fn season(&self, word: &str) -> Option<i8> {
        place(&self.seasons, word)
    }

    /// Distance from Greenwich of a zone's short name, empty where several zones have the name.
    pub fn zone(&self, word: &str) -> Option<&str> {
        self.zones.get(word).map(String::as_str)
    }

    /// First year of a decade written as a word ("nineties").
    pub fn decade(&self, word: &str) -> Option<i16> {
        self.decades.get(word).copied()
    }
}

fn place(names: &[Vec<String>], word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    names.iter().position(|forms| forms.iter().any(|form| form == word)).map(|at| at as i8 + 1)
}

/// The number of at most `longest` ASCII digits.
pub(super) fn digits(word: &str, longest: usize) -> Option<i16> {
    let plain = !word.is_empty() && word.len() <= longest && word.bytes().all(|b| b.is_ascii_digit());
    if plain { word.parse().ok() } else { None }
}
