//! Numbers for layouts that have no room for our ids.

use sha2::{Digest, Sha256};

/// Bits of a number: what a double holds exactly, so that no statistics package rounds it.
const BITS: u32 = 53;

/// A stable number of a record's or document's id: the first 53 bits of the SHA-256 of its UTF-8. Among ten million ids the odds
/// that two share a number are about 1 to 180.
pub(super) fn of(id: &str) -> u64 {
    let digest = Sha256::digest(id.as_bytes());
    let first = digest.iter().take(8).fold(0u64, |sum, &byte| sum << 8 | u64::from(byte));
    first >> (u64::BITS - BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_stable_and_exact_as_doubles() {
        assert_ne!(of("wire-1#e1"), of("wire-1#e2"));
        assert_eq!(of("wire-1#e1") as f64 as u64, of("wire-1#e1"));
        // The SHA-256 of nothing begins with e3b0c44298fc1c14.
        assert_eq!(of(""), 0xe3b0_c442_98fc_1c14 >> 11);
    }
}
