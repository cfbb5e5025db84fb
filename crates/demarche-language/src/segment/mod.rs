//! Segmentation: decoded text to sentences, sentences to syntactic words.
//!
//! Words follow the conventions of the Universal Dependencies treebanks EWT and GUM: clitics are words ("do·n't",
//! "John·'s", "can·not"), most hyphenated compounds are three ("Franco·-·German") but prefixes stay on ("pro-Beijing"),
//! numbers, addresses and abbreviations are one.
//!
//! The way of a block: white space cuts it into chunks; a chunk falls into [`atoms`], the smallest possible words; at each
//! atom boundary rules or a linear model decide whether to cut ([`words`]); between words another linear model decides
//! whether a sentence ends ([`sentences`]). Where it is in doubt the language model looks too ([`second`]). Weights are
//! integers ([`model`]): the outcome is the same on every machine.

mod address;
mod atoms;
mod boundary;
mod form;
mod hash;
mod lexicon;
mod model;
mod second;
mod sentences;
#[cfg(test)]
mod tests;
mod words;

use demarche_record::TextRange;

use crate::analysis::{Segmented, Word};
use crate::model::Model as LanguageModel;
use crate::placeholder::NameFinder;

use self::atoms::Atom;
use self::boundary::Boundary;
use self::hash::Features;
use self::lexicon::Lexicon;
use self::model::Model;
pub use self::second::{Doubt, ReadStretch};
use self::second::{Gap, Looked};
use self::sentences::{Piece, State};
use self::words::{Chunk, Verdict};

/// What can be wrong with the segmenter's model or tables.
#[derive(Debug, thiserror::Error)]
pub enum SegmenterError {
    /// The model file does not begin with the mark of its kind.
    #[error(
        "the segmenter's model is no such file: it must begin with DEMSEG02; make it anew with training/segmenter.py"
    )]
    NotAModel,
    /// The model file has the wrong length.
    #[error(
        "the segmenter's model is incomplete: {0} bytes are too few or too many; make it anew with training/segmenter.py"
    )]
    Truncated(usize),
    /// The model was made for another number of buckets.
    #[error(
        "the segmenter's model has 2^{found} buckets, this program needs 2^{expected}; make it anew with training/segmenter.py"
    )]
    Buckets {
        /// Binary logarithm in the file.
        found: i32,
        /// Binary logarithm in the program.
        expected: u32,
    },
    /// The file of the second look's network does not begin with the mark of its kind.
    #[error(
        "the network for sentence ends is no such file: it must begin with DEMBND01; make it anew with training/boundaries.py"
    )]
    NotBoundaries,
    /// The file of the second look's network has the wrong length, or sizes or numbers that cannot be.
    #[error("the network for sentence ends is damaged ({0} bytes); make it anew with training/boundaries.py")]
    Boundaries(usize),
    /// A table is not as the program expects it.
    #[error("{file}: {cause}; correct the table and build again")]
    Table {
        /// The table's file.
        file: &'static str,
        /// Line, column and what is wrong there.
        cause: Box<toml::de::Error>,
    },
}

/// Cuts text into sentences and words. Holds only tables: share one among threads.
#[derive(Debug)]
pub struct Segmenter {
    model: Model,
    boundary: Boundary,
    lexicon: Lexicon,
}

impl Segmenter {
    /// The segmenter with the model and tables built into the program.
    ///
    /// # Errors
    /// When the built-in model or a table is damaged; the error names the file.
    pub fn builtin() -> Result<Self, SegmenterError> {
        Ok(Self { model: Model::builtin()?, boundary: Boundary::builtin()?, lexicon: Lexicon::builtin()? })
    }

    /// The segmenter with another model: the bytes of a file that `training/segmenter.py` made.
    ///
    /// # Errors
    /// When the bytes are no such model.
    pub fn with_model(bytes: &[u8]) -> Result<Self, SegmenterError> {
        Ok(Self { model: Model::read(bytes)?, ..Self::builtin()? })
    }

    /// This segmenter with another network for its second look: the bytes of a file that `training/boundaries.py` made.
    ///
    /// # Errors
    /// When the bytes are no such network.
    pub fn with_boundaries(self, bytes: &[u8]) -> Result<Self, SegmenterError> {
        Ok(Self { boundary: Boundary::read(bytes)?, ..self })
    }

    /// Sentences and words of the block (paragraph, headline, list item) at `block` of `text`, by the first look alone.
    ///
    /// Ranges are byte offsets into `text`. Words are in text order, do not overlap, and cover every character that is shown;
    /// a range outside the text, or cutting a character in two, is first narrowed to whole characters. No sentence crosses a
    /// blank line or has more than 400 words.
    pub fn segment(&self, text: &str, block: TextRange) -> Vec<Segmented> {
        self.look(text, block).sentences(text)
    }

    /// As [`Segmenter::segment`], for several blocks; where the first look is in doubt whether a sentence ends, the language
    /// model has a say. Country names that `names` finds are hidden from it.
    pub fn segment_with(
        &self,
        text: &str,
        blocks: impl IntoIterator<Item = TextRange>,
        model: &LanguageModel,
        names: &dyn NameFinder,
    ) -> Vec<Segmented> {
        let mut looked: Vec<Looked> = blocks.into_iter().map(|block| self.look(text, block)).collect();
        second::decide(text, &mut looked, self.model.second, &self.boundary, model, names);
        looked.iter().flat_map(|looked| looked.sentences(text)).collect()
    }

    /// The places of the block where the first look is in doubt, that is gives the end of a sentence a score below `doubt` in
    /// size, with what the second look says of them: for fitting and measuring how it counts.
    pub fn doubts(
        &self,
        text: &str,
        block: TextRange,
        doubt: i32,
        model: &LanguageModel,
        names: &dyn NameFinder,
    ) -> Vec<Doubt> {
        second::doubts(text, &[self.look(text, block)], doubt, &self.boundary, model, names)
            .into_iter()
            .map(|(_, _, doubt)| doubt)
            .collect()
    }

    /// What the language model reads of the block if every gap where a sentence may end is in doubt: for fitting the network of
    /// the second look.
    pub fn stretches(
        &self,
        text: &str,
        block: TextRange,
        model: &LanguageModel,
        names: &dyn NameFinder,
    ) -> Vec<ReadStretch> {
        second::all(text, &self.look(text, block), model, names)
    }

    /// Words, and what the first look says of the gaps between them.
    fn look(&self, text: &str, block: TextRange) -> Looked {
        let mut features = Features::new();
        let pieces = self.pieces(text, block, &mut features);
        let mut gaps = Vec::with_capacity(pieces.len());
        let mut state = State::default();
        for at in 0..pieces.len() {
            state.take(&pieces[at]);
            let gap = if at + 1 == pieces.len() || pieces[at + 1].gap == 3 {
                Gap::End
            } else if sentences::possible(&pieces, at) {
                sentences::evidence(&pieces, at, &state, &mut features);
                Gap::Score(self.model.sentences.score(&features))
            } else {
                Gap::Within
            };
            if gap.ends() {
                state = State::at(at + 1, state.quoted());
            }
            gaps.push(gap);
        }
        Looked { pieces, gaps }
    }

    fn pieces(&self, text: &str, block: TextRange, features: &mut Features) -> Vec<Piece> {
        let (atoms, chunks) = chunks(text, block, &self.lexicon);
        let mut pieces = Vec::with_capacity(atoms.len());
        for chunk in &chunks {
            let mut begun = chunk.first;
            for at in chunk.first + 1..chunk.end {
                let cut = match words::rule(&atoms, chunk, at, &self.lexicon) {
                    Verdict::Cut => true,
                    Verdict::Join => false,
                    Verdict::Open => {
                        words::evidence(&atoms, chunk, at, begun, text, &self.lexicon, features);
                        self.model.words.boundary(features)
                    }
                };
                if cut {
                    pieces.extend(piece(text, &atoms, chunk, begun, at, &self.lexicon));
                    begun = at;
                }
            }
            pieces.extend(piece(text, &atoms, chunk, begun, chunk.end, &self.lexicon));
        }
        pieces
    }
}

/// The open decisions of a block with the answers of a treebank, for training.
#[derive(Debug, Default)]
pub struct Decisions {
    /// At atom boundaries the rules leave open: buckets of the evidence, and whether the treebank has a word boundary there.
    pub words: Vec<(Vec<u32>, bool)>,
    /// After words where a sentence may end: buckets of the evidence, and whether one does.
    pub sentences: Vec<(Vec<u32>, bool)>,
    /// Boundaries of the treebank that no decision can reach: of words, of sentences.
    pub unreachable: (usize, usize),
}

/// Evidence and answers for the block at `block` of `text` whose right segmentation is `gold`.
///
/// # Errors
/// When a built-in table is damaged.
pub fn decisions(text: &str, block: TextRange, gold: &[Segmented]) -> Result<Decisions, SegmenterError> {
    let lexicon = Lexicon::builtin()?;
    let (atoms, chunks) = chunks(text, block, &lexicon);
    let mut out = Decisions::default();
    let mut features = Features::new();
    let mut pieces = Vec::new();
    let starts: std::collections::HashSet<usize> = gold.iter().flat_map(|s| &s.words).map(|w| w.range.start).collect();
    let ends: std::collections::HashSet<usize> = gold.iter().map(|s| s.range.end).collect();
    for chunk in &chunks {
        let mut begun = chunk.first;
        for at in chunk.first + 1..chunk.end {
            let cut = starts.contains(&atoms[at].start);
            if words::rule(&atoms, chunk, at, &lexicon) == Verdict::Open {
                words::evidence(&atoms, chunk, at, begun, text, &lexicon, &mut features);
                out.words.push((features.as_slice().to_vec(), cut));
            }
            if cut {
                pieces.extend(piece(text, &atoms, chunk, begun, at, &lexicon));
                begun = at;
            }
        }
        pieces.extend(piece(text, &atoms, chunk, begun, chunk.end, &lexicon));
    }
    let reached: std::collections::HashSet<usize> = pieces.iter().map(|p| p.start).collect();
    out.unreachable.0 = starts.difference(&reached).count();
    let mut state = State::default();
    for at in 0..pieces.len().saturating_sub(1) {
        state.take(&pieces[at]);
        let end = ends.contains(&pieces[at].end);
        if sentences::possible(&pieces, at) {
            sentences::evidence(&pieces, at, &state, &mut features);
            out.sentences.push((features.as_slice().to_vec(), end));
        } else if end {
            out.unreachable.1 += 1;
        }
        if end {
            state = State::at(at + 1, state.quoted());
        }
    }
    Ok(out)
}

/// The atoms of a block, and its chunks as ranges of them.
fn chunks(text: &str, block: TextRange, lexicon: &Lexicon) -> (Vec<Atom>, Vec<Chunk>) {
    let end = text.floor_char_boundary(block.end.min(text.len()));
    let start = text.ceil_char_boundary(block.start.min(end)).min(end);
    let caps = is_capitals(&text[start..end]);
    let mut atoms = Vec::with_capacity((end - start) / 4);
    let mut chunks = Vec::with_capacity((end - start) / 5);
    let (mut open, mut breaks, mut shown) = (None, 0, false);
    for (at, c) in text[start..end].char_indices().chain([(end - start, ' ')]) {
        let at = start + at;
        if !atoms::is_space(c) {
            open.get_or_insert(at);
            shown |= !atoms::is_ignorable(c);
            continue;
        }
        // What is never shown is no word.
        if let Some(from) = open.take().filter(|_| shown) {
            let first = atoms.len();
            atoms::cut(text, from, at, caps, lexicon, &mut atoms);
            let address = address::find(&text[from..at], lexicon).map(|(a, b)| (from + a, from + b));
            chunks.push(Chunk::new(text, &atoms, first, breaks, address, lexicon));
            breaks = 0;
        }
        shown = false;
        breaks += u32::from(c == '\n');
    }
    (atoms, chunks)
}

/// Whether letter case says nothing: nearly all letters are capitals, and there are enough to tell.
fn is_capitals(text: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text.chars().take(4000) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= 20 && lower * 10 < upper
}

fn piece(text: &str, atoms: &[Atom], chunk: &Chunk, begun: usize, end: usize, lexicon: &Lexicon) -> Option<Piece> {
    let gap = if begun > chunk.first { 0 } else { (chunk.breaks + 1).min(3) };
    Piece::new(text, &atoms[begun..end], gap, lexicon)
}

fn segmented(text: &str, pieces: &[Piece]) -> Segmented {
    let words: Vec<Word> = pieces
        .iter()
        .map(|piece| Word { range: TextRange::new(piece.start, piece.end), form: piece.form(text) })
        .collect();
    let range = words.iter().map(|word| word.range).reduce(TextRange::cover).unwrap_or_default();
    Segmented { range, words }
}
