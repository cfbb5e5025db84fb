//! Scaled dot-product attention of one sentence.
//!
//! Each sum runs in the order of its index (over the columns of a head for scores, over pieces for the result); the
//! lanes hold neighbouring results. The sum of the weights runs over 16 lanes, then the tree.

use super::float::{exp, tree_sum};
use super::{Isa, LANES};

/// Columns of one attention head.
pub(in crate::model) const HEAD: usize = 32;

/// Working memory of [`attend`].
#[derive(Default)]
pub(in crate::model) struct Scratch {
    keys: Vec<f32>,
    weights: Vec<f32>,
}

#[inline(always)]
fn attend_body(q: &[f32], k: &[f32], v: &[f32], width: usize, scratch: &mut Scratch, out: &mut [f32]) {
    let pieces = k.len() / width;
    let padded = pieces.next_multiple_of(LANES);
    scratch.keys.resize(HEAD * padded, 0.0);
    scratch.weights.resize(padded, 0.0);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for at in (0..width).step_by(HEAD) {
        // Keys transposed: [column, piece], so that one step scores 16 pieces.
        for (j, row) in k.chunks_exact(width).enumerate() {
            for (d, key) in row[at..at + HEAD].iter().enumerate() {
                scratch.keys[d * padded + j] = *key;
            }
        }
        for d in 0..HEAD {
            scratch.keys[d * padded + pieces..(d + 1) * padded].fill(0.0);
        }
        for (i, row) in q.chunks_exact(width).enumerate() {
            let Some(query) = row[at..].first_chunk::<HEAD>() else { continue };
            let weights = &mut scratch.weights[..padded];
            for (block, chunk) in weights.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let mut lanes = [0.0; LANES];
                for d in 0..HEAD {
                    let start = d * padded + block * LANES;
                    let Some(keys) = scratch.keys[start..].first_chunk::<LANES>() else { continue };
                    for l in 0..LANES {
                        lanes[l] += query[d] * keys[l];
                    }
                }
                for l in 0..LANES {
                    chunk[l] = lanes[l] * scale;
                }
            }
            let total = soften(weights, pieces);
            let mut sums = [0.0; HEAD];
            for (weight, row) in weights.iter().zip(v.chunks_exact(width)) {
                let Some(value) = row[at..].first_chunk::<HEAD>() else { continue };
                for d in 0..HEAD {
                    sums[d] += weight * value[d];
                }
            }
            for (out, sum) in out[i * width + at..][..HEAD].iter_mut().zip(sums) {
                *out = sum / total;
            }
        }
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
    let largest = largest.into_iter().fold(f32::NEG_INFINITY, |m, a| if a > m { a } else { m });
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
