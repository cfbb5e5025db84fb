//! Arguments of the questions that a dossier answers.

use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use demarche::record::Code;

use super::conditions::{Asked, Conditions, Events, Initiatives, Statements};
use super::dossier::dossier;
use super::{Pairs, To, Writing};
use crate::codes;
use crate::failure::Failure;

/// What may be asked of a dossier.
#[derive(Debug, Subcommand)]
pub(crate) enum Question {
    /// List events of a dossier: who did what to whom, where and when, in whose words.
    ///
    /// By date, then by id. Text is for people, two lines an event; JSON Lines and CSV are the records as `code` writes them.
    #[command(after_help = "\
Examples:
  demarche events --from watch.db --actor CHN --recipient PSE --type SUPPORT --since 2023-10 --place Gaza
  demarche events --actor 'RUS MIL' --min-confidence 0.7 --to jsonl > events.jsonl
  demarche events --since 2024 --to polecat -o events.tsv
  demarche events --type ASSAULT,COERCE --until 2024 --count")]
    Events(Listing<Events>),
    /// List statements of a dossier: who said what, to whom, on which issue, for or against.
    ///
    /// By date, then by id. Text is for people, two lines a statement; JSON Lines and CSV are the records as `code` writes them.
    #[command(after_help = "\
Examples:
  demarche statements --from watch.db --issue ceasefire --stance against
  demarche statements --actor 'USA GOV' --act condemn,concern --since 2024 --to csv -o statements.csv")]
    Statements(Listing<Statements>),
    /// List initiatives of a dossier: mediations, negotiations, ceasefires, plans, with their stages.
    ///
    /// By the date of the first stage, then by id. Text is for people: what several reports tell of one process is one, with its
    /// history. JSON Lines and CSV are the records as `code` writes them, one a report.
    #[command(after_help = "\
Examples:
  demarche initiatives --from watch.db --kind mediation,ceasefire --since 2023-10
  demarche initiatives --actor QAT --stage agreed --to jsonl")]
    Initiatives(Listing<Initiatives>),
    Positions(Positions),
    Timeline(Timeline),
    Panel(Panel),
    Dyads(DyadCounts),
    Story(Story),
    Incident(Incident),
    Process(Process),
    Show(Show),
    Search(Search),
    Sql(Sql),
}

/// The dossier to ask.
#[derive(Debug, Args)]
pub(crate) struct Asking {
    /// The dossier to ask [default: that of the environment variable `DEMARCHE_DOSSIER`].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    from: Option<PathBuf>,
}

impl Asking {
    /// Its path.
    pub(crate) fn path(&self) -> Result<PathBuf, Failure> {
        dossier(self.from.as_deref(), "--from")
    }
}

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableTo {
    Text,
    Csv,
    Jsonl,
    Parquet,
}

/// Records by filter.
#[derive(Debug, Args)]
pub(crate) struct Listing<K: Asked> {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) conditions: Conditions<K>,
    /// Give at most N, the first by date.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
    /// Give their number alone.
    #[arg(long, conflicts_with_all = ["limit", "to"])]
    pub(crate) count: bool,
    /// What to write.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: To,
    #[command(flatten)]
    pub(crate) pairs: Pairs,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Tell who stands where on an issue: each party's statements by date, and where it moved from one side to the other.
///
/// A party is a country's sector, or a name that has no country. It has moved when a statement is for what its last one that
/// took sides was against, or the reverse.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche positions --from watch.db --issue ceasefire
  demarche positions --issue ceasefire --actor USA,RUS --since 2023-10 --moves
  demarche positions --issue sanctions --to csv > positions.csv")]
pub(crate) struct Positions {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) conditions: Conditions<Statements>,
    /// Only statements in which a party moved to the other side.
    #[arg(long)]
    pub(crate) moves: bool,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Count events over time, of a pair of countries or of a filter, and how friendly they are.
///
/// Every period from the first to the last is there, with zeros. The mean score is PLOVER's, -10 to 10. Events whose date is
/// not exact enough for the periods are counted beside.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche timeline --from watch.db --pair CHN RUS --by month
  demarche timeline --type ASSAULT --place SYR --by year --to csv
  demarche timeline --pair ISR PSE --by week --since 2023-10 --svg timeline.svg")]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) conditions: Conditions<Events>,
    /// Two countries: what one does to the other, either way, and what both do together.
    #[arg(long, value_names = ["COUNTRY", "COUNTRY"], num_args = 2, value_parser = Country, hide_possible_values = true)]
    pub(crate) pair: Option<Vec<Code>>,
    /// What to count by; weeks are those of ISO 8601.
    #[arg(long, value_name = "PERIOD", default_value = "month")]
    pub(crate) by: Period,
    /// Draw a picture into this file too.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) svg: Option<PathBuf>,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// What a timeline counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Period {
    Day,
    Week,
    Month,
    Year,
}

/// Make a panel for a regression: every unit in every month, with explicit zeros.
///
/// Months run from --since, or the first event, to --until, or the last one. Events whose date is not exact enough for a month
/// are in no row; their number is told on standard error.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche panel --from watch.db --by dyad-month --codes cow > dyads.csv
  demarche panel --by country-month --units all --since 2010 --until 2020 --to parquet -o panel.parquet
  demarche panel --by dyad-month --units USA,CHN,RUS --type CONSULT,AGREE --to csv")]
pub(crate) struct Panel {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) conditions: Conditions<Events>,
    /// What a row is about: a country towards another in a month, or a country as actor in a month.
    #[arg(long, value_name = "UNIT")]
    pub(crate) by: PanelBy,
    /// How countries are written: ISO 3166-1 alpha-3, or numbers of the Correlates of War or of Gleditsch and Ward.
    #[arg(long, value_name = "CODES", default_value = "iso")]
    pub(crate) codes: Codes,
    /// Which units have rows: all countries that the codes have, those seen in any month, or a list as in USA,CHN,RUS.
    #[arg(long, value_name = "all|seen|LIST", default_value = "seen", value_parser = units)]
    pub(crate) units: Units,
    /// What to write [default: text on a terminal, CSV elsewhere].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: Option<TableTo>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// What a panel's row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelBy {
    DyadMonth,
    CountryMonth,
}

/// How countries are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Codes {
    Iso,
    Cow,
    Gw,
}

/// Which units a panel has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Units {
    All,
    Seen,
    These(Vec<Code>),
}

fn units(written: &str) -> Result<Units, String> {
    match written {
        "all" => Ok(Units::All),
        "seen" => Ok(Units::Seen),
        list => list.split(',').map(|code| country(code.trim())).collect::<Result<_, _>>().map(Units::These),
    }
}

fn country(written: &str) -> Result<Code, String> {
    let known = |code: &Code| code.is_international() || codes::countries().iter().any(|known| known == code.as_str());
    Code::parse(written)
        .ok()
        .filter(known)
        .ok_or_else(|| format!("`{written}` is no country; write ISO 3166-1 alpha-3 codes, as in CHN"))
}

/// Reads a country's code, and offers them all to the completion.
#[derive(Clone)]
struct Country;

impl TypedValueParser for Country {
    type Value = Code;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Code, clap::Error> {
        StringValueParser::new().try_map(|written| country(&written)).parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(codes::countries().into_iter().map(PossibleValue::new)))
    }
}

/// Count events by pair of countries, the busiest pair first.
///
/// Each actor's country towards each recipient's; those who do something together, without a recipient, are a pair both ways.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche dyads --from watch.db --since 2024 --limit 20
  demarche dyads --type ASSAULT --to csv > dyads.csv")]
pub(crate) struct DyadCounts {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) conditions: Conditions<Events>,
    /// Give at most N pairs.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// List the documents that tell the same story as one: near copies, the first published first.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  demarche story --from watch.db wire-3")]
pub(crate) struct Story {
    /// Id of a document, or of one of its records.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// List the reports of one happening: who reports it, with which figures, and what is disputed.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  demarche incident --from watch.db 'wire-3#e3'")]
pub(crate) struct Incident {
    /// Id of one of its events.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Tell how an initiative went, as all reports tell it: every stage with its day, by whom, and who reports it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  demarche process --from watch.db 'wire-3#i1'")]
pub(crate) struct Process {
    /// Id of one of its initiatives.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Show a record on its text: the words that each field rests on, why it was made, and who else reports it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche show --from watch.db 'wire-3#e3'
  demarche show 'wire-3#s1' --to jsonl")]
pub(crate) struct Show {
    /// Id of an event, statement or initiative.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// What to write: text for people, or the record as JSON.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: ShowTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// What a single record is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowTo {
    Text,
    Jsonl,
}

/// Find sentences by their words, the most telling first.
///
/// All words must be there; words in quotation marks stand next to each other, and a word with `*` at its end is the beginning of
/// one. Case and accents do not matter.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche search --from watch.db grain corridor
  demarche search '\"prisoner exchange\"' 'mediat*' --limit 20")]
pub(crate) struct Search {
    /// Words.
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Give at most N sentences.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Ask a dossier in SQL: one SELECT, which can neither write nor reach another file.
///
/// The tables are described in docs/dossier.md.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche sql --from watch.db 'SELECT event_type, count(*) AS n FROM events GROUP BY 1 ORDER BY 2 DESC'
  demarche sql --to parquet -o pairs.parquet - < query.sql")]
pub(crate) struct Sql {
    /// The SELECT, or `-` to read it from standard input.
    #[arg(value_name = "SELECT")]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// What to write: text for people (in a pipe too), CSV, JSON Lines, or Parquet.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: TableTo,
    #[command(flatten)]
    pub(crate) writing: Writing,
}
