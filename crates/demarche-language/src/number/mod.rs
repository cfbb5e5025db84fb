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
    /// The number named, without what bounds it; `None` where several are or none ("dozens", "20 to 30").
    pub value: Option<u64>,
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
    value: Option<u64>,
    low: u64,
    high: Option<u64>,
}

/// The words of a sentence in lower case, and what the sentence says of them.
#[derive(Clone, Copy)]
struct Words<'a> {
    lower: &'a [String],
    sentence: &'a Sentence,
}

impl Words<'_> {
    fn at(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    /// Whether a group of three figures at `at` goes on the number before ("3 000").
    fn is_group(&self, at: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let word = self.at(at);
        let near = at > 0 && at < tokens.len() && matches!(tokens[at].range.start - tokens[at - 1].range.end, 1..=3);
        near && word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit())
    }

    fn is_plural(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|token| {
            matches!(token.upos, Upos::Noun | Upos::Propn)
                && (token.feature("Number") == Some("Plur") || matches!(token.xpos, Xpos::Nns | Xpos::Nnps))
        })
    }
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
            match self.bounded(Words { lower: &words, sentence }, at) {
                Some((first, number)) if number.high == Some(0) => {
                    let range = sentence.tokens[at].range.cover(sentence.tokens[number.end - 1].range);
                    let Number { value, low, high, .. } = number;
                    out.push(Count { range, value, low, high, head: number.end - 1 });
                    at = number.end.max(first + 1);
                }
                Some((first, number)) => {
                    let noun = head(sentence, &words, first, number.end)
                        .filter(|&head| !self.lexicon.is_measure(&words[head]));
                    if let Some(head) = noun {
                        let range = sentence.tokens[at].range.cover(sentence.tokens[number.end - 1].range);
                        let Number { value, low, high, .. } = number;
                        out.push(Count { range, value, low, high, head });
                    }
                    at = number.end;
                }
                None => at += 1,
            }
        }
        out
    }

    /// A number with its bounds beginning at `at`, and where the number itself begins.
    fn bounded(&self, words: Words<'_>, at: usize) -> Option<(usize, Number)> {
        let lexicon = &self.lexicon;
        if let Some(length) = lexicon.nobody(words.lower, at) {
            return Some((at, Number { end: at + length, value: Some(0), low: 0, high: Some(0) }));
        }
        if matches!(words.at(at), "between" | "from") {
            let low = self.number(words, at + 1)?;
            let join = if words.at(at) == "between" { "and" } else { "to" };
            let high = self.number(words, low.end + 1).filter(|_| words.at(low.end) == join)?;
            return Some((at + 1, Number { end: high.end, value: None, low: low.low, high: high.high }));
        }
        let (mut bound, start) =
            lexicon.bound(words.lower, at).map_or((Bound::About, at), |(bound, length)| (bound, at + length));
        let mut number = self.number(words, start)?;
        // "Ten to fifteen", "10-15", "two or three".
        let joined = matches!(words.at(number.end), "to" | "or" | "-" | "–");
        if joined && let Some(high) = self.number(words, number.end + 1).filter(|high| high.low > number.low) {
            number = Number { end: high.end, value: None, low: number.low, high: high.high };
        }
        if let Some((after, length)) = lexicon.bound_after(words.lower, number.end) {
            bound = after;
            number.end += length;
        }
        match bound {
            Bound::Least => number.high = None,
            Bound::Most => number.low = 0,
            Bound::About => {}
        }
        Some((start, number))
    }

    /// A number beginning at `at`, in digits or words, exact or vague.
    fn number(&self, words: Words<'_>, at: usize) -> Option<Number> {
        let lexicon = &self.lexicon;
        let exact = |end: usize, value: u64| Some(Number { end, value: Some(value), low: value, high: Some(value) });
        // "Hundreds", "tens of thousands".
        if let Some(mut low) = lexicon.plural(words.at(at)) {
            let mut end = at + 1;
            while words.at(end) == "of"
                && let Some(scale) = lexicon.plural(words.at(end + 1))
            {
                low = low.checked_mul(scale)?;
                end += 2;
            }
            return Some(Number { end, value: None, low: low.checked_mul(2)?, high: None });
        }
        // "Half a dozen", "half a million".
        if words.at(at) == "half" && words.at(at + 1) == "a" {
            return exact(at + 3, lexicon.scale(words.at(at + 2))? / 2);
        }
        let article = usize::from(matches!(words.at(at), "a" | "an"));
        if let Some((mut low, mut high)) = lexicon.vague(words.at(at + article)) {
            // "Several hundred thousand", "a few thousand".
            let mut end = at + article + 1;
            while let Some(scale) = lexicon.scale(words.at(end)) {
                (low, high) = (low.checked_mul(scale)?, high.checked_mul(scale)?);
                end += 1;
            }
            return Some(Number { end, value: (low == high).then_some(low), low, high: Some(high) });
        }
        if let Some(number) = self.lettered(words, at) {
            return Some(number);
        }
        let word = |at: usize| words.at(at);
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
                // "3 000".
                let plain = next.len() <= 3 && next.bytes().all(|b| b.is_ascii_digit());
                while plain && words.is_group(end + 1) {
                    group = Some(group? * 1000.0 + lexicon::digits(word(end + 1))?);
                    end += 1;
                }
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
        exact(end, value)
    }

    /// "5m", "20k" before a noun in the plural.
    fn lettered(&self, words: Words<'_>, at: usize) -> Option<Number> {
        let word = words.at(at);
        let split = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
        let (figures, glued) = word.split_at(split);
        let (letter, end) = if glued.is_empty() { (words.at(at + 1), at + 2) } else { (glued, at + 1) };
        let scale = self.lexicon.letter(letter).filter(|_| words.is_plural(end))?;
        let value = lexicon::digits(figures)? * scale as f64;
        let value = (value.fract() == 0.0 && value < 1e15).then_some(value as u64)?;
        Some(Number { end, value: Some(value), low: value, high: Some(value) })
    }
}

fn counted_plural(sentence: &Sentence, at: TokenId) -> bool {
    sentence.tokens.get(at).is_some_and(|token| token.upos == Upos::Noun && token.xpos == Xpos::Nns)
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
    // "One hundred and five judges": a number of several words, wherever the parser hangs its noun.
    if end - first > 1 && counted_plural(sentence, end) {
        return Some(end);
    }
    // "Hundreds were hurt", "killing two": the number stands for the people.
    let core =
        [Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::Conj, Relation::OblAgent, Relation::Root];
    let followed = words.get(end).is_some_and(|word| matches!(word.as_str(), "%" | "percent" | "-" | "°"));
    let alone = (first..end).find(|&at| core.contains(&sentence.tokens[at].relation));
    let has = |at: TokenId, relation: Relation| sentence.dependents_by(at, relation).next().is_some();
    // "She is 45" tells an age; "the other one" is a pronoun.
    let counts = |&at: &TokenId| {
        let pronoun = words[at] == "one" && (has(at, Relation::Det) || has(at, Relation::Amod));
        !has(at, Relation::Cop) && !pronoun
    };
    if let Some(at) = alone.filter(|_| !followed) {
        return counts(&at).then_some(last);
    }
    // "From 10 to 15 divers", whichever word the tree hangs the numbers on.
    let ranged = first > 0 && matches!(words[first - 1].as_str(), "from" | "between");
    let plural = |at: TokenId| sentence.tokens[at].feature("Number") == Some("Plur");
    (ranged && end < words.len() && counted(end) && plural(end)).then_some(end)
}
