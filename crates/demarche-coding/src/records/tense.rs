//! The tense of the clause that a word stands in.

use demarche_language::{Relation, Sentence, TokenId, Upos, Xpos};

/// Tense, as far as it tells the past from the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// "Seized", "was seized".
    Past,
    /// "Had seized".
    PastPerfect,
    /// "Has seized".
    Perfect,
    /// "Seizes", "is seized".
    Present,
    /// "Will seize", "may seize".
    Future,
    /// No finite verb.
    None,
}

/// The tense of the nearest finite verb at or above a word.
pub(super) fn tense(sentence: &Sentence, word: TokenId) -> Tense {
    let mut at = word;
    for _ in 0..sentence.tokens.len() {
        if let Some(tense) = finite(sentence, at) {
            return tense;
        }
        match sentence.tokens[at].head {
            Some(head) => at = head,
            None => break,
        }
    }
    Tense::None
}

/// The tense of a verb, or of what has a copula, if it is finite.
pub(super) fn finite(sentence: &Sentence, verb: TokenId) -> Option<Tense> {
    let mut told = None;
    for &aux in sentence.dependents(verb) {
        if !matches!(sentence.tokens[aux].relation, Relation::Aux | Relation::AuxPass | Relation::Cop) {
            continue;
        }
        let tense = match sentence.tokens[aux].form.to_lowercase().as_str() {
            "had" => Tense::PastPerfect,
            "has" | "have" | "'ve" | "’ve" => Tense::Perfect,
            "is" | "are" | "am" | "'re" | "’re" | "do" | "does" => Tense::Present,
            "was" | "were" | "did" => Tense::Past,
            "will" | "would" | "shall" | "may" | "might" | "can" | "could" | "must" | "should" | "'ll" => Tense::Future,
            _ => continue,
        };
        // "Has been", "had been", "would have been": the first one tells.
        told = told.or(Some(tense));
    }
    let token = &sentence.tokens[verb];
    told.or(match (token.upos, token.xpos) {
        (Upos::Verb | Upos::Aux, Xpos::Vbd) => Some(Tense::Past),
        (Upos::Verb | Upos::Aux, Xpos::Vbz | Xpos::Vbp) => Some(Tense::Present),
        _ => None,
    })
}
