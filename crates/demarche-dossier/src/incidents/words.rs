//! The words of an event's sentence that tell it from others of its kind.

use std::sync::OnceLock;

use demarche_record::{DatePrecision, Entity, Event, EventType};
use serde::{Deserialize, Serialize};

/// Words that tell nothing.
const COMMON: &str = include_str!("../../../../data/dossier/common_words.txt");

/// Letters of a word that count: "protest", "protests" and "protesters" are one.
const STEM: usize = 6;

/// Letters that a word needs to tell something; a number needs two digits.
const LETTERS: usize = 4;

/// Names of states: who they are is compared as actors and places.
const COUNTRIES: &str = include_str!("../../../../data/places/countries.tsv");

/// Columns of [`COUNTRIES`] with names, aliases, adjectives and demonyms.
const NAME_COLUMNS: std::ops::Range<usize> = 4..8;

/// Words from which a sentence is no mere formula.
const SENTENCE: usize = 8;

/// Least figure of people that tells anything.
const LEAST_FIGURE: u64 = 3;

/// Share of capitalised words from which a sentence is a headline, in which capitals tell no names.
const HEADLINE: f64 = 0.6;

/// The content words of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Words {
    /// Hashes in order, each once; of names [`WEIGHTY`] and [`NAME`] are set, of numbers the first.
    pub(super) hashes: Vec<u32>,
    /// Whether capitals tell names.
    cased: bool,
    /// Whether one of the hashes is that of the whole sentence.
    whole: bool,
    /// Hash of the word that tells the event, where it could be found.
    pub(super) trigger: Option<u32>,
}

/// What two sentences share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// Words.
    pub(super) words: usize,
    /// Names and numbers among them.
    pub(super) names: usize,
    /// Whether each has several names, and the other no more than half of them: they tell of other things.
    pub(super) differ: bool,
}

impl Words {
    /// Of an event's sentence. The names of those who take part and of its place are not among them: those are compared
    /// as what they are.
    pub(super) fn of(event: &Event) -> Self {
        let mut taken: Vec<u32> = Vec::new();
        for entity in event.actor.iter().chain(&event.recipient).chain(&event.attributed_to) {
            let texts = [
                Some(entity.entity_text.as_str()),
                entity.identifier_text.as_deref(),
                entity.office.as_deref(),
                entity.name.as_deref(),
            ];
            taken.extend(texts.into_iter().flatten().flat_map(stems).map(|(hash, _)| hash));
        }
        if let Some(place) = &event.event_loc {
            taken.extend(stems(&place.extracted_place).map(|(hash, _)| hash));
        }
        let long = split(&event.text).filter(|word| word.len() >= LETTERS);
        let (capitals, all) = long.fold((0_usize, 0_usize), |(capitals, all), word| {
            (capitals + usize::from(word.starts_with(char::is_uppercase)), all + 1)
        });
        let cased = (capitals as f64) <= HEADLINE * all as f64;
        let mut hashes: Vec<u32> = stems(&event.text)
            .filter(|(hash, _)| !taken.contains(hash) && common().binary_search(hash).is_err())
            .map(|(hash, kind)| hash | if cased || kind == WEIGHTY { kind } else { 0 })
            .collect();
        // A figure of people says as much as a number, whatever words it is written in.
        let figures = event.counts.iter().filter(|count| count.low >= LEAST_FIGURE);
        hashes.extend(figures.map(|count| hash(&format!("{} {}", count.kind.as_str(), count.low)) | WEIGHTY));
        // Who met says which meeting it was, where an office tells it: of one day there are few of one minister's.
        if event.event == [EventType::CONSULT] && event.date_precision == Some(DatePrecision::Day) {
            hashes.extend(event.actor.iter().chain(&event.recipient).filter_map(holder).map(|hash| hash | WEIGHTY));
        }
        // A sentence that both have to the letter.
        let all: Vec<String> = split(&event.text).map(str::to_lowercase).collect();
        let whole = all.len() >= SENTENCE;
        if whole {
            hashes.push(hash(&all.join(" ")) | WEIGHTY);
        }
        // Of a word that is written both ways, the name stays.
        hashes.sort_unstable_by_key(|&hash| (bare(hash), std::cmp::Reverse(hash)));
        hashes.dedup_by_key(|hash| bare(*hash));
        Self { hashes, cased, whole, trigger: trigger(event) }
    }

    pub(super) fn len(&self) -> usize {
        self.hashes.len() - usize::from(self.whole)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    pub(super) fn shared(&self, other: &Self) -> Shared {
        let mut shared = Shared::default();
        // Names of either that the other has at all.
        let mut known = 0;
        let mut others = other.hashes.iter().peekable();
        for &one in &self.hashes {
            while others.next_if(|&&other| bare(other) < bare(one)).is_some() {}
            let Some(&another) = others.next_if(|&&other| bare(other) == bare(one)) else { continue };
            shared.words += 1;
            let (here, there) = (one & WEIGHTY != 0, another & WEIGHTY != 0);
            known += usize::from((one | another) & NAME != 0);
            shared.names += usize::from(here && (there || !other.cased) || there && !self.cased);
        }
        let fewer = self.names().min(other.names());
        shared.differ = fewer > 1 && known * 2 <= fewer;
        shared
    }

    fn names(&self) -> usize {
        self.hashes.iter().filter(|&&hash| hash & NAME != 0).count()
    }
}

/// Hash of an office of a country: "Minister of Foreign Affairs" and "foreign minister" are one.
fn holder(entity: &Entity) -> Option<u32> {
    let (code, office) = (entity.code.as_ref()?, entity.office.as_deref()?);
    let mut words: Vec<String> = split(office)
        .map(|word| word.to_lowercase().chars().take(STEM).collect::<String>())
        .filter(|word| word.chars().count() >= LETTERS && word != "affair")
        .collect();
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then(|| hash(&format!("{} {}", code.as_str(), words.join(" "))))
}

fn common() -> &'static Vec<u32> {
    static HASHES: OnceLock<Vec<u32>> = OnceLock::new();
    HASHES.get_or_init(|| {
        let lines = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
        let cells = |line: &'static str| line.split('\t').skip(NAME_COLUMNS.start).take(NAME_COLUMNS.len());
        let countries = lines(COUNTRIES).skip(1).flat_map(cells);
        let mut hashes: Vec<u32> = lines(COMMON).chain(countries).flat_map(stems).map(|(hash, _)| hash).collect();
        hashes.sort_unstable();
        hashes
    })
}

/// The bit of a hash of a name or number: it weighs more than other words.
pub(super) const WEIGHTY: u32 = 1;
/// The bit of a hash of a name.
const NAME: u32 = 2;

/// A hash without these bits.
pub(super) const fn bare(hash: u32) -> u32 {
    hash & !(WEIGHTY | NAME)
}

fn hash(stem: &str) -> u32 {
    bare((crate::stories::word_hash(stem) >> 32) as u32)
}

/// The trigger's stem; `None` where the sentence was decoded, so that its bytes are others.
fn trigger(event: &Event) -> Option<u32> {
    let (sentence, trigger) = (event.evidence.sentence, event.evidence.trigger);
    if sentence.end.checked_sub(sentence.start)? != event.text.len() {
        return None;
    }
    let word = event.text.get(trigger.start.checked_sub(sentence.start)?..trigger.end.checked_sub(sentence.start)?)?;
    Some(hash(&word.to_lowercase().chars().take(STEM).collect::<String>()))
}

/// The words of a text.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The stems of a text, hashed, and the bits of each. The first word is written large whatever it is.
fn stems(text: &str) -> impl Iterator<Item = (u32, u32)> + '_ {
    split(text).enumerate().filter_map(|(position, written)| {
        let word = written.to_lowercase();
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        let letters = word.chars().count();
        if letters < if number { 2 } else { LETTERS } {
            return None;
        }
        let stem: String = if number { word } else { word.chars().take(STEM).collect() };
        let named = position > 0 && written.starts_with(char::is_uppercase);
        let kind = if number {
            WEIGHTY
        } else if named {
            WEIGHTY | NAME
        } else {
            0
        };
        Some((hash(&stem), kind))
    })
}
