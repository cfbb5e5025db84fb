//! Time expressions: "on Thursday", "12 November 2023", "last year", "since 2011", resolved against the document's date.
//!
//! A [`grammar`] over the sentence's words finds an expression and says what it means; [`resolve`] turns the meaning into
//! dates. Names of months, units and prepositions are data (`data/language/times.toml`). Conventions of news prose:
//!
//! * a bare weekday, month or day without year is the latest one not after the document's date, or, where the caller says
//!   the sentence speaks of the future, the first one not before it;
//! * "last" and "next" exclude the current day, week, month or year;
//! * what is relative resolves only with a document date, what is relative to another time ("the following day") only where
//!   the sentence names that time before; both are found all the same.

mod eras;
mod feasts;
mod grammar;
mod iso;
mod lexicon;
mod meaning;
mod names;
mod resolve;
#[cfg(test)]
mod tests;

use demarche_record::TextRange;
use jiff::civil::Date;

pub use eras::EraMention;
pub use names::is_day_or_month;

use crate::sentence::{Sentence, TokenId};

use self::eras::Eras;
use self::feasts::Feasts;
use self::lexicon::Lexicon;
use self::resolve::Seen;

/// A time expression of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands in the decoded text.
    pub range: TextRange,
    /// First token; a plain preposition before it ("on", "in") is left out, "since", "until", "from" and "between" are not.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// The dates it means, if they can be known.
    pub value: Option<Resolved>,
    /// What it means as ISO 8601-1 and 8601-2 (EDTF) write it, if that much can be known: dates in the precision of the text
    /// (`2019`, `2019-W07`, `199X`), intervals (`2019-05-03/2019-05-05`, `2014/..`, `/2023-11-16` of unknown beginning),
    /// lengths (`P3D`), times of day (`T06:00Z`, `2019-05-03T09:00`), recurrence (`R/P1W`); `~` marks what is approximate.
    /// May be known where no dates are: a length, a season.
    pub iso: Option<String>,
    /// How the dates bear on what happens.
    pub kind: TimeKind,
}

/// How the dates of a time expression bear on what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// At some point within them.
    Point,
    /// All through them.
    Range,
    /// A length of time, without place in the calendar.
    Duration,
    /// From them on; the value is that of the bound ("since 2011": the year 2011).
    Since,
    /// Up to them; the value is that of the bound.
    Until,
    /// Again and again, without place in the calendar.
    Recurring,
}

impl TimeKind {
    /// The kind as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Range => "range",
            Self::Duration => "duration",
            Self::Since => "since",
            Self::Until => "until",
            Self::Recurring => "recurring",
        }
    }
}

/// Calendar dates with the precision they were given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// First day.
    pub start: Date,
    /// Last day, where there are several.
    pub end: Option<Date>,
    /// The unit the text speaks in.
    pub precision: Precision,
}

/// The unit a date is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A calendar month or a named part of one.
    Month,
    /// A calendar year, a part of one, or several.
    Year,
}

/// The built-in table of words is damaged.
#[derive(Debug, thiserror::Error)]
pub enum TimeTableError {
    /// The words.
    #[error("data/language/times.toml: {0}; correct the table and build again")]
    Times(toml::de::Error),
    /// The feasts.
    #[error("data/language/feasts.toml: {0}; correct the table and build again")]
    Feasts(toml::de::Error),
    /// The eras.
    #[error("data/language/eras.toml: {0}; correct the table and build again")]
    Eras(toml::de::Error),
    /// Years of an era.
    #[error("data/language/eras.toml: years {first} to {last}: {error}; correct the table and build again")]
    Years {
        /// The first.
        first: i16,
        /// The last.
        last: i16,
        /// What is wrong with them.
        error: jiff::Error,
    },
}

/// Finds time expressions. Holds only tables: share one among threads.
#[derive(Debug)]
pub struct TimeFinder {
    lexicon: Lexicon,
    feasts: Feasts,
    eras: Eras,
}

impl TimeFinder {
    /// The finder with the table built into the program.
    ///
    /// # Errors
    /// When the table is not valid.
    pub fn builtin() -> Result<Self, TimeTableError> {
        Ok(Self { lexicon: Lexicon::builtin()?, feasts: Feasts::builtin()?, eras: Eras::builtin()? })
    }

    /// Time expressions of a sentence in text order, not overlapping.
    ///
    /// `on` is the document's date; `future` says that the sentence, or the verb the expression belongs to, speaks of the
    /// future ("will meet on Thursday"). Uses forms and parts of speech; needs no tree.
    pub fn times(&self, sentence: &Sentence, on: Option<Date>, future: bool) -> Vec<TimeExpression> {
        self.times_after(sentence, on, future, None)
    }

    /// As [`TimeFinder::times`], where the text before the sentence named a time: "a decade later" counts from it.
    pub fn times_after(
        &self,
        sentence: &Sentence,
        on: Option<Date>,
        future: bool,
        named: Option<Resolved>,
    ) -> Vec<TimeExpression> {
        let words = grammar::Words::new(sentence, &self.lexicon, &self.feasts);
        let mut out = Vec::new();
        let mut seen = Seen { on, future, named, feasts: &self.feasts };
        let mut at = 0;
        while at < sentence.tokens.len() {
            let Some(found) = grammar::expression(&words, at) else {
                at += 1;
                continue;
            };
            let (first, last) = (&sentence.tokens[at], &sentence.tokens[found.end - 1]);
            let value = resolve::resolve(&found.meaning, &seen);
            out.push(TimeExpression {
                range: first.range.cover(last.range),
                first: at,
                end: found.end,
                value,
                iso: iso::written(&found.meaning, found.kind, value, &seen),
                kind: found.kind,
            });
            if found.kind == TimeKind::Point && value.is_some() {
                seen.named = value;
            }
            at = found.end;
        }
        out
    }

    /// Names of wars and periods of the past (`data/language/eras.toml`) in text order.
    pub fn eras(&self, sentence: &Sentence) -> Vec<EraMention> {
        self.eras.mentions(sentence)
    }
}
