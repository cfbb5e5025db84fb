//! The analysed sentence: tokens in a flat vector, the tree as head indices into it.

use std::sync::Arc;

use demarche_record::TextRange;

use crate::labels::{EntityKind, Relation, Upos, Xpos};

/// Index of a token in its sentence, from 0.
pub type TokenId = usize;

/// One syntactic word.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it stands in the decoded text. A contraction split in two ("don't") gives two adjoining ranges.
    pub range: TextRange,
    /// The word as written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank part of speech.
    pub xpos: Xpos,
    /// Morphological features as CoNLL-U writes them (`Number=Sing|Person=3`), `_` where there are none.
    pub features: Arc<str>,
    /// The governing token; `None` for the root.
    pub head: Option<TokenId>,
    /// Relation to the head.
    pub relation: Relation,
}

impl Token {
    /// Value of a morphological feature, such as `Number` -> `Plur`.
    pub fn feature(&self, name: &str) -> Option<&str> {
        self.features
            .split('|')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }
}

/// A named entity: tokens `first..end` of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedEntity {
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// What it names.
    pub kind: EntityKind,
}

/// One analysed sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// Where it stands in the decoded text.
    pub range: TextRange,
    /// Its words, in text order.
    pub tokens: Vec<Token>,
    /// Named entities, in text order, not overlapping.
    pub entities: Vec<NamedEntity>,
    /// For each token, its dependents in text order.
    dependents: Vec<Vec<TokenId>>,
}

impl Sentence {
    /// Whether a word is written as one token with the next, as in "don't" or "Mali's": a clitic, not a word behind a hyphen.
    pub fn joins_next(&self, at: TokenId) -> bool {
        let (Some(left), Some(right)) = (self.tokens.get(at), self.tokens.get(at + 1)) else { return false };
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let apostrophe = |c: char| matches!(c, '\'' | '\u{2019}');
        let begins = right.form.strip_prefix(apostrophe).unwrap_or(&right.form).chars().next();
        let bare = right.form.chars().all(apostrophe) && right.upos == Upos::Part;
        left.range.end == right.range.start && letter(left.form.chars().last()) && (letter(begins) || bare)
    }

    /// A sentence from its tokens and entities; builds the index of dependents.
    pub fn new(range: TextRange, tokens: Vec<Token>, entities: Vec<NamedEntity>) -> Self {
        let mut dependents = vec![Vec::new(); tokens.len()];
        for (id, token) in tokens.iter().enumerate() {
            if let Some(list) = token.head.and_then(|head| dependents.get_mut(head)) {
                list.push(id);
            }
        }
        Self { range, tokens, entities, dependents }
    }

    /// Dependents of a token, in text order.
    pub fn dependents(&self, token: TokenId) -> &[TokenId] {
        self.dependents.get(token).map_or(&[], Vec::as_slice)
    }

    /// Dependents of a token standing in the given relation.
    pub fn dependents_by(&self, token: TokenId, relation: Relation) -> impl Iterator<Item = TokenId> + '_ {
        self.dependents(token).iter().copied().filter(move |&d| self.tokens[d].relation == relation)
    }

    /// First dependent in any of the given relations.
    pub fn dependent(&self, token: TokenId, relations: &[Relation]) -> Option<TokenId> {
        self.dependents(token).iter().copied().find(|&d| relations.contains(&self.tokens[d].relation))
    }

    /// The root token, if the sentence has words.
    pub fn root(&self) -> Option<TokenId> {
        self.tokens.iter().position(|token| token.head.is_none())
    }

    /// All tokens below `token`, itself included, in text order.
    pub fn subtree(&self, token: TokenId) -> Vec<TokenId> {
        let mut out = vec![token];
        let mut next = 0;
        while let Some(&at) = out.get(next) {
            out.extend_from_slice(self.dependents(at));
            next += 1;
        }
        out.sort_unstable();
        out
    }

    /// Text range from the first to the last of the given tokens; the sentence's own range for none.
    pub fn range_of(&self, tokens: &[TokenId]) -> TextRange {
        tokens
            .iter()
            .filter_map(|&id| self.tokens.get(id))
            .map(|token| token.range)
            .reduce(TextRange::cover)
            .unwrap_or(self.range)
    }

    /// The named entity that holds the token.
    pub fn entity_at(&self, token: TokenId) -> Option<&NamedEntity> {
        self.entities.iter().find(|entity| (entity.first..entity.end).contains(&token))
    }
}
