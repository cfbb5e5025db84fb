//! When a stage was reached, as far as stages of one report must be put in order.

use demarche_language::{Relation, Sentence, TimeKind, TokenId, Xpos};
use jiff::civil::Date;

use crate::Coding;
use crate::records::setting::distance;

/// Days before the report after which something is history.
const HISTORY: i32 = 1500;

/// The day of the week that is tomorrow's, a week before.
const TOMORROW_LAST_WEEK: i32 = -6;

/// Place of a stage in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    /// Days from the report's day, and for one day what is told as gone before: the past perfect 0, background 2, the rest 4.
    pub key: (i32, u8),
    /// Whether words say when.
    pub dated: bool,
    /// Whether it is told for a day to come.
    pub ahead: bool,
    /// Whether it is long past.
    pub history: bool,
}

/// When what a word tells took place. Without the report's day all days but the past perfect are one.
pub(super) fn day_of(coding: &Coding, sentence: &Sentence, clause: TokenId, day: Option<Date>) -> When {
    let before = before_the_past(sentence, clause);
    let nearest = coding
        .times
        .times(sentence, day, false)
        .into_iter()
        .filter(|time| time.kind != TimeKind::Duration && !bounds(sentence, time.first))
        .filter_map(|time| Some((distance(sentence, clause, time.first)?, time.value?)))
        .min_by_key(|(steps, _)| *steps)
        .filter(|(steps, _)| *steps <= 3);
    let days = match (nearest, day) {
        (Some((_, value)), Some(day)) => value.start.since(day).map_or(0, |span| span.get_days()),
        _ => 0,
    };
    // A report that goes on for days names the next one as it would name that of the week before.
    let days = if days == TOMORROW_LAST_WEEK && !before { 1 } else { days };
    let past = matches!(sentence.tokens[clause].xpos, Xpos::Vbd | Xpos::Vbn);
    let aside = days == 0 && before;
    When {
        key: (if aside { -1 } else { days.min(1) }, 4 * u8::from(!before)),
        dated: nearest.is_some(),
        ahead: days > 0 && !past && sentence.dependent(clause, &[Relation::Aux]).is_none(),
        history: days < -HISTORY,
    }
}

/// Whether a time only says until when, or by when.
fn bounds(sentence: &Sentence, first: TokenId) -> bool {
    let is = |token: &str| matches!(token.to_lowercase().as_str(), "until" | "till" | "by" | "before" | "to" | "for");
    is(&sentence.tokens[first].form) || first.checked_sub(1).is_some_and(|before| is(&sentence.tokens[before].form))
}

/// Whether the clause stands in the past perfect.
fn before_the_past(sentence: &Sentence, clause: TokenId) -> bool {
    let had = |token: TokenId| {
        sentence
            .dependents_by(token, Relation::Aux)
            .any(|aux| matches!(sentence.tokens[aux].form.to_lowercase().as_str(), "had" | "'d"))
    };
    had(clause) || sentence.tokens[clause].relation == Relation::Conj && sentence.tokens[clause].head.is_some_and(had)
}
