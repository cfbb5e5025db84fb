//! What a statement is about: issues told by the words of its proposition, and which way its stance points on each.
//!
//! The words are data (`data/issues`); the head of `peace.toml` there states the rules.

mod load;
#[cfg(test)]
mod tests;
mod turns;
mod wording;

use std::collections::HashSet;

use demarche_record::Issue;

use crate::files::Position;
use crate::frames::NearMiss;

pub use load::{IssueExample, TurnExample};
pub use turns::{Turns, When};
use wording::{Match, Phrases};
pub use wording::{Place, Wording};

/// Most issues of one statement.
const MOST: usize = 3;

/// What a phrase does for its issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Gives it.
    Word,
    /// Gives it and names its reverse.
    Opposite,
    /// Two of these give it.
    Hint,
    /// Holds one of its words and means something else.
    Not,
}

/// An issue of the files.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its code.
    pub name: Issue,
    /// Whose it is: 0 for the program's own, then a user's in the order given.
    pub layer: usize,
    /// Where it stands.
    pub position: Position,
    /// Whether its name is of a thing wished for or of an evil, if it is either.
    pub good: Option<bool>,
    /// Examples, with all their issues.
    pub codes: Vec<IssueExample>,
    /// Near misses.
    pub not: Vec<NearMiss>,
}

/// Words that give a statement its issues.
#[derive(Clone, Debug, Default)]
pub struct Issues {
    /// The issues, in the order of the files.
    pub entries: Vec<Entry>,
    phrases: Phrases<(usize, Kind)>,
}

/// An issue found in a proposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its code.
    pub issue: Issue,
    /// As [`Entry::good`].
    pub good: Option<bool>,
    /// Whether the phrase that gave it names its reverse.
    pub opposite: bool,
    /// The phrases that gave it, in the order of the text.
    pub places: Vec<Place>,
    /// Its strength: squares of the numbers of words of its decisive phrases, and one for each hint.
    pub weight: usize,
}

impl Issues {
    /// The issues of a proposition, the strongest first, at most three.
    pub fn of(&self, wording: &Wording<'_>) -> Vec<Topic> {
        let found = self.phrases.find(wording);
        let decisive: HashSet<Place> =
            found.iter().filter(|m| matches!(m.value.1, Kind::Word | Kind::Opposite)).map(|m| m.place).collect();
        let alive: Vec<&Match<(usize, Kind)>> = found
            .iter()
            .filter(|m| {
                let hides = |n: &Match<(usize, Kind)>| {
                    n.value == (m.value.0, Kind::Not) && n.place.shares(m.place) && n.place.len() >= m.place.len()
                };
                m.value.1 != Kind::Not
                    && !decisive.iter().any(|place| place.covers(m.place))
                    && !found.iter().any(hides)
            })
            .collect();
        let mut numbers: Vec<usize> = alive.iter().map(|m| m.value.0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut topics: Vec<Topic> = numbers.into_iter().filter_map(|number| self.topic(number, &alive)).collect();
        topics.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.issue.as_str().cmp(b.issue.as_str())));
        topics.truncate(MOST);
        topics
    }

    /// One issue, if its phrases are enough.
    fn topic(&self, number: usize, alive: &[&Match<(usize, Kind)>]) -> Option<Topic> {
        let entry = self.entries.get(number)?;
        let own = || alive.iter().filter(|m| m.value.0 == number);
        let mut places: Vec<Place> = own().filter(|m| m.value.1 != Kind::Hint).map(|m| m.place).collect();
        places.dedup();
        let mut hints: Vec<(Place, usize)> = Vec::new();
        for hint in own().filter(|m| m.value.1 == Kind::Hint) {
            if hints.iter().all(|(place, phrase)| !place.shares(hint.place) && *phrase != hint.phrase) {
                hints.push((hint.place, hint.phrase));
            }
        }
        let opposite = own().find(|m| m.value.1 != Kind::Hint).is_some_and(|m| m.value.1 == Kind::Opposite);
        let weight = places.iter().map(|place| place.len() * place.len()).sum::<usize>() + hints.len();
        if places.is_empty() {
            if hints.len() < 2 {
                return None;
            }
            places = hints.into_iter().map(|(place, _)| place).collect();
        }
        Some(Topic { issue: entry.name, good: entry.good, opposite, places, weight })
    }
}
