//! Products of quantised activation rows with weight matrices of 8-bit whole numbers.
//!
//! A matrix is kept in panels of 32 outputs; within a panel, four inputs of each output stand together:
//! `[panel, input / 4, output in panel, 4]`. That is what `vpdpbusd` multiplies (four unsigned with four signed bytes
//! into one 32-bit sum), and what AVX2 does after widening to 16 bits. Activations carry 128 more than they mean, to be
//! unsigned; 128 times the sum of each output's weights is taken off again. All sums are exact: below
//! 2^31 for up to 32,768 inputs.
//!
//! Bound on Zen 4: one 512-bit `vpdpbusd` a cycle, 64 multiply-adds. Each panel (12 KB for 384 inputs) stays in the
//! first-level cache while all rows pass by it, eight rows at a time in registers.

use super::Isa;
use super::float::Quantised;

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
    /// 128 times the sum of each output's weights.
    excess: Vec<i32>,
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
        let (panel_lines, mut excess) = (inputs / 4 * 2, vec![0; padded]);
        let mut lines = vec![Line([0; 64]); padded / PANEL * panel_lines];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let (panel, lane) = (output / PANEL, output % PANEL);
            let lines = &mut lines[panel * panel_lines..][..panel_lines];
            let column = lane % 16 * 4;
            for (four, line) in row.as_chunks::<4>().0.iter().zip(lines[lane / 16..].iter_mut().step_by(2)) {
                line.0[column..column + 4].copy_from_slice(&four.map(u8::cast_signed));
            }
            excess[output] = 128 * row.iter().map(|w| i32::from(w.cast_signed())).sum::<i32>();
        }
        let pad = |values: &[f32]| [values, &vec![0.0; padded - outputs]].concat();
        Self { lines, excess, scale: pad(scale), bias: pad(bias), inputs, outputs }
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
}

/// `out[row] = x[row] W^T + bias` for all rows of `x`; `out` becomes `[rows, W.stride()]`.
pub(in crate::model) fn multiply(isa: Isa, x: &Quantised, w: &Matrix, out: &mut Vec<f32>) {
    let stride = w.stride();
    out.resize(x.rows() * stride, 0.0);
    assert_eq!(x.bytes.len(), x.rows() * w.inputs);
    #[cfg(target_arch = "x86_64")]
    match isa.0 {
        // SAFETY: an `Isa` of this level is made only on a processor that has these instructions.
        super::Level::Avx512Vnni => return unsafe { x86::multiply_vnni(x, w, out) },
        // SAFETY: as above.
        super::Level::Avx2 => return unsafe { x86::multiply_avx2(x, w, out) },
        super::Level::Portable => {}
    }
    let _ = isa;
    multiply_portable(x, w, out);
}

/// Sums of `M` rows with one panel.
type Sums<const M: usize> = [[i32; PANEL]; M];

/// From whole-number sums to results.
#[inline(always)]
fn finish<const M: usize>(sums: &Sums<M>, x: &Quantised, w: &Matrix, row: usize, panel: usize, out: &mut [f32]) {
    let at = panel * PANEL;
    let columns = w.excess[at..].first_chunk::<PANEL>();
    let (Some(excess), Some(scale), Some(bias)) =
        (columns, w.scale[at..].first_chunk::<PANEL>(), w.bias[at..].first_chunk::<PANEL>())
    else {
        return;
    };
    for (m, sums) in sums.iter().enumerate() {
        let row_scale = x.scales[row + m];
        let Some(out) = out[(row + m) * w.stride() + at..].first_chunk_mut::<PANEL>() else { continue };
        for l in 0..PANEL {
            out[l] = (sums[l] - excess[l]) as f32 * (row_scale * scale[l]) + bias[l];
        }
    }
}

/// Plain loops, row by row, four outputs at a time. Each four inputs are repeated for the four outputs, and the four
/// products of an output are added up at the end, so that all lanes of a register do the same.
fn multiply_portable(x: &Quantised, w: &Matrix, out: &mut [f32]) {
    let mut repeated: Vec<[i16; 16]> = Vec::new();
    for (row, bytes) in x.bytes.chunks_exact(w.inputs).enumerate() {
        repeated.clear();
        repeated.extend(bytes.as_chunks::<4>().0.iter().map(|four| std::array::from_fn(|i| i16::from(four[i % 4]))));
        for (panel, lines) in w.lines.chunks_exact(w.inputs / 2).enumerate() {
            let mut sums = [[0; PANEL]; 1];
            for (four, sums) in sums[0].as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let products = products_of_four(&repeated, lines.get(four / 4..).unwrap_or_default(), four % 4 * 16);
                *sums = std::array::from_fn(|i| products[i * 4..i * 4 + 4].iter().sum());
            }
            finish(&sums, x, w, row, panel, out);
        }
    }
}

/// Sums of products of inputs with 16 weights from `at` in every second line.
fn products_of_four(x: &[[i16; 16]], lines: &[Line], at: usize) -> [i32; 16] {
    let mut sums = [0; 16];
    for (x, line) in x.iter().zip(lines.iter().step_by(2)) {
        let Some(w) = line.0[at..].first_chunk::<16>() else { continue };
        for i in 0..16 {
            sums[i] += i32::from(w[i]) * i32::from(x[i]);
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _mm_loadu_si32, _mm_loadu_si128, _mm_shuffle_epi32, _mm256_add_epi32, _mm256_cvtepi8_epi16,
        _mm256_cvtepu8_epi16, _mm256_hadd_epi32, _mm256_madd_epi16, _mm256_permute4x64_epi64, _mm256_setzero_si256,
        _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_set1_epi32, _mm512_setzero_si512,
        _mm512_storeu_si512,
    };

    use super::{Line, Matrix, PANEL, Quantised, Sums, finish};

    /// Rows of activations that go together: 16 sums, 2 registers of weights and one of activations fit the 32 there are.
    const ROWS: usize = 8;

    #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    pub(super) fn multiply_vnni(x: &Quantised, w: &Matrix, out: &mut [f32]) {
        over_blocks(x, w, out, |x, lines| vnni::<1>(x, lines), |x, lines| vnni::<ROWS>(x, lines));
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply_avx2(x: &Quantised, w: &Matrix, out: &mut [f32]) {
        over_blocks(x, w, out, |x, lines| avx2::<1>(x, lines), |x, lines| avx2::<4>(x, lines));
    }

    /// Walks over panels, then groups of `M` rows, then single rows that are left.
    #[inline(always)]
    fn over_blocks<const M: usize>(
        x: &Quantised,
        w: &Matrix,
        out: &mut [f32],
        one: impl Fn(&[u8], &[Line]) -> Sums<1>,
        many: impl Fn(&[u8], &[Line]) -> Sums<M>,
    ) {
        let full = x.rows() / M * M;
        for (panel, lines) in w.lines.chunks_exact(w.inputs / 2).enumerate() {
            for row in (0..full).step_by(M) {
                let sums = many(&x.bytes[row * w.inputs..][..M * w.inputs], lines);
                finish(&sums, x, w, row, panel, out);
            }
            for row in full..x.rows() {
                let sums = one(&x.bytes[row * w.inputs..][..w.inputs], lines);
                finish(&sums, x, w, row, panel, out);
            }
        }
    }

    /// Two registers of weights against `M` rows: `2 M` sums of 16 lanes.
    #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    fn vnni<const M: usize>(x: &[u8], lines: &[Line]) -> Sums<M> {
        let inputs = x.len() / M;
        assert!(x.len() == inputs * M && lines.len() == inputs / 2 && inputs.is_multiple_of(4));
        let mut sums = [[_mm512_setzero_si512(); 2]; M];
        for (k, pair) in lines.as_chunks::<2>().0.iter().enumerate() {
            // SAFETY: a `Line` is 64 aligned bytes.
            let w =
                unsafe { [_mm512_load_si512(pair[0].0.as_ptr().cast()), _mm512_load_si512(pair[1].0.as_ptr().cast())] };
            for (m, sums) in sums.iter_mut().enumerate() {
                // SAFETY: k < inputs / 4 and m < M, so the four bytes lie within `x`, as asserted.
                let four = unsafe { x.as_ptr().add(m * inputs + k * 4).cast::<i32>().read_unaligned() };
                let four = _mm512_set1_epi32(four);
                sums[0] = _mm512_dpbusd_epi32(sums[0], four, w[0]);
                sums[1] = _mm512_dpbusd_epi32(sums[1], four, w[1]);
            }
        }
        let mut out = [[0; PANEL]; M];
        for (out, sums) in out.iter_mut().zip(sums) {
            // SAFETY: each half of `out` holds 16 numbers of 32 bits.
            unsafe {
                _mm512_storeu_si512(out.as_mut_ptr().cast(), sums[0]);
                _mm512_storeu_si512(out.as_mut_ptr().add(16).cast(), sums[1]);
            }
        }
        out
    }

    /// Eight outputs at a time against `M` rows, weights and activations widened to 16 bits; each sum in two halves.
    #[target_feature(enable = "avx2")]
    fn avx2<const M: usize>(x: &[u8], lines: &[Line]) -> Sums<M> {
        let inputs = x.len() / M;
        assert!(x.len() == inputs * M && lines.len() == inputs / 2 && inputs.is_multiple_of(4));
        let mut out = [[0; PANEL]; M];
        for eight in 0..PANEL / 8 {
            let mut sums = [[_mm256_setzero_si256(); 2]; M];
            for k in 0..inputs / 4 {
                let line = &lines[k * 2 + eight / 2].0;
                let at = eight % 2 * 32;
                // SAFETY: 32 bytes from `at`, 0 or 32, lie within the line's 64.
                let w = unsafe {
                    let start = line.as_ptr().add(at);
                    [_mm_loadu_si128(start.cast()), _mm_loadu_si128(start.add(16).cast())]
                };
                let w = w.map(|w| _mm256_cvtepi8_epi16(w));
                for (m, sums) in sums.iter_mut().enumerate() {
                    // SAFETY: k < inputs / 4 and m < M, so the four bytes lie within `x`, as asserted.
                    let four = unsafe { _mm_loadu_si32(x.as_ptr().add(m * inputs + k * 4)) };
                    let four = _mm256_cvtepu8_epi16(_mm_shuffle_epi32::<0>(four));
                    sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(four, w[0]));
                    sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(four, w[1]));
                }
            }
            for (out, sums) in out.iter_mut().zip(sums) {
                // Pairs added within 128-bit halves come out as outputs 0 1 4 5 2 3 6 7.
                let eights = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(sums[0], sums[1]));
                // SAFETY: eight numbers from 8 * eight lie within the 32 of `out`.
                unsafe { _mm256_storeu_si256(out.as_mut_ptr().add(eight * 8).cast(), eights) };
            }
        }
        out
    }
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
            let mut expected = vec![0.0; rows * matrix.stride()];
            for r in 0..rows {
                for o in 0..outputs {
                    let sum: i32 = (0..64).map(|k| (i32::from(q.bytes[r * 64 + k]) - 128) * i32::from(weights[o * 64 + k].cast_signed())).sum();
                    expected[r * matrix.stride() + o] = sum as f32 * (q.scales[r] * scale[o]) + bias[o];
                }
            }
            for isa in Isa::all() {
                let mut out = Vec::new();
                multiply(isa, &q, &matrix, &mut out);
                prop_assert!(out.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()), "{isa:?}");
            }
        }
    }
}
