//! Decoded text that remembers where each character stood in the bytes as received.
//!
//! The map is a list of runs. In a run every unit of `text_unit` decoded bytes came from `received_unit` received
//! bytes: 1:1 for UTF-8 (whole documents are one run), 2:1 for Cyrillic in KOI8-R, 3:2 for kanji in Shift-JIS, 1:5 for
//! `&amp;`. Received bytes that no run covers (tags, a byte order mark) are simply gaps between two runs.

use demarche_record::{Span, TextRange};

/// Every how many decoded bytes the number of characters so far is kept.
const STRIDE: usize = 512;

/// What a reader sees of a document, and the way back to the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    decoded: String,
    runs: Vec<Run>,
    /// Characters before byte `i * STRIDE`; empty when all is ASCII.
    characters: Vec<usize>,
}

/// A stretch in which received bytes advance in step with decoded ones. It ends where the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: usize,
    received: usize,
    text_unit: u32,
    received_unit: u32,
}

impl Text {
    /// Text received as it stands: UTF-8, whose first byte was byte `received` of the input.
    pub fn identical(text: impl Into<String>, received: usize) -> Self {
        let mut builder = TextBuilder { text: text.into(), runs: Vec::new() };
        if !builder.text.is_empty() {
            builder.runs.push(Run { text: 0, received, text_unit: 1, received_unit: 1 });
        }
        builder.build()
    }

    /// The decoded text.
    pub fn as_str(&self) -> &str {
        &self.decoded
    }

    /// The bytes as received that became `range` of the text.
    ///
    /// Monotone, and exact where the range begins and ends at characters. Markup before the first and after the last
    /// character is left out, markup between them is within. A range beyond the text is cut to it.
    pub fn received(&self, range: TextRange) -> Span {
        let start = self.begin(range.start.min(self.decoded.len()));
        if range.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.end(range.end.min(self.decoded.len())).max(start))
    }

    /// The characters of the decoded text that came, wholly or in part, from the bytes `span` as received; empty where
    /// none did. The way back from [`Text::received`].
    pub fn decoded(&self, span: Span) -> TextRange {
        let mut start = self.reached(span.start, usize::div_euclid);
        let mut end = self.reached(span.end, usize::div_ceil).max(start);
        while !self.decoded.is_char_boundary(start) {
            start -= 1;
        }
        while !self.decoded.is_char_boundary(end) {
            end += 1;
        }
        TextRange::new(start, end)
    }

    /// The decoded byte at received byte `byte`; `whole` rounds within a unit.
    fn reached(&self, byte: usize, whole: fn(usize, usize) -> usize) -> usize {
        let after = self.runs.partition_point(|run| run.received <= byte);
        let Some(run) = after.checked_sub(1).and_then(|at| self.runs.get(at)) else { return 0 };
        let limit = self.runs.get(after).map_or(self.decoded.len(), |next| next.text);
        // What came from no byte, such as a break between two blocks, is passed as soon as bytes behind it are meant.
        if run.received_unit == 0 {
            return if whole(byte - run.received, 1) > 0 { limit } else { run.text };
        }
        let units = whole(byte - run.received, run.received_unit as usize);
        run.text.saturating_add(units.saturating_mul(run.text_unit as usize)).min(limit)
    }

    /// How many characters (Unicode scalar values) stand before byte `byte` of the decoded text.
    pub fn character(&self, byte: usize) -> usize {
        let byte = byte.min(self.decoded.len());
        let stride = byte / STRIDE;
        match self.characters.get(stride) {
            Some(before) => before + borders(&self.decoded.as_bytes()[stride * STRIDE..byte]),
            None => byte,
        }
    }

    /// Where the character at decoded byte `byte` begins in the received bytes.
    fn begin(&self, byte: usize) -> usize {
        if byte >= self.decoded.len() {
            return self.end(self.decoded.len());
        }
        self.run_holding(byte).map_or(0, |run| {
            let units = (byte - run.text) / run.text_unit as usize;
            run.received + units * run.received_unit as usize
        })
    }

    /// Where the character before decoded byte `byte` ends in the received bytes.
    fn end(&self, byte: usize) -> usize {
        if byte == 0 {
            return self.runs.first().map_or(0, |run| run.received);
        }
        self.run_holding(byte - 1).map_or(0, |run| {
            let units = (byte - run.text).div_ceil(run.text_unit as usize);
            run.received + units * run.received_unit as usize
        })
    }

    fn run_holding(&self, byte: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.text <= byte);
        self.runs.get(after.checked_sub(1)?)
    }
}

/// How many characters begin in these bytes of UTF-8.
fn borders(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Puts a [`Text`] together from pieces whose place in the received bytes is known.
#[derive(Debug, Default)]
pub(crate) struct TextBuilder {
    text: String,
    runs: Vec<Run>,
}

impl TextBuilder {
    /// Decoded bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Where the last character written ended in the received bytes.
    pub(crate) fn received_end(&self) -> usize {
        self.runs.last().map_or(0, |run| {
            let units = (self.text.len() - run.text).div_ceil(run.text_unit as usize);
            run.received + units * run.received_unit as usize
        })
    }

    /// Appends UTF-8 that was received just so, from byte `received` on.
    pub(crate) fn push_identical(&mut self, piece: &str, received: usize) {
        if !piece.is_empty() {
            self.extend(Run { text: self.text.len(), received, text_unit: 1, received_unit: 1 });
            self.text.push_str(piece);
        }
    }

    /// Appends one unit (a character, or what one character reference stands for) that came from `received`.
    pub(crate) fn push_unit(&mut self, unit: &str, received: Span) {
        let length = received.end.saturating_sub(received.start);
        if unit.is_empty() {
            return;
        }
        if unit.len() == length {
            return self.push_identical(unit, received.start);
        }
        self.extend(Run {
            text: self.text.len(),
            received: received.start,
            text_unit: unit.len() as u32,
            received_unit: length as u32,
        });
        self.text.push_str(unit);
    }

    /// Appends a piece of a text that itself has a map, keeping that map.
    pub(crate) fn push_from(&mut self, source: &Text, range: TextRange) {
        let piece = range.of(&source.decoded);
        if let [Run { text_unit: 1, received_unit: 1, received, .. }] = source.runs[..] {
            return self.push_identical(piece, received + range.start);
        }
        let mut buffer = [0; 4];
        let mut at = range.start;
        for character in piece.chars() {
            let next = at + character.len_utf8();
            self.push_unit(character.encode_utf8(&mut buffer), source.received(TextRange::new(at, next)));
            at = next;
        }
    }

    pub(crate) fn build(self) -> Text {
        let mut characters = Vec::new();
        if !self.text.is_ascii() {
            let mut before = 0;
            for stride in self.text.as_bytes().chunks(STRIDE) {
                characters.push(before);
                before += borders(stride);
            }
            characters.push(before);
        }
        Text { decoded: self.text, runs: self.runs, characters }
    }

    /// Goes on with the last run where `run` merely continues it.
    fn extend(&mut self, run: Run) {
        if let Some(last) = self.runs.last()
            && last.text_unit == run.text_unit
            && last.received_unit == run.received_unit
            && last.received + (run.text - last.text) / last.text_unit as usize * last.received_unit as usize
                == run.received
        {
            return;
        }
        self.runs.push(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_belong_to_neither_side() {
        let mut builder = TextBuilder::default();
        builder.push_identical("talks", 3);
        builder.push_unit("&", Span::new(12, 17));
        builder.push_identical("peace", 30);
        let text = builder.build();
        assert_eq!(text.as_str(), "talks&peace");
        assert_eq!(text.received(TextRange::new(0, 5)), Span::new(3, 8));
        assert_eq!(text.received(TextRange::new(5, 6)), Span::new(12, 17));
        assert_eq!(text.received(TextRange::new(0, 11)), Span::new(3, 35));
        assert_eq!(text.received(TextRange::new(6, 900)), Span::new(30, 35));
        assert_eq!(text.received(TextRange::new(11, 11)), Span::new(35, 35));
        for range in [TextRange::new(0, 5), TextRange::new(5, 6), TextRange::new(2, 9), TextRange::new(6, 11)] {
            assert_eq!(text.decoded(text.received(range)), range);
        }
        assert_eq!(text.decoded(Span::new(8, 12)), TextRange::new(5, 5));
        assert_eq!(text.decoded(Span::new(14, 15)), TextRange::new(5, 6));
        assert_eq!(text.decoded(Span::new(90, usize::MAX)), TextRange::new(11, 11));
    }

    #[test]
    fn a_break_between_blocks_came_from_no_byte() {
        let mut builder = TextBuilder::default();
        builder.push_identical("talks", 3);
        builder.push_unit("\n\n", Span::new(8, 8));
        builder.push_identical("peace", 30);
        let text = builder.build();
        for range in [TextRange::new(0, 5), TextRange::new(7, 12), TextRange::new(0, 12), TextRange::new(2, 9)] {
            assert_eq!(text.decoded(text.received(range)), range);
        }
    }

    #[test]
    fn runs_of_one_script_are_one_run() {
        let mut builder = TextBuilder::default();
        for (index, letter) in ["Д", "о", "х", "а"].into_iter().enumerate() {
            builder.push_unit(letter, Span::new(index, index + 1));
        }
        assert_eq!(builder.runs.len(), 1);
        let text = builder.build();
        assert_eq!(text.received(TextRange::new(2, 6)), Span::new(1, 3));
        assert_eq!(text.decoded(Span::new(1, 3)), TextRange::new(2, 6));
    }

    #[test]
    fn characters_are_counted() {
        let text = Text::identical("é".repeat(2000), 0);
        assert_eq!(text.character(0), 0);
        assert_eq!(text.character(2222), 1111);
        assert_eq!(text.character(4000), 2000);
        assert_eq!(Text::identical("abc", 0).character(2), 2);
    }
}
