//! The way of one text: document, analysis, cast, records.

use demarche_coding::{Choices, Coding, CodingError, Judge, JudgeError, Part, Report, Rules, Versions};
use demarche_dictionary::{DiscardFinder, Reach};
use demarche_document::{Document, GenreFinding, Text, Title};
use demarche_language::{
    Chains, Classifier, Coreference, CoreferenceError, EarlyStates, Model, ModelError, NoNames, Segmented, Segmenter,
    SegmenterError, Sentence,
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
    /// The labels of the classifier.
    #[error(transparent)]
    Judge(#[from] JudgeError),
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
    /// Let frames alone decide, and do not ask the classifier.
    pub frames_only: bool,
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
    /// What the classifier reads; `None` where frames alone decide or nothing was read.
    pub states: Option<EarlyStates>,
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
    judge: Option<Judge>,
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
        let segmenter = Segmenter::builtin()?;
        let judge = if options.frames_only { None } else { Some(judge(Classifier::builtin(&model)?, &coding)?) };
        let versions = versions(&model, &world, &coding, judge.as_ref());
        let discards = DiscardFinder::default();
        Ok(Self { segmenter, model, coreference, world, coding, judge, discards, versions, options })
    }

    /// Puts another classifier in force: the bytes of a file as `models/FORMAT.md` describes it. Where frames alone decide it is
    /// not asked.
    ///
    /// # Errors
    /// [`CoderError`] for a file that is damaged, belongs to another encoder or has labels that the ontology does not know.
    pub fn with_classifier(mut self, file: &[u8]) -> Result<Self, CoderError> {
        if !self.options.frames_only {
            self.judge = Some(judge(Classifier::from_bytes(file, &self.model)?, &self.coding)?);
            self.versions = versions(&self.model, &self.world, &self.coding, self.judge.as_ref());
        }
        Ok(self)
    }

    /// Puts other frames in force, a user's own for instance.
    #[must_use]
    pub fn with_frames(mut self, frames: demarche_coding::frames::FrameSet) -> Self {
        self.coding = self.coding.with_frames(frames);
        self.versions = versions(&self.model, &self.world, &self.coding, self.judge.as_ref());
        self
    }

    /// Puts other data in force. A classifier whose labels the ontology does not know has no say any more.
    pub(crate) fn with_coding(mut self, coding: Coding) -> Self {
        self.judge = self.judge.filter(|judge| judge.fits(&coding.ontology));
        self.versions = versions(&self.model, &self.world, &coding, self.judge.as_ref());
        self.coding = coding;
        self
    }

    /// Puts another world and other discard lists in force.
    pub(crate) fn with_world(mut self, world: World, discards: DiscardFinder) -> Self {
        self.versions = versions(&self.model, &world, &self.coding, self.judge.as_ref());
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

    /// The classifier that has a say; `None` where frames alone decide.
    pub const fn judge(&self) -> Option<&Judge> {
        self.judge.as_ref()
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
        let (sentences, last, states) = if self.judge.is_some() {
            let (sentences, last, early) = self.model.parse_with_early_states(segmented, &self.world);
            (sentences, last, Some(early))
        } else {
            let (sentences, last) = self.model.parse_with_states(segmented, &self.world);
            (sentences, last, None)
        };
        let chains = self.coreference.chains(&sentences, &last, &self.world);
        Analysed { field, sentences, chains, states, read: true }
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
    /// on its own, except that the text's places help to read the title's: so the text is left unread only where the title has no
    /// such words either. An initiative needs words of its own (`data/initiatives`).
    pub fn analyse_to_code(&self, document: &Document) -> Analysis {
        let may_tell = |(_, segmented): &(Field, Vec<Segmented>)| {
            let words = |sentence: &Segmented| -> bool {
                let forms = || sentence.words.iter().map(|word| word.form.as_str());
                self.coding.lexicon.may_trigger(forms()) || self.coding.initiatives.may_tell(forms())
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
                Analysed { field, sentences, chains: Chains::default(), states: None, read }
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

    /// What genre a document is, and what tells it.
    pub fn genre(&self, document: &Document) -> GenreFinding<'_> {
        self.coding.genres.of(document)
    }

    /// Codes a document.
    pub fn code(&self, document: &Document) -> Report {
        let analysis = self.analyse_to_code(document);
        self.code_analysed(document, &analysis)
    }

    /// Codes a document that was analysed before.
    pub fn code_analysed(&self, document: &Document, analysis: &Analysis) -> Report {
        self.with_cast(document, analysis, |parts| self.coding.report(document, parts, &self.versions, self.choices()))
    }

    /// What decides which records come out.
    pub(crate) const fn choices(&self) -> Choices<'_> {
        Choices { all: self.options.all, judge: self.judge.as_ref() }
    }

    /// Codes a document by frames alone, as their examples are meant.
    pub(crate) fn code_by_frames(&self, document: &Document) -> Report {
        let analysis = self.analyse_to_code(document);
        let choices = Choices { judge: None, ..self.choices() };
        self.with_cast(document, &analysis, |parts| self.coding.report(document, parts, &self.versions, choices))
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
                states: part.states.as_ref(),
                left_out,
            })
            .collect();
        then(&parts)
    }

    /// What makes the records: model and data, as every record names them.
    pub const fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Parses sentences whose words are given, without replacing country names: for scoring against treebanks.
    pub fn parse_words(&self, sentences: &[Segmented]) -> Vec<Sentence> {
        self.model.parse(sentences, &NoNames)
    }
}

/// A classifier with the rules that ship with the program.
fn judge(classifier: Classifier, coding: &Coding) -> Result<Judge, CoderError> {
    let rules = Rules::builtin().map_err(CodingError::from)?;
    Ok(Judge::new(classifier, &coding.ontology, rules)?)
}

/// What made the records: the models, and tables, frames and rules.
fn versions(model: &Model, world: &World, coding: &Coding, judge: Option<&Judge>) -> Versions {
    let mut out =
        Versions { model: model.version().to_owned(), data: format!("{}-{}", world.version(), coding.version()) };
    if let Some(judge) = judge {
        out.model = format!("{}+{}", out.model, judge.version());
        out.data = format!("{}-{}", out.data, judge.rules_version());
    }
    out
}

/// The text of a part, with its map to the bytes received.
fn text_of(document: &Document, field: Field) -> &Text {
    document.part(field)
}
