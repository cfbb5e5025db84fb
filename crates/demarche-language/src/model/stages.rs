//! Where the model's time goes. [`Model::parse`](super::Model::parse) and its measurement are the same code; only the
//! clock differs.

use std::time::{Duration, Instant};

/// A part of the model's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Country names hidden, words split into pieces, batches laid out.
    Pieces,
    /// Embedding rows added up and normalised.
    Embedding,
    /// The encoder's products with weight matrices.
    Products,
    /// Attention of pieces to one another.
    Attention,
    /// The rest of the encoder: quantisation, layer norms, activations.
    Rows,
    /// Scores of tags and arcs.
    Heads,
    /// Maximum spanning trees.
    Trees,
    /// Scores of relations.
    Relations,
    /// Lemmas, entities, names put back.
    Readings,
}

impl Stage {
    /// All, in the order of the work.
    pub const ALL: [Self; 9] = [
        Self::Pieces,
        Self::Embedding,
        Self::Products,
        Self::Attention,
        Self::Rows,
        Self::Heads,
        Self::Trees,
        Self::Relations,
        Self::Readings,
    ];

    /// Its name in a few words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pieces => "pieces",
            Self::Embedding => "embedding",
            Self::Products => "encoder: matrix products",
            Self::Attention => "encoder: attention",
            Self::Rows => "encoder: rest",
            Self::Heads => "tag and arc scores",
            Self::Trees => "trees",
            Self::Relations => "relations",
            Self::Readings => "lemmas, entities",
        }
    }
}

/// What a [`Model::parse_measured`](super::Model::parse_measured) took.
#[derive(Clone, Copy, Debug, Default)]
pub struct StageTimes {
    times: [Duration; Stage::ALL.len()],
    multiply_adds: u64,
}

impl StageTimes {
    /// Time spent in one stage.
    pub fn of(&self, stage: Stage) -> Duration {
        self.times[stage as usize]
    }

    /// All stages together.
    pub fn total(&self) -> Duration {
        self.times.iter().sum()
    }

    /// Multiplications, each with its addition, in [`Stage::Products`].
    pub fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }
}

/// Told when a stage ends.
pub(super) trait Clock {
    /// What happened since the last call was of this stage.
    fn lap(&mut self, stage: Stage);
    /// So many multiplications with addition were part of the stage at hand.
    fn multiplied(&mut self, count: usize);
}

/// No clock.
impl Clock for () {
    fn lap(&mut self, _: Stage) {}
    fn multiplied(&mut self, _: usize) {}
}

/// A clock that is read at each lap.
pub(super) struct Stopwatch {
    /// What it read so far.
    pub(super) times: StageTimes,
    last: Instant,
}

impl Stopwatch {
    /// Starts the clock.
    pub(super) fn start() -> Self {
        Self { times: StageTimes::default(), last: Instant::now() }
    }
}

impl Clock for Stopwatch {
    fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.times.times[stage as usize] += now - self.last;
        self.last = now;
    }

    fn multiplied(&mut self, count: usize) {
        self.times.multiply_adds += count as u64;
    }
}
