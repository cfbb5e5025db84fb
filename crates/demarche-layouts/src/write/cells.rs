//! The text of cells and lines.

use std::fmt::Write as _;

use demarche_record::{Day, Entity, Event};

/// A line of tab-separated cells. The layouts have no way to quote, so that what would break a line (tabs, line ends and other
/// control characters) becomes a space, and a double quote, which many readers take for the start of a quoted cell, a single one.
pub(super) fn tab_separated<S: AsRef<str>>(cells: &[S], out: &mut Vec<u8>) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b'\t');
        }
        let start = out.len();
        for c in cell.as_ref().chars() {
            match c {
                '"' => out.push(b'\''),
                '\u{2028}' | '\u{2029}' => out.push(b' '),
                c if c.is_control() => out.push(b' '),
                c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        // A mark of byte order at the start of a file is not seen as text.
        if at == 0 && out[start..].starts_with("\u{FEFF}".as_bytes()) {
            out.drain(start..start + 3);
        }
    }
    out.push(b'\n');
}

/// A line of comma-separated cells, quoted where needed.
pub(super) fn comma_separated<S: AsRef<str>>(cells: &[S], out: &mut Vec<u8>) {
    let mut writer = csv::Writer::from_writer(out);
    // Memory does not refuse a line.
    let _ = writer.write_record(cells.iter().map(AsRef::as_ref));
}

/// Values in one cell, joined by `; `; a semicolon within one becomes a comma.
pub(super) fn joined<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let mut out = String::new();
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            out.push_str("; ");
        }
        out.push_str(&value.as_ref().replace(';', ","));
    }
    out
}

/// The text, or nothing.
pub(super) fn known(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

/// A number in its shortest form: `4`, `3.4`.
pub(super) fn number<N: ToString>(number: Option<N>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// `2024-05-01`.
pub(super) fn date(day: Option<Day>) -> String {
    number(day.map(|day| day.0))
}

/// `20240501`.
pub(super) fn compact_date(day: Option<Day>) -> String {
    let mut out = String::new();
    if let Some(Day(day)) = day {
        // Strings take all that is written to them.
        let _ = write!(out, "{:04}{:02}{:02}", day.year(), day.month(), day.day());
    }
    out
}

/// What an actor is called: a person's name, else the canonical name, else the words of the text.
pub(super) fn called(entity: &Entity) -> &str {
    entity.name.as_deref().or(entity.identifier_text.as_deref()).unwrap_or(&entity.entity_text)
}

/// The words that name the event, where the sentence's bytes as received are those of its text.
pub(super) fn trigger(event: &Event) -> &str {
    let (sentence, trigger) = (event.evidence.sentence, event.evidence.trigger);
    if sentence.end.checked_sub(sentence.start) != Some(event.text.len()) {
        return "";
    }
    let range = trigger.start.checked_sub(sentence.start).zip(trigger.end.checked_sub(sentence.start));
    range.and_then(|(start, end)| event.text.get(start..end)).unwrap_or_default()
}

/// The first two digits of a CAMEO code.
pub(super) fn root(cameo: &str) -> &str {
    cameo.get(..2).unwrap_or(cameo)
}

/// `DOCUMENT_7`: PETRARCH's and Phoenix' id of a sentence.
pub(super) fn sentence_id(event: &Event) -> String {
    format!("{}_{}", event.document, event.text_info.sequence)
}
