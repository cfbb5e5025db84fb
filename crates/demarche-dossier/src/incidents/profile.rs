//! What of two events must agree for them to be one happening.

use std::ops::RangeInclusive;

use demarche_record::{DatePrecision, Day, Entity, Event, Place, Status};
use serde::{Deserialize, Serialize};

use super::words::Words;
use crate::error::DossierError;

/// Least weight of the words that two sentences share, where a name, number or figure weighs as much as two other words.
const LEAST: usize = 3;
/// How much less it may be where the two agree on two who take part, and how much less where both name one town: there
/// is less that can be confused.
const LESS_FOR_BOTH_SIDES: usize = 1;
const LESS_IN_ONE_TOWN: usize = 1;
/// The same where the shorter sentence says little else.
const LESS_FOR_MOST: usize = 1;
/// The share of its words from which it does.
const MOST: f64 = 0.6;
/// What is never enough.
const LEAST_OF_ALL: usize = 2;
/// Least share of the words of the shorter sentence.
const LEAST_SHARE: f64 = 0.3;

/// Sector of those who hold office.
const GOVERNMENT: &str = "GOV";

/// Smallest place that tells happenings apart: a city.
const CITY: u8 = 4;

/// An event as it is compared with others of its unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Profile {
    /// Its row, which the bytes do not hold.
    #[serde(skip)]
    pub(super) event: i64,
    /// Row of its document.
    pub(super) document: i64,
    /// Hash of its id: an order that is the same in every dossier.
    pub(super) tie: u64,
    /// First and last day: `YYYYMMDD` as a number.
    days: (u32, u32),
    /// Whether its date is a week or a month.
    vague: bool,
    standing: Standing,
    pub(super) words: Words,
    /// In order.
    modes: Vec<String>,
    actors: Vec<Participant>,
    recipients: Vec<Participant>,
    place: Option<Location>,
}

/// How real an event is: one that was planned is not the one that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Standing {
    Real,
    Planned,
    Conditional,
    Negated,
}

impl Standing {
    fn of(status: Status) -> Self {
        match status {
            Status::Planned => Self::Planned,
            Status::Conditional => Self::Conditional,
            Status::Negated => Self::Negated,
            Status::Happened | Status::Ongoing | Status::Historical => Self::Real,
        }
    }
}

/// Someone who takes part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Participant {
    code: Option<String>,
    sectors: Vec<String>,
    identifier: Option<String>,
    /// In small letters; of those without a code, who are told apart by it.
    text: Option<String>,
}

impl Participant {
    fn of(entity: &Entity) -> Self {
        Self {
            code: entity.code.as_ref().map(|code| code.as_str().to_owned()),
            sectors: entity.sector.iter().map(|sector| sector.as_str().to_owned()).collect(),
            identifier: entity.identifier_id.clone(),
            text: entity.code.is_none().then(|| entity.entity_text.to_lowercase()),
        }
    }

    /// Whether both may be the same: one item, or one country and no other sector, or, of those without a
    /// country, words that the other has too ("rustlers", "cattle rustlers").
    fn matches(&self, other: &Self) -> bool {
        if let (Some(one), Some(another)) = (&self.identifier, &other.identifier)
            && one == another
        {
            return true;
        }
        let share_sectors = self.sectors.iter().any(|sector| other.sectors.contains(sector));
        if self.code != other.code {
            // An office without a country ("the foreign minister") may be that of any government.
            return [(self, other), (other, self)].iter().any(|(one, other)| one.is_office() && other.governs());
        }
        if self.code.is_none() {
            return self.text.as_deref().zip(other.text.as_deref()).is_some_and(|(one, other)| is_within(one, other));
        }
        self.sectors.is_empty() || other.sectors.is_empty() || share_sectors
    }

    /// Whether it is someone of a government of no known country.
    fn is_office(&self) -> bool {
        self.code.is_none() && self.identifier.is_none() && self.sectors == [GOVERNMENT]
    }

    fn governs(&self) -> bool {
        self.sectors.iter().any(|sector| sector == GOVERNMENT)
    }
}

/// Whether the words of the shorter text are all in the longer one, the last word in the last place.
fn is_within(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let words: Vec<&str> = long.split_whitespace().collect();
    short.split_whitespace().next_back() == words.last().copied()
        && short.split_whitespace().all(|word| words.contains(&word))
}

/// Where, as far as it tells happenings apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Location {
    country: Option<String>,
    province: Option<String>,
    city: Option<String>,
    resolution: Option<u8>,
}

impl Location {
    fn of(place: &Place) -> Self {
        Self {
            country: place.country_code.as_ref().map(|code| code.as_str().to_owned()),
            province: place.province.clone(),
            city: place.city.clone(),
            resolution: place.resolution,
        }
    }

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
    /// Of an event and the rows of its document and of itself; `None` where it could not be the same as any other: somebody
    /// must take part, with words that tell it from others, and a day, week or month.
    pub(super) fn of(event: &Event, document: i64, row: i64) -> Option<Self> {
        let first = event.date?;
        // A year is no date to meet on.
        let vague = match event.date_precision? {
            DatePrecision::Year => return None,
            DatePrecision::Week | DatePrecision::Month => true,
            DatePrecision::Day => false,
        };
        let words = Words::of(event);
        if words.is_empty() || event.actor.is_empty() && event.recipient.is_empty() {
            return None;
        }
        let mut modes: Vec<String> = event.mode.iter().map(|mode| mode.as_str().to_owned()).collect();
        modes.sort_unstable();
        Some(Self {
            event: row,
            document,
            tie: crate::stories::word_hash(&event.id),
            days: (number(first), number(event.enddate.unwrap_or(first))),
            vague,
            standing: Standing::of(event.status),
            words,
            modes,
            actors: event.actor.iter().map(Participant::of).collect(),
            recipients: event.recipient.iter().map(Participant::of).collect(),
            place: event.event_loc.as_ref().map(Location::of),
        })
    }

    /// As kept in the table.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, DossierError> {
        postcard::to_allocvec(self).map_err(|error| DossierError::Damaged { what: error.to_string() })
    }

    /// Reads [`Self::to_bytes`].
    pub(super) fn from_bytes(bytes: &[u8], event: i64) -> Result<Self, DossierError> {
        let read: Self = postcard::from_bytes(bytes)
            .map_err(|error| DossierError::Damaged { what: format!("profile of event row {event}: {error}") })?;
        Ok(Self { event, ..read })
    }

    /// Whether the two, of one unit, are one happening: the weight of what they share, if so.
    pub(super) fn same(&self, other: &Self) -> Option<usize> {
        let shared = self.words.shared(&other.words);
        let weight = shared.words + shared.names;
        let share = shared.words as f64 / self.words.len().min(other.words.len()) as f64;
        // Of those who did it something must be said in both, or in neither and to whom it was done in both.
        let sides = self.actors.len().min(other.actors.len()) + self.recipients.len().min(other.recipients.len());
        let told = if self.actors.is_empty() && other.actors.is_empty() {
            !self.recipients.is_empty() && !other.recipients.is_empty()
        } else {
            !self.actors.is_empty() && !other.actors.is_empty()
        };
        let less = LESS_FOR_BOTH_SIDES * usize::from(sides > 1)
            + LESS_FOR_MOST * usize::from(share >= MOST)
            + LESS_IN_ONE_TOWN * usize::from(self.is_placed() && other.is_placed());
        // Two vague dates that meet say little.
        let dated = !(self.vague && other.vague) || self.days == other.days;
        let alike = weight >= LEAST.saturating_sub(less).max(LEAST_OF_ALL) && share >= LEAST_SHARE;
        // Of two events that one sentence tells, the one that it tells with the same word.
        let trigger = self.words.trigger.is_some() && self.words.trigger == other.words.trigger;
        (alike && !shared.differ && told && dated && self.document != other.document && !self.at_odds(other))
            .then_some(2 * weight + usize::from(trigger))
    }

    /// Whether the two, of different documents, cannot be one happening.
    pub(super) fn at_odds(&self, other: &Self) -> bool {
        self.standing != other.standing
            || !self.days_meet(other)
            || matches!((&self.place, &other.place), (Some(one), Some(other)) if one.at_odds(other))
            || !self.modes.is_empty()
                && !other.modes.is_empty()
                && !self.modes.iter().any(|mode| other.modes.contains(mode))
            || !agree(&self.actors, &other.actors)
            || !agree(&self.recipients, &other.recipients)
    }

    /// Whether the two are at odds with the same others, documents aside.
    pub(super) fn is_of_kind(&self, other: &Self) -> bool {
        self.standing == other.standing
            && self.days == other.days
            && self.place == other.place
            && self.modes == other.modes
            && self.actors == other.actors
            && self.recipients == other.recipients
    }

    /// Those that say more come first.
    pub(super) fn rank(&self) -> (usize, u64, i64) {
        let said = [self.is_placed(), self.is_exact(), self.is_towards(), !self.modes.is_empty()];
        (said.iter().filter(|said| !**said).count(), self.tie, self.event)
    }

    /// Whether it is of one day.
    pub(super) fn is_exact(&self) -> bool {
        self.days.0 == self.days.1
    }

    /// Its first day in its month, from 1.
    pub(super) fn first_day(&self) -> u8 {
        (self.days.0 % 100) as u8
    }

    /// Its days in the month in which it begins, from 1; the last may be none of that month.
    pub(super) fn days_of_month(&self) -> RangeInclusive<u8> {
        let (first, last) = self.days;
        let within = first / 100 == last / 100;
        self.first_day()..=if within { (last % 100) as u8 } else { 31 }
    }

    fn is_placed(&self) -> bool {
        self.place.as_ref().is_some_and(Location::is_city)
    }

    fn is_towards(&self) -> bool {
        !self.recipients.is_empty()
    }

    fn days_meet(&self, other: &Self) -> bool {
        self.days.0 <= other.days.1 && other.days.0 <= self.days.1
    }
}

/// A day as `YYYYMMDD`; years before the first count as the first.
fn number(day: Day) -> u32 {
    let date = day.0;
    date.year().max(0) as u32 * 10_000 + date.month() as u32 * 100 + date.day() as u32
}

/// Whether everyone in the shorter list may be someone in the other; an empty one says nothing.
fn agree(one: &[Participant], other: &[Participant]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().all(|participant| long.iter().any(|other| participant.matches(other)))
}
