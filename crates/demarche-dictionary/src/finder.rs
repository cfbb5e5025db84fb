//! Finding the phrases of discard lists in text.

use std::collections::HashMap;
use std::fmt;

use crate::discards::{Discards, Reach};

/// A phrase that leaves something out, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The phrase, as its list writes it.
    pub phrase: String,
    /// What is left out.
    pub reach: Reach,
    /// The list, as it was named.
    pub file: String,
    /// Line of the list, from 1.
    pub line: usize,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\u{201c}{}\u{201d} ({}, line {})", self.phrase, self.file, self.line)
    }
}

/// The phrases of any number of discard lists. Words are runs of letters and digits, compared without regard to case.
#[derive(Clone, Debug, Default)]
pub struct DiscardFinder {
    /// By the first word: the words that follow it, and the phrase.
    phrases: HashMap<String, Vec<(Vec<String>, LeftOut)>>,
}

impl DiscardFinder {
    /// Adds a list. Of phrases written alike, the one added last counts.
    pub fn add(&mut self, file: &str, discards: &Discards) {
        for entry in &discards.entries {
            let mut words = words(&entry.words);
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            let found =
                LeftOut { phrase: entry.words.clone(), reach: entry.reach, file: file.to_owned(), line: entry.line };
            let known = self.phrases.entry(first).or_default();
            match known.iter_mut().find(|(other, _)| *other == rest) {
                Some((_, before)) => *before = found,
                None => known.push((rest, found)),
            }
        }
    }

    /// Whether no list was added.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The phrase of a text that reaches furthest, else the first.
    pub fn find(&self, text: &str) -> Option<&LeftOut> {
        if self.is_empty() {
            return None;
        }
        let words: Vec<String> = words(text).collect();
        let mut best: Option<&LeftOut> = None;
        for (at, word) in words.iter().enumerate() {
            for (rest, found) in self.phrases.get(word).into_iter().flatten() {
                let follows = words.get(at + 1..).is_some_and(|after| after.starts_with(rest));
                if follows && best.is_none_or(|best| best.reach < found.reach) {
                    best = Some(found);
                }
            }
        }
        best
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discards::read_discards;

    fn finder(lists: &[(&str, &str)]) -> DiscardFinder {
        let mut finder = DiscardFinder::default();
        for (file, text) in lists {
            finder.add(file, &read_discards(file, text.as_bytes()).0);
        }
        finder
    }

    #[test]
    fn whole_words_in_any_case() {
        let finder = finder(&[("d", "SEMI-FINAL\nFIFA\n+WORLD CUP_\nWOMEN'S DOUBLES\n")]);
        let phrase = |text| finder.find(text).map(|found| (found.phrase.as_str(), found.reach));
        assert_eq!(phrase("They lost the semi-final."), Some(("SEMI-FINAL", Reach::Sentence)));
        assert_eq!(phrase("FIFA spoke of the World Cup."), Some(("WORLD CUP", Reach::Document)));
        assert_eq!(phrase("the women\u{2019}s doubles"), Some(("WOMEN'S DOUBLES", Reach::Sentence)));
        assert_eq!(phrase("a worldwide cup"), None);
        assert_eq!(phrase("the world"), None);
    }

    #[test]
    fn later_lists_override() {
        let finder = finder(&[("a", "+CRICKET"), ("b", "\nCRICKET")]);
        let found = finder.find("Cricket").expect("a phrase");
        assert_eq!((found.reach, found.file.as_str(), found.line), (Reach::Sentence, "b", 2));
    }
}
