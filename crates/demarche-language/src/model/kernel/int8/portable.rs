//! The product for any processor: sums of products of 16-bit numbers. On x86-64 that is `pmaddwd`, which every such
//! processor has; compilers do not find it reliably in plain loops. Elsewhere plain loops become instructions like `smlal`.

use super::{Matrix, PANEL, Panel, Rows};
#[cfg(not(target_arch = "x86_64"))]
pub(in crate::model::kernel) use plain::Lanes;
#[cfg(target_arch = "x86_64")]
pub(in crate::model::kernel) use sse2::Lanes;

/// Numbers in one step.
pub(in crate::model::kernel) const STEP: usize = 8;

/// Rows that go together.
const ROWS: usize = 2;
/// Outputs that go together: with two rows eight registers of sums, four of weights, two of activations.
const OUTPUTS: usize = 4;

/// Multiplies all rows.
pub(super) fn multiply(x: Rows<'_>, w: &Matrix, out: &mut [f32]) {
    let (stride, steps) = (w.stride(), w.inputs / STEP);
    let mut weights = vec![[0; STEP]; PANEL * steps];
    for (at, panel) in w.panels().enumerate() {
        widen(panel, steps, &mut weights);
        for (group, weights) in weights.chunks_exact(OUTPUTS * steps).enumerate() {
            let w = std::array::from_fn(|output| &weights[output * steps..][..steps]);
            let pairs = x.wide.as_chunks::<STEP>().0.chunks(ROWS * steps).zip(x.scales.chunks(ROWS));
            for ((x, scales), out) in pairs.zip(out.chunks_mut(ROWS * stride)) {
                // A last row without another goes with itself.
                let sums = dots([&x[..steps], &x[x.len() - steps..]], w);
                for ((sums, row_scale), out) in sums.into_iter().zip(scales).zip(out.chunks_mut(stride)) {
                    for (o, sum) in (group * OUTPUTS..).zip(sums) {
                        out[at * PANEL + o] = sum as f32 * (row_scale * panel.scale[o]) + panel.bias[o];
                    }
                }
            }
        }
    }
}

/// The panel's weights as 16-bit numbers, `[output, input]`.
fn widen(panel: Panel<'_>, steps: usize, out: &mut [[i16; STEP]]) {
    for (output, row) in out.chunks_exact_mut(steps).enumerate() {
        let (half, column) = (output / 16, output % 16 * 4);
        for (lines, four) in panel.lines.as_chunks::<2>().0.iter().zip(row.as_flattened_mut().as_chunks_mut::<4>().0) {
            if let Some(weights) = lines[half].0[column..].first_chunk::<4>() {
                *four = weights.map(i16::from);
            }
        }
    }
}

/// Sums of products of each of `x` with each of `w`, all of one length.
fn dots(x: [&[[i16; STEP]]; ROWS], w: [&[[i16; STEP]]; OUTPUTS]) -> [[i32; OUTPUTS]; ROWS] {
    let steps = x[0].len();
    let (x, w) = (x.map(|x| &x[..steps]), w.map(|w| &w[..steps]));
    let mut sums = [[Lanes::zero(); OUTPUTS]; ROWS];
    for k in 0..steps {
        for r in 0..ROWS {
            for o in 0..OUTPUTS {
                sums[r][o] = sums[r][o].add_products(&x[r][k], &w[o][k]);
            }
        }
    }
    sums.map(|row| row.map(Lanes::total))
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use std::arch::x86_64::{
        __m128i, _mm_add_epi32, _mm_cvtsi128_si32, _mm_loadu_si128, _mm_madd_epi16, _mm_setzero_si128,
        _mm_shuffle_epi32,
    };

    use super::STEP;

    /// Four sums.
    #[derive(Clone, Copy)]
    pub(in crate::model::kernel) struct Lanes(__m128i);

    impl Lanes {
        /// No sum yet.
        #[inline(always)]
        pub(in crate::model::kernel) fn zero() -> Self {
            // SAFETY: every x86-64 processor has SSE2.
            Self(unsafe { _mm_setzero_si128() })
        }

        /// Eight products, two to a sum.
        #[inline(always)]
        pub(in crate::model::kernel) fn add_products(self, a: &[i16; STEP], b: &[i16; STEP]) -> Self {
            // SAFETY: every x86-64 processor has SSE2; `a` and `b` are 16 bytes long.
            Self(unsafe {
                let (a, b) = (_mm_loadu_si128(a.as_ptr().cast()), _mm_loadu_si128(b.as_ptr().cast()));
                _mm_add_epi32(self.0, _mm_madd_epi16(a, b))
            })
        }

        /// All sums together.
        #[inline(always)]
        pub(in crate::model::kernel) fn total(self) -> i32 {
            // SAFETY: every x86-64 processor has SSE2.
            unsafe {
                let pairs = _mm_add_epi32(self.0, _mm_shuffle_epi32::<0b10_11_00_01>(self.0));
                _mm_cvtsi128_si32(_mm_add_epi32(pairs, _mm_shuffle_epi32::<0b01_00_11_10>(pairs)))
            }
        }
    }
}

#[cfg(any(test, not(target_arch = "x86_64")))]
mod plain {
    use super::STEP;

    /// Eight sums.
    #[derive(Clone, Copy)]
    pub(in crate::model::kernel) struct Lanes([i32; STEP]);

    impl Lanes {
        /// No sum yet.
        #[inline(always)]
        pub(in crate::model::kernel) fn zero() -> Self {
            Self([0; STEP])
        }

        /// Eight products, each to a sum of its own.
        #[inline(always)]
        pub(in crate::model::kernel) fn add_products(mut self, a: &[i16; STEP], b: &[i16; STEP]) -> Self {
            for l in 0..STEP {
                self.0[l] += i32::from(a[l]) * i32::from(b[l]);
            }
            self
        }

        /// All sums together.
        #[inline(always)]
        pub(in crate::model::kernel) fn total(self) -> i32 {
            self.0.iter().sum()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lanes_are_the_same_sums() {
        let (a, b) = ([127, -127, 5, 0, -128, 99, 1, -1], [-128, 127, 127, 4, -128, 3, -2, 127]);
        let exact: i32 = a.iter().zip(&b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        assert_eq!(Lanes::zero().add_products(&a, &b).add_products(&b, &a).total(), 2 * exact);
        assert_eq!(plain::Lanes::zero().add_products(&a, &b).add_products(&b, &a).total(), 2 * exact);
    }
}
