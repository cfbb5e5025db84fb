//! Tables of tab-separated columns, as `data/layouts` has them.

/// A table that is compiled in has a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/{table}, line {line}: {cause}; mend the table and build the program again")]
pub struct TableFault {
    /// Its path below `data`.
    pub table: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub cause: String,
}

/// A table's text and its name in faults.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    pub(crate) name: &'static str,
    pub(crate) text: &'a str,
}

/// A line of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a, const N: usize> {
    table: &'static str,
    number: usize,
    pub(crate) cells: [&'a str; N],
}

impl<const N: usize> Line<'_, N> {
    /// A fault of this line.
    pub(crate) fn fault(&self, cause: impl Into<String>) -> TableFault {
        TableFault { table: self.table, line: self.number, cause: cause.into() }
    }
}

impl<'a> Table<'a> {
    /// The cells of the columns asked for, line by line. Comments (`#`) and blank lines are passed over; other columns too.
    pub(crate) fn lines<const N: usize>(self, columns: [&str; N]) -> Result<Vec<Line<'a, N>>, TableFault> {
        let fault = |line: usize, cause: String| TableFault { table: self.name, line, cause };
        let mut lines = (1..)
            .zip(self.text.lines())
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
            .map(|(number, line)| (number, line.split('\t').collect::<Vec<_>>()));
        let (at, names) = lines.next().ok_or_else(|| fault(1, "no line of column names".to_owned()))?;
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            *place = names
                .iter()
                .position(|name| *name == column)
                .ok_or_else(|| fault(at, format!("no column `{column}`")))?;
        }
        lines
            .map(|(number, cells)| {
                if cells.len() != names.len() {
                    return Err(fault(number, format!("{} cells where {} are wanted", cells.len(), names.len())));
                }
                Ok(Line { table: self.name, number, cells: places.map(|place| cells[place].trim()) })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<[&str; 2]>, String> {
        let lines = Table { name: "layouts/made.tsv", text }.lines(["b", "a"]).map_err(|fault| fault.to_string())?;
        Ok(lines.into_iter().map(|line| line.cells).collect())
    }

    #[test]
    fn columns_are_found_by_name() {
        assert_eq!(read("# what\na\tc\tb\n\n1\t2\t3\n"), Ok(vec![["3", "1"]]));
    }

    #[test]
    fn faults_name_table_and_line() {
        let fault = |text: &str| read(text).unwrap_err();
        assert!(fault("# nothing\n").starts_with("data/layouts/made.tsv, line 1: no line of column names"));
        assert!(fault("# x\na\tc\n").starts_with("data/layouts/made.tsv, line 2: no column `b`"));
        assert!(fault("a\tb\n1\t2\n1\n").starts_with("data/layouts/made.tsv, line 3: 1 cells where 2 are wanted"));
    }
}
