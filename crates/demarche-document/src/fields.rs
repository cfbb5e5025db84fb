//! The fields of a document as a line or row has them, and the document made of them.

use crate::blocks::Source;
use crate::date::{self, NoDate};
use crate::document::{Document, Given, plain};
use crate::error::{DocumentError, Place, on_one_line};
use crate::options::{FieldNames, Options};
use crate::text::Text;

/// Columns that an error names, at most.
const MOST_NAMED: usize = 20;

/// What the names of fields stand for.
#[derive(Debug, Default)]
pub(crate) struct Fields<T> {
    pub(crate) id: Option<T>,
    pub(crate) title: Option<T>,
    pub(crate) text: Option<T>,
    pub(crate) date: Option<T>,
    pub(crate) url: Option<T>,
    pub(crate) publisher: Option<T>,
    pub(crate) language: Option<T>,
}

impl<T> Fields<T> {
    /// Where the value of the field that the input calls `name` goes; `None` for a field we do not know.
    pub(crate) fn slot(&mut self, name: &str, names: &FieldNames) -> Option<&mut Option<T>> {
        Some(match name {
            name if name == names.id => &mut self.id,
            name if name == names.title => &mut self.title,
            name if name == names.text => &mut self.text,
            name if name == names.date => &mut self.date,
            name if name == names.url => &mut self.url,
            name if name == names.publisher => &mut self.publisher,
            name if name == names.language => &mut self.language,
            _ => return None,
        })
    }

    /// The fields that are there.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        [&self.id, &self.title, &self.text, &self.date, &self.url, &self.publisher, &self.language]
            .into_iter()
            .flatten()
    }

    /// Each field with a value made of it.
    pub(crate) fn map<U>(&self, mut make: impl FnMut(&T) -> Option<U>) -> Fields<U> {
        Fields {
            id: self.id.as_ref().and_then(&mut make),
            title: self.title.as_ref().and_then(&mut make),
            text: self.text.as_ref().and_then(&mut make),
            date: self.date.as_ref().and_then(&mut make),
            url: self.url.as_ref().and_then(&mut make),
            publisher: self.publisher.as_ref().and_then(&mut make),
            language: self.language.as_ref().and_then(&mut make),
        }
    }
}

impl Fields<usize> {
    /// Which columns of a table are which field: by the name given, if need be in other letter case.
    pub(crate) fn columns(header: &[String], names: &FieldNames, place: &Place) -> Result<Self, DocumentError> {
        let at = |wanted: &str| {
            let named = |same: fn(&str, &str) -> bool| header.iter().position(|name| same(name.trim(), wanted));
            named(|name, wanted| name == wanted).or_else(|| named(str::eq_ignore_ascii_case))
        };
        let fields = Self {
            id: at(&names.id),
            title: at(&names.title),
            text: at(&names.text),
            date: at(&names.date),
            url: at(&names.url),
            publisher: at(&names.publisher),
            language: at(&names.language),
        };
        if fields.text.is_none() {
            let names_there: Vec<String> = header
                .iter()
                .take(MOST_NAMED)
                .map(|name| on_one_line(&name.chars().take(40).collect::<String>()))
                .collect();
            let more = if header.len() > MOST_NAMED { " and others" } else { "" };
            let columns = format!("{}{more}", names_there.join(", "));
            return Err(DocumentError::NoColumn { place: place.clone(), field: names.text.clone(), columns });
        }
        Ok(fields)
    }
}

impl Fields<String> {
    /// The document. Empty values are as good as none; without an id it has that of its place.
    pub(crate) fn document(self, place: &Place, id: &str, options: &Options) -> Result<Document, DocumentError> {
        let names = &options.fields;
        let some = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let date = some(self.date).map(|written| dated(&written, &names.date, place, options)).transpose()?;
        let title = some(self.title);
        let given = Given {
            id: self.id.filter(|id| !id.is_empty()).unwrap_or_else(|| id.to_owned()),
            title: title.as_deref().map(|title| Text::identical(title, 0)),
            date,
            url: some(self.url),
            publisher: some(self.publisher),
            language: some(self.language),
            ..Given::default()
        };
        let text =
            self.text.ok_or_else(|| DocumentError::MissingField { place: place.clone(), field: names.text.clone() })?;
        let document = plain(Text::identical(text, 0), Source::Value { title: title.as_deref() }, given);
        if document.blocks.is_empty() {
            return Err(DocumentError::Empty { place: place.clone() });
        }
        Ok(document)
    }
}

/// The date written in a field.
pub(crate) fn dated(
    written: &str,
    field: &str,
    place: &Place,
    options: &Options,
) -> Result<jiff::civil::Date, DocumentError> {
    date::parse_ordered(written, options.date_order).map_err(|cause| {
        let (place, field, value) = (place.clone(), field.to_owned(), written.chars().take(60).collect());
        match cause {
            NoDate::Unreadable => DocumentError::BadDate { place, field, value },
            NoDate::Ambiguous => DocumentError::AmbiguousDate { place, field, value },
        }
    })
}
