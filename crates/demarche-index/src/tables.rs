//! Reading tab-separated tables.
//!
//! A table is UTF-8, its first line that is no comment names the columns; columns are found by name, so that a table
//! may gain columns or change their order. Cells are borrowed from the text: reading copies nothing.

use demarche_record::{Code, Sector};

use crate::dates::{Bound, PartialDate};
use crate::entries::Sectors;
use crate::error::{Problem, TableError};

/// One table: its name in messages and its text.
#[derive(Clone, Copy, Debug)]
pub struct Table<'t> {
    /// A path below `data/`, or a user's file.
    pub file: &'t str,
    /// All of it.
    pub text: &'t str,
}

/// A comment is `#` and a space: names such as `#MeToo` are none.
fn is_comment(line: &str) -> bool {
    line.is_empty() || line == "#" || line.starts_with("# ")
}

/// The wanted cells of one line, with what is needed to name a fault in them.
pub struct Row<'t, const N: usize> {
    cells: [&'t str; N],
    columns: [&'static str; N],
    file: &'t str,
    line: usize,
}

/// A column that a table may lack is named with a question mark at its end; its cells are then empty.
fn is_optional(column: &str) -> bool {
    column.ends_with('?')
}

fn plain(column: &str) -> &str {
    column.trim_end_matches('?')
}

impl<'t> Table<'t> {
    /// Calls `each` with the wanted columns of every line. A line that ends early has empty cells there.
    ///
    /// # Errors
    /// [`TableError`] for a missing header or column, a stray cell, and what `each` returns.
    pub fn each<const N: usize>(
        self,
        columns: [&'static str; N],
        mut each: impl FnMut(Row<'t, N>) -> Result<(), TableError>,
    ) -> Result<(), TableError> {
        let fault = |line, column: &str, problem| {
            let (file, column) = (self.file.to_owned(), plain(column).to_owned());
            TableError { file, line, column, problem }
        };
        let mut lines = self.text.lines().enumerate().filter(|(_, text)| !is_comment(text));
        let (at, header) = lines.next().ok_or_else(|| fault(1, "", Problem::NoHeader))?;
        // slot[c] says which wanted column the c-th cell fills.
        let mut slot: Vec<Option<usize>> = Vec::new();
        for name in header.split('\t') {
            slot.push(columns.iter().position(|&column| plain(column) == name.trim_start_matches('\u{feff}').trim()));
        }
        for (wanted, &column) in columns.iter().enumerate() {
            if !is_optional(column) && !slot.contains(&Some(wanted)) {
                return Err(fault(at + 1, column, Problem::MissingColumn));
            }
        }
        for (at, text) in lines {
            let mut cells = [""; N];
            let mut count = 0;
            for (cell, target) in text.split('\t').zip(slot.iter().map(Some).chain(std::iter::repeat(None))) {
                count += 1;
                match target {
                    Some(&Some(wanted)) => {
                        if let Some(slot) = cells.get_mut(wanted) {
                            *slot = cell;
                        }
                    }
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

impl<'t, const N: usize> Row<'t, N> {
    /// The cell, which may be empty.
    pub fn cell(&self, column: usize) -> &'t str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The cell's values, split at `|`.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t, N> {
        self.cell(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    /// A fault in the cell.
    pub fn fault(&self, column: usize, problem: impl Into<Problem>) -> TableError {
        TableError {
            file: self.file.to_owned(),
            line: self.line,
            column: self.columns.get(column).map_or("", |column| plain(column)).to_owned(),
            problem: problem.into(),
        }
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The cell, which must hold something.
    ///
    /// # Errors
    /// [`Problem::Empty`] when it is empty.
    pub fn needed(&self, column: usize) -> Result<&'t str, TableError> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty()).ok_or_else(|| self.fault(column, Problem::Empty))
    }

    /// The cell as an actor code; `None` when empty.
    ///
    /// # Errors
    /// [`Problem::Unknown`] for what is no code.
    pub fn code(&self, column: usize) -> Result<Option<Code>, TableError> {
        match self.cell(column) {
            "" => Ok(None),
            cell => Code::parse(cell).map(Some).map_err(|unknown| self.fault(column, unknown)),
        }
    }

    /// The cell as sectors.
    ///
    /// # Errors
    /// [`Problem::Unknown`] for what is no sector, [`Problem::TooManySectors`].
    pub fn sectors(&self, column: usize) -> Result<Sectors, TableError> {
        let sectors = self
            .list(column)
            .map(|value| value.parse().map_err(|unknown: demarche_record::UnknownCode| self.fault(column, unknown)))
            .collect::<Result<Vec<Sector>, _>>()?;
        Sectors::new(&sectors).ok_or_else(|| self.fault(column, Problem::TooManySectors))
    }

    /// The cell as a number; `None` when empty.
    ///
    /// # Errors
    /// [`Problem::Number`] for what is none.
    pub fn number<T: std::str::FromStr>(&self, column: usize) -> Result<Option<T>, TableError> {
        match self.cell(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| self.fault(column, Problem::Number(cell.to_owned()))),
        }
    }

    /// The cell as the first or last day of a term; `None` when empty.
    ///
    /// # Errors
    /// [`Problem::Date`] for what is none.
    pub fn date(&self, column: usize, bound: Bound) -> Result<Option<PartialDate>, TableError> {
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

    fn read(text: &'static str) -> Result<Vec<(&'static str, Option<u32>)>, TableError> {
        let mut out = Vec::new();
        Table { file: "places/test.tsv", text }.each(["name", "size", "more?"], |row| {
            assert_eq!(row.cell(2), "");
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
            assert_eq!(
                (fault.file.as_str(), fault.line, fault.column.as_str()),
                ("places/test.tsv", line, column),
                "{text:?}"
            );
            assert!(fault.to_string().contains(says), "{fault}");
        }
    }
}
