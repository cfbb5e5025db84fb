//! Tests of the segmenter as a whole: tables of text against words and sentences, and properties over any text.

use std::sync::LazyLock;

use demarche_record::TextRange;
use proptest::prelude::*;

use super::{Segmenter, atoms};
use crate::analysis::Segmented;

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::builtin().expect("the built-in model is sound"));

fn segment(text: &str) -> Vec<Segmented> {
    SEGMENTER.segment(text, TextRange::new(0, text.len()))
}

/// Words joined by a space, sentences by a bar.
fn shown(text: &str) -> String {
    let sentence = |s: &Segmented| s.words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ");
    segment(text).iter().map(sentence).collect::<Vec<_>>().join(" | ")
}

#[test]
fn words_and_sentences_follow_the_treebanks() {
    let cases = include_str!("cases.tsv");
    let mut wrong = Vec::new();
    for line in cases.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let Some((text, expected)) = line.split_once('\t') else { panic!("cases.tsv: no tab in {line:?}") };
        let found = shown(text);
        if found != expected {
            wrong.push(format!("text     {text}\nexpected {expected}\nfound    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn unshown_characters_stay_in_the_range_and_leave_the_form() {
    let text = "The nego\u{ad}tiators\u{200b} met in Gen\u{200d}eva .";
    let sentences = segment(text);
    let words: Vec<_> = sentences.iter().flat_map(|s| &s.words).map(|w| (w.form.as_str(), w.range.of(text))).collect();
    assert_eq!(words[1], ("negotiators", "nego\u{ad}tiators\u{200b}"));
    assert_eq!(words[4], ("Geneva", "Gen\u{200d}eva"));
}

#[test]
fn an_emoji_with_its_modifiers_is_one_word() {
    let text = "Well 👩‍👩‍👧‍👦 👍🏽 🇰🇪🇳🇴";
    let words: Vec<_> = segment(text).into_iter().flat_map(|s| s.words).map(|w| w.form).collect();
    assert_eq!(words, ["Well", "👩‍👩‍👧‍👦", "👍🏽", "🇰🇪", "🇳🇴"]);
}

#[test]
fn blocks_and_blank_lines_end_sentences() {
    let text = "Talks resume\n\nThe envoys met\nin Doha";
    assert_eq!(shown(text), "Talks resume | The envoys met in Doha");
    let found = SEGMENTER.segment(text, TextRange::new(6, 12));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].words[0].range, TextRange::new(6, 12));
}

#[test]
fn a_sentence_without_end_is_cut_at_a_comma() {
    let clause = "and the envoys went on to the next town, ";
    let text = clause.repeat(200);
    let sentences = segment(&text);
    assert!(sentences.len() > 1);
    for sentence in &sentences {
        assert!(sentence.words.len() <= 400);
        assert_eq!(sentence.words.last().map(|w| w.form.as_str()), Some(","));
    }
    assert!(segment(&"word ".repeat(2000)).iter().all(|s| s.words.len() <= 400));
    assert!(segment(&"(".repeat(2000)).iter().all(|s| s.words.len() <= 400));
}

#[test]
fn any_block_range_is_narrowed_to_the_text() {
    let text = "Žižkov – é.";
    for start in 0..text.len() + 3 {
        for end in 0..text.len() + 3 {
            check(text, TextRange::new(start, end));
        }
    }
    assert!(SEGMENTER.segment("", TextRange::new(0, 0)).is_empty());
    assert!(SEGMENTER.segment(" \u{200b}\n", TextRange::new(0, 5)).is_empty());
}

/// Words in range, ordered, apart, with a form, covering what is shown.
fn check(text: &str, block: TextRange) {
    let sentences = SEGMENTER.segment(text, block);
    let mut at = block.start;
    for sentence in &sentences {
        let (Some(first), Some(last)) = (sentence.words.first(), sentence.words.last()) else {
            panic!("empty sentence")
        };
        assert_eq!(sentence.range, first.range.cover(last.range));
        for word in &sentence.words {
            assert!(
                word.range.start >= at && word.range.end <= block.end && !word.range.is_empty(),
                "{text:?} {word:?}"
            );
            assert!(!word.form.is_empty());
            assert!(text.is_char_boundary(word.range.start) && text.is_char_boundary(word.range.end));
            at = word.range.end;
        }
    }
    let covered = |at: usize| sentences.iter().flat_map(|s| &s.words).any(|w| w.range.start <= at && at < w.range.end);
    for (at, c) in text.char_indices().filter(|&(at, c)| at >= block.start && at + c.len_utf8() <= block.end) {
        let shown = !atoms::is_space(c) && !atoms::is_ignorable(c);
        assert!(!shown || covered(at), "{text:?}: {c:?} at {at} is in no word");
    }
}

proptest! {
    #[test]
    fn any_text_is_covered_in_order(text in "\\PC{0,80}") {
        check(&text, TextRange::new(0, text.len()));
    }

    #[test]
    fn any_string_at_all_is_covered_in_order(text in any::<String>()) {
        check(&text, TextRange::new(0, text.len()));
    }

    #[test]
    fn news_like_text_is_covered_in_order(text in "([A-Za-z]{1,9}|[0-9]{1,3}|[.,'’\"“”()@/:-]{1,3}|www\\.|http://|n't|\u{ad}|\u{200d}|👍| |\n){0,60}") {
        check(&text, TextRange::new(0, text.len()));
    }
}
