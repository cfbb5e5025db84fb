//! Terms in time, as exact as the tables know them.

use jiff::civil::Date;

/// Whether a date opens or closes a term: `2011` opens on its first and closes on its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Start,
    End,
}

/// A day, month or year, rounded outwards to a day, as the number `yyyymmdd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PartialDate(u32);

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub(crate) fn parse(written: &str, bound: Bound) -> Option<Self> {
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
    pub(crate) fn of(date: Date) -> Self {
        Self(
            u32::from(date.year().unsigned_abs()) * 10_000
                + u32::from(date.month().unsigned_abs()) * 100
                + u32::from(date.day().unsigned_abs()),
        )
    }

    /// The day in JSON's way of writing, months and days rounded outwards.
    pub(crate) fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

/// A term of office, or the life of a body or group; open where the table says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) start: Option<PartialDate>,
    pub(crate) end: Option<PartialDate>,
}

/// Where a day lies to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Before,
    Within,
    After,
}

impl Term {
    /// Where `on` lies; within when no day is given.
    pub(crate) fn standing(self, on: Option<Date>) -> Standing {
        let Some(on) = on.map(PartialDate::of) else { return Standing::Within };
        if self.start.is_some_and(|start| on < start) {
            Standing::Before
        } else if self.end.is_some_and(|end| on > end) {
            Standing::After
        } else {
            Standing::Within
        }
    }

    /// Whether `on` lies within, or no day is given.
    pub(crate) fn holds(self, on: Option<Date>) -> bool {
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
    fn refuses_what_is_no_date() {
        for wrong in ["", "11", "2011-3", "2011-13", "2011-01-32", "2011-01-01-01", "20x1"] {
            assert_eq!(PartialDate::parse(wrong, Bound::Start), None, "{wrong}");
        }
    }
}
