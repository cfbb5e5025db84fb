//! What is said as text: which of the words below a cue belong to it, and the stretches they cover.

use demarche_record::{Quotation, TextRange};

use crate::labels::{Relation, Upos};
use crate::sentence::{Sentence, TokenId};
use crate::time::is_day_or_month;

use super::cue::{form, trailing};
use super::marks::Quoted;
use super::{Attribution, Cue, Passage};

impl Passage<'_> {
    /// The attribution of tokens to a source; `None` where nothing is left to be said.
    pub(super) fn attribution(
        self,
        cue: Cue,
        source: Option<TokenId>,
        tokens: &[TokenId],
        quoted: &[Quoted],
    ) -> Option<Attribution> {
        let mut content = self.stretches(&cue, source, tokens);
        let starts = content.first()?.start;
        // A quotation that begins in what is told belongs to it to its end.
        let end = content.last()?.end;
        let open = quoted.iter().find(|q| {
            let before = TextRange::new(q.outer.start, starts).of(self.text);
            let within = q.outer.start >= starts || !before.contains(char::is_alphanumeric) && !before.is_empty();
            within && q.outer.start >= cue.range.end && q.outer.start < end && q.inner().end > end
        });
        if let Some(open) = open
            && let Some(last) = content.last_mut()
            && cue.range.start < open.outer.start
        {
            let first = open.pieces.iter().position(|piece| piece.end > last.start)?;
            last.end = open.pieces[first].end.max(last.end);
            content.extend(open.pieces[first + 1..].iter().copied());
        }
        // What is told within a quotation ends with it, whatever the tree hangs across its mark.
        let around =
            quoted.iter().rev().filter(|q| q.closed).map(Quoted::inner).find(|inner| inner.contains(cue.range));
        if let Some(around) = around {
            for piece in &mut content {
                *piece = TextRange::new(piece.start.max(around.start), piece.end.min(around.end));
            }
            content.retain(|piece| !piece.is_empty());
        }
        let content: Vec<TextRange> =
            content.into_iter().map(|piece| self.trimmed(piece)).filter(|piece| !piece.is_empty()).collect();
        let extent = content.iter().copied().reduce(TextRange::cover)?;
        let marked = quoted.iter().any(|q| q.inner().overlaps(extent) && !q.inner().contains(extent));
        let filled = quoted.iter().any(|q| self.trimmed(q.inner()) == extent && q.outer.start > cue.range.start);
        let kind = if marked || filled { Quotation::Mixed } else { Quotation::Indirect };
        let speaker = source.map(|source| self.mention(cue.sentence, source));
        Some(Attribution { kind, cue: Some(cue), content, speaker })
    }

    /// Stretches of text that tokens cover. What stands between them and tells nothing itself belongs to them, wherever the tree has
    /// hung it.
    fn stretches(self, cue: &Cue, source: Option<TokenId>, tokens: &[TokenId]) -> Vec<TextRange> {
        let sentence = &self.sentences[cue.sentence];
        let mut filled = tokens.to_vec();
        let mut sorted = tokens.to_vec();
        sorted.sort_unstable();
        for pair in sorted.windows(2) {
            let gap = pair[0] + 1..pair[1];
            let foreign = |t: TokenId| {
                cue.words.contains(&t)
                    || source == Some(t)
                    || (sentence.tokens[t].upos == Upos::Verb && self.lexicon.says(&self.lemma(cue.sentence, t)))
                    || form(sentence, t) == "according"
            };
            if pair[0] > cue.head && !gap.is_empty() && !gap.clone().any(foreign) {
                filled.extend(gap);
            }
        }
        // "said Monday the army": the day of the telling.
        let day = |t: TokenId| t == cue.head + 1 && dated(sentence, t);
        let verbal =
            |t: TokenId| sentence.tokens.get(t).is_some_and(|next| matches!(next.upos, Upos::Verb | Upos::Aux));
        filled.retain(|&t| !day(t) || verbal(t + 1));
        pieces(sentence, &filled, &cue.words)
    }

    /// Tokens below a word that another telling governs: "..., adding that" goes on with the outer speaker, "and she said that" is
    /// a telling of its own.
    pub(super) fn other_tellings(self, number: usize, below: TokenId, cue: TokenId) -> Vec<TokenId> {
        let sentence = &self.sentences[number];
        let mut out = Vec::new();
        for token in sentence.subtree(below) {
            let word = &sentence.tokens[token];
            if token == below || token == cue || !self.lexicon.says(&self.lemma(number, token)) {
                continue;
            }
            let comma =
                token > 0 && (form(sentence, token - 1) == "," || (token > 1 && form(sentence, token - 2) == ","));
            let goes_on = trailing(sentence, token) && comma && token > cue;
            let apart = word.relation == Relation::Conj
                && word.head == Some(below)
                && sentence.dependent(token, &[Relation::Ccomp]).is_some()
                && word.upos == Upos::Verb
                && sentence.dependent(token, &[Relation::Nsubj]).is_some()
                && sentence.tokens[below].upos == Upos::Verb
                && !sentence.tokens[below].relation.eq(&Relation::Ccomp);
            if goes_on || apart {
                out.extend(sentence.subtree(token));
                // What joins it.
                out.extend(
                    (below + 1..token)
                        .rev()
                        .take_while(|&t| matches!(form(sentence, t).as_str(), "," | "and" | "but" | "also")),
                );
            }
        }
        out
    }

    /// The phrase at the end that says in what it was said ("in a statement").
    pub(super) fn vehicle(self, number: usize, head: TokenId) -> Vec<TokenId> {
        let sentence = &self.sentences[number];
        let last = sentence.subtree(head).last().copied().unwrap_or(head);
        let mut found = sentence.subtree(head).into_iter().filter(|&d| {
            d > head
                && self.lexicon.is_vehicle(&self.lemma(number, d))
                && sentence
                    .dependents_by(d, Relation::Case)
                    .any(|c| matches!(form(sentence, c).as_str(), "in" | "during"))
        });
        let phrase = found.next().map(|d| sentence.subtree(d)).unwrap_or_default();
        if phrase.contains(&last) { phrase } else { Vec::new() }
    }
}

/// Whether a word is a day on which something is told.
pub(super) fn dated(sentence: &Sentence, token: TokenId) -> bool {
    let word = form(sentence, token);
    matches!(word.as_str(), "today" | "yesterday") || (word.ends_with("day") && is_day_or_month(&word))
}

/// Stretches of text that tokens cover, without what only joins them to their cue.
fn pieces(sentence: &Sentence, tokens: &[TokenId], cue: &[TokenId]) -> Vec<TextRange> {
    let mut tokens: Vec<TokenId> = tokens.iter().copied().filter(|token| !cue.contains(token)).collect();
    tokens.sort_unstable();
    tokens.dedup();
    let joins = |t: TokenId| {
        let word = &sentence.tokens[t];
        word.upos == Upos::Punct
            || (matches!(word.relation, Relation::Mark | Relation::Case)
                && matches!(word.form.to_lowercase().as_str(), "that" | "for" | "of" | "about" | "against"))
            || (word.relation == Relation::Case && word.form.eq_ignore_ascii_case("to"))
            || word.relation == Relation::Cc
    };
    let strip = tokens.iter().take_while(|&&t| joins(t) && !opens_bracket(sentence, t)).count();
    tokens.drain(..strip);
    while tokens.last().is_some_and(|&t| {
        let word = &sentence.tokens[t];
        (word.upos == Upos::Punct && !matches!(word.form.as_str(), ")" | "]" | "…" | "...")) || word.upos == Upos::Cconj
    }) {
        tokens.pop();
    }
    let mut out: Vec<TextRange> = Vec::new();
    let mut before: Option<TokenId> = None;
    for &token in &tokens {
        let range = sentence.tokens[token].range;
        let apart = before.is_none_or(|last| {
            (last + 1..token).any(|between| sentence.tokens[between].upos != Upos::Punct || cue.contains(&between))
        });
        match out.last_mut() {
            Some(last) if !apart => *last = last.cover(range),
            _ => out.push(range),
        }
        before = Some(token);
    }
    out
}

fn opens_bracket(sentence: &Sentence, token: TokenId) -> bool {
    matches!(sentence.tokens[token].form.as_str(), "[" | "(")
}
