//! The learned scores: how likely a mention stands for the same as an earlier one, and how likely for something new.
//!
//! File layout (`models/coreference.bin`): see `models/FORMAT.md`. Every sum runs in one order (products over 16 lanes,
//! the rest element by element), so every machine decides alike.

#![allow(clippy::needless_range_loop)] // plain loops over lanes are what the compiler turns into vectors

use super::CoreferenceError;
use super::features::{MENTION_VALUES, OfMention, OfPair, PAIR_VALUES};
use crate::model::StateMap;

const BUILTIN: &[u8] = include_bytes!("../../../../models/coreference.bin");
const MAGIC: &[u8; 8] = b"DEMCOR01";

/// Rows of whole numbers with a scale each, as floats.
struct Matrix {
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    fn row(&self, row: u16) -> &[f32] {
        let start = usize::from(row) * self.columns;
        &self.values[start..start + self.columns]
    }
}

/// The weights.
pub(super) struct Scorer {
    width: usize,
    hidden: usize,
    product: usize,
    /// `[3 hidden + 2 product, width]`: of the later mention, of the earlier, of a new one; factors of the later, of the earlier.
    states: StateMap,
    /// `[mention values, 3 hidden]`: of the later mention, of the earlier, of a new one.
    mentions: Matrix,
    /// `[pair values, hidden]`.
    pairs: Matrix,
    bias: Vec<f32>,
    new_bias: Vec<f32>,
    out: Vec<f32>,
    new_out: Vec<f32>,
    /// Added to the score of a new thing.
    threshold: f32,
}

/// What is computed once for each mention.
pub(super) struct Prepared {
    columns: usize,
    hidden: usize,
    product: usize,
    values: Vec<f32>,
}

impl Prepared {
    fn row(&self, mention: usize) -> &[f32] {
        &self.values[mention * self.columns..(mention + 1) * self.columns]
    }

    /// The parts of a mention's row: later, earlier, new, left, right.
    fn parts(&self, mention: usize) -> [&[f32]; 5] {
        let row = self.row(mention);
        let (later, rest) = row.split_at(self.hidden);
        let (earlier, rest) = rest.split_at(self.hidden);
        let (new, rest) = rest.split_at(self.hidden);
        let (left, right) = rest.split_at(self.product);
        [later, earlier, new, left, right]
    }
}

/// Reads a file from its front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], CoreferenceError> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(CoreferenceError::Truncated)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<usize, CoreferenceError> {
        let bytes = self.bytes(4)?;
        Ok(bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte)))
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, CoreferenceError> {
        let bytes = self.bytes(count.saturating_mul(4))?;
        let floats: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        if floats.iter().all(|value| value.is_finite()) { Ok(floats) } else { Err(CoreferenceError::NotFinite) }
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Result<Matrix, CoreferenceError> {
        let scales = self.floats(rows)?;
        let bytes = self.bytes(rows.saturating_mul(columns))?;
        let row = |(bytes, scale): (&'a [u8], f32)| bytes.iter().map(move |byte| f32::from(byte.cast_signed()) * scale);
        let values = bytes.chunks_exact(columns.max(1)).zip(scales).flat_map(row).collect();
        Ok(Matrix { columns, values })
    }
}

impl Scorer {
    /// The weights built into the program.
    pub(super) fn builtin() -> Result<Self, CoreferenceError> {
        Self::read(BUILTIN)
    }

    /// Reads a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, CoreferenceError> {
        let mut reader = Reader(bytes);
        if reader.bytes(MAGIC.len())? != MAGIC {
            return Err(CoreferenceError::NotAModel);
        }
        let (width, hidden, product) = (reader.number()?, reader.number()?, reader.number()?);
        let found = (reader.number()?, reader.number()?);
        if found != (MENTION_VALUES, PAIR_VALUES) {
            return Err(CoreferenceError::Features { found, expected: (MENTION_VALUES, PAIR_VALUES) });
        }
        // Rows are summed in blocks of 16 columns.
        let whole = |size: usize| size > 0 && size.is_multiple_of(16) && size <= 4096;
        if !(whole(width) && whole(hidden) && whole(product)) {
            return Err(CoreferenceError::Sizes(width, hidden, product));
        }
        let scales = reader.floats(3 * hidden + 2 * product)?;
        let bytes = reader.bytes(scales.len() * width)?;
        let states = StateMap::new(bytes, &scales, width).ok_or(CoreferenceError::Sizes(width, hidden, product))?;
        let scorer = Self {
            width,
            hidden,
            product,
            states,
            mentions: reader.matrix(MENTION_VALUES, 3 * hidden)?,
            pairs: reader.matrix(PAIR_VALUES, hidden)?,
            bias: reader.floats(hidden)?,
            new_bias: reader.floats(hidden)?,
            out: reader.floats(hidden)?,
            new_out: reader.floats(hidden)?,
            threshold: reader.floats(1)?.into_iter().sum(),
        };
        if reader.0.is_empty() { Ok(scorer) } else { Err(CoreferenceError::Truncated) }
    }

    /// Columns of the states the weights were trained on.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// What depends on one mention alone: `states` are `[mentions, width]`.
    pub(super) fn prepare(&self, states: &[f32], mentions: &[OfMention]) -> Prepared {
        let (hidden, product) = (self.hidden, self.product);
        let columns = 3 * hidden + 2 * product;
        let mut values = self.states.apply(states);
        for (row, mention) in values.chunks_exact_mut(columns).zip(mentions) {
            for &value in mention {
                add(&mut row[..3 * hidden], self.mentions.row(value));
            }
            add(&mut row[..hidden], &self.bias);
            add(&mut row[2 * hidden..3 * hidden], &self.new_bias);
        }
        Prepared { columns, hidden, product, values }
    }

    /// How likely a mention stands for something new.
    pub(super) fn new_score(&self, prepared: &Prepared, mention: usize) -> f32 {
        let [_, _, new, ..] = prepared.parts(mention);
        rectified(new, &self.new_out) + self.threshold
    }

    /// How likely `later` stands for the same as `earlier`.
    pub(super) fn score(&self, prepared: &Prepared, later: usize, earlier: usize, pair: &OfPair) -> f32 {
        let [mine, _, _, left, _] = prepared.parts(later);
        let [_, theirs, _, _, right] = prepared.parts(earlier);
        let rows = pair.map(|value| self.pairs.row(value));
        let mut lanes = [0.0f32; LANES];
        // Block by block, so that the sums of a block stay in registers.
        for at in (0..self.hidden).step_by(LANES) {
            let mut sum = [0.0f32; LANES];
            let block = |row: &[f32]| -> [f32; LANES] { row[at..].first_chunk().copied().unwrap_or_default() };
            let (mine, theirs, out) = (block(mine), block(theirs), block(&self.out));
            for lane in 0..LANES {
                sum[lane] = mine[lane] + theirs[lane];
            }
            for row in rows {
                let row = block(row);
                for lane in 0..LANES {
                    sum[lane] += row[lane];
                }
            }
            for lane in 0..LANES {
                let positive = if sum[lane] > 0.0 { sum[lane] } else { 0.0 };
                lanes[lane] += positive * out[lane];
            }
        }
        in_order(lanes) + dot(left, right)
    }
}

/// Elements summed side by side.
const LANES: usize = 16;

fn in_order(lanes: [f32; LANES]) -> f32 {
    lanes.iter().fold(0.0, |sum, lane| sum + lane)
}

fn add(to: &mut [f32], more: &[f32]) {
    for (to, more) in to.iter_mut().zip(more) {
        *to += more;
    }
}

/// Sum of products, element `i` into lane `i mod 16`, lanes added in order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    in_order(lanes)
}

/// [`dot`] of the positive elements of `a`.
fn rectified(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            let positive = if a[lane] > 0.0 { a[lane] } else { 0.0 };
            lanes[lane] += positive * b[lane];
        }
    }
    in_order(lanes)
}
