//! The words of initiatives: what names an undertaking, what tells its stage, who takes which part. All of it is data.
//!
//! A file under `data/initiatives` is TOML with three lists: `[[undertaking]]` (nouns and verbs that name a mediation, a truce,
//! ...), `[[telling]]` (words that tell a stage, and where the undertaking and those who act stand by them), `[[figure]]`
//! (nouns that say what part someone takes). `docs/initiatives.md` explains every key.

mod example;
mod load;

use std::collections::{BTreeMap, BTreeSet};

use demarche_language::{Sentence, TokenId};
use demarche_record::{InitiativeKind, Stage};
use serde::Deserialize;

use crate::files::{FrameError, Position};
use crate::frames::{Lexicon, Slot, Trigger};

pub use example::{InitiativeExample, Wanted};

/// When a noun or verb that names an undertaking is enough to speak of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Opens {
    /// Always.
    Always,
    /// With one of its attributes, or two sides named by it.
    Qualified,
    /// As `Qualified`, or where the sentence tells a stage of it.
    Told,
    /// Never: it points back to one that was named before ("the offer").
    Never,
}

/// Words that name an undertaking.
#[derive(Clone, Debug)]
pub struct Undertaking {
    /// `file/id`.
    pub id: String,
    /// The layer of data that it is of: 0 for what ships with the program.
    pub layer: usize,
    /// Where it stands.
    pub position: Position,
    /// What it may be; the first is what it opens.
    pub kinds: Vec<InitiativeKind>,
    /// When it is enough to speak of one.
    pub opens: Opens,
    /// Lemmas one of which must stand before a noun that opens only when qualified.
    pub attributes: BTreeSet<String>,
    /// Whether the noun counts in the plural alone ("talks").
    pub plural: bool,
    /// What its verbs tell by themselves.
    pub stage: Option<Stage>,
    /// What the subject of its verbs is, and whose its nouns are ("Brazil's mediation").
    pub by: Side,
    /// Where its other participants stand.
    pub sides: Vec<Slot>,
}

/// What part someone takes in an initiative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// A side of the conflict or a partner of the talks.
    Party,
    /// Who mediates.
    Mediator,
    /// Who lends the place.
    Host,
    /// A side if the undertaking names one other ("proposed talks with Cuba"), else an outsider or the author of a plan.
    Proposer,
    /// As a proposer, but an outsider remains one ("called for a truce between").
    Caller,
    /// Nobody of the initiative.
    #[default]
    Nobody,
}

/// Words that tell a stage.
#[derive(Clone, Debug)]
pub struct Telling {
    /// `file/id`.
    pub id: String,
    /// The layer of data that it is of: 0 for what ships with the program.
    pub layer: usize,
    /// Where it stands.
    pub position: Position,
    /// The stage; without one the words only tell who takes part.
    pub stage: Option<Stage>,
    /// The stage when two sides or more do it together, by kind.
    pub together: Option<(Stage, Vec<InitiativeKind>)>,
    /// The stage when it is denied or refused.
    pub negated: Option<Stage>,
    /// What comes of it over an undertaking whose own words tell a stage ("agreed to extend the truce"): the stage, or
    /// nothing.
    pub over: BTreeMap<Stage, Option<Stage>>,
    /// Where the undertaking stands.
    pub at: Vec<Slot>,
    /// Who the subject is.
    pub by: Side,
    /// Who the object is.
    pub to: Side,
    /// Kinds that it is said of; all if empty.
    pub kinds: Vec<InitiativeKind>,
    /// Whether it needs no undertaking beside it once the report has named one ("both said yes").
    pub alone: bool,
    /// Whether it says too little to speak of an undertaking that opens only when told of ("began talks").
    pub weak: bool,
    /// Whether it tells what went before the report's news ("Oman brokered it").
    pub before: bool,
}

/// All words of initiatives in force.
#[derive(Clone, Default)]
pub struct Initiatives {
    /// What names undertakings.
    pub undertakings: Vec<Undertaking>,
    /// What tells stages.
    pub tellings: Vec<Telling>,
    /// Nouns that say what part someone takes.
    pub figures: BTreeMap<String, Side>,
    /// Nouns that stand for those they come from ("the envoys of").
    pub envoys: BTreeSet<String>,
    /// Nouns of quarrels, which name a conflict.
    pub conflicts: BTreeSet<String>,
    /// Words of other walks of life that have talks and truces of their own.
    pub elsewhere: BTreeSet<String>,
    /// Verbs under which nothing is told as a fact ("denied that").
    pub denials: BTreeSet<String>,
    /// Verbs whose infinitive is told as a fact ("began to carry out").
    pub aspects: BTreeSet<String>,
    /// Examples that run as tests.
    pub examples: Vec<InitiativeExample>,
    patterns: [Vec<(crate::frames::Pattern, usize)>; 2],
    lexicons: [Lexicon; 2],
}

impl Initiatives {
    /// The words that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] if a shipped file is not well-formed; a test holds that none is.
    pub fn builtin() -> Result<Self, FrameError> {
        let mut out = Self::default();
        for (file, text) in load::BUILTIN {
            out.add(file, text)?;
        }
        Ok(out)
    }

    /// The entries in force, each by its layer and id.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &str)> {
        let named = |list: &[(crate::frames::Pattern, usize)], n| list.iter().any(|(_, of)| *of == n);
        let undertakings = self.undertakings.iter().enumerate();
        let tellings = self.tellings.iter().enumerate();
        let undertakings =
            undertakings.filter(move |(n, _)| named(&self.patterns[0], *n)).map(|(_, e)| (e.layer, &*e.id));
        undertakings.chain(tellings.filter(move |(n, _)| named(&self.patterns[1], *n)).map(|(_, e)| (e.layer, &*e.id)))
    }

    /// Mentions of undertakings, each with the number of its entry, in text order.
    pub fn undertakings_in(&self, sentence: &Sentence) -> Vec<Trigger> {
        longest(self.lexicons[0].triggers(sentence))
    }

    /// Words that tell stages, each with the number of its entry, in text order.
    pub fn tellings_in(&self, sentence: &Sentence) -> Vec<Trigger> {
        self.lexicons[1].triggers(sentence)
    }

    /// Whether words may name an undertaking, whatever the model says of them.
    pub fn may_tell<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        self.lexicons[0].may_trigger(words)
    }

    /// Base forms that a word may have, lower-case.
    pub fn says(&self, sentence: &Sentence, token: TokenId, list: &BTreeSet<String>) -> bool {
        self.lexicons[0].bases(&sentence.tokens[token]).iter().any(|base| list.contains(base))
    }

    /// What part a noun says that someone takes.
    pub fn figure(&self, sentence: &Sentence, token: TokenId) -> Option<Side> {
        self.lexicons[0].bases(&sentence.tokens[token]).iter().find_map(|base| self.figures.get(base)).copied()
    }
}

/// What is in force, in a fixed order: the version of the data is a digest of it.
impl std::fmt::Debug for Initiatives {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lists = (&self.figures, &self.envoys, &self.conflicts, &self.elsewhere, &self.denials, &self.aspects);
        write!(f, "{:?}{:?}{:?}{lists:?}", self.undertakings, self.tellings, self.patterns)
    }
}

/// Of the patterns that one word heads, the longest; it comes first.
fn longest(triggers: Vec<Trigger>) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    for trigger in triggers {
        if out.last().is_none_or(|last| last.head != trigger.head) {
            out.push(trigger);
        }
    }
    out
}
