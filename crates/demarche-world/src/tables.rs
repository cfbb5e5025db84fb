//! Reading the tab-separated tables, and the tables themselves.
//!
//! A table is UTF-8, its first line that is no comment names the columns; columns are found by name, so that a table
//! may gain columns or change their order. Cells are borrowed from the embedded text: loading copies nothing.

use demarche_record::{Code, Sector};

use crate::dates::{Bound, PartialDate};
use crate::entries::Sectors;
use crate::error::{Problem, WorldError};

macro_rules! embedded {
    ($($constant:ident = $path:literal),* $(,)?) => {
        $(pub(crate) const $constant: Table = Table { file: $path, text: include_str!(concat!("../../../data/", $path)) };)*
        /// Every table, in a fixed order.
        pub(crate) const ALL: &[Table] = &[$($constant),*];
    };
}

embedded! {
    COUNTRIES = "places/countries.tsv", AMBIGUOUS = "places/ambiguous.tsv", ADMIN1 = "places/admin1.tsv",
    CITIES = "places/cities.tsv", EXTRA = "places/extra.tsv", BREAKAWAY = "places/breakaway.tsv", SEATS = "actors/seats.tsv", BODIES = "actors/bodies.tsv",
    PEOPLES = "actors/peoples.tsv", ROLES = "actors/roles.tsv", ORGANISATIONS = "actors/organisations.tsv",
    GROUPS = "actors/groups.tsv", OFFICES = "actors/offices.tsv", OFFICE_HOLDERS = "actors/office_holders.tsv",
}

/// One table: its path below `data/` and its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

/// A comment is `#` and a space: names such as `#MeToo` are none.
fn is_comment(line: &str) -> bool {
    line.is_empty() || line == "#" || line.starts_with("# ")
}

/// The wanted cells of one line, with what is needed to name a fault in them.
pub(crate) struct Row<const N: usize> {
    cells: [&'static str; N],
    columns: [&'static str; N],
    file: &'static str,
    line: usize,
}

impl Table {
    /// Calls `each` with the wanted columns of every line. A line that ends early has empty cells there.
    pub(crate) fn each<const N: usize>(
        self,
        columns: [&'static str; N],
        mut each: impl FnMut(Row<N>) -> Result<(), WorldError>,
    ) -> Result<(), WorldError> {
        let fault = |line, column, problem| WorldError { file: self.file, line, column, problem };
        let mut lines = self.text.lines().enumerate().filter(|(_, text)| !is_comment(text));
        let (at, header) = lines.next().ok_or_else(|| fault(1, "", Problem::NoHeader))?;
        // slot[c] says which wanted column the c-th cell fills.
        let mut slot: Vec<Option<usize>> = Vec::new();
        for name in header.split('\t') {
            slot.push(columns.iter().position(|&column| column == name.trim_start_matches('\u{feff}')));
        }
        for (wanted, &column) in columns.iter().enumerate() {
            if !slot.contains(&Some(wanted)) {
                return Err(fault(at + 1, column, Problem::MissingColumn));
            }
        }
        for (at, text) in lines {
            let mut cells = [""; N];
            let mut count = 0;
            for (cell, target) in text.split('\t').zip(slot.iter().map(Some).chain(std::iter::repeat(None))) {
                count += 1;
                match target {
                    Some(&Some(wanted)) => cells[wanted] = cell,
                    Some(None) => {}
                    None => break,
                }
            }
            if count > slot.len() {
                return Err(fault(at + 1, "", Problem::TooManyCells));
            }
            each(Row { cells, columns, file: self.file, line: at + 1 })?;
        }
        Ok(())
    }
}

impl<const N: usize> Row<N> {
    /// The cell, which may be empty.
    pub(crate) fn cell(&self, column: usize) -> &'static str {
        self.cells[column].trim()
    }

    /// The cell's values, split at `|`.
    pub(crate) fn list(&self, column: usize) -> impl Iterator<Item = &'static str> + use<N> {
        self.cells[column].split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    /// A fault in the cell.
    pub(crate) fn fault(&self, column: usize, problem: impl Into<Problem>) -> WorldError {
        WorldError { file: self.file, line: self.line, column: self.columns[column], problem: problem.into() }
    }

    /// The cell, which must hold something.
    pub(crate) fn needed(&self, column: usize) -> Result<&'static str, WorldError> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty()).ok_or_else(|| self.fault(column, Problem::Empty))
    }

    /// The cell as an actor code; `None` when empty.
    pub(crate) fn code(&self, column: usize) -> Result<Option<Code>, WorldError> {
        match self.cell(column) {
            "" => Ok(None),
            cell => Code::parse(cell).map(Some).map_err(|unknown| self.fault(column, unknown)),
        }
    }

    /// The cell as sectors.
    pub(crate) fn sectors(&self, column: usize) -> Result<Sectors, WorldError> {
        let sectors = self
            .list(column)
            .map(|value| value.parse().map_err(|unknown: demarche_record::UnknownCode| self.fault(column, unknown)))
            .collect::<Result<Vec<Sector>, _>>()?;
        Sectors::new(&sectors).ok_or_else(|| self.fault(column, Problem::TooManySectors))
    }

    /// The cell as a number; `None` when empty.
    pub(crate) fn number<T: std::str::FromStr>(&self, column: usize) -> Result<Option<T>, WorldError> {
        match self.cell(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| self.fault(column, Problem::Number(cell.to_owned()))),
        }
    }

    /// The cell as the first or last day of a term; `None` when empty.
    pub(crate) fn date(&self, column: usize, bound: Bound) -> Result<Option<PartialDate>, WorldError> {
        match self.cell(column) {
            "" => Ok(None),
            cell => PartialDate::parse(cell, bound)
                .map(Some)
                .ok_or_else(|| self.fault(column, Problem::Date(cell.to_owned()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<Vec<(&'static str, Option<u32>)>, WorldError> {
        let mut out = Vec::new();
        Table { file: "places/test.tsv", text }.each(["name", "size"], |row| {
            out.push((row.needed(0)?, row.number(1)?));
            Ok(())
        })?;
        Ok(out)
    }

    #[test]
    fn columns_are_found_by_name_and_comments_passed_over() {
        let text = "# a comment\nsize\tnote\tname\n\n7\tx\tOne\n# more\n\t\t#Two\n";
        assert_eq!(read(text), Ok(vec![("One", Some(7)), ("#Two", None)]));
    }

    #[test]
    fn faults_name_file_line_and_column() {
        for (text, line, column, says) in [
            ("", 1, "", "no header line"),
            ("name\tnote\n", 1, "size", "no such column"),
            ("# c\nname\tsize\nOne\tseven\n", 3, "size", "`seven` is not a number"),
            ("name\tsize\n\t7\n", 2, "name", "empty"),
            ("name\tsize\nOne\t7\tx\n", 2, "", "stray tab"),
        ] {
            let fault = read(text).expect_err(text);
            assert_eq!((fault.file, fault.line, fault.column), ("places/test.tsv", line, column), "{text:?}");
            assert!(fault.to_string().contains(says), "{fault}");
        }
    }
}
