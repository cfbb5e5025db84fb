//! Under which keys documents meet.

use jiff::civil::Date;

use super::fingerprint::Fingerprint;

/// Days between two publications after which near copies are two stories: a form filled in anew each week is no story
/// that goes on.
const APART: i32 = 7;

/// Bits of a key that name the week.
const WEEK_BITS: u32 = 20;

/// The week of documents without a date: after every other.
const UNDATED: i64 = (1 << WEEK_BITS) - 1;

/// The week whose number is in the middle of those that have one.
const MIDDLE: i64 = UNDATED / 2;

/// A band of a document's fingerprint, and when it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    /// The hash, without its week.
    base: i64,
    week: i64,
}

impl Band {
    /// The bands of a document.
    pub(super) fn of(fingerprint: &Fingerprint, date: Option<Date>) -> impl Iterator<Item = Self> + '_ {
        let week = date.map_or(UNDATED, week);
        fingerprint.bands().map(move |hash| Self { base: (hash >> (WEEK_BITS + 1) << WEEK_BITS) as i64, week })
    }

    /// The key under which the document stands.
    pub(super) fn key(self) -> i64 {
        self.base | self.week
    }

    /// First and last keys of those under which others may tell the same story; all that were published no more than
    /// [`APART`] days from it are there.
    pub(super) fn around(self) -> [(i64, i64); 2] {
        let undated = self.base | UNDATED;
        if self.week == UNDATED {
            // The second is empty.
            return [(self.base, undated), (1, 0)];
        }
        [(self.base | (self.week - 1).max(0), self.base | (self.week + 1).min(UNDATED - 1)), (undated, undated)]
    }
}

/// Number of a date's week: dates that are [`APART`] days apart are in one or in two that follow each other.
fn week(date: Date) -> i64 {
    let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    (days.div_euclid(i64::from(APART)) + MIDDLE).clamp(1, UNDATED - 2)
}

/// Whether two dates are too far apart for one story.
pub(super) fn far_apart(one: Option<Date>, other: Option<Date>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.duration_until(other).as_hours().abs() > i64::from(APART) * 24)
}

/// The place of a document among those of one key.
pub(super) fn rank(id: &str) -> i64 {
    (super::word_hash(id) >> 32) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_near_in_time_is_in_reach() {
        let mut fingerprint = Fingerprint::of(["one two three four five six"]).unwrap();
        fingerprint.names = 0;
        let date = |day: i32| Date::constant(1969, 12, 20).checked_add(jiff::Span::new().days(day)).unwrap();
        for (one, other) in [(0, 7), (6, 13), (3, 3), (12, 5), (8, 15)] {
            let [band, key] = [one, other].map(|day| Band::of(&fingerprint, Some(date(day))).next().unwrap());
            let [(first, last), undated] = band.around();
            assert!((first..=last).contains(&key.key()), "{one} {other}");
            let without = Band::of(&fingerprint, None).next().unwrap();
            assert!((undated.0..=undated.1).contains(&without.key()));
            let [(first, last), _] = without.around();
            assert!((first..=last).contains(&key.key()));
            assert!(!(band.around()[0].0..=band.around()[0].1).contains(&without.key()));
        }
    }
}
