//! The second look's view: a small network over the language model's states of the words around a gap.
//!
//! File layout (`models/boundaries.bin`): see `models/FORMAT.md`. Matrices are in the language model's arithmetic, all other
//! sums run element by element, so every machine decides alike.

use super::SegmenterError;
use crate::model::StateMap;

const BUILTIN: &[u8] = include_bytes!("../../../../models/boundaries.bin");
const MAGIC: &[u8; 8] = b"DEMBND01";
/// Words whose states count, and how many of them stand before the gap.
const AROUND: usize = 6;
const BEFORE: usize = 3;

/// The network.
pub(super) struct Boundary {
    width: usize,
    columns: usize,
    /// `[columns, width]`: what counts of a state.
    states: StateMap,
    /// `[hidden, AROUND x columns]`, over the words around the gap in the order of the text.
    around: StateMap,
    bias: Vec<f32>,
    out: Vec<f32>,
    threshold: f32,
}

impl Boundary {
    /// The network built into the program.
    pub fn builtin() -> Result<Self, SegmenterError> {
        Self::read(BUILTIN)
    }

    /// Reads a file.
    pub fn read(bytes: &[u8]) -> Result<Self, SegmenterError> {
        let mut reader = Reader { rest: bytes, length: bytes.len() };
        if reader.bytes(MAGIC.len())? != MAGIC {
            return Err(SegmenterError::NotBoundaries);
        }
        let (width, columns, hidden) = (reader.number()?, reader.number()?, reader.number()?);
        let boundary = Self {
            width,
            columns,
            states: reader.matrix(columns, width)?,
            around: reader.matrix(hidden, AROUND * columns)?,
            bias: reader.floats(hidden)?,
            out: reader.floats(hidden)?,
            threshold: reader.floats(1)?.into_iter().sum(),
        };
        if reader.rest.is_empty() { Ok(boundary) } else { Err(reader.damaged()) }
    }

    /// Columns of the states the network was trained on.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How strongly each of the words `at` begins a sentence, positive where it does. `states` are those of all words of the
    /// stretch, `[words, width]`; beyond its ends there is nothing.
    pub fn scores(&self, states: &[f32], at: &[usize]) -> Vec<f32> {
        let mapped = self.states.apply(states);
        let mut around = vec![0.0; at.len() * AROUND * self.columns];
        for (row, &word) in around.chunks_exact_mut(AROUND * self.columns).zip(at) {
            for (place, cell) in row.chunks_exact_mut(self.columns).enumerate() {
                let found = (word + place).checked_sub(BEFORE).and_then(|at| mapped.chunks_exact(self.columns).nth(at));
                if let Some(state) = found {
                    cell.copy_from_slice(state);
                }
            }
        }
        let hidden = self.around.apply(&around);
        hidden.chunks_exact(self.bias.len()).map(|row| self.score(row)).collect()
    }

    fn score(&self, hidden: &[f32]) -> f32 {
        let mut sum = self.threshold;
        for ((value, bias), out) in hidden.iter().zip(&self.bias).zip(&self.out) {
            sum += (value + bias).max(0.0) * out;
        }
        sum
    }
}

impl std::fmt::Debug for Boundary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes = [self.width, self.columns, self.bias.len()];
        f.debug_struct("Boundary").field("sizes", &sizes).finish_non_exhaustive()
    }
}

/// Reads a file from its front.
struct Reader<'a> {
    rest: &'a [u8],
    /// Of the whole file.
    length: usize,
}

impl<'a> Reader<'a> {
    fn damaged(&self) -> SegmenterError {
        SegmenterError::Boundaries(self.length)
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], SegmenterError> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A size: from 1 to 4096.
    fn number(&mut self) -> Result<usize, SegmenterError> {
        let bytes = self.bytes(4)?;
        let number = bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        if (1..=4096).contains(&number) { Ok(number) } else { Err(self.damaged()) }
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, SegmenterError> {
        let floats: Vec<f32> =
            self.bytes(4 * count)?.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        if floats.iter().all(|value| value.is_finite()) { Ok(floats) } else { Err(self.damaged()) }
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Result<StateMap, SegmenterError> {
        let scales = self.floats(rows)?;
        let weights = self.bytes(rows * columns)?;
        StateMap::new(weights, &scales, columns).ok_or_else(|| self.damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose network scores the sum of the first columns of the states before the gap less that of those after it.
    fn file() -> Vec<u8> {
        let (width, columns, hidden) = (32, 32, 1);
        let mut bytes = MAGIC.to_vec();
        for size in [width, columns, hidden] {
            bytes.extend_from_slice(&u32::to_le_bytes(size));
        }
        bytes.extend([1.0f32 / 127.0; 32].into_iter().flat_map(f32::to_le_bytes));
        bytes.extend((0..32 * 32).map(|at| if at % 33 == 0 { 127u8 } else { 0 }));
        bytes.extend((1.0f32 / 127.0).to_le_bytes());
        bytes.extend((0..6 * 32).map(|at: usize| match (at % 32, at / 32) {
            (0, 0..3) => 127u8,
            (0, _) => 129,
            _ => 0,
        }));
        bytes.extend([0.5f32, 2.0, -0.25].into_iter().flat_map(f32::to_le_bytes));
        bytes
    }

    #[test]
    fn words_around_the_gap_count_and_none_beyond_the_stretch() {
        let boundary = Boundary::read(&file()).expect("the file is sound");
        let states: Vec<f32> = [1.0, 2.0, 3.0, 4.0]
            .into_iter()
            .flat_map(|first| [[first], [0.0]].concat().into_iter().chain([0.0; 30]))
            .collect();
        let found = boundary.scores(&states, &[1, 2, 3]);
        // 1 - 9, 3 - 7 and 6 - 4, each plus 0.5; only what is positive goes on, doubled, less 0.25.
        let expected = [-0.25, -0.25, 2.0 * 2.5 - 0.25];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.1, "{found} for {expected}");
        }
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        assert!(matches!(Boundary::read(b"DEMSEG02 and more"), Err(SegmenterError::NotBoundaries)));
        for length in 8..file().len() {
            assert!(
                matches!(Boundary::read(&file()[..length]), Err(SegmenterError::Boundaries(found)) if found == length)
            );
        }
        let mut longer = file();
        longer.push(0);
        assert!(matches!(Boundary::read(&longer), Err(SegmenterError::Boundaries(_))));
        assert!(Boundary::builtin().is_ok());
    }
}
