//! Products of quantised activation rows with weight matrices of 8-bit whole numbers.
//!
//! A matrix is kept in panels of 32 outputs; within a panel, four inputs of each output stand together:
//! `[panel, input / 4, output in panel, 4]`. That is what `vpdpbusd` multiplies (four unsigned with four signed bytes
//! into one 32-bit sum). Activations carry 128 more than they mean, to be unsigned; 128 times the sum of each output's
//! weights is taken off again. Processors without it multiply 16-bit numbers (`pmaddwd` and its like): they read
//! activations widened when they were quantised, and each panel is widened once for all rows of a batch. All sums are
//! exact, so their order does not matter: below 2^31 for up to 32,768 inputs.
//!
//! Every panel passes once by all rows, in groups of rows whose sums stay in registers. Bounds, in multiplications with
//! addition a cycle: 512-bit `vpdpbusd` 64 for each unit there is (Zen 4 and Ice Lake one, Zen 5 two), 256-bit `vpmaddwd` 16,
//! 128-bit `pmaddwd` 8.

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::ops::Range;

use super::Isa;
use super::float::Quantised;
pub(super) use portable::{Lanes, STEP};

/// Outputs in one panel.
const PANEL: usize = 32;

/// Inputs a matrix may have for no sum to overflow: 32,768 x 255 x 128 < 2^31.
pub(in crate::model) const MAX_INPUTS: usize = 32_768;

/// One cache line of weights: four inputs of 16 outputs.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([i8; 64]);

/// A weight matrix with its scales and biases.
pub(in crate::model) struct Matrix {
    lines: Vec<Line>,
    /// Where sums over unsigned activations begin: -128 times the sum of each output's weights.
    start: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    outputs: usize,
}

impl Matrix {
    /// Packs a matrix `[outputs, inputs]`, rows one after another. `inputs` must be a multiple of 32, at most
    /// [`MAX_INPUTS`], and the slices must have the lengths the two numbers say.
    pub(in crate::model) fn new(weights: &[u8], scale: &[f32], bias: &[f32], outputs: usize, inputs: usize) -> Self {
        assert!(inputs.is_multiple_of(32) && inputs <= MAX_INPUTS && weights.len() == outputs * inputs);
        assert!(scale.len() == outputs && bias.len() == outputs);
        let padded = outputs.next_multiple_of(PANEL);
        let mut lines = Vec::with_capacity(padded / PANEL * (inputs / 2));
        let nothing = vec![[0; 4]; inputs / 4];
        for panel in weights.chunks(PANEL * inputs) {
            let mut rows = [nothing.as_slice(); PANEL];
            for (row, weights) in rows.iter_mut().zip(panel.chunks_exact(inputs)) {
                *row = weights.as_chunks::<4>().0;
            }
            for k in 0..inputs / 4 {
                for half in rows.as_chunks::<16>().0 {
                    let mut line = Line([0; 64]);
                    for (four, row) in line.0.as_chunks_mut::<4>().0.iter_mut().zip(half) {
                        *four = row[k].map(u8::cast_signed);
                    }
                    lines.push(line);
                }
            }
        }
        let mut start = vec![0; padded];
        for (start, row) in start.iter_mut().zip(weights.chunks_exact(inputs)) {
            // 32 of them fit 16 bits.
            let sums = row.as_chunks::<32>().0.iter().map(|some| some.iter().map(|w| i16::from(w.cast_signed())).sum());
            *start = -128 * sums.map(|sum: i16| i32::from(sum)).sum::<i32>();
        }
        let pad = |values: &[f32]| [values, &vec![0.0; padded - outputs]].concat();
        Self { lines, start, scale: pad(scale), bias: pad(bias), inputs, outputs }
    }

    /// Outputs the matrix has.
    pub(in crate::model) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Inputs the matrix takes.
    pub(in crate::model) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Outputs with padding: the distance between result rows.
    pub(in crate::model) fn stride(&self) -> usize {
        self.scale.len()
    }

    /// The panels, with what belongs to each.
    fn panels(&self) -> impl Iterator<Item = Panel<'_>> {
        let columns = self.start.as_chunks().0.iter().zip(self.scale.as_chunks().0).zip(self.bias.as_chunks().0);
        self.lines.chunks_exact(self.inputs / 2).zip(columns).map(|(lines, ((start, scale), bias))| Panel {
            lines,
            start,
            scale,
            bias,
        })
    }
}

/// 32 outputs of a matrix.
#[derive(Clone, Copy)]
struct Panel<'a> {
    /// `[inputs / 4, 2]`.
    lines: &'a [Line],
    start: &'a [i32; PANEL],
    scale: &'a [f32; PANEL],
    bias: &'a [f32; PANEL],
}

/// `out[row] = x[row] W^T + bias` for all rows of `x`; `out` becomes `[rows, W.stride()]`.
pub(in crate::model) fn multiply(isa: Isa, x: &Quantised, w: &Matrix, out: &mut Vec<f32>) {
    multiply_rows(isa, x, 0..x.rows(), w, out);
}

/// [`multiply`] for some rows of `x`, which must be within it and quantised for the same `isa`.
pub(in crate::model) fn multiply_rows(isa: Isa, x: &Quantised, rows: Range<usize>, w: &Matrix, out: &mut Vec<f32>) {
    out.resize(rows.len() * w.stride(), 0.0);
    let x = x.slice(rows, w.inputs);
    #[cfg(target_arch = "x86_64")]
    match isa.0 {
        // SAFETY: an `Isa` of this level is made only on a processor that has these instructions.
        super::Level::Avx512Vnni => return unsafe { x86::multiply_avx512_vnni(x, w, out) },
        // SAFETY: as above.
        super::Level::AvxVnni => return unsafe { x86::multiply_avx_vnni(x, w, out) },
        // SAFETY: as above.
        super::Level::Avx2 => return unsafe { x86::multiply_avx2(x, w, out) },
        super::Level::Portable => {}
    }
    let _ = isa;
    portable::multiply(x, w, out);
}

/// Quantised rows.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    /// Whole numbers with 128 added.
    pub(super) bytes: &'a [u8],
    /// The whole numbers themselves; empty for instruction sets that read bytes.
    pub(super) wide: &'a [i16],
    /// One for each row.
    pub(super) scales: &'a [f32],
}

/// Cuts `rows` into groups of at most `most`, as equal as can be: first row and number of rows of each.
fn groups(rows: usize, most: usize) -> impl Iterator<Item = (usize, usize)> + Clone {
    let count = rows.div_ceil(most);
    let bound = move |group: usize| group * rows / count;
    (0..count).map(move |group| (bound(group), bound(group + 1) - bound(group)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::float::quantise;
    use super::*;

    proptest! {
        #[test]
        fn all_instruction_sets_agree_with_the_definition(
            weights in prop::collection::vec(any::<u8>(), 45 * 64),
            x in prop::collection::vec(-5.0f32..5.0, 19 * 64),
            rows in 1usize..=19,
            outputs in 1usize..=45,
        ) {
            let (weights, x) = (&weights[..outputs * 64], &x[..rows * 64]);
            let scale: Vec<f32> = (0..outputs).map(|i| 0.01 + i as f32 / 1000.0).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| i as f32 - 3.0).collect();
            let matrix = Matrix::new(weights, &scale, &bias, outputs, 64);
            let mut q = Quantised::default();
            quantise(Isa::detect(), x, 64, &mut q);
            let numbers = q.numbers();
            let mut expected = vec![0.0; rows * matrix.stride()];
            for r in 0..rows {
                for o in 0..outputs {
                    let sum: i32 = (0..64).map(|k| i32::from(numbers[r * 64 + k]) * i32::from(weights[o * 64 + k].cast_signed())).sum();
                    expected[r * matrix.stride() + o] = sum as f32 * (q.scales()[r] * scale[o]) + bias[o];
                }
            }
            for isa in Isa::all() {
                let mut out = Vec::new();
                quantise(isa, x, 64, &mut q);
                multiply(isa, &q, &matrix, &mut out);
                prop_assert!(out.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()), "{isa:?}");
            }
        }
    }
}
