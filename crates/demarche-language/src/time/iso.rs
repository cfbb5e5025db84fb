//! Time expressions as ISO 8601 writes them: part 1, and for what it has no form for, part 2 (EDTF).

use std::fmt::Write as _;

use jiff::civil::Date;

use super::lexicon::Unit;
use super::meaning::{Clock, Length, Meaning};
use super::resolve::{Seen, feast, held};
use super::{Precision, Resolved, TimeKind};

/// A date, or both ends of several that have no form of their own.
struct Ends(String, Option<String>);

/// The form of an expression whose dates are `value`.
pub(super) fn written(meaning: &Meaning, kind: TimeKind, value: Option<Resolved>, seen: &Seen<'_>) -> Option<String> {
    let ends = match meaning {
        Meaning::Length(length) => return Some(period(length)),
        Meaning::Every(length) => return Some(format!("R/{}", period(length))),
        Meaning::Open { ahead } => {
            let on = seen.on?;
            return Some(if *ahead { format!("{on}/") } else { format!("/{on}") });
        }
        Meaning::Span(first, last) => match (&**first, &**last) {
            (Meaning::Clock(first), Meaning::Clock(last)) => Ends(time(first), Some(time(last))),
            _ => ends(value?, true),
        },
        other => point(other, kind == TimeKind::Range, value, seen)?,
    };
    let Ends(first, last) = ends;
    Some(match (kind, last) {
        (TimeKind::Since, _) => format!("{first}/.."),
        (TimeKind::Until, last) => format!("../{}", last.unwrap_or(first)),
        (_, Some(last)) => format!("{first}/{last}"),
        (_, None) => first,
    })
}

fn point(meaning: &Meaning, apart: bool, value: Option<Resolved>, seen: &Seen<'_>) -> Option<Ends> {
    Some(match meaning {
        Meaning::Season { year, season } => {
            Ends(format!("{:04}-{}", year.or(seen.on.map(Date::year))?, 20 + season), None)
        }
        // Of a month, not of the calendar of weeks, even where both agree.
        Meaning::WeekOfMonth(..) => Ends(value?.start.to_string(), value?.end.map(|end| end.to_string())),
        Meaning::Fiscal(year) => Ends(format!("{year:04}~"), None),
        Meaning::Clock(clock) => Ends(time(clock), None),
        Meaning::At(day, clock) => {
            let Ends(date, None) = point(day, apart, value, seen)? else { return None };
            Ends(format!("{date}{}", time(clock)), None)
        }
        Meaning::About(inner) => {
            let Ends(first, last) = point(inner, apart, value, seen)?;
            Ends(first + "~", last.map(|last| last + "~"))
        }
        Meaning::Feast { feast: id, year, which } => {
            let day = match year {
                Some(year) => held(seen, *id, *year)?,
                None => feast(seen, *id, *which)?,
            };
            let mark = if day.about { "~" } else { "" };
            let last = (day.last > day.first).then(|| format!("{}{mark}", day.last));
            Ends(format!("{}{mark}", day.first), last)
        }
        _ => ends(value?, apart),
    })
}

/// Dates in the largest unit that has exactly them; with `apart` never in one that stands for several years.
fn ends(value: Resolved, apart: bool) -> Ends {
    let (first, last) = (value.start, value.end.unwrap_or(value.start));
    let months = first.day() == 1 && last == last.last_of_month();
    let years = months && first.month() == 1 && last.month() == 12;
    let length = last.year() - first.year() + 1;
    let decade = |of: i16| !apart && length == of && first.year() >= 0 && first.year() % of == 0;
    let day_after = |day: Date| day.tomorrow().ok();
    let week = first.weekday() == jiff::civil::Weekday::Monday
        && (0..6).try_fold(first, |day, _| day_after(day)) == Some(last);
    let write: fn(Date) -> String = match value.precision {
        Precision::Week if week => {
            let iso = first.iso_week_date();
            return Ends(format!("{:04}-W{:02}", iso.year(), iso.week()), None);
        }
        Precision::Year if years && decade(10) => return Ends(format!("{:03}X", first.year() / 10), None),
        Precision::Year if years && decade(100) => return Ends(format!("{:02}XX", first.year() / 100), None),
        Precision::Year if years => |day| format!("{:04}", day.year()),
        Precision::Year | Precision::Month if months => |day| format!("{:04}-{:02}", day.year(), day.month()),
        _ => |day| day.to_string(),
    };
    let (first, last) = (write(first), write(last));
    let several = first != last;
    Ends(first, several.then_some(last))
}

fn time(clock: &Clock) -> String {
    format!("T{:02}:{:02}{}", clock.hour, clock.minute, clock.zone)
}

fn period(length: &Length) -> String {
    let mut out = "P".to_owned();
    let mut timed = false;
    for &(unit, count) in &length.0 {
        if unit.is_short() && !timed {
            timed = true;
            out.push('T');
        }
        let (count, letter) = match unit {
            Unit::Second => (count, 'S'),
            Unit::Minute | Unit::Month => (count, 'M'),
            Unit::Hour => (count, 'H'),
            Unit::Day => (count, 'D'),
            Unit::Week => (count, 'W'),
            Unit::Fortnight => (2 * count, 'W'),
            Unit::Year => (count, 'Y'),
            Unit::Decade => (10 * count, 'Y'),
            Unit::Century => (100 * count, 'Y'),
        };
        let _ = write!(out, "{count}{letter}");
    }
    out
}
