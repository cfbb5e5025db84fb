//! Text and HTML: one document a file.

use std::io::Read;

use super::{Opening, Reader, Stream};
use crate::document::{self, Document, Given};
use crate::error::{DocumentError, Place};
use crate::options::{Format, Options};

/// A file that is a document.
pub(super) struct One {
    place: Place,
    limit: u64,
    html: bool,
    /// Gone once it is read.
    stream: Option<Stream>,
}

impl One {
    pub(super) fn open(opening: Opening<'_>, format: Format, options: &Options) -> Self {
        Self {
            place: Place::file(opening.name),
            limit: options.max_bytes,
            html: format == Format::Html,
            stream: Some(opening.stream),
        }
    }

    fn read(&self, stream: Stream) -> Result<Document, DocumentError> {
        let mut bytes = Vec::new();
        stream
            .take(self.limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| DocumentError::reading(&error, self.place.clone()))?;
        if bytes.len() as u64 > self.limit {
            return Err(DocumentError::TooLarge { place: self.place.clone(), limit: self.limit });
        }
        let given = Given { id: self.place.id(), ..Given::default() };
        let whole = if self.html { document::html } else { document::text };
        whole(&bytes, &self.place, given)
    }
}

impl Reader for One {
    fn next(&mut self) -> Option<Result<Document, DocumentError>> {
        let stream = self.stream.take()?;
        Some(self.read(stream))
    }
}
