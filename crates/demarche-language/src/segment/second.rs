//! The second look at the ends of sentences: where the first look is in doubt, the language model reads the words around and
//! says how strongly the next word begins a sentence.
//!
//! What is read is the stretch between two places the first look is sure of, or in a longer one the words around the doubt.
//! In edited news little is in doubt, so little is read twice.

use std::ops::Range;

use demarche_record::TextRange;

use super::model::Second;
use super::segmented;
use super::sentences::{self, Piece};
use crate::analysis::Segmented;
use crate::model::Model as LanguageModel;
use crate::placeholder::NameFinder;

/// Words of a stretch, at most: what the language model was trained on.
const STRETCH: usize = 90;
/// Words before the first doubt of a stretch that is cut, and after its last.
const BEFORE: usize = 45;
const AFTER: usize = 20;
/// Stretches read at once.
const TOGETHER: usize = 32;
/// The language model's scores are rounded to parts of 1, so that the decision is one of integers, and cut to a range.
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

    /// The stretches to read, each with the words after which a sentence's end is in doubt.
    fn stretches(&self, doubt: i32) -> Vec<(Range<usize>, Vec<usize>)> {
        let mut out = Vec::new();
        let mut begun = 0;
        for at in 0..self.gaps.len() {
            let sure = self.gaps[at].ends() && !self.gaps[at].is_doubtful(doubt);
            if sure {
                self.within(begun..at + 1, doubt, &mut out);
                begun = at + 1;
            }
        }
        out
    }

    /// Those of the words `all`, between two sure places.
    fn within(&self, all: Range<usize>, doubt: i32, out: &mut Vec<(Range<usize>, Vec<usize>)>) {
        let mut doubts = all.clone().filter(|&at| self.gaps[at].is_doubtful(doubt)).peekable();
        while let Some(&first) = doubts.peek() {
            let words = if all.len() <= STRETCH {
                all.clone()
            } else {
                let end = (first.saturating_sub(BEFORE).max(all.start) + STRETCH).min(all.end);
                end - STRETCH..end
            };
            let last = if words.end == all.end { words.end } else { words.end - AFTER };
            let mut inside = Vec::new();
            while let Some(at) = doubts.next_if(|&at| at < last) {
                inside.push(at);
            }
            out.push((words, inside));
        }
    }
}

/// Asks the language model where the first look is in doubt, and sets the scores of those gaps anew.
pub(super) fn decide(text: &str, blocks: &mut [Looked], second: Second, model: &LanguageModel, names: &dyn NameFinder) {
    if second.doubt <= 0 {
        return;
    }
    for (block, at, doubt) in doubts(text, blocks, second.doubt, model, names) {
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
    model: &LanguageModel,
    names: &dyn NameFinder,
) -> Vec<(usize, usize, Doubt)> {
    let stretches: Vec<_> = blocks
        .iter()
        .enumerate()
        .flat_map(|(block, looked)| {
            looked.stretches(doubt).into_iter().map(move |(words, doubts)| (block, words, doubts))
        })
        .collect();
    let mut out = Vec::new();
    for together in stretches.chunks(TOGETHER) {
        let forms: Vec<Vec<String>> = together
            .iter()
            .map(|(block, words, _)| {
                blocks[*block].pieces[words.clone()].iter().map(|piece| piece.form(text)).collect()
            })
            .collect();
        let words: Vec<Vec<&str>> = forms.iter().map(|forms| forms.iter().map(String::as_str).collect()).collect();
        for ((block, words, doubts), scores) in together.iter().zip(model.beginnings(&words, names)) {
            for &at in doubts {
                // None inside a country's name: no sentence begins there, and the first look stands.
                let score = scores.get(at + 1 - words.start).copied().flatten();
                if let (Gap::Score(first), Some(score)) = (blocks[*block].gaps[at], score) {
                    let piece = &blocks[*block].pieces[at];
                    let second = (score.clamp(-LARGEST, LARGEST) * PARTS).round() as i32;
                    out.push((*block, at, Doubt { word: TextRange::new(piece.start, piece.end), first, second }));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Segmenter;
    use super::*;

    fn looked(scores: &[i32]) -> Looked {
        let text = vec!["word"; scores.len()].join(" ");
        let segmenter = Segmenter::builtin().expect("the built-in model is sound");
        let mut looked = segmenter.look(&text, TextRange::new(0, text.len()));
        looked.gaps = scores.iter().map(|&score| Gap::Score(score)).collect();
        *looked.gaps.last_mut().expect("there are words") = Gap::End;
        looked
    }

    #[test]
    fn a_stretch_lies_between_sure_places() {
        let found = looked(&[-99, 99, -99, 2, -3, 99, -99, -99]).stretches(10);
        assert_eq!(found, [(2..6, vec![3, 4])]);
        assert!(looked(&[-99, 99, -99]).stretches(10).is_empty());
    }

    #[test]
    fn a_long_stretch_is_read_around_its_doubts() {
        let mut scores = vec![-99; 400];
        for at in [3, 200, 210, 330, 398] {
            scores[at] = 1;
        }
        let found = looked(&scores).stretches(10);
        assert_eq!(found, [(0..90, vec![3]), (155..245, vec![200, 210]), (285..375, vec![330]), (310..400, vec![398])]);
    }

    #[test]
    fn every_doubt_is_in_one_stretch_with_the_word_after_it() {
        let scores: Vec<i32> = (0..300).map(|at| if at % 7 == 0 { 1 } else { -99 }).collect();
        let found = looked(&scores).stretches(10);
        let doubts: Vec<usize> = found.iter().flat_map(|(_, doubts)| doubts.clone()).collect();
        assert_eq!(doubts, (0..299).filter(|at| at % 7 == 0).collect::<Vec<_>>());
        for (words, doubts) in &found {
            assert!(words.len() <= STRETCH && doubts.iter().all(|at| words.contains(at) && words.contains(&(at + 1))));
        }
    }
}
