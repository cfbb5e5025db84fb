//! Scaled dot-product attention of one sentence.
//!
//! Each sum runs in the order of its index (over the columns of a head for scores, over pieces for the result); the
//! lanes hold neighbouring results. The sum of the weights runs over 16 lanes, then the tree.

use super::float::{exp, tree_max, tree_sum};
use super::{Isa, LANES};

/// Columns of one attention head.
pub(in crate::model) const HEAD: usize = 32;

/// Rows of queries that go together.
const ROWS: usize = 4;

/// 16 numbers in a cache line of their own: a register loaded across two lines takes twice as long.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([f32; LANES]);

/// Working memory of [`attend`], for one head.
#[derive(Default)]
pub(in crate::model) struct Scratch {
    /// `[piece / 16, column, piece % 16]`, so that one step scores 16 pieces; zeros beyond the pieces.
    keys: Vec<Line>,
    /// `[column / 16, piece, column % 16]`.
    values: Vec<Line>,
    /// `[row, piece]`.
    weights: Vec<f32>,
}

#[inline(always)]
fn attend_body(q: &[f32], k: &[f32], v: &[f32], width: usize, scratch: &mut Scratch, out: &mut [f32]) {
    let (rows, pieces) = (q.len() / width, k.len() / width);
    scratch.resize(pieces);
    for at in (0..width).step_by(HEAD) {
        scratch.gather(k, v, width, at);
        for first in (0..rows).step_by(ROWS) {
            // A last group that is short takes its last row again.
            let starts = std::array::from_fn(|r| (first + r).min(rows - 1) * width + at);
            scratch.rows_of_head(starts, q, pieces, out);
        }
    }
}

impl Scratch {
    #[inline(always)]
    fn resize(&mut self, pieces: usize) {
        let padded = pieces.next_multiple_of(LANES);
        self.keys.resize(padded / LANES * HEAD, Line([0.0; LANES]));
        self.values.resize(pieces * (HEAD / LANES), Line([0.0; LANES]));
        self.weights.resize(ROWS * padded, 0.0);
    }

    /// Takes keys and values of the head from column `at`.
    #[inline(always)]
    fn gather(&mut self, k: &[f32], v: &[f32], width: usize, at: usize) {
        for (rows, block) in k.chunks(LANES * width).zip(self.keys.as_chunks_mut::<HEAD>().0) {
            for (j, row) in rows.chunks_exact(width).enumerate() {
                let Some(row) = row[at..].first_chunk::<HEAD>() else { continue };
                for d in 0..HEAD {
                    block[d].0[j] = row[d];
                }
            }
        }
        let half = self.values.len() / (HEAD / LANES);
        for (column, values) in self.values.chunks_exact_mut(half).enumerate() {
            for (row, values) in v.chunks_exact(width).zip(values) {
                if let Some(row) = row[at + column * LANES..].first_chunk() {
                    values.0 = *row;
                }
            }
        }
    }

    /// Queries of the head at hand, which begin at `starts`, with all keys and values; results go to the same places.
    #[inline(always)]
    fn rows_of_head(&mut self, starts: [usize; ROWS], q: &[f32], pieces: usize, out: &mut [f32]) {
        let padded = pieces.next_multiple_of(LANES);
        let scale = 1.0 / (HEAD as f32).sqrt();
        let q = starts.map(|start| &q[start..start + HEAD]);
        for (block, keys) in self.keys.as_chunks::<HEAD>().0.iter().enumerate() {
            let scores = mix(q, keys);
            for (weights, scores) in self.weights.chunks_exact_mut(padded).zip(scores) {
                let Some(weights) = weights[block * LANES..].first_chunk_mut::<LANES>() else { continue };
                for l in 0..LANES {
                    weights[l] = scores[l] * scale;
                }
            }
        }
        let mut inverse = [0.0; ROWS];
        for (weights, inverse) in self.weights.chunks_exact_mut(padded).zip(&mut inverse) {
            *inverse = 1.0 / soften(weights, pieces);
        }
        let weights: [&[f32]; ROWS] = std::array::from_fn(|r| &self.weights[r * padded..][..pieces]);
        for (column, values) in self.values.chunks_exact(pieces).enumerate() {
            let sums = mix(weights, values);
            for r in 0..ROWS {
                let Some(out) = out[starts[r] + column * LANES..].first_chunk_mut::<LANES>() else { continue };
                for l in 0..LANES {
                    out[l] = sums[r][l] * inverse[r];
                }
            }
        }
    }
}

/// `sum a[r][s] b[s]` over the steps `s`, in their order. Written out for the four rows: of a loop over them compilers
/// make vectors across rows, which is slow.
#[inline(always)]
fn mix([a0, a1, a2, a3]: [&[f32]; ROWS], b: &[Line]) -> [[f32; LANES]; ROWS] {
    let zero = [0.0; LANES];
    let (mut s0, mut s1, mut s2, mut s3) = (zero, zero, zero, zero);
    for ((((b, a0), a1), a2), a3) in b.iter().zip(a0).zip(a1).zip(a2).zip(a3) {
        add(&mut s0, *a0, b);
        add(&mut s1, *a1, b);
        add(&mut s2, *a2, b);
        add(&mut s3, *a3, b);
    }
    [s0, s1, s2, s3]
}

/// `sums += a b`.
#[inline(always)]
fn add(sums: &mut [f32; LANES], a: f32, b: &Line) {
    for l in 0..LANES {
        sums[l] += a * b.0[l];
    }
}

/// Turns scores into `e^(score - largest)`, 0 from `count` on, and gives their sum.
#[inline(always)]
fn soften(weights: &mut [f32], count: usize) -> f32 {
    weights[count..].fill(f32::NEG_INFINITY);
    let mut largest = [f32::NEG_INFINITY; LANES];
    for chunk in weights.as_chunks::<LANES>().0 {
        for l in 0..LANES {
            largest[l] = if chunk[l] > largest[l] { chunk[l] } else { largest[l] };
        }
    }
    let largest = tree_max(largest);
    for weight in &mut *weights {
        *weight = exp(*weight - largest);
    }
    weights[count..].fill(0.0);
    let mut lanes = [0.0; LANES];
    for chunk in weights.as_chunks::<LANES>().0 {
        for l in 0..LANES {
            lanes[l] += chunk[l];
        }
    }
    tree_sum(lanes)
}

dispatch! {
    /// Attention over the pieces of one window: `k` and `v` are `[pieces, width]`, `q` and `out` `[rows, width]`, heads of
    /// 32 columns.
    fn attend(q: &[f32], k: &[f32], v: &[f32], width: usize, scratch: &mut Scratch, out: &mut [f32]) = attend_body;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_the_definition_on_all_instruction_sets(x in prop::collection::vec(-4.0f32..4.0, 3 * 19 * 64), pieces in 1usize..=19) {
            let n = pieces * 64;
            let (q, k, v) = (&x[..n], &x[n..2 * n], &x[2 * n..3 * n]);
            let results: Vec<Vec<f32>> = Isa::all()
                .into_iter()
                .map(|isa| {
                    let mut out = vec![0.0; n];
                    attend(isa, q, k, v, 64, &mut Scratch::default(), &mut out);
                    out
                })
                .collect();
            for other in &results[1..] {
                prop_assert!(results[0].iter().zip(other).all(|(a, b)| a.to_bits() == b.to_bits()));
            }
            for i in 0..pieces {
                for at in [0, 32] {
                    let score = |j: usize| (0..32).map(|d| f64::from(q[i * 64 + at + d]) * f64::from(k[j * 64 + at + d])).sum::<f64>() / 32f64.sqrt();
                    let largest = (0..pieces).map(score).fold(f64::NEG_INFINITY, f64::max);
                    let total: f64 = (0..pieces).map(|j| (score(j) - largest).exp()).sum();
                    for d in 0..32 {
                        let exact: f64 = (0..pieces).map(|j| (score(j) - largest).exp() / total * f64::from(v[j * 64 + at + d])).sum();
                        prop_assert!((f64::from(results[0][i * 64 + at + d]) - exact).abs() < 1e-4);
                    }
                }
            }
        }
    }
}
