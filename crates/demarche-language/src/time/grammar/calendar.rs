//! Dates that name their place in the calendar: days, weekdays, weeks, months, feasts.

use jiff::civil::Date;

use super::super::lexicon::digits;
use super::{Found, Length, Meaning, TimeKind, Unit, Upos, Which, Words, of_unit, part, which};

/// A day of the month: "3", "3rd", at most 31.
pub(super) fn day_number(words: &Words<'_>, at: usize) -> Option<i8> {
    let word = words.at(at);
    let word = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits(word, 2).filter(|day| (1..=31).contains(day)).map(|day| day as i8)
}

/// A day of the month before "of": as [`day_number`], or "third", "twenty-first". With the word after it.
fn ordinal_day(words: &Words<'_>, at: usize) -> Option<(i8, usize)> {
    if let Some(day) = day_number(words, at) {
        return Some((day, at + 1));
    }
    let (day, next) = ordinal(words, at)?;
    (day <= 31 && words.at(next) == "of").then_some((day, next))
}

/// An ordinal as a word, of one part or two ("twenty-first").
pub(super) fn ordinal(words: &Words<'_>, at: usize) -> Option<(i8, usize)> {
    let lexicon = words.lexicon;
    let tens = |word: &str| {
        lexicon.number(word).filter(|n| matches!(n, 20..=90) && !word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let small = |word: &str| lexicon.ordinal(word).filter(|n| *n < 10);
    if let Some(day) = lexicon.ordinal(words.at(at)) {
        return Some((day, at + 1));
    }
    if let Some((ten, one)) = words.at(at).split_once('-')
        && let (Some(ten), Some(one)) = (tens(ten), small(one))
    {
        return Some((ten as i8 + one, at + 1));
    }
    let ten = tens(words.at(at)).filter(|_| words.is_hyphen(at + 1))?;
    Some((ten as i8 + small(words.at(at + 2))?, at + 3))
}

/// Four digits that can be a year.
pub(super) fn year_number(words: &Words<'_>, at: usize) -> Option<i16> {
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
        || of_unit(words, at + 1, Unit::Year).is_some()
        || (words.is_hyphen(at.wrapping_sub(1)) && at >= 2 && part(words, at - 2).is_some());
    let doubtful = lexicon.doubtful.iter().any(|word| word == words.at(at).trim_end_matches('.'));
    let short = words.at(at).len() < 4 && !words.at(at).ends_with('.');
    let name_goes_on = words.upos(at + 1) == Some(Upos::Propn) && !words.capitals;
    let name_before =
        at > 0 && words.upos(at - 1) == Some(Upos::Propn) && lexicon.weekday(before).is_none() && !words.capitals;
    let feast = at > 0 && words.capital(at - 1) && words.is(at - 1, &lexicon.named_day_prefixes) && !words.capitals;
    if feast {
        return false;
    }
    if doubtful || short { introduced && !name_goes_on } else { introduced || (!name_goes_on && !name_before) }
}

/// The year after a day and month, with or without a comma.
pub(super) fn following_year(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
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
        Some(Meaning::Day { year: Some(year), month: month as i8, day: day as i8 })
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
    let (chosen, name) = which(words, at).map_or((None, at), |(which, name)| (Some(which), name));
    if words.lexicon.weekdays(words.at(name)) && words.capital(name) {
        let meaning = Meaning::Every(Length(vec![(Unit::Week, 1)]));
        return Some(Found { end: name + 1, meaning, kind: TimeKind::Recurring });
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
    if chosen.is_none()
        && let Some((weeks, end)) = of_unit(words, end, Unit::Week)
    {
        return Some(Found::point(end, Meaning::WeekdayIn(day, weeks)));
    }
    Some(Found::point(end, Meaning::Weekday(day, chosen.unwrap_or(Which::Bare))))
}

/// "12 November 2023", "12th of November", "12-14 November", "14-Nov-2023"; of "3 and 5 May" the first day.
pub(super) fn day_month(words: &Words<'_>, at: usize) -> Option<Found> {
    let (day, mut next) = ordinal_day(words, at)?;
    if matches!(words.at(next), "and" | "or" | "," | "&")
        && let Some(Found { meaning: Meaning::Day { year, month, .. }, .. }) = day_month(words, next + 1)
    {
        return Some(Found::point(next, Meaning::Day { year, month, day }));
    }
    let mut last = None;
    if words.is_hyphen(next) || words.at(next) == "to" {
        last = day_number(words, next + 1);
        next += 2 * usize::from(last.is_some());
    }
    let joined = usize::from(words.is_hyphen(next) && last.is_none());
    if words.at(next) == "of" {
        next += 1;
    }
    let month = month_name(words, next + joined)?;
    next += joined + 1;
    let hyphen = usize::from(joined == 1 && words.is_hyphen(next));
    Some(dated(words, next + hyphen, month, day, last))
}

/// "November 12, 2023", "Nov. 12th", "November 12-14".
pub(super) fn month_day(words: &Words<'_>, at: usize) -> Option<Found> {
    let name = which(words, at).map_or(at, |(_, name)| name);
    let month = month_name(words, name)?;
    let mut next = name + 1;
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
    Some(dated(words, next, month, day, last))
}

/// A day, or days up to `last`, with the year that may follow.
fn dated(words: &Words<'_>, next: usize, month: i8, day: i8, last: Option<i8>) -> Found {
    let written = following_year(words, next);
    let (year, end) = written.map_or((None, next), |(year, end)| (Some(year), end));
    let meaning = |day| Meaning::Day { year, month, day };
    if let Some(last) = last {
        let meaning = Meaning::Span(Box::new(meaning(day)), Box::new(meaning(last)));
        return Found { end, meaning, kind: TimeKind::Range };
    }
    if written.is_none()
        && let Some((count, end)) = of_unit(words, next, Unit::Year)
    {
        return Found::point(end, Meaning::InYear(Box::new(meaning(day)), count));
    }
    Found::point(end, meaning(day))
}

/// "November", "November 2023", "November of last year", "last November".
pub(super) fn month(words: &Words<'_>, at: usize) -> Option<Found> {
    let (chosen, name) = which(words, at).map_or((None, at), |(which, name)| (Some(which), name));
    let month = month_name(words, name)?;
    let meaning = |year: Option<i16>, which: Which| Meaning::Month { year, month, part: None, which };
    let mut next = name + 1;
    if words.at(next) == "of" && year_number(words, next + 1).is_some() {
        next += 1;
    }
    if let Some((year, end)) = following_year(words, next).filter(|&(_, end)| end == next + 1 || !words.counted(end)) {
        return Some(Found::point(end, meaning(Some(year), Which::Bare)));
    }
    if chosen.is_none() && !is_month_alone(words, name) {
        return None;
    }
    if chosen.is_none()
        && let Some((count, end)) = of_unit(words, name + 1, Unit::Year)
    {
        return Some(Found::point(end, Meaning::InYear(Box::new(meaning(None, Which::Bare)), count)));
    }
    Some(Found::point(name + 1, meaning(None, chosen.unwrap_or(Which::Bare))))
}

/// "The first week of May", "the week of 12 November".
pub(super) fn week(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.at(at) == "week" && words.at(at + 1) == "of" {
        let from = at + 2 + usize::from(words.at(at + 2) == "the");
        let day = day_month(words, from).or_else(|| month_day(words, from)).or_else(|| numeric(words, from))?;
        let single = matches!(day.meaning, Meaning::Day { .. } | Meaning::InYear(..));
        return single.then(|| Found::point(day.end, Meaning::WeekOf(Box::new(day.meaning))));
    }
    let (week, next) = match words.at(at) {
        "last" | "final" => (0, at + 1),
        _ => ordinal(words, at).filter(|(week, _)| *week <= 4)?,
    };
    if words.at(next) != "week" || words.at(next + 1) != "of" {
        return None;
    }
    let month = month(words, next + 2)?;
    Some(Found::point(month.end, Meaning::WeekOfMonth(Box::new(month.meaning), week)))
}

/// "Christmas Eve", "Eid al-Fitr 2021", "last Ramadan".
pub(super) fn feast(words: &Words<'_>, at: usize) -> Option<Found> {
    let (chosen, name) = which(words, at).map_or((None, at), |(which, name)| (Some(which), name));
    if !words.capital(name) {
        return None;
    }
    let rest = words.lower.get(name..)?.iter().map(String::as_str);
    let (feast, length) = words.feasts.named(rest)?;
    let next = name + length;
    let (year, end) = match year_number(words, next) {
        Some(year) if !words.counted(next + 1) => (Some(year), next + 1),
        _ => (None, next),
    };
    let kind = if words.feasts.lasts(feast) { TimeKind::Range } else { TimeKind::Point };
    Some(Found { end, meaning: Meaning::Feast { feast, year, which: chosen.unwrap_or(Which::Bare) }, kind })
}
