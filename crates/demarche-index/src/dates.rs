//! Terms in time, as exact as the tables know them.

use jiff::civil::Date;

/// Whether a date opens or closes a term: `2011` opens on its first and closes on its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It opens a term.
    Start,
    /// It closes one.
    End,
}

/// A day, month or year, rounded outwards to a day, as the number `yyyymmdd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate(u32);

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(written: &str, bound: Bound) -> Option<Self> {
        let mut parts = written.split('-');
        let mut part = |digits: usize, low: u32, high: u32| match parts.next() {
            None => Some(if bound == Bound::Start { low } else { high }),
            Some(text) if text.len() == digits => text.parse().ok().filter(|value| (low..=high).contains(value)),
            Some(_) => None,
        };
        let year = part(4, 1, 9999)?;
        let month = part(2, 1, 12)?;
        let day = part(2, 1, 31)?;
        parts.next().is_none().then_some(Self(year * 10_000 + month * 100 + day))
    }

    /// The same number for a calendar day.
    pub fn of(date: Date) -> Self {
        Self(
            u32::from(date.year().unsigned_abs()) * 10_000
                + u32::from(date.month().unsigned_abs()) * 100
                + u32::from(date.day().unsigned_abs()),
        )
    }

    /// The number itself, never 0.
    pub(crate) const fn pack(self) -> u32 {
        self.0
    }

    /// The date of a number; none for what is no date's number.
    pub(crate) fn unpack(number: u32) -> Option<Self> {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        ((1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Self(number))
    }

    /// The day in JSON's way of writing, months and days rounded outwards.
    pub fn text(self) -> String {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        let first = Date::new(year as i16, month as i8, 1);
        let last = first.map_or(day, |first| u32::from(first.days_in_month().unsigned_abs()));
        format!("{year:04}-{month:02}-{:02}", day.min(last))
    }
}

/// A term of office, or the life of a body or group; open where the table says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day.
    pub end: Option<PartialDate>,
}

/// Where a day lies to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Before its first day.
    Before,
    /// Between its days, or nothing says otherwise.
    Within,
    /// After the last day on which its source showed it, but not so long after that it is likely over.
    Seen,
    /// After its last day.
    After,
}

/// Years for which someone last seen in an office is taken still to hold it.
const YEARS_SEEN: u32 = 3;

impl Term {
    /// Where `on` lies; within when no day is given.
    pub fn standing(self, on: Option<Date>) -> Standing {
        let Some(on) = on.map(PartialDate::of) else { return Standing::Within };
        if self.start.is_some_and(|start| on < start) {
            Standing::Before
        } else if self.end.is_some_and(|end| on > end) {
            Standing::After
        } else {
            Standing::Within
        }
    }

    /// The same for a term whose last day is only the last on which its source showed it.
    pub fn standing_as_seen(self, on: Option<Date>) -> Standing {
        let standing = self.standing(on);
        let on = on.map(PartialDate::of);
        let lapses = self.end.map(|PartialDate(end)| PartialDate(end + YEARS_SEEN * 10_000));
        if standing == Standing::After && on <= lapses { Standing::Seen } else { standing }
    }

    /// Whether `on` lies within, or no day is given.
    pub fn holds(self, on: Option<Date>) -> bool {
        self.standing(on) == Standing::Within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_outwards() {
        let term =
            Term { start: PartialDate::parse("2011-03", Bound::Start), end: PartialDate::parse("2012", Bound::End) };
        let day = |y, m, d| Some(jiff::civil::date(y, m, d));
        assert!(!term.holds(day(2011, 2, 28)));
        assert!(term.holds(day(2011, 3, 1)));
        assert!(term.holds(day(2012, 12, 31)));
        assert_eq!(term.standing(day(2013, 1, 1)), Standing::After);
        assert!(term.holds(None));
    }

    #[test]
    fn a_term_last_seen_lapses_after_three_years() {
        let term = Term { start: None, end: PartialDate::parse("2022-07-30", Bound::End) };
        let standing = |y, m, d| term.standing_as_seen(Some(jiff::civil::date(y, m, d)));
        assert_eq!(standing(2022, 7, 30), Standing::Within);
        assert_eq!(standing(2022, 7, 31), Standing::Seen);
        assert_eq!(standing(2025, 7, 30), Standing::Seen);
        assert_eq!(standing(2025, 7, 31), Standing::After);
        assert_eq!(Term::default().standing_as_seen(None), Standing::Within);
    }

    #[test]
    fn a_month_ends_on_its_own_last_day() {
        for (written, day) in [("2003-04", "2003-04-30"), ("2004-02", "2004-02-29"), ("2003", "2003-12-31")] {
            assert_eq!(PartialDate::parse(written, Bound::End).map(PartialDate::text).as_deref(), Some(day));
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for wrong in ["", "11", "2011-3", "2011-13", "2011-01-32", "2011-01-01-01", "20x1"] {
            assert_eq!(PartialDate::parse(wrong, Bound::Start), None, "{wrong}");
        }
    }
}
