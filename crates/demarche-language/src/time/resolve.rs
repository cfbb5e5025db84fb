//! From what an expression means to calendar dates.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::lexicon::Unit;
use super::{Precision, Resolved};

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

/// A part of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
}

/// What a time expression means, before the document's date is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A day of a month, with or without its year.
    Day { year: Option<i16>, month: i8, day: i8, which: Which },
    /// A day of a month that is not named ("the 12th").
    DayOfMonth(i8),
    /// A month.
    Month { year: Option<i16>, month: i8, part: Option<Part>, which: Which },
    /// A year.
    Year(i16, Option<Part>),
    /// Years from the first to the last.
    Years(i16, i16, Option<Part>),
    /// Months of a year (a quarter, a half), of this year where none is given.
    Months { year: Option<i16>, first: i8, last: i8 },
    /// A weekday, 1 for Monday.
    Weekday(i8, Which),
    /// Saturday and Sunday.
    Weekend(Which),
    /// So many units from now.
    Offset { unit: Unit, count: i32, part: Option<Part> },
    /// The night between yesterday and today.
    Overnight,
    /// So many units up to now (negative) or from now on.
    Stretch { unit: Unit, count: i32 },
    /// So many units from now, where the sentence speaks of the future ("in two weeks").
    Ahead { unit: Unit, count: i32 },
    /// From the first through the last.
    Span(Box<Meaning>, Box<Meaning>),
    /// Nothing the calendar knows.
    Unknown,
}

/// The dates of a meaning, seen from the document's date `on`.
pub(super) fn resolve(meaning: &Meaning, on: Option<Date>, future: bool) -> Option<Resolved> {
    match *meaning {
        Meaning::Day { year: Some(year), month, day, .. } => Some(single(Date::new(year, month, day).ok()?)),
        Meaning::Day { year: None, month, day, which } => {
            let on = on?;
            let candidate = |year: i16| Date::new(year, month, day).ok();
            pick(on, which, future, candidate, |&date| (date, date)).map(single)
        }
        Meaning::DayOfMonth(day) => day_of_month(on?, day, future).map(single),
        Meaning::Month { year: Some(year), month, part, .. } => part_of_month(Date::new(year, month, 1).ok()?, part),
        Meaning::Month { year: None, month, part, which } => {
            let on = on?;
            let candidate = |year: i16| Date::new(year, month, 1).ok();
            // "Last March" in March is that of the year before.
            let now = if matches!(which, Which::Last | Which::Next) { on.first_of_month() } else { on };
            let last = |first: &Date| (*first, if which == Which::Next { *first } else { first.last_of_month() });
            part_of_month(pick(now, which, future, candidate, last)?, part)
        }
        Meaning::Year(year, part) => part_of_years(year, year, part),
        Meaning::Years(first, last, part) => part_of_years(first, last, part),
        Meaning::Months { year, first, last } => {
            let year = year.or(on.map(Date::year))?;
            let end = Date::new(year, last, 1).ok()?.last_of_month();
            Some(Resolved { start: Date::new(year, first, 1).ok()?, end: Some(end), precision: Precision::Month })
        }
        Meaning::Weekday(day, which) => {
            weekday(on?, Weekday::from_monday_one_offset(day).ok()?, which, future).map(single)
        }
        Meaning::Weekend(which) => {
            let on = on?;
            // On a weekend, a bare "the weekend" is that one.
            let from = if on.weekday() == Weekday::Sunday { on.yesterday().ok()? } else { on };
            let start = weekday(from, Weekday::Saturday, which, future)?;
            Some(Resolved { start, end: Some(start.tomorrow().ok()?), precision: Precision::Day })
        }
        Meaning::Offset { unit, count, part } => offset(on?, unit, count, part),
        Meaning::Ahead { unit, count } => {
            if future {
                offset(on?, unit, count, None)
            } else {
                None
            }
        }
        Meaning::Overnight => {
            let on = on?;
            Some(Resolved { start: on.yesterday().ok()?, end: Some(on), precision: Precision::Day })
        }
        Meaning::Stretch { unit, count } => {
            let on = on?;
            let other = shifted(on, unit, count)?;
            Some(Resolved { start: on.min(other), end: Some(on.max(other)), precision: precision(unit) })
        }
        Meaning::Span(ref first, ref last) => span(first, last, on, future),
        Meaning::Unknown => None,
    }
}

fn single(day: Date) -> Resolved {
    Resolved { start: day, end: None, precision: Precision::Day }
}

/// From the first through the last. The year of the last holds for the first too, and a bare last one follows the first.
fn span(first: &Meaning, last: &Meaning, on: Option<Date>, future: bool) -> Option<Resolved> {
    let ends = |r: Resolved| r.end.unwrap_or(r.start);
    if let Some(known) = year_of(last) {
        let (mut start, last) = (with_year(first, known), resolve(last, on, future)?);
        let mut first = resolve(&start, on, future)?;
        if first.start > ends(last) {
            start = with_year(&start, known.checked_sub(1)?);
            first = resolve(&start, on, future)?;
        }
        return joined(first, last);
    }
    if future {
        let first = resolve(first, on, true)?;
        let from = if matches!(last, Meaning::Offset { .. }) { on? } else { first.start };
        let last = resolve(last, Some(from), true)?;
        return joined(first, last);
    }
    let last = resolve(last, on, false)?;
    // A bare weekday or month comes before the last; "yesterday" is seen from now as ever.
    let from = if matches!(first, Meaning::Offset { .. }) { on? } else { last.start };
    let first = resolve(first, Some(from), false)?;
    joined(first, last)
}

fn joined(first: Resolved, last: Resolved) -> Option<Resolved> {
    let end = last.end.unwrap_or(last.start);
    let precision = first.precision.max(last.precision);
    (first.start <= end).then_some(Resolved { start: first.start, end: Some(end), precision })
}

fn year_of(meaning: &Meaning) -> Option<i16> {
    match *meaning {
        Meaning::Day { year, .. } | Meaning::Month { year, .. } => year,
        Meaning::Year(year, _) | Meaning::Years(year, _, _) => Some(year),
        _ => None,
    }
}

/// The meaning with the year, where it has a month but was given none.
fn with_year(meaning: &Meaning, known: i16) -> Meaning {
    let mut out = meaning.clone();
    if let Meaning::Day { year, .. } | Meaning::Month { year, .. } = &mut out {
        *year = Some(year.map_or(known, |own| own.min(known)));
    }
    out
}

/// Of the yearly candidates, the one that `which` and `future` ask for, seen from `on`. `ends` gives first and last day.
fn pick(
    on: Date,
    which: Which,
    future: bool,
    candidate: impl Fn(i16) -> Option<Date>,
    ends: impl Fn(&Date) -> (Date, Date),
) -> Option<Date> {
    // Leap days come every four years, eight around 1900 and 2100.
    let years = |ahead: bool| (0..=8).filter_map(move |n| on.year().checked_add(if ahead { n } else { -n }));
    match which {
        Which::This => candidate(on.year()),
        Which::Last => years(false).filter_map(candidate).find(|day| ends(day).0 < on),
        Which::Next => years(true).filter_map(candidate).find(|day| ends(day).1 > on),
        Which::Bare if future => years(true).filter_map(candidate).find(|day| ends(day).1 >= on),
        Which::Bare => years(false).filter_map(candidate).find(|day| ends(day).0 <= on),
    }
}

fn day_of_month(on: Date, day: i8, future: bool) -> Option<Date> {
    (0..=2).find_map(|n| {
        let month = shifted(on.first_of_month(), Unit::Month, if future { n } else { -n })?;
        let date = Date::new(month.year(), month.month(), day).ok()?;
        (if future { date >= on } else { date <= on }).then_some(date)
    })
}

fn weekday(on: Date, day: Weekday, which: Which, future: bool) -> Option<Date> {
    match which {
        Which::Last => on.nth_weekday(-1, day).ok(),
        Which::Next => on.nth_weekday(1, day).ok(),
        Which::This => monday(on)?.checked_add(Span::new().try_days(day.to_monday_zero_offset()).ok()?).ok(),
        Which::Bare if on.weekday() == day => Some(on),
        Which::Bare => on.nth_weekday(if future { 1 } else { -1 }, day).ok(),
    }
}

fn monday(on: Date) -> Option<Date> {
    on.checked_sub(Span::new().try_days(on.weekday().to_monday_zero_offset()).ok()?).ok()
}

fn shifted(on: Date, unit: Unit, count: i32) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        // Hours up to now may have begun the day before.
        Unit::Hour => span.try_days(count.signum()),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.checked_mul(10)?),
    };
    on.checked_add(span.ok()?).ok()
}

fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Year | Unit::Decade => Precision::Year,
    }
}

/// The day, week, month or year so far from now; a decade counts in whole years.
fn offset(on: Date, unit: Unit, count: i32, part: Option<Part>) -> Option<Resolved> {
    let day = shifted(on, unit, count)?;
    match unit {
        Unit::Hour | Unit::Day => Some(single(day)),
        Unit::Week => {
            let start = monday(day)?;
            let end = start.checked_add(Span::new().try_days(6).ok()?).ok()?;
            Some(Resolved { start, end: Some(end), precision: Precision::Week })
        }
        Unit::Month => part_of_month(day.first_of_month(), part),
        Unit::Year | Unit::Decade => part_of_years(day.year(), day.year(), part),
    }
}

/// A month from its first day; early to the 10th, mid to the 20th, late from the 21st.
fn part_of_month(first: Date, part: Option<Part>) -> Option<Resolved> {
    let day = |day: i8| Date::new(first.year(), first.month(), day).ok();
    let (start, end) = match part {
        None => (first, first.last_of_month()),
        Some(Part::Early) => (first, day(10)?),
        Some(Part::Mid) => (day(11)?, day(20)?),
        Some(Part::Late) => (day(21)?, first.last_of_month()),
    };
    Some(Resolved { start, end: Some(end), precision: Precision::Month })
}

/// Years from first to last. Of one year early is January to April, mid to August, late from September; of a decade early
/// is the first three years, mid the next four, late the last three.
fn part_of_years(first: i16, last: i16, part: Option<Part>) -> Option<Resolved> {
    let (first, last, from, to) = match (part, last - first) {
        (None, _) => (first, last, 1, 12),
        (Some(Part::Early), 0) => (first, last, 1, 4),
        (Some(Part::Mid), 0) => (first, last, 5, 8),
        (Some(Part::Late), 0) => (first, last, 9, 12),
        (Some(part), length) => {
            let (low, high) = match part {
                Part::Early => (0, 30),
                Part::Mid => (30, 70),
                Part::Late => (70, 100),
            };
            let year = |percent: i16| first + (i32::from(length + 1) * i32::from(percent) / 100) as i16;
            (year(low), year(high) - 1, 1, 12)
        }
    };
    let end = Date::new(last, to, 1).ok()?.last_of_month();
    Some(Resolved { start: Date::new(first, from, 1).ok()?, end: Some(end), precision: Precision::Year })
}
