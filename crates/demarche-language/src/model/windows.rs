//! Sentences longer than the encoder reads at once: overlapping windows of whole words.

use std::ops::Range;

/// Pieces the encoder reads at once, marks of beginning and end included.
pub(super) const WINDOW: usize = 256;
/// Pieces that neighbouring windows share, at least.
const OVERLAP: usize = 96;

/// A stretch of a sentence that is encoded together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Words encoded.
    pub(super) words: Range<usize>,
    /// Words whose states are taken from this window: each word from one window only.
    pub(super) keep: Range<usize>,
}

/// Windows over words of the given numbers of pieces (at most `limit / 8` each), none longer than `limit` pieces with
/// the two marks. The words two windows share are divided in the middle, so that each has context on both sides.
pub(super) fn windows(pieces: &[usize], limit: usize) -> Vec<Window> {
    let mut out: Vec<Window> = Vec::new();
    let (mut start, mut kept) = (0, 0);
    while kept < pieces.len() {
        let (mut end, mut used) = (start, 2);
        while end < pieces.len() && (used + pieces[end] <= limit || end == start) {
            used += pieces[end];
            end += 1;
        }
        if end == pieces.len() {
            out.push(Window { words: start..end, keep: kept..end });
            break;
        }
        let (mut next, mut shared) = (end, 0);
        while next > start + 1 && shared < OVERLAP.min(limit / 2) {
            next -= 1;
            shared += pieces[next];
        }
        let middle = next.midpoint(end).max(kept + 1).min(end);
        out.push(Window { words: start..end, keep: kept..middle });
        (start, kept) = (next.min(middle), middle);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_sentences_have_one_window() {
        assert_eq!(windows(&[1; 254], 256), [Window { words: 0..254, keep: 0..254 }]);
        assert_eq!(windows(&[1; 255], 256).len(), 2);
        assert!(windows(&[], 256).is_empty());
    }

    proptest! {
        #[test]
        fn every_word_is_kept_once_with_context(pieces in prop::collection::vec(1usize..=8, 1..900)) {
            let all = windows(&pieces, 256);
            let mut next = 0;
            for (i, window) in all.iter().enumerate() {
                prop_assert_eq!(window.keep.start, next);
                next = window.keep.end;
                prop_assert!(window.words.start <= window.keep.start && window.keep.end <= window.words.end);
                prop_assert!(pieces[window.words.clone()].iter().sum::<usize>() + 2 <= 256);
                let before: usize = pieces[window.words.start..window.keep.start].iter().sum();
                prop_assert!(i == 0 || before >= 24, "{before} pieces of context");
            }
            prop_assert_eq!(next, pieces.len());
        }
    }
}
