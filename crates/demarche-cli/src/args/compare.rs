//! Arguments of `demarche import` and `demarche compare`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use demarche_dossier::{Of, Panel};
use demarche_layouts::DataSet;
use jiff::civil::Date;

use super::Writing;

/// Bring files of another data set into a dossier, for questions and for comparison.
///
/// Every row becomes an event whose evidence is its bytes in the file. Rows with surplus tabs are mended where only one way
/// fits; repeated lines of names are passed over; a row that cannot be read is named, and the rest goes on. Importing a file
/// again changes nothing; a newer file of the same name takes the place of the older one. Imported events are never joined
/// with others to incidents; their publisher is the data set.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche import icews events.2014.tsv.gz --to watch.db
  demarche import gdelt 202310*.export.CSV --to watch.db
  demarche import ged GEDEvent.csv --to watch.db && demarche compare watch.db 'watch.db:UCDP GED'

Files may be packed with gzip or Zstandard. Without --to, the dossier is that of the environment variable DEMARCHE_DOSSIER.")]
pub(crate) struct Import {
    /// The data set that the files are of.
    #[arg(value_name = "DATA SET")]
    pub(crate) set: DataSetName,
    /// Files of it.
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// The dossier; it is made if there is none.
    #[arg(long, value_name = "DOSSIER", value_hint = ValueHint::FilePath)]
    pub(crate) to: Option<PathBuf>,
    /// Also take over again what is there already, byte for byte, if another version of the program did it.
    #[arg(long)]
    pub(crate) recode: bool,
}

/// A data set whose files can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataSetName {
    /// POLECAT, tab-separated.
    Polecat,
    /// ICEWS, tab-separated.
    Icews,
    /// GDELT events, 2.0 or 1.0.
    Gdelt,
    /// PETRARCH, PETRARCH-2 or `UniversalPetrarch`.
    Petrarch,
    /// UCDP GED, comma-separated.
    Ged,
}

impl From<DataSetName> for DataSet {
    fn from(name: DataSetName) -> Self {
        match name {
            DataSetName::Polecat => Self::Polecat,
            DataSetName::Icews => Self::Icews,
            DataSetName::Gdelt => Self::Gdelt,
            DataSetName::Petrarch => Self::Petrarch,
            DataSetName::Ged => Self::Ged,
        }
    }
}

/// Compare two sources: where they agree, by pairs of countries and months, and where most they do not.
///
/// A source is a dossier (`watch.db`: what was coded, without imports), a publisher or data set in one (`watch.db:icews`), a
/// file of a data set (`gdelt:20231007.export.CSV`), or, with --from, a publisher, a data set or `coded` in that dossier.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche compare watch.db watch.db:icews
  demarche compare --from watch.db coded gdelt --by country-month
  demarche compare polecat:2023.tsv icews:2023.tab --of event --since 2023-03 --until 2023-06
  demarche compare watch.db watch.db:gdelt --to csv --table cells > cells.csv

What is counted, and what agreement means: docs/compare.md.")]
pub(crate) struct Compare {
    /// The one source.
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The other.
    #[arg(value_name = "B")]
    pub(crate) b: String,
    /// A dossier that both are sources of.
    #[arg(long, value_name = "DOSSIER", value_hint = ValueHint::FilePath)]
    pub(crate) from: Option<PathBuf>,
    /// What a row is about: a country towards another, or a country.
    #[arg(long, value_name = "UNIT", default_value = "dyad-month")]
    pub(crate) by: CompareBy,
    /// What events are told apart by.
    #[arg(long, value_name = "CLASS", default_value = "quad")]
    pub(crate) of: CompareOf,
    /// First month, or a day in it.
    #[arg(long, value_name = "MONTH", value_parser = first_day)]
    pub(crate) since: Option<Date>,
    /// Last month, or a day in it.
    #[arg(long, value_name = "MONTH", value_parser = first_day)]
    pub(crate) until: Option<Date>,
    /// What to write.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: CompareTo,
    /// Which table, where the format holds one: how far they agree, or all cells, those that differ most first.
    #[arg(long, value_name = "TABLE", default_value = "agreement")]
    pub(crate) table: CompareTable,
    /// How many of the cells that differ most are shown as text.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) most: usize,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareBy {
    DyadMonth,
    CountryMonth,
}

impl From<CompareBy> for Panel {
    fn from(by: CompareBy) -> Self {
        match by {
            CompareBy::DyadMonth => Self::DyadMonth,
            CompareBy::CountryMonth => Self::CountryMonth,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareOf {
    /// The four quad classes.
    Quad,
    /// Event types.
    Event,
}

impl From<CompareOf> for Of {
    fn from(of: CompareOf) -> Self {
        match of {
            CompareOf::Quad => Self::Quad,
            CompareOf::Event => Self::Event,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareTo {
    Text,
    Csv,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareTable {
    Agreement,
    Cells,
}

/// `2023-10` or `2023-10-07`.
fn first_day(written: &str) -> Result<Date, String> {
    let day = if written.len() == 7 { format!("{written}-01") } else { written.to_owned() };
    day.parse().map_err(|_| "write a month or a day, as in 2023-10 or 2023-10-07".to_owned())
}
