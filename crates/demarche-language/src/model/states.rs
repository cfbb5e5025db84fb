//! The encoder's states, kept for rooms that decide by them.

use super::kernel::Isa;
use super::kernel::float::{Quantised, quantise};
use super::kernel::int8::{Matrix, multiply};

/// States of the words of some sentences, as the heads read them. A name that was hidden from the encoder has the state of
/// its placeholder at each of its words.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    width: usize,
    /// Row of each word, sentences one after another.
    rows: Vec<f32>,
    /// Words before each sentence, and all words.
    starts: Vec<usize>,
}

impl States {
    /// None yet, `width` columns wide.
    pub fn new(width: usize) -> Self {
        Self { width, rows: Vec::new(), starts: vec![0] }
    }

    /// Adds a sentence whose words have, in order, these rows of `states`.
    pub(super) fn push(&mut self, states: &[f32], rows: impl Iterator<Item = usize>) {
        for row in rows {
            self.rows.extend_from_slice(&states[row * self.width..(row + 1) * self.width]);
        }
        self.starts.push(self.rows.len() / self.width);
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// State of a word; `None` for one that is not there.
    pub fn word(&self, sentence: usize, word: usize) -> Option<&[f32]> {
        let (&start, &end) = (self.starts.get(sentence)?, self.starts.get(sentence + 1)?);
        let row = start.checked_add(word).filter(|&row| row < end)?;
        self.rows.get(row * self.width..(row + 1) * self.width)
    }

    /// The states of sentences of two texts, one after the other.
    pub fn append(&mut self, mut more: Self) {
        let words = self.starts.last().copied().unwrap_or(0);
        self.rows.append(&mut more.rows);
        self.starts.extend(more.starts.iter().skip(1).map(|start| start + words));
    }
}

/// States of all rows of some sentences as the encoder's layers of pieces leave them: the mark of the beginning, the words read, the
/// mark of the end. A name that was hidden from the encoder is one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EarlyStates {
    width: usize,
    rows: Vec<f32>,
    /// `None` for sentences of more than one window.
    sentences: Vec<Option<Rows>>,
}

/// The rows of one sentence.
#[derive(Clone, Debug, PartialEq)]
struct Rows {
    start: usize,
    end: usize,
    /// For each word of the sentence its row, counted from `start`.
    of_words: Vec<usize>,
}

impl EarlyStates {
    /// None yet, `width` columns wide.
    pub(super) fn new(width: usize) -> Self {
        Self { width, rows: Vec::new(), sentences: Vec::new() }
    }

    /// Adds a sentence of one window with its rows and the number of the word read for each of its words.
    pub(super) fn push(&mut self, rows: &[f32], read_as: impl Iterator<Item = usize>) {
        let start = self.rows.len() / self.width;
        self.rows.extend_from_slice(rows);
        let end = self.rows.len() / self.width;
        self.sentences.push(Some(Rows { start, end, of_words: read_as.map(|word| word + 1).collect() }));
    }

    /// Adds a sentence that has no rows.
    pub(super) fn push_none(&mut self) {
        self.sentences.push(None);
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows of a sentence, `[rows, width]`; `None` for one of several windows or one that is not there.
    pub fn sentence(&self, sentence: usize) -> Option<&[f32]> {
        let rows = self.sentences.get(sentence)?.as_ref()?;
        self.rows.get(rows.start * self.width..rows.end * self.width)
    }

    /// The rows of words of a sentence, counted from its first, each once and in ascending order; those that are not there
    /// are passed over.
    pub(super) fn rows_of(&self, sentence: usize, words: &[usize]) -> Vec<usize> {
        let Some(Some(rows)) = self.sentences.get(sentence) else { return Vec::new() };
        let mut out: Vec<usize> = words.iter().filter_map(|&word| rows.of_words.get(word).copied()).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// States of the words of a stretch of text as the encoder reads it: a country's name is one word.
#[derive(Clone, Debug, PartialEq)]
pub struct StretchStates {
    /// `[words read, width]`.
    pub rows: Vec<f32>,
    /// For each row the first word of the stretch that it stands for.
    pub firsts: Vec<usize>,
}

/// A matrix over states, in the model's arithmetic.
pub(crate) struct StateMap {
    isa: Isa,
    matrix: Matrix,
}

impl StateMap {
    /// From rows of 8-bit numbers with a scale each, `[outputs, inputs]`; `None` where the lengths do not fit or `inputs` is
    /// no multiple of 32.
    pub(crate) fn new(weights: &[u8], scales: &[f32], inputs: usize) -> Option<Self> {
        let fits = inputs > 0 && inputs.is_multiple_of(32) && inputs <= 4096 && weights.len() == scales.len() * inputs;
        let bias = vec![0.0; scales.len()];
        fits.then(|| Self { isa: Isa::detect(), matrix: Matrix::new(weights, scales, &bias, scales.len(), inputs) })
    }

    /// Results for all rows of `states`, one after another.
    pub(crate) fn apply(&self, states: &[f32]) -> Vec<f32> {
        let mut quantised = Quantised::default();
        quantise(self.isa, states, self.matrix.inputs(), &mut quantised);
        let mut out = Vec::new();
        multiply(self.isa, &quantised, &self.matrix, &mut out);
        let (outputs, stride) = (self.matrix.outputs(), self.matrix.stride());
        if outputs != stride {
            out = out.chunks_exact(stride).flat_map(|row| row[..outputs].iter().copied()).collect();
        }
        out
    }
}
