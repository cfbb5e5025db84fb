//! Arbitrary text through segmentation: ranges in order, whole characters, no letter lost.
#![no_main]

use std::sync::LazyLock;

use demarche_language::Segmenter;
use demarche_record::TextRange;
use libfuzzer_sys::fuzz_target;

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::builtin().unwrap());

fuzz_target!(|text: &str| {
    let mut covered = vec![false; text.len()];
    let (mut end, mut last) = (0, 0);
    for sentence in SEGMENTER.segment(text, TextRange::new(0, text.len())) {
        assert!(end <= sentence.range.start && sentence.range.start < sentence.range.end);
        end = sentence.range.end;
        assert!(end <= text.len() && !sentence.words.is_empty());
        for word in sentence.words {
            assert!(last <= word.range.start && sentence.range.start <= word.range.start && word.range.end <= end);
            assert!(word.range.start < word.range.end && text.get(word.range.start..word.range.end).is_some());
            last = word.range.end;
            covered[word.range.start..word.range.end].fill(true);
        }
    }
    for (at, c) in text.char_indices() {
        assert!(!c.is_alphanumeric() || covered[at], "{c} at {at} is in no word");
    }
});
