//! Rows of delimited text in bounded memory: a row beyond the limit is passed over without being kept.

use std::io::{self, BufRead};

use csv_core::ReadRecordResult;

/// More fields than any table has columns.
const MOST_FIELDS: usize = 1 << 16;

/// What became of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// Its fields are there.
    Read,
    /// It was longer than the limit; no field is there.
    TooLong,
    /// There are no more rows.
    End,
}

/// Reader of rows, quoted as RFC 4180 has it. Empty lines are no rows.
pub(super) struct Records<R> {
    reader: R,
    core: csv_core::Reader,
    limit: usize,
    /// The fields of the row one after the other, and where each ends.
    fields: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    /// Line to be read next, from 1.
    line: u64,
    last_byte: u8,
    first_line: u64,
}

impl<R: BufRead> Records<R> {
    /// Rows of at most `limit` bytes of fields.
    pub(super) fn new(reader: R, delimiter: u8, limit: u64) -> Self {
        Self {
            reader,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            fields: vec![0; 4 << 10],
            ends: vec![0; 64],
            count: 0,
            line: 1,
            last_byte: 0,
            first_line: 1,
        }
    }

    /// Reads the next row.
    pub(super) fn next(&mut self) -> io::Result<Record> {
        self.count = 0;
        self.skip_line_ends()?;
        self.first_line = self.line;
        let (mut written, mut ended, mut too_long) = (0, 0, false);
        loop {
            let input = match self.reader.fill_buf() {
                Ok(input) => input,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let (result, read, more, ends) =
                self.core.read_record(input, &mut self.fields[written..], &mut self.ends[ended..]);
            self.line += line_ends(&input[..read], &mut self.last_byte);
            self.reader.consume(read);
            written += more;
            ended += ends;
            self.count += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if written >= self.limit => (written, too_long) = (0, true),
                ReadRecordResult::OutputFull => {
                    self.fields.resize((self.fields.len() * 2).min(self.limit.saturating_add(1)), 0);
                }
                // From here on fields are counted only: there is no such table.
                ReadRecordResult::OutputEndsFull if ended >= MOST_FIELDS => ended = 0,
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record if too_long || written > self.limit => {
                    self.fields.truncate(64 << 10);
                    self.fields.shrink_to_fit();
                    self.count = 0;
                    return Ok(Record::TooLong);
                }
                ReadRecordResult::Record => return Ok(Record::Read),
                ReadRecordResult::End => return Ok(Record::End),
            }
        }
    }

    /// How many fields the row has.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// A field of the row; beyond its end, and in a row of more fields than a table can have, it is empty.
    pub(super) fn field(&self, index: usize) -> &[u8] {
        if index >= self.count || self.count > MOST_FIELDS {
            return &[];
        }
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        self.fields.get(start..self.ends[index]).unwrap_or_default()
    }

    /// The line in which the row begins.
    pub(super) fn first_line(&self) -> u64 {
        self.first_line
    }

    /// The line in which the row ends.
    pub(super) fn last_line(&self) -> u64 {
        let ended = matches!(self.last_byte, b'\n' | b'\r');
        (self.line - u64::from(ended && self.line > 1)).max(self.first_line)
    }

    /// Empty lines before a row do not count to it.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            let input = match self.reader.fill_buf() {
                Ok(input) => input,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let skipped = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let more = skipped > 0 && skipped == input.len();
            self.line += line_ends(&input[..skipped], &mut self.last_byte);
            self.reader.consume(skipped);
            if !more {
                return Ok(());
            }
        }
    }
}

/// How many lines end in `bytes`, `last` being the byte before them: by a line feed, a carriage return, or both.
fn line_ends(bytes: &[u8], last: &mut u8) -> u64 {
    let mut count = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let before = at.checked_sub(1).map_or(*last, |before| bytes[before]);
        count += u64::from(!(bytes[at] == b'\n' && before == b'\r'));
    }
    *last = bytes.last().copied().unwrap_or(*last);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, limit: u64, capacity: usize) -> Vec<String> {
        let mut records = Records::new(io::BufReader::with_capacity(capacity, text.as_bytes()), b',', limit);
        let mut rows = Vec::new();
        loop {
            let lines = |records: &Records<_>| format!("{}-{}", records.first_line(), records.last_line());
            match records.next().unwrap() {
                Record::End => return rows,
                Record::TooLong => rows.push(format!("{} too long", lines(&records))),
                Record::Read => {
                    let fields: Vec<String> = (0..records.len())
                        .map(|index| String::from_utf8_lossy(records.field(index)).escape_debug().to_string())
                        .collect();
                    rows.push(format!("{} {}", lines(&records), fields.join("|")));
                }
            }
        }
    }

    #[test]
    fn rows_have_their_lines_and_long_ones_are_passed_over() {
        let text = "a,b\r\n\r\n1,\"two\nlines, \"\"quoted\"\"\"\n\n2,abcdefghijklmnopqrstuvwxyzabcdefghi\n3,\n4,\"left open\n5,";
        let expected =
            ["1-1 a|b", "3-4 1|two\\nlines, \\\"quoted\\\"", "6-6 too long", "7-7 3|", "8-9 4|left open\\n5,"];
        for capacity in [1, 3, 1000] {
            assert_eq!(rows(text, 30, capacity), expected, "{capacity}");
        }
        assert_eq!(rows("a\rb\r", 30, 1), ["1-1 a", "2-2 b"]);
    }
}
