//! What the processor's multipliers can do at most, to hold the products of [`int8`](super::int8) against.

use std::hint::black_box;

use super::int8::{Lanes, STEP};
use super::{Isa, Level};

/// Multiplies registers with registers, so many rounds, and says how many multiplications with addition that were.
/// Nothing is read or written, so no product with a matrix can be faster. The caller holds the clock.
pub(super) fn spin(isa: Isa, rounds: u32) -> u64 {
    match isa.0 {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: an `Isa` of this level is made only on a processor that has these instructions.
        Level::Avx512Vnni => unsafe { x86::avx512_vnni(rounds) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::AvxVnni => unsafe { x86::avx_vnni(rounds) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::Avx2 => unsafe { x86::avx2(rounds) },
        Level::Portable => portable(rounds),
    }
}

fn portable(rounds: u32) -> u64 {
    let weights: [[i16; STEP]; 6] = black_box(std::array::from_fn(|i| [i as i16 + 1; STEP]));
    let mut sums = [Lanes::zero(); 6];
    for round in 0..rounds {
        let x = [round as i16; STEP];
        for i in 0..6 {
            sums[i] = sums[i].add_products(&x, &weights[i]);
        }
    }
    black_box(sums.map(Lanes::total));
    u64::from(rounds) * 6 * STEP as u64
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_dpbusd_avx_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm512_dpbusd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };
    use std::hint::black_box;

    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) fn avx512_vnni(rounds: u32) -> u64 {
        let (x, w) = (_mm512_set1_epi32(black_box(0x0102_0304)), _mm512_set1_epi32(black_box(0x0403_0201)));
        let mut sums = [_mm512_setzero_si512(); 16];
        for _ in 0..rounds {
            for i in 0..16 {
                sums[i] = _mm512_dpbusd_epi32(sums[i], x, w);
            }
        }
        black_box(sums);
        u64::from(rounds) * 16 * 64
    }

    #[target_feature(enable = "avx2,avxvnni")]
    pub(super) fn avx_vnni(rounds: u32) -> u64 {
        let (x, w) = (_mm256_set1_epi32(black_box(0x0102_0304)), _mm256_set1_epi32(black_box(0x0403_0201)));
        let mut sums = [_mm256_setzero_si256(); 12];
        for _ in 0..rounds {
            for i in 0..12 {
                sums[i] = _mm256_dpbusd_avx_epi32(sums[i], x, w);
            }
        }
        black_box(sums);
        u64::from(rounds) * 12 * 32
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn avx2(rounds: u32) -> u64 {
        let mut w = [_mm256_setzero_si256(); 6];
        for i in 0..6 {
            w[i] = _mm256_set1_epi32(black_box(i as i32 + 1));
        }
        let mut sums = [_mm256_setzero_si256(); 6];
        for round in 0..rounds {
            let x = _mm256_set1_epi32(round as i32);
            for i in 0..6 {
                sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(x, w[i]));
            }
        }
        black_box(sums);
        u64::from(rounds) * 6 * 16
    }
}
