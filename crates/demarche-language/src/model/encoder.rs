//! The encoder: a few BERT layers over word pieces (Devlin et al. 2019), for several windows of text at once.
//!
//! Windows lie one after another as rows of one matrix; only attention looks at more than one row, and never beyond
//! its window. So a window's result does not depend on what else is in the batch.
//!
//! From some layer on only the rows that are asked for go on, the words' first pieces and the two marks: by then they have
//! gathered what the other pieces know, and a quarter of the work is saved.

use super::kernel::Isa;
use super::kernel::attention::{HEAD, Scratch, attend};
use super::kernel::float::{Norm, Quantised, add_norm_quantise, gelu_quantise, norm_quantise, quantise};
use super::kernel::int8::{Matrix, multiply, multiply_rows};
use super::pieces::SHAPES;
use super::stages::{Clock, Stage};
use super::weights::{ModelError, Table, Weights};

/// A window must hold several words with context, each of up to eight pieces.
const FEWEST_POSITIONS: usize = 64;

/// Word pieces of several windows.
#[derive(Default)]
pub(super) struct Batch {
    /// Piece ids, windows one after another.
    pub(super) ids: Vec<u32>,
    /// Word shape of each piece.
    pub(super) shapes: Vec<u8>,
    /// Where each window ends.
    pub(super) ends: Vec<usize>,
    /// The rows whose states are wanted, in order: the marks and the first pieces of words.
    pub(super) kept: Vec<usize>,
    /// Where each window ends in `kept`.
    pub(super) kept_ends: Vec<usize>,
}

impl Batch {
    /// Empties the batch.
    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.shapes.clear();
        self.ends.clear();
        self.kept.clear();
        self.kept_ends.clear();
    }

    /// Ends a window after the piece added last.
    pub(super) fn end_window(&mut self) {
        self.ends.push(self.ids.len());
        self.kept_ends.push(self.kept.len());
    }
}

/// Working memory, kept between batches.
#[derive(Default)]
pub(super) struct Workspace {
    states: Vec<f32>,
    fewer: Vec<f32>,
    quantised: Quantised,
    wide: Quantised,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    context: Vec<f32>,
    inner: Vec<f32>,
    scratch: Scratch,
}

struct Layer {
    query: Matrix,
    key: Matrix,
    value: Matrix,
    output: Matrix,
    attention_norm: Norm,
    widen: Matrix,
    narrow: Matrix,
    output_norm: Norm,
}

/// Embeddings and layers.
pub(super) struct Encoder {
    words: Table<'static>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// How many layers compute all pieces; the last of them gives only the rows kept.
    piece_layers: usize,
    width: usize,
}

impl Encoder {
    /// Takes the encoder's tensors from a model file of `vocabulary` pieces. `own` turns the table of pieces into one
    /// that outlives the file.
    pub(super) fn load<'a>(
        weights: &Weights<'a>,
        vocabulary: usize,
        own: impl Fn(Table<'a>) -> Table<'static>,
    ) -> Result<Self, ModelError> {
        let width = weights.columns("embeddings.word.weight")?;
        check_heads(weights, width)?;
        let epsilon = weights.number("layer_norm_eps")?;
        let layers: usize = weights.number("layers")?;
        let word_layers: usize = weights.number("word_layers")?;
        if layers == 0 || word_layers >= layers {
            let reason = format!("{word_layers} of {layers} layers; at least the first must read all pieces");
            return Err(ModelError::Metadata { key: "word_layers", reason });
        }
        let piece_layers = layers - word_layers;
        let layers = (0..layers).map(|n| Layer::load(weights, n, width, epsilon)).collect::<Result<_, _>>()?;
        let name = "embeddings.position.weight";
        let positions = weights.rows(name)?;
        if positions < FEWEST_POSITIONS {
            let expected = format!("at least {FEWEST_POSITIONS} rows");
            return Err(ModelError::Tensor { name: name.into(), found: format!("{positions} rows"), expected });
        }
        Ok(Self {
            words: own(weights.table("embeddings.word", vocabulary, width)?),
            positions: weights.floats(name, &[positions, width])?,
            shapes: weights.floats("embeddings.shape.weight", &[SHAPES, width])?,
            norm: weights.norm("embeddings.norm", width, epsilon)?,
            layers,
            piece_layers,
            width,
        })
    }

    /// Columns of a state.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Pieces a window may have at most.
    pub(super) fn positions(&self) -> usize {
        self.positions.len() / self.width
    }

    /// States of the rows the batch keeps, `[kept, width]`.
    pub(super) fn encode<'w>(
        &self,
        isa: Isa,
        batch: &Batch,
        work: &'w mut Workspace,
        early: Option<&mut Vec<f32>>,
        clock: &mut impl Clock,
    ) -> &'w [f32] {
        self.encode_to(self.layers.len(), isa, batch, work, early, clock)
    }

    /// States after the first so many layers: of all pieces before the last layer of pieces, then of the rows kept. To `early`
    /// are added those of the rows kept as that layer leaves them.
    pub(super) fn encode_to<'w>(
        &self,
        layers: usize,
        isa: Isa,
        batch: &Batch,
        work: &'w mut Workspace,
        mut early: Option<&mut Vec<f32>>,
        clock: &mut impl Clock,
    ) -> &'w [f32] {
        self.embed(isa, batch, work);
        clock.lap(Stage::Embedding);
        for (n, layer) in self.layers.iter().enumerate().take(layers) {
            layer.keys(isa, work, clock);
            let before = if n < self.piece_layers { &batch.ends } else { &batch.kept_ends };
            if n + 1 == self.piece_layers {
                work.keep(&batch.kept, self.width);
                quantise(isa, &work.states, self.width, &mut work.quantised);
                clock.lap(Stage::Rows);
            }
            let after = if n + 1 < self.piece_layers { &batch.ends } else { &batch.kept_ends };
            layer.apply(isa, before, after, self.width, work, clock);
            if n + 1 == self.piece_layers
                && let Some(early) = early.as_deref_mut()
            {
                early.extend_from_slice(&work.states);
            }
        }
        &work.states
    }

    fn embed(&self, isa: Isa, batch: &Batch, work: &mut Workspace) {
        work.states.resize(batch.ids.len() * self.width, 0.0);
        let mut row = 0;
        for &end in &batch.ends {
            for position in self.positions.chunks_exact(self.width).take(end - row) {
                let state = &mut work.states[row * self.width..(row + 1) * self.width];
                let shape = usize::from(batch.shapes[row]) * self.width;
                self.words.copy_row(batch.ids[row], state);
                for ((x, shape), position) in state.iter_mut().zip(&self.shapes[shape..]).zip(position) {
                    *x = (*x + shape) + position;
                }
                row += 1;
            }
        }
        norm_quantise(isa, &mut work.states, &self.norm, &mut work.quantised);
    }
}

/// Layers over rows that are states already, each of which sees its whole window.
pub(super) struct WordLayers {
    layers: Vec<Layer>,
    width: usize,
}

impl WordLayers {
    /// Takes all layers of a file, for states of `width` columns.
    pub(super) fn load(weights: &Weights<'_>, width: usize) -> Result<Self, ModelError> {
        check_heads(weights, width)?;
        let epsilon = weights.number("layer_norm_eps")?;
        let mut layers = vec![Layer::load(weights, 0, width, epsilon)?];
        while weights.rows(&format!("layers.{}.q.weight", layers.len())).is_ok() {
            layers.push(Layer::load(weights, layers.len(), width, epsilon)?);
        }
        Ok(Self { layers, width })
    }

    /// States of the rows `wanted` (ascending) after all layers. Windows end at `ends` among the rows and at `wanted_ends` among
    /// those wanted.
    pub(super) fn run<'w>(
        &self,
        isa: Isa,
        (rows, ends): (&[f32], &[usize]),
        (wanted, wanted_ends): (&[usize], &[usize]),
        work: &'w mut Workspace,
    ) -> &'w [f32] {
        work.states.clear();
        work.states.extend_from_slice(rows);
        quantise(isa, &work.states, self.width, &mut work.quantised);
        for (n, layer) in self.layers.iter().enumerate() {
            layer.keys(isa, work, &mut ());
            let last = n + 1 == self.layers.len();
            if last {
                work.keep(wanted, self.width);
                quantise(isa, &work.states, self.width, &mut work.quantised);
            }
            layer.apply(isa, ends, if last { wanted_ends } else { ends }, self.width, work, &mut ());
        }
        &work.states
    }
}

/// Attention heads have the one width that this program computes.
fn check_heads(weights: &Weights<'_>, width: usize) -> Result<(), ModelError> {
    let heads: usize = weights.number("heads")?;
    if width.is_multiple_of(HEAD) && heads.checked_mul(HEAD) == Some(width) {
        return Ok(());
    }
    let reason = format!("{heads} heads over {width} columns; this program computes heads of {HEAD} columns");
    Err(ModelError::Metadata { key: "heads", reason })
}

impl Layer {
    fn load(weights: &Weights<'_>, n: usize, width: usize, epsilon: f32) -> Result<Self, ModelError> {
        let name = |part: &str| format!("layers.{n}.{part}");
        let inner = weights.rows(&name("intermediate.weight"))?;
        Ok(Self {
            query: weights.matrix(&name("q"), width, width)?,
            key: weights.matrix(&name("k"), width, width)?,
            value: weights.matrix(&name("v"), width, width)?,
            output: weights.matrix(&name("o"), width, width)?,
            attention_norm: weights.norm(&name("attention_norm"), width, epsilon)?,
            widen: weights.matrix(&name("intermediate"), inner, width)?,
            narrow: weights.matrix(&name("output"), width, inner)?,
            output_norm: weights.norm(&name("output_norm"), width, epsilon)?,
        })
    }

    /// Keys and values of all states there are, which are quantised already.
    fn keys(&self, isa: Isa, work: &mut Workspace, clock: &mut impl Clock) {
        product(isa, &work.quantised, &self.key, &mut work.key, clock);
        product(isa, &work.quantised, &self.value, &mut work.value, clock);
    }

    /// The rest of the layer, for the states at hand (quantised already), which may be fewer than the keys: windows end
    /// at `key_ends` among the keys and at `ends` among the states.
    fn apply(
        &self,
        isa: Isa,
        key_ends: &[usize],
        ends: &[usize],
        width: usize,
        work: &mut Workspace,
        clock: &mut impl Clock,
    ) {
        product(isa, &work.quantised, &self.query, &mut work.query, clock);
        work.context.resize(work.states.len(), 0.0);
        let (mut start, mut key_start) = (0, 0);
        for (&end, &key_end) in ends.iter().zip(key_ends) {
            let (rows, keys) = (start * width..end * width, key_start * width..key_end * width);
            let (q, k, v) = (&work.query[rows.clone()], &work.key[keys.clone()], &work.value[keys]);
            attend(isa, q, k, v, width, &mut work.scratch, &mut work.context[rows]);
            (start, key_start) = (end, key_end);
        }
        clock.lap(Stage::Attention);
        quantise(isa, &work.context, width, &mut work.quantised);
        clock.lap(Stage::Rows);
        product(isa, &work.quantised, &self.output, &mut work.query, clock);
        add_norm_quantise(isa, &mut work.states, &work.query, &self.attention_norm, &mut work.quantised);
        clock.lap(Stage::Rows);

        let (rows, inner) = (work.quantised.rows(), self.widen.outputs());
        work.wide.resize(isa, rows, inner);
        for first in (0..rows).step_by(isa.rows_together()) {
            let some = first..rows.min(first + isa.rows_together());
            clock.multiplied(some.len() * width * inner);
            multiply_rows(isa, &work.quantised, some, &self.widen, &mut work.inner);
            clock.lap(Stage::Products);
            gelu_quantise(isa, &mut work.inner, inner, first, &mut work.wide);
            clock.lap(Stage::Rows);
        }
        product(isa, &work.wide, &self.narrow, &mut work.query, clock);
        add_norm_quantise(isa, &mut work.states, &work.query, &self.output_norm, &mut work.quantised);
        clock.lap(Stage::Rows);
    }
}

/// [`multiply`], on the clock.
fn product(isa: Isa, x: &Quantised, w: &Matrix, out: &mut Vec<f32>, clock: &mut impl Clock) {
    multiply(isa, x, w, out);
    clock.multiplied(x.rows() * w.inputs() * w.outputs());
    clock.lap(Stage::Products);
}

impl Workspace {
    /// Leaves only some rows of the states, in ascending order.
    fn keep(&mut self, rows: &[usize], width: usize) {
        self.fewer.clear();
        for row in rows {
            self.fewer.extend_from_slice(&self.states[row * width..(row + 1) * width]);
        }
        std::mem::swap(&mut self.states, &mut self.fewer);
    }
}
