//! Counts: "at least a dozen protesters", "between 10 and 15 people", "hundreds of thousands", with the noun counted.
//!
//! The words that make a number and those that bound it are data (`data/language/numbers.toml`); the noun comes from the
//! tree. Numbers that count nothing (dates, ages, percentages, sums of money) have no such noun or are left out by it.

mod lexicon;
#[cfg(test)]
mod tests;

use demarche_record::TextRange;

use crate::labels::{Relation, Upos, Xpos};
use crate::sentence::{Sentence, TokenId};

use self::lexicon::{Bound, Lexicon};

/// A count of people or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number with what bounds it, without the noun.
    pub range: TextRange,
    /// At least so many; 0 where only the highest number is given.
    pub low: u64,
    /// At most so many; the same as `low` for a plain number, `None` where there is no limit.
    pub high: Option<u64>,
    /// The noun counted, or the last word of the number where it stands without ("dozens were hurt").
    pub head: TokenId,
}

/// The built-in table of words is damaged.
#[derive(Debug, thiserror::Error)]
#[error("data/language/numbers.toml: {0}; correct the table and build again")]
pub struct NumberTableError(#[from] toml::de::Error);

/// Finds counts. Holds only tables: share one among threads.
#[derive(Debug)]
pub struct CountFinder {
    lexicon: Lexicon,
}

/// A number read: tokens up to `end`.
#[derive(Clone, Copy)]
struct Number {
    end: usize,
    low: u64,
    high: Option<u64>,
}

impl CountFinder {
    /// The finder with the table built into the program.
    ///
    /// # Errors
    /// When the table is not valid.
    pub fn builtin() -> Result<Self, NumberTableError> {
        Ok(Self { lexicon: Lexicon::builtin()? })
    }

    /// Counts of a sentence in text order, not overlapping.
    pub fn counts(&self, sentence: &Sentence) -> Vec<Count> {
        let words: Vec<String> = sentence.tokens.iter().map(|token| token.form.to_lowercase()).collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.bounded(&words, at) {
                Some((first, number)) => {
                    let noun = head(sentence, &words, first, number.end)
                        .filter(|&head| !self.lexicon.is_measure(&words[head]));
                    if let Some(head) = noun {
                        let range = sentence.tokens[at].range.cover(sentence.tokens[number.end - 1].range);
                        out.push(Count { range, low: number.low, high: number.high, head });
                    }
                    at = number.end;
                }
                None => at += 1,
            }
        }
        out
    }

    /// A number with its bounds beginning at `at`, and where the number itself begins.
    fn bounded(&self, words: &[String], at: usize) -> Option<(usize, Number)> {
        if words[at] == "between" || words[at] == "from" {
            let low = self.number(words, at + 1)?;
            let join = if words[at] == "between" { "and" } else { "to" };
            let high = self.number(words, low.end + 1).filter(|_| words[low.end] == join)?;
            return Some((at + 1, Number { end: high.end, low: low.low, high: high.high }));
        }
        let (bound, start) =
            self.lexicon.bound(words, at).map_or((Bound::About, at), |(bound, length)| (bound, at + length));
        let mut number = self.number(words, start)?;
        // "Ten to fifteen", "10-15", "two or three".
        let joined = words.get(number.end).is_some_and(|word| matches!(word.as_str(), "to" | "or" | "-" | "–"));
        if joined && let Some(high) = self.number(words, number.end + 1).filter(|high| high.low > number.low) {
            number = Number { end: high.end, low: number.low, high: high.high };
        }
        if let Some(length) = self.lexicon.or_more(words, number.end) {
            number = Number { end: number.end + length, high: None, ..number };
        }
        match bound {
            Bound::Least => number.high = None,
            Bound::Most => number.low = 0,
            Bound::About => {}
        }
        Some((start, number))
    }

    /// A number beginning at `at`, in digits or words, exact or vague.
    fn number(&self, words: &[String], at: usize) -> Option<Number> {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let lexicon = &self.lexicon;
        // "Hundreds", "tens of thousands".
        if let Some(mut low) = lexicon.plural(word(at)) {
            let mut end = at + 1;
            while word(end) == "of"
                && let Some(scale) = lexicon.plural(word(end + 1))
            {
                low = low.checked_mul(scale)?;
                end += 2;
            }
            return Some(Number { end, low: low.checked_mul(2)?, high: None });
        }
        let article = usize::from(matches!(word(at), "a" | "an"));
        if let Some((low, high)) = lexicon.vague(word(at + article)) {
            // "Several hundred", "a few thousand".
            let next = at + article + 1;
            let scale = lexicon.scale(word(next));
            let times = scale.unwrap_or(1);
            return Some(Number {
                end: next + usize::from(scale.is_some()),
                low: low.checked_mul(times)?,
                high: Some(high.checked_mul(times)?),
            });
        }
        let (mut total, mut group, mut end) = (0u64, None::<f64>, at);
        if article == 1 {
            lexicon.scale(word(at + 1))?;
            group = Some(1.0);
            end = at + 1;
        }
        loop {
            let this = word(end);
            let hyphen = usize::from(end > at && this == "-" && lexicon.unit(word(end + 1)).is_some_and(|u| u < 10));
            let and = usize::from(
                this == "and" && group.is_some_and(|g| g >= 100.0) && lexicon.unit(word(end + 1)).is_some(),
            );
            let next = word(end + hyphen + and);
            if let Some(value) = lexicon.unit(next) {
                // "Twenty three" adds up, "two three" does not.
                let fits = group
                    .is_none_or(|group| (value < 10 && group % 10.0 == 0.0 && group >= 20.0) || group % 100.0 == 0.0);
                if !fits {
                    break;
                }
                group = Some(group.unwrap_or(0.0) + value as f64);
            } else if let Some(value) = lexicon::digits(next).filter(|_| end == at) {
                group = Some(value);
            } else if let Some(scale) = lexicon.scale(next).filter(|_| hyphen + and == 0) {
                let Some(value) = group.map(|group| group * scale as f64).filter(|value| *value < 1e15) else { break };
                if scale >= 1000 {
                    total = total.checked_add(value.round() as u64)?;
                    group = Some(0.0);
                } else {
                    group = Some(value);
                }
            } else {
                break;
            }
            end += hyphen + and + 1;
        }
        let value = total.checked_add(group.filter(|value| value.fract() == 0.0 && *value < 1e15)? as u64)?;
        Some(Number { end, low: value, high: Some(value) })
    }
}

/// The noun that the number `first..end` counts.
fn head(sentence: &Sentence, words: &[String], first: usize, end: usize) -> Option<TokenId> {
    // A proper noun is counted in the plural ("300 Kenyans"); "12 November" counts nothing.
    let counted = |at: TokenId| {
        let token = &sentence.tokens[at];
        at >= end && (token.upos == Upos::Noun || (token.upos == Upos::Propn && token.xpos == Xpos::Nnps))
    };
    let last = end - 1;
    // "Dozens of people": the noun hangs on the number; "a dozen people": the number on the noun.
    if words.get(end).is_some_and(|word| word == "of") {
        let of = (first..end).flat_map(|at| sentence.dependents_by(at, Relation::Nmod)).find(|&at| counted(at));
        if of.is_some() {
            return of;
        }
    }
    let governor =
        (first..end).filter_map(|at| sentence.tokens[at].head.map(|head| (at, head))).find_map(|(at, head)| {
            let counts = matches!(
                sentence.tokens[at].relation,
                Relation::Nummod | Relation::Det | Relation::Amod | Relation::Compound
            );
            (counts && counted(head)).then_some(head)
        });
    if let Some(head) = governor {
        // "15-year-old", "a two-day visit": a compound of another noun counts no things of its own.
        return words.get(end).is_none_or(|word| word != "-").then_some(head);
    }
    // "Hundreds were hurt", "killing two": the number stands for the people.
    let core =
        [Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::Conj, Relation::OblAgent, Relation::Root];
    let followed = words.get(end).is_some_and(|word| matches!(word.as_str(), "%" | "percent" | "-" | "°"));
    let alone = (first..end).find(|&at| core.contains(&sentence.tokens[at].relation));
    alone.filter(|_| !followed).map(|_| last)
}
