//! Parquet: one document a row, by the names of the columns.
//!
//! Only the columns that are fields are read, a batch of rows at a time and a page at a time. Strings are read as views,
//! so that a value which a dictionary repeats a million times is in memory once.

mod cells;
mod guard;

use std::fs::File;
use std::io::{self, Seek};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;

use self::guard::guarded;
use super::{Opening, Reader};
use crate::document::Document;
use crate::error::{DocumentError, Part, Place, on_one_line};
use crate::fields::Fields;
use crate::options::Options;

/// Bytes of values in a batch of rows, about.
const BATCH_BYTES: u64 = 4 << 20;
/// Rows of a batch, at most.
const BATCH_ROWS: u64 = 1024;

/// The cause of a fault for which the library has no words.
const NONSENSE: &str = "its parts do not fit together";

/// Where the reading of a Parquet file has got to.
pub(super) struct Rows {
    name: String,
    options: Options,
    batches: ParquetRecordBatchReader,
    /// The fields as columns of a batch.
    columns: Fields<usize>,
    batch: Option<RecordBatch>,
    /// The next row of the batch.
    next: usize,
    /// Rows so far.
    number: u64,
    done: bool,
}

impl Rows {
    /// Reads what the file says of itself. A stream is copied to a temporary file first: Parquet is read from its end.
    pub(super) fn open(opening: Opening<'_>, options: &Options) -> Result<Self, DocumentError> {
        let place = Place::file(opening.name);
        let file = seekable(opening).map_err(|error| DocumentError::reading(&error, place.clone()))?;
        let opened = guarded(|| Self::of_file(file, place.clone(), options));
        opened.unwrap_or_else(|| Err(damaged(place, NONSENSE.to_owned())))
    }

    fn of_file(file: File, place: Place, options: &Options) -> Result<Self, DocumentError> {
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = ArrowReaderMetadata::load(&file, plain).map_err(|error| damage(&error, place.clone()))?;
        let schema = Arc::clone(metadata.schema());
        let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        let columns = Fields::columns(&names, &options.fields, &place)?;
        let mut chosen: Vec<usize> = columns.values().copied().collect();
        chosen.sort_unstable();
        chosen.dedup();
        for &column in &chosen {
            let field = schema.field(column);
            if !cells::is_readable(field.data_type()) {
                return Err(DocumentError::WrongType {
                    place,
                    field: on_one_line(field.name()),
                    found: cells::kind_of(field.data_type()),
                    expected: "text, whole numbers, dates or times",
                });
            }
        }
        let viewed = ArrowReaderOptions::new().with_schema(Arc::new(as_views(&schema)));
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), viewed)
            .map_err(|error| damage(&error, place.clone()))?;
        let rows = batch_rows(metadata.metadata(), &chosen);
        let mask = ProjectionMask::roots(metadata.parquet_schema(), chosen.iter().copied());
        let batches = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_projection(mask)
            .with_batch_size(rows)
            .build()
            .map_err(|error| damage(&error, place.clone()))?;
        let columns = columns.map(|column| chosen.iter().position(|other| other == column));
        Ok(Self {
            name: place.name,
            options: options.clone(),
            batches,
            columns,
            batch: None,
            next: 0,
            number: 0,
            done: false,
        })
    }

    fn row(&self, batch: &RecordBatch, row: usize, place: &Place) -> Result<Document, DocumentError> {
        let mut fault = None;
        let mut size = 0;
        let fields = self.columns.map(|&column| match cells::value(batch.column(column), row, place) {
            Ok(value) => {
                size += value.as_ref().map_or(0, String::len);
                value
            }
            Err(error) => {
                fault = Some(error);
                None
            }
        });
        if let Some(error) = fault {
            return Err(error);
        }
        if size as u64 > self.options.max_bytes {
            return Err(DocumentError::TooLarge { place: place.clone(), limit: self.options.max_bytes });
        }
        // The column is there; what is missing is a value.
        let fields = Fields { text: fields.text.or_else(|| Some(String::new())), ..fields };
        fields.document(place, &place.id(), &self.options)
    }
}

impl Reader for Rows {
    fn next(&mut self) -> Option<Result<Document, DocumentError>> {
        while !self.done {
            if let Some(batch) = self.batch.take()
                && self.next < batch.num_rows()
            {
                let row = self.next;
                self.next += 1;
                self.number += 1;
                let place = Place::part(self.name.clone(), Part::Row(self.number));
                let document = self.row(&batch, row, &place);
                self.batch = Some(batch);
                return Some(document);
            }
            let batch = guarded(|| self.batches.next());
            let fault = match batch {
                Some(Some(Ok(batch))) => {
                    (self.batch, self.next) = (Some(batch), 0);
                    continue;
                }
                Some(Some(Err(error))) => short(&error.to_string()),
                None => NONSENSE.to_owned(),
                Some(None) => {
                    self.done = true;
                    if self.number == 0 {
                        let place = Place::file(self.name.clone());
                        return Some(Err(DocumentError::NoDocument { place, found: "a table without a row" }));
                    }
                    return None;
                }
            };
            self.done = true;
            let place = Place::part(self.name.clone(), Part::Row(self.number + 1));
            return Some(Err(damaged(place, fault)));
        }
        None
    }
}

/// The file itself, or a temporary one with the same bytes.
fn seekable(opening: Opening<'_>) -> io::Result<File> {
    if let Some(mut file) = opening.file
        && file.rewind().is_ok()
    {
        return Ok(file);
    }
    let mut stream = opening.stream;
    let mut file = tempfile::tempfile()?;
    io::copy(&mut stream, &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// The schema with strings as views.
fn as_views(schema: &Schema) -> Schema {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| {
            let field = field.as_ref().clone();
            match field.data_type() {
                DataType::Utf8 => field.with_data_type(DataType::Utf8View),
                DataType::Binary => field.with_data_type(DataType::BinaryView),
                _ => field,
            }
        })
        .collect();
    Schema::new_with_metadata(fields, schema.metadata().clone())
}

/// Rows a batch, so that it holds about [`BATCH_BYTES`].
fn batch_rows(metadata: &ParquetMetaData, roots: &[usize]) -> usize {
    let schema = metadata.file_metadata().schema_descr();
    let (mut bytes, mut rows) = (0_u64, 0_u64);
    for group in metadata.row_groups() {
        rows = rows.saturating_add(u64::try_from(group.num_rows()).unwrap_or(0));
        for (leaf, column) in group.columns().iter().enumerate() {
            if leaf < schema.num_columns() && roots.contains(&schema.get_column_root_idx(leaf)) {
                bytes = bytes.saturating_add(u64::try_from(column.uncompressed_size()).unwrap_or(0));
            }
        }
    }
    let row = (bytes / rows.max(1)).max(1);
    (BATCH_BYTES / row).clamp(1, BATCH_ROWS) as usize
}

fn damaged(place: Place, cause: String) -> DocumentError {
    DocumentError::Damaged { place, kind: "Parquet file", cause }
}

fn damage(error: &ParquetError, place: Place) -> DocumentError {
    if let ParquetError::External(inner) = error
        && let Some(inner) = inner.downcast_ref::<io::Error>()
    {
        return DocumentError::reading(inner, place);
    }
    damaged(place, short(&error.to_string()))
}

/// The library's words on one line, without its own name before them.
fn short(words: &str) -> String {
    let words = words.trim_start_matches("Parquet error: ").trim_start_matches("External: ");
    on_one_line(&words.chars().take(160).collect::<String>())
}
