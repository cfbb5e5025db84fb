//! The second look at the ends of sentences: where the first look is in doubt, the language model reads the words around and
//! a small network over its states ([`boundary`](super::boundary)) says how strongly the next word begins a sentence.
//!
//! What is read is the words around the doubt, whatever the first look says of them. In edited news little is in doubt, so
//! little is read twice. A block whose last word ends no sentence may be written without full stops throughout: there the
//! first look is believed only where it is very sure.

use std::ops::Range;

use demarche_record::TextRange;

use super::boundary::Boundary;
use super::model::Second;
use super::segmented;
use super::sentences::{self, Piece};
use crate::analysis::Segmented;
use crate::model::{Model as LanguageModel, StretchStates};
use crate::placeholder::NameFinder;

/// Words of a stretch, at most.
const LONGEST: usize = 90;
/// Words read before the first doubt of a stretch, and after its last.
const BEFORE: usize = 30;
const AFTER: usize = 15;
/// Below this the first look is in doubt in a block whose last word ends no sentence.
const OPEN: i32 = 500;
/// Stretches read at once.
const TOGETHER: usize = 32;
/// The network's scores are rounded to parts of 1, so that the decision is one of integers, and cut to a range.
const PARTS: f32 = 64.0;
const LARGEST: f32 = 20.0;

/// What is known of the gap after a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// No sentence can end here.
    Within,
    /// The block ends, or there is a blank line.
    End,
    /// The first look's score: a sentence ends where it is positive.
    Score(i32),
}

impl Gap {
    /// Whether a sentence ends here as things stand.
    pub fn ends(self) -> bool {
        self == Self::End || matches!(self, Self::Score(score) if score > 0)
    }

    fn is_doubtful(self, doubt: i32) -> bool {
        matches!(self, Self::Score(score) if score.abs() < doubt)
    }
}

/// A block after the first look.
#[derive(Debug)]
pub(super) struct Looked {
    pub pieces: Vec<Piece>,
    /// After each word, the last too.
    pub gaps: Vec<Gap>,
}

/// A place in doubt, for fitting the second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The word before.
    pub word: TextRange,
    /// The first look's score.
    pub first: i32,
    /// The language model's score, in 64ths; positive where the next word begins a sentence.
    pub second: i32,
}

impl Looked {
    /// The sentences; one that is too long is cut where it harms least.
    pub fn sentences(&self, text: &str) -> Vec<Segmented> {
        let mut out = Vec::new();
        let (mut begun, mut at) = (0, 0);
        while at < self.pieces.len() {
            let mut ends = self.gaps[at].ends();
            if !ends && at + 1 - begun >= sentences::LONGEST {
                at = sentences::forced_end(&self.pieces, begun);
                ends = true;
            }
            at += 1;
            if ends {
                out.push(segmented(text, &self.pieces[begun..at]));
                begun = at;
            }
        }
        out
    }

    /// The words after which a sentence's end is in doubt.
    fn doubts(&self, doubt: i32) -> Vec<usize> {
        let doubt = if doubt < OPEN && !sentences::closed(&self.pieces) { OPEN } else { doubt };
        (0..self.gaps.len()).filter(|&at| self.gaps[at].is_doubtful(doubt)).collect()
    }
}

/// Words of a block to be read together.
#[derive(Debug, PartialEq, Eq)]
struct Stretch {
    words: Range<usize>,
    /// Those of them after which a sentence's end is in doubt.
    doubts: Vec<usize>,
}

/// The stretches to read for the doubts after these words, in order, of a block of `length` words.
fn stretches(doubts: &[usize], length: usize) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for &at in doubts {
        let end = (at + 1 + AFTER).min(length);
        match out.last_mut() {
            Some(stretch) if end <= stretch.words.start + LONGEST => {
                stretch.words.end = end;
                stretch.doubts.push(at);
            }
            _ => out.push(Stretch { words: at.saturating_sub(BEFORE)..end, doubts: vec![at] }),
        }
    }
    out
}

/// A stretch as the language model has read it, for fitting the network.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadStretch {
    /// States `[words read, width]`.
    pub states: Vec<f32>,
    /// Gaps where a sentence may end: the row of the word after it, the word before it, the first look's score.
    pub gaps: Vec<(usize, TextRange, i32)>,
}

/// Asks the language model where the first look is in doubt, and sets the scores of those gaps anew.
pub(super) fn decide(
    text: &str,
    blocks: &mut [Looked],
    second: Second,
    boundary: &Boundary,
    model: &LanguageModel,
    names: &dyn NameFinder,
) {
    if second.doubt <= 0 || boundary.width() != model.width() {
        return;
    }
    for (block, at, doubt) in doubts(text, blocks, second.doubt, boundary, model, names) {
        let first = i64::from(doubt.first) + i64::from(second.offset);
        let sum = first * PARTS as i64 + i64::from(second.weight) * i64::from(doubt.second);
        blocks[block].gaps[at] = Gap::Score(if sum > 0 { 1 } else { -1 });
    }
}

/// The places in doubt that the language model has a view on: block, word before, and both views.
pub(super) fn doubts(
    text: &str,
    blocks: &[Looked],
    doubt: i32,
    boundary: &Boundary,
    model: &LanguageModel,
    names: &dyn NameFinder,
) -> Vec<(usize, usize, Doubt)> {
    let mut out = Vec::new();
    for (block, looked) in blocks.iter().enumerate() {
        let stretches = stretches(&looked.doubts(doubt), looked.pieces.len());
        read(text, looked, &stretches, model, names, |read, gaps| {
            let rows: Vec<usize> = gaps.iter().map(|gap| gap.row).collect();
            for (gap, score) in gaps.iter().zip(boundary.scores(&read.rows, &rows)) {
                let second = (score.clamp(-LARGEST, LARGEST) * PARTS).round() as i32;
                out.push((block, gap.at, Doubt { word: looked.pieces[gap.at].range(), first: gap.first, second }));
            }
        });
    }
    out
}

/// All gaps of a block where a sentence may end, with the states around them.
pub(super) fn all(text: &str, looked: &Looked, model: &LanguageModel, names: &dyn NameFinder) -> Vec<ReadStretch> {
    let gaps: Vec<usize> = (0..looked.gaps.len()).filter(|&at| matches!(looked.gaps[at], Gap::Score(_))).collect();
    let mut out = Vec::new();
    read(text, looked, &stretches(&gaps, looked.pieces.len()), model, names, |read, gaps| {
        let gap = |gap: &Asked| (gap.row, looked.pieces[gap.at].range(), gap.first);
        out.push(ReadStretch { states: read.rows, gaps: gaps.iter().map(gap).collect() });
    });
    out
}

/// A gap asked about: the word before it, the row of the state of the word after it, the first look's score.
struct Asked {
    at: usize,
    row: usize,
    first: i32,
}

/// Reads the stretches of a block; gaps inside a country's name are left out: no sentence begins there, and the first look
/// stands.
fn read(
    text: &str,
    looked: &Looked,
    stretches: &[Stretch],
    model: &LanguageModel,
    names: &dyn NameFinder,
    mut then: impl FnMut(StretchStates, &[Asked]),
) {
    for together in stretches.chunks(TOGETHER) {
        let form = |piece: &Piece| piece.form(text);
        let forms: Vec<Vec<String>> =
            together.iter().map(|stretch| looked.pieces[stretch.words.clone()].iter().map(form).collect()).collect();
        let words: Vec<Vec<&str>> = forms.iter().map(|forms| forms.iter().map(String::as_str).collect()).collect();
        for (stretch, read) in together.iter().zip(model.stretch_states(&words, names)) {
            let asked = |&at: &usize| {
                let row = read.firsts.binary_search(&(at + 1 - stretch.words.start)).ok()?;
                let Gap::Score(first) = looked.gaps[at] else { return None };
                Some(Asked { at, row, first })
            };
            let gaps: Vec<Asked> = stretch.doubts.iter().filter_map(asked).collect();
            then(read, &gaps);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Segmenter;
    use super::*;

    fn looked(text: &str, scores: &[i32]) -> Looked {
        let segmenter = Segmenter::builtin().expect("the built-in model is sound");
        let mut looked = segmenter.look(text, TextRange::new(0, text.len()));
        looked.gaps = scores.iter().map(|&score| Gap::Score(score)).collect();
        *looked.gaps.last_mut().expect("there are words") = Gap::End;
        looked
    }

    #[test]
    fn a_block_without_a_stop_at_its_end_is_in_doubt_for_longer() {
        let scores = [-499, 600, 9, -9, 0];
        assert_eq!(looked("one two three four .", &scores).doubts(10), [2, 3]);
        assert_eq!(looked("one two three four five", &scores).doubts(10), [0, 2, 3]);
    }

    #[test]
    fn a_stretch_is_the_words_around_its_doubts() {
        let stretch = |words, doubts: &[usize]| Stretch { words, doubts: doubts.to_vec() };
        assert_eq!(stretches(&[], 9), []);
        assert_eq!(stretches(&[3], 9), [stretch(0..9, &[3])]);
        assert_eq!(
            stretches(&[3, 200, 210, 330, 398], 400),
            [
                stretch(0..19, &[3]),
                stretch(170..226, &[200, 210]),
                stretch(300..346, &[330]),
                stretch(368..400, &[398])
            ]
        );
    }

    #[test]
    fn every_doubt_is_in_one_stretch_with_the_word_after_it() {
        let doubts: Vec<usize> = (0..299).filter(|at| at % 7 == 0).collect();
        let found = stretches(&doubts, 300);
        assert_eq!(found.iter().flat_map(|stretch| stretch.doubts.clone()).collect::<Vec<_>>(), doubts);
        for Stretch { words, doubts } in &found {
            assert!(words.len() <= LONGEST && doubts.iter().all(|at| words.contains(at) && words.contains(&(at + 1))));
        }
    }
}
