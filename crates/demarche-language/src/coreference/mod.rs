//! Which phrases of a text stand for one thing: mentions, and the chains they form.
//!
//! Names of one thing are joined by rule; every other mention is compared with those before it by a small trained scorer,
//! which also says how likely it speaks of something new (mention ranking: Denis and Baldridge 2008; Durrett and Klein
//! 2013). Rooms, in the order a text takes them: `detect` (phrases), `describe` (what each is by itself), `names` (rules),
//! `features` (evidence of a pair), `scorer`. Knows nothing of politics: which names are of one country it is told by the
//! [`NameFinder`].

mod describe;
mod detect;
mod examples;
mod features;
mod lexicon;
mod mention;
mod names;
mod scorer;

use crate::model::States;
use crate::placeholder::NameFinder;
use crate::sentence::Sentence;
use describe::{Description, Known};
pub use examples::CoreferenceExamples;
use features::{Between, Counts, OfMention};
use lexicon::{Gender, Lexicon};
pub use mention::{Chains, Mention, MentionId, MentionKind};
use scorer::Scorer;

/// Why the coreference model could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CoreferenceError {
    /// The word lists do not read.
    #[error("data/language/coreference.toml: {0}")]
    Table(#[from] toml::de::Error),
    /// Another kind of file.
    #[error("not a coreference model: it does not begin with DEMCOR01")]
    NotAModel,
    /// The file is shorter or longer than its own header says.
    #[error("the coreference model is cut off or has bytes too many")]
    Truncated,
    /// Trained on other features.
    #[error(
        "the coreference model has weights for {found:?} values of mentions and pairs, this program has {expected:?}; train it anew with training/coreference.py"
    )]
    Features {
        /// In the file.
        found: (usize, usize),
        /// In this program.
        expected: (usize, usize),
    },
    /// Sizes that the arithmetic cannot take.
    #[error("the coreference model has {0}, {1} and {2} columns; each must be a multiple of 16, at most 4096")]
    Sizes(usize, usize, usize),
    /// A weight that is no number.
    #[error("the coreference model holds a weight that is not finite")]
    NotFinite,
}

/// Finds chains. Cheap to share between threads.
pub struct Coreference {
    lexicon: Lexicon,
    scorer: Scorer,
}

/// A text with everything the scorer reads.
struct Text<'a> {
    sentences: &'a [Sentence],
    mentions: Vec<Mention>,
    descriptions: Vec<Description>,
    named: Vec<Option<MentionId>>,
    counts: Counts,
    /// Evidence of each mention.
    evidence: Vec<OfMention>,
}

impl<'a> Text<'a> {
    fn new(lexicon: &Lexicon, sentences: &'a [Sentence], finder: &dyn NameFinder) -> Self {
        let known = Known::new(sentences, finder);
        let mut mentions = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            detect::detect(lexicon, number, sentence, &known.names[number], &mut mentions);
        }
        let descriptions = describe::describe(lexicon, sentences, &known, &mentions);
        let named = names::join(&descriptions);
        let counts = Counts::new(&descriptions);
        let evidence = (0..mentions.len())
            .map(|id| features::of_mention(&descriptions, &counts, id, named[id].is_some()))
            .collect();
        Self { sentences, mentions, descriptions, named, counts, evidence }
    }

    /// States of the heads of all mentions, `[mentions, width]`; zeros where there are none.
    fn states(&self, states: &States, width: usize) -> Vec<f32> {
        let mut out = vec![0.0; self.mentions.len() * width];
        for (row, mention) in out.chunks_exact_mut(width).zip(&self.mentions) {
            if let Some(state) = states.word(mention.sentence, mention.head).filter(|state| state.len() == width) {
                row.copy_from_slice(state);
            }
        }
        out
    }

    /// Calls `each` with the candidates of a mention, the nearest first, and the evidence of each pair.
    fn pairs(&self, id: MentionId, mut each: impl FnMut(MentionId, &features::OfPair)) {
        let mut between = Between::default();
        for candidate in self.counts.candidates(&self.descriptions, id) {
            let pair = features::of_pair(
                self.sentences,
                &self.descriptions,
                &self.counts,
                &self.named,
                id,
                candidate,
                &mut between,
            );
            each(candidate, &pair);
        }
    }
}

impl Coreference {
    /// The word lists and weights that come with the program.
    ///
    /// # Errors
    /// Only if the program was built with a broken file.
    pub fn builtin() -> Result<Self, CoreferenceError> {
        Ok(Self { lexicon: Lexicon::builtin()?, scorer: Scorer::builtin()? })
    }

    /// With weights from the bytes of a file as `models/FORMAT.md` describes it.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CoreferenceError> {
        Ok(Self { lexicon: Lexicon::builtin()?, scorer: Scorer::read(bytes)? })
    }

    /// Mentions and chains of a text: its sentences in order, the states of their words as
    /// [`Model::parse_with_states`](crate::Model::parse_with_states) gives them, and who knows names of countries. Words
    /// without a state count as zeros. Any sentences do, trees or not.
    pub fn chains(&self, sentences: &[Sentence], states: &States, names: &dyn NameFinder) -> Chains {
        let text = Text::new(&self.lexicon, sentences, names);
        let prepared = self.scorer.prepare(&text.states(states, self.scorer.width()), &text.evidence);
        let mut antecedents: Vec<Option<MentionId>> = vec![None; text.mentions.len()];
        // The gender each chain is known to have, by its first mention.
        let mut first: Vec<MentionId> = (0..text.mentions.len()).collect();
        let mut genders: Vec<Gender> = text.descriptions.iter().map(|mention| mention.gender).collect();
        for id in 0..text.mentions.len() {
            let mut best = None;
            if let Some(name) = text.named[id] {
                best = Some(name);
            } else {
                let mut highest = self.scorer.new_score(&prepared, id);
                let gender = genders[id];
                text.pairs(id, |candidate, pair| {
                    let against = matches!(
                        (gender, genders[first[candidate]]),
                        (Gender::He, Gender::She) | (Gender::She, Gender::He)
                    );
                    let score = self.scorer.score(&prepared, id, candidate, pair);
                    if !against && score > highest {
                        (highest, best) = (score, Some(candidate));
                    }
                });
            }
            antecedents[id] = best;
            if let Some(antecedent) = best {
                first[id] = first[antecedent];
                if matches!(genders[id], Gender::He | Gender::She) {
                    genders[first[id]] = genders[id];
                }
            }
        }
        Chains::new(text.mentions, &antecedents)
    }
}
