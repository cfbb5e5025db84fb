//! The learned decisions: two linear models over hashed features, with integer weights.
//!
//! File layout (`models/segmenter.bin`, little endian): the eight bytes `DEMSEG02`; `bits` (u32), the binary logarithm of the
//! number of buckets; two biases (i32), for words and for sentences; doubt, weight and offset of the second look (i32 each,
//! see [`Second`]); then for words, then for sentences, `2^bits` weights (i8). A boundary is set where bias plus the sum of the weights of the features is positive. Sums of integers are exact,
//! so every machine decides alike.

use super::{SegmenterError, hash};

const BUILTIN: &[u8] = include_bytes!("../../../../models/segmenter.bin");
const MAGIC: &[u8; 8] = b"DEMSEG02";
const BUCKETS: usize = 1 << hash::BITS;

/// One linear model.
#[derive(Debug)]
pub(super) struct Weights {
    bias: i32,
    weights: Box<[i8]>,
}

impl Weights {
    /// Whether the features speak for a boundary.
    #[inline]
    pub fn boundary(&self, features: &hash::Features) -> bool {
        self.score(features) > 0
    }

    /// Bias plus the weights of the features; the larger, the surer the boundary.
    pub fn score(&self, features: &hash::Features) -> i32 {
        features.as_slice().iter().fold(self.bias, |sum, &bucket| sum + i32::from(self.weights[bucket as usize]))
    }
}

/// How the language model's view of a gap between words is added to the first look's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Second {
    /// The language model is asked where the first look's score is smaller than this in size; nowhere for 0.
    pub doubt: i32,
    /// What a difference of 1 between the language model's scores counts, in the first look's units.
    pub weight: i32,
    /// Added to the first look's score, so that 0 is even.
    pub offset: i32,
}

/// The two models, and how the second look joins in.
#[derive(Debug)]
pub(super) struct Model {
    pub words: Weights,
    pub sentences: Weights,
    pub second: Second,
}

impl Model {
    /// The model built into the program.
    pub fn builtin() -> Result<Self, SegmenterError> {
        Self::read(BUILTIN)
    }

    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Result<Self, SegmenterError> {
        let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
            return Err(SegmenterError::Truncated(bytes.len()));
        };
        if magic != MAGIC {
            return Err(SegmenterError::NotAModel);
        }
        let number = |at: usize| rest.get(at..at + 4).and_then(|four| Some(i32::from_le_bytes(four.try_into().ok()?)));
        let (Some(bits), Some(words), Some(sentences), Some(doubt), Some(weight), Some(offset)) =
            (number(0), number(4), number(8), number(12), number(16), number(20))
        else {
            return Err(SegmenterError::Truncated(bytes.len()));
        };
        if bits != hash::BITS as i32 {
            return Err(SegmenterError::Buckets { found: bits, expected: hash::BITS });
        }
        let weights = &rest[24..];
        if weights.len() != 2 * BUCKETS {
            return Err(SegmenterError::Truncated(bytes.len()));
        }
        let part = |at: usize| weights[at * BUCKETS..][..BUCKETS].iter().map(|&byte| byte.cast_signed()).collect();
        Ok(Self {
            words: Weights { bias: words, weights: part(0) },
            sentences: Weights { bias: sentences, weights: part(1) },
            second: Second { doubt, weight, offset },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_refused_by_name_of_its_fault() {
        assert!(matches!(Model::read(b""), Err(SegmenterError::Truncated(0))));
        assert!(matches!(Model::read(b"notmodel, really"), Err(SegmenterError::NotAModel)));
        assert!(matches!(Model::read(&BUILTIN[..100]), Err(SegmenterError::Truncated(100))));
        let mut other = BUILTIN.to_vec();
        other[8] = 7;
        assert!(matches!(Model::read(&other), Err(SegmenterError::Buckets { found: 7, .. })));
        assert!(Model::read(BUILTIN).is_ok());
    }
}
