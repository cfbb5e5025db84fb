//! The product with AVX2, AVX-VNNI and AVX-512 VNNI.

use std::arch::x86_64::{
    __m128i, __m256, __m256i, __m512i, _mm_loadu_si128, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi8_epi16,
    _mm256_cvtepi32_ps, _mm256_dpbusd_avx_epi32, _mm256_hadd_epi32, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps, _mm256_permute4x64_epi64, _mm256_set1_epi32,
    _mm256_set1_epi64x, _mm256_set1_ps, _mm256_setzero_si256, _mm256_store_si256, _mm256_storeu_ps, _mm512_add_ps,
    _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mul_ps,
    _mm512_set1_epi32, _mm512_set1_ps, _mm512_storeu_ps,
};

use super::{Matrix, PANEL, Panel, Rows, groups};

/// Calls `$call::<M>` with the number of rows at hand.
macro_rules! with_rows {
    ($rows:expr, $function:ident $arguments:tt, $($m:literal)*) => {
        match $rows {
            $($m => $function::<$m> $arguments,)*
            _ => {}
        }
    };
}

/// 12 rows: 24 sums, 2 registers of weights and one of activations fit the 32 there are.
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(super) fn multiply_avx512_vnni(x: Rows<'_>, w: &Matrix, out: &mut [f32]) {
    for (at, panel) in w.panels().enumerate() {
        for (row, rows) in groups(x.scales.len(), 12) {
            let (bytes, scales) = (&x.bytes[row * w.inputs..], &x.scales[row..]);
            let out = &mut out[row * w.stride() + at * PANEL..];
            with_rows!(rows, avx512_vnni(bytes, scales, panel, out, w.stride()), 1 2 3 4 5 6 7 8 9 10 11 12);
        }
    }
}

/// `M` rows with one panel.
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn avx512_vnni<const M: usize>(x: &[u8], scales: &[f32], panel: Panel<'_>, out: &mut [f32], stride: usize) {
    let fours = panel.lines.len() / 2;
    let inputs = fours * 4;
    assert!(x.len() >= inputs * M && scales.len() >= M && out.len() >= (M - 1) * stride + PANEL);
    let start = panel.start.as_ptr();
    // SAFETY: `start` holds 32 numbers of 32 bits.
    let start: [__m512i; 2] = unsafe { [_mm512_loadu_si512(start.cast()), _mm512_loadu_si512(start.add(16).cast())] };
    let mut sums = [start; M];
    for (k, pair) in panel.lines.as_chunks::<2>().0.iter().enumerate() {
        // SAFETY: a `Line` is 64 aligned bytes.
        let w = unsafe { [_mm512_load_si512(pair[0].0.as_ptr().cast()), _mm512_load_si512(pair[1].0.as_ptr().cast())] };
        for m in 0..M {
            // SAFETY: k < inputs / 4 and m < M, so the four bytes lie within `x`, as asserted.
            let four = _mm512_set1_epi32(unsafe { x.as_ptr().add(m * inputs + k * 4).cast::<i32>().read_unaligned() });
            sums[m][0] = _mm512_dpbusd_epi32(sums[m][0], four, w[0]);
            sums[m][1] = _mm512_dpbusd_epi32(sums[m][1], four, w[1]);
        }
    }
    for half in 0..2 {
        // SAFETY: 16 numbers from 0 or 16 lie within the panel's 32.
        let (scale, bias) = unsafe {
            (_mm512_loadu_ps(panel.scale.as_ptr().add(half * 16)), _mm512_loadu_ps(panel.bias.as_ptr().add(half * 16)))
        };
        for m in 0..M {
            let scale = _mm512_mul_ps(_mm512_set1_ps(scales[m]), scale);
            let y = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums[m][half]), scale), bias);
            // SAFETY: m < M, so 16 numbers from there lie within `out`, as asserted.
            unsafe { _mm512_storeu_ps(out.as_mut_ptr().add(m * stride + half * 16), y) };
        }
    }
}

/// 6 rows with 16 outputs: 12 sums, 2 registers of weights and one of activations fit the 16 there are.
#[target_feature(enable = "avx2,avxvnni")]
pub(super) fn multiply_avx_vnni(x: Rows<'_>, w: &Matrix, out: &mut [f32]) {
    for (at, panel) in w.panels().enumerate() {
        for half in 0..2 {
            for (row, rows) in groups(x.scales.len(), 6) {
                let (bytes, scales) = (&x.bytes[row * w.inputs..], &x.scales[row..]);
                let out = &mut out[row * w.stride() + at * PANEL + half * 16..];
                with_rows!(rows, avx_vnni(bytes, scales, panel, half, out, w.stride()), 1 2 3 4 5 6);
            }
        }
    }
}

/// `M` rows with one half of a panel.
#[target_feature(enable = "avx2,avxvnni")]
fn avx_vnni<const M: usize>(x: &[u8], scales: &[f32], panel: Panel<'_>, half: usize, out: &mut [f32], stride: usize) {
    let inputs = panel.lines.len() * 2;
    assert!(half < 2 && x.len() >= inputs * M && scales.len() >= M && out.len() >= (M - 1) * stride + 16);
    let start = panel.start[half * 16..].as_ptr();
    // SAFETY: `start` holds 32 numbers of 32 bits, half of them from there on.
    let start: [__m256i; 2] = unsafe { [_mm256_loadu_si256(start.cast()), _mm256_loadu_si256(start.add(8).cast())] };
    let mut sums = [start; M];
    for (k, pair) in panel.lines.as_chunks::<2>().0.iter().enumerate() {
        let line = pair[half].0.as_ptr();
        // SAFETY: a `Line` is 64 aligned bytes.
        let w = unsafe { [_mm256_load_si256(line.cast()), _mm256_load_si256(line.add(32).cast())] };
        for m in 0..M {
            // SAFETY: k < inputs / 4 and m < M, so the four bytes lie within `x`, as asserted.
            let four = _mm256_set1_epi32(unsafe { x.as_ptr().add(m * inputs + k * 4).cast::<i32>().read_unaligned() });
            sums[m][0] = _mm256_dpbusd_avx_epi32(sums[m][0], four, w[0]);
            sums[m][1] = _mm256_dpbusd_avx_epi32(sums[m][1], four, w[1]);
        }
    }
    for eight in 0..2 {
        for m in 0..M {
            let y = finish_eight(sums[m][eight], scales[m], panel, half * 16 + eight * 8);
            // SAFETY: m < M, so eight numbers from there lie within `out`, as asserted.
            unsafe { _mm256_storeu_ps(out.as_mut_ptr().add(m * stride + eight * 8), y) };
        }
    }
}

/// From whole-number sums of eight outputs of a panel, from `column`, to results.
#[target_feature(enable = "avx2")]
fn finish_eight(sums: __m256i, row_scale: f32, panel: Panel<'_>, column: usize) -> __m256 {
    let (scale, bias) = (&panel.scale[column..column + 8], &panel.bias[column..column + 8]);
    // SAFETY: both hold eight numbers.
    let (scale, bias) = unsafe { (_mm256_loadu_ps(scale.as_ptr()), _mm256_loadu_ps(bias.as_ptr())) };
    let scale = _mm256_mul_ps(_mm256_set1_ps(row_scale), scale);
    _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sums), scale), bias)
}

/// 16 numbers of 16 bits: four inputs of four outputs.
#[derive(Clone, Copy)]
#[repr(C, align(32))]
struct Wide([i16; 16]);

/// 6 rows with 8 outputs, each sum in two halves: 12 sums, 2 registers of weights and one of activations.
#[target_feature(enable = "avx2")]
pub(super) fn multiply_avx2(x: Rows<'_>, w: &Matrix, out: &mut [f32]) {
    let mut wide = vec![Wide([0; 16]); w.inputs / 4 * 8];
    for (at, panel) in w.panels().enumerate() {
        widen(panel, &mut wide);
        for (eight, wide) in wide.chunks_exact(w.inputs / 2).enumerate() {
            for (row, rows) in groups(x.scales.len(), 6) {
                let (x, scales) = (&x.wide[row * w.inputs..], &x.scales[row..]);
                let out = &mut out[row * w.stride() + at * PANEL + eight * 8..];
                with_rows!(rows, avx2(x, scales, wide, panel, eight, out, w.stride()), 1 2 3 4 5 6);
            }
        }
    }
}

/// The panel's weights as 16-bit numbers, `[eight outputs, inputs / 4, 2]`.
#[target_feature(enable = "avx2")]
fn widen(panel: Panel<'_>, out: &mut [Wide]) {
    let fours = panel.lines.len() / 2;
    for (eight, out) in out.chunks_exact_mut(fours * 2).enumerate() {
        let lines = panel.lines.as_chunks::<2>().0.iter().map(|pair| &pair[eight / 2]);
        for (line, out) in lines.zip(out.as_chunks_mut::<2>().0) {
            for (half, out) in out.iter_mut().enumerate() {
                let Some(bytes) = line.0[eight % 2 * 32 + half * 16..].first_chunk::<16>() else { continue };
                // SAFETY: 16 bytes are read, 32 aligned bytes written.
                unsafe {
                    let bytes: __m128i = _mm_loadu_si128(bytes.as_ptr().cast());
                    _mm256_store_si256(out.0.as_mut_ptr().cast(), _mm256_cvtepi8_epi16(bytes));
                }
            }
        }
    }
}

/// `M` rows with a quarter of a panel.
#[target_feature(enable = "avx2")]
fn avx2<const M: usize>(
    x: &[i16],
    scales: &[f32],
    wide: &[Wide],
    panel: Panel<'_>,
    eight: usize,
    out: &mut [f32],
    stride: usize,
) {
    let inputs = wide.len() * 2;
    assert!(x.len() >= inputs * M && scales.len() >= M && out.len() >= (M - 1) * stride + 8);
    let mut sums = [[_mm256_setzero_si256(); 2]; M];
    for (k, pair) in wide.as_chunks::<2>().0.iter().enumerate() {
        // SAFETY: a `Wide` is 32 aligned bytes.
        let w = unsafe { [_mm256_load_si256(pair[0].0.as_ptr().cast()), _mm256_load_si256(pair[1].0.as_ptr().cast())] };
        for m in 0..M {
            // SAFETY: k < inputs / 4 and m < M, so the four numbers lie within `x`, as asserted.
            let four = _mm256_set1_epi64x(unsafe { x.as_ptr().add(m * inputs + k * 4).cast::<i64>().read_unaligned() });
            sums[m][0] = _mm256_add_epi32(sums[m][0], _mm256_madd_epi16(four, w[0]));
            sums[m][1] = _mm256_add_epi32(sums[m][1], _mm256_madd_epi16(four, w[1]));
        }
    }
    for m in 0..M {
        // Pairs added within 128-bit halves come out as outputs 0 1 4 5 2 3 6 7.
        let eights = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(sums[m][0], sums[m][1]));
        let y = finish_eight(eights, scales[m], panel, eight * 8);
        // SAFETY: m < M, so eight numbers from there lie within `out`, as asserted.
        unsafe { _mm256_storeu_ps(out.as_mut_ptr().add(m * stride), y) };
    }
}
