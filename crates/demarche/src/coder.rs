//! The way of one text: document, analysis, cast, records.

use demarche_coding::{Coding, CodingError, Part, Report, Versions};
use demarche_document::{Document, Text, Title};
use demarche_language::{Model, ModelError, NoNames, Segmenter, SegmenterError, Sentence};
use demarche_record::{Field, TextRange};
use demarche_world::{Cast, World, WorldError};

/// Why a coder could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CoderError {
    /// The language model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The segmenter.
    #[error(transparent)]
    Segmenter(#[from] SegmenterError),
    /// Actors and places.
    #[error(transparent)]
    World(#[from] WorldError),
    /// Ontology and frames.
    #[error(transparent)]
    Coding(#[from] CodingError),
}

/// What a user may choose.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoderOptions {
    /// Keep records of what is said not to have taken place.
    pub all: bool,
}

/// One part of a document after language analysis.
#[derive(Clone, Debug)]
pub struct Analysed {
    /// Title or text.
    pub field: Field,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// A document after language analysis: a separate title first, then the text.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The parts.
    pub parts: Vec<Analysed>,
}

impl Analysis {
    /// Number of sentences.
    pub fn sentences(&self) -> usize {
        self.parts.iter().map(|part| part.sentences.len()).sum()
    }

    /// Number of words.
    pub fn words(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.sentences).map(|sentence| sentence.tokens.len()).sum()
    }
}

/// Holds everything that coding needs; one is enough for any number of threads.
pub struct Coder {
    segmenter: Segmenter,
    model: Model,
    world: World,
    coding: Coding,
    versions: Versions,
    options: CoderOptions,
}

impl Coder {
    /// A coder with the model and data that ship with the program.
    ///
    /// # Errors
    /// [`CoderError`] if a shipped file is damaged; tests hold that none is.
    pub fn new() -> Result<Self, CoderError> {
        Self::with(CoderOptions::default())
    }

    /// A coder with choices.
    ///
    /// # Errors
    /// As [`Coder::new`].
    pub fn with(options: CoderOptions) -> Result<Self, CoderError> {
        let model = Model::builtin()?;
        let world = World::builtin()?;
        let coding = Coding::builtin()?;
        let versions = versions(&model, &world, &coding);
        Ok(Self { segmenter: Segmenter::builtin()?, model, world, coding, versions, options })
    }

    /// Puts other frames in force, a user's own for instance.
    #[must_use]
    pub fn with_frames(mut self, frames: demarche_coding::frames::FrameSet) -> Self {
        self.coding = self.coding.with_frames(frames);
        self.versions = versions(&self.model, &self.world, &self.coding);
        self
    }

    /// Actors and places.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// Ontology and frames.
    pub const fn coding(&self) -> &Coding {
        &self.coding
    }

    /// The language model.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Sentences of a stretch of text.
    fn sentences(&self, text: &str, blocks: impl Iterator<Item = TextRange>) -> Vec<Sentence> {
        let segmented: Vec<_> = blocks.flat_map(|block| self.segmenter.segment(text, block)).collect();
        self.model.parse(&segmented, &self.world)
    }

    /// Language analysis of a document: the article's paragraphs, and a separate title as a headline.
    pub fn analyse(&self, document: &Document) -> Analysis {
        let mut parts = Vec::new();
        if let Some(Title::Separate(title)) = &document.title {
            let text = title.as_str();
            let sentences = self.sentences(text, std::iter::once(TextRange::new(0, text.len())));
            parts.push(Analysed { field: Field::Title, sentences });
        }
        let sentences = self.sentences(document.body.as_str(), document.body_blocks().map(|block| block.range));
        parts.push(Analysed { field: Field::Text, sentences });
        Analysis { parts }
    }

    /// Codes a document.
    pub fn code(&self, document: &Document) -> Report {
        let analysis = self.analyse(document);
        self.code_analysed(document, &analysis)
    }

    /// Codes a document that was analysed before.
    pub fn code_analysed(&self, document: &Document, analysis: &Analysis) -> Report {
        self.with_cast(document, analysis, |parts| {
            self.coding.report(document, parts, &self.versions, self.options.all)
        })
    }

    /// Resolves who and where, and hands the parts to `then`.
    pub(crate) fn with_cast<T>(
        &self,
        document: &Document,
        analysis: &Analysis,
        then: impl FnOnce(&[Part<'_>]) -> T,
    ) -> T {
        let text_of = |field: Field| -> &Text {
            match (&document.title, field) {
                (Some(Title::Separate(title)), Field::Title) => title,
                _ => &document.body,
            }
        };
        let casts: Vec<Cast<'_>> = analysis
            .parts
            .iter()
            .map(|part| Cast::new(&self.world, text_of(part.field).as_str(), &part.sentences, document.date))
            .collect();
        let parts: Vec<Part<'_>> = analysis
            .parts
            .iter()
            .zip(&casts)
            .map(|(part, cast)| Part { field: part.field, text: text_of(part.field), sentences: &part.sentences, cast })
            .collect();
        then(&parts)
    }

    /// What made the records: model and data.
    pub(crate) const fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Whether negated records are kept.
    pub(crate) const fn keeps_all(&self) -> bool {
        self.options.all
    }

    /// Parses sentences whose words are given, without replacing country names: for scoring against treebanks.
    pub fn parse_words(&self, sentences: &[demarche_language::Segmented]) -> Vec<Sentence> {
        self.model.parse(sentences, &NoNames)
    }
}

/// What made the records: the model, and tables and frames.
fn versions(model: &Model, world: &World, coding: &Coding) -> Versions {
    Versions { model: model.version().to_owned(), data: format!("{}-{}", world.version(), coding.version()) }
}
