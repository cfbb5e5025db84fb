//! Which words are cues: those of the table, where nothing says that the speech did not take place.

use crate::labels::{Relation, Upos, Xpos};
use crate::sentence::{Sentence, TokenId};

use super::{Cue, Passage};

impl Passage<'_> {
    /// The dictionary form that the table has.
    pub(super) fn lemma(self, number: usize, token: TokenId) -> String {
        let word = &self.sentences[number].tokens[token];
        let lemma = word.lemma.to_lowercase();
        if word.upos != Upos::Verb || self.lexicon.knows(&lemma) {
            return lemma;
        }
        // A lemma that the model got wrong ("insiste"): what the form is made of may be known.
        let written = word.form.to_lowercase();
        let stems = ["ed", "d", "es", "s", "ing"].iter().filter_map(|ending| written.strip_suffix(ending));
        stems
            .flat_map(|stem| [stem.to_owned(), format!("{stem}e")])
            .find(|stem| self.lexicon.knows(stem))
            .unwrap_or(lemma)
    }

    /// Whether something was said by the verb: not negated, not only possible, not refused.
    pub(super) fn took_place(self, number: usize, verb: TokenId) -> bool {
        let sentence = &self.sentences[number];
        let negated = sentence.dependents(verb).iter().any(|&d| {
            matches!(sentence.tokens[d].form.to_lowercase().as_str(), "not" | "n't" | "n’t" | "never")
                && sentence.tokens[d].relation == Relation::Advmod
        });
        let possible = sentence
            .dependents_by(verb, Relation::Aux)
            .any(|d| self.lexicon.is_modal(&self.lemma(number, d)) || self.lexicon.is_modal(&form(sentence, d)));
        // "if he says so"
        let supposed = sentence
            .dependents_by(verb, Relation::Mark)
            .any(|d| d < verb && matches!(form(sentence, d).as_str(), "if" | "unless" | "whether"));
        if negated || possible || supposed {
            return false;
        }
        let infinitive = sentence
            .dependents_by(verb, Relation::Mark)
            .any(|d| sentence.tokens[d].form.eq_ignore_ascii_case("to") && d < verb);
        let word = &sentence.tokens[verb];
        let Some(governor) = word.head else { return !infinitive };
        let above = self.lemma(number, governor);
        if infinitive {
            let told_of = above == "this"
                || (above == "have"
                    && sentence
                        .dependents(governor)
                        .iter()
                        .any(|&d| d < verb && matches!(form(sentence, d).as_str(), "this" | "following")));
            return told_of
                || (self.lexicon.carried_out(&above)
                    && matches!(word.relation, Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Ccomp))
                || (word.relation == Relation::Xcomp && above == "quote");
        }
        !(word.relation == Relation::Xcomp && self.lexicon.withheld(&above))
    }

    /// Verbs of the sentence that the test takes for cues, in text order.
    pub(super) fn cues(self, number: usize, test: impl Fn(&str) -> bool) -> Vec<TokenId> {
        let sentence = &self.sentences[number];
        (0..sentence.tokens.len())
            .filter(|&token| {
                let word = &sentence.tokens[token];
                matches!(word.upos, Upos::Verb | Upos::Aux)
                    && word.relation != Relation::Amod
                    && test(&self.lemma(number, token))
                    && self.took_place(number, token)
            })
            .collect()
    }

    /// The cue that a word heads, with its particle ("pointed out").
    pub(super) fn cue(self, number: usize, head: TokenId, more: &[TokenId]) -> Cue {
        let sentence = &self.sentences[number];
        let mut words = vec![head];
        words.extend(sentence.dependents_by(head, Relation::CompoundPrt));
        words.extend(more.iter().copied().filter(|&word| word < sentence.tokens.len()));
        words.sort_unstable();
        words.dedup();
        let range = sentence.range_of(&words);
        Cue { sentence: number, head, words, range }
    }

    /// "According to" and the source it names, with the word that heads what is told.
    pub(super) fn according_to(self, number: usize) -> Vec<(Vec<TokenId>, TokenId, TokenId)> {
        let sentence = &self.sentences[number];
        (0..sentence.tokens.len())
            .filter(|&token| form(sentence, token) == "according")
            .filter_map(|token| {
                let to = (token + 1..sentence.tokens.len()).find(|&next| form(sentence, next) == "to")?;
                let words = if to == token + 1 { vec![token, to] } else { vec![token] };
                let word = &sentence.tokens[token];
                let source = if word.relation == Relation::Case {
                    word.head?
                } else {
                    super::speaker::oblique(sentence, token, "to")?
                };
                let mut topic =
                    if word.relation == Relation::Case { sentence.tokens[source].head? } else { word.head? };
                // "that, according to the post, the site": the clause that "that" introduces.
                let that = (0..token).rev().find(|&t| sentence.tokens[t].upos != Upos::Punct);
                if let Some(that) = that.filter(|&that| form(sentence, that) == "that") {
                    topic = sentence.tokens[that].head.filter(|&head| head > token).unwrap_or(topic);
                }
                // It hangs at times on a noun near by; what is told is the clause, and the whole sentence where it stands behind.
                for _ in 0..super::indirect::MAX_CLIMB {
                    let at = &sentence.tokens[topic];
                    let clause = matches!(at.relation, Relation::Root | Relation::Ccomp | Relation::Parataxis)
                        || (matches!(at.relation, Relation::Advcl | Relation::AclRelcl) && token < topic)
                        || (at.relation == Relation::Conj && at.upos == Upos::Verb);
                    match at.head {
                        Some(head) if !clause && at.relation != Relation::Root => topic = head,
                        _ => break,
                    }
                }
                Some((words, source, topic))
            })
            .collect()
    }
}

/// A word in lower case.
pub(super) fn form(sentence: &Sentence, token: TokenId) -> String {
    sentence.tokens[token].form.to_lowercase()
}

/// Whether a verb is a participle that hangs on another's clause ("..., adding that").
pub(super) fn trailing(sentence: &Sentence, verb: TokenId) -> bool {
    let word = &sentence.tokens[verb];
    word.xpos == Xpos::Vbg
        && matches!(
            word.relation,
            Relation::Advcl | Relation::Acl | Relation::Conj | Relation::Parataxis | Relation::Xcomp
        )
        && sentence.dependent(verb, &[Relation::Nsubj, Relation::Aux, Relation::Mark]).is_none()
}
