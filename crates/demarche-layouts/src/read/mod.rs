//! Files of the field's data sets, read row by row to one type of row.
//!
//! [`Reader`] reads a file; [`Row`] is what all layouts share, and what each has of its own; [`Row::into_event`] makes a record
//! of it whose evidence is the cells. Faulty rows are named and those after them are read. Which column fills which field is
//! told in `docs/import.md`.

mod cells;
mod codes;
mod columns;
mod fault;
mod lines;
mod packed;
mod reader;
mod repair;
mod row;
mod sets;
mod sheet;

pub use codes::{Known, Names};
pub use fault::{Fault, FaultKind, ReadError};
pub use packed::unpacked;
pub use reader::{Counted, Reader};
pub use row::{Deaths, Origin, Party, Row};

/// A data set whose files can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataSet {
    /// POLECAT: PLOVER events, tab-separated.
    Polecat,
    /// ICEWS: CAMEO events, tab-separated.
    Icews,
    /// GDELT's events, 2.0 or 1.0.
    Gdelt,
    /// What PETRARCH, PETRARCH-2 and `UniversalPetrarch` write.
    Petrarch,
    /// The Georeferenced Event Dataset of the Uppsala Conflict Data Program.
    Ged,
}

impl DataSet {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Polecat, Self::Icews, Self::Gdelt, Self::Petrarch, Self::Ged];

    /// As a command line names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Polecat => "polecat",
            Self::Icews => "icews",
            Self::Gdelt => "gdelt",
            Self::Petrarch => "petrarch",
            Self::Ged => "ged",
        }
    }

    /// Its proper name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Polecat => "POLECAT",
            Self::Icews => "ICEWS",
            Self::Gdelt => "GDELT",
            Self::Petrarch => "PETRARCH",
            Self::Ged => "UCDP GED",
        }
    }

    /// The data set of a name, in any case; also of a proper name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|set| set.name().eq_ignore_ascii_case(name) || set.title().eq_ignore_ascii_case(name))
    }
}
