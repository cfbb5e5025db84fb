//! The language model: from segmented sentences to trees, tags, lemmas and named entities.
//!
//! One pass of a small encoder over word pieces feeds all heads. Rooms, in the order a sentence takes them: `pieces`
//! (words to ids), `windows` (long sentences), `encoder`, `heads` with `tree`, then `lemma` and `entities`; `classifier` reads
//! the encoder's middle states once more for questions about a sentence; `kernel` is the arithmetic below them, `weights` reads the file. The model file and its arithmetic are described in
//! `models/FORMAT.md`.

mod classifier;
mod encoder;
mod entities;
mod heads;
mod kernel;
mod labels;
mod lemma;
mod pieces;
mod stages;
mod states;
mod subjects;
#[cfg(test)]
mod tests;
mod tree;
mod weights;
mod windows;

use std::borrow::Cow;

use crate::analysis::{Reading, Segmented};
use crate::placeholder::{Masked, NameFinder};
use crate::sentence::{Sentence, Token};
pub use classifier::{Answer, Classifier, Marked};
use encoder::{Batch, Encoder, Workspace};
use entities::TagOrder;
use heads::{Choice, Heads};
pub use kernel::InstructionSet;
use kernel::Isa;
pub use kernel::float::logistic;
use labels::Labels;
use lemma::Lexicon;
use pieces::{Vocabulary, shape};
use stages::{Clock, Stopwatch};
pub use stages::{Stage, StageTimes};
pub(crate) use states::StateMap;
pub use states::{EarlyStates, States, StretchStates};
use subjects::mend_subjects;
pub use weights::ModelError;
use weights::{Table, Weights};
use windows::{Window, windows};

/// The weights this program carries (`models/MODEL_CARD.md`).
static ENGLISH: &[u8] = include_bytes!("../../../../models/english.safetensors");
/// Lemmas of forms that have only one.
static LEMMAS: &str = include_str!("../../../../models/lemmas.tsv");

/// Word pieces encoded together: enough to pass each panel of weights once, few enough to stay in the cache.
const BATCH: usize = 256;

/// The model, ready to parse. Cheap to share between threads; parsing needs no locks.
pub struct Model {
    isa: Isa,
    version: String,
    vocabulary: Vocabulary,
    encoder: Encoder,
    heads: Heads,
    labels: Labels,
    lexicon: Lexicon,
}

/// One window of text as the encoder reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncoderInput {
    /// Ids of the word pieces, with the marks of beginning and end.
    pub ids: Vec<u32>,
    /// Word shape of each (`models/FORMAT.md`).
    pub shapes: Vec<u8>,
    /// Those that the last layers compute: the marks and the first pieces of words.
    pub kept: Vec<usize>,
    /// For each word of the sentence that the window reads, its number and its row in `kept`; a country's name is one row.
    pub words: Vec<(usize, usize)>,
}

/// A sentence on its way through the encoder.
struct Pieces {
    /// Ids of each word's pieces.
    ids: Vec<Vec<u32>>,
    /// Shape of each word.
    shapes: Vec<u8>,
    windows: Vec<Window>,
}

/// States that outlive the parse.
struct Kept {
    states: States,
    early: Option<EarlyStates>,
}

impl Model {
    /// The model that comes with the program.
    ///
    /// # Errors
    /// Only if the program was built with a broken model file.
    pub fn builtin() -> Result<Self, ModelError> {
        Self::load(ENGLISH, |table| table)
    }

    /// A model from the bytes of a file as `models/FORMAT.md` describes it; the lemma lexicon is the program's own.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::load(bytes, Table::into_owned)
    }

    fn load<'a>(bytes: &'a [u8], own: impl Fn(Table<'a>) -> Table<'static>) -> Result<Self, ModelError> {
        let isa = Isa::detect();
        let weights = Weights::open(bytes)?;
        let labels = Labels::read(weights.metadata("labels")?)?;
        let vocabulary = Vocabulary::new(weights.metadata("vocab")?)?;
        let encoder = Encoder::load(&weights, vocabulary.len(), own)?;
        let heads = Heads::load(&weights, isa, encoder.width(), labels.sizes(), TagOrder::new(&labels.entities))?;
        let lexicon = Lexicon::parse(LEMMAS)?;
        Ok(Self { isa, version: version(bytes), vocabulary, encoder, heads, labels, lexicon })
    }

    /// The same model computing with another instruction set, for tests and measurements: the results are the same.
    #[must_use]
    pub fn with_instruction_set(self, set: InstructionSet) -> Self {
        Self { isa: set.0, ..self }
    }

    /// Which model this is: a hash of weights and lexicon. The same version gives the same analysis on any machine.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Analyses sentences; one result for each, in order, whatever else is among them. Country names that `names`
    /// finds are hidden from the encoder (see [`NameFinder`]).
    pub fn parse(&self, sentences: &[Segmented], names: &dyn NameFinder) -> Vec<Sentence> {
        self.read(sentences, names, None, &mut ())
    }

    /// As [`Model::parse`], and where the time went.
    pub fn parse_measured(&self, sentences: &[Segmented], names: &dyn NameFinder) -> (Vec<Sentence>, StageTimes) {
        let mut clock = Stopwatch::start();
        let parsed = self.read(sentences, names, None, &mut clock);
        (parsed, clock.times)
    }

    /// [`Model::parse`], keeping the encoder's state of every word.
    pub fn parse_with_states(&self, sentences: &[Segmented], names: &dyn NameFinder) -> (Vec<Sentence>, States) {
        let mut kept = Kept { states: States::new(self.encoder.width()), early: None };
        let parsed = self.read(sentences, names, Some(&mut kept), &mut ());
        (parsed, kept.states)
    }

    /// [`Model::parse_with_states`], keeping also what a [`Classifier`] reads.
    pub fn parse_with_early_states(
        &self,
        sentences: &[Segmented],
        names: &dyn NameFinder,
    ) -> (Vec<Sentence>, States, EarlyStates) {
        let width = self.encoder.width();
        let mut kept = Kept { states: States::new(width), early: Some(EarlyStates::new(width)) };
        let parsed = self.read(sentences, names, Some(&mut kept), &mut ());
        (parsed, kept.states, kept.early.unwrap_or_default())
    }

    fn read(
        &self,
        sentences: &[Segmented],
        names: &dyn NameFinder,
        mut kept: Option<&mut Kept>,
        clock: &mut impl Clock,
    ) -> Vec<Sentence> {
        let mut work = Workspace::default();
        let mut out = Vec::with_capacity(sentences.len());
        let mut waiting = Vec::new();
        let mut size = 0;
        for sentence in sentences {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            let masked = Masked::new(&words, names.find(&words));
            let pieces = self.pieces(&masked);
            let more = pieces.size();
            if size + more > BATCH && !waiting.is_empty() {
                self.finish(&mut waiting, &mut work, &mut out, kept.as_deref_mut(), clock);
                size = 0;
            }
            size += more;
            waiting.push((sentence, words, masked, pieces));
        }
        self.finish(&mut waiting, &mut work, &mut out, kept, clock);
        out
    }

    /// Columns of its states.
    pub fn width(&self) -> usize {
        self.encoder.width()
    }

    /// States of the words of stretches of text, which may hold several sentences; each stretch should be short enough for one
    /// window (some 150 words). Country names are hidden as in [`Model::parse`].
    pub fn stretch_states(&self, stretches: &[Vec<&str>], names: &dyn NameFinder) -> Vec<StretchStates> {
        let mut work = Workspace::default();
        let masked: Vec<Masked<'_>> = stretches.iter().map(|words| Masked::new(words, names.find(words))).collect();
        let pieces: Vec<Pieces> = masked.iter().map(|masked| self.pieces(masked)).collect();
        let states = self.states(&pieces.iter().collect::<Vec<_>>(), &mut work, None, &mut ());
        let mut rest = states.as_slice();
        let mut of = |masked: &Masked<'_>| {
            let firsts: Vec<usize> = masked.firsts().collect();
            let (rows, more) = rest.split_at(firsts.len() * self.width());
            rest = more;
            StretchStates { rows: rows.to_vec(), firsts }
        };
        masked.iter().map(&mut of).collect()
    }

    fn pieces(&self, masked: &Masked<'_>) -> Pieces {
        let ids: Vec<Vec<u32>> = masked.words.iter().map(|word| self.vocabulary.split(word)).collect();
        let counts: Vec<usize> = ids.iter().map(Vec::len).collect();
        let windows = windows(&counts, windows::WINDOW.min(self.encoder.positions()));
        Pieces { ids, shapes: masked.words.iter().map(|word| shape(word)).collect(), windows }
    }

    #[allow(clippy::type_complexity)]
    fn finish(
        &self,
        waiting: &mut Vec<(&Segmented, Vec<&str>, Masked<'_>, Pieces)>,
        work: &mut Workspace,
        out: &mut Vec<Sentence>,
        mut kept: Option<&mut Kept>,
        clock: &mut impl Clock,
    ) {
        let pieces: Vec<&Pieces> = waiting.iter().map(|(.., pieces)| pieces).collect();
        let mut early = kept.as_ref().is_some_and(|kept| kept.early.is_some()).then(Vec::new);
        let states = self.states(&pieces, work, early.as_mut(), clock);
        let mut early = early.as_deref().unwrap_or_default();
        let lengths: Vec<usize> = pieces.iter().map(|pieces| pieces.ids.len()).collect();
        let choices = self.heads.choose(self.isa, &states, &lengths, clock);
        let mut start = 0;
        for ((sentence, words, masked, pieces), choice) in waiting.drain(..).zip(choices) {
            if let Some(kept) = kept.as_deref_mut() {
                kept.states.push(&states[start * self.encoder.width()..], masked.read_as());
                if let Some(all) = &mut kept.early {
                    let (rows, rest) = early.split_at(pieces.rows() * self.encoder.width());
                    early = rest;
                    if pieces.windows.len() == 1 { all.push(rows, masked.read_as()) } else { all.push_none() }
                }
            }
            start += pieces.ids.len();
            let mut readings = masked.restore(&words, self.readings(&masked, &choice));
            mend_subjects(&mut readings);
            out.push(assemble(sentence, readings));
        }
        clock.lap(Stage::Readings);
    }

    /// States of all words of the sentences, `[words, width]`: each the state of its first piece.
    /// To `early` are added the states of all rows of all windows after the layers of pieces.
    fn states(
        &self,
        sentences: &[&Pieces],
        work: &mut Workspace,
        mut early: Option<&mut Vec<f32>>,
        clock: &mut impl Clock,
    ) -> Vec<f32> {
        let width = self.encoder.width();
        let mut out = Vec::new();
        let mut batch = Batch::default();
        // For each word taken from the batch at hand, its row among those kept.
        let mut rows = Vec::new();
        let mut flush = |batch: &mut Batch, rows: &mut Vec<usize>| {
            clock.lap(Stage::Pieces);
            let states = self.encoder.encode(self.isa, batch, work, early.as_deref_mut(), clock);
            for row in rows.drain(..) {
                out.extend_from_slice(&states[row * width..(row + 1) * width]);
            }
            batch.clear();
        };
        for sentence in sentences {
            for window in &sentence.windows {
                if batch.ids.len() + windows::WINDOW > 2 * BATCH {
                    flush(&mut batch, &mut rows);
                }
                let first = batch.kept.len() + 1;
                let kept = window.words.clone().zip(first..).filter(|(word, _)| window.keep.contains(word));
                rows.extend(kept.map(|(_, row)| row));
                self.lay_out(sentence, window, &mut batch);
            }
        }
        flush(&mut batch, &mut rows);
        out
    }

    /// Adds a window to the batch.
    fn lay_out(&self, sentence: &Pieces, window: &Window, batch: &mut Batch) {
        let mark = |batch: &mut Batch, id| {
            batch.kept.push(batch.ids.len());
            batch.ids.push(id);
            batch.shapes.push(0);
        };
        mark(batch, self.vocabulary.start);
        for word in window.words.clone() {
            batch.kept.push(batch.ids.len());
            batch.ids.extend_from_slice(&sentence.ids[word]);
            batch.shapes.resize(batch.ids.len(), sentence.shapes[word]);
        }
        mark(batch, self.vocabulary.end);
        batch.end_window();
    }

    /// What the encoder reads of each sentence, in windows: for measuring other programs by the same input.
    pub fn encoder_inputs(&self, sentences: &[Segmented], names: &dyn NameFinder) -> Vec<EncoderInput> {
        let mut out = Vec::new();
        for sentence in sentences {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            let masked = Masked::new(&words, names.find(&words));
            let pieces = self.pieces(&masked);
            for window in &pieces.windows {
                let mut batch = Batch::default();
                self.lay_out(&pieces, window, &mut batch);
                let row = |(word, read): (usize, usize)| {
                    window.words.contains(&read).then(|| (word, read - window.words.start + 1))
                };
                let words = masked.read_as().enumerate().filter_map(row).collect();
                out.push(EncoderInput { ids: batch.ids, shapes: batch.shapes, kept: batch.kept, words });
            }
        }
        out
    }

    fn readings(&self, masked: &Masked<'_>, choice: &Choice) -> Vec<Reading> {
        let words = masked.words.iter().enumerate();
        words
            .map(|(i, word)| {
                let upos = self.labels.upos[choice.upos[i]];
                let by_rule = || self.labels.rules[choice.rules[i]].apply(word);
                Reading {
                    lemma: self.lexicon.get(word, upos).map_or_else(by_rule, Cow::into_owned),
                    upos,
                    xpos: self.labels.xpos[choice.xpos[i]],
                    features: self.labels.features[choice.features[i]].clone(),
                    head: choice.heads[i].checked_sub(1),
                    relation: self.labels.relations[choice.relations[i]],
                    entity: self.labels.entities[choice.entities[i]],
                }
            })
            .collect()
    }
}

impl Pieces {
    /// Pieces encoded, marks and overlaps included.
    fn size(&self) -> usize {
        self.windows.iter().map(|w| 2 + self.ids[w.words.clone()].iter().map(Vec::len).sum::<usize>()).sum()
    }

    /// Rows kept of them: the marks and the first pieces of words.
    fn rows(&self) -> usize {
        self.windows.iter().map(|window| 2 + window.words.len()).sum()
    }
}

/// Puts readings on the text.
fn assemble(sentence: &Segmented, readings: Vec<Reading>) -> Sentence {
    let entities = entities::entities(readings.iter().map(|reading| reading.entity));
    let tokens = sentence.words.iter().zip(readings).map(|(word, reading)| Token {
        range: word.range,
        form: word.form.clone(),
        lemma: reading.lemma,
        upos: reading.upos,
        xpos: reading.xpos,
        features: reading.features,
        head: reading.head,
        relation: reading.relation,
    });
    Sentence::new(sentence.range, tokens.collect(), entities)
}

/// 64 bits in hexadecimal are enough to tell models apart.
fn version(bytes: &[u8]) -> String {
    version_of("english", bytes, xxhash_rust::xxh3::xxh3_64(LEMMAS.as_bytes()))
}

fn version_of(name: &str, bytes: &[u8], seed: u64) -> String {
    format!("{name}-{:016x}", xxhash_rust::xxh3::xxh3_64_with_seed(bytes, seed))
}
