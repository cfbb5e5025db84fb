//! Dates that name their place in the calendar: days, months, years, weekdays.

use jiff::civil::Date;

use super::super::lexicon::digits;
use super::{Found, Meaning, Part, TimeKind, Unit, Upos, Which, Words, part, which};

/// A day of the month: "3", "3rd", at most 31.
pub(super) fn day_number(words: &Words<'_>, at: usize) -> Option<i8> {
    let word = words.at(at);
    let word = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits(word, 2).filter(|day| (1..=31).contains(day)).map(|day| day as i8)
}

/// Four digits that can be a year.
fn year_number(words: &Words<'_>, at: usize) -> Option<i16> {
    let word = words.at(at);
    digits(word, 4).filter(|year| word.len() == 4 && (1000..=2199).contains(year))
}

/// A month's name, not the verb, modal or person.
fn month_name(words: &Words<'_>, at: usize) -> Option<i8> {
    let month = words.lexicon.month(words.at(at))?;
    let name = words.capital(at) && !matches!(words.upos(at), Some(Upos::Verb | Upos::Aux));
    name.then_some(month)
}

/// Whether a month without day or year is meant as a date, from the words around.
fn is_month_alone(words: &Words<'_>, at: usize) -> bool {
    let lexicon = words.lexicon;
    let before = words.before(at);
    let introduced = lexicon.date_prepositions.iter().any(|p| p == before)
        || at.checked_sub(1).is_some_and(|b| which(words, b).is_some() || part(words, b).is_some())
        || (words.is_hyphen(at.wrapping_sub(1)) && at >= 2 && part(words, at - 2).is_some());
    let doubtful = lexicon.doubtful.iter().any(|word| word == words.at(at).trim_end_matches('.'));
    let short = words.at(at).len() < 4 && !words.at(at).ends_with('.');
    let name_goes_on = words.upos(at + 1) == Some(Upos::Propn) && !words.capitals;
    let name_before =
        at > 0 && words.upos(at - 1) == Some(Upos::Propn) && lexicon.weekday(before).is_none() && !words.capitals;
    if doubtful || short { introduced && !name_goes_on } else { introduced || (!name_goes_on && !name_before) }
}

/// The year after a day and month, with or without a comma.
fn following_year(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let at = if words.at(at) == "," { at + 1 } else { at };
    year_number(words, at).map(|year| (year, at + 1))
}

/// "2023-11-12", "12/11/2023" (where only one order is possible), as one word or as several without space.
pub(super) fn numeric(words: &Words<'_>, at: usize) -> Option<Found> {
    let mut end = at + 1;
    while words.touches(end) && (words.is_hyphen(end) || words.at(end) == "/" || digits(words.at(end), 4).is_some()) {
        end += 1;
    }
    let whole: String = (at..end).map(|i| words.at(i)).collect();
    let fields: Vec<&str> = whole.split(['-', '/', '.', '–']).collect();
    let [first, second, third] = fields[..] else { return None };
    let number = |field: &str| digits(field, 4);
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    let meaning = |year: i16, month: i16, day: i16| {
        Date::new(year, month as i8, day as i8).ok()?;
        Some(Meaning::Day { year: Some(year), month: month as i8, day: day as i8, which: Which::Bare })
    };
    if first.len() == 4 && second.len() <= 2 && third.len() <= 2 {
        return Some(Found::point(end, meaning(a, b, c)?));
    }
    if third.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let dotted = whole.contains('.');
    let found = match (meaning(c, b, a), meaning(c, a, b)) {
        (Some(day_first), None) => day_first,
        (Some(day_first), Some(_)) if dotted || a == b => day_first,
        (None, Some(month_first)) => month_first,
        (Some(_), Some(_)) => Meaning::Unknown,
        (None, None) => return None,
    };
    Some(Found::point(end, found))
}

/// "Thursday", "last Thursday", "Sunday night", "Thursday, November 12", "Thursday (12 November)".
pub(super) fn weekday(words: &Words<'_>, at: usize) -> Option<Found> {
    let chosen = which(words, at);
    let name = at + usize::from(chosen.is_some());
    if words.lexicon.weekdays(words.at(name)) && words.capital(name) {
        return Some(Found::point(name + 1, Meaning::Unknown));
    }
    let day = words.lexicon.weekday(words.at(name)).filter(|_| words.capital(name))?;
    let lexicon = words.lexicon;
    let feast = name.checked_sub(1).is_some_and(|b| words.capital(b) && words.is(b, &lexicon.named_day_prefixes));
    let doubtful = lexicon.doubtful.iter().any(|word| word == words.at(name).trim_end_matches('.'));
    let introduced = chosen.is_some() || lexicon.date_prepositions.iter().any(|p| p == words.before(name));
    let mut end = name + 1;
    if words.is(end, &lexicon.day_parts) {
        end += 1;
    }
    let dated = || {
        let open = usize::from(matches!(words.at(end), "," | "("));
        let date = day_month(words, end + open).or_else(|| month_day(words, end + open))?;
        let close = usize::from(words.at(end) == "(" && words.at(date.end) == ")");
        Some(Found { end: date.end + close, ..date })
    };
    if let Some(found) = dated() {
        return Some(found);
    }
    if feast || (doubtful && !introduced && !words.at(name).ends_with('.')) {
        return None;
    }
    Some(Found::point(end, Meaning::Weekday(day, chosen.unwrap_or(Which::Bare))))
}

/// "12 November 2023", "12th of November", "12-14 November", "3 and 5 May".
pub(super) fn day_month(words: &Words<'_>, at: usize) -> Option<Found> {
    let day = day_number(words, at)?;
    let mut next = at + 1;
    let mut last = None;
    if (words.is_hyphen(next) || words.at(next) == "to") && !words.at(next).is_empty() {
        last = day_number(words, next + 1);
        next += 2 * usize::from(last.is_some());
    }
    if words.at(next) == "of" {
        next += 1;
    }
    let month = month_name(words, next)?;
    let (year, end) = following_year(words, next + 1).map_or((None, next + 1), |(year, end)| (Some(year), end));
    Some(days(year, month, day, last, end))
}

/// "November 12, 2023", "Nov. 12th", "November 12-14".
pub(super) fn month_day(words: &Words<'_>, at: usize) -> Option<Found> {
    let chosen = which(words, at);
    let month = month_name(words, at + usize::from(chosen.is_some()))?;
    let mut next = at + usize::from(chosen.is_some()) + 1;
    let the = usize::from(words.at(next) == "the");
    let day = day_number(words, next + the)?;
    next += the + 1;
    let mut last = None;
    if words.is_hyphen(next) {
        last = day_number(words, next + 1);
        next += 2 * usize::from(last.is_some());
    }
    // "May 20 people": the number counts something.
    if words.counted(next) {
        return None;
    }
    let (year, end) = following_year(words, next).map_or((None, next), |(year, end)| (Some(year), end));
    Some(days(year, month, day, last, end))
}

fn days(year: Option<i16>, month: i8, day: i8, last: Option<i8>, end: usize) -> Found {
    let meaning = |day| Meaning::Day { year, month, day, which: Which::Bare };
    match last {
        None => Found::point(end, meaning(day)),
        Some(last) => {
            let meaning = Meaning::Span(Box::new(meaning(day)), Box::new(meaning(last)));
            Found { end, meaning, kind: TimeKind::Range }
        }
    }
}

/// "November", "November 2023", "November of last year", "last November".
pub(super) fn month(words: &Words<'_>, at: usize) -> Option<Found> {
    let chosen = which(words, at);
    let name = at + usize::from(chosen.is_some());
    let month = month_name(words, name)?;
    let mut next = name + 1;
    if words.at(next) == "of" && year_number(words, next + 1).is_some() {
        next += 1;
    }
    if let Some((year, end)) = following_year(words, next).filter(|&(_, end)| end == next + 1 || !words.counted(end)) {
        return Some(Found::point(end, Meaning::Month { year: Some(year), month, part: None, which: Which::Bare }));
    }
    if chosen.is_none() && !is_month_alone(words, name) {
        return None;
    }
    Some(Found::point(name + 1, Meaning::Month { year: None, month, part: None, which: chosen.unwrap_or(Which::Bare) }))
}

/// "Early March", "mid-August", "the end of 2011", "late last year", "mid-1990s".
pub(super) fn partial(words: &Words<'_>, at: usize) -> Option<Found> {
    let (part, of) = part(words, at).or_else(|| Some((Part::Mid, words.at(at).strip_prefix("mid-").map(|_| at)?)))?;
    if of == at {
        return prefixed(words, at, part);
    }
    let found = month(words, of)
        .or_else(|| decade(words, of))
        .or_else(|| super::relative::unit(words, of))
        .or_else(|| current(words, of))
        .or_else(|| year_number(words, of).map(|year| Found::point(of + 1, Meaning::Year(year, None))))?;
    Some(Found::point(found.end, with_part(found.meaning, part)))
}

/// "The end of the month": the unit that is going on.
fn current(words: &Words<'_>, of: usize) -> Option<Found> {
    let unit = words.lexicon.unit(words.at(of)).filter(|unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year))?;
    let counted = words.before(of) == "the" && !words.at(of).ends_with('s');
    counted.then_some(Found::point(of + 1, Meaning::Offset { unit, count: 0, part: None }))
}

/// "mid-August" written as one word.
fn prefixed(words: &Words<'_>, at: usize, part: Part) -> Option<Found> {
    let rest = words.at(at).strip_prefix("mid-")?;
    let year = |end: usize| following_year(words, end).map_or((None, end), |(year, end)| (Some(year), end));
    if let Some(month) = words.lexicon.month(rest) {
        let (year, end) = year(at + 1);
        return Some(Found::point(end, Meaning::Month { year, month, part: Some(part), which: Which::Bare }));
    }
    if let Some(first) = decade_of(words, rest) {
        return Some(Found::point(at + 1, Meaning::Years(first, first + 9, Some(part))));
    }
    digits(rest, 4).filter(|_| rest.len() == 4).map(|year| Found::point(at + 1, Meaning::Year(year, Some(part))))
}

fn with_part(meaning: Meaning, part: Part) -> Meaning {
    let part = Some(part);
    match meaning {
        Meaning::Month { year, month, which, .. } => Meaning::Month { year, month, part, which },
        Meaning::Years(first, last, _) => Meaning::Years(first, last, part),
        Meaning::Year(year, _) => Meaning::Year(year, part),
        Meaning::Offset { unit, count, .. } => Meaning::Offset { unit, count, part },
        other => other,
    }
}

fn decade_of(words: &Words<'_>, word: &str) -> Option<i16> {
    let word = word.strip_suffix('s').map(|number| number.trim_end_matches(['\'', '’']));
    let year = word.and_then(|number| digits(number, 4).filter(|year| number.len() == 4 && year % 10 == 0));
    year.filter(|year| (1000..2200).contains(year)).or_else(|| words.lexicon.decade(word.map_or("", |w| w)))
}

/// "1990s", "nineties".
pub(super) fn decade(words: &Words<'_>, at: usize) -> Option<Found> {
    let named =
        || words.lexicon.decade(words.at(at)).filter(|_| matches!(words.before(at), "the" | "early" | "late" | "mid"));
    let first = decade_of(words, words.at(at)).or_else(named)?;
    Some(Found::point(at + 1, Meaning::Years(first, first + 9, None)))
}

/// "2003" where it is a year; "2003-2005", "2003-05".
pub(super) fn year(words: &Words<'_>, at: usize) -> Option<Found> {
    let year = year_number(words, at).filter(|&year| year >= 1800)?;
    let lexicon = words.lexicon;
    if words.is_hyphen(at + 1) && words.touches(at + 1) && words.touches(at + 2) {
        let second = words.at(at + 2);
        let last = digits(second, 4).map(|last| if second.len() == 2 { year / 100 * 100 + last } else { last });
        if let Some(last) = last.filter(|&last| last > year && last < 2200 && matches!(second.len(), 2 | 4)) {
            return Some(Found { end: at + 3, meaning: Meaning::Years(year, last, None), kind: TimeKind::Range });
        }
    }
    let before = words.before(at);
    let introduced = lexicon.date_prepositions.iter().chain(&lexicon.to).any(|p| p == before)
        || matches!(before, "and" | "between" | "(" | "than" | "year" | "early" | "late" | "mid");
    let determined = at > 0 && (matches!(words.upos(at - 1), Some(Upos::Det)) || before == "'s" || before == "’s");
    let thing = words.upos(at + 1) == Some(Upos::Noun)
        || words.upos(at + 1) == Some(Upos::Propn)
        || words.upos(at + 1) == Some(Upos::Adj);
    let unit = words.lexicon.unit(words.at(at + 1)).is_some() || matches!(words.at(at + 1), "%" | "percent" | "of");
    let is_year = !words.counted(at + 1)
        && !unit
        && (introduced || (determined && thing) || (thing && words.is(at + 1, &lexicon.dated_plurals)));
    is_year.then_some(Found::point(at + 1, Meaning::Year(year, None)))
}

/// "First quarter of 2011", "second half of this year", "summer 2003".
pub(super) fn part_of_year(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.is(at, &words.lexicon.seasons) {
        // Which months a season has depends on the hemisphere.
        let next = at + usize::from(words.at(at + 1) == "of");
        return year_number(words, next + 1).map(|_| Found::point(next + 2, Meaning::Unknown));
    }
    let number = words.lexicon.ordinal(words.at(at))?;
    let length = match words.at(at + 1) {
        "quarter" if number <= 4 => 3,
        "half" if number <= 2 => 6,
        _ => return None,
    };
    if words.at(at + 2) != "of" {
        return None;
    }
    let (year, end) = match year_number(words, at + 3) {
        Some(year) => (Some(year), at + 4),
        None if matches!(words.at(at + 3), "the" | "this") && words.at(at + 4) == "year" => (None, at + 5),
        None => return None,
    };
    let last = number * length;
    Some(Found::point(end, Meaning::Months { year, first: last - length + 1, last }))
}
