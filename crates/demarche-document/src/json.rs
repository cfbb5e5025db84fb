//! One line of JSON Lines to a document.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::decode;
use crate::document::Document;
use crate::error::{DocumentError, Place};
use crate::fields::Fields;
use crate::options::{FieldNames, Options};

/// Reads one line; `name` is the id of a document that has none of its own.
pub(crate) fn read(line: &[u8], name: &str, place: &Place, options: &Options) -> Result<Document, DocumentError> {
    let names = &options.fields;
    if line.trim_ascii().is_empty() {
        return Err(DocumentError::Empty { place: place.clone() });
    }
    // JSON is UTF-8; a line that is not is decoded first. Spans are of the value, which is UTF-8 either way.
    let decoded;
    let line = if let Ok(line) = std::str::from_utf8(line) {
        line
    } else {
        decoded = decode::decode(line, None).map_err(|cause| DocumentError::not_text(cause, place.clone()))?;
        decoded.as_str()
    };
    if line.starts_with('\0') || line.matches('\0').count() > 2 {
        return Err(DocumentError::Binary { place: place.clone(), kind: "binary data: it holds NUL bytes" });
    }
    let fields =
        parse(line, names).map_err(|cause| DocumentError::BadJson { place: place.clone(), cause: cause_of(&cause) })?;
    let field = |name: &str, found: &Value, expected: &'static str| DocumentError::WrongType {
        place: place.clone(),
        field: name.to_owned(),
        found: kind_of(found),
        expected,
    };
    let string = |name: &str, value: Option<Value>| match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(other) => Err(field(name, &other, "a string")),
    };
    let id = match fields.id {
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(other @ (Value::Bool(_) | Value::Array(_) | Value::Object(_))) => {
            return Err(field(&names.id, &other, "a string or a number"));
        }
        other => string(&names.id, other)?,
    };
    let date = match fields.date {
        Some(Value::Number(written)) if written.is_u64() => Some(written.to_string()),
        Some(other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) => {
            return Err(field(&names.date, &other, "a string such as 2023-11-12"));
        }
        other => string(&names.date, other)?,
    };
    let fields = Fields {
        id,
        title: string(&names.title, fields.title)?,
        text: string(&names.text, fields.text)?,
        date,
        url: string(&names.url, fields.url)?,
        publisher: string(&names.publisher, fields.publisher)?,
        language: string(&names.language, fields.language)?,
    };
    fields.document(place, name, options)
}

/// Takes the fields we know from an object and skips the others without keeping them.
fn parse(line: &str, names: &FieldNames) -> serde_json::Result<Fields<Value>> {
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let fields = deserializer.deserialize_map(FieldsVisitor(names))?;
    deserializer.end()?;
    Ok(fields)
}

struct FieldsVisitor<'a>(&'a FieldNames);

impl<'de> Visitor<'de> for FieldsVisitor<'_> {
    type Value = Fields<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<Value>, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<String>()? {
            match fields.slot(&key, self.0) {
                Some(slot) => *slot = Some(map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(fields)
    }
}

/// The parser's words without "at line 1", which would be taken for the file's line.
fn cause_of(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let words: String = words.chars().take(120).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    // Column 0 is where the parser gave up before the first character.
    if error.column() == 0 { words } else { format!("{words} at column {}", error.column()) }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
