//! Comma- and tab-separated values: the first row names the columns, every other one is a document.

use super::records::{Record, Records};
use super::{Decoded, Opening, Reader, decoded, value};
use crate::document::Document;
use crate::error::{DocumentError, Place};
use crate::fields::Fields;
use crate::oddities::Oddities;
use crate::options::Options;

/// Where the reading of a table has got to.
pub(super) struct Table {
    name: String,
    options: Options,
    records: Records<Decoded>,
    /// The names of the columns as received, to know them again.
    header: Vec<Vec<u8>>,
    columns: Fields<usize>,
    oddities: Oddities,
    /// Whether there was any row.
    any: bool,
    done: bool,
}

impl Table {
    /// Reads the names of the columns. Without a given delimiter it is the comma, semicolon or tab that parts them.
    pub(super) fn open(opening: Opening<'_>, delimiter: Option<u8>, options: &Options) -> Result<Self, DocumentError> {
        let name = opening.name.to_owned();
        let delimiter = delimiter.unwrap_or_else(|| delimiter_of(opening.head));
        let mut records = Records::new(decoded(opening)?, delimiter, options.max_bytes);
        let place = Place::file(name.clone());
        match records.next() {
            Err(error) => return Err(DocumentError::reading(&error, place)),
            Ok(Record::End) => return Err(DocumentError::Empty { place }),
            Ok(Record::TooLong) => return Err(DocumentError::TooLarge { place, limit: options.max_bytes }),
            Ok(Record::Read) => {}
        }
        let header: Vec<Vec<u8>> = (0..records.len()).map(|index| records.field(index).to_vec()).collect();
        let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let columns = Fields::columns(&names, &options.fields, &place)?;
        Ok(Self {
            name,
            options: options.clone(),
            records,
            header,
            columns,
            oddities: Oddities::default(),
            any: false,
            done: false,
        })
    }

    /// The document of the row just read; `None` for one that repeats the names of the columns.
    fn row(&mut self, place: &Place) -> Option<Result<Document, DocumentError>> {
        let (found, expected) = (self.records.len(), self.header.len());
        if found == expected && (0..found).all(|index| self.records.field(index) == self.header[index]) {
            self.oddities.repeated_headers += 1;
            return None;
        }
        // A row of nothing but delimiters, as spreadsheets leave them at the end.
        if (0..found).all(|index| self.records.field(index).trim_ascii().is_empty()) && found > 1 {
            self.oddities.empty_rows += 1;
            return None;
        }
        if found > expected && (expected..found).all(|index| self.records.field(index).trim_ascii().is_empty()) {
            self.oddities.surplus_fields += 1;
        } else if found != expected {
            let (first, last) = (self.records.first_line(), self.records.last_line());
            return Some(Err(DocumentError::FieldCount { place: place.clone(), found, expected, first, last }));
        }
        let mut fault = None;
        let fields = self.columns.map(|&column| match value(self.records.field(column), place) {
            Ok(value) => Some(value.into_owned()),
            Err(error) => {
                fault = Some(error);
                None
            }
        });
        Some(fault.map_or_else(|| fields.document(place, &place.id(), &self.options), Err))
    }
}

impl Reader for Table {
    fn next(&mut self) -> Option<Result<Document, DocumentError>> {
        while !self.done {
            let record = self.records.next();
            let place = Place::line(self.name.clone(), self.records.first_line());
            let item = match record {
                Err(error) => {
                    self.done = true;
                    Err(DocumentError::reading(&error, place))
                }
                Ok(Record::End) => {
                    self.done = true;
                    if self.any {
                        return None;
                    }
                    let found = "column names without a row below them";
                    Err(DocumentError::NoDocument { place: Place::file(self.name.clone()), found })
                }
                Ok(Record::TooLong) => Err(DocumentError::TooLarge { place, limit: self.options.max_bytes }),
                Ok(Record::Read) => match self.row(&place) {
                    Some(item) => item,
                    None => continue,
                },
            };
            self.any = true;
            return Some(item);
        }
        None
    }

    fn oddities(&self) -> Oddities {
        self.oddities
    }
}

/// The comma, semicolon or tab that stands most often in the first line, outside of quotes.
fn delimiter_of(head: &[u8]) -> u8 {
    let (mut quoted, mut counts) = (false, [(b',', 0), (b';', 0), (b'\t', 0)]);
    // NUL bytes are those of UTF-16.
    for &byte in head.iter().filter(|&&byte| byte != 0) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(delimiter, _)| *delimiter == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    // The first of those that stand equally often.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}
