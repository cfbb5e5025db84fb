//! The `f32` part: exponential, error function, layer norm, quantisation of rows.
//!
//! Sums run over 16 lanes, element `i` into lane `i mod 16`, then lanes are added as a tree: 8 apart, 4, 2, 1.

use std::hint::black_box;
use std::ops::Range;

use super::int8::Rows;
use super::{Isa, LANES};

/// Adds the lanes: 8 apart, then 4, 2, 1.
#[inline(always)]
pub(super) fn tree_sum(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// The largest lane.
#[inline(always)]
pub(super) fn tree_max(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = if lanes[i + width] > lanes[i] { lanes[i + width] } else { lanes[i] };
        }
        width /= 2;
    }
    lanes[0]
}

/// Sum of products of two slices of one length, a multiple of 16.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for i in 0..LANES {
            lanes[i] += a[i] * b[i];
        }
    }
    // Through memory: otherwise compilers see the pairs that are added next and keep the lanes in pairs in the loop, too.
    tree_sum(black_box(lanes))
}

/// `e^x` for `x <= 88`; arguments below -87 count as -87. Relative error below 2e-7.
///
/// `x = n ln 2 + r` with whole `n`, then a polynomial of degree 6 in `r` (own least-maximum fit), scaled by `2^n`
/// through the exponent bits.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the low bits of the sum.
    const ROUND: f32 = 12_582_912.0;
    // ln 2 in two parts, the first short enough for n times it to be exact.
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = if x < -87.0 { -87.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut p = 0.001_381_453_6;
    for c in [0.008_368_745, 0.041_668_393, 0.166_665_21, 0.499_999_94] {
        p = p * r + c;
    }
    let y = (p * r) * r + r + 1.0;
    f32::from_bits(y.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// The error function. Absolute error below 4e-7.
///
/// An odd polynomial, `x` times one of degree 13 in `x^2` mapped to [-1, 1] (own least-maximum fit on |x| <= 3.75);
/// beyond 3.75, where erf is 1 to within 1.2e-7, the value at 3.75.
#[inline(always)]
pub(super) fn erf(x: f32) -> f32 {
    const LIMIT: f32 = 3.75;
    const MAPPED: f32 = 2.0 / (LIMIT * LIMIT);
    let x = if x > LIMIT { LIMIT } else { x };
    let x = if x < -LIMIT { -LIMIT } else { x };
    let s = (x * x) * MAPPED - 1.0;
    let mut p = -0.001_862_265_2;
    for c in [
        0.004_760_805_5,
        -0.004_075_160_7,
        0.005_454_092,
        -0.015_516_096,
        0.027_254_03,
        -0.037_972_43,
        0.052_881_192,
        -0.071_441_89,
        0.090_852_66,
        -0.111_958_23,
        0.139_262_36,
        -0.188_029_48,
        0.377_057,
    ] {
        p = p * s + c;
    }
    p * x
}

/// The exact Gaussian error linear unit, `x/2 (1 + erf(x / sqrt 2))`.
#[inline(always)]
fn gelu_of(x: f32) -> f32 {
    (0.5 * x) * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// `1 / (1 + e^-x)`.
pub fn logistic(x: f32) -> f32 {
    // Beyond 87 the exponential is of no account, and its argument must not be larger.
    let x = if x < -87.0 { -87.0 } else { x };
    1.0 / (1.0 + exp(-x))
}

/// Turns scores into `e^score` divided by the sum of all, which is taken in their order.
pub(in crate::model) fn softmax(scores: &mut [f32]) {
    let mut largest = f32::NEG_INFINITY;
    for &score in &*scores {
        largest = if score > largest { score } else { largest };
    }
    let mut sum = 0.0;
    for score in &mut *scores {
        *score = exp(*score - largest);
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// Activation rows as whole numbers -127..=127 and the scale of each row, in the form that products read with the
/// instruction set at hand.
#[derive(Default)]
pub(in crate::model) struct Quantised {
    /// The numbers with 128 added; empty for instruction sets that widen.
    bytes: Vec<u8>,
    /// The numbers; empty for those that do not.
    wide: Vec<i16>,
    scales: Vec<f32>,
}

impl Quantised {
    /// Rows held.
    pub(in crate::model) fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Makes room for so many rows, to be filled.
    pub(in crate::model) fn resize(&mut self, isa: Isa, rows: usize, columns: usize) {
        let (bytes, wide) = if isa.widens() { (0, rows * columns) } else { (rows * columns, 0) };
        self.bytes.resize(bytes, 0);
        self.wide.resize(wide, 0);
        self.scales.resize(rows, 0.0);
    }

    /// Some of the rows.
    pub(super) fn slice(&self, rows: Range<usize>, columns: usize) -> Rows<'_> {
        let numbers = rows.start * columns..rows.end * columns;
        let scales = &self.scales[rows];
        if self.wide.is_empty() {
            Rows { bytes: &self.bytes[numbers], wide: &[], scales }
        } else {
            Rows { bytes: &[], wide: &self.wide[numbers], scales }
        }
    }

    /// The rows from `first` on, to be filled.
    #[inline(always)]
    fn rows_mut(&mut self, first: usize, columns: usize) -> impl Iterator<Item = RowMut<'_>> {
        let mut bytes = self.bytes.get_mut(first * columns..).unwrap_or_default().chunks_exact_mut(columns);
        let mut wide = self.wide.get_mut(first * columns..).unwrap_or_default().chunks_exact_mut(columns);
        let scales = self.scales.get_mut(first..).unwrap_or_default().iter_mut();
        scales.map(move |scale| RowMut {
            bytes: bytes.next().unwrap_or_default(),
            wide: wide.next().unwrap_or_default(),
            scale,
        })
    }
}

/// Where one row goes: `bytes` or `wide` is empty.
struct RowMut<'a> {
    bytes: &'a mut [u8],
    wide: &'a mut [i16],
    scale: &'a mut f32,
}

impl RowMut<'_> {
    /// Quantises one row: `q = x (127 / max|x|)` rounded to the nearest whole number, to the even one of two;
    /// `scale = max|x| / 127`.
    #[inline(always)]
    fn fill(self, x: &[f32]) {
        // Adding 1.5 * 2^23 leaves the rounded value in the low bits, here with 128 added.
        const ROUND: f32 = 12_582_912.0 + 128.0;
        // A largest number below this counts as none: its inverse would be infinite.
        const LEAST: f32 = 1e-30;
        let mut lanes = [0.0f32; LANES];
        for chunk in x.as_chunks::<LANES>().0 {
            for i in 0..LANES {
                let a = chunk[i].abs();
                lanes[i] = if a > lanes[i] { a } else { lanes[i] };
            }
        }
        let largest = tree_max(lanes);
        let inverse = if largest < LEAST { 0.0 } else { 127.0 / largest };
        *self.scale = largest / 127.0;
        for (x, byte) in x.iter().zip(self.bytes) {
            *byte = (x * inverse + ROUND).to_bits() as u8;
        }
        for (x, wide) in x.iter().zip(self.wide) {
            *wide = ((x * inverse + ROUND).to_bits() as i16).wrapping_sub(128);
        }
    }
}

#[inline(always)]
fn quantise_body(x: &[f32], columns: usize, out: &mut Quantised) {
    for (x, out) in x.chunks_exact(columns).zip(out.rows_mut(0, columns)) {
        out.fill(x);
    }
}

#[inline(always)]
fn gelu_body(x: &mut [f32]) {
    for x in x {
        *x = gelu_of(*x);
    }
}

#[inline(always)]
fn gelu_quantise_body(x: &mut [f32], columns: usize, first: usize, out: &mut Quantised) {
    for (x, out) in x.chunks_exact_mut(columns).zip(out.rows_mut(first, columns)) {
        gelu_body(x);
        out.fill(x);
    }
}

#[inline(always)]
fn norm_row(x: &mut [f32], norm: &Norm) {
    let width = x.len() as f32;
    let mut lanes = [0.0; LANES];
    for chunk in x.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            lanes[i] += chunk[i];
        }
    }
    let mean = tree_sum(lanes) / width;
    let mut lanes = [0.0; LANES];
    for chunk in x.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            let d = chunk[i] - mean;
            lanes[i] += d * d;
        }
    }
    let inverse = 1.0 / (tree_sum(lanes) / width + norm.epsilon).sqrt();
    for ((x, weight), bias) in x.iter_mut().zip(&norm.weight).zip(&norm.bias) {
        *x = ((*x - mean) * inverse) * weight + bias;
    }
}

#[inline(always)]
fn norm_body(x: &mut [f32], norm: &Norm, out: &mut Quantised) {
    let width = norm.weight.len();
    for (x, out) in x.chunks_exact_mut(width).zip(out.rows_mut(0, width)) {
        norm_row(x, norm);
        out.fill(x);
    }
}

#[inline(always)]
fn add_norm_body(x: &mut [f32], more: &[f32], norm: &Norm, out: &mut Quantised) {
    let width = norm.weight.len();
    for ((x, more), out) in x.chunks_exact_mut(width).zip(more.chunks_exact(width)).zip(out.rows_mut(0, width)) {
        for (x, more) in x.iter_mut().zip(more) {
            *x += more;
        }
        norm_row(x, norm);
        out.fill(x);
    }
}

#[inline(always)]
fn products_body(a: &[f32], b: &[f32], width: usize, out: &mut [f32]) {
    let columns = b.len() / width;
    for (a, out) in a.chunks_exact(width).zip(out.chunks_exact_mut(columns)) {
        for (b, out) in b.chunks_exact(width).zip(out) {
            *out = dot(a, b);
        }
    }
}

#[inline(always)]
fn biased_products_body(a: &[f32], b: &[f32], out: &mut [f32]) {
    for (b, out) in b.chunks_exact(a.len() + 1).zip(out) {
        *out = dot(a, b) + b[a.len()];
    }
}

/// Layer normalisation of rows as wide as its weights, a multiple of 16.
#[derive(Debug)]
pub(in crate::model) struct Norm {
    /// Factor of each column.
    pub(in crate::model) weight: Vec<f32>,
    /// Added to each column.
    pub(in crate::model) bias: Vec<f32>,
    /// Added to the variance.
    pub(in crate::model) epsilon: f32,
}

dispatch! {
    /// Fills `out`, of the right size, with the rows of `x`.
    fn fill(x: &[f32], columns: usize, out: &mut Quantised) = quantise_body;
    /// Applies the Gaussian error linear unit in place.
    fn gelu(x: &mut [f32]) = gelu_body;
    /// [`gelu`] of rows of `columns`, then their quantisation to the rows of `out` from `first` on, where there must be room.
    fn gelu_quantise(x: &mut [f32], columns: usize, first: usize, out: &mut Quantised) = gelu_quantise_body;
    /// Normalises the rows of `x`, then fills `out`, of the right size.
    fn norm_fill(x: &mut [f32], norm: &Norm, out: &mut Quantised) = norm_body;
    /// `x = norm(x + more)`, row by row, then fills `out`, of the right size.
    fn add_norm_fill(x: &mut [f32], more: &[f32], norm: &Norm, out: &mut Quantised) = add_norm_body;
    /// Products of all rows of `a` with all rows of `b`, each `width` (a multiple of 16) wide.
    fn products(a: &[f32], b: &[f32], width: usize, out: &mut [f32]) = products_body;
    /// Products of `a` (its length a multiple of 16) with all rows of `b`, each one longer and ending in a bias.
    fn biased_products(a: &[f32], b: &[f32], out: &mut [f32]) = biased_products_body;
}

/// Quantises the rows of `x`, each `columns` (a multiple of 16) wide.
pub(in crate::model) fn quantise(isa: Isa, x: &[f32], columns: usize, out: &mut Quantised) {
    out.resize(isa, x.len() / columns, columns);
    fill(isa, x, columns, out);
}

/// Normalises the rows of `x` and quantises them.
pub(in crate::model) fn norm_quantise(isa: Isa, x: &mut [f32], norm: &Norm, out: &mut Quantised) {
    let width = norm.weight.len();
    out.resize(isa, x.len() / width, width);
    norm_fill(isa, x, norm, out);
}

/// `x = norm(x + more)`, row by row, and quantises them.
pub(in crate::model) fn add_norm_quantise(isa: Isa, x: &mut [f32], more: &[f32], norm: &Norm, out: &mut Quantised) {
    let width = norm.weight.len();
    out.resize(isa, x.len() / width, width);
    add_norm_fill(isa, x, more, norm, out);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// erf by its Taylor series, in f64.
    fn erf_exact(x: f64) -> f64 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    }

    #[test]
    fn exp_and_erf_keep_their_stated_error() {
        for i in -8700..=8800 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!(((f64::from(exp(x)) - exact) / exact).abs() < 2e-7, "exp({x}) = {}", exp(x));
        }
        for i in -3750..=3750 {
            let x = i as f32 / 1000.0;
            assert!((f64::from(erf(x)) - erf_exact(f64::from(x))).abs() < 4e-7, "erf({x}) = {}", erf(x));
        }
        assert!((1.0 - erf(9.0)).abs() < 4e-7 && (1.0 + erf(-9.0)).abs() < 4e-7);
        assert_eq!(exp(-1e30).to_bits(), exp(-87.0).to_bits());
    }

    #[test]
    fn probabilities_add_up() {
        let mut scores = [2.0, -1.0, 300.0, 299.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6 && (scores[2] - 0.731_058_6).abs() < 1e-6);
        softmax(&mut []);
        for (x, right) in [(0.0, 0.5), (1.0, 0.731_058_6), (-1.0, 0.268_941_4), (500.0, 1.0), (-500.0, 0.0)] {
            assert!((logistic(x) - right).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn rows_are_quantised_to_the_nearest_and_the_even() {
        for isa in Isa::all() {
            let mut row = [0.0; 16];
            row[..7].copy_from_slice(&[-127.0, 0.5, -0.5, 2.5, -2.49, 1.5, -1.5]);
            let mut out = Quantised::default();
            quantise(isa, &row, 16, &mut out);
            assert_eq!(out.numbers()[..8], [-127, 0, 0, 2, -2, 2, -2, 0]);
            assert!((out.scales[0] - 1.0).abs() < f32::EPSILON);
            for nothing in [0.0, 1e-40] {
                quantise(isa, &[nothing; 16], 16, &mut out);
                assert_eq!(out.numbers(), [0; 16]);
            }
        }
    }

    impl Quantised {
        /// The whole numbers, whichever way they are kept.
        pub(in crate::model::kernel) fn numbers(&self) -> Vec<i16> {
            self.bytes.iter().map(|&byte| i16::from(byte) - 128).chain(self.wide.iter().copied()).collect()
        }

        /// The scales.
        pub(in crate::model::kernel) fn scales(&self) -> &[f32] {
            &self.scales
        }
    }

    proptest! {
        #[test]
        fn all_instruction_sets_agree(x in prop::collection::vec(-30.0f32..30.0, 96), y in prop::collection::vec(-3.0f32..3.0, 96)) {
            let norm = Norm { weight: y[..48].to_vec(), bias: x[..48].to_vec(), epsilon: 1e-12 };
            let results: Vec<_> = Isa::all()
                .into_iter()
                .map(|isa| {
                    let (mut q, mut g) = (Quantised::default(), Quantised::default());
                    quantise(isa, &x, 48, &mut q);
                    let mut gelued = y.clone();
                    g.resize(isa, 2, 48);
                    gelu_quantise(isa, &mut gelued, 48, 0, &mut g);
                    let (mut normed, mut n) = (x.clone(), Quantised::default());
                    add_norm_quantise(isa, &mut normed, &y, &norm, &mut n);
                    let mut products_ = vec![0.0; 4];
                    products(isa, &x, &y, 48, &mut products_);
                    let whole = [&q, &g, &n].map(Quantised::numbers).concat();
                    let bits: Vec<u32> = [q.scales, g.scales, n.scales, gelued, normed, products_].concat().iter().map(|f| f.to_bits()).collect();
                    (whole, bits)
                })
                .collect();
            for other in &results[1..] {
                prop_assert_eq!(&results[0], other);
            }
        }
    }
}
