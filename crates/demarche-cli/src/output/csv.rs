//! A table of one kind of record, with fixed columns.
//!
//! A column is a path into the record's JSON and the name made of it: `actor.code` is `actor_code`. Lists are joined by
//! `; ` with their empty places kept, so that the nth actor's code, sectors and name stand at the same place; lists within
//! lists (sectors) by a blank; spans are `start-end`. A semicolon within a listed value becomes a comma.

use demarche::Record;
use serde_json::Value;

use crate::args::Kind;

/// Parts of an entity.
#[rustfmt::skip]
const ENTITY: [&str; 9] = [
    "code", "sector", "entity_text", "identifier_id", "identifier_text", "name", "office", "religion", "ethnicity",
];
/// Parts of a place.
#[rustfmt::skip]
const PLACE: [&str; 13] = [
    "extracted_place", "resolved_place", "geonameid", "lat", "lon", "city", "district", "province", "country",
    "country_code", "feature_class", "feature_code", "resolution",
];

/// Columns of a table of events. `name/entity` and `name/place` stand for all parts of an entity or place, `name/placed`
/// for those of an entity that carries its own span.
#[rustfmt::skip]
const EVENT: &[&str] = &[
    "record", "id", "document", "date", "enddate", "date_precision", "event", "mode", "context", "actor/entity",
    "recipient/entity", "event_loc/place", "quad_code", "event_scale", "cameo", "goldstein", "status",
    "attributed_to/entity", "content.event", "content.mode", "content.actor/placed", "content.recipient/placed",
    "content.status", "content.trigger", "content.content", "dead", "injured", "arrested", "size", "counts.kind",
    "counts.low", "counts.high", "counts.text", "confidence", "text", "text_info.sequence", "text_info.start",
    "text_info.end", "evidence.field", "evidence.sentence", "evidence.trigger", "evidence.actor",
    "evidence.recipient", "evidence.place", "evidence.date", "evidence.attributed_to", "evidence.counts",
    "witness.sentence", "witness.trigger",
];
#[rustfmt::skip]
const STATEMENT: &[&str] = &[
    "record", "id", "document", "date", "date_precision", "speaker/entity", "audience/entity", "act", "stance", "issue",
    "toward/entity", "proposition", "quotation", "hedge", "status", "confidence", "text", "text_info.sequence",
    "text_info.start", "text_info.end", "evidence.field", "evidence.sentence", "evidence.cue", "evidence.speaker",
    "evidence.audience", "evidence.proposition", "evidence.toward",
];
#[rustfmt::skip]
const INITIATIVE: &[&str] = &[
    "record", "id", "document", "kind", "party/entity", "mediator/entity", "host/entity", "venue/place",
    "conflict.name", "conflict.code", "stage", "stages.stage", "stages.record", "stages.sentence",
    "evidence.sentence", "evidence.mediator", "evidence.party", "evidence.venue", "evidence.conflict", "confidence",
];
/// Last columns of every table.
#[rustfmt::skip]
const PROVENANCE: &[&str] = &[
    "why.frame", "why.path", "why.by", "why.vote.event", "why.vote.p", "why.resolved", "why.same_as", "why.model", "why.data", "cite_info.url",
    "cite_info.title", "cite_info.language", "cite_info.publication", "cite_info.genre", "cite_info.coder",
    "cite_info.version",
];

/// Paths of the columns of a table.
fn columns(kind: Kind) -> Vec<String> {
    let own = match kind {
        Kind::Event => EVENT,
        Kind::Statement => STATEMENT,
        Kind::Initiative => INITIATIVE,
    };
    let mut out = Vec::new();
    for column in own.iter().chain(PROVENANCE) {
        let Some((name, group)) = column.split_once('/') else {
            out.push((*column).to_owned());
            continue;
        };
        let parts: &[&str] = if group == "place" { &PLACE } else { &ENTITY };
        let span = (group == "placed").then_some(&"span");
        out.extend(parts.iter().chain(span).map(|part| format!("{name}.{part}")));
    }
    out
}

/// The name of a column: its path, with the text of an entity called `text`.
fn name(path: &str) -> String {
    path.replace("entity_text", "text").replace('.', "_")
}

/// The line of column names.
pub(crate) fn header(kind: Kind) -> Vec<u8> {
    lines([columns(kind).iter().map(|path| name(path)).collect()])
}

/// One line a record of the kind.
pub(crate) fn rows(records: &[Record], kind: Kind) -> Vec<u8> {
    let columns = columns(kind);
    let rows = records.iter().filter(|record| is(record, kind)).map(|record| {
        // A record is strings, numbers and lists: JSON can write it.
        let value = serde_json::to_value(record).unwrap_or_default();
        columns.iter().map(|path| cell(&value, path)).collect()
    });
    lines(rows)
}

fn is(record: &Record, kind: Kind) -> bool {
    match record {
        Record::Event(_) => kind == Kind::Event,
        Record::Statement(_) => kind == Kind::Statement,
        Record::Initiative(_) => kind == Kind::Initiative,
    }
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Rows are of equal length and memory does not refuse them.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(record: &Value, path: &str) -> String {
    let mut values = vec![record];
    let mut listed = false;
    for key in path.split('.') {
        values = values
            .into_iter()
            .flat_map(|value| match value {
                Value::Array(items) => items.iter().collect(),
                one => vec![one],
            })
            .map(|value| value.get(key).unwrap_or(&Value::Null))
            .collect();
        listed |= values.len() != 1;
    }
    if path == "content.content" {
        return values.first().filter(|value| !value.is_null()).map(ToString::to_string).unwrap_or_default();
    }
    // A list at the end of the path is this cell's own list, unless it is a list already: then it is an entity's.
    let through_list = is_list(record, path);
    if !through_list
        && let [Value::Array(items)] = values[..]
        && !is_span(values[0])
    {
        values = items.iter().collect();
        listed = true;
    }
    if !listed && !through_list {
        return values.first().map(|value| plain(value)).unwrap_or_default();
    }
    values.iter().map(|value| plain(value).replace(';', ",")).collect::<Vec<_>>().join("; ")
}

/// Whether the path leads through a list, however many are in it.
fn is_list(record: &Value, path: &str) -> bool {
    let mut value = record;
    for key in path.split('.') {
        if value.is_array() {
            return true;
        }
        value = value.get(key).unwrap_or(&Value::Null);
    }
    false
}

fn is_span(value: &Value) -> bool {
    matches!(value, Value::Array(pair) if matches!(&pair[..], [Value::Number(_), Value::Number(_)]))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(pair) if is_span(value) => format!("{}-{}", pair[0], pair[1]),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_keep_their_places() {
        let record = json!({
            "actor": [
                {"code": "FRA", "sector": ["GOV", "MIL"], "entity_text": "Paris; its army"},
                {"code": null, "sector": [], "entity_text": "rebels"},
            ],
            "one": [{"sector": ["GOV", "MIL"], "entity_text": "a; b"}],
            "recipient": [],
            "mode": ["visit", "phone"],
            "evidence": {"sentence": [3, 9], "actor": [[3, 5], [6, 9]], "place": null},
            "proposition": "this; that",
            "content": null,
        });
        for (path, expected) in [
            ("actor.code", "FRA; "),
            ("actor.sector", "GOV MIL; "),
            ("actor.entity_text", "Paris, its army; rebels"),
            ("one.sector", "GOV MIL"),
            ("one.entity_text", "a, b"),
            ("recipient.code", ""),
            ("mode", "visit; phone"),
            ("evidence.sentence", "3-9"),
            ("evidence.actor", "3-5; 6-9"),
            ("evidence.place", ""),
            ("proposition", "this; that"),
            ("content.actor.code", ""),
        ] {
            assert_eq!(cell(&record, path), expected, "{path}");
        }
    }

    /// Every value that the schema knows has its column.
    #[test]
    fn no_field_is_forgotten() {
        let schema = demarche::schema().to_value();
        for (kind, title) in [(Kind::Event, "event"), (Kind::Statement, "statement"), (Kind::Initiative, "initiative")]
        {
            let columns = columns(kind);
            let variant = schema["oneOf"].as_array().unwrap().iter();
            let variant = variant.into_iter().find(|v| v["properties"]["record"]["const"] == title).unwrap();
            let fields = variant["$ref"].as_str().map_or(variant, |path| schema.pointer(&path[1..]).unwrap());
            for field in fields["properties"].as_object().unwrap().keys() {
                let known = |path: &String| path == field || path.starts_with(&format!("{field}."));
                assert!(columns.iter().any(known), "{title} {field}");
            }
        }
    }
}
