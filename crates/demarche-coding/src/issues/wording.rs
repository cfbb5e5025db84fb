//! Words of a proposition as phrases are sought in them, and the phrases: case, hyphens, "'s", articles and possessive pronouns are
//! passed over on both sides.

use std::collections::HashMap;

use demarche_language::{Sentence, TokenId, Upos, Xpos};

use crate::frames::Inflection;

/// Words that neither a text nor a phrase is read with.
const PASSED_OVER: &[&str] = &["a", "an", "the", "my", "your", "his", "her", "its", "our", "their"];

/// Marks between the words of a compound.
const HYPHENS: &[char] = &['-', '\u{2010}', '\u{2011}', '\u{2013}'];

/// Marks around words, between which phrases are read on.
const QUOTES: &[char] = &['"', '\'', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}', '`'];

/// One word of a proposition.
#[derive(Clone, Debug)]
struct Word {
    /// Its token; a token written with hyphens gives several words.
    token: TokenId,
    /// Base forms that it may have and the word as written, lower case; none where a mark or a gap parts the words on both sides.
    forms: Vec<String>,
    /// Whether it is part of a country's name.
    country: bool,
}

impl Word {
    fn is(&self, wanted: &str) -> bool {
        self.forms.iter().any(|form| form == wanted)
    }
}

/// A run of words, `start..end` of a [`Wording`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

impl Place {
    /// Number of words.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it has no words.
    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Whether both share a word.
    pub const fn shares(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the other lies within and is shorter.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end && self.len() > other.len()
    }
}

/// The words of a proposition.
#[derive(Clone, Debug)]
pub struct Wording<'a> {
    sentence: &'a Sentence,
    words: Vec<Word>,
}

impl<'a> Wording<'a> {
    /// Reads the tokens (ascending) of a sentence; `country` tells of a token whether it is part of a country's name.
    pub fn new(
        sentence: &'a Sentence,
        tokens: &[TokenId],
        inflection: &Inflection,
        country: impl Fn(TokenId) -> bool,
    ) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut next = None;
        for &id in tokens {
            let Some(token) = sentence.tokens.get(id) else { continue };
            let gap = next.is_some_and(|next| id != next);
            next = Some(id + 1);
            let mark =
                token.upos == Upos::Punct && !token.form.chars().all(|c| HYPHENS.contains(&c) || QUOTES.contains(&c));
            if gap || mark {
                words.push(Word { token: id, forms: Vec::new(), country: false });
            }
            if mark || token.upos == Upos::Punct || token.xpos == Xpos::Pos {
                continue;
            }
            let country = country(id);
            match read(&token.form).as_slice() {
                [] => {}
                [one] => {
                    let mut forms = inflection.bases(token);
                    if !forms.contains(one) {
                        forms.push(one.clone());
                    }
                    words.push(Word { token: id, forms, country });
                }
                parts => {
                    let lemmas = read(&token.lemma);
                    let lemmas = if lemmas.len() == parts.len() { lemmas.as_slice() } else { parts };
                    for (form, lemma) in parts.iter().zip(lemmas) {
                        let forms = vec![lemma.clone(), form.clone()];
                        words.push(Word { token: id, forms, country });
                    }
                }
            }
        }
        Self { sentence, words }
    }

    /// The sentence.
    pub const fn sentence(&self) -> &'a Sentence {
        self.sentence
    }

    /// Tokens of the words at a place, each once.
    pub fn tokens(&self, place: Place) -> Vec<TokenId> {
        let mut tokens: Vec<TokenId> = self.at(place).iter().map(|word| word.token).collect();
        tokens.dedup();
        tokens
    }

    /// Whether a mark or a gap stands among the words at a place.
    pub fn parted(&self, place: Place) -> bool {
        self.at(place).iter().any(|word| word.forms.is_empty())
    }

    fn at(&self, place: Place) -> &[Word] {
        self.words.get(place.start..place.end).unwrap_or_default()
    }
}

/// The words of a text without what is passed over.
fn read(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    text.split(|c: char| c.is_whitespace() || HYPHENS.contains(&c))
        .map(|word| word.strip_suffix("'s").unwrap_or(word).trim_matches('\'').to_owned())
        .filter(|word| !word.is_empty() && !PASSED_OVER.contains(&word.as_str()))
        .collect()
}

/// A phrase that stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<T> {
    /// Where.
    pub place: Place,
    /// What the phrase stands for.
    pub value: T,
    /// Number of the phrase in its list, in the order of the file.
    pub phrase: usize,
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    rest: Vec<String>,
    value: T,
    number: usize,
    /// Whether it may hold a country's name.
    names: bool,
}

/// Phrases, found at every place of a text.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<Phrase<T>>>,
    count: usize,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new(), count: 0 }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase; whether it has a word at all. Only one that `names` a country is found in the words of a country's name.
    pub fn add(&mut self, phrase: &str, value: T, names: bool) -> bool {
        let mut words = read(phrase).into_iter();
        let Some(first) = words.next() else { return false };
        let phrase = Phrase { rest: words.collect(), value, number: self.count, names };
        self.by_first.entry(first).or_default().push(phrase);
        self.count += 1;
        true
    }

    /// All phrases that stand in the words, in the order of the text.
    pub fn find(&self, wording: &Wording<'_>) -> Vec<Match<T>> {
        let mut out = Vec::new();
        for (start, word) in wording.words.iter().enumerate() {
            let firsts = word.forms.iter().enumerate().filter(|(n, form)| !word.forms[..*n].contains(form));
            for phrase in firsts.filter_map(|(_, form)| self.by_first.get(form)).flatten() {
                let place = Place { start, end: start + 1 + phrase.rest.len() };
                let Some(words) = wording.words.get(place.start..place.end) else { continue };
                let stands = words.iter().skip(1).zip(&phrase.rest).all(|(word, wanted)| word.is(wanted));
                if stands && (phrase.names || words.iter().all(|word| !word.country)) {
                    out.push(Match { place, value: phrase.value, phrase: phrase.number });
                }
            }
        }
        out.sort_by_key(|found| (found.place, found.phrase));
        out
    }
}
