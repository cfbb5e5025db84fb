//! A table as JSON Lines: an object a row, its keys in the order of the columns, what is missing `null`.

use super::{Column, Value};

/// The keys, written once.
pub(super) struct Lines {
    keys: Vec<String>,
}

impl Lines {
    pub(super) fn new(columns: &[Column]) -> Self {
        Self { keys: columns.iter().map(|column| serde_json::Value::from(column.name.as_str()).to_string()).collect() }
    }

    pub(super) fn line(&self, row: &[Value]) -> Vec<u8> {
        let mut line = String::from("{");
        for (number, (key, value)) in self.keys.iter().zip(row).enumerate() {
            if number > 0 {
                line.push(',');
            }
            line.push_str(key);
            line.push(':');
            line.push_str(&json(value).to_string());
        }
        line.push_str("}\n");
        line.into_bytes()
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        // What is no number is null, as JSON has it.
        Value::Real(number) => (*number).into(),
        Value::Date(date) => date.to_string().into(),
        Value::Boolean(truth) => (*truth).into(),
    }
}
