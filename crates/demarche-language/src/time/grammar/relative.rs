//! Times seen from the document's date: "yesterday", "last week", "two days ago", and lengths of time.

use super::super::lexicon::Unit;
use super::{Found, Meaning, TimeKind, Upos, Which, Words, calendar, which};

/// No count in a text is larger than this many units.
const MOST: i32 = 5000;

/// "Today", "tomorrow morning", "last night", "overnight", "the day before yesterday", "on the 12th".
pub(super) fn day(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let offset = |count: i32| Meaning::Offset { unit: Unit::Day, count, part: None };
    if let Some(count) = lexicon.day(words.at(at)) {
        let part = usize::from(words.is(at + 1, &lexicon.day_parts));
        return Some(Found::point(at + 1 + part, offset(count)));
    }
    match (words.at(at), words.at(at + 1)) {
        ("overnight", _) if words.upos(at) != Some(Upos::Adj) || words.upos(at + 1) != Some(Upos::Noun) => {
            return Some(Found::point(at + 1, Meaning::Overnight));
        }
        ("last", "night") => return Some(Found::point(at + 2, offset(-1))),
        ("this", part) if lexicon.day_parts.iter().any(|p| p == part) => return Some(Found::point(at + 2, offset(0))),
        ("day", "before") if words.at(at + 2) == "yesterday" => return Some(Found::point(at + 3, offset(-2))),
        ("day", "after") if words.at(at + 2) == "tomorrow" => return Some(Found::point(at + 3, offset(2))),
        _ => {}
    }
    let ordinal =
        words.at(at).ends_with(['d', 'h', 't']) && words.before(at) == "the" && at >= 2 && words.at(at - 2) == "on";
    let noun = matches!(words.upos(at + 1), Some(Upos::Noun | Upos::Propn | Upos::Adj)) || words.at(at + 1) == "of";
    let number = calendar::day_number(words, at).filter(|_| ordinal && !noun)?;
    Some(Found::point(at + 1, Meaning::DayOfMonth(number)))
}

/// "Last week", "this month", "next year", "the previous day", "this summer".
pub(super) fn unit(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let one = |at: usize| lexicon.unit(words.at(at)).filter(|_| !words.at(at).ends_with('s'));
    if words.is(at, &lexicon.other) {
        return one(at + 1).map(|_| Found::point(at + 2, Meaning::Unknown));
    }
    let which = which(words, at)?;
    if words.is(at + 1, &lexicon.seasons) {
        return Some(Found::point(at + 2, Meaning::Unknown));
    }
    let unit = one(at + 1)?;
    let count = match which {
        Which::Last => -1,
        Which::Next => 1,
        Which::This | Which::Bare => 0,
    };
    // "The last day" of something, "this day": not seen from now.
    if matches!(unit, Unit::Day | Unit::Hour) || words.at(at + 2) == "of" {
        return None;
    }
    // "The last week" is the seven days up to now.
    if words.before(at) == "the" && which == Which::Last {
        return Some(Found { end: at + 2, meaning: Meaning::Stretch { unit, count }, kind: TimeKind::Range });
    }
    Some(Found::point(at + 2, Meaning::Offset { unit, count, part: None }))
}

/// A count and where its unit begins: "two", "a", "a few" (no number), "two or three" (no number).
fn count(words: &Words<'_>, at: usize) -> Option<(Option<i32>, usize)> {
    let lexicon = words.lexicon;
    let vague = |at: usize| words.is(at, &lexicon.vague);
    if matches!(words.at(at), "a" | "the") && vague(at + 1) {
        return Some((None, at + 2 + usize::from(words.at(at + 2) == "of")));
    }
    if vague(at) {
        return Some((None, at + 1));
    }
    let number = words.number(at).filter(|n| (0..=MOST).contains(n))?;
    match words.at(at + 1) {
        "or" | "to" if words.number(at + 2).is_some() => Some((None, at + 3)),
        _ => Some((Some(number), at + 1)),
    }
}

/// "Two days ago", "three weeks earlier", "in two weeks", "for three days", "three-day", "decades ago".
pub(super) fn counted(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    if words.is(at, &lexicon.vague_units) && words.is(at + 1, &lexicon.ago) {
        return Some(Found::point(at + 2, Meaning::Unknown));
    }
    let (number, mut next) = count(words, at)?;
    let hyphen = usize::from(words.is_hyphen(next));
    next += hyphen;
    let unit = lexicon.unit(words.at(next))?;
    let end = next + 1;
    let article = matches!(words.at(at), "a" | "an" | "one");
    let known = |sign: i32| number.map_or(Meaning::Unknown, |n| Meaning::Offset { unit, count: sign * n, part: None });
    if hyphen == 0 && words.is(end, &lexicon.ago) {
        return Some(Found::point(end + 1, if unit == Unit::Hour { Meaning::Unknown } else { known(-1) }));
    }
    if hyphen == 0 && words.is(end, &lexicon.after) {
        return Some(Found::point(end + 1, Meaning::Unknown));
    }
    let old = (words.is_hyphen(end) && words.at(end + 1) == "old") || words.at(end) == "old";
    // "A day", "a year": too common to be a length.
    if old || (article && hyphen == 0 && words.before(at) != "for") {
        return None;
    }
    if matches!(words.before(at), "in" | "within") && hyphen == 0 && unit != Unit::Hour && words.at(end) != "of" {
        return Some(Found::point(end, number.map_or(Meaning::Unknown, |count| Meaning::Ahead { unit, count })));
    }
    Some(Found { end, meaning: Meaning::Unknown, kind: TimeKind::Duration })
}

/// "The past two weeks", "the last 10 years", "the next three days", "the past year", "recent days", "the coming weeks".
pub(super) fn stretch(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let range = |end: usize, meaning: Meaning| Found { end, meaning, kind: TimeKind::Range };
    if words.at(at) == "recent" && words.is(at + 1, &lexicon.vague_units) {
        return Some(range(at + 2, Meaning::Unknown));
    }
    let sign = match (words.is(at, &lexicon.past), words.is(at, &lexicon.ahead)) {
        (true, _) => -1,
        (_, true) => 1,
        _ => return None,
    };
    if let Some(unit) = lexicon.unit(words.at(at + 1)) {
        let plural = words.at(at + 1).ends_with('s');
        let past = words.at(at) == "past" && !plural;
        return (past || plural)
            .then(|| range(at + 2, if past { Meaning::Stretch { unit, count: sign } } else { Meaning::Unknown }));
    }
    let (number, next) = count(words, at + 1)?;
    let unit = lexicon.unit(words.at(next))?;
    Some(range(next + 1, number.map_or(Meaning::Unknown, |n| Meaning::Stretch { unit, count: sign * n })))
}

/// "Every day", "each week": found, never resolved.
pub(super) fn recurring(words: &Words<'_>, at: usize) -> Option<Found> {
    let every = matches!(words.at(at), "every" | "each");
    let day = |at: usize| words.lexicon.weekday(words.at(at)).is_some() || words.lexicon.unit(words.at(at)).is_some();
    (every && day(at + 1)).then_some(Found::point(at + 2, Meaning::Unknown))
}

/// "The weekend", "last weekend".
pub(super) fn weekend(words: &Words<'_>, at: usize) -> Option<Found> {
    let chosen = which(words, at);
    let name = at + usize::from(chosen.is_some() || words.at(at) == "the");
    let noun = words.at(name) == "weekend" && (name > at || words.before(at) == "the");
    noun.then_some(Found::point(name + 1, Meaning::Weekend(chosen.unwrap_or(Which::Bare))))
}
