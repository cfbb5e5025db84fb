//! A row cut into cells, each with where it stands.

use std::ops::Range;

use super::lines::Line;

/// One cell: its value, and its bytes in the row's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) value: String,
    pub(super) at: Range<usize>,
}

/// What parts the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parting {
    /// Tabs; nothing is quoted.
    Tab,
    /// Commas, with quotes around cells that hold some.
    Comma,
}

impl Parting {
    /// The cells of a row.
    pub(super) fn cells(self, line: &Line) -> Vec<Cell> {
        let ranges = self.ranges(&line.text);
        let written = |range: &Range<usize>| line.text.get(range.clone()).unwrap_or_default();
        match self {
            Self::Tab => {
                ranges.into_iter().map(|at| Cell { value: unquoted(written(&at).trim()), at: at.clone() }).collect()
            }
            Self::Comma => {
                let mut reader =
                    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.text.as_bytes());
                let mut record = csv::StringRecord::new();
                if !reader.read_record(&mut record).unwrap_or(false) {
                    return Vec::new();
                }
                let whole = 0..line.text.len();
                let told = ranges.len() == record.len();
                let place = |index: usize| ranges.get(index).filter(|_| told).cloned().unwrap_or(whole.clone());
                let cells = record.iter().enumerate();
                cells.map(|(index, value)| Cell { value: value.trim().to_owned(), at: place(index) }).collect()
            }
        }
    }

    /// Where the cells stand.
    fn ranges(self, text: &str) -> Vec<Range<usize>> {
        let (mut ranges, mut start, mut quoted) = (Vec::new(), 0, false);
        for (at, byte) in text.bytes().enumerate() {
            let parts = match self {
                Self::Tab => byte == b'\t',
                Self::Comma => {
                    quoted ^= byte == b'"';
                    byte == b',' && !quoted
                }
            };
            if parts {
                ranges.push(start..at);
                start = at + 1;
            }
        }
        ranges.push(start..text.len());
        ranges
    }
}

/// A value without the quotes that some programs put around every cell.
fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(|| value.to_owned(), |inner| inner.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_they_are_written() {
        let line = Line { text: "1,\"a, \"\"b\"\"\",,z".to_owned(), ..Line::default() };
        let cells = Parting::Comma.cells(&line);
        let values: Vec<&str> = cells.iter().map(|cell| cell.value.as_str()).collect();
        assert_eq!(values, ["1", "a, \"b\"", "", "z"]);
        assert_eq!(&line.text[cells[1].at.clone()], "\"a, \"\"b\"\"\"");
        assert_eq!(&line.text[cells[3].at.clone()], "z");
    }
}
