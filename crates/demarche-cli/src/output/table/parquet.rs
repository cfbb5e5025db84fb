//! A table as Parquet: one flat column each, any of which may be missing; zstd; the same bytes for the same rows.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::{Column, Type, Value};
use crate::failure::Failure;

/// Rows that are handed on together, and by which columns of [`Type::Found`] are told.
const BATCH: usize = 4_096;
/// Rows of a group: what is held in memory.
const GROUP: usize = 16 * BATCH;

/// The first day of Unix time.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// Rows that wait, and the file as far as it is made.
pub(super) struct ParquetTable {
    columns: Vec<Column>,
    waiting: Vec<Vec<Value>>,
    /// Rows that were handed on.
    rows: u64,
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl ParquetTable {
    pub(super) const fn new(columns: Vec<Column>) -> Self {
        Self { columns, waiting: Vec::new(), rows: 0, writer: None }
    }

    /// Takes a row and gives the bytes that are ready.
    pub(super) fn row(&mut self, row: Vec<Value>) -> Result<Vec<u8>, Failure> {
        self.waiting.push(row);
        if self.waiting.len() < BATCH {
            return Ok(Vec::new());
        }
        self.hand_on()
    }

    /// Gives the last bytes.
    pub(super) fn end(mut self) -> Result<Vec<u8>, Failure> {
        let mut bytes = self.hand_on()?;
        if let Some(writer) = self.writer {
            bytes.extend(writer.into_inner().map_err(|cause| refused(&cause))?);
        }
        Ok(bytes)
    }

    fn hand_on(&mut self) -> Result<Vec<u8>, Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        if self.writer.is_none() {
            for (number, column) in self.columns.iter_mut().enumerate() {
                if column.of == Type::Found {
                    column.of = found(waiting.iter().filter_map(|row| row.get(number)));
                }
            }
        }
        let schema = Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()));
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(
                ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties()))
                    .map_err(|cause| refused(&cause))?,
            ),
        };
        let arrays = self.columns.iter().enumerate().map(|(number, column)| array(column, number, &waiting, self.rows));
        let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
        // A table without columns has no rows that could be told apart.
        if !arrays.is_empty() {
            let batch = RecordBatch::try_new(schema, arrays).map_err(|cause| mismatched(&cause))?;
            writer.write(&batch).map_err(|cause| refused(&cause))?;
        }
        self.rows += waiting.len() as u64;
        Ok(std::mem::take(writer.inner_mut()))
    }
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP))
        .set_created_by(concat!("demarche ", env!("CARGO_PKG_VERSION")).to_owned())
        .build()
}

fn refused(cause: &ParquetError) -> Failure {
    Failure::Made { what: "Parquet file", cause: cause.to_string() }
}

fn mismatched(cause: &ArrowError) -> Failure {
    Failure::Made { what: "Parquet file", cause: cause.to_string() }
}

/// The narrowest type that holds all of the values.
fn found<'a>(values: impl Iterator<Item = &'a Value>) -> Type {
    let mut of = None;
    for value in values {
        of = match (of, value) {
            (of, Value::Null) => of,
            (None | Some(Type::Integer), Value::Integer(_)) => Some(Type::Integer),
            (None | Some(Type::Integer | Type::Real), Value::Real(_)) | (Some(Type::Real), Value::Integer(_)) => {
                Some(Type::Real)
            }
            _ => return Type::Text,
        };
    }
    of.unwrap_or(Type::Text)
}

fn field(column: &Column) -> Field {
    let of = match column.of {
        Type::Text | Type::Found => DataType::Utf8,
        Type::Integer => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Date => DataType::Date32,
        Type::Boolean => DataType::Boolean,
    };
    Field::new(&column.name, of, true)
}

/// The values of column `number`; `before` rows came before these.
fn array(column: &Column, number: usize, rows: &[Vec<Value>], before: u64) -> Result<ArrayRef, Failure> {
    let values = || rows.iter().map(|row| row.get(number).unwrap_or(&Value::Null));
    let mixed = |at: usize| Failure::MixedColumn { column: column.name.clone(), row: before + at as u64 + 1 };
    Ok(match column.of {
        Type::Text | Type::Found => {
            let cells = values().map(|value| if *value == Value::Null { None } else { Some(value.written()) });
            Arc::new(cells.collect::<StringArray>())
        }
        Type::Integer => {
            let cells = values().enumerate().map(|(at, value)| match value {
                Value::Null => Ok(None),
                Value::Integer(integer) => Ok(Some(*integer)),
                _ => Err(mixed(at)),
            });
            Arc::new(Int64Array::from(cells.collect::<Result<Vec<_>, _>>()?))
        }
        Type::Real => {
            let cells = values().enumerate().map(|(at, value)| match value {
                Value::Null => Ok(None),
                Value::Real(real) => Ok(Some(*real)),
                Value::Integer(integer) => Ok(Some(*integer as f64)),
                _ => Err(mixed(at)),
            });
            Arc::new(Float64Array::from(cells.collect::<Result<Vec<_>, _>>()?))
        }
        Type::Date => {
            let days = values().map(|value| match value {
                Value::Date(date) => EPOCH.until(*date).ok().map(|span| span.get_days()),
                _ => None,
            });
            Arc::new(days.collect::<Date32Array>())
        }
        Type::Boolean => {
            let cells = values().map(|value| match value {
                Value::Boolean(truth) => Some(*truth),
                _ => None,
            });
            Arc::new(cells.collect::<BooleanArray>())
        }
    })
}
