//! Times seen from the document's date, or from one that the sentence names before: "yesterday", "last week", "the same day".

use super::super::lexicon::Unit;
use super::{Found, Meaning, Part, TimeKind, Upos, Which, Words, alone, calendar, is_date, lengths, which};

/// "Today", "tomorrow morning", "last night", "overnight", "the day before yesterday", "on the 12th".
pub(super) fn day(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    if let Some(count) = lexicon.day(words.at(at)) {
        let part = usize::from(words.is(at + 1, &lexicon.day_parts));
        return Some(Found::point(at + 1 + part, Meaning::days(count)));
    }
    let far = |unit: Unit, count: i32| Some(Found::point(at + 3, Meaning::Offset { unit, count, part: None }));
    match (words.at(at), words.at(at + 1), words.at(at + 2)) {
        ("overnight", ..) if words.upos(at) != Some(Upos::Adj) || words.upos(at + 1) != Some(Upos::Noun) => {
            return Some(Found::point(at + 1, Meaning::Overnight));
        }
        ("last", "night", _) => return Some(Found::point(at + 2, Meaning::days(-1))),
        ("this", part, _) if lexicon.day_parts.iter().any(|p| p == part) => {
            return Some(Found::point(at + 2, Meaning::days(0)));
        }
        ("day", "before", "yesterday") => return far(Unit::Day, -2),
        ("day", "after", "tomorrow") => return far(Unit::Day, 2),
        (unit, "before", "last") => return lexicon.unit(unit).and_then(|unit| far(unit, -2)),
        (unit, "after", "next") => return lexicon.unit(unit).and_then(|unit| far(unit, 2)),
        _ => {}
    }
    let ordinal =
        words.at(at).ends_with(['d', 'h', 't']) && words.before(at) == "the" && at >= 2 && words.at(at - 2) == "on";
    let noun = matches!(words.upos(at + 1), Some(Upos::Noun | Upos::Propn | Upos::Adj)) || words.at(at + 1) == "of";
    let number = calendar::day_number(words, at).filter(|_| ordinal && !noun)?;
    Some(Found::point(at + 1, Meaning::DayOfMonth(number)))
}

/// A singular unit.
fn one(words: &Words<'_>, at: usize) -> Option<Unit> {
    words.lexicon.unit(words.at(at)).filter(|_| !words.at(at).ends_with('s'))
}

/// "Last week", "this month", "next year", "earlier this month".
pub(super) fn unit(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    // "Earlier this month", "later today".
    let sofar = if words.is(at, &lexicon.earlier) {
        Some(Part::SoFar)
    } else if words.is(at, &lexicon.later) {
        Some(Part::Rest)
    } else {
        None
    };
    let from = at + usize::from(sofar.is_some());
    let (which, next) = which(words, from)?;
    if sofar.is_some() && which != Which::This {
        return None;
    }
    let unit = one(words, next)?;
    let count = match which {
        Which::Last => -1,
        Which::Next => 1,
        Which::This | Which::Bare => 0,
    };
    // "The last day" of something, "this day": not seen from now.
    if unit.is_short() || unit == Unit::Day || words.at(next + 1) == "of" {
        return None;
    }
    // "The last week" is the seven days up to now.
    if words.before(at) == "the" && which == Which::Last {
        return Some(Found { end: next + 1, meaning: Meaning::Stretch { unit, count }, kind: TimeKind::Range });
    }
    // Whether "the last decade" is ten years or those with one figure in common is not told.
    let meaning = match unit {
        Unit::Decade | Unit::Century => Meaning::Unknown,
        _ => Meaning::Offset { unit, count, part: sofar },
    };
    Some(Found::point(next + 1, meaning))
}

/// "The same day", "the following week", "the next morning", "that year", "the day before": from a time named before.
pub(super) fn named(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let point =
        |end: usize, unit: Unit, count: i32| Some(Found::point(end, Meaning::FromNamed { unit, count, or_now: false }));
    // "The day before", at the end of what is said of it.
    let last = matches!(words.upos(at + 2), None | Some(Upos::Punct | Upos::Cconj));
    if words.before(at) == "the" && last {
        match words.at(at + 1) {
            "before" => return point(at + 2, one(words, at)?, -1),
            "after" => return point(at + 2, one(words, at)?, 1),
            _ => {}
        }
    }
    let next = words.is(at, &lexicon.next) && one(words, at + 1).is_none_or(|unit| unit == Unit::Day);
    let count = if words.is(at, &lexicon.same) {
        0
    } else if words.is(at, &lexicon.following) || next {
        1
    } else if words.is(at, &lexicon.previous) {
        -1
    } else {
        return None;
    };
    let what = at + 1 + usize::from(words.at(at) == "that" && words.at(at + 1) == "same");
    let part_of_day = words.is(what, &lexicon.day_parts);
    let unit = if part_of_day { Some(Unit::Day) } else { one(words, what) }.filter(|unit| !unit.is_short())?;
    // "That day labourers", "the next day care centre".
    let noun = matches!(words.upos(what + 1), Some(Upos::Noun)) && !words.is(what + 1, &lexicon.day_parts);
    let clause = words.at(at) == "that" && words.upos(at) == Some(Upos::Sconj);
    if noun || clause {
        return None;
    }
    point(what + 1, unit, count)
}

/// "The eve of" a date or of something else.
pub(super) fn eve(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.at(at) != "eve" || words.at(at + 1) != "of" {
        return None;
    }
    let from = at + 2 + usize::from(words.at(at + 2) == "the");
    let date = |found: &Found| is_date(&found.meaning) || matches!(found.meaning, Meaning::Feast { .. });
    Some(match alone(words, from).filter(date) {
        Some(found) => {
            let meaning = Meaning::Shifted { from: Box::new(found.meaning), unit: Unit::Day, count: -1 };
            Found::point(found.end, meaning)
        }
        None => Found::point(at + 1, Meaning::Unknown),
    })
}

/// "The past two weeks", "the last 10 years", "the next three days", "the past year", "recent days", "the coming weeks".
pub(super) fn stretch(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let range = |end: usize, meaning: Meaning| Found { end, meaning, kind: TimeKind::Range };
    let open = |end: usize, ahead: bool| range(end, Meaning::Open { ahead });
    if words.at(at) == "recent" && words.is(at + 1, &lexicon.vague_units) {
        return Some(open(at + 2, false));
    }
    let ahead = match (words.is(at, &lexicon.past), words.is(at, &lexicon.ahead)) {
        (true, _) => false,
        (_, true) => true,
        _ => return None,
    };
    let sign = if ahead { 1 } else { -1 };
    if let Some(unit) = lexicon.unit(words.at(at + 1)) {
        if words.at(at + 1).ends_with('s') {
            return Some(open(at + 2, ahead));
        }
        let past = words.at(at) == "past";
        return past.then(|| range(at + 2, Meaning::Stretch { unit, count: sign }));
    }
    let (number, next) = lengths::count(words, at + 1)?;
    let unit = lexicon.unit(words.at(next))?;
    let meaning = number.map_or(Meaning::Open { ahead }, |n| Meaning::Stretch { unit, count: sign * n });
    Some(range(next + 1, meaning))
}

/// "The weekend", "last weekend".
pub(super) fn weekend(words: &Words<'_>, at: usize) -> Option<Found> {
    let (chosen, name) = which(words, at).unwrap_or((Which::Bare, at + usize::from(words.at(at) == "the")));
    let noun = words.at(name) == "weekend" && (name > at || words.before(at) == "the");
    noun.then_some(Found::point(name + 1, Meaning::Weekend(chosen)))
}
