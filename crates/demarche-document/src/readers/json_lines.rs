//! JSON Lines: one document a line.

use super::{Decoded, Opening, Reader, decoded};
use crate::document::Document;
use crate::error::{DocumentError, Place};
use crate::json;
use crate::lines::{self, Line};
use crate::options::Options;

/// Where the reading of JSON Lines has got to.
pub(super) struct Lines {
    name: String,
    options: Options,
    reader: Decoded,
    /// Number of the line last read, from 1.
    number: u64,
    buffer: Vec<u8>,
    /// Whether any line held something.
    any: bool,
    done: bool,
}

impl Lines {
    pub(super) fn open(opening: Opening<'_>, options: &Options) -> Result<Self, DocumentError> {
        Ok(Self {
            name: opening.name.to_owned(),
            options: options.clone(),
            reader: decoded(opening)?,
            number: 0,
            buffer: Vec::new(),
            any: false,
            done: false,
        })
    }
}

impl Reader for Lines {
    fn next(&mut self) -> Option<Result<Document, DocumentError>> {
        while !self.done {
            self.number += 1;
            let place = Place::line(self.name.clone(), self.number);
            let item = match lines::next(&mut self.reader, &mut self.buffer, self.options.max_bytes) {
                Err(error) => {
                    self.done = true;
                    Err(DocumentError::reading(&error, place))
                }
                Ok(Line::End) => {
                    self.done = true;
                    if self.any {
                        return None;
                    }
                    Err(DocumentError::Empty { place: Place::file(self.name.clone()) })
                }
                Ok(Line::TooLong) => Err(DocumentError::TooLarge { place, limit: self.options.max_bytes }),
                Ok(Line::Read) if self.buffer.trim_ascii().is_empty() => continue,
                Ok(Line::Read) => json::read(&self.buffer, &place.id(), &place, &self.options),
            };
            self.any = true;
            return Some(item);
        }
        None
    }
}
