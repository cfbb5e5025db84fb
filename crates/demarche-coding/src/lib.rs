//! From analysed sentences and their cast to records: events, statements, initiatives.
//!
//! Acts are found by frames, which are data (`data/frames`), and composed: the outermost speech act makes the record,
//! what it speaks of is its content. Everything is a pure function of (document, analysis, data).

pub mod acts;
mod classify;
mod conflicts;
pub mod contexts;
pub mod files;
pub mod frames;
pub mod grammar;
pub mod initiatives;
pub mod issues;
pub mod lexicons;
pub mod ontology;
mod phrases;
pub mod records;
pub mod status;

pub use classify::{Judge, JudgeError, Question, Rules, Tokens, Told};
pub use conflicts::{Conflict, Overridden};
use contexts::Contexts;
use demarche_document::{GenreError, Genres};
use demarche_language::{
    AttributionFinder, CountFinder, NumberTableError, ReportingTableError, TimeFinder, TimeTableError,
};
use files::{Extension, FrameError};
use frames::{FrameSet, Lexicon};
use initiatives::Initiatives;
use issues::{Issues, Turns};
use lexicons::{ActCues, Hedges, ModeCues, SupportVerbs};
use ontology::Ontology;
pub use records::{Choices, Part, Report, SentenceReport, Unread, Versions};

/// Why the coder's data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// A file of frames, issues, initiatives or the ontology.
    #[error(transparent)]
    Frames(#[from] FrameError),
    /// Faults in a user's files: the first, and how many more there are.
    #[error("{fault}{}", and_more(*.more))]
    Extension {
        /// The first fault.
        fault: FrameError,
        /// Number of the others.
        more: usize,
    },
    /// The genres of documents.
    #[error(transparent)]
    Genres(#[from] GenreError),
    /// The words of dates.
    #[error(transparent)]
    Times(#[from] TimeTableError),
    /// The words of numbers.
    #[error(transparent)]
    Counts(#[from] NumberTableError),
    /// The words of speech.
    #[error(transparent)]
    Reporting(#[from] ReportingTableError),
}

fn and_more(faults: usize) -> String {
    if faults == 0 { String::new() } else { format!(" (and {faults} more; see `demarche frames check`)") }
}

/// Hash of the built-in data that decide which records come out, but for actors and places: frames, ontology, issues, words of
/// initiatives and of the language. The build makes it.
const BUILTIN_VERSION: u64 = include!(concat!(env!("OUT_DIR"), "/data_version.rs"));

/// Everything that coding needs besides the document: ontology, frames, word lists.
#[derive(Debug)]
pub struct Coding {
    /// Event types, scores, CAMEO, composition.
    pub ontology: Ontology,
    /// Frames in force.
    pub frames: FrameSet,
    /// Their triggers.
    pub lexicon: Lexicon,
    /// Verbs around event nouns.
    pub support: SupportVerbs,
    /// Cues of modes.
    pub cues: ModeCues,
    /// Cues of contexts.
    pub contexts: Contexts,
    /// Genres of documents.
    pub genres: Genres,
    /// Words of issues.
    pub issues: Issues,
    /// Words of initiatives.
    pub initiatives: Initiatives,
    /// Words that turn a stance on an issue.
    pub turns: Turns,
    /// Cues of speech acts.
    pub act_cues: ActCues,
    /// Words that soften what is said.
    pub hedges: Hedges,
    /// Time expressions.
    pub times: TimeFinder,
    /// Counts of people.
    pub counts: CountFinder,
    /// Who says what.
    pub attributions: AttributionFinder,
    version: u64,
}

impl Coding {
    /// The data that ships with the program.
    ///
    /// # Errors
    /// [`CodingError`] if a shipped file is not well-formed; a test holds that none is.
    pub fn builtin() -> Result<Self, CodingError> {
        Self::with_extensions(&[])
    }

    /// The data that ships with the program, with a user's layers over it, the later ones over the earlier.
    ///
    /// # Errors
    /// [`CodingError`] for a file with a fault.
    pub fn with_extensions(layers: &[Extension]) -> Result<Self, CodingError> {
        let Loaded { coding, faults, .. } = Self::load(layers)?;
        let more = faults.len().saturating_sub(1);
        faults.into_iter().next().map_or(Ok(coding), |fault| Err(CodingError::Extension { fault, more }))
    }

    /// As [`Coding::with_extensions`], but what is faulty in a user's files is left out and told with the rest.
    ///
    /// # Errors
    /// [`CodingError`] if a shipped file is not well-formed; a test holds that none is.
    pub fn load(layers: &[Extension]) -> Result<Loaded, CodingError> {
        let (mut faults, mut conflicts) = (Vec::new(), Vec::new());
        let ontology = Ontology::load(layers, &mut faults, &mut conflicts);
        let contexts = Contexts::load(layers, Ontology::first_layer(layers), &mut faults);
        let cues = ModeCues::load(layers, &ontology, &mut faults);
        let support = SupportVerbs::load(layers, &mut faults);
        let frames = FrameSet::load(layers, &ontology, &mut faults, &mut conflicts)?;
        let issues = Issues::load(layers, &mut faults, &mut conflicts);
        let coding = Self {
            lexicon: Lexicon::new(&frames),
            frames,
            support,
            cues,
            contexts,
            genres: Genres::builtin()?,
            issues,
            initiatives: Initiatives::load(layers, &mut faults, &mut conflicts)?,
            turns: Turns::builtin()?,
            act_cues: ActCues::builtin()?,
            hedges: Hedges::builtin()?,
            times: TimeFinder::builtin()?,
            counts: CountFinder::builtin()?,
            attributions: AttributionFinder::builtin()?,
            ontology,
            version: version(layers),
        };
        Ok(Loaded { coding, faults, conflicts })
    }
}

/// What came of a user's layers.
#[derive(Debug)]
pub struct Loaded {
    /// The data in force, without what is faulty.
    pub coding: Coding,
    /// Every fault.
    pub faults: Vec<FrameError>,
    /// Where layers say something else than what is below them.
    pub conflicts: Vec<Conflict>,
}

/// A hash of what decides the records; names of folders have no part in it.
fn version(layers: &[Extension]) -> u64 {
    if layers.iter().all(Extension::is_empty) {
        return BUILTIN_VERSION;
    }
    let mut hash = xxhash_rust::xxh3::Xxh3::with_seed(BUILTIN_VERSION);
    for layer in layers {
        for file in layer.files() {
            for part in [file.path.as_str(), &file.text] {
                hash.update(&(part.len() as u64).to_le_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.update(&u64::MAX.to_le_bytes());
    }
    hash.digest()
}

impl Coding {
    /// Which data are in force: a hash of ontology, frames, issues and word lists, a user's files among them.
    pub fn version(&self) -> String {
        format!("{:016x}", self.version)
    }

    /// The frame that tells an act.
    pub fn frame(&self, act: &acts::Act<'_>) -> Option<&frames::Frame> {
        act.frame.and_then(|frame| self.frames.frames.get(frame))
    }

    /// Puts other frames in force.
    #[must_use]
    pub fn with_frames(mut self, frames: FrameSet) -> Self {
        self.lexicon = Lexicon::new(&frames);
        self.version = xxhash_rust::xxh3::xxh3_64_with_seed(format!("{frames:?}").as_bytes(), self.version);
        self.frames = frames;
        self
    }
}
