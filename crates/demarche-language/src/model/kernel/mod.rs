//! The model's arithmetic: the only place with `unsafe`, and the one definition of every number.
//!
//! # One numeric definition
//! Products with a weight matrix are sums of whole numbers ([`int8`]): exact in any order. Everything else is `f32`
//! in a fixed order ([`float`]), written as plain loops over 16 lanes, without fused multiply-add and with our own
//! `exp` and `erf`, so each operation is one IEEE 754 operation that rounds the same everywhere. The same source is
//! compiled several times, for the instruction sets of [`Isa`]; a wider register changes how many lanes go at once,
//! never what a lane computes. So no result depends on the processor, the batch or the thread.
//!
//! # Why `unsafe`
//! Calling a function compiled for AVX2 or AVX-512 is undefined on a processor without them. An [`Isa`] naming such
//! a set is only ever made by asking the processor ([`Isa::detect`], [`Isa::all`]), and each call dispatches on it.
//! The integer kernels also read their operands through vector loads, inside lengths asserted beforehand.
#![allow(unsafe_code)]
// Bodies must be inlined into every variant, and plain index loops over lanes are what the compiler turns into vectors.
#![allow(clippy::inline_always, clippy::needless_range_loop, clippy::many_single_char_names)]

/// Declares public functions that run `body` compiled for the instruction set at hand.
///
/// `body` must be `#[inline(always)]`, and so must all it calls, to be compiled anew inside each variant.
macro_rules! dispatch {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),* $(,)?) = $body:path;)*) => {$(
        $(#[$doc])*
        pub(in crate::model) fn $name(isa: Isa, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $ty),*) {
                    $body($($arg),*);
                }
                #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl")]
                fn avx512($($arg: $ty),*) {
                    $body($($arg),*);
                }
                use crate::model::kernel::Level;
                match isa.0 {
                    // SAFETY: an `Isa` of this level is made only on a processor that has these instructions.
                    Level::Avx512Vnni => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    Level::Avx2 | Level::AvxVnni => return unsafe { avx2($($arg),*) },
                    Level::Portable => {}
                }
            }
            let _ = isa;
            $body($($arg),*);
        }
    )*};
}

pub(super) mod attention;
pub(super) mod float;
pub(super) mod int8;
mod peak;

/// Lanes of every `f32` reduction, whatever the width of the registers.
pub(super) const LANES: usize = 16;

/// Instruction sets there are variants for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// What every processor of the target has.
    Portable,
    /// AVX2 (Haswell, 2013; Zen, 2017).
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX2 with 256-bit VNNI (Alder Lake, 2021; Zen 5, 2024).
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// AVX-512 with VNNI (Ice Lake, 2019; Zen 4, 2022).
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

/// An instruction set this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Isa(Level);

impl Isa {
    /// The widest set this processor has.
    pub(super) fn detect() -> Self {
        Self::all().pop().unwrap_or(Self(Level::Portable))
    }

    /// All sets this processor has, the portable one first.
    pub(super) fn all() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut sets = vec![Self(Level::Portable)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            sets.push(Self(Level::Avx2));
            if is_x86_feature_detected!("avxvnni") {
                sets.push(Self(Level::AvxVnni));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                sets.push(Self(Level::Avx512Vnni));
            }
        }
        sets
    }

    /// Whether products read activations of 16 bits, and not of 8.
    fn widens(self) -> bool {
        match self.0 {
            Level::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => true,
            #[cfg(target_arch = "x86_64")]
            Level::AvxVnni | Level::Avx512Vnni => false,
        }
    }

    /// Rows of a wide matrix to compute before they are used: few, to find them again in the second-level cache beside
    /// the weights (0.6 MB), yet enough for the widening of the weights to be worth it where there is one.
    pub(super) fn rows_together(self) -> usize {
        if self.widens() { 120 } else { 36 }
    }
}

/// An instruction set this processor has, for measurements and tests; the results are the same with any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstructionSet(pub(super) Isa);

impl InstructionSet {
    /// All there are here, the slowest first. The last is what a [`Model`](super::Model) takes by itself.
    pub fn all() -> Vec<Self> {
        Isa::all().into_iter().map(Self).collect()
    }

    /// Multiplies 8-bit numbers (16-bit ones, where there is nothing for 8) from registers alone, so many rounds, and says
    /// how many multiplications with addition that were: with a clock, the most that this processor can do.
    pub fn spin(self, rounds: u32) -> u64 {
        peak::spin(self.0, rounds)
    }
}

impl std::fmt::Display for InstructionSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0.0 {
            Level::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Level::AvxVnni => "AVX-VNNI",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512Vnni => "AVX-512 VNNI",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::attention::{Scratch, attend};
    use super::float::{Norm, Quantised, add_norm_quantise, gelu_quantise, products};
    use super::int8::{Matrix, multiply};
    use super::*;

    /// Numbers from -4 to 4, the same everywhere.
    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let step = |state: &mut u32| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*state >> 8) as f32 / 2_097_152.0 - 4.0)
        };
        std::iter::repeat_n((), count).scan(seed, |state, ()| step(state)).collect()
    }

    /// Any machine must compute these very bits; a change here changes what the same text gives.
    #[test]
    fn the_arithmetic_is_the_same_on_every_machine() {
        for isa in Isa::all() {
            let mut states = numbers(37 * 96, 1);
            let norm = Norm { weight: numbers(96, 2), bias: numbers(96, 3), epsilon: 1e-12 };
            let mut context = vec![0.0; states.len()];
            let (key, value) = (numbers(37 * 96, 4), numbers(37 * 96, 5));
            attend(isa, &states, &key, &value, 96, &mut Scratch::default(), &mut context);
            let (mut quantised, mut wide) = (Quantised::default(), Vec::new());
            add_norm_quantise(isa, &mut states, &context, &norm, &mut quantised);
            let weights: Vec<u8> = numbers(160 * 96, 6).iter().map(|x| ((x * 31.0) as i8).cast_unsigned()).collect();
            let matrix = Matrix::new(&weights, &numbers(160, 7), &numbers(160, 8), 160, 96);
            multiply(isa, &quantised, &matrix, &mut wide);
            for x in &mut wide {
                *x /= 1000.0;
            }
            quantised.resize(isa, 37, 160);
            gelu_quantise(isa, &mut wide, 160, 0, &mut quantised);
            let mut scores = vec![0.0; 37 * 37];
            products(isa, &wide, &wide, 160, &mut scores);
            let bytes: Vec<u8> =
                [states, wide, scores].concat().iter().flat_map(|x| x.to_bits().to_le_bytes()).collect();
            assert_eq!(format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes)), "21484ad767e449a9", "{isa:?}");
        }
    }
}
