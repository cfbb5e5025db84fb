//! Cells of a table with typed columns, as the text that a field holds.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use jiff::civil;

use crate::error::{DocumentError, Place};
use crate::readers::value as text;

/// Whether a column of this type can hold a field.
pub(super) fn is_readable(data_type: &DataType) -> bool {
    data_type.is_integer()
        || matches!(
            data_type,
            DataType::Utf8
                | DataType::Utf8View
                | DataType::Binary
                | DataType::BinaryView
                | DataType::Date32
                | DataType::Date64
                | DataType::Timestamp(..)
                | DataType::Null
        )
}

/// What a column holds, in words.
pub(super) fn kind_of(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Boolean => "true or false",
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => "a list",
        DataType::Struct(_) | DataType::Map(..) => "a structure",
        _ if data_type.is_floating() => "a number with decimals",
        _ => "of another type",
    }
}

/// The cell as text, dates and moments as `2023-11-12`; `None` where there is no value.
pub(super) fn value(column: &ArrayRef, row: usize, place: &Place) -> Result<Option<String>, DocumentError> {
    if column.is_null(row) || *column.data_type() == DataType::Null {
        return Ok(None);
    }
    let days = |count: i64| day(count).map(|day| day.to_string());
    Ok(match column.data_type() {
        DataType::Utf8View => column.as_string_view_opt().map(|strings| strings.value(row).to_owned()),
        DataType::BinaryView => match column.as_binary_view_opt() {
            Some(bytes) => Some(text(bytes.value(row), place)?.into_owned()),
            None => None,
        },
        DataType::Int8 => number::<Int8Type>(column, row).map(|number| number.to_string()),
        DataType::Int16 => number::<Int16Type>(column, row).map(|number| number.to_string()),
        DataType::Int32 => number::<Int32Type>(column, row).map(|number| number.to_string()),
        DataType::Int64 => number::<Int64Type>(column, row).map(|number| number.to_string()),
        DataType::UInt8 => number::<UInt8Type>(column, row).map(|number| number.to_string()),
        DataType::UInt16 => number::<UInt16Type>(column, row).map(|number| number.to_string()),
        DataType::UInt32 => number::<UInt32Type>(column, row).map(|number| number.to_string()),
        DataType::UInt64 => number::<UInt64Type>(column, row).map(|number| number.to_string()),
        DataType::Date32 => number::<Date32Type>(column, row).and_then(|count| days(i64::from(count))),
        DataType::Date64 => number::<Date64Type>(column, row).and_then(|count| days(count.div_euclid(86_400_000))),
        DataType::Timestamp(unit, _) => {
            let (count, a_day) = match unit {
                TimeUnit::Second => (number::<TimestampSecondType>(column, row), 86_400),
                TimeUnit::Millisecond => (number::<TimestampMillisecondType>(column, row), 86_400_000),
                TimeUnit::Microsecond => (number::<TimestampMicrosecondType>(column, row), 86_400_000_000),
                TimeUnit::Nanosecond => (number::<TimestampNanosecondType>(column, row), 86_400_000_000_000),
            };
            count.and_then(|count| days(count.div_euclid(a_day)))
        }
        _ => None,
    })
}

fn number<T: ArrowPrimitiveType>(column: &ArrayRef, row: usize) -> Option<T::Native> {
    column.as_primitive_opt::<T>().map(|numbers| numbers.value(row))
}

/// The day so many days after 1 January 1970; `None` beyond the calendar (years -9999 to 9999).
fn day(count: i64) -> Option<civil::Date> {
    civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(count).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day(0), Some(civil::date(1970, 1, 1)));
        assert_eq!(day(-1), Some(civil::date(1969, 12, 31)));
        assert_eq!(day(19_673), Some(civil::date(2023, 11, 12)));
        assert_eq!(day(i64::MAX), None);
    }
}
