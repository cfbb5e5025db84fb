//! Phrases of lemmas found in a run of tokens: cues of modes, contexts and speech acts are lists of these.

use std::collections::HashMap;

use demarche_language::{Sentence, TokenId};

/// Phrases, each with what it stands for.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase of words separated by spaces or hyphens.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut words = phrase.split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_lowercase);
        if let Some(first) = words.next() {
            let list = self.by_first.entry(first).or_default();
            list.push((words.collect(), value));
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// Words of the phrases that stand among the tokens, as [`Phrases::find`] finds them.
    pub fn places(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<Vec<TokenId>> {
        self.search(sentence, tokens).into_iter().map(|(_, words)| words).collect()
    }

    /// Values of the phrases that stand among the tokens (ascending), with the number of words of each; of phrases that
    /// start at one word only the longest counts. Hyphens between words are passed over.
    pub fn find(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<(T, usize)> {
        self.search(sentence, tokens).into_iter().map(|(value, words)| (value, words.len())).collect()
    }

    /// Values of the phrases that stand among the tokens, as [`Phrases::find`] finds them, with the words of each.
    pub fn found(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<(T, Vec<TokenId>)> {
        self.search(sentence, tokens)
    }

    /// The first phrase that stands among the tokens: its value and its words.
    pub fn first(&self, sentence: &Sentence, tokens: &[TokenId]) -> Option<(T, Vec<TokenId>)> {
        self.search(sentence, tokens).into_iter().next()
    }

    fn search(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<(T, Vec<TokenId>)> {
        let words = words(sentence, tokens);
        let mut out = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let lists = [&word.lemma, &word.form];
            let found = lists.iter().filter_map(|first| self.by_first.get(*first)).flatten().find(|(rest, _)| {
                rest.iter().enumerate().all(|(n, wanted)| {
                    words.get(at + 1 + n).is_some_and(|next| next.lemma == *wanted || next.form == *wanted)
                })
            });
            if let Some((rest, value)) = found {
                let mut of: Vec<TokenId> = words[at..=at + rest.len()].iter().map(|word| word.token).collect();
                of.dedup();
                out.push((*value, of));
            }
        }
        out
    }
}

/// A word, or a part of a hyphenated one, in lower case.
struct Word {
    token: TokenId,
    lemma: String,
    form: String,
}

/// The words among the tokens; hyphens between them are passed over, and part a word that holds some ("pro-democracy").
fn words(sentence: &Sentence, tokens: &[TokenId]) -> Vec<Word> {
    let mut out = Vec::with_capacity(tokens.len());
    for &token in tokens {
        let word = &sentence.tokens[token];
        let (form, lemma) = (word.form.to_lowercase(), word.lemma.to_lowercase());
        if matches!(form.as_str(), "-" | "‐" | "–") {
            continue;
        }
        let parts: Vec<&str> = form.split('-').filter(|part| !part.is_empty()).collect();
        let lemmas: Vec<&str> = lemma.split('-').filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            out.push(Word { token, lemma, form });
            continue;
        }
        for (n, part) in parts.iter().enumerate() {
            let lemma = if lemmas.len() == parts.len() { lemmas[n] } else { part };
            out.push(Word { token, lemma: lemma.to_owned(), form: (*part).to_owned() });
        }
    }
    out
}
