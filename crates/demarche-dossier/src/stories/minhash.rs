//! Sets of hashes as a few of their least ones, under ever other permutations: how alike two sets are can be told from
//! those alone.

/// Keeps, for each of `N` permutations of the 32-bit numbers, the least member of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MinHash<const N: usize> {
    least: [u32; N],
}

impl<const N: usize> MinHash<N> {
    pub(crate) const EMPTY: Self = Self { least: [u32::MAX; N] };

    /// Factor and summand of each permutation: multiply-add-shift, a universal family, and one that compilers vectorise.
    const PERMUTATIONS: [(u64, u64); N] = {
        let mut permutations = [(0, 0); N];
        let mut number = 0;
        while number < N {
            permutations[number] = (mix(2 * number as u64 + 1) | 1, mix(2 * number as u64 + 2));
            number += 1;
        }
        permutations
    };

    /// Puts the hash of a member into the set.
    pub(crate) fn insert(&mut self, member: u64) {
        for (least, (factor, summand)) in self.least.iter_mut().zip(Self::PERMUTATIONS) {
            let image = (factor.wrapping_mul(member).wrapping_add(summand) >> 32) as u32;
            *least = (*least).min(image);
        }
    }

    /// Estimate of the Jaccard index of two sets: shared members by all members, 0 to 1. Its standard error is at most
    /// `0.5 / sqrt(N)`.
    pub(crate) fn jaccard(&self, other: &Self) -> f64 {
        let same = self.least.iter().zip(&other.least).filter(|(one, other)| one == other).count();
        same as f64 / N as f64
    }

    /// Hashes of bands of `ROWS` permutations each: two sets share one with high probability only when they are alike.
    pub(crate) fn bands<const ROWS: usize>(&self) -> impl Iterator<Item = u64> + '_ {
        self.least
            .chunks_exact(ROWS)
            .enumerate()
            .map(|(band, rows)| rows.iter().fold(band as u64, |hash, &row| mix(hash ^ u64::from(row))))
    }

    /// Four bytes a permutation, the least significant first.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.least.iter().flat_map(|least| least.to_le_bytes()).collect()
    }

    /// Reads [`Self::to_bytes`]; `None` for another length.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        if numbers.len() != N || !rest.is_empty() {
            return None;
        }
        let mut set = Self::EMPTY;
        for (least, bytes) in set.least.iter_mut().zip(numbers) {
            *least = u32::from_le_bytes(*bytes);
        }
        Some(set)
    }
}

/// A 64-bit mixer: the finaliser of Steele, Lea and Flood's SplitMix (2014).
pub(crate) const fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Hash of a word: the same on every machine, for it stays in the file.
pub(crate) fn word(word: &str) -> u64 {
    // FNV-1a, then mixed so that its high bits are as good as its low ones.
    let hash = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    mix(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(members: std::ops::Range<u64>) -> MinHash<120> {
        let mut set = MinHash::EMPTY;
        members.for_each(|member| set.insert(mix(member)));
        set
    }

    #[test]
    fn the_estimate_is_near() {
        for (other, jaccard) in [(0..1000, 1.0), (500..1500, 1.0 / 3.0), (100..1100, 900.0 / 1100.0), (1000..2000, 0.0)]
        {
            let estimate = set(0..1000).jaccard(&set(other));
            assert!((estimate - jaccard).abs() < 0.12, "{estimate} for {jaccard}");
        }
    }

    #[test]
    fn bytes_and_back() {
        let one = set(0..10);
        assert_eq!(MinHash::from_bytes(&one.to_bytes()), Some(one.clone()));
        assert_eq!(MinHash::<120>::from_bytes(&one.to_bytes()[1..]), None);
        assert_eq!(one.bands::<3>().count(), 40);
        // What is in files stays what it is.
        assert_eq!(word("talks"), 2_315_130_869_993_284_166);
    }
}
