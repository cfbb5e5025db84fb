//! The grammar of time expressions: what stands at a word, how far it goes, what it means.

mod calendar;
mod relative;

use crate::labels::Upos;
use crate::sentence::Sentence;

use super::TimeKind;
use super::lexicon::{Lexicon, Unit};
use super::resolve::{Meaning, Part, Which};

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
    /// The sentence is in capitals: they mark no names.
    capitals: bool,
}

impl<'a> Words<'a> {
    pub fn new(sentence: &'a Sentence, lexicon: &'a Lexicon) -> Self {
        let lower = sentence.tokens.iter().map(|token| token.form.to_lowercase()).collect();
        let capitals = sentence.tokens.iter().all(|token| !token.form.contains(char::is_lowercase));
        Self { sentence, lower, lexicon, capitals }
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

    fn number(&self, at: usize) -> Option<i32> {
        self.lexicon.number(self.at(at))
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
    if words.at(at) == "between" {
        let (first, last) = pair(words, at + 1, |i| words.at(i) == "and")?;
        return Some(Found { end: last.end, meaning: spanned(first.meaning, last.meaning), kind: TimeKind::Range });
    }
    if words.at(at) == "from" {
        if let Some((first, last)) = pair(words, at + 1, |i| words.is(i, &lexicon.to)) {
            return Some(Found { end: last.end, meaning: spanned(first.meaning, last.meaning), kind: TimeKind::Range });
        }
        return None;
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
    // "Monday to Wednesday", "2003-2005", "May 3 to May 5", "12-14 May".
    if first.kind == TimeKind::Point
        && words.is(first.end, &lexicon.to)
        && let Some(last) = simple(words, first.end + 1).filter(|last| alike(&first.meaning, &last.meaning))
    {
        return Some(Found { end: last.end, meaning: spanned(first.meaning, last.meaning), kind: TimeKind::Range });
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
        if let Meaning::Day { year, month, which, .. } = first.meaning
            && let Some(day) = calendar::day_number(words, first.end + 1)
        {
            let meaning = Meaning::Day { year, month, day, which };
            return Some((first.clone(), Found::point(first.end + 2, meaning)));
        }
    }
    // "From 3 to 5 May".
    let day = calendar::day_number(words, at).filter(|_| joins(at + 1))?;
    let last = second(at + 2)?;
    let Meaning::Day { year, month, which, .. } = last.meaning else { return None };
    Some((Found::point(at + 1, Meaning::Day { year, month, day, which }), last))
}

/// Whether two meanings may be the ends of one stretch.
fn alike(first: &Meaning, last: &Meaning) -> bool {
    use Meaning::{Day, Month, Offset, Weekday, Weekend, Year, Years};
    matches!(
        (first, last),
        (Day { .. } | Month { .. }, Day { .. } | Month { .. })
            | (Year(..) | Years(..), Year(..) | Years(..))
            | (Weekday(..) | Offset { .. } | Weekend(_) | Day { .. }, Weekday(..) | Offset { .. } | Weekend(_))
            | (Month { .. }, Year(..))
            | (Weekday(..) | Offset { .. }, Day { .. })
    )
}

fn spanned(first: Meaning, last: Meaning) -> Meaning {
    Meaning::Span(Box::new(first), Box::new(last))
}

/// One expression without "since", "from" or "between"; of all readings the longest.
fn simple(words: &Words<'_>, at: usize) -> Option<Found> {
    const READINGS: [fn(&Words<'_>, usize) -> Option<Found>; 15] = [
        calendar::numeric,
        calendar::weekday,
        calendar::day_month,
        calendar::month_day,
        calendar::month,
        calendar::partial,
        calendar::decade,
        calendar::year,
        calendar::part_of_year,
        relative::day,
        relative::unit,
        relative::counted,
        relative::stretch,
        relative::recurring,
        relative::weekend,
    ];
    // Of two as long the earlier reading holds.
    READINGS
        .iter()
        .filter_map(|reading| reading(words, at))
        .reduce(|best, next| if next.end > best.end { next } else { best })
}

/// "Early", "mid-", "late", "the end of": the part and where what it is of begins.
fn part(words: &Words<'_>, at: usize) -> Option<(Part, usize)> {
    let lexicon = words.lexicon;
    let part = if words.is(at, &lexicon.early) {
        Part::Early
    } else if words.is(at, &lexicon.mid) {
        Part::Mid
    } else if words.is(at, &lexicon.late) {
        Part::Late
    } else {
        return None;
    };
    let mut next = at + 1;
    if words.is_hyphen(next) || matches!(words.at(next), "of" | "in") {
        next += 1;
    } else if matches!(words.at(at), "end" | "start" | "beginning" | "middle") {
        return None;
    }
    if words.at(next) == "the" {
        next += 1;
    }
    Some((part, next))
}

/// "Last", "this", "next" before what recurs.
fn which(words: &Words<'_>, at: usize) -> Option<Which> {
    let lexicon = words.lexicon;
    [(&lexicon.last, Which::Last), (&lexicon.this, Which::This), (&lexicon.next, Which::Next)]
        .into_iter()
        .find_map(|(list, which)| words.is(at, list).then_some(which))
}
