//! Values of JSON as columns of Arrow.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use jiff::civil::Date;
use serde_json::Value;

use super::columns::Shape;

/// The parts of a span.
const SPAN: &[(&str, Shape)] = &[("start", Shape::Whole), ("end", Shape::Whole)];

/// A field of a schema. Anything may be unknown.
pub(super) fn field(name: &str, shape: &Shape) -> Field {
    Field::new(name, data_type(shape), true)
}

fn fields(parts: &[(&str, Shape)]) -> Fields {
    parts.iter().map(|(name, shape)| field(name, shape)).collect()
}

fn element(shape: &Shape) -> Arc<Field> {
    Arc::new(field("item", shape))
}

fn data_type(shape: &Shape) -> DataType {
    match shape {
        Shape::Text | Shape::Json => DataType::Utf8,
        Shape::Whole => DataType::Int64,
        Shape::Real => DataType::Float64,
        Shape::Day => DataType::Date32,
        Shape::Span => DataType::Struct(fields(SPAN)),
        Shape::List(of) => DataType::List(element(of)),
        Shape::Struct(parts) => DataType::Struct(fields(parts)),
    }
}

/// The column of `values`. A value of another shape than the column's counts as unknown.
pub(super) fn array(shape: &Shape, values: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
    let known = || values.iter().map(|value| value.is_some_and(|value| !value.is_null())).collect::<NullBuffer>();
    Ok(match shape {
        Shape::Text => {
            let mut out = StringBuilder::new();
            for value in values {
                out.append_option(value.and_then(Value::as_str));
            }
            Arc::new(out.finish())
        }
        Shape::Json => {
            let mut out = StringBuilder::new();
            for value in values {
                out.append_option(value.filter(|value| !value.is_null()).map(ToString::to_string));
            }
            Arc::new(out.finish())
        }
        Shape::Whole => {
            let mut out = Int64Builder::with_capacity(values.len());
            for value in values {
                out.append_option(value.and_then(Value::as_i64));
            }
            Arc::new(out.finish())
        }
        Shape::Real => {
            let mut out = Float64Builder::with_capacity(values.len());
            for value in values {
                out.append_option(value.and_then(Value::as_f64));
            }
            Arc::new(out.finish())
        }
        Shape::Day => {
            let mut out = Date32Builder::with_capacity(values.len());
            for value in values {
                out.append_option(value.and_then(Value::as_str).and_then(days));
            }
            Arc::new(out.finish())
        }
        Shape::Span => {
            let part = |at: usize| {
                let part: Vec<Option<&Value>> =
                    values.iter().map(|value| value.and_then(|value| value.get(at))).collect();
                array(&Shape::Whole, &part)
            };
            Arc::new(StructArray::try_new(fields(SPAN), vec![part(0)?, part(1)?], Some(known()))?)
        }
        Shape::Struct(parts) => {
            let columns = parts.iter().map(|(name, shape)| {
                let part: Vec<Option<&Value>> =
                    values.iter().map(|value| value.and_then(|value| value.get(name))).collect();
                array(shape, &part)
            });
            Arc::new(StructArray::try_new(fields(parts), columns.collect::<Result<_, _>>()?, Some(known()))?)
        }
        Shape::List(of) => {
            let items = |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
            let offsets = OffsetBuffer::<i32>::from_lengths(values.iter().copied().map(items));
            let all: Vec<Option<&Value>> =
                values.iter().filter_map(|value| value.and_then(Value::as_array)).flatten().map(Some).collect();
            Arc::new(ListArray::try_new(element(of), offsets, array(of, &all)?, Some(known()))?)
        }
    })
}

/// Days since 1970-01-01.
fn days(written: &str) -> Option<i32> {
    let epoch = Date::constant(1970, 1, 1);
    let day: Date = written.parse().ok()?;
    Some(day.since(epoch).ok()?.get_days())
}
