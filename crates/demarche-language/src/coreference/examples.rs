//! What the scorer is trained on: the very evidence it decides by, written out.

use super::features::{MENTION_SLOTS, MENTION_VALUES, PAIR_SLOTS, PAIR_VALUES};
use super::lexicon::Lexicon;
use super::mention::Mention;
use super::{CoreferenceError, Text};
use crate::model::States;
use crate::placeholder::NameFinder;
use crate::sentence::Sentence;

/// The evidence of one text, for `training/coreference.py`.
#[derive(Debug)]
pub struct CoreferenceExamples {
    /// Mentions in text order.
    pub mentions: Vec<Mention>,
    /// For each the earlier mention that a rule joins it to.
    pub named: Vec<Option<usize>>,
    /// For each mention [`CoreferenceExamples::MENTION_SLOTS`] values.
    pub of_mentions: Vec<u16>,
    /// Pairs of a mention and an earlier one: the candidates of each mention follow one another, the nearest first.
    pub pairs: Vec<(usize, usize)>,
    /// For each pair [`CoreferenceExamples::PAIR_SLOTS`] values.
    pub of_pairs: Vec<u16>,
    /// For each mention its head's state.
    pub states: Vec<f32>,
}

impl CoreferenceExamples {
    /// Values a mention has.
    pub const MENTION_SLOTS: usize = MENTION_SLOTS;
    /// Values a pair has.
    pub const PAIR_SLOTS: usize = PAIR_SLOTS;
    /// Different values of mentions.
    pub const MENTION_VALUES: usize = MENTION_VALUES;
    /// Different values of pairs.
    pub const PAIR_VALUES: usize = PAIR_VALUES;

    /// The evidence of a text; arguments as of [`Coreference::chains`](super::Coreference::chains).
    ///
    /// # Errors
    /// Only if the program was built with broken word lists.
    pub fn new(sentences: &[Sentence], states: &States, names: &dyn NameFinder) -> Result<Self, CoreferenceError> {
        let text = Text::new(&Lexicon::builtin()?, sentences, names);
        let (mut pairs, mut of_pairs) = (Vec::new(), Vec::new());
        for id in 0..text.mentions.len() {
            text.pairs(id, |candidate, pair| {
                pairs.push((id, candidate));
                of_pairs.extend_from_slice(pair);
            });
        }
        let states = text.states(states, states.width());
        Ok(Self {
            named: text.named,
            of_mentions: text.evidence.concat(),
            mentions: text.mentions,
            pairs,
            of_pairs,
            states,
        })
    }
}
