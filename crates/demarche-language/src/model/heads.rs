//! From word states to tags, heads and relations.
//!
//! Arcs are a biaffine score of every word with every possible head (Dozat and Manning 2017); relations are scored only
//! for the heads the tree has chosen, and the large map of a head's state only once for each word that is a head.

use super::entities::TagOrder;
use super::kernel::Isa;
use super::kernel::float::{Quantised, biased_products, gelu, products, quantise};
use super::kernel::int8::{Matrix, multiply};
use super::stages::{Clock, Stage};
use super::tree::maximum_tree;
use super::weights::{ModelError, Weights};

/// Head words whose relation maps are computed together: 32 maps of 26 KB stay in the second-level cache.
const TOGETHER: usize = 32;

/// What the heads choose for the words of one sentence, as indices into the label lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Universal part of speech.
    pub(super) upos: Vec<usize>,
    /// Penn Treebank part of speech.
    pub(super) xpos: Vec<usize>,
    /// Morphological features.
    pub(super) features: Vec<usize>,
    /// Lemma rule.
    pub(super) rules: Vec<usize>,
    /// Entity tag.
    pub(super) entities: Vec<usize>,
    /// Head of each word: 0 for the root, otherwise the word's number from 1.
    pub(super) heads: Vec<usize>,
    /// Relation to the head.
    pub(super) relations: Vec<usize>,
}

/// Lengths of the label lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// `u`, `x`, `f`, `l`, `n`.
    pub(super) tags: [usize; 5],
    /// Relations.
    pub(super) relations: usize,
    /// Index of `root` among them.
    pub(super) root: usize,
}

/// The heads' matrices.
pub(super) struct Heads {
    tags: [Matrix; 5],
    order: TagOrder,
    arc_dependent: Matrix,
    arc_head: Matrix,
    arc: Matrix,
    relation_dependent: Matrix,
    relation_head: Matrix,
    relation: Matrix,
    /// The root's state as a possible head, after `arc_head` and its activation.
    root: Vec<f32>,
    sizes: Sizes,
}

impl Heads {
    /// Takes the heads' tensors from a model file.
    pub(super) fn load(
        weights: &Weights<'_>,
        isa: Isa,
        width: usize,
        sizes: Sizes,
        order: TagOrder,
    ) -> Result<Self, ModelError> {
        let tag = |name: &str, at: usize| weights.matrix(&format!("tags.{name}"), sizes.tags[at], width);
        let arc = weights.rows("arc_dep.weight")?;
        let relation = weights.rows("rel_dep.weight")?;
        let arc_head = weights.matrix("arc_head", arc, width)?;
        let root = through(isa, &weights.floats("root", &[width])?, &arc_head);
        Ok(Self {
            tags: [tag("u", 0)?, tag("x", 1)?, tag("f", 2)?, tag("l", 3)?, tag("n", 4)?],
            order,
            arc_dependent: weights.matrix("arc_dep", arc, width)?,
            arc_head,
            arc: weights.matrix("arc_w", arc, arc)?,
            relation_dependent: weights.matrix("rel_dep", relation, width)?,
            relation_head: weights.matrix("rel_head", relation, width)?,
            relation: weights.matrix("rel_w", sizes.relations * (relation + 1), relation)?,
            root,
            sizes,
        })
    }

    /// Choices for sentences of the given numbers of words, whose states `[words, width]` follow one another.
    pub(super) fn choose(&self, isa: Isa, states: &[f32], lengths: &[usize], clock: &mut impl Clock) -> Vec<Choice> {
        let mut quantised = Quantised::default();
        quantise(isa, states, self.arc_head.inputs(), &mut quantised);
        let mut buffer = Vec::new();
        let [by_word @ .., entity] = &self.tags;
        let mut tags = by_word.iter().map(|matrix| {
            multiply(isa, &quantised, matrix, &mut buffer);
            buffer.chunks_exact(matrix.stride()).map(|row| largest(&row[..matrix.outputs()])).collect::<Vec<_>>()
        });
        let mut next = || tags.next().unwrap_or_default().into_iter();
        let (mut upos, mut xpos, mut features, mut rules) = (next(), next(), next(), next());
        let mut entities = Vec::new();
        multiply(isa, &quantised, entity, &mut buffer);
        for row in buffer.chunks_exact(entity.stride()) {
            entities.extend_from_slice(&row[..entity.outputs()]);
        }

        let activated = |matrix: &Matrix| {
            let mut out = Vec::new();
            multiply(isa, &quantised, matrix, &mut out);
            gelu(isa, &mut out);
            out
        };
        let (dependents, heads) = (activated(&self.arc_dependent), activated(&self.arc_head));
        let mut arcs = Vec::new();
        let mut quantised_arcs = Quantised::default();
        quantise(isa, &dependents, self.arc.inputs(), &mut quantised_arcs);
        multiply(isa, &quantised_arcs, &self.arc, &mut arcs);
        let (dependents, states) = (activated(&self.relation_dependent), activated(&self.relation_head));

        let width = self.arc.inputs();
        let mut start = 0;
        let mut out = Vec::with_capacity(lengths.len());
        for &words in lengths {
            let rows = start..start + words;
            let columns = rows.start * width..rows.end * width;
            let scores = self.arc_scores(isa, &arcs[columns.clone()], &heads[columns]);
            clock.lap(Stage::Heads);
            let heads = maximum_tree(&scores, words);
            clock.lap(Stage::Trees);
            out.push(Choice {
                upos: upos.by_ref().take(words).collect(),
                xpos: xpos.by_ref().take(words).collect(),
                features: features.by_ref().take(words).collect(),
                rules: rules.by_ref().take(words).collect(),
                entities: self.order.best(&entities[rows.start * entity.outputs()..rows.end * entity.outputs()]),
                relations: Vec::new(),
                heads,
            });
            start += words;
        }
        self.relate(isa, &dependents, &states, &mut out);
        clock.lap(Stage::Relations);
        out
    }

    /// Scores `[words, words + 1]` of all arcs of one sentence.
    fn arc_scores(&self, isa: Isa, dependents: &[f32], heads: &[f32]) -> Vec<f32> {
        let width = self.arc.inputs();
        let candidates = [self.root.as_slice(), heads].concat();
        let mut scores = vec![0.0; (dependents.len() / width) * (candidates.len() / width)];
        products(isa, dependents, &candidates, width, &mut scores);
        scores
    }

    /// Relations of all words to their heads; `root` for the child of the root and for no other.
    fn relate(&self, isa: Isa, dependents: &[f32], states: &[f32], choices: &mut [Choice]) {
        let width = self.relation.inputs();
        // All words that are heads, each with its dependents: (word, its dependents) over all sentences.
        let mut wanted: Vec<Vec<(usize, usize)>> = vec![Vec::new(); dependents.len() / width];
        let mut start = 0;
        for (sentence, choice) in choices.iter_mut().enumerate() {
            choice.relations = vec![self.sizes.root; choice.heads.len()];
            for (word, &head) in choice.heads.iter().enumerate().filter(|(_, head)| **head > 0) {
                wanted[start + head - 1].push((sentence, start + word));
            }
            start += choice.heads.len();
        }
        let starts: Vec<usize> = choices
            .iter()
            .scan(0, |at, choice| {
                let start = *at;
                *at += choice.heads.len();
                Some(start)
            })
            .collect();
        let heads: Vec<usize> = (0..wanted.len()).filter(|&word| !wanted[word].is_empty()).collect();
        let (mut gathered, mut maps, mut quantised) = (Vec::new(), Vec::new(), Quantised::default());
        let mut scores = vec![0.0; self.sizes.relations];
        for heads in heads.chunks(TOGETHER) {
            gathered.clear();
            for &head in heads {
                gathered.extend_from_slice(&states[head * width..(head + 1) * width]);
            }
            quantise(isa, &gathered, width, &mut quantised);
            multiply(isa, &quantised, &self.relation, &mut maps);
            for (map, &head) in maps.chunks_exact(self.relation.stride()).zip(heads) {
                for &(sentence, word) in &wanted[head] {
                    let dependent = &dependents[word * width..(word + 1) * width];
                    biased_products(isa, dependent, &map[..scores.len() * (width + 1)], &mut scores);
                    scores[self.sizes.root] = f32::NEG_INFINITY;
                    choices[sentence].relations[word - starts[sentence]] = largest(&scores);
                }
            }
        }
    }
}

/// A state through a matrix and the activation.
fn through(isa: Isa, state: &[f32], matrix: &Matrix) -> Vec<f32> {
    let (mut quantised, mut out) = (Quantised::default(), Vec::new());
    quantise(isa, state, matrix.inputs(), &mut quantised);
    multiply(isa, &quantised, matrix, &mut out);
    gelu(isa, &mut out);
    out
}

/// Index of the largest score, the first of equals.
fn largest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (at, &score) in scores.iter().enumerate().skip(1) {
        if score > scores[best] {
            best = at;
        }
    }
    best
}
