//! The layouts of text, and the writer of their rows.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use demarche_record::{Event, Record, Status};

use super::cells::{comma_separated, tab_separated};
use super::facts::{Facts, TableFault};
use super::source::Source;
use super::{acled, gdelt, icews, petrarch, phoenix, polecat};

/// A layout of text that other programs of the field read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layout {
    /// POLECAT: tab-separated, with a line of names.
    Polecat,
    /// ICEWS: tab-separated, with a line of names.
    Icews,
    /// GDELT 2.0 Events: tab-separated, no line of names.
    Gdelt,
    /// PETRARCH-2: tab-separated, no line of names.
    Petrarch,
    /// Phoenix: tab-separated, no line of names.
    Phoenix,
    /// ACLED: comma-separated, with a line of names.
    Acled,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 6] = [Self::Polecat, Self::Icews, Self::Gdelt, Self::Petrarch, Self::Phoenix, Self::Acled];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Polecat => "polecat",
            Self::Icews => "icews",
            Self::Gdelt => "gdelt",
            Self::Petrarch => "petrarch",
            Self::Phoenix => "phoenix",
            Self::Acled => "acled",
        }
    }

    /// The names of its columns, in order, as its project publishes them.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Polecat => &polecat::COLUMNS,
            Self::Icews => &icews::COLUMNS,
            Self::Gdelt => &gdelt::COLUMNS,
            Self::Petrarch => &petrarch::COLUMNS,
            Self::Phoenix => &phoenix::COLUMNS,
            Self::Acled => &acled::COLUMNS,
        }
    }

    /// The first line of its files; nothing where they have none.
    pub fn header(self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Polecat | Self::Icews => tab_separated(self.columns(), &mut out),
            Self::Acled => comma_separated(self.columns(), &mut out),
            Self::Gdelt | Self::Petrarch | Self::Phoenix => {}
        }
        out
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Layout {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|layout| layout.name() == written)
            .ok_or_else(|| format!("`{written}` is no layout; write one of {}", names()))
    }
}

/// Why an event has no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is planned, conditional or negated, and the layout has no place to say so.
    NotHappened,
    /// An event of one's own ontology that has no CAMEO code, in a layout that is built on them.
    NoCameo,
    /// The layout has no such kind of event.
    NotCovered,
    /// Its date is known to the year only, and the layout has nothing so vague.
    TooVague,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHappened => "not taken place",
            Self::NoCameo => "no CAMEO code",
            Self::NotCovered => "of no kind that the layout has",
            Self::TooVague => "date known to the year only",
        })
    }
}

/// Rows of a layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Whole lines.
    pub bytes: Vec<u8>,
    /// Number of lines.
    pub lines: usize,
    /// Events without a row, by reason.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// Writes rows of one layout.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    layout: Layout,
    facts: &'static Facts,
}

impl Writer {
    /// A writer of rows.
    ///
    /// # Errors
    /// [`TableFault`] where a table that is compiled in has a fault.
    pub fn new(layout: Layout) -> Result<Self, TableFault> {
        Ok(Self { layout, facts: Facts::built_in()? })
    }

    /// The layout.
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The rows of a document's events, in their order. Statements and initiatives have none.
    ///
    /// Where an event has several actors or recipients the row has the first pair, and what the layout does with the others
    /// stands in `docs/layouts.md`; with records that went through [`expand`](super::expand) each pair has its row.
    pub fn rows<'a>(&self, records: impl IntoIterator<Item = &'a Record>, source: &Source) -> Rows {
        let mut rows = Rows::default();
        for record in records {
            let Record::Event(event) = record else { continue };
            match self.cells(event, source) {
                Ok(cells) if self.layout == Layout::Acled => comma_separated(&cells, &mut rows.bytes),
                Ok(cells) => tab_separated(&cells, &mut rows.bytes),
                Err(reason) => {
                    *rows.left_out.entry(reason).or_default() += 1;
                    continue;
                }
            }
            rows.lines += 1;
        }
        rows
    }

    fn cells(&self, event: &Event, source: &Source) -> Result<Vec<String>, LeftOut> {
        match event.status {
            Status::Happened | Status::Ongoing | Status::Historical => {}
            Status::Planned | Status::Conditional | Status::Negated => return Err(LeftOut::NotHappened),
        }
        let cameo = || event.cameo.as_deref().ok_or(LeftOut::NoCameo);
        let facts = self.facts;
        match self.layout {
            Layout::Polecat => Ok(polecat::cells(event, source, facts)),
            Layout::Icews => Ok(icews::cells(event, cameo()?, facts)),
            Layout::Gdelt => Ok(gdelt::cells(event, cameo()?, source, facts)),
            Layout::Petrarch => Ok(petrarch::cells(event, cameo()?, facts)),
            Layout::Phoenix => Ok(phoenix::cells(event, cameo()?, facts)),
            Layout::Acled => acled::cells(event, facts),
        }
    }
}
