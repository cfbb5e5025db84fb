//! Lines of a dictionary without their comments, each with its number and its place in the file.
//!
//! Comments: from `#` to the end of the line; from `;` likewise, unless it stands between two letters or digits;
//! `<!-- ... -->`, also over several lines (what follows `-->` on the last of several lines is passed over, as the
//! coders that these files are made for do).

use std::borrow::Cow;

use demarche_record::Span;

use crate::fault::{Fault, Problem};

/// A line that holds something.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// From 1.
    pub(crate) number: usize,
    /// Without comment, white space at the end, and control characters (they become spaces).
    pub(crate) text: Cow<'a, str>,
    /// Where the line begins in the file, in bytes.
    start: usize,
    /// Bytes of the line where the text is not the file's own bytes.
    whole: Option<usize>,
}

impl Line<'_> {
    /// The bytes of the file that hold `start..end` of the text; the whole line where that is not UTF-8.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match self.whole {
            None => Span::new(self.start + start, self.start + end),
            Some(length) => Span::new(self.start, self.start + length),
        }
    }

    /// Column, in characters from 1, of a byte of the text.
    pub(crate) fn column(&self, at: usize) -> usize {
        self.text.char_indices().take_while(|&(start, _)| start < at).count() + 1
    }

    /// A fault at a byte of the text.
    pub(crate) fn fault(&self, file: &str, at: usize, problem: Problem) -> Fault {
        Fault { file: file.to_owned(), line: self.number, column: self.column(at), problem }
    }
}

/// The lines of a file that hold more than comments; a fault for each that is not UTF-8.
pub(crate) fn lines<'a>(file: &str, bytes: &'a [u8], faults: &mut Vec<Fault>) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut in_comment = false;
    for (index, raw) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let (line_start, number) = (start, index + 1);
        start += raw.len() + 1;
        let bom = if index == 0 && raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let raw = &raw[bom..];
        let (text, whole) = match std::str::from_utf8(raw) {
            Ok(text) => (Cow::Borrowed(text), None),
            Err(_) => (Cow::Owned(raw.iter().map(|&byte| char::from(byte)).collect()), Some(raw.len())),
        };
        if in_comment {
            in_comment = !text.contains("-->");
            continue;
        }
        let text = if text.contains(|c: char| c.is_control() && c != '\t') {
            // One byte for one byte: spans stay true.
            Cow::Owned(text.chars().map(|c| if c.is_ascii_control() && c != '\t' { ' ' } else { c }).collect())
        } else {
            text
        };
        let (kept, opens) = without_comment(&text);
        in_comment = opens;
        let line = Line {
            number,
            text: match text {
                Cow::Borrowed(text) => Cow::Borrowed(&text[..kept]),
                Cow::Owned(mut text) => {
                    text.truncate(kept);
                    Cow::Owned(text)
                }
            },
            start: line_start + bom,
            whole,
        };
        if line.text.trim().is_empty() {
            continue;
        }
        if whole.is_some() {
            faults.push(line.fault(file, 0, Problem::NotUtf8));
        }
        out.push(line);
    }
    out
}

/// How much of a line stands before its comment, without white space at its end, and whether the comment goes on.
fn without_comment(text: &str) -> (usize, bool) {
    let cut = |at: usize, opens| (text[..at].trim_end().len(), opens);
    if text.starts_with("<!") {
        return cut(0, text.starts_with("<!--") && !text.contains("-->"));
    }
    let mut before = None;
    for (at, c) in text.char_indices() {
        let after = || text[at + 1..].chars().next();
        match c {
            '#' => return cut(at, false),
            ';' if !(before.is_some_and(char::is_alphanumeric) && after().is_some_and(char::is_alphanumeric)) => {
                return cut(at, false);
            }
            '<' if text[at..].starts_with("<!--") => return cut(at, !text[at..].contains("-->")),
            _ => {}
        }
        before = Some(c);
    }
    cut(text.len(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<(usize, String)> {
        let mut faults = Vec::new();
        lines("f", bytes, &mut faults).into_iter().map(|line| (line.number, line.text.into_owned())).collect()
    }

    #[test]
    fn comments_are_cut_off() {
        let text = b"\xef\xbb\xbfA_ [X] ; c\n# c\n\nB;C_ # c\n<!-- c -->\nD <!-- c\n more\n end --> gone\nE\t[Y]\r\n";
        let expected = [(1, "A_ [X]"), (4, "B;C_"), (6, "D"), (9, "E\t[Y]")];
        assert_eq!(read(text), expected.map(|(n, text)| (n, text.to_owned())));
    }

    #[test]
    fn a_line_in_another_encoding_is_read_and_named() {
        let mut faults = Vec::new();
        let found = lines("f", b"A\nMAL\xc9 [X]\n", &mut faults);
        assert_eq!(found[1].text, "MAL\u{c9} [X]");
        assert_eq!(found[1].span(0, 4), Span::new(2, 10));
        assert_eq!(faults[0].to_string(), "f:2:1: not UTF-8; the line is read as Latin-1");
    }
}
