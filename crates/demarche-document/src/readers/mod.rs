//! A reader for each format: the bytes of an input, one document after the other.

mod csv;
mod feed;
mod json_lines;
mod one;
mod parquet;
mod records;
mod warc;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read};

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::decode;
use crate::document::Document;
use crate::error::{DocumentError, Place};
use crate::oddities::Oddities;
use crate::options::{Format, Options};

/// Gives the documents of one input. After an error that keeps back the rest there is no more to come.
pub(crate) trait Reader: Send {
    /// The next document, or why it is none.
    fn next(&mut self) -> Option<Result<Document, DocumentError>>;

    /// What was passed over so far without being a failure.
    fn oddities(&self) -> Oddities {
        Oddities::default()
    }
}

/// Bytes as they come, uncompressed.
pub(crate) type Stream = Box<dyn Read + Send>;

/// A stream of text in UTF-8, where it was UTF-16 or had a byte order mark.
type Decoded = BufReader<DecodeReaderBytes<Stream, Vec<u8>>>;

/// What is to be opened: its first bytes are looked at, all of it is in the stream.
pub(crate) struct Opening<'a> {
    pub(crate) name: &'a str,
    pub(crate) head: &'a [u8],
    pub(crate) stream: Stream,
    /// The file itself, where it is one that is not compressed.
    pub(crate) file: Option<File>,
}

/// Opens an input.
pub(crate) fn open(format: Format, opening: Opening<'_>, options: &Options) -> Result<Box<dyn Reader>, DocumentError> {
    if matches!(format, Format::JsonLines | Format::Csv | Format::Tsv | Format::Feed) {
        text(&opening)?;
    }
    Ok(match format {
        Format::JsonLines => Box::new(json_lines::Lines::open(opening, options)?),
        Format::Csv => Box::new(csv::Table::open(opening, None, options)?),
        Format::Tsv => Box::new(csv::Table::open(opening, Some(b'\t'), options)?),
        Format::Parquet => Box::new(parquet::Rows::open(opening, options)?),
        Format::Feed => Box::new(feed::Feed::open(opening, options)?),
        Format::Warc => Box::new(warc::Archive::open(opening, options)),
        Format::Text | Format::Html => Box::new(one::One::open(opening, format, options)),
    })
}

/// Refuses what is plainly no text.
fn text(opening: &Opening<'_>) -> Result<(), DocumentError> {
    let marked_utf_16 = opening.head.starts_with(b"\xFF\xFE") || opening.head.starts_with(b"\xFE\xFF");
    match decode::decode(opening.head, None) {
        Err(cause @ decode::NotText::Binary(_)) if !marked_utf_16 => {
            Err(DocumentError::not_text(cause, Place::file(opening.name)))
        }
        _ => Ok(()),
    }
}

/// Passes bytes through as they are, but takes off a byte order mark and turns UTF-16 into UTF-8.
fn decoded(opening: Opening<'_>) -> Result<Decoded, DocumentError> {
    let mut builder = DecodeReaderBytesBuilder::new();
    builder.bom_override(true).utf8_passthru(true).strip_bom(true);
    buffered(&builder, opening)
}

fn buffered(builder: &DecodeReaderBytesBuilder, opening: Opening<'_>) -> Result<Decoded, DocumentError> {
    let reader = builder
        .build_with_buffer(opening.stream, vec![0; 64 << 10])
        .map_err(|error| DocumentError::reading(&error, Place::file(opening.name)))?;
    Ok(BufReader::with_capacity(64 << 10, reader))
}

/// A line or field as text: mostly it is UTF-8.
fn value<'a>(bytes: &'a [u8], place: &Place) -> Result<Cow<'a, str>, DocumentError> {
    let text = if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        let decoded = decode::decode(bytes, None).map_err(|cause| DocumentError::not_text(cause, place.clone()))?;
        Cow::Owned(decoded.as_str().to_owned())
    };
    if text.starts_with('\0') || text.matches('\0').count() > 2 {
        return Err(DocumentError::Binary { place: place.clone(), kind: "binary data: it holds NUL bytes" });
    }
    Ok(text)
}

/// Reads until `buffer` holds `limit` bytes more or there are no more.
fn read_up_to(reader: &mut impl Read, limit: u64, buffer: &mut Vec<u8>) -> io::Result<u64> {
    Ok(reader.by_ref().take(limit).read_to_end(buffer)? as u64)
}
