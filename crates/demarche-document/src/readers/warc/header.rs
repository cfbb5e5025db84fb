//! The header of a record: a line with the version, named lines, an empty line.

use std::io::{self, BufRead};

use crate::lines::{self, Line};

/// Longest line of a header, and most lines: more than any archive has.
const LONGEST_LINE: u64 = 64 << 10;
const MOST_LINES: usize = 1000;

/// What kind of record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A server's answer over HTTP.
    Response,
    /// A page or text as it is: `resource` and `conversion`.
    Payload,
    /// What holds no page: requests, metadata, repeated pages, parts of longer records.
    Other,
}

/// The header of a record.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) kind: Kind,
    fields: Vec<(String, String)>,
}

/// Why there is no header.
#[derive(Debug)]
pub(super) enum Fault {
    Reading(io::Error),
    /// It has not the form of one.
    Form(&'static str),
}

impl Header {
    /// Reads the next header; `None` at the end.
    pub(super) fn read(reader: &mut impl BufRead) -> Result<Option<Self>, Fault> {
        let mut line = Vec::new();
        // Two line ends stand between records; some programs write more or fewer.
        loop {
            match read_line(reader, &mut line)? {
                false => return Ok(None),
                true if line.trim_ascii().is_empty() => {}
                true if line.starts_with(b"WARC/") => break,
                true => return Err(Fault::Form("a record that does not begin with WARC/1.0 or WARC/1.1")),
            }
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            if !read_line(reader, &mut line)? {
                return Err(Fault::Form("it ends within the header of a record"));
            }
            if line.is_empty() {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            if text.starts_with([' ', '\t']) {
                // A long value goes on in the next line.
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            } else {
                return Err(Fault::Form("a line without a colon in the header of a record"));
            }
            if fields.len() > MOST_LINES {
                return Err(Fault::Form("the header of a record has no end"));
            }
        }
        let mut header = Self { kind: Kind::Other, fields };
        header.kind = header.kind_of();
        Ok(Some(header))
    }

    /// The value of a named line; addresses and ids without the angle brackets that WARC 1.0 puts around them.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        let bare = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value);
        Some(bare).filter(|value| !value.is_empty())
    }

    /// Bytes that follow the header.
    pub(super) fn length(&self) -> Option<u64> {
        self.get("Content-Length")?.parse().ok()
    }

    fn kind_of(&self) -> Kind {
        let first = self.get("WARC-Segment-Number").is_none_or(|number| number == "1");
        let over_http = self
            .get("Content-Type")
            .is_none_or(|content| content.trim_start().to_ascii_lowercase().starts_with("application/http"));
        match self.get("WARC-Type").map(str::to_ascii_lowercase).as_deref() {
            Some("response") if first && over_http => Kind::Response,
            Some("resource" | "conversion") if first => Kind::Payload,
            _ => Kind::Other,
        }
    }
}

/// Reads a line; `false` at the end.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, Fault> {
    match lines::next(reader, line, LONGEST_LINE).map_err(Fault::Reading)? {
        Line::Read => Ok(true),
        Line::End => Ok(false),
        Line::TooLong => Err(Fault::Form("a line of more than 64 KiB in the header of a record")),
    }
}
