//! The grammar of time expressions: what stands at a word, how far it goes, what it means.

mod calendar;
mod clock;
mod lengths;
mod relative;
mod years;

use crate::labels::{Relation, Upos};
use crate::sentence::Sentence;

use super::TimeKind;
use super::feasts::Feasts;
use super::lexicon::{Lexicon, Unit};
use super::meaning::{Length, Meaning, Part, Which};

/// An expression found: tokens up to `end`.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub end: usize,
    pub meaning: Meaning,
    pub kind: TimeKind,
}

impl Found {
    fn point(end: usize, meaning: Meaning) -> Self {
        Self { end, meaning, kind: TimeKind::Point }
    }
}

/// The words of a sentence in lower case, with the table.
pub(super) struct Words<'a> {
    sentence: &'a Sentence,
    lower: Vec<String>,
    lexicon: &'a Lexicon,
    feasts: &'a Feasts,
    /// The sentence is in capitals: they mark no names.
    capitals: bool,
}

impl<'a> Words<'a> {
    pub fn new(sentence: &'a Sentence, lexicon: &'a Lexicon, feasts: &'a Feasts) -> Self {
        let lower = sentence.tokens.iter().map(|token| token.form.to_lowercase()).collect();
        let capitals = sentence.tokens.iter().all(|token| !token.form.contains(char::is_lowercase));
        Self { sentence, lower, lexicon, feasts, capitals }
    }

    /// The word in lower case; empty past either end.
    fn at(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.at(at))
    }

    fn is(&self, at: usize, words: &[String]) -> bool {
        words.iter().any(|word| word == self.at(at))
    }

    fn upos(&self, at: usize) -> Option<Upos> {
        self.sentence.tokens.get(at).map(|token| token.upos)
    }

    fn capital(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|token| token.form.starts_with(char::is_uppercase))
    }

    /// Whether nothing but white space could stand between the word and the one before.
    fn touches(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        at > 0 && at < tokens.len() && tokens[at - 1].range.end == tokens[at].range.start
    }

    fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.at(at), "-" | "–" | "—" | "‑")
    }

    /// Whether the words `first..end` are the beginning of a name of something else.
    fn in_name(&self, first: usize, end: usize) -> bool {
        if self.capitals || !self.capital(end) || self.upos(end) == Some(Upos::Adj) {
            return false;
        }
        let tail = self.is(end, &self.lexicon.name_tails);
        let joined = self.upos(end) == Some(Upos::Propn)
            && self.sentence.tokens[first..end].iter().any(|token| {
                token.relation == Relation::Compound
                    && token.head.is_some_and(|head| head >= end && self.upos(head) == Some(Upos::Propn))
            });
        tail || joined
    }

    /// A plural noun at `at`, or after adjectives there.
    fn counted(&self, at: usize) -> bool {
        let noun = (at..at + 3).find(|&i| self.upos(i) != Some(Upos::Adj)).unwrap_or(at);
        let plural = || {
            let word = self.at(noun);
            let tokens = &self.sentence.tokens[noun];
            tokens.feature("Number").map_or_else(|| word.ends_with('s') && !word.ends_with("ss"), |n| n == "Plur")
                || matches!(word, "people" | "troops" | "police" | "women" | "men" | "children")
        };
        self.upos(noun) == Some(Upos::Noun) && plural() && !self.is(noun, &self.lexicon.dated_plurals)
    }
}

/// The expression that begins at a token, if one does.
pub(super) fn expression(words: &Words<'_>, at: usize) -> Option<Found> {
    let lexicon = words.lexicon;
    let joins: Option<fn(&Words<'_>, usize) -> bool> = match words.at(at) {
        "between" => Some(|words, i| words.at(i) == "and"),
        "from" => Some(|words, i| words.is(i, &words.lexicon.to)),
        _ => None,
    };
    if let Some(joins) = joins {
        let (first, last) = pair(words, at + 1, |i| joins(words, i))?;
        return Some(Found { end: last.end, meaning: spanned(first.meaning, last.meaning), kind: TimeKind::Range });
    }
    for (openers, kind) in [(&lexicon.since, TimeKind::Since), (&lexicon.until, TimeKind::Until)] {
        if words.is(at, openers) {
            let skip = usize::from(words.at(at + 1) == "the" && !words.at(at + 2).is_empty());
            let found = simple(words, at + 1).or_else(|| if skip > 0 { simple(words, at + 2) } else { None })?;
            // "By three days", "since two days": a length is no bound.
            return (found.kind == TimeKind::Point).then_some(Found { kind, ..found });
        }
    }
    let first = simple(words, at)?;
    if first.kind != TimeKind::Point {
        return Some(first);
    }
    // "Monday to Wednesday", "2003-2005", "May 3 to May 5", "12-14 May".
    if words.is(first.end, &lexicon.to)
        && let Some(last) = simple(words, first.end + 1).filter(|last| alike(&first.meaning, &last.meaning))
    {
        return Some(Found { end: last.end, meaning: spanned(first.meaning, last.meaning), kind: TimeKind::Range });
    }
    if is_date(&first.meaning) && words.is(at.wrapping_sub(1), &lexicon.approximate) {
        return Some(Found { meaning: Meaning::About(Box::new(first.meaning)), ..first });
    }
    Some(first)
}

/// Two dates with a joining word between; of the first only the day or year may be written.
fn pair(words: &Words<'_>, at: usize, joins: impl Fn(usize) -> bool) -> Option<(Found, Found)> {
    let at = if words.at(at) == "the" { at + 1 } else { at };
    let second = |at: usize| simple(words, if words.at(at) == "the" { at + 1 } else { at });
    if let Some(first) = simple(words, at).filter(|first| first.kind == TimeKind::Point && joins(first.end)) {
        if let Some(last) = second(first.end + 1).filter(|last| alike(&first.meaning, &last.meaning)) {
            return Some((first, last));
        }
        // "From May 3 to 5".
        if let Meaning::Day { year, month, .. } = first.meaning
            && let Some(day) = calendar::day_number(words, first.end + 1)
        {
            let meaning = Meaning::Day { year, month, day };
            return Some((first.clone(), Found::point(first.end + 2, meaning)));
        }
    }
    // "From 3 to 5 May".
    let day = calendar::day_number(words, at).filter(|_| joins(at + 1))?;
    let last = second(at + 2)?;
    let Meaning::Day { year, month, .. } = last.meaning else { return None };
    Some((Found::point(at + 1, Meaning::Day { year, month, day }), last))
}

/// Whether two meanings may be the ends of one stretch.
fn alike(first: &Meaning, last: &Meaning) -> bool {
    use Meaning::{Clock, Day, Month, Offset, Weekday, Weekend, Year, Years};
    let years = |meaning: &Meaning| matches!(meaning, Year(..) | Years(..) | Offset { unit: Unit::Year, .. });
    (years(first) && years(last))
        || matches!(
            (first, last),
            (Day { .. } | Month { .. }, Day { .. } | Month { .. })
                | (Weekday(..) | Offset { .. } | Weekend(_) | Day { .. }, Weekday(..) | Offset { .. } | Weekend(_))
                | (Month { .. }, Year(..))
                | (Weekday(..) | Offset { .. }, Day { .. })
                | (Clock(_), Clock(_))
        )
}

/// Whether a meaning is a date that the calendar names.
fn is_date(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day { .. } | Meaning::DayOfMonth(_) | Meaning::Month { .. } | Meaning::Year(..) | Meaning::Weekday(..)
    )
}

/// Whether a meaning is one day, which may have a time of day.
fn is_day(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day { .. }
            | Meaning::DayOfMonth(_)
            | Meaning::Weekday(..)
            | Meaning::WeekdayIn(..)
            | Meaning::InYear(..)
            | Meaning::Offset { unit: Unit::Day, .. }
            | Meaning::FromNamed { unit: Unit::Day, .. }
            | Meaning::Feast { .. }
    )
}

fn spanned(first: Meaning, last: Meaning) -> Meaning {
    Meaning::Span(Box::new(first), Box::new(last))
}

/// One expression without "since", "from" or "between", with a time of day where one is joined to a day.
fn simple(words: &Words<'_>, at: usize) -> Option<Found> {
    let found = alone(words, at)?;
    let next = match &found.meaning {
        Meaning::Clock(_) => found.end + usize::from(matches!(words.at(found.end), "on" | ",")),
        day if is_day(day) && found.kind == TimeKind::Point => {
            let comma = usize::from(words.at(found.end) == ",");
            found.end + comma + usize::from(words.at(found.end + comma) == "at")
        }
        _ => return Some(found),
    };
    let next = next + usize::from(words.at(next) == "the");
    let Some(other) = alone(words, next).filter(|other| other.kind == TimeKind::Point) else { return Some(found) };
    let (clock, day) = match (found.meaning.clone(), other.meaning) {
        (Meaning::Clock(clock), day) if is_day(&day) => (clock, day),
        (day, Meaning::Clock(clock)) => (clock, day),
        _ => return Some(found),
    };
    Some(Found::point(other.end, Meaning::At(Box::new(day), clock)))
}

/// One expression of one kind; of all readings the longest.
fn alone(words: &Words<'_>, at: usize) -> Option<Found> {
    const READINGS: &[fn(&Words<'_>, usize) -> Option<Found>] = &[
        calendar::numeric,
        calendar::weekday,
        calendar::day_month,
        calendar::month_day,
        calendar::month,
        calendar::week,
        calendar::feast,
        years::partial,
        years::decade,
        years::century,
        years::year,
        years::fiscal,
        years::part_of_year,
        years::season,
        relative::day,
        relative::unit,
        relative::named,
        relative::eve,
        lengths::counted,
        lengths::vague,
        relative::stretch,
        lengths::recurring,
        relative::weekend,
        clock::time_of_day,
    ];
    // Of two as long the earlier reading holds.
    let found = READINGS
        .iter()
        .filter_map(|reading| reading(words, at))
        .reduce(|best, next| if next.end > best.end { next } else { best })?;
    (!words.in_name(at, found.end)).then_some(found)
}

/// "Early", "mid-", "late", "the end of", "earlier this": the part and where what it is of begins.
fn part(words: &Words<'_>, at: usize) -> Option<(Part, usize)> {
    let lexicon = words.lexicon;
    let (part, of) = [
        (&lexicon.early, Part::Early, false),
        (&lexicon.mid, Part::Mid, false),
        (&lexicon.late, Part::Late, false),
        (&lexicon.start, Part::Start, true),
        (&lexicon.middle, Part::Mid, true),
        (&lexicon.end, Part::End, true),
    ]
    .into_iter()
    .find_map(|(list, part, of)| words.is(at, list).then_some((part, of)))?;
    let mut next = at + 1;
    if matches!(words.at(next), "of" | "in") || (!of && words.is_hyphen(next)) {
        next += 1;
    } else if of {
        return None;
    }
    if words.at(next) == "the" {
        next += 1;
    }
    Some((part, next))
}

/// "Last", "this", "next", "this coming" before what recurs, and where that begins.
fn which(words: &Words<'_>, at: usize) -> Option<(Which, usize)> {
    let lexicon = words.lexicon;
    if words.is(at, &lexicon.this) {
        if words.is(at + 1, &lexicon.past) {
            return Some((Which::Last, at + 2));
        }
        if words.is(at + 1, &lexicon.next) {
            return Some((Which::Next, at + 2));
        }
    }
    [(&lexicon.last, Which::Last), (&lexicon.this, Which::This), (&lexicon.next, Which::Next)]
        .into_iter()
        .find_map(|(list, which)| words.is(at, list).then_some((which, at + 1)))
}

/// "Of last week", "this year": how far from now, and the end.
fn of_unit(words: &Words<'_>, at: usize, unit: Unit) -> Option<(i32, usize)> {
    let (chosen, next) = which(words, at + usize::from(words.at(at) == "of"))?;
    let singular = words.lexicon.unit(words.at(next)) == Some(unit) && !words.at(next).ends_with('s');
    let count = match chosen {
        Which::Last => -1,
        Which::Next => 1,
        Which::This | Which::Bare => 0,
    };
    singular.then_some((count, next + 1))
}
