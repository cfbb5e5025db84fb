//! The classifier of acts: whether the words marked in a sentence tell an act between those marked, and which.
//!
//! It reads the states that the encoder's layers of pieces leave, with a mark added to the rows of trigger, actors and recipients,
//! and passes them through layers of its own. What its labels mean is not known here. `models/FORMAT.md` describes the file.

#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::encoder::{WordLayers, Workspace};
use super::kernel::float::{Quantised, gelu, logistic, quantise, softmax};
use super::kernel::int8::{Matrix, multiply};
use super::kernel::{InstructionSet, Isa};
use super::states::EarlyStates;
use super::weights::{ModelError, Weights};
use super::{Model, version_of};
use crate::sentence::TokenId;

/// The weights this program carries.
static EVENTS: &[u8] = include_bytes!("../../../../models/events.safetensors");

/// Rows read together: enough to pass each panel of weights once, few enough to stay in the cache.
const BATCH: usize = 256;

/// A sentence with words marked in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Number of the sentence among those that were parsed together.
    pub sentence: usize,
    /// Words that may tell an act.
    pub trigger: Vec<TokenId>,
    /// Words of those who may do it.
    pub actors: Vec<TokenId>,
    /// Words of those to whom it may be done.
    pub recipients: Vec<TokenId>,
}

/// What the classifier makes of words marked in a sentence. All are probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Of each of [`Classifier::events`]; they add up to 1.
    pub events: Vec<f32>,
    /// Of each of [`Classifier::modes`].
    pub modes: Vec<f32>,
    /// That the actors marked do it.
    pub actors_fit: f32,
    /// That it is done to the recipients marked.
    pub recipients_fit: f32,
    /// Of each of [`Classifier::contexts`].
    pub contexts: Vec<f32>,
}

/// The classifier, ready to answer. Cheap to share between threads.
pub struct Classifier {
    isa: Isa,
    version: String,
    labels: Labels,
    /// `[3, width]`: what is added to the rows of actors, recipients, triggers.
    marks: Vec<f32>,
    layers: WordLayers,
    hidden: Matrix,
    event: Matrix,
    mode: Matrix,
    fit: Matrix,
    context: Matrix,
    temperature: f32,
    width: usize,
}

/// The metadata entry `labels`.
#[derive(Deserialize)]
struct Labels {
    event: Vec<String>,
    mode: Vec<String>,
    context: Vec<String>,
}

/// Questions on their way through the layers.
#[derive(Default)]
struct Batch {
    rows: Vec<f32>,
    ends: Vec<usize>,
    wanted: Vec<usize>,
    wanted_ends: Vec<usize>,
    /// Number of each question and the rows of its trigger, actors and recipients, counted from its first.
    asked: Vec<(usize, [Vec<usize>; 3])>,
}

impl Classifier {
    /// The classifier that comes with the program.
    ///
    /// # Errors
    /// If the program was built with a broken file, or `model` is not the one it comes with.
    pub fn builtin(model: &Model) -> Result<Self, ModelError> {
        Self::from_bytes(EVENTS, model)
    }

    /// A classifier from the bytes of a file as `models/FORMAT.md` describes it, over the states of `model`.
    ///
    /// # Errors
    /// Says what is wrong with the file, or that it belongs to another encoder.
    pub fn from_bytes(bytes: &[u8], model: &Model) -> Result<Self, ModelError> {
        Self::load(bytes, model).map_err(|error| ModelError::Classifier(Box::new(error)))
    }

    fn load(bytes: &[u8], model: &Model) -> Result<Self, ModelError> {
        let weights = Weights::open(bytes)?;
        let encoder = weights.metadata("encoder")?;
        if encoder != model.version() {
            return Err(ModelError::OtherEncoder { found: encoder.to_owned(), here: model.version().to_owned() });
        }
        let wrong = |key, reason: &str| ModelError::Metadata { key, reason: reason.to_owned() };
        let labels: Labels =
            serde_json::from_str(weights.metadata("labels")?).map_err(|error| wrong("labels", &error.to_string()))?;
        if labels.event.is_empty() || labels.mode.is_empty() || labels.context.is_empty() {
            return Err(wrong("labels", "a list is empty"));
        }
        let temperature: f32 = weights.number("temperature")?;
        if !temperature.is_finite() || temperature <= 0.0 {
            return Err(wrong("temperature", "is not a number above 0"));
        }
        let width = model.width();
        let hidden = weights.rows("hidden.weight")?;
        Ok(Self {
            isa: Isa::detect(),
            version: version_of("events", bytes, 0),
            marks: weights.floats("marks.weight", &[3, width])?,
            layers: WordLayers::load(&weights, width)?,
            hidden: weights.matrix("hidden", hidden, 4 * width)?,
            event: weights.matrix("event", labels.event.len(), hidden)?,
            mode: weights.matrix("mode", labels.mode.len(), hidden)?,
            fit: weights.matrix("fit", 2, hidden)?,
            context: weights.matrix("context", labels.context.len(), hidden)?,
            labels,
            temperature,
            width,
        })
    }

    /// The same classifier computing with another instruction set, for tests: the results are the same.
    #[must_use]
    pub fn with_instruction_set(self, set: InstructionSet) -> Self {
        Self { isa: set.0, ..self }
    }

    /// Which classifier this is: a hash of its file.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Names of the events, in the order of the answers.
    pub fn events(&self) -> &[String] {
        &self.labels.event
    }

    /// Names of the modes, as `EVENT/mode`, in the order of the answers.
    pub fn modes(&self) -> &[String] {
        &self.labels.mode
    }

    /// Names of the contexts, in the order of the answers.
    pub fn contexts(&self) -> &[String] {
        &self.labels.context
    }

    /// One answer for each question, in order, whatever else is asked; `None` where the sentence is not there, was read in
    /// several windows or has none of the trigger's words.
    pub fn answer(&self, states: &EarlyStates, questions: &[Marked]) -> Vec<Option<Answer>> {
        let mut out = vec![None; questions.len()];
        if states.width() != self.width {
            return out;
        }
        let mut work = Workspace::default();
        let mut batch = Batch::default();
        for (number, question) in questions.iter().enumerate() {
            let Some(rows) = states.sentence(question.sentence) else { continue };
            if batch.rows.len() + rows.len() > BATCH * self.width && !batch.asked.is_empty() {
                self.flush(&mut batch, &mut work, &mut out);
            }
            let of = |words: &[TokenId]| states.rows_of(question.sentence, words);
            let [trigger, actors, recipients] =
                [&question.trigger, &question.actors, &question.recipients].map(|w| of(w));
            if !trigger.is_empty() {
                self.lay_out(number, rows, &[trigger, actors, recipients], &mut batch);
            }
        }
        self.flush(&mut batch, &mut work, &mut out);
        out
    }

    /// Adds a question to the batch: all rows of its sentence, those of the words in question marked.
    fn lay_out(&self, number: usize, rows: &[f32], marked: &[Vec<usize>; 3], batch: &mut Batch) {
        let first = batch.rows.len() / self.width;
        batch.rows.extend_from_slice(rows);
        let [trigger, actors, recipients] = marked;
        for (mark, marked) in self.marks.chunks_exact(self.width).zip([actors, recipients, trigger]) {
            for row in marked {
                let start = (first + row) * self.width;
                for (x, mark) in batch.rows[start..start + self.width].iter_mut().zip(mark) {
                    *x += mark;
                }
            }
        }
        batch.ends.push(batch.rows.len() / self.width);
        let mut wanted: Vec<usize> = std::iter::once(0).chain(marked.iter().flatten().copied()).collect();
        wanted.sort_unstable();
        wanted.dedup();
        batch.wanted.extend(wanted.iter().map(|row| first + row));
        batch.wanted_ends.push(batch.wanted.len());
        let among = |rows: &Vec<usize>| rows.iter().filter_map(|row| wanted.binary_search(row).ok()).collect();
        batch.asked.push((number, marked.each_ref().map(among)));
    }

    /// Answers what is in the batch and empties it.
    fn flush(&self, batch: &mut Batch, work: &mut Workspace, out: &mut [Option<Answer>]) {
        let Batch { rows, ends, wanted, wanted_ends, asked } = std::mem::take(batch);
        if asked.is_empty() {
            return;
        }
        let states = self.layers.run(self.isa, (&rows, &ends), (&wanted, &wanted_ends), work);
        let mut pooled = Vec::with_capacity(asked.len() * 4 * self.width);
        let mut start = 0;
        for ((_, marked), &end) in asked.iter().zip(&wanted_ends) {
            let states = &states[start * self.width..end * self.width];
            pooled.extend_from_slice(&states[..self.width]);
            for rows in marked {
                self.mean(states, rows, &mut pooled);
            }
            start = end;
        }
        let [mut event, mode, fit, context] = self.scores(&pooled);
        for score in &mut event {
            *score /= self.temperature;
        }
        let shares = |of: &[f32], matrix: &Matrix, n: usize| -> Vec<f32> {
            let outputs = matrix.outputs();
            of[n * outputs..(n + 1) * outputs].iter().map(|&x| logistic(x)).collect()
        };
        for (n, ((number, _), event)) in asked.iter().zip(event.chunks_exact_mut(self.event.outputs())).enumerate() {
            softmax(event);
            let fit = shares(&fit, &self.fit, n);
            let answer = Answer {
                events: event.to_vec(),
                modes: shares(&mode, &self.mode, n),
                actors_fit: fit[0],
                recipients_fit: fit[1],
                contexts: shares(&context, &self.context, n),
            };
            if let Some(place) = out.get_mut(*number) {
                *place = Some(answer);
            }
        }
    }

    /// Scores of events, modes, fit and contexts from what was pooled, one row after another.
    fn scores(&self, pooled: &[f32]) -> [Vec<f32>; 4] {
        let mut hidden = self.times(&self.hidden, pooled);
        gelu(self.isa, &mut hidden);
        [&self.event, &self.mode, &self.fit, &self.context].map(|matrix| self.times(matrix, &hidden))
    }

    /// Adds the mean of some rows to `out`: their sum in order, divided by their number; zeros if there are none.
    fn mean(&self, states: &[f32], rows: &[usize], out: &mut Vec<f32>) {
        let at = out.len();
        out.resize(at + self.width, 0.0);
        let mean = &mut out[at..];
        for row in rows {
            for (sum, x) in mean.iter_mut().zip(&states[row * self.width..(row + 1) * self.width]) {
                *sum += x;
            }
        }
        let count = rows.len().max(1) as f32;
        for sum in mean {
            *sum /= count;
        }
    }

    /// Rows through a matrix, without the padding of its results.
    fn times(&self, matrix: &Matrix, rows: &[f32]) -> Vec<f32> {
        let (mut quantised, mut out) = (Quantised::default(), Vec::new());
        quantise(self.isa, rows, matrix.inputs(), &mut quantised);
        multiply(self.isa, &quantised, matrix, &mut out);
        let (outputs, stride) = (matrix.outputs(), matrix.stride());
        if outputs == stride {
            out
        } else {
            out.chunks_exact(stride).flat_map(|row| &row[..outputs]).copied().collect()
        }
    }
}
