//! Days, weeks, months and years to count by.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Day.
    Day,
    /// Week of ISO 8601: from Monday to Sunday.
    Week,
    /// Month.
    Month,
    /// Year.
    Year,
}

/// One day, week, month or year: `2023-10-07`, `2023-W40`, `2023-10`, `2023`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// Day, week, month or year.
    pub unit: Unit,
    /// Its first day.
    pub first: Date,
}

impl Period {
    /// The period that `day` lies in.
    pub fn of(unit: Unit, day: Date) -> Self {
        let first = match unit {
            Unit::Day => day,
            Unit::Week if day.weekday() == Weekday::Monday => day,
            // There is none before the first of the calendar.
            Unit::Week => day.nth_weekday(-1, Weekday::Monday).unwrap_or(day),
            Unit::Month => day.first_of_month(),
            Unit::Year => day.first_of_year(),
        };
        Self { unit, first }
    }

    /// The one after it; `None` at the end of the calendar.
    pub fn next(self) -> Option<Self> {
        let step = match self.unit {
            Unit::Day => 1.day(),
            Unit::Week => 1.week(),
            Unit::Month => 1.month(),
            Unit::Year => 1.year(),
        };
        self.first.checked_add(step).ok().map(|first| Self { first, ..self })
    }

    /// Those from `first` to `last`, both among them.
    pub fn range(first: Self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(first), |period| period.next()).take_while(move |period| period.first <= last.first)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Day => write!(f, "{}", self.first),
            Unit::Week => {
                let week = self.first.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Unit::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Unit::Year => write!(f, "{:04}", self.first.year()),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Unit {
    /// SQL for the first day of the period of events `r`.
    pub(crate) const fn first_day(self) -> &'static str {
        match self {
            Self::Day => "r.date",
            // The Monday on the day or before it.
            Self::Week => "date(r.date, '-6 days', 'weekday 1')",
            Self::Month => "substr(r.date, 1, 7) || '-01'",
            Self::Year => "substr(r.date, 1, 4) || '-01-01'",
        }
    }

    /// SQL for whether the date of an event `r` is exact enough to be counted by it. A week that begins and ends in one
    /// month is exact enough for months.
    pub(crate) const fn exact_enough(self) -> &'static str {
        match self {
            Self::Day => "r.date IS NOT NULL AND r.date_precision = 'day'",
            Self::Week => {
                "r.date IS NOT NULL AND (r.date_precision = 'day' OR (r.date_precision = 'week'
                     AND date(COALESCE(r.enddate, r.date), '-6 days', 'weekday 1') = date(r.date, '-6 days', 'weekday 1')))"
            }
            Self::Month => {
                "r.date IS NOT NULL AND (r.date_precision IN ('day', 'month') OR (r.date_precision = 'week'
                     AND substr(COALESCE(r.enddate, r.date), 1, 7) = substr(r.date, 1, 7)))"
            }
            Self::Year => {
                "r.date IS NOT NULL AND (r.date_precision <> 'week'
                     OR substr(COALESCE(r.enddate, r.date), 1, 4) = substr(r.date, 1, 4))"
            }
        }
    }
}
