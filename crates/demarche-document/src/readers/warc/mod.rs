//! Web archives (WARC 1.0 and 1.1, ISO 28500): one document a page or text.
//!
//! Records of kind `response` (a server's answer), `resource` and `conversion` (WET: a page's text) are read where they are
//! HTML or plain text; all others are passed over. After a record of the wrong length nothing more can be trusted.

mod header;
mod http;

use std::io::{self, BufReader, Read};

use self::header::{Header, Kind};
use self::http::Response;
use super::{Opening, Reader, Stream, read_up_to};
use crate::document::{self, Document, Given};
use crate::error::{DocumentError, Part, Place};
use crate::fields;
use crate::options::{Format, Options};

/// Longest header of an answer: more than any server sends.
const HTTP_HEADER: u64 = 64 << 10;

/// Where the reading of an archive has got to.
pub(super) struct Archive {
    name: String,
    options: Options,
    reader: BufReader<Stream>,
    body: Vec<u8>,
    /// Number of the record last read, from 1.
    number: u64,
    /// Whether any record was a page or text.
    any: bool,
    done: bool,
}

/// Why a record gives no document.
enum Fault {
    /// Nor will the following ones.
    Archive(DocumentError),
    /// The following ones may.
    Record(DocumentError),
}

impl Archive {
    pub(super) fn open(opening: Opening<'_>, options: &Options) -> Self {
        Self {
            name: opening.name.to_owned(),
            options: options.clone(),
            reader: BufReader::with_capacity(64 << 10, opening.stream),
            body: Vec::new(),
            number: 0,
            any: false,
            done: false,
        }
    }

    /// The document of a record; `None` where it is of no interest.
    fn record(&mut self, header: &Header, place: &Place) -> Result<Option<Document>, Fault> {
        let length = header
            .length()
            .ok_or_else(|| damaged(place, "a record without a Content-Length that is a whole number".to_owned()))?;
        self.body.clear();
        if header.kind == Kind::Other {
            self.pass(length, place)?;
            return Ok(None);
        }
        let mut read = self.take(length.min(HTTP_HEADER), place)?;
        let response = if header.kind == Kind::Response { http::response(&self.body) } else { None };
        if header.kind == Kind::Response && response.is_none() {
            self.pass(length - read, place)?;
            return Ok(None);
        }
        let Some((format, charset)) = content(header, response.as_ref(), &self.body) else {
            self.pass(length - read, place)?;
            return Ok(None);
        };
        let begin = response.as_ref().map_or(0, |response| response.body);
        let limit = self.options.max_bytes.saturating_add(begin as u64);
        if length > limit {
            self.pass(length - read, place)?;
            return Err(Fault::Record(self.too_large(place)));
        }
        read += self.take(length - read, place)?;
        debug_assert_eq!(read, length);
        let received = &self.body[begin..];
        let body = match &response {
            None => received.into(),
            Some(response) => response.content(received, self.options.max_bytes).map_err(|error| {
                let cause = error.to_string().to_lowercase();
                Fault::Record(DocumentError::Damaged { place: place.clone(), kind: "page's compressed text", cause })
            })?,
        };
        if body.len() as u64 > self.options.max_bytes {
            return Err(Fault::Record(self.too_large(place)));
        }
        let given = self.given(header, charset, place).map_err(Fault::Record)?;
        let read = if format == Format::Html { document::html } else { document::text };
        read(&body, place, given).map(Some).map_err(Fault::Record)
    }

    /// What the record says of its page. A field may be called like one of its headers: `date=WARC-Date`.
    fn given(&self, header: &Header, charset: Option<String>, place: &Place) -> Result<Given, DocumentError> {
        let names = &self.options.fields;
        let own = |name: &str| header.get(name).map(str::to_owned);
        let last_date =
            own(&names.date).map(|date| fields::dated(&date, &names.date, place, &self.options)).transpose()?;
        Ok(Given {
            id: own(&names.id).or_else(|| own("WARC-Record-ID")).unwrap_or_else(|| place.id()),
            url: own(&names.url).or_else(|| own("WARC-Target-URI")),
            publisher: own(&names.publisher),
            language: own(&names.language),
            last_date,
            charset,
            ..Given::default()
        })
    }

    /// Reads on; the body grows by `count` bytes.
    fn take(&mut self, count: u64, place: &Place) -> Result<u64, Fault> {
        let read = read_up_to(&mut self.reader, count, &mut self.body)
            .map_err(|error| Fault::Archive(DocumentError::reading(&error, place.clone())))?;
        if read < count { Err(cut(place, count - read)) } else { Ok(read) }
    }

    /// Reads on without keeping anything.
    fn pass(&mut self, count: u64, place: &Place) -> Result<(), Fault> {
        let passed = io::copy(&mut self.reader.by_ref().take(count), &mut io::sink())
            .map_err(|error| Fault::Archive(DocumentError::reading(&error, place.clone())))?;
        if passed < count { Err(cut(place, count - passed)) } else { Ok(()) }
    }

    fn too_large(&self, place: &Place) -> DocumentError {
        DocumentError::TooLarge { place: place.clone(), limit: self.options.max_bytes }
    }
}

impl Reader for Archive {
    fn next(&mut self) -> Option<Result<Document, DocumentError>> {
        while !self.done {
            self.number += 1;
            let place = Place::part(self.name.clone(), Part::Record(self.number));
            let read = match Header::read(&mut self.reader) {
                Ok(Some(header)) => self.record(&header, &place),
                Ok(None) => {
                    self.done = true;
                    if self.any {
                        return None;
                    }
                    let place = Place::file(self.name.clone());
                    Err(Fault::Record(DocumentError::NoDocument { place, found: "an archive without a page or text" }))
                }
                Err(header::Fault::Reading(error)) => Err(Fault::Archive(DocumentError::reading(&error, place))),
                Err(header::Fault::Form(cause)) => Err(damaged(&place, cause.to_owned())),
            };
            let item = match read {
                Ok(None) => continue,
                Ok(Some(document)) => Ok(document),
                Err(Fault::Record(error)) => Err(error),
                Err(Fault::Archive(error)) => {
                    self.done = true;
                    Err(error)
                }
            };
            self.any = true;
            return Some(item);
        }
        None
    }
}

/// What a record holds, and its charset; `None` for what is neither HTML nor plain text, and for errors of servers.
fn content(header: &Header, response: Option<&Response>, body: &[u8]) -> Option<(Format, Option<String>)> {
    if response.is_some_and(|response| !(200..300).contains(&response.status)) {
        return None;
    }
    let (declared, head) = match response {
        Some(response) => (response.content_type.as_deref(), body.get(response.body..).unwrap_or_default()),
        None => (header.get("Content-Type"), body),
    };
    let declared = declared.or_else(|| header.get("WARC-Identified-Payload-Type"));
    let (kind, parameters) = declared.map(|declared| declared.split_once(';').unwrap_or((declared, ""))).unzip();
    let charset = parameters.and_then(|parameters| {
        parameters.split(';').filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
            let value = value.trim().trim_matches(['"', '\'']);
            name.trim().eq_ignore_ascii_case("charset").then(|| value.to_owned()).filter(|value| !value.is_empty())
        })
    });
    let format = match kind.map(|kind| kind.trim().to_ascii_lowercase()).as_deref() {
        Some("text/html" | "application/xhtml+xml") => Format::Html,
        Some("text/plain") => Format::Text,
        None if Format::of_bytes(head) == Format::Html => Format::Html,
        _ => return None,
    };
    Some((format, charset))
}

fn damaged(place: &Place, cause: String) -> Fault {
    Fault::Archive(DocumentError::Damaged { place: place.clone(), kind: "WARC file", cause })
}

fn cut(place: &Place, missing: u64) -> Fault {
    damaged(place, format!("{missing} bytes of the record are missing"))
}
