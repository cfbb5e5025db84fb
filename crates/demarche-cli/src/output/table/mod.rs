//! Tables: typed columns, and rows that are written as they come, as text, CSV, JSON Lines or Parquet.

mod csv;
mod jsonl;
mod parquet;
mod text;

use jiff::civil::Date;

use crate::args::TableTo;
use crate::failure::Failure;
use crate::output::{Destination, Page};

/// What a column holds. Any value may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
    Real,
    Date,
    Boolean,
    /// Told by the first rows, as of an answer in SQL.
    Found,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) of: Type,
}

impl Column {
    pub(crate) fn new(name: impl Into<String>, of: Type) -> Self {
        Self { name: name.into(), of }
    }
}

/// Columns from names and types.
pub(crate) fn columns<const N: usize>(columns: [(&str, Type); N]) -> Vec<Column> {
    columns.into_iter().map(|(name, of)| Column::new(name, of)).collect()
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Text(String),
    Integer(i64),
    Real(f64),
    Date(Date),
    Boolean(bool),
}

impl Value {
    /// Its characters as CSV has them; empty where it is missing.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Boolean(truth) => truth.to_string(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<demarche::record::Day> for Value {
    fn from(day: demarche::record::Day) -> Self {
        Self::Date(day.0)
    }
}

impl From<demarche::record::Code> for Value {
    fn from(code: demarche::record::Code) -> Self {
        Self::Text(code.as_str().to_owned())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A table that is being written.
pub(crate) struct Table {
    form: Form,
    destination: Destination,
    rows: u64,
}

enum Form {
    Text(text::TextTable),
    Csv,
    Jsonl(jsonl::Lines),
    Parquet(Box<parquet::ParquetTable>),
}

impl Table {
    /// Begins a table. `page` is that of the destination.
    pub(crate) fn begin(
        to: TableTo,
        columns: Vec<Column>,
        mut destination: Destination,
        page: Page,
    ) -> Result<Self, Failure> {
        let form = match to {
            TableTo::Text => Form::Text(text::TextTable::new(columns, page)),
            TableTo::Csv => {
                destination.write(&csv::line(columns.iter().map(|column| column.name.as_str())))?;
                Form::Csv
            }
            TableTo::Jsonl => Form::Jsonl(jsonl::Lines::new(&columns)),
            // Nobody can read it there.
            TableTo::Parquet if destination.is_terminal() => return Err(Failure::BinaryOnTerminal),
            TableTo::Parquet => Form::Parquet(Box::new(parquet::ParquetTable::new(columns))),
        };
        Ok(Self { form, destination, rows: 0 })
    }

    /// Writes a row: a value for each column.
    pub(crate) fn row(&mut self, row: Vec<Value>) -> Result<(), Failure> {
        self.rows += 1;
        let bytes = match &mut self.form {
            Form::Text(table) => table.row(row),
            Form::Csv => csv::line(row.iter().map(Value::written)),
            Form::Jsonl(lines) => lines.line(&row),
            Form::Parquet(table) => table.row(row)?,
        };
        self.destination.write(&bytes)
    }

    /// How many rows were written.
    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }

    /// Completes the table and its output.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let bytes = match self.form {
            Form::Text(mut table) => table.end(),
            Form::Csv | Form::Jsonl(_) => Vec::new(),
            Form::Parquet(table) => table.end()?,
        };
        self.destination.write(&bytes)?;
        self.destination.finish(true)
    }
}
