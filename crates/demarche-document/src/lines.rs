//! Lines of an input in bounded memory: a line beyond the limit is passed over without being kept.

use std::io::{self, BufRead};

/// What became of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// It is in the buffer, without its line end.
    Read,
    /// It was longer than the limit; the buffer is empty.
    TooLong,
    /// There are no more lines.
    End,
}

/// Reads the next line into `buffer`, which never grows much beyond `limit` bytes.
pub(crate) fn next(reader: &mut impl BufRead, buffer: &mut Vec<u8>, limit: u64) -> io::Result<Line> {
    buffer.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            if !any {
                return Ok(Line::End);
            }
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', available);
        let piece = &available[..end.unwrap_or(available.len())];
        // A "\r" before the line end is not counted.
        too_long |= buffer.len() + piece.len() > usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        if too_long {
            buffer.clear();
        } else {
            buffer.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    if too_long || buffer.len() as u64 > limit {
        buffer.clear();
        buffer.shrink_to(64 << 10);
        return Ok(Line::TooLong);
    }
    Ok(Line::Read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_over() {
        let mut reader = io::BufReader::with_capacity(4, &b"abc\r\nabcdefghij\nabcd\n\nabcdef"[..]);
        let mut buffer = Vec::new();
        let mut got = Vec::new();
        loop {
            match next(&mut reader, &mut buffer, 4).unwrap() {
                Line::End => break,
                Line::TooLong => got.push("too long".to_owned()),
                Line::Read => got.push(String::from_utf8(buffer.clone()).unwrap()),
            }
        }
        assert_eq!(got, ["abc", "too long", "abcd", "", "too long"]);
    }
}
