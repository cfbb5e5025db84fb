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

    /// The first phrase that stands among the tokens: its value and its words.
    pub fn first(&self, sentence: &Sentence, tokens: &[TokenId]) -> Option<(T, Vec<TokenId>)> {
        self.search(sentence, tokens).into_iter().next()
    }

    fn search(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<(T, Vec<TokenId>)> {
        let tokens: Vec<TokenId> =
            tokens.iter().copied().filter(|&t| !matches!(sentence.tokens[t].form.as_str(), "-" | "‐" | "–")).collect();
        let mut out = Vec::new();
        for (at, &token) in tokens.iter().enumerate() {
            let word = &sentence.tokens[token];
            let lists = [word.lemma.to_lowercase(), word.form.to_lowercase()];
            let found = lists.iter().filter_map(|first| self.by_first.get(first)).flatten().find(|(rest, _)| {
                rest.iter().enumerate().all(|(n, wanted)| {
                    tokens.get(at + 1 + n).is_some_and(|&next| {
                        let next = &sentence.tokens[next];
                        next.lemma.eq_ignore_ascii_case(wanted) || next.form.eq_ignore_ascii_case(wanted)
                    })
                })
            });
            if let Some((rest, value)) = found {
                out.push((*value, tokens[at..=at + rest.len()].to_vec()));
            }
        }
        out
    }
}
