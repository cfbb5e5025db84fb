//! Typed reading of the model file: a safetensors file as `models/FORMAT.md` describes it.

use std::borrow::Cow;

use safetensors::tensor::{Dtype, Metadata, SafeTensors};

use super::kernel::float::Norm;
use super::kernel::int8::{MAX_INPUTS, Matrix};

/// The format version this program reads.
const VERSION: &str = "1";

/// Why a model file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes are not a safetensors file.
    #[error("the model is not a readable safetensors file ({0}); use a file as models/FORMAT.md describes")]
    NotSafetensors(String),
    /// A file of another format or version.
    #[error("the model has format version {found:?}, this program reads version 1; use a model made for this program")]
    Version {
        /// What the file says, if anything.
        found: Option<String>,
    },
    /// A tensor is not there.
    #[error("the model has no tensor {0:?}; export it again with training/export.py")]
    MissingTensor(String),
    /// A tensor has another type or shape than the format says.
    #[error("tensor {name:?} of the model is {found}, not {expected}; export it again with training/export.py")]
    Tensor {
        /// Which tensor.
        name: String,
        /// Type and shape in the file.
        found: String,
        /// Type and shape by the format.
        expected: String,
    },
    /// A tensor holds a number that is infinite or none at all.
    #[error("tensor {0:?} of the model holds numbers that are not finite; the training run it came from went wrong")]
    NotFinite(String),
    /// A metadata entry is missing or cannot be understood.
    #[error("metadata {key:?} of the model: {reason}; export it again with training/export.py")]
    Metadata {
        /// Which entry.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The classifier of acts was trained over the states of another encoder.
    #[error("it belongs to the encoder {found}, and this program has {here}; use the classifier made for this encoder")]
    OtherEncoder {
        /// Version of the model that the file names.
        found: String,
        /// Version of the model at hand.
        here: String,
    },
    /// The file of the classifier of acts.
    #[error("events.safetensors: {0}")]
    Classifier(Box<Self>),
    /// A line of the lemma lexicon cannot be understood.
    #[error("line {line} of the lemma lexicon is not `form TAB part of speech TAB lemma`; see models/FORMAT.md")]
    Lexicon {
        /// Line, from 1.
        line: usize,
    },
}

/// A model file, opened.
pub(super) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    metadata: Metadata,
}

impl<'a> Weights<'a> {
    /// Reads the header and checks the version.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let broken = |error: safetensors::SafeTensorError| ModelError::NotSafetensors(error.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(broken)?;
        let tensors = SafeTensors::deserialize(bytes).map_err(broken)?;
        let weights = Self { tensors, metadata };
        match weights.metadata("format_version") {
            Ok(VERSION) => Ok(weights),
            found => Err(ModelError::Version { found: found.ok().map(str::to_owned) }),
        }
    }

    /// A metadata entry.
    pub(super) fn metadata(&self, key: &'static str) -> Result<&str, ModelError> {
        let entries = self.metadata.metadata().as_ref();
        let entry = entries.and_then(|entries| entries.get(key)).map(String::as_str);
        entry.ok_or_else(|| ModelError::Metadata { key, reason: "is missing".into() })
    }

    /// A metadata entry that is a number.
    pub(super) fn number<T: std::str::FromStr>(&self, key: &'static str) -> Result<T, ModelError> {
        let text = self.metadata(key)?;
        text.parse().map_err(|_| ModelError::Metadata { key, reason: format!("{text:?} is not such a number") })
    }

    fn bytes(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&'a [u8], ModelError> {
        let tensor = self.tensors.tensor(name).map_err(|_| ModelError::MissingTensor(name.into()))?;
        if tensor.dtype() != dtype || tensor.shape() != shape {
            return Err(ModelError::Tensor {
                name: name.into(),
                found: format!("{:?} {:?}", tensor.dtype(), tensor.shape()),
                expected: format!("{dtype:?} {shape:?}"),
            });
        }
        Ok(tensor.data())
    }

    /// A tensor of floats; copied, since the file's bytes may stand at any address.
    pub(super) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(name, Dtype::F32, shape)?;
        let floats: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        if floats.iter().all(|f| f.is_finite()) { Ok(floats) } else { Err(ModelError::NotFinite(name.into())) }
    }

    /// A layer norm of `width` columns.
    pub(super) fn norm(&self, name: &str, width: usize, epsilon: f32) -> Result<Norm, ModelError> {
        Ok(Norm {
            weight: self.floats(&format!("{name}.weight"), &[width])?,
            bias: self.floats(&format!("{name}.bias"), &[width])?,
            epsilon,
        })
    }

    /// A weight matrix with its scales and biases.
    pub(super) fn matrix(&self, name: &str, outputs: usize, inputs: usize) -> Result<Matrix, ModelError> {
        let weights = self.bytes(&format!("{name}.weight"), Dtype::I8, &[outputs, inputs])?;
        if inputs == 0 || !inputs.is_multiple_of(32) || inputs > MAX_INPUTS {
            let expected = format!("a matrix whose inputs are a multiple of 32, at most {MAX_INPUTS}");
            return Err(ModelError::Tensor { name: name.into(), found: format!("{outputs} x {inputs}"), expected });
        }
        let scale = self.floats(&format!("{name}.scale"), &[outputs])?;
        let bias = self.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Matrix::new(weights, &scale, &bias, outputs, inputs))
    }

    /// The word-piece embeddings of `rows` pieces.
    pub(super) fn table(&self, name: &str, rows: usize, width: usize) -> Result<Table<'a>, ModelError> {
        let bytes = self.bytes(&format!("{name}.weight"), Dtype::I8, &[rows, width])?;
        Ok(Table { bytes: Cow::Borrowed(bytes), scale: self.floats(&format!("{name}.scale"), &[rows])?, width })
    }

    /// Rows of a matrix, whatever their number.
    pub(super) fn rows(&self, name: &str) -> Result<usize, ModelError> {
        self.shape(name).and_then(|shape| shape.first().copied().ok_or_else(|| ModelError::MissingTensor(name.into())))
    }

    /// Columns of a matrix, whatever their number.
    pub(super) fn columns(&self, name: &str) -> Result<usize, ModelError> {
        self.shape(name).and_then(|shape| shape.get(1).copied().ok_or_else(|| ModelError::MissingTensor(name.into())))
    }

    fn shape(&self, name: &str) -> Result<&[usize], ModelError> {
        let info = self.metadata.info(name).ok_or_else(|| ModelError::MissingTensor(name.into()))?;
        Ok(&info.shape)
    }
}

/// Embedding rows of 8-bit numbers with a scale each, read in place.
pub(super) struct Table<'a> {
    bytes: Cow<'a, [u8]>,
    scale: Vec<f32>,
    width: usize,
}

impl Table<'_> {
    /// The table with bytes of its own.
    pub(super) fn into_owned(self) -> Table<'static> {
        Table { bytes: Cow::Owned(self.bytes.into_owned()), scale: self.scale, width: self.width }
    }

    /// Writes row `id` to `out`; nothing for a row that is not there.
    pub(super) fn copy_row(&self, id: u32, out: &mut [f32]) {
        let id = id as usize;
        let row = self.bytes.get(id * self.width..(id + 1) * self.width);
        if let (Some(row), Some(scale)) = (row, self.scale.get(id)) {
            for (out, byte) in out.iter_mut().zip(row) {
                *out = f32::from(byte.cast_signed()) * scale;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one tensor: length of the header, header, data.
    fn file(version: &str, shape: &[usize], data: &[u8]) -> Vec<u8> {
        let header = format!(
            r#"{{"__metadata__":{{"format_version":"{version}"}},"root":{{"dtype":"F32","shape":{shape:?},"data_offsets":[0,{}]}}}}"#,
            data.len()
        );
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let message = |error: ModelError| error.to_string();
        assert!(message(Weights::open(b"not a model").err().unwrap()).contains("not a readable safetensors"));
        assert!(message(Weights::open(&file("7", &[1], &[0; 4])).err().unwrap()).contains("version Some(\"7\")"));
        let bytes = file("1", &[2], &[0; 8]);
        let weights = Weights::open(&bytes).unwrap();
        assert_eq!(weights.floats("root", &[2]).unwrap(), [0.0, 0.0]);
        assert!(message(weights.floats("root", &[3]).unwrap_err()).contains("F32 [2], not F32 [3]"));
        assert!(message(weights.floats("arc", &[3]).unwrap_err()).contains("no tensor \"arc\""));
        assert!(message(weights.matrix("root", 1, 16).err().unwrap()).contains("\"root.weight\""));
        assert!(message(weights.number::<usize>("layers").unwrap_err()).contains("\"layers\""));
        let bytes = file("1", &[1], &f32::NAN.to_le_bytes());
        assert!(message(Weights::open(&bytes).unwrap().floats("root", &[1]).unwrap_err()).contains("not finite"));
    }
}
