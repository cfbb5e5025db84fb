//! Parquet: records of one kind with all their fields, lists as lists. The columns are those of the table (`--to csv`); schema in
//! `docs/layouts.md`.

mod arrays;
mod columns;

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use demarche_record::Record;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use arrays::{array, field};
use columns::{Column, columns};

/// Which records a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Events.
    Event,
    /// Statements.
    Statement,
    /// Initiatives.
    Initiative,
}

impl Kind {
    /// Its name, as the key `record` of JSON has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Statement => "statement",
            Self::Initiative => "initiative",
        }
    }

    /// Whether a record is of this kind.
    pub const fn holds(self, record: &Record) -> bool {
        match record {
            Record::Event(_) => matches!(self, Self::Event),
            Record::Statement(_) => matches!(self, Self::Statement),
            Record::Initiative(_) => matches!(self, Self::Initiative),
        }
    }
}

/// Records could not be written as Parquet.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output does not take the bytes.
    #[error(transparent)]
    Output(io::Error),
    /// A line that should hold a record is no JSON.
    #[error("no record ({0}); give JSON Lines of records")]
    Line(String),
    /// A record does not fit the schema: a fault of the program.
    #[error("a record does not fit the columns of the Parquet file ({0}); please report it")]
    Schema(String),
}

impl From<ParquetError> for WriteError {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(cause) => match cause.downcast::<io::Error>() {
                Ok(cause) => Self::Output(*cause),
                Err(cause) => Self::Schema(cause.to_string()),
            },
            other => Self::Schema(other.to_string()),
        }
    }
}

impl From<ArrowError> for WriteError {
    fn from(error: ArrowError) -> Self {
        Self::Schema(error.to_string())
    }
}

/// Records held until they are turned into columns.
const BATCH: usize = 1024;
/// Records in a row group: what bounds the memory.
const ROW_GROUP: usize = 16 * 1024;
/// zstd's own default: stronger levels cost more than they save.
const ZSTD_LEVEL: i32 = 3;

/// The Arrow schema of a kind of record.
pub fn schema(kind: Kind) -> SchemaRef {
    Arc::new(Schema::new(columns(kind).iter().map(|column| field(&column.name, &column.shape)).collect::<Vec<_>>()))
}

/// Writes records of one kind as a Parquet file, in row groups of 16,384, compressed with zstd. Memory does not grow with the number
/// of records, and the bytes depend on nothing but the records.
pub struct ParquetWriter<W: Write + Send> {
    kind: Kind,
    columns: Vec<Column>,
    schema: SchemaRef,
    waiting: Vec<Value>,
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// A writer into `out`.
    ///
    /// # Errors
    /// [`WriteError`] when `out` does not take the first bytes.
    pub fn new(out: W, kind: Kind) -> Result<Self, WriteError> {
        let level = ZstdLevel::try_new(ZSTD_LEVEL)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by("demarche".to_owned())
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .build();
        let schema = schema(kind);
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
        Ok(Self { kind, columns: columns(kind), schema, waiting: Vec::with_capacity(BATCH), writer })
    }

    /// Adds the records of the kind; others are passed over.
    ///
    /// # Errors
    /// [`WriteError`] when the output does not take the bytes.
    pub fn write<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>) -> Result<(), WriteError> {
        let kind = self.kind;
        for record in records.into_iter().filter(|record| kind.holds(record)) {
            self.add(serde_json::to_value(record).map_err(|error| WriteError::Schema(error.to_string()))?)?;
        }
        Ok(())
    }

    /// Adds the records of the kind from JSON Lines, as `demarche code --to jsonl` writes them; others are passed over.
    ///
    /// # Errors
    /// [`WriteError::Line`] for a line that is no JSON object, others when the output does not take the bytes.
    pub fn write_json_lines(&mut self, lines: &[u8]) -> Result<(), WriteError> {
        for record in serde_json::Deserializer::from_slice(lines).into_iter::<Value>() {
            let record = record.map_err(|error| WriteError::Line(error.to_string()))?;
            if record.get("record").and_then(Value::as_str) == Some(self.kind.name()) {
                self.add(record)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, record: Value) -> Result<(), WriteError> {
        self.waiting.push(record);
        if self.waiting.len() == BATCH { self.hand_over() } else { Ok(()) }
    }

    /// Completes the file and gives the output back.
    ///
    /// # Errors
    /// [`WriteError`] when the output does not take the bytes.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.hand_over()?;
        Ok(self.writer.into_inner()?)
    }

    fn hand_over(&mut self) -> Result<(), WriteError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let arrays = self.columns.iter().map(|column| {
            let cells: Vec<Option<&Value>> = self.waiting.iter().map(|record| column.of(record)).collect();
            array(&column.shape, &cells)
        });
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect::<Result<_, _>>()?)?;
        self.writer.write(&batch)?;
        self.waiting.clear();
        Ok(())
    }
}

impl ParquetWriter<Vec<u8>> {
    /// Takes the bytes that are finished: for whoever hands them on while more records come. What is taken is not in the vector
    /// that [`finish`](Self::finish) gives.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(self.writer.inner_mut())
    }
}
