//! From what an expression means to calendar dates.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::feasts::{FeastId, Feasts, Held};
use super::lexicon::Unit;
use super::meaning::{Meaning, Part, Which};
use super::{Precision, Resolved};

/// What an expression is seen from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    /// The document's date.
    pub on: Option<Date>,
    /// Whether the sentence speaks of the future.
    pub future: bool,
    /// The time that the sentence named last.
    pub named: Option<Resolved>,
    pub feasts: &'a Feasts,
}

/// The dates of a meaning.
pub(super) fn resolve(meaning: &Meaning, seen: &Seen<'_>) -> Option<Resolved> {
    let Seen { on, future, .. } = *seen;
    match *meaning {
        Meaning::Day { year: Some(year), month, day } => Some(single(Date::new(year, month, day).ok()?)),
        Meaning::Day { year: None, month, day } => {
            let on = on?;
            let candidate = |year: i16| Date::new(year, month, day).ok();
            pick(on, Which::Bare, future, candidate, |&date| (date, date)).map(single)
        }
        Meaning::InYear(ref inner, count) => {
            let year = on?.year().checked_add(i16::try_from(count).ok()?)?;
            resolve(&with_year(inner, year), seen)
        }
        Meaning::WeekOfMonth(ref month, week) => {
            let month = resolve(month, seen)?;
            let days = |first: i8| -> Option<(Date, Date)> {
                let day = |day: i8| Date::new(month.start.year(), month.start.month(), day).ok();
                Some((day(first)?, day(first + 6)?))
            };
            let (start, end) = match week {
                0 => days(month.start.days_in_month() - 6)?,
                week => days(7 * week - 6)?,
            };
            Some(Resolved { start, end: Some(end), precision: Precision::Week })
        }
        Meaning::WeekOf(ref day) => offset(resolve(day, seen)?.start, Unit::Week, 0, None),
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
        Meaning::Months { year, first, last, which } => {
            let months =
                |year: i16| Some((Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?.last_of_month()));
            let (start, end) = if let Some(year) = year {
                months(year)?
            } else {
                let ends = |start: &Date| months(start.year()).unwrap_or((*start, *start));
                let start = pick(on?, which, future, |year| months(year).map(|(start, _)| start), ends)?;
                ends(&start)
            };
            Some(Resolved { start, end: Some(end), precision: Precision::Month })
        }
        Meaning::WeekdayIn(day, weeks) => {
            let first = monday(shifted(on?, Unit::Week, weeks)?)?;
            shifted(first, Unit::Day, i32::from(day) - 1).map(single)
        }
        Meaning::Feast { feast: id, year, which } => {
            let Held { first, last, about } = match year {
                Some(year) => held(seen, id, year)?,
                None => feast(seen, id, which)?,
            };
            let about = i32::from(about);
            let (start, end) = (shifted(first, Unit::Day, -about)?, shifted(last, Unit::Day, about)?);
            Some(Resolved { start, end: (end > start).then_some(end), precision: Precision::Day })
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
        Meaning::FromNamed { unit, count, or_now } => match seen.named {
            Some(named) => from(named, unit, count),
            None if or_now => offset(on?, unit, count, None),
            None => None,
        },
        Meaning::Shifted { from: ref other, unit, count } => from(resolve(other, seen)?, unit, count),
        Meaning::About(ref inner) | Meaning::At(ref inner, _) => resolve(inner, seen),
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
        Meaning::Span(ref first, ref last) => span(first, last, seen),
        Meaning::Season { .. }
        | Meaning::Fiscal(_)
        | Meaning::Open { .. }
        | Meaning::Length(_)
        | Meaning::Every(_)
        | Meaning::Clock(_)
        | Meaning::Unknown => None,
    }
}

/// So many units from dates that are told no less finely than the unit.
fn from(named: Resolved, unit: Unit, count: i32) -> Option<Resolved> {
    (precision(unit) >= named.precision).then(|| offset(named.start, unit, count, None))?
}

/// The feast of a year, if it has one and no more.
pub(super) fn held(seen: &Seen<'_>, id: FeastId, year: i16) -> Option<Held> {
    let [held] = seen.feasts.held(id, year)[..] else { return None };
    Some(held)
}

/// The feast nearest to the document's date in the direction asked for.
pub(super) fn feast(seen: &Seen<'_>, id: FeastId, which: Which) -> Option<Held> {
    let on = seen.on?;
    let held = |years: std::ops::RangeInclusive<i16>| {
        let mut held: Vec<Held> =
            years.filter_map(|n| on.year().checked_add(n)).flat_map(|year| seen.feasts.held(id, year)).collect();
        held.sort();
        held.into_iter()
    };
    match which {
        Which::This => held(0..=0).next(),
        Which::Last => held(-2..=0).rfind(|held| held.first < on),
        Which::Next => held(0..=2).find(|held| held.first > on),
        Which::Bare if seen.future => held(-1..=2).find(|held| held.last >= on),
        Which::Bare => held(-2..=0).rfind(|held| held.first <= on),
    }
}

fn single(day: Date) -> Resolved {
    Resolved { start: day, end: None, precision: Precision::Day }
}

/// From the first through the last. The year of the last holds for the first too, and a bare last one follows the first.
fn span(first: &Meaning, last: &Meaning, seen: &Seen<'_>) -> Option<Resolved> {
    let ends = |r: Resolved| r.end.unwrap_or(r.start);
    if let Some(known) = year_of(last) {
        let (mut start, last) = (with_year(first, known), resolve(last, seen)?);
        let mut first = resolve(&start, seen)?;
        if first.start > ends(last) {
            start = with_year(&start, known.checked_sub(1)?);
            first = resolve(&start, seen)?;
        }
        return joined(first, last);
    }
    // What is counted from now is seen from now; a bare weekday or month follows the first, or comes before the last.
    let counted =
        |meaning: &Meaning| matches!(meaning, Meaning::Offset { .. } | Meaning::Year(..) | Meaning::Years(..));
    let from =
        |meaning: &Meaning, other: Date| Seen { on: if counted(meaning) { seen.on } else { Some(other) }, ..*seen };
    if seen.future {
        let first = resolve(first, seen)?;
        let last = resolve(last, &from(last, first.start))?;
        return joined(first, last);
    }
    let last = resolve(last, seen)?;
    let first = resolve(first, &from(first, last.start))?;
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
        Unit::Second | Unit::Minute | Unit::Hour => span.try_days(count.signum()),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count.checked_mul(2)?),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.checked_mul(10)?),
        Unit::Century => span.try_years(count.checked_mul(100)?),
    };
    on.checked_add(span.ok()?).ok()
}

fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week | Unit::Fortnight => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Year | Unit::Decade | Unit::Century => Precision::Year,
    }
}

/// The day, week, month or year so far from now; a decade counts in whole years.
fn offset(on: Date, unit: Unit, count: i32, part: Option<Part>) -> Option<Resolved> {
    let day = shifted(on, unit, count)?;
    let whole = match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => single(day),
        Unit::Week | Unit::Fortnight => part_of_week(monday(day)?, part)?,
        Unit::Month => part_of_month(day.first_of_month(), part)?,
        Unit::Year | Unit::Decade | Unit::Century => part_of_years(day.year(), day.year(), part)?,
    };
    match part {
        Some(Part::SoFar) => Some(Resolved { end: Some(on), ..whole }),
        Some(Part::Rest) => Some(Resolved { start: on, ..whole }),
        _ => Some(whole),
    }
}

/// A week from its Monday; early to Tuesday, late from Friday.
fn part_of_week(first: Date, part: Option<Part>) -> Option<Resolved> {
    let (start, end) = match part {
        None | Some(Part::SoFar | Part::Rest) => (0, 6),
        Some(Part::Early | Part::Start) => (0, 1),
        Some(Part::Mid) => (2, 3),
        Some(Part::Late | Part::End) => (4, 6),
    };
    let (start, end) = (shifted(first, Unit::Day, start)?, shifted(first, Unit::Day, end)?);
    Some(Resolved { start, end: Some(end), precision: Precision::Week })
}

/// A month from its first day; early to the 10th, mid to the 20th, late from the 21st.
fn part_of_month(first: Date, part: Option<Part>) -> Option<Resolved> {
    let day = |day: i8| Date::new(first.year(), first.month(), day).ok();
    let (start, end) = match part {
        None | Some(Part::SoFar | Part::Rest) => (first, first.last_of_month()),
        Some(Part::Early | Part::Start) => (first, day(10)?),
        Some(Part::Mid) => (day(11)?, day(20)?),
        Some(Part::Late | Part::End) => (day(21)?, first.last_of_month()),
    };
    Some(Resolved { start, end: Some(end), precision: Precision::Month })
}

/// Years from first to last. Of one year early is January to April, mid to August, late from September, the beginning is
/// January and the end December; of several early is the first three tenths, late the last three.
fn part_of_years(first: i16, last: i16, part: Option<Part>) -> Option<Resolved> {
    let length = i32::from(last) - i32::from(first) + 1;
    let (first, last, from, to) = match (part, length) {
        (None | Some(Part::SoFar | Part::Rest), _) => (first, last, 1, 12),
        (Some(Part::Early), 1) => (first, last, 1, 4),
        (Some(Part::Mid), 1) => (first, last, 5, 8),
        (Some(Part::Late), 1) => (first, last, 9, 12),
        (Some(Part::Start), 1) => (first, last, 1, 1),
        (Some(Part::End), 1) => (first, last, 12, 12),
        (Some(part), length) => {
            let (low, high) = match part {
                Part::Mid => (3, 7),
                Part::Late | Part::End => (7, 10),
                Part::Early | Part::Start | Part::SoFar | Part::Rest => (0, 3),
            };
            let year = |tenths: i32| i16::try_from(i32::from(first) + length * tenths / 10).ok();
            (year(low)?, year(high)? - 1, 1, 12)
        }
    };
    let end = Date::new(last, to, 1).ok()?.last_of_month();
    Some(Resolved { start: Date::new(first, from, 1).ok()?, end: Some(end), precision: Precision::Year })
}
