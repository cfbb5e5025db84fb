//! A file cut into rows of text: each with its bytes, its line and its characters. Memory is bounded by the longest row.

use std::io::BufRead;
use std::ops::Range;

use demarche_record::Span;

use super::fault::{Fault, FaultKind, ReadError};

/// Longest row, in bytes. A longer one is passed over and named: no row of these data sets comes near it.
const LONGEST: usize = 1 << 20;

/// Most lines that a quoted cell is followed over before its quote is taken for a stray one.
const MOST_LINES: usize = 64;

/// One row as written, without the end of its last line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its text; bytes that are no UTF-8 are replaced.
    pub(super) text: String,
    /// Line that it begins on, from 1.
    pub(super) number: u64,
    /// Its bytes in the file.
    pub(super) span: Span,
    /// Its characters in the decoded file.
    pub(super) characters: Range<usize>,
    /// Whether the text is the bytes, so that a place in the one is a place in the other.
    pub(super) exact: bool,
}

/// A line as read from the file, its end included.
struct Raw {
    bytes: Vec<u8>,
    number: u64,
    start: usize,
    too_long: bool,
}

/// The rows of a reader.
pub(super) struct Lines<R> {
    reader: R,
    quoted: bool,
    number: u64,
    byte: usize,
    character: usize,
    /// Lines that were read ahead for a quote that did not end.
    ahead: std::collections::VecDeque<Raw>,
}

impl<R: BufRead> Lines<R> {
    /// Rows of `reader`; where cells may be `quoted`, a row goes on over the lines of a quote.
    pub(super) fn new(reader: R, quoted: bool) -> Self {
        Self { reader, quoted, number: 0, byte: 0, character: 0, ahead: std::collections::VecDeque::new() }
    }

    /// The next row, or what is wrong with it; `None` at the end. Empty lines are passed over.
    pub(super) fn next(&mut self) -> Result<Option<Result<Line, Fault>>, ReadError> {
        loop {
            let Some(raw) = self.raw()? else { return Ok(None) };
            if raw.too_long {
                self.character += raw.bytes.len();
                return Ok(Some(Err(Fault { line: raw.number, kind: FaultKind::TooLong { bytes: LONGEST } })));
            }
            let row = if self.quoted { self.quoted_row(raw)? } else { raw };
            let line = self.decode(&row);
            if !line.text.trim().is_empty() {
                return Ok(Some(Ok(line)));
            }
        }
    }

    /// A line with those that its open quote goes on over. Where the quote does not end, the line stands alone and the
    /// others are read again as rows of their own.
    fn quoted_row(&mut self, mut row: Raw) -> Result<Raw, ReadError> {
        let open = |bytes: &[u8]| memchr::memchr_iter(b'"', bytes).count() % 2 == 1;
        if !open(&row.bytes) {
            return Ok(row);
        }
        let mut followed: Vec<Raw> = Vec::new();
        let mut length = row.bytes.len();
        while followed.len() < MOST_LINES && length <= LONGEST {
            let Some(next) = self.raw()? else { break };
            let closes = !next.too_long && open(&next.bytes);
            let bad = next.too_long;
            length += next.bytes.len();
            followed.push(next);
            if closes {
                for next in followed {
                    row.bytes.extend_from_slice(&next.bytes);
                }
                return Ok(row);
            }
            if bad {
                break;
            }
        }
        followed.into_iter().rev().for_each(|raw| self.ahead.push_front(raw));
        Ok(row)
    }

    fn raw(&mut self) -> Result<Option<Raw>, ReadError> {
        if let Some(raw) = self.ahead.pop_front() {
            return Ok(Some(raw));
        }
        let start = self.byte;
        let (mut bytes, mut too_long) = (Vec::new(), false);
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ReadError::Io { line: self.number + 1, error }),
            };
            if buffer.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
            let ended = buffer.get(end.saturating_sub(1)) == Some(&b'\n');
            too_long |= bytes.len() + end > LONGEST;
            if !too_long {
                bytes.extend_from_slice(&buffer[..end]);
            }
            self.reader.consume(end);
            self.byte += end;
            if ended {
                break;
            }
        }
        if self.byte == start {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(Raw { bytes, number: self.number, start, too_long }))
    }

    fn decode(&mut self, raw: &Raw) -> Line {
        // A mark of the byte order is no part of the first cell.
        let skip = if raw.start == 0 && raw.bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let end = raw.bytes.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(skip, |at| at + 1).max(skip);
        let (text, exact) = match std::str::from_utf8(&raw.bytes[skip..end]) {
            Ok(text) => (text.to_owned(), true),
            Err(_) => (String::from_utf8_lossy(&raw.bytes[skip..end]).into_owned(), false),
        };
        let first = self.character + usize::from(skip > 0);
        let last = first + text.chars().count();
        self.character = last + (raw.bytes.len() - end);
        Line {
            text,
            number: raw.number,
            span: Span::new(raw.start + skip, raw.start + end),
            characters: first..last,
            exact,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], quoted: bool) -> Vec<Result<Line, Fault>> {
        let mut lines = Lines::new(bytes, quoted);
        let mut out = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            out.push(line);
        }
        out
    }

    #[test]
    fn lines_know_their_bytes_and_characters() {
        let bytes = "\u{feff}a\tb\r\n\né\tc\nlast".as_bytes();
        let lines: Vec<Line> = all(bytes, false).into_iter().map(Result::unwrap).collect();
        let written: Vec<(&str, u64)> = lines.iter().map(|line| (line.text.as_str(), line.number)).collect();
        assert_eq!(written, [("a\tb", 1), ("é\tc", 3), ("last", 4)]);
        for line in &lines {
            assert_eq!(&bytes[line.span.start..line.span.end], line.text.as_bytes());
        }
        let text: Vec<char> = std::str::from_utf8(bytes).unwrap().chars().collect();
        assert_eq!(text[lines[1].characters.clone()].iter().collect::<String>(), "é\tc");
        assert_eq!(text[lines[2].characters.clone()].iter().collect::<String>(), "last");
    }

    #[test]
    fn a_quote_goes_over_lines_and_a_stray_one_does_not() {
        let lines = all(b"1,\"two\nlines\",3\n4,5\n", true);
        assert_eq!(lines[0].as_ref().unwrap().text, "1,\"two\nlines\",3");
        assert_eq!(lines[1].as_ref().unwrap().number, 3);
        let stray: Vec<String> = all(b"1,\"two\n3,4\n5,6\n", true).into_iter().map(|line| line.unwrap().text).collect();
        assert_eq!(stray, ["1,\"two", "3,4", "5,6"]);
    }

    #[test]
    fn an_endless_line_is_passed_over() {
        let mut bytes = vec![b'x'; LONGEST + 10];
        bytes.extend_from_slice(b"\nnext\n");
        let lines = all(&bytes, false);
        assert!(matches!(lines[0], Err(Fault { line: 1, kind: FaultKind::TooLong { .. } })));
        assert_eq!(lines[1].as_ref().unwrap().span, Span::new(LONGEST + 11, LONGEST + 15));
    }
}
