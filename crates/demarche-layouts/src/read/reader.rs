//! The rows of a file, one after the other.

use std::io::BufRead;

use super::DataSet;
use super::cells::{Cell, Parting};
use super::codes::{Codes, Names};
use super::columns::{Column, Plan};
use super::fault::{Fault, FaultKind, ReadError};
use super::lines::{Line, Lines};
use super::repair;
use super::row::Row;
use super::sets::{gdelt, ged, icews, petrarch, polecat};
use super::sheet::Sheet;

/// Reads a file of a data set row by row; memory does not grow with the file.
///
/// ```
/// use demarche_layouts::{DataSet, Reader};
///
/// let file = "20231007\tCHNGOV\tRUSGOV\t042\t\t1_1\twire\n20231007\tCHNGOV\n";
/// let mut rows = Reader::new(DataSet::Petrarch, file.as_bytes(), &())?;
/// let row = rows.next_row()?.expect("a row").expect("that can be read");
/// assert_eq!((row.event.as_str(), row.span.end), ("CONSULT", 36));
/// let fault = rows.next_row()?.expect("a row").expect_err("that is cut off");
/// assert_eq!(fault.line, 2);
/// assert!(rows.next_row()?.is_none());
/// # Ok::<(), demarche_layouts::ReadError>(())
/// ```
pub struct Reader<'a, R> {
    set: DataSet,
    lines: Lines<R>,
    codes: Codes,
    names: &'a dyn Names,
    plan: Option<Plan>,
    counted: Counted,
}

/// What was met so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Rows that were read.
    pub read: u64,
    /// Of these, rows whose cells had to be joined or added.
    pub repaired: u64,
    /// Lines of column names within the file.
    pub headers: u64,
    /// Statements, which are no events of PLOVER.
    pub statements: u64,
    /// Rows that could not be read.
    pub faults: u64,
}

impl std::ops::AddAssign for Counted {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.repaired += other.repaired;
        self.headers += other.headers;
        self.statements += other.statements;
        self.faults += other.faults;
    }
}

impl<'a, R: BufRead> Reader<'a, R> {
    /// The rows of `reader`, of which `names` tells those who have no code in them.
    ///
    /// # Errors
    /// [`ReadError::Table`] when the program itself is damaged.
    pub fn new(set: DataSet, reader: R, names: &'a dyn Names) -> Result<Self, ReadError> {
        let lines = Lines::new(reader, set.parting() == Parting::Comma);
        Ok(Self { set, lines, codes: Codes::new()?, names, plan: None, counted: Counted::default() })
    }

    /// What was met so far.
    pub fn counted(&self) -> Counted {
        self.counted
    }

    /// The next row, or what is wrong with it; `None` at the end.
    ///
    /// # Errors
    /// [`ReadError`]: the file cannot be read on, or is of another layout.
    pub fn next_row(&mut self) -> Result<Option<Result<Row, Fault>>, ReadError> {
        loop {
            let line = match self.lines.next()? {
                None => return Ok(None),
                Some(Ok(line)) => line,
                Some(Err(fault)) => {
                    self.counted.faults += 1;
                    return Ok(Some(Err(fault)));
                }
            };
            let cells = self.set.parting().cells(&line);
            if self.plan.is_none() {
                let (plan, is_header) = self.set.plan(&cells, line.number)?;
                self.plan = Some(plan);
                if is_header {
                    continue;
                }
            }
            let Some(plan) = &self.plan else { continue };
            let row = row(self.set, &self.codes, self.names, plan, &line, cells);
            match &row {
                Ok(row) => {
                    self.counted.read += 1;
                    self.counted.repaired += u64::from(row.repaired);
                }
                Err(FaultKind::RepeatedHeader) => self.counted.headers += 1,
                Err(FaultKind::Statement(_)) => self.counted.statements += 1,
                Err(_) => self.counted.faults += 1,
            }
            return Ok(Some(row.map_err(|kind| Fault { line: line.number, kind })));
        }
    }
}

fn row(
    set: DataSet,
    codes: &Codes,
    names: &dyn Names,
    plan: &Plan,
    line: &Line,
    cells: Vec<Cell>,
) -> Result<Row, FaultKind> {
    if plan.is_header(&cells) {
        return Err(FaultKind::RepeatedHeader);
    }
    let found = cells.len();
    let (cells, repaired) = repair::fit(cells, plan).ok_or(FaultKind::Cells { found, expected: plan.width() })?;
    let mut sheet = Sheet { codes, names, plan, line, cells: &cells, notes: Vec::new() };
    let row = match set {
        DataSet::Polecat => polecat::read(&mut sheet),
        DataSet::Icews => icews::read(&mut sheet),
        DataSet::Gdelt => gdelt::read(&mut sheet),
        DataSet::Petrarch => petrarch::read(&mut sheet),
        DataSet::Ged => ged::read(&mut sheet),
    };
    row.map(|row| Row { repaired, ..row })
}

impl DataSet {
    fn parting(self) -> Parting {
        if self == Self::Ged { Parting::Comma } else { Parting::Tab }
    }

    /// Which cell is which column, by a file's first row; and whether that row is a line of names.
    fn plan(self, first: &[Cell], line: u64) -> Result<(Plan, bool), ReadError> {
        let named: &'static [Column] = match self {
            Self::Polecat => &polecat::COLUMNS,
            Self::Icews => &icews::COLUMNS,
            Self::Ged => &ged::COLUMNS,
            Self::Petrarch => return Ok((Plan::in_order(&petrarch::COLUMNS, petrarch::LEAST), false)),
            Self::Gdelt => {
                let version_1 = (gdelt::LEAST_1..=gdelt::COLUMNS_1.len()).contains(&first.len());
                let plan = if version_1 {
                    Plan::in_order(&gdelt::COLUMNS_1, gdelt::LEAST_1)
                } else {
                    Plan::in_order(&gdelt::COLUMNS, gdelt::COLUMNS.len())
                };
                return Ok((plan, false));
            }
        };
        match Plan::of_header(named, first) {
            Ok(plan) => Ok((plan, true)),
            Err(column) => Err(ReadError::Column { column, line, title: self.title() }),
        }
    }
}
