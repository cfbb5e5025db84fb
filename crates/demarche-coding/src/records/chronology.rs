//! What of a report's times is long past, and how a time bears on an act.
//!
//! With the report's date a time is long past that ended [`BACKGROUND_DAYS`] before it. Without one it is seen from the latest
//! day that the report names; a report that says "on Tuesday" names by its year only what is not of the year it is written in.

use std::collections::BTreeSet;

use demarche_language::{
    EraMention, Precision, Relation, Resolved, Sentence, TimeExpression, TimeFinder, TimeKind, TokenId, Upos,
};
use demarche_record::TextRange;
use jiff::civil::Date;

use super::Part;
use super::setting::distance;
use super::tense::{Tense, finite, tense};
use crate::grammar::Grammar;

/// Days between an act and the report after which the act is background.
const BACKGROUND_DAYS: i32 = 300;
/// A day to read relative dates from where the report has none: only how far they are from it is asked for.
const ANY_DAY: Date = Date::constant(2000, 6, 30);
/// Prepositions of a phrase that says when ("killed in the 2003 invasion").
const WHEN: &[&str] = &[
    "after",
    "amid",
    "around",
    "at",
    "before",
    "by",
    "during",
    "following",
    "from",
    "in",
    "on",
    "since",
    "throughout",
    "under",
    "until",
];
/// Those of them before an era that do not place the act within it.
const OUTSIDE: &[&str] = &["after", "before", "by", "following", "from", "since", "until"];
/// Words that join a clause which says when.
const CLAUSES: &[&str] = &["after", "as", "before", "until", "when", "while"];
/// Nouns for remembering what is long past.
const REMEMBRANCE: &[&str] =
    &["anniversary", "bicentennial", "centenary", "centennial", "commemoration", "remembrance"];
/// Units of a vague count of which is long past ("decades ago").
const LONG: &[&str] = &["years", "decades", "centuries", "generations"];

/// How far back a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Of the days that the report tells of, or to come.
    Recent,
    /// It cannot be told.
    Unknown,
    /// Long before the report.
    Past,
}

/// A time as it bears on an act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearing {
    pub range: TextRange,
    /// The dates, if they can be known.
    pub value: Option<Resolved>,
    pub age: Age,
    pub kind: TimeKind,
}

/// What the times of a report are seen from.
#[derive(Debug)]
pub(crate) struct Chronology<'a> {
    finder: &'a TimeFinder,
    day: Option<Date>,
    /// Without the report's day: the latest day named as past.
    latest: Option<Date>,
    /// Days are named from the day of writing ("on Tuesday").
    from_now: bool,
    /// Years whose days are named in full.
    full: BTreeSet<i16>,
    /// Every date is past: a history.
    told_of_the_past: bool,
}

fn last(value: Resolved) -> Date {
    value.end.unwrap_or(value.start)
}

/// Whether what ended on a day is background to a report of another.
fn is_background(report: Date, last: Date) -> bool {
    report.since(last).map_or(0, |span| span.get_days()) > BACKGROUND_DAYS
}

impl<'a> Chronology<'a> {
    /// Reads the times of a report's parts.
    pub fn new(finder: &'a TimeFinder, day: Option<Date>, told_of_the_past: bool, parts: &[Part<'_>]) -> Self {
        let mut out = Self { finder, day, latest: None, from_now: false, full: BTreeSet::new(), told_of_the_past };
        if day.is_some() {
            return out;
        }
        for sentence in parts.iter().flat_map(|part| part.sentences) {
            for (time, seen) in out.read(sentence, false, None) {
                match (time.value, seen) {
                    (Some(value), _) => {
                        let ahead = matches!(tense(sentence, time.first), Tense::Future | Tense::Present);
                        if value.precision == Precision::Day {
                            out.full.insert(value.start.year());
                        } else if ahead || time.kind == TimeKind::Until {
                            continue;
                        }
                        out.latest = out.latest.max(Some(value.start));
                    }
                    (None, Some(seen)) => out.from_now |= seen.precision <= Precision::Week,
                    (None, None) => {}
                }
            }
        }
        out
    }

    /// A sentence's times, and without the report's day what each would be on any other.
    fn read(
        &self,
        sentence: &Sentence,
        future: bool,
        named: Option<Resolved>,
    ) -> Vec<(TimeExpression, Option<Resolved>)> {
        let times = self.finder.times_after(sentence, self.day, future, named);
        if self.day.is_some() || times.iter().all(|time| time.value.is_some()) {
            return times.into_iter().map(|time| (time, None)).collect();
        }
        let seen = self.finder.times(sentence, Some(ANY_DAY), future);
        times.into_iter().zip(seen).map(|(time, seen)| (time, seen.value)).collect()
    }

    fn age(&self, sentence: &Sentence, time: &TimeExpression, seen: Option<Resolved>) -> Age {
        match (self.day, time.value.or_else(|| year_written(time)), seen) {
            (Some(day), Some(value), _) if is_background(day, last(value)) => Age::Past,
            (None, Some(value), _) => {
                let year = last(value).year();
                let before = self.latest.is_some_and(|latest| is_background(latest, last(value)));
                let other_year = value.precision >= Precision::Month && self.from_now && !self.full.contains(&year);
                let by_year = other_year && time.kind != TimeKind::Until && !says(sentence, "recently");
                if before || by_year || self.told_of_the_past { Age::Past } else { Age::Unknown }
            }
            (None, None, Some(seen)) if seen.precision == Precision::Year && is_background(ANY_DAY, last(seen)) => {
                Age::Past
            }
            // "It began in May 2008, occupying the airport in November."
            (None, None, Some(seen)) if self.told_of_the_past && seen.precision >= Precision::Month => Age::Past,
            (Some(_), Some(_), _) | (None, None, Some(_)) => Age::Recent,
            (_, None, _) => {
                let words = || sentence.tokens[time.first..time.end].iter().map(|token| token.form.to_lowercase());
                let long = words().any(|word| LONG.contains(&word.as_str())) && words().any(|word| word == "ago");
                if long { Age::Past } else { Age::Unknown }
            }
        }
    }

    /// Whether any time of a sentence is long past.
    pub(super) fn any_past(&self, sentence: &Sentence) -> Option<(TextRange, Option<Resolved>)> {
        let times = self.read(sentence, false, None);
        let past = times.into_iter().rev().find(|(time, seen)| self.age(sentence, time, *seen) == Age::Past);
        past.map(|(time, _)| (time.range, time.value))
    }

    /// The time nearest to a word that says when it takes place. `speaks` holds of speech, whose obliques are what it is about.
    pub(super) fn bearing(
        &self,
        sentence: &Sentence,
        trigger: TokenId,
        speaks: bool,
        future: bool,
        named: Option<Resolved>,
    ) -> Option<Bearing> {
        let times = self.read(sentence, future, named).into_iter().filter_map(|(time, seen)| {
            let mut age = self.age(sentence, &time, seen);
            if time.value.is_none() && age == Age::Unknown {
                return None;
            }
            let opener = sentence.tokens[time.first].head;
            // "Since 2001" holds up to now, "since the 2001 invasion" tells when that was.
            if time.kind == TimeKind::Since && opener != Some(trigger) {
                age = Age::Recent;
            }
            let steps = match distance(sentence, trigger, time.first) {
                Some(steps) => steps,
                None if age == Age::Past => when_clause(sentence, trigger, time.first)?,
                None => return None,
            };
            if age == Age::Past && of_a_participant(sentence, trigger, (time.first, time.end), speaks) {
                return None;
            }
            // "Has freed the men who fought in 1988": what has been done has no day that is past.
            if age == Age::Past && not_told_as_past(sentence, trigger, time.first) {
                return None;
            }
            Some((steps, Bearing { range: time.range, value: time.value, age, kind: time.kind }))
        });
        let eras = self.finder.eras(sentence).into_iter().filter_map(|era| self.era(sentence, trigger, speaks, era));
        let nearest = times.chain(eras).min_by_key(|(steps, bearing)| (*steps, bearing.age == Age::Past));
        nearest.map(|(_, bearing)| bearing)
    }

    /// How an era bears on an act: "during World War II", "when the Soviet Union collapsed".
    fn era(&self, sentence: &Sentence, trigger: TokenId, speaks: bool, era: EraMention) -> Option<(usize, Bearing)> {
        let EraMention { first, end, years, clause } = era;
        if (first..end).contains(&trigger) || self.day.is_some_and(|day| !is_background(day, last(years))) {
            return None;
        }
        let top = (first..end).find(|&t| sentence.tokens[t].head.is_none_or(|head| !(first..end).contains(&head)))?;
        let steps = if clause {
            let verb = if sentence.tokens[top].relation == Relation::Advcl { top } else { return None };
            joined(sentence, verb).then(|| distance(sentence, trigger, sentence.tokens[verb].head?))?? + 1
        } else {
            distance(sentence, trigger, top).or_else(|| when_clause(sentence, trigger, top))?
        };
        let preposition = Grammar::new(sentence).preposition(top);
        let direct = sentence.tokens[top].head == Some(trigger) && sentence.tokens[trigger].upos == Upos::Noun;
        let says_when = clause
            || WHEN.contains(&preposition.as_str()) && preposition != "since" && preposition != "by"
            || (direct || preposition == "of") && sentence.tokens[top].relation != Relation::Obl;
        // "Will return books seized during the war": a participle has no tense of its own.
        let told = sentence.tokens[trigger].relation == Relation::Acl
            || matches!(tense(sentence, trigger), Tense::Past | Tense::PastPerfect | Tense::None);
        if !says_when || !told && !direct || !clause && of_a_participant(sentence, trigger, (top, top), speaks) {
            return None;
        }
        let within = !clause && !OUTSIDE.contains(&preposition.as_str());
        let range = sentence.tokens[first].range.cover(sentence.tokens[end - 1].range);
        Some((steps, Bearing { range, value: within.then_some(years), age: Age::Past, kind: TimeKind::Range }))
    }
}

/// The year of a time that the calendar cannot place ("the spring of 2004").
fn year_written(time: &TimeExpression) -> Option<Resolved> {
    let year: i16 = time.iso.as_ref()?.get(..4)?.parse().ok()?;
    let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
    Some(Resolved { start, end: Some(end), precision: Precision::Year })
}

fn says(sentence: &Sentence, word: &str) -> bool {
    sentence.tokens.iter().any(|token| token.form.eq_ignore_ascii_case(word))
}

/// Whether the verb that a trigger and a time share is in a tense that no past time goes with.
fn not_told_as_past(sentence: &Sentence, trigger: TokenId, time: TokenId) -> bool {
    let above: Vec<TokenId> = upward(sentence, time).collect();
    let shared = upward(sentence, trigger).find(|at| above.contains(at));
    shared.into_iter().chain([trigger]).any(|at| matches!(finite(sentence, at), Some(Tense::Perfect | Tense::Future)))
}

/// Whether a word of remembrance governs a trigger: "the anniversary of the bombing".
pub(super) fn remembered(sentence: &Sentence, trigger: TokenId) -> bool {
    let mut at = trigger;
    for _ in 0..6 {
        let token = &sentence.tokens[at];
        let Some(head) = token.head else { return false };
        let below = matches!(token.relation, Relation::Nmod | Relation::Acl | Relation::Conj)
            || matches!(token.relation, Relation::Compound | Relation::NmodPoss | Relation::Obj);
        if !below || (token.relation == Relation::Obj && sentence.tokens[head].lemma != "commemorate") {
            return false;
        }
        if REMEMBRANCE.contains(&sentence.tokens[head].lemma.to_lowercase().as_str())
            || sentence.tokens[head].lemma == "commemorate"
        {
            return true;
        }
        at = head;
    }
    false
}

/// Words from a word up to the root, itself first.
fn upward(sentence: &Sentence, from: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    std::iter::successors(Some(from), |&at| sentence.tokens[at].head).take(sentence.tokens.len())
}

/// Whether a clause is joined by a word that makes it say when.
fn joined(sentence: &Sentence, verb: TokenId) -> bool {
    sentence.dependents(verb).iter().any(|&d| {
        matches!(sentence.tokens[d].relation, Relation::Mark | Relation::Advmod)
            && CLAUSES.contains(&sentence.tokens[d].form.to_lowercase().as_str())
    })
}

/// Steps to a word of a clause that says when the trigger's clause takes place ("When rebels took the town in 1999").
fn when_clause(sentence: &Sentence, trigger: TokenId, word: TokenId) -> Option<usize> {
    let verb = upward(sentence, word).find(|&at| sentence.tokens[at].relation == Relation::Advcl)?;
    let when = sentence.dependents(verb).iter().any(|&d| {
        matches!(sentence.tokens[d].relation, Relation::Mark | Relation::Advmod)
            && matches!(sentence.tokens[d].form.to_lowercase().as_str(), "when" | "while" | "as")
    });
    let above = sentence.tokens[verb].head?;
    when.then(|| Some(distance(sentence, trigger, above)? + distance(sentence, verb, word)? + 1))?
}

/// Nouns that stand between a time and what it is part of ("at the end of the war").
const PARTS: &[&str] = &[
    "aftermath",
    "beginning",
    "course",
    "day",
    "end",
    "height",
    "month",
    "outbreak",
    "start",
    "time",
    "wake",
    "week",
    "year",
];

/// Whether a time is that of a participant and not of the act: "signed the 2003 accord", "troops of the Gulf War".
fn of_a_participant(sentence: &Sentence, trigger: TokenId, time: (TokenId, TokenId), speaks: bool) -> bool {
    let above: Vec<TokenId> = upward(sentence, trigger).collect();
    let grammar = Grammar::new(sentence);
    let between: Vec<TokenId> = upward(sentence, time.0)
        .take_while(|at| !above.contains(at))
        .filter(|at| !(time.0..time.1).contains(at))
        .collect();
    between.iter().any(|&at| match sentence.tokens[at].relation {
        Relation::Obj | Relation::Iobj | Relation::Nsubj | Relation::NsubjPass | Relation::OblAgent => true,
        Relation::Xcomp => sentence.tokens[at].upos == Upos::Noun,
        Relation::Obl => speaks || !WHEN.contains(&grammar.preposition(at).as_str()),
        // "Charged in connection with the 2001 attacks", "an inquiry into the 2004 sale".
        Relation::Nmod => {
            let head = sentence.tokens[at].head;
            let part = head.is_some_and(|head| PARTS.contains(&sentence.tokens[head].lemma.to_lowercase().as_str()));
            let about = matches!(grammar.preposition(at).as_str(), "into" | "about" | "for" | "over" | "with");
            !part && (about || head.is_some_and(|head| between.contains(&head)))
        }
        _ => false,
    })
}
