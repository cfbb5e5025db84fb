//! TOML files read entry by entry, so that one fault does not hide the next.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::source::{FrameError, Source, nearest};

/// A TOML file whose entries are taken out one after the other.
pub(crate) struct TomlFile<'a> {
    pub(crate) source: Source<'a>,
    table: DeTable<'a>,
}

impl<'a> TomlFile<'a> {
    /// Parses a file; a fault of the notation itself ends the reading of this file.
    pub(crate) fn parse(file: &str, text: &'a str, faults: &mut Vec<FrameError>) -> Option<Self> {
        let source = Source::new(file, text);
        match DeTable::parse(text) {
            Ok(table) => Some(Self { source, table: table.into_inner() }),
            Err(error) => {
                let message = error.message().replace('\n', ", ");
                let problem =
                    format!("not TOML: {message}; mend the line, or compare it with one of the built-in files");
                faults.push(source.error(&error.span().unwrap_or(0..0), problem));
                None
            }
        }
    }

    /// Takes out the value of a key, if it is there.
    pub(crate) fn take<T: for<'de> Deserialize<'de>>(
        &mut self,
        key: &str,
        faults: &mut Vec<FrameError>,
    ) -> Option<Spanned<T>> {
        let value = self.value(key)?;
        read(&self.source, value, faults)
    }

    /// Takes out the list of tables `[[key]]`; those that are not as they should be are faults.
    pub(crate) fn entries<T: for<'de> Deserialize<'de>>(
        &mut self,
        key: &str,
        faults: &mut Vec<FrameError>,
    ) -> Vec<Spanned<T>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let at = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            faults.push(self.source.error(&at, format!("`{key}` is no list of tables; write `[[{key}]]`")));
            return Vec::new();
        };
        entries.into_iter().filter_map(|entry| read(&self.source, entry, faults)).collect()
    }

    /// Whether nothing is left in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Names the keys that nobody has taken; `known` are those there could have been.
    pub(crate) fn finish(self, known: &[&str], faults: &mut Vec<FrameError>) {
        let mut left: Vec<FrameError> = Vec::new();
        for key in self.table.keys() {
            left.push(self.source.error(&key.span(), unknown("key", key.get_ref(), known.iter().copied())));
        }
        left.sort_by_key(|fault| (fault.line, fault.column));
        faults.append(&mut left);
    }

    fn value(&mut self, key: &str) -> Option<Spanned<DeValue<'a>>> {
        self.table.remove(key)
    }
}

fn read<T: for<'de> Deserialize<'de>>(
    source: &Source<'_>,
    value: Spanned<DeValue<'_>>,
    faults: &mut Vec<FrameError>,
) -> Option<Spanned<T>> {
    let at = value.span();
    match T::deserialize(ValueDeserializer::from(value)) {
        Ok(read) => Some(Spanned::new(at, read)),
        Err(error) => {
            faults.push(source.error(&error.span().unwrap_or(at), reworded(error.message())));
            None
        }
    }
}

fn unknown<'k>(what: &str, written: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let near = nearest(written, known.clone());
    let list: Vec<&str> = known.collect();
    format!("unknown {what} `{written}`{near}; known are {}", list.join(", "))
}

/// The deserialiser's words, with the likeliest remedy.
fn reworded(message: &str) -> String {
    let message = message.replace('\n', ", ");
    for (starts, what) in [("unknown field `", "key"), ("unknown variant `", "word")] {
        if let Some((written, rest)) = message.strip_prefix(starts).and_then(|rest| rest.split_once('`')) {
            // What is expected stands between the other backticks.
            let known = rest.split('`').skip(1).step_by(2);
            return unknown(what, written, known);
        }
    }
    if let Some(field) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return format!("`{field}` is missing; add it");
    }
    if message.ends_with("expected a sequence") {
        return format!("{message}; write a list, as in [\"one\", \"two\"]");
    }
    message
}
