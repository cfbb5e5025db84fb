//! The way of one text: document, analysis, cast, records.

use demarche_coding::{Coding, CodingError, Part, Report, Versions};
use demarche_dictionary::{DiscardFinder, Reach};
use demarche_document::{Document, Text, Title};
use demarche_language::{
    Chains, Coreference, CoreferenceError, Model, ModelError, NoNames, Segmented, Segmenter, SegmenterError, Sentence,
};
use demarche_record::{Field, TextRange};
use demarche_world::{Background, Cast, World, WorldError};

use crate::actor_files::ActorFileError;

/// Why a coder could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CoderError {
    /// The language model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The segmenter.
    #[error(transparent)]
    Segmenter(#[from] SegmenterError),
    /// The coreference scorer.
    #[error(transparent)]
    Coreference(#[from] CoreferenceError),
    /// Actors and places.
    #[error(transparent)]
    World(#[from] WorldError),
    /// Ontology and frames.
    #[error(transparent)]
    Coding(#[from] CodingError),
    /// A user's files of actors.
    #[error(transparent)]
    ActorFiles(#[from] ActorFileError),
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
    /// Its mentions, and which of them stand for one thing.
    pub chains: Chains,
    /// Whether the model has read them; see [`Coder::analyse_to_code`].
    pub read: bool,
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
    coreference: Coreference,
    world: World,
    coding: Coding,
    discards: DiscardFinder,
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
        let coreference = Coreference::builtin()?;
        let world = World::builtin()?;
        let coding = Coding::builtin()?;
        let versions = versions(&model, &world, &coding);
        let segmenter = Segmenter::builtin()?;
        let discards = DiscardFinder::default();
        Ok(Self { segmenter, model, coreference, world, coding, discards, versions, options })
    }

    /// Puts other frames in force, a user's own for instance.
    #[must_use]
    pub fn with_frames(mut self, frames: demarche_coding::frames::FrameSet) -> Self {
        self.coding = self.coding.with_frames(frames);
        self.versions = versions(&self.model, &self.world, &self.coding);
        self
    }

    /// Puts another world and other discard lists in force.
    pub(crate) fn with_world(mut self, world: World, discards: DiscardFinder) -> Self {
        self.versions = versions(&self.model, &world, &self.coding);
        self.world = world;
        self.discards = discards;
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

    /// The parts of a document, cut into sentences and words: a separate title as a headline, then the article's paragraphs.
    fn segmented(&self, document: &Document) -> Vec<(Field, Vec<Segmented>)> {
        let mut parts = Vec::new();
        if let Some(Title::Separate(title)) = &document.title {
            let text = title.as_str();
            parts.push((Field::Title, self.sentences(text, std::iter::once(TextRange::new(0, text.len())))));
        }
        let blocks = document.body_blocks().map(|block| block.range);
        parts.push((Field::Text, self.sentences(document.body.as_str(), blocks)));
        parts
    }

    /// Sentences of blocks of a text; where their ends are in doubt, the model has a say.
    fn sentences(&self, text: &str, blocks: impl Iterator<Item = TextRange>) -> Vec<Segmented> {
        self.segmenter.segment_with(text, blocks, &self.model, &self.world)
    }

    /// Analysis of a part's sentences.
    fn read(&self, field: Field, segmented: &[Segmented]) -> Analysed {
        let (sentences, states) = self.model.parse_with_states(segmented, &self.world);
        let chains = self.coreference.chains(&sentences, &states, &self.world);
        Analysed { field, sentences, chains, read: true }
    }

    /// Language analysis of a document: the article's paragraphs, and a separate title as a headline.
    pub fn analyse(&self, document: &Document) -> Analysis {
        let read = |(field, segmented): (Field, Vec<Segmented>)| self.read(field, &segmented);
        Analysis { parts: self.segmented(document).into_iter().map(read).collect() }
    }

    /// As [`Coder::analyse`], but without the model where no record can come of it. The records are the same.
    ///
    /// Every record has a trigger, and words are a trigger only if the lemmas of a frame's pattern are among their possible base
    /// forms, which are known before the model reads them. A part without such words gives no record. The parts are read each
    /// on its own, except that an initiative told in the title may be about a conflict that the text names: so the text is
    /// left unread only where the title has no such words either.
    pub fn analyse_to_code(&self, document: &Document) -> Analysis {
        let may_tell = |(_, segmented): &(Field, Vec<Segmented>)| {
            let words = |sentence: &Segmented| -> bool {
                self.coding.lexicon.may_trigger(sentence.words.iter().map(|word| word.form.as_str()))
            };
            segmented.iter().any(words)
        };
        let parts = self.segmented(document);
        let any = parts.iter().any(may_tell) && !self.leaves_out(document, &parts);
        let part = |part: (Field, Vec<Segmented>)| {
            let read = any && (part.0 == Field::Text || may_tell(&part));
            let (field, segmented) = part;
            if read {
                self.read(field, &segmented)
            } else {
                let sentences = segmented.iter().map(Segmented::unread).collect();
                Analysed { field, sentences, chains: Chains::default(), read }
            }
        };
        Analysis { parts: parts.into_iter().map(part).collect() }
    }

    /// Whether a discard list leaves out the whole document.
    fn leaves_out(&self, document: &Document, parts: &[(Field, Vec<Segmented>)]) -> bool {
        !self.discards.is_empty()
            && parts.iter().any(|(field, sentences)| {
                let text = text_of(document, *field).as_str();
                let found = |sentence: &Segmented| self.discards.find(sentence.range.of(text));
                sentences.iter().filter_map(found).any(|found| found.reach == Reach::Document)
            })
    }

    /// For each part and sentence, why a discard list leaves it out.
    fn left_out(&self, document: &Document, analysis: &Analysis) -> Vec<Vec<Option<String>>> {
        if self.discards.is_empty() {
            return vec![Vec::new(); analysis.parts.len()];
        }
        let mut whole = None;
        let mut parts: Vec<Vec<Option<String>>> = Vec::new();
        for part in &analysis.parts {
            let text = text_of(document, part.field).as_str();
            let mut reasons = Vec::new();
            for sentence in &part.sentences {
                let found = self.discards.find(sentence.range.of(text));
                if let Some(found) = found.filter(|found| found.reach == Reach::Document) {
                    whole.get_or_insert_with(|| format!("the document is left out: {found}"));
                }
                reasons.push(found.map(|found| format!("left out: {found}")));
            }
            parts.push(reasons);
        }
        if let Some(reason) = whole {
            parts.iter_mut().flatten().for_each(|sentence| *sentence = Some(reason.clone()));
        }
        parts
    }

    /// Codes a document.
    pub fn code(&self, document: &Document) -> Report {
        let analysis = self.analyse_to_code(document);
        self.code_analysed(document, &analysis)
    }

    /// Codes a document that was analysed before.
    pub fn code_analysed(&self, document: &Document, analysis: &Analysis) -> Report {
        self.with_cast(document, analysis, |parts| {
            self.coding.report(document, parts, &self.versions, self.options.all)
        })
    }

    /// Resolves who and where, and hands the parts to `then`.
    pub fn with_cast<T>(&self, document: &Document, analysis: &Analysis, then: impl FnOnce(&[Part<'_>]) -> T) -> T {
        let left_out = self.left_out(document, analysis);
        let dateline = document.dateline.as_ref().and_then(|dateline| dateline.place.as_ref());
        let background = Background {
            on: document.date,
            publisher: document.publisher.as_deref(),
            url: document.url.as_deref(),
            dateline: dateline.map(|place| (place.text.as_str(), place.range)),
            title: match &document.title {
                Some(Title::Separate(title)) => Some(title.as_str()),
                _ => None,
            },
        };
        // The text first: what its places are helps to read the title's.
        let mut casts: Vec<Cast<'_>> = Vec::new();
        for part in analysis.parts.iter().rev() {
            let below = casts.first().filter(|_| part.field == Field::Title);
            let (text, chains) = (text_of(document, part.field).as_str(), Some(&part.chains));
            let cast = Cast::of(&self.world, text, &part.sentences, chains, &background, below);
            casts.push(cast);
        }
        casts.reverse();
        let parts: Vec<Part<'_>> = analysis
            .parts
            .iter()
            .zip(&casts)
            .zip(&left_out)
            .map(|((part, cast), left_out)| Part {
                field: part.field,
                text: text_of(document, part.field),
                sentences: &part.sentences,
                cast,
                left_out,
            })
            .collect();
        then(&parts)
    }

    /// What makes the records: model and data, as every record names them.
    pub const fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Whether negated records are kept.
    pub(crate) const fn keeps_all(&self) -> bool {
        self.options.all
    }

    /// Parses sentences whose words are given, without replacing country names: for scoring against treebanks.
    pub fn parse_words(&self, sentences: &[Segmented]) -> Vec<Sentence> {
        self.model.parse(sentences, &NoNames)
    }
}

/// What made the records: the model, and tables and frames.
fn versions(model: &Model, world: &World, coding: &Coding) -> Versions {
    Versions { model: model.version().to_owned(), data: format!("{}-{}", world.version(), coding.version()) }
}

/// The text of a part, with its map to the bytes received.
fn text_of(document: &Document, field: Field) -> &Text {
    match (&document.title, field) {
        (Some(Title::Separate(title)), Field::Title) => title,
        _ => &document.body,
    }
}
