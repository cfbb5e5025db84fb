//! What a time expression means, before any date is known.

use super::feasts::FeastId;
use super::lexicon::Unit;

/// Which of several recurring days or months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The nearest in the direction the sentence speaks of.
    Bare,
    /// The latest before now.
    Last,
    /// That of the current week or year.
    This,
    /// The first after now.
    Next,
}

/// A part of a week, month, year or of several years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
    /// "The beginning of": of a year, its first month.
    Start,
    /// "The end of": of a year, its last month.
    End,
    /// "Earlier this": up to now.
    SoFar,
    /// "Later this": from now on.
    Rest,
}

/// A length of time: units with how many of each, the greatest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Length(pub Vec<(Unit, i32)>);

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i16,
    pub minute: i16,
    /// Distance from Greenwich as ISO 8601 writes it; empty where none is told.
    pub zone: String,
}

/// What a time expression means, before the document's date is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A day of a month, with or without its year.
    Day { year: Option<i16>, month: i8, day: i8 },
    /// A day of a month that is not named ("the 12th").
    DayOfMonth(i8),
    /// A month.
    Month { year: Option<i16>, month: i8, part: Option<Part>, which: Which },
    /// A day or month of the year so many years from now ("March last year").
    InYear(Box<Meaning>, i32),
    /// A week of a month: the first is 1, the last 0.
    WeekOfMonth(Box<Meaning>, i8),
    /// The week that a day is in.
    WeekOf(Box<Meaning>),
    /// A year.
    Year(i16, Option<Part>),
    /// Years from the first to the last.
    Years(i16, i16, Option<Part>),
    /// Months of a year (a quarter, a half), of the nearest where none is given.
    Months { year: Option<i16>, first: i8, last: i8, which: Which },
    /// A season, 1 for spring: which months it has depends on the hemisphere.
    Season { year: Option<i16>, season: i8 },
    /// A year of account, which each country begins when it likes.
    Fiscal(i16),
    /// A weekday, 1 for Monday.
    Weekday(i8, Which),
    /// A weekday of the week so many weeks from now.
    WeekdayIn(i8, i32),
    /// Saturday and Sunday.
    Weekend(Which),
    /// A feast.
    Feast { feast: FeastId, year: Option<i16>, which: Which },
    /// So many units from now.
    Offset { unit: Unit, count: i32, part: Option<Part> },
    /// So many units from the time named before in the sentence; without one from now, if the second field says so.
    FromNamed { unit: Unit, count: i32, or_now: bool },
    /// So many units from another time.
    Shifted { from: Box<Meaning>, unit: Unit, count: i32 },
    /// The night between yesterday and today.
    Overnight,
    /// So many units up to now (negative) or from now on.
    Stretch { unit: Unit, count: i32 },
    /// Some time up to now, or from now on if so.
    Open { ahead: bool },
    /// So many units from now, where the sentence speaks of the future ("in two weeks").
    Ahead { unit: Unit, count: i32 },
    /// From the first through the last.
    Span(Box<Meaning>, Box<Meaning>),
    /// A length without place in the calendar.
    Length(Length),
    /// Every so long.
    Every(Length),
    /// A time of day, on a day that is not told.
    Clock(Clock),
    /// A time of day on a day.
    At(Box<Meaning>, Clock),
    /// About then.
    About(Box<Meaning>),
    /// Nothing the calendar knows.
    Unknown,
}

impl Meaning {
    /// A day so many from now.
    pub(super) const fn days(count: i32) -> Self {
        Self::Offset { unit: Unit::Day, count, part: None }
    }
}
