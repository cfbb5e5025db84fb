//! What of two events must agree for them to be one happening.

use std::collections::BTreeSet;

use super::words;

/// Least words that two sentences share, ...
const LEAST_WORDS: usize = 3;
/// ... and least share of the words of the shorter one.
const LEAST_SHARE: f64 = 0.4;
/// The same where both name one town and one recipient: there is less that can be confused.
const LEAST_WORDS_PLACED: usize = 2;
const LEAST_SHARE_PLACED: f64 = 0.3;

/// Smallest place that tells happenings apart: a city.
const CITY: u8 = 4;

/// An event as it is compared with others of its type.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) event: i64,
    pub(super) document: i64,
    /// Id of the document, and number of the event in it.
    pub(super) id: (String, i64),
    pub(super) cluster: Option<i64>,
    /// First and last day, `YYYY-MM-DD`.
    pub(super) days: Option<(String, String)>,
    pub(super) standing: Standing,
    pub(super) words: Vec<u32>,
    pub(super) modes: BTreeSet<String>,
    pub(super) actors: Vec<Participant>,
    pub(super) recipients: Vec<Participant>,
    pub(super) place: Option<Location>,
}

/// How real an event is: one that was planned is not the one that took place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    #[default]
    Real,
    Planned,
    Conditional,
    Negated,
}

impl Standing {
    pub(super) fn of(status: &str) -> Self {
        match status {
            "planned" => Self::Planned,
            "conditional" => Self::Conditional,
            "negated" => Self::Negated,
            _ => Self::Real,
        }
    }
}

/// Someone who takes part.
#[derive(Clone, Debug, Default)]
pub(super) struct Participant {
    pub(super) code: Option<String>,
    pub(super) sectors: Vec<String>,
    pub(super) identifier: Option<String>,
    pub(super) text: String,
}

impl Participant {
    /// Whether both may be the same: one item, or one country and no other sector, or, of those without a country, the
    /// same words.
    fn matches(&self, other: &Self) -> bool {
        if let (Some(one), Some(another)) = (&self.identifier, &other.identifier)
            && one == another
        {
            return true;
        }
        if self.code != other.code {
            return false;
        }
        if self.code.is_none() {
            return self.text.to_lowercase() == other.text.to_lowercase();
        }
        self.sectors.is_empty()
            || other.sectors.is_empty()
            || self.sectors.iter().any(|sector| other.sectors.contains(sector))
    }
}

/// Where, as far as it tells happenings apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Location {
    pub(super) country: Option<String>,
    pub(super) province: Option<String>,
    pub(super) city: Option<String>,
    pub(super) resolution: Option<u8>,
}

impl Location {
    /// Whether the two cannot be one place.
    fn at_odds(&self, other: &Self) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
        differ(&self.country, &other.country)
            || differ(&self.province, &other.province)
            || self.is_city() && other.is_city() && self.city != other.city
    }

    fn is_city(&self) -> bool {
        self.resolution >= Some(CITY) && self.city.is_some()
    }
}

impl Profile {
    /// Whether the two, of one type, are one happening.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        // Who did it must be said, and on which day.
        if self.at_odds(other) || self.actors.is_empty() || other.actors.is_empty() || self.days.is_none() {
            return false;
        }
        let placed = [self, other].iter().all(|event| event.place.as_ref().is_some_and(Location::is_city));
        let towards = !self.recipients.is_empty() && !other.recipients.is_empty();
        let (least, share) = if placed && towards && self.is_exact() && other.is_exact() {
            (LEAST_WORDS_PLACED, LEAST_SHARE_PLACED)
        } else {
            (LEAST_WORDS, LEAST_SHARE)
        };
        let shared = self.shared_words(other);
        shared >= least && shared as f64 >= share * self.words.len().min(other.words.len()) as f64
    }

    /// Whether the two cannot be one happening.
    pub(super) fn at_odds(&self, other: &Self) -> bool {
        // Within a document the coder has joined what is one.
        self.document == other.document
            || self.standing != other.standing
            || !self.days_meet(other)
            || matches!((&self.place, &other.place), (Some(one), Some(other)) if one.at_odds(other))
            || !self.modes.is_empty() && !other.modes.is_empty() && self.modes.is_disjoint(&other.modes)
            || !agree(&self.actors, &other.actors)
            || !agree(&self.recipients, &other.recipients)
    }

    /// How many of their words are the same.
    pub(super) fn shared_words(&self, other: &Self) -> usize {
        words::shared(&self.words, &other.words)
    }

    /// Those that say more come first, then those with earlier ids.
    pub(super) fn rank(&self) -> (usize, (String, i64)) {
        let said = [
            self.place.as_ref().is_some_and(Location::is_city),
            self.is_exact(),
            !self.recipients.is_empty(),
            !self.modes.is_empty(),
        ];
        (said.iter().filter(|said| !**said).count(), self.id.clone())
    }

    fn days_meet(&self, other: &Self) -> bool {
        match (&self.days, &other.days) {
            (Some((first, last)), Some((from, to))) => first <= to && from <= last,
            _ => false,
        }
    }

    fn is_exact(&self) -> bool {
        self.days.as_ref().is_some_and(|(first, last)| first == last)
    }
}

/// Whether everyone in the shorter list may be someone in the other; an empty one says nothing.
fn agree(one: &[Participant], other: &[Participant]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().all(|participant| long.iter().any(|other| participant.matches(other)))
}
