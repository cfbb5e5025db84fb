//! The columns of a layout: their names, and what may stand in them.

use jiff::civil::Date;

use super::cells::Cell;

/// What may stand in a column. An empty cell may stand in any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Digits of a CAMEO code.
    Cameo,
    /// Words in capitals.
    Capitals,
    /// Names of modes or contexts: words in small letters, parted by semicolons.
    Small,
    /// Codes of three letters, or none.
    Codes,
    /// A code without blanks.
    Word,
    /// Whole numbers, parted by semicolons.
    Wholes,
}

/// A column of a layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether every file has it.
    pub(super) needed: bool,
}

/// A column that a file may lack.
pub(super) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, needed: false }
}

/// A column that every file has.
pub(super) const fn needed(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, needed: true }
}

impl Kind {
    /// Whether a value may stand in a column of this kind.
    pub(super) fn admits(self, value: &str) -> bool {
        let value = value.trim();
        if value.is_empty() {
            return true;
        }
        match self {
            Self::Text => true,
            Self::Date => date(value).is_some(),
            Self::Whole => value.trim_end_matches(".0").parse::<i64>().is_ok(),
            Self::Number => number(value).is_some() || is_none(value),
            Self::Cameo => (2..=5).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Capitals => value
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b' ' | b';' | b'_')),
            Self::Small => value.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b' ' | b';' | b'_' | b'-')
            }),
            Self::Codes => value
                .split([';', ','])
                .map(str::trim)
                .all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) || is_none(code)),
            Self::Word => !value.contains(char::is_whitespace),
            Self::Wholes => value.split(';').map(str::trim).all(|part| Self::Whole.admits(part) || is_none(part)),
        }
    }
}

/// A word that says that there is no value.
pub(super) fn is_none(value: &str) -> bool {
    value.is_empty() || ["None", "NA", "NaN", "nan", "NULL", "null", "---", "N/A"].contains(&value)
}

/// A number, if the value is one.
pub(super) fn number(value: &str) -> Option<f64> {
    value.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A day: `2023-10-07`, `20231007`, `2023/10/07`, with or without a time of day behind it.
pub(super) fn date(value: &str) -> Option<Date> {
    let value = value.trim();
    if value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| value.get(range)?.parse::<i16>().ok();
        return Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok();
    }
    let day = value.split([' ', 'T']).next()?;
    let mut parts = day.split(['-', '/']);
    let (year, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() > 2 || last.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, last.parse().ok()?).ok()
}

/// A name of a column without what people write differently: case, blanks, underscores.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Which cell of a file's rows belongs to which column of the layout.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    columns: &'static [Column],
    /// For each column of the layout its cell.
    cells: Vec<Option<usize>>,
    /// For each cell what may stand in it.
    kinds: Vec<Kind>,
    /// The file's own names of its columns, where it has some.
    names: Vec<String>,
    /// Cells that a row has at least.
    least: usize,
}

impl Plan {
    /// Cells in the order of the layout's columns, of which a row may lack those behind the first `least`.
    pub(super) fn in_order(columns: &'static [Column], least: usize) -> Self {
        Self {
            least,
            columns,
            cells: (0..columns.len()).map(Some).collect(),
            kinds: columns.iter().map(|column| column.kind).collect(),
            names: Vec::new(),
        }
    }

    /// Cells by the names in a file's first row.
    ///
    /// # Errors
    /// The name of the first column that every file has and that is not there.
    pub(super) fn of_header(columns: &'static [Column], header: &[Cell]) -> Result<Self, &'static str> {
        let mut names: Vec<String> = header.iter().map(|cell| plain(&cell.value)).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let find = |column: &Column| names.iter().position(|name| *name == plain(column.name));
        let cells: Vec<Option<usize>> = columns.iter().map(find).collect();
        if let Some((column, _)) = columns.iter().zip(&cells).find(|(column, cell)| column.needed && cell.is_none()) {
            return Err(column.name);
        }
        let kind = |index: usize| {
            let known = columns.iter().zip(&cells).find(|(_, cell)| **cell == Some(index));
            known.map_or(Kind::Text, |(column, _)| column.kind)
        };
        let kinds = (0..names.len()).map(kind).collect();
        Ok(Self { columns, cells, kinds, least: names.len(), names })
    }

    /// Whether no row can be without a value in a cell: its date, its event.
    pub(super) fn must_say(&self, cell: usize) -> bool {
        let column = self.columns.iter().zip(&self.cells).find(|(_, at)| **at == Some(cell)).map(|(column, _)| column);
        column.is_some_and(|column| {
            column.needed && matches!(column.kind, Kind::Date | Kind::Cameo | Kind::Capitals | Kind::Whole)
        })
    }

    /// Fewest cells of a row.
    pub(super) fn least(&self) -> usize {
        self.least
    }

    /// Number of cells of a row.
    pub(super) fn width(&self) -> usize {
        self.kinds.len()
    }

    /// What may stand in each cell.
    pub(super) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Whether a row is a line of names.
    pub(super) fn is_header(&self, cells: &[Cell]) -> bool {
        if self.names.is_empty() {
            // Files of this layout have no such line; programs write one all the same.
            return cells
                .first()
                .zip(self.columns.first())
                .is_some_and(|(cell, first)| plain(&cell.value) == plain(first.name));
        }
        cells.len() > 1 && cells.iter().take(2).zip(&self.names).all(|(cell, name)| plain(&cell.value) == *name)
    }

    /// The cell of a column; `None` where the file has none or it says nothing.
    pub(super) fn cell<'a>(&self, cells: &'a [Cell], name: &str) -> Option<&'a Cell> {
        let column = self.columns.iter().position(|column| column.name == name)?;
        let index = self.cells.get(column).copied().flatten()?;
        cells.get(index).filter(|cell| !is_none(&cell.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for good in ["2023-10-07", "20231007", "2023/10/07", "2023-10-07 00:00:00.000", "2023-10-07T12:00:00Z"] {
            assert_eq!(date(good), Some(Date::constant(2023, 10, 7)), "{good}");
        }
        for bad in ["", "2023", "2023-13-01", "20231301", "07-10-2023", "2023-02-30", "x", "é2023-1-1", "99999999"] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }
}
