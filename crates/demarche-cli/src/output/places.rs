//! Place names as a table.

use demarche::Toponym;
use serde_json::Value;

/// Columns of the table: the fields of the JSON, in the order of their importance.
const COLUMNS: [&str; 17] = [
    "document",
    "start",
    "end",
    "text",
    "geonameid",
    "name",
    "lat",
    "lon",
    "country",
    "feature_class",
    "feature_code",
    "confidence",
    "field",
    "country_code",
    "province",
    "district",
    "resolution",
];

/// The line of column names.
pub(crate) fn header() -> Vec<u8> {
    table([COLUMNS.map(str::to_owned)])
}

/// One line a name.
pub(crate) fn rows(toponyms: &[Toponym]) -> Vec<u8> {
    table(toponyms.iter().map(|toponym| {
        // Strings and numbers only: JSON can write them.
        let value = serde_json::to_value(toponym).unwrap_or_default();
        COLUMNS.map(|column| match value.get(column) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        })
    }))
}

fn table(rows: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Rows are of equal length and memory does not refuse them.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}
