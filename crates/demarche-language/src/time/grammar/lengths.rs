//! Lengths of time, and what is counted in them: "three days", "two weeks ago", "a year and a half", "every two weeks".

use super::super::lexicon::Unit;
use super::{Found, Length, Meaning, TimeKind, Words, alone, is_date};

/// No count in a text is larger than this many units.
const MOST: i32 = 5000;

/// A number of units, or an indefinite one.
type Count = Option<i32>;

/// A count and where its unit begins: "two", "twenty-five", "a", "a few" (no number), "two or three" (no number).
pub(super) fn count(words: &Words<'_>, at: usize) -> Option<(Count, usize)> {
    let lexicon = words.lexicon;
    let vague = |at: usize| words.is(at, &lexicon.vague);
    if matches!(words.at(at), "a" | "the") && vague(at + 1) {
        return Some((None, at + 2 + usize::from(words.at(at + 2) == "of")));
    }
    if vague(at) {
        return Some((None, at + 1));
    }
    let (number, next) = whole(words, at)?;
    match words.at(next) {
        "or" | "to" => Some(whole(words, next + 1).map_or((Some(number), next), |(_, next)| (None, next))),
        _ => Some((Some(number), next)),
    }
}

/// A whole number in digits or words.
fn whole(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let number = words.lexicon.number(words.at(at)).filter(|n| (0..=MOST).contains(n))?;
    let next = at + 1;
    let word = |at: usize| {
        words.lexicon.number(words.at(at)).filter(|_| !words.at(at).starts_with(|c: char| c.is_ascii_digit()))
    };
    if word(at).is_none() {
        return Some((number, next));
    }
    let hyphen = usize::from(words.is_hyphen(next));
    match word(next + hyphen) {
        // "Twenty-five".
        Some(one) if (20..100).contains(&number) && (1..10).contains(&one) && !matches!(words.at(next), "a" | "an") => {
            Some((number + one, next + hyphen + 1))
        }
        Some(100) if hyphen == 0 && number < 10 => Some((number * 100, next + 1)),
        _ => Some((number, next)),
    }
}

/// A length read: what it is, if the number is known, and whether it stands with an article or hyphens.
pub(super) struct Read {
    pub length: Option<Length>,
    pub end: usize,
    /// Only "a day": too common to be a length.
    pub bare: bool,
    /// "Three-day": before a noun.
    pub hyphened: bool,
}

impl Read {
    /// The length as one number of one unit.
    fn single(&self) -> Option<(Unit, i32)> {
        match self.length.as_ref()?.0[..] {
            [single] => Some(single),
            [(Unit::Year, years), (Unit::Month, months)] => Some((Unit::Month, 12 * years + months)),
            _ => None,
        }
    }

    fn meaning(self) -> Meaning {
        self.length.map_or(Meaning::Unknown, Meaning::Length)
    }
}

/// So many halves of a unit, in whole units.
fn halves(unit: Unit, halves: i32) -> Option<Length> {
    let (unit, count) = match unit {
        _ if halves % 2 == 0 => (unit, halves / 2),
        Unit::Minute => (Unit::Second, 30 * halves),
        Unit::Hour => (Unit::Minute, 30 * halves),
        Unit::Day => (Unit::Hour, 12 * halves),
        Unit::Fortnight => (Unit::Week, halves),
        Unit::Year => (Unit::Month, 6 * halves),
        Unit::Decade => (Unit::Year, 5 * halves),
        Unit::Century => (Unit::Year, 50 * halves),
        Unit::Second | Unit::Week | Unit::Month => return None,
    };
    Some(Length(vec![(unit, count)]))
}

fn article(word: &str) -> bool {
    matches!(word, "a" | "an")
}

/// "And a half" at `at`, hyphened or not.
fn and_a_half(words: &Words<'_>, at: usize) -> Option<usize> {
    let mut at = at;
    for word in ["and", "a", "half"] {
        at += usize::from(words.is_hyphen(at));
        if words.at(at) != word {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// A length that begins at `at`.
pub(super) fn length(words: &Words<'_>, at: usize) -> Option<Read> {
    let unit = |at: usize| words.lexicon.unit(words.at(at));
    // "Half an hour".
    if words.at(at) == "half" && article(words.at(at + 1)) {
        let length = halves(unit(at + 2)?, 1);
        return Some(Read { length, end: at + 3, bare: false, hyphened: false });
    }
    let (number, mut next) = count(words, at)?;
    let half = number.is_some().then(|| and_a_half(words, next)).flatten();
    next = half.unwrap_or(next);
    let hyphened = words.is_hyphen(next);
    next += usize::from(hyphened);
    let first = unit(next)?;
    next += 1;
    let whole = |unit: Unit| number.map(|count| Length(vec![(unit, count)]));
    if half.is_some() {
        let length = number.and_then(|count| halves(first, 2 * count + 1));
        return Some(Read { length, end: next, bare: false, hyphened });
    }
    // "A year and a half".
    if article(words.at(at)) || number == Some(1) {
        if let Some(end) = and_a_half(words, next) {
            return Some(Read { length: halves(first, 3), end, bare: false, hyphened: false });
        }
        let bare = article(words.at(at)) && !hyphened;
        return Some(Read { length: whole(first), end: next, bare: bare || words.at(at) == "one", hyphened });
    }
    // "Three years and two months".
    if !hyphened
        && words.at(next) == "and"
        && let (Some(more), Some((Some(fewer), at))) = (number, count(words, next + 1))
        && let Some(second) = unit(at).filter(|&second| smaller(second, first))
    {
        return Some(Read {
            length: Some(Length(vec![(first, more), (second, fewer)])),
            end: at + 1,
            bare: false,
            hyphened,
        });
    }
    Some(Read { length: whole(first), end: next, bare: false, hyphened })
}

/// Whether a unit goes with another to make one length ("two days and three hours").
fn smaller(second: Unit, first: Unit) -> bool {
    use Unit::{Day, Hour, Minute, Month, Second, Week, Year};
    matches!(
        (first, second),
        (Year, Month | Week | Day) | (Month | Week, Day) | (Day, Hour | Minute) | (Hour, Minute) | (Minute, Second)
    )
}

/// "Two days ago", "three weeks earlier", "in two weeks", "for three days", "three-day", "a decade-long", "a week after 3 May".
pub(super) fn counted(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    if words.is(at, &lexicon.vague_units) && (words.is(at + 1, &lexicon.ago) || words.is(at + 1, &lexicon.earlier)) {
        return Some(Found::point(at + 2, Meaning::Unknown));
    }
    let read = length(words, at)?;
    let end = read.end;
    if !read.hyphened
        && let Some(found) = placed(words, &read)
    {
        return Some(found);
    }
    let long =
        usize::from(words.is_hyphen(end)) + usize::from(words.at(end + usize::from(words.is_hyphen(end))) == "long");
    let old = (words.is_hyphen(end) && words.at(end + 1) == "old") || words.at(end) == "old";
    if old {
        return None;
    }
    if long == 2 {
        // "A decade-long war": the article belongs to the war.
        return (!read.bare).then(|| Found { end: end + 2, meaning: read.meaning(), kind: TimeKind::Duration });
    }
    if read.bare && (!words.is(at.wrapping_sub(1), &lexicon.lengths) || words.at(end) == "of") {
        return None;
    }
    let short = read.single().is_none_or(|(unit, _)| unit.is_short());
    let after = matches!(words.at(at.wrapping_sub(1)), "in" | "within");
    if after && !read.hyphened && !short && words.at(end) != "of" {
        // "In three days' time", "in a week's time".
        let mark = usize::from(matches!(words.at(end), "'" | "’" | "'s" | "’s"));
        let end = if words.at(end + mark) == "time" { end + mark + 1 } else { end };
        return Some(Found::point(
            end,
            read.single().map_or(Meaning::Unknown, |(unit, count)| Meaning::Ahead { unit, count }),
        ));
    }
    if after && !read.hyphened && read.length.is_none() && words.at(end) != "of" {
        return Some(Found::point(end, Meaning::Unknown));
    }
    Some(Found { end, meaning: read.meaning(), kind: TimeKind::Duration })
}

/// A length that is counted from a time: "ago", "later", "before Christmas".
fn placed(words: &Words<'_>, read: &Read) -> Option<Found> {
    let lexicon = words.lexicon;
    let end = read.end;
    let single = read.single();
    let whole = single.filter(|(unit, _)| !unit.is_short());
    if words.is(end, &lexicon.ago) {
        return Some(Found::point(
            end + 1,
            whole.map_or(Meaning::Unknown, |(unit, n)| Meaning::Offset { unit, count: -n, part: None }),
        ));
    }
    let named = |sign: i32, or_now: bool| {
        whole.map_or(Meaning::Unknown, |(unit, n)| Meaning::FromNamed { unit, count: sign * n, or_now })
    };
    if words.is(end, &lexicon.earlier) {
        return Some(Found::point(end + 1, named(-1, true)));
    }
    if words.is(end, &lexicon.later) {
        return Some(Found::point(end + 1, named(1, false)));
    }
    let sign = if words.is(end, &lexicon.after) {
        1
    } else if words.is(end, &lexicon.before) {
        -1
    } else {
        return None;
    };
    // "Three days after" what is no date is not known.
    let from = end + 1 + usize::from(words.at(end + 1) == "the");
    let date = |found: &Found| {
        found.kind == TimeKind::Point && (is_date(&found.meaning) || matches!(found.meaning, Meaning::Feast { .. }))
    };
    if let (Some((unit, n)), Some(found)) = (whole, alone(words, from).filter(date)) {
        let meaning = Meaning::Shifted { from: Box::new(found.meaning), unit, count: sign * n };
        return Some(Found::point(found.end, meaning));
    }
    Some(Found::point(end + 1, Meaning::Unknown))
}

/// "For decades", "weeks-long": a length of which only the unit is told; "decade-long", of one.
pub(super) fn vague(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let unit = lexicon.unit(words.at(at))?;
    let long = words.is_hyphen(at + 1) && words.at(at + 2) == "long";
    let plural = words.is(at, &lexicon.vague_units);
    if long {
        let meaning = if plural { Meaning::Unknown } else { Meaning::Length(Length(vec![(unit, 1)])) };
        return Some(Found { end: at + 3, meaning, kind: TimeKind::Duration });
    }
    let stated = plural && words.at(at.wrapping_sub(1)) == "for" && words.at(at + 1) != "of";
    stated.then_some(Found { end: at + 1, meaning: Meaning::Unknown, kind: TimeKind::Duration })
}

/// "Every day", "each week", "every two weeks", "every Friday".
pub(super) fn recurring(words: &Words<'_>, at: usize) -> Option<Found> {
    if !matches!(words.at(at), "every" | "each") {
        return None;
    }
    let found = |end: usize, length: Option<Length>| Found {
        end,
        meaning: length.map_or(Meaning::Unknown, Meaning::Every),
        kind: TimeKind::Recurring,
    };
    if words.lexicon.weekday(words.at(at + 1)).is_some() {
        return Some(found(at + 2, Some(Length(vec![(Unit::Week, 1)]))));
    }
    if let Some(unit) = words.lexicon.unit(words.at(at + 1)) {
        return Some(found(at + 2, Some(Length(vec![(unit, 1)]))));
    }
    length(words, at + 1).map(|read| found(read.end, read.length))
}
