//! What is kept of a document to tell its near copies.

use super::minhash::{self, MinHash};

/// Words in a row that make a shingle.
const RUN: usize = 4;

/// Permutations for the text, in bands of [`ROWS`]: two documents that share half of their shingles meet in a band with
/// a probability of 1 - (1 - 0.5³)⁴⁰ = 99.5 %, two that share a hundredth with one of 0.004 %.
const TEXT: usize = 120;
const ROWS: usize = 3;

/// Permutations for names and numbers.
const NAMED: usize = 40;

/// Least Jaccard index of the shingles of two near copies.
const LEAST_SHARED: f64 = 0.4;

/// The same for a copy that was cut or added to: this share of the shorter one is in the longer one, ...
const LEAST_HELD: f64 = 0.8;
/// ... which is not so much longer that the index is below this, where the estimate of the share is worth little.
const LEAST_SHARED_WHEN_HELD: f64 = 0.25;

/// Least share of the names and numbers of the poorer one that the other has too.
const LEAST_NAMED: f64 = 0.6;

/// Shingles below which a text is too short for estimates: only a copy to the letter is one.
const SHORT: u64 = 12;

/// A document as two sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) shingles: u64,
    pub(crate) text: MinHash<TEXT>,
    pub(crate) names: u64,
    pub(crate) named: MinHash<NAMED>,
}

impl Fingerprint {
    /// Of a document's sentences, in order; `None` where there are too few words for a single shingle.
    pub(crate) fn of<'a>(sentences: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let (mut shingles, mut names) = (Vec::new(), Vec::new());
        let mut run: Vec<u64> = Vec::new();
        for sentence in sentences {
            let words = sentence.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
            for (position, word) in words.enumerate() {
                let hash = minhash::word(&word.to_lowercase());
                // The first word of a sentence is written large whatever it is.
                let named = word.chars().any(char::is_numeric) || position > 0 && word.starts_with(char::is_uppercase);
                if named {
                    names.push(hash);
                }
                run.push(hash);
                if let Some(last) = run.last_chunk::<RUN>() {
                    shingles.push(last.iter().fold(0, |shingle, &word| minhash::mix(shingle ^ word)));
                }
            }
        }
        if shingles.is_empty() {
            return None;
        }
        let (shingles, text) = set(shingles);
        let (names, named) = set(names);
        Some(Self { shingles, text, names, named })
    }

    /// Hashes of the bands under which near copies are looked for.
    pub(crate) fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.text.bands::<ROWS>()
    }

    /// Whether the two are of near copies.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let shared = self.text.jaccard(&other.text);
        if self.shingles.min(other.shingles) < SHORT {
            return self.text == other.text && self.named == other.named;
        }
        let held = held(shared, self.shingles, other.shingles);
        let alike = shared >= LEAST_SHARED || shared >= LEAST_SHARED_WHEN_HELD && held >= LEAST_HELD;
        alike && held_names(self, other) >= LEAST_NAMED
    }
}

/// Share of the names of the one that has fewer; all of none.
fn held_names(one: &Fingerprint, other: &Fingerprint) -> f64 {
    if one.names.min(other.names) == 0 {
        return if one.names == other.names { 1.0 } else { 0.0 };
    }
    held(one.named.jaccard(&other.named), one.names, other.names)
}

/// Share of the smaller of two sets that is in the larger one, from their Jaccard index and sizes.
fn held(jaccard: f64, one: u64, other: u64) -> f64 {
    let shared = jaccard / (1.0 + jaccard) * (one + other) as f64;
    (shared / one.min(other).max(1) as f64).min(1.0)
}

fn set<const N: usize>(mut members: Vec<u64>) -> (u64, MinHash<N>) {
    members.sort_unstable();
    members.dedup();
    let mut set = MinHash::EMPTY;
    for &member in &members {
        set.insert(member);
    }
    (members.len() as u64, set)
}
