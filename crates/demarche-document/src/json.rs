//! One line of JSON Lines to a document.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::blocks::Source;
use crate::date;
use crate::decode;
use crate::document::{Document, Given, plain};
use crate::error::{DocumentError, Place};
use crate::options::FieldNames;
use crate::text::Text;

/// Reads one line; `name` is the id of a document that has none of its own.
pub(crate) fn read(line: &[u8], name: &str, place: &Place, names: &FieldNames) -> Result<Document, DocumentError> {
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
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id).filter(|id| !id.is_empty()),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(other) => return Err(field(&names.id, &other, "a string or a number")),
    };
    let date = match fields.date {
        None | Some(Value::Null) => None,
        Some(Value::String(written)) if written.trim().is_empty() => None,
        Some(Value::String(written)) => Some(written),
        Some(Value::Number(written)) if written.is_u64() => Some(written.to_string()),
        Some(other) => return Err(field(&names.date, &other, "a string such as 2023-11-12")),
    };
    let date = date
        .map(|written| {
            date::parse(&written).ok_or_else(|| DocumentError::BadDate {
                place: place.clone(),
                field: names.date.clone(),
                value: written.chars().take(60).collect(),
            })
        })
        .transpose()?;
    let title = string(&names.title, fields.title)?.filter(|title| !title.trim().is_empty());
    let given = Given {
        id: id.unwrap_or_else(|| name.to_owned()),
        title: title.as_deref().map(|title| Text::identical(title, 0)),
        date,
        url: string(&names.url, fields.url)?,
        publisher: string(&names.publisher, fields.publisher)?,
        language: string(&names.language, fields.language)?,
    };
    let text = string(&names.text, fields.text)?
        .ok_or_else(|| DocumentError::MissingField { place: place.clone(), field: names.text.clone() })?;
    let document = plain(Text::identical(text, 0), Source::Value { title: title.as_deref() }, given);
    if document.blocks.is_empty() {
        return Err(DocumentError::Empty { place: place.clone() });
    }
    Ok(document)
}

#[derive(Debug, Default)]
struct Fields {
    id: Option<Value>,
    title: Option<Value>,
    text: Option<Value>,
    date: Option<Value>,
    url: Option<Value>,
    publisher: Option<Value>,
    language: Option<Value>,
}

/// Takes the fields we know from an object and skips the others without keeping them.
fn parse(line: &str, names: &FieldNames) -> serde_json::Result<Fields> {
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let fields = deserializer.deserialize_map(FieldsVisitor(names))?;
    deserializer.end()?;
    Ok(fields)
}

struct FieldsVisitor<'a>(&'a FieldNames);

impl<'de> Visitor<'de> for FieldsVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<String>()? {
            let names = self.0;
            let slot = match key.as_str() {
                key if key == names.id => &mut fields.id,
                key if key == names.title => &mut fields.title,
                key if key == names.text => &mut fields.text,
                key if key == names.date => &mut fields.date,
                key if key == names.url => &mut fields.url,
                key if key == names.publisher => &mut fields.publisher,
                key if key == names.language => &mut fields.language,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *slot = Some(map.next_value()?);
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
