//! Months and years in part and together: "early March", "mid-2019", "the 1990s", "the first quarter", "summer 2003".

use super::super::lexicon::digits;
use super::calendar::{following_year, month, ordinal, year_number};
use super::{Found, Meaning, Part, TimeKind, Unit, Upos, Which, Words, part, which};

/// "Early March", "mid-August", "the end of 2011", "late last year", "mid-1990s".
pub(super) fn partial(words: &Words<'_>, at: usize) -> Option<Found> {
    let (part, of) = part(words, at).or_else(|| Some((Part::Mid, words.at(at).strip_prefix("mid-").map(|_| at)?)))?;
    if of == at {
        return prefixed(words, at, part);
    }
    let found = month(words, of)
        .or_else(|| decade(words, of))
        .or_else(|| century(words, of))
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
    if let Some(first) = decade_of(rest) {
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

/// First year of a decade in four figures.
fn decade_of(word: &str) -> Option<i16> {
    let number = word.strip_suffix('s')?.trim_end_matches(['\'', '’']);
    digits(number, 4).filter(|year| number.len() == 4 && year % 10 == 0 && (1000..2200).contains(year))
}

/// "1990s", "nineties".
pub(super) fn decade(words: &Words<'_>, at: usize) -> Option<Found> {
    let introduced = || {
        let hyphen = usize::from(words.is_hyphen(at.wrapping_sub(1)));
        let word = at.checked_sub(1 + hyphen).map_or("", |before| words.at(before));
        matches!(word, "the" | "early" | "late" | "mid" | "'" | "’" | "‘")
    };
    let word = words.at(at).trim_start_matches(['\'', '’', '‘']);
    let figures = word.strip_suffix('s').filter(|figures| figures.len() == 2);
    let named = || words.lexicon.decade(figures.unwrap_or(word)).filter(|_| introduced());
    let first = decade_of(words.at(at)).or_else(named)?;
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

/// "19th century", "twenty-first century".
pub(super) fn century(words: &Words<'_>, at: usize) -> Option<Found> {
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|ending| words.at(at).strip_suffix(ending));
    let (number, next) = match figures.and_then(|figures| digits(figures, 2)) {
        Some(number) => (number, at + 1),
        None => ordinal(words, at).map(|(number, next)| (i16::from(number), next))?,
    };
    let next = next + usize::from(words.is_hyphen(next));
    // "The third century" after another event is no date; those before the tenth are named with their era.
    if !(10..=22).contains(&number) || words.at(next) != "century" {
        return None;
    }
    let first = (number - 1) * 100;
    Some(Found::point(next + 1, Meaning::Years(first, first + 99, None)))
}

/// "Fiscal 2020", "fiscal year 2020", "FY2020".
pub(super) fn fiscal(words: &Words<'_>, at: usize) -> Option<Found> {
    if let Some(year) = words.at(at).strip_prefix("fy").filter(|year| year.len() == 4) {
        return digits(year, 4).map(|year| Found::point(at + 1, Meaning::Fiscal(year)));
    }
    let next = match words.at(at) {
        "fiscal" | "financial" => at + 1 + usize::from(words.at(at + 1) == "year"),
        "fy" => at + 1,
        _ => return None,
    };
    year_number(words, next).map(|year| Found::point(next + 1, Meaning::Fiscal(year)))
}

/// "First quarter of 2011", "second half of this year", "in the first quarter", "Q1 2020", "first three months of 2020".
pub(super) fn part_of_year(words: &Words<'_>, at: usize) -> Option<Found> {
    let found = |end: usize, year: Option<i16>, number: i8, length: i8, which: Which| {
        let last = number * length;
        Found::point(end, Meaning::Months { year, first: last - length + 1, last, which })
    };
    if let Some(quarter) = words.at(at).strip_prefix('q').and_then(|figure| digits(figure, 1)) {
        let quarter = i8::try_from(quarter).ok().filter(|quarter| (1..=4).contains(quarter))?;
        let next = at + 1 + usize::from(words.at(at + 1) == "of");
        return year_number(words, next).map(|year| found(next + 1, Some(year), quarter, 3, Which::Bare));
    }
    let number = words.lexicon.ordinal(words.at(at))?;
    let (length, next) = match words.at(at + 1) {
        "quarter" if number <= 4 => (3, at + 2),
        "half" if number <= 2 => (6, at + 2),
        _ => {
            let months = words.lexicon.number(words.at(at + 1)).and_then(|months| i8::try_from(months).ok());
            let length = months.filter(|months| number == 1 && (2..12).contains(months))?;
            (words.at(at + 2) == "months").then_some((length, at + 3))?
        }
    };
    if words.at(next) == "of" {
        if let Some(year) = year_number(words, next + 1) {
            return Some(found(next + 2, Some(year), number, length, Which::Bare));
        }
        let chosen = which(words, next + 1).map(|(which, _)| which);
        let the = (words.at(next + 1) == "the").then_some(Which::This);
        let which = chosen.or(the).filter(|_| words.at(next + 2) == "year")?;
        return Some(found(next + 3, None, number, length, which));
    }
    // "In the first quarter": of the nearest year that fits.
    let placed = at >= 2 && words.before(at) == "the" && words.is(at - 2, &words.lexicon.date_prepositions);
    let noun = matches!(words.upos(next), Some(Upos::Noun | Upos::Propn | Upos::Num));
    (placed && length == 3 && words.at(at + 1) == "quarter" && !noun)
        .then(|| found(next, None, number, length, Which::Bare))
}

/// "Summer 2003", "the summer of 2015", "this spring", "last winter".
pub(super) fn season(words: &Words<'_>, at: usize) -> Option<Found> {
    if let Some((which, next)) = which(words, at)
        && let Some(season) = words.lexicon.season(words.at(next))
    {
        let noun = words.upos(next + 1) == Some(Upos::Noun);
        // Which the last or next one is depends on the hemisphere.
        let meaning = if which == Which::This { Meaning::Season { year: None, season } } else { Meaning::Unknown };
        return (!noun).then(|| Found::point(next + 1, meaning));
    }
    let season = words.lexicon.season(words.at(at))?;
    let next = at + 1 + usize::from(words.at(at + 1) == "of");
    year_number(words, next).map(|year| Found::point(next + 1, Meaning::Season { year: Some(year), season }))
}
