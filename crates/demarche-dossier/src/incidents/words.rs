//! The words of an event's sentence that tell it from others of its kind.

use std::sync::OnceLock;

use demarche_record::{Entity, Event};

/// Words that tell nothing.
const COMMON: &str = include_str!("../../../../data/dossier/common_words.txt");

/// Letters of a word that count: "protest", "protests" and "protesters" are one.
const STEM: usize = 6;

/// Letters that a word needs to tell something; a number needs two digits.
const LETTERS: usize = 4;

/// Hashes of the content words of an event's sentence, in order, each once. The names of its actors and of its place are
/// not among them: those are compared as what they are.
pub(crate) fn of(event: &Event) -> Vec<u32> {
    let mut names: Vec<u32> = Vec::new();
    for entity in event.actor.iter().chain(&event.recipient).chain(&event.attributed_to) {
        names.extend(named(entity));
    }
    if let Some(place) = &event.event_loc {
        names.extend(stems(&place.extracted_place));
    }
    let mut words: Vec<u32> = stems(&event.text).collect();
    words.sort_unstable();
    words.dedup();
    words.retain(|word| !names.contains(word) && common().binary_search(word).is_err());
    words
}

fn named(entity: &Entity) -> impl Iterator<Item = u32> + '_ {
    let texts = [Some(entity.entity_text.as_str()), entity.identifier_text.as_deref(), entity.office.as_deref()];
    texts.into_iter().flatten().flat_map(stems)
}

fn common() -> &'static Vec<u32> {
    static HASHES: OnceLock<Vec<u32>> = OnceLock::new();
    HASHES.get_or_init(|| {
        let mut hashes: Vec<u32> = COMMON.lines().filter(|line| !line.starts_with('#')).flat_map(stems).collect();
        hashes.sort_unstable();
        hashes
    })
}

fn stems(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.split(|character: char| !character.is_alphanumeric()).filter_map(|word| {
        let word = word.to_lowercase();
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        let letters = word.chars().count();
        if letters < if number { 2 } else { LETTERS } {
            return None;
        }
        let stem: String = if number { word } else { word.chars().take(STEM).collect() };
        Some((crate::stories::word_hash(&stem) >> 32) as u32)
    })
}

/// Four bytes a word.
pub(crate) fn to_bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Reads [`to_bytes`].
pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

/// How many words two sorted lists share.
pub(crate) fn shared(one: &[u32], other: &[u32]) -> usize {
    one.iter().filter(|word| other.binary_search(word).is_ok()).count()
}
