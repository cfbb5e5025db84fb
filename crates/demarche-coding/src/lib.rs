//! From analysed sentences and their cast to records: events, statements, initiatives.
//!
//! Acts are found by frames, which are data (`data/frames`), and composed: the outermost speech act makes the record,
//! what it speaks of is its content. Everything is a pure function of (document, analysis, data).

pub mod acts;
pub mod frames;
pub mod grammar;
pub mod issues;
pub mod lexicons;
pub mod ontology;
mod phrases;
pub mod records;
pub mod status;

use demarche_language::{
    AttributionFinder, CountFinder, NumberTableError, ReportingTableError, TimeFinder, TimeTableError,
};
use frames::{FrameError, FrameSet, Lexicon};
use issues::{Issues, Turns};
use lexicons::{ActCues, Contexts, Hedges, ModeCues, SupportVerbs};
use ontology::{Ontology, OntologyError};
pub use records::{Part, Report, SentenceReport, Unread, Versions};

/// Why the coder's data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// A frame, cue or issue file.
    #[error(transparent)]
    Frames(#[from] FrameError),
    /// An ontology table.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
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
    /// Words of issues.
    pub issues: Issues,
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
}

impl Coding {
    /// The data that ships with the program.
    ///
    /// # Errors
    /// [`CodingError`] if a shipped file is not well-formed; a test holds that none is.
    pub fn builtin() -> Result<Self, CodingError> {
        let ontology = Ontology::builtin()?;
        let frames = FrameSet::builtin(&ontology)?;
        Ok(Self {
            lexicon: Lexicon::new(&frames),
            frames,
            support: SupportVerbs::builtin()?,
            cues: ModeCues::builtin(&ontology)?,
            contexts: Contexts::builtin()?,
            issues: Issues::builtin()?,
            turns: Turns::builtin()?,
            act_cues: ActCues::builtin()?,
            hedges: Hedges::builtin()?,
            times: TimeFinder::builtin()?,
            counts: CountFinder::builtin()?,
            attributions: AttributionFinder::builtin()?,
            ontology,
        })
    }
}

impl Coding {
    /// Which frames are in force: a hash of their triggers, slots and codes.
    pub fn version(&self) -> String {
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(format!("{:?}", self.frames).as_bytes()))
    }

    /// Puts other frames in force.
    #[must_use]
    pub fn with_frames(mut self, frames: FrameSet) -> Self {
        self.lexicon = Lexicon::new(&frames);
        self.frames = frames;
        self
    }
}
