//! What `demarche code` writes.

use clap::{Args, ValueEnum};
use demarche_layouts::Layout;

use super::{Code, Kind};
use crate::failure::Failure;

/// In which form records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// For people: each record with its sentence.
    Text,
    /// JSON Lines: every field of every record (docs/records.md).
    Jsonl,
    /// A table of one kind of record, see --kind.
    Csv,
    /// The same table as an Arrow schema with lists and structs, compressed.
    Parquet,
    /// POLECAT's 40 columns, tab-separated.
    Polecat,
    /// ICEWS' 20 columns, tab-separated.
    Icews,
    /// The 61 columns of GDELT 2.0 Events, tab-separated, no line of names.
    Gdelt,
    /// PETRARCH-2's columns, tab-separated, no line of names.
    Petrarch,
    /// Phoenix' 26 columns, tab-separated, no line of names.
    Phoenix,
    /// ACLED's 31 columns, comma-separated: violence, protest and strategic developments alone.
    Acled,
}

impl To {
    /// The layout of the field that this is.
    pub(crate) const fn layout(self) -> Option<Layout> {
        match self {
            Self::Text | Self::Jsonl | Self::Csv | Self::Parquet => None,
            Self::Polecat => Some(Layout::Polecat),
            Self::Icews => Some(Layout::Icews),
            Self::Gdelt => Some(Layout::Gdelt),
            Self::Petrarch => Some(Layout::Petrarch),
            Self::Phoenix => Some(Layout::Phoenix),
            Self::Acled => Some(Layout::Acled),
        }
    }

    /// How the name of a file of it ends.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Jsonl => "jsonl",
            Self::Csv | Self::Acled => "csv",
            Self::Parquet => "parquet",
            Self::Polecat | Self::Icews | Self::Gdelt | Self::Petrarch | Self::Phoenix => "tsv",
        }
    }
}

impl Kind {
    /// As the library of layouts has it.
    pub(crate) const fn of_table(self) -> demarche_layouts::Kind {
        match self {
            Self::Event => demarche_layouts::Kind::Event,
            Self::Statement => demarche_layouts::Kind::Statement,
            Self::Initiative => demarche_layouts::Kind::Initiative,
        }
    }
}

/// How events with several actors or recipients are written.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Pairs {
    /// Write an event once for each pair of actor and recipient, with ids that end in .1, .2 and so on (docs/layouts.md).
    #[arg(long)]
    pub(crate) expand_dyads: bool,
}

impl Code {
    /// Whether the layout has the kind of record that is asked for.
    pub(crate) fn check_layout(&self) -> Result<(), Failure> {
        match self.to.layout() {
            Some(layout) if self.kind != Kind::Event => Err(Failure::EventsOnly { layout }),
            _ => Ok(()),
        }
    }
}
