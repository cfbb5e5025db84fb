//! Hashing of characters and features to buckets of the model. Fixed by the model file: a change here needs a new model.

/// Start of every hash.
pub(super) const SEED: u32 = 0x811c_9dc5;

/// Hash of the one-letter word "t".
pub(super) const LETTER_T: u32 = step(SEED, 't' as u32);

/// Hash of a word of two letters.
pub(super) const fn pair(first: char, second: char) -> u32 {
    step(step(SEED, first as u32), second as u32)
}

/// Number of buckets per decision, as a power of two.
pub(super) const BITS: u32 = 18;

/// One step of a 32-bit multiplicative hash over code points.
pub(super) const fn step(hash: u32, value: u32) -> u32 {
    let mixed = (hash ^ value).wrapping_mul(0x0100_0193);
    mixed ^ (mixed >> 15)
}

/// Hash of a word as the tables write it (lower case).
pub(super) fn word(text: &str) -> u32 {
    text.chars().fold(SEED, |hash, c| step(hash, c as u32))
}

/// Features of one decision: buckets, at most [`Features::MAX`].
#[derive(Debug)]
pub(super) struct Features {
    buckets: [u32; Self::MAX],
    len: usize,
}

impl Features {
    /// No decision has more features.
    pub const MAX: usize = 64;

    pub const fn new() -> Self {
        Self { buckets: [0; Self::MAX], len: 0 }
    }

    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// The buckets added so far.
    pub fn as_slice(&self) -> &[u32] {
        &self.buckets[..self.len]
    }

    /// Adds the feature made of `values` under the given template number.
    #[inline]
    pub fn add(&mut self, template: u32, values: &[u32]) {
        let mut hash = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0xd6e8_feb8_6659_fd93;
        for &value in values {
            hash = (hash ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
            hash ^= hash >> 32;
        }
        if let Some(slot) = self.buckets.get_mut(self.len) {
            *slot = (hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> (64 - BITS)) as u32;
            self.len += 1;
        }
    }
}
