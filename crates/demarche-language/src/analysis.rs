//! What the analysis of a text passes between its steps.

use std::sync::Arc;

use demarche_record::TextRange;

use crate::labels::{EntityKind, Relation, Upos, Xpos};
use crate::sentence::{Sentence, Token, TokenId};

/// A sentence as segmentation leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segmented {
    /// Where it stands in the decoded text.
    pub range: TextRange,
    /// Its syntactic words, in text order.
    pub words: Vec<Word>,
}

impl Segmented {
    /// The sentence with nothing said of its words, for texts that need no analysis: every word is its own lemma, of no part of
    /// speech, and depends on the first.
    pub fn unread(&self) -> Sentence {
        let token = |(at, word): (usize, &Word)| Token {
            range: word.range,
            form: word.form.clone(),
            lemma: word.form.to_lowercase(),
            upos: Upos::X,
            xpos: Xpos::Fw,
            features: Arc::from("_"),
            head: (at > 0).then_some(0),
            relation: if at > 0 { Relation::Dep } else { Relation::Root },
        };
        Sentence::new(self.range, self.words.iter().enumerate().map(token).collect(), Vec::new())
    }
}

/// One syntactic word as segmentation leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the decoded text.
    pub range: TextRange,
    /// As written, without soft hyphens and zero-width characters.
    pub form: String,
}

/// What the model says of one word, before it is put on the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank part of speech.
    pub xpos: Xpos,
    /// Morphological features.
    pub features: Arc<str>,
    /// The governing word; `None` for the root.
    pub head: Option<TokenId>,
    /// Relation to it.
    pub relation: Relation,
    /// Place in a named entity.
    pub entity: Bio,
}

/// Where a word stands in a named entity (the BIO scheme).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bio {
    /// In none.
    Outside,
    /// First word of one.
    Begin(EntityKind),
    /// Further word of one.
    Inside(EntityKind),
}
