//! The command line as types, and the way from raw flags to the choices that the rest of the program sees.

mod actors;
mod batches;
mod coding;
mod command_line;
mod compare;
mod conditions;
mod dossier;
mod eval;
mod formats;
mod layouts;
mod questions;

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use demarche::CoderOptions;
use demarche::document::{self, BadRenaming, Discovered, FieldNames, Input};

use crate::failure::Failure;
pub(crate) use actors::{ActorFiles, Actors, By, Check, Lookup, Stats, StatsTo, Suggest, read};
pub(crate) use batches::Batches;
pub(crate) use coding::{CodingFiles, Frames, FramesCheck};
pub(crate) use command_line::read_back;
pub(crate) use compare::{Compare, CompareTable, CompareTo, Import};
pub(crate) use conditions::{Asked, Conditions};
pub(crate) use dossier::{Add, Manifest, ManifestCheck, ManifestCommand, Rehydrate, dossier};
pub(crate) use eval::{Eval, Half, Lines};
use formats::{DateOrder, Format, size};
pub(crate) use layouts::{Pairs, To};
pub(crate) use questions::{
    Asking, Codes, DyadCounts, Incident, Listing, Panel, PanelBy, Period, Positions, Process, Question, Search, Show,
    ShowTo, Sql, Story, TableTo, Timeline, Units,
};

/// Reads reports of diplomacy and conflict and keeps the record: who did or said what to whom, where, when, in whose words.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, propagate_version = true, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    /// No progress and no summary; failures are still named.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) colour: Colour,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  demarche code article.txt                        the record of an article, for reading
  demarche code --to jsonl -o records.jsonl news/  all articles of a folder, for programs
  demarche explain article.txt                     why each sentence gave a record, or none

Records alone go to standard output, everything else to standard error.
Exit codes: 0 all well, 1 some inputs failed, 2 nothing could be done.";

/// When to colour.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Colour {
    /// When to colour: on a terminal (unless `NO_COLOR` is set), always, or never.
    #[arg(long = "color", alias = "colour", value_name = "WHEN", global = true, default_value = "auto")]
    when: When,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// From here on all output follows the choice.
    pub(crate) fn apply(self) {
        match self.when {
            When::Auto => {}
            When::Always => anstream::ColorChoice::Always.write_global(),
            When::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Code(Code),
    Add(Add),
    Rehydrate(Rehydrate),
    Manifest(Manifest),
    Read(Read),
    Parse(Parse),
    Explain(Explain),
    Geoparse(Geoparse),
    #[command(flatten)]
    Question(Question),
    Import(Import),
    Compare(Compare),
    /// Score the coder against labelled sentences.
    #[command(subcommand)]
    Eval(Eval),
    /// The frames: which words name an act.
    #[command(subcommand)]
    Frames(Frames),
    /// Who is who: look names up, check and suggest tables of actors.
    #[command(subcommand)]
    Actors(Actors),
    /// Print the JSON Schema of a record.
    #[command(after_help = "Example:\n  demarche schema > record.schema.json")]
    Schema,
    /// Print the completions of a shell.
    #[command(
        after_help = "Example:\n  demarche completions bash > ~/.local/share/bash-completion/completions/demarche"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command.
    #[command(after_help = "Examples:\n  demarche man | man -l -\n  demarche man --dir ~/.local/share/man/man1")]
    Man {
        /// Write the pages of all commands into this folder.
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
}

/// Code articles: print their events, statements and initiatives.
///
/// Each record comes with the sentence it was made from. A document that cannot be read is named on standard error and the
/// rest goes on; one that is not in English is passed over.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche code article.txt
  demarche code --to jsonl news/ more.jsonl -o records.jsonl
  demarche code --relevant --to jsonl dump.jsonl > records.jsonl
  demarche code --to csv --kind statement --field text=body dump.csv.gz > statements.csv
  curl -s https://example.org/feed.xml | demarche code --format feed -
  demarche code --to icews --expand-dyads news/ > events.tsv
  demarche code --frames examples/water news/
  demarche code --to jsonl dump.jsonl -o out/ --resume
  curl -s https://example.org/report.html | demarche code --format html -")]
pub(crate) struct Code {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    #[command(flatten)]
    pub(crate) coding: CodingFiles,
    /// What to write: text for people, JSON Lines, a table of one kind of record, or events in a layout of the field.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: To,
    /// Which records a table holds.
    #[arg(long, value_name = "KIND", default_value = "event")]
    pub(crate) kind: Kind,
    #[command(flatten)]
    pub(crate) pairs: Pairs,
    /// Keep records of what is said not to have taken place (status `negated`).
    #[arg(long)]
    pub(crate) all: bool,
    /// Leave out documents whose genre is not of politics: sport, culture, markets, fiction, opinion, history and the like.
    #[arg(long)]
    pub(crate) relevant: bool,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
    #[command(flatten)]
    pub(crate) batches: Batches,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Show what each input is taken to be: title, date, dateline, language, genre, and the kind of every block.
///
/// One JSON object a document, before any language analysis.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche read page.html
  demarche read news/ | jq -r '[.document, .date, .genre, .title] | @tsv'")]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Parse text: sentences, words, lemmas, tags, trees, names and who says what, as CoNLL-U or JSON Lines.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche parse article.txt
  demarche parse --to jsonl article.txt
  demarche parse --pretokenized treebank.conllu > parsed.conllu")]
pub(crate) struct Parse {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    /// What to write: CoNLL-U, or one JSON object a document with its sentences and who says what.
    #[arg(long, value_name = "FORMAT", default_value = "conllu")]
    pub(crate) to: ParseTo,
    /// Inputs are CoNLL-U; only word numbers, forms and comments are read. Country names are left as they are.
    #[arg(long, conflicts_with_all = ["field", "format", "date_order", "to"])]
    pub(crate) pretokenized: bool,
    /// With --pretokenized: hide country names from the model, as is done for raw text.
    #[arg(long, requires = "pretokenized")]
    pub(crate) placeholders: bool,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Explain the coding: every sentence with its tree and mentions, why it gave each record, or why none.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche explain article.txt
  demarche explain --color always article.txt | less -R
  echo 'Norway urged Mali to withdraw.' | demarche explain")]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    #[command(flatten)]
    pub(crate) coding: CodingFiles,
    /// Keep records of what is said not to have taken place (status `negated`).
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Find the place names of documents and the places on the map that they stand for.
///
/// One line a name, resolved or not, with GeoNames id, coordinates and how sure it is. Names that nothing decides are left
/// unresolved. What stands beside a name, the other places of the document and its publisher's home decide together.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche geoparse article.txt
  demarche geoparse --to csv news/ > places.csv
  demarche geoparse --to geojson article.txt > map.geojson
  demarche geoparse --mentions mentions.jsonl articles.jsonl
  echo 'Rebels shelled Tripoli, Lebanon.' | demarche geoparse | jq '[.text, .lat, .lon]'")]
pub(crate) struct Geoparse {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// What to write: one JSON object a name, a table, or a `GeoJSON` map of the resolved names.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) to: GeoparseTo,
    /// Resolve these names and no others: JSON Lines of document (its id), start and end (bytes of its text).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) mentions: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Which documents to read, and how.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Files of text, HTML, JSON Lines, CSV, TSV, Parquet, RSS, Atom or WARC, each also as .gz or .zst, folders of them, or
    /// `-` for standard input.
    #[arg(value_name = "FILE|FOLDER|-", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Format of every input, uncompressed; otherwise told from its name or its first bytes.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// What a field of JSON Lines or a column of a table is called, as in text=body; may be given several times.
    #[arg(long, value_name = "OURS=THEIRS", value_parser = renaming)]
    field: Vec<String>,
    /// How to read dates such as 03/04/2023, which fail otherwise.
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,
    /// Longest document, in bytes or with K, M or G; a longer one fails.
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size)]
    pub(crate) max_bytes: u64,
    #[command(flatten)]
    threads: Threads,
}

/// What decides which records come out.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Deciding {
    /// Let frames alone decide: do not ask the trained classifier, which rejects, mends and adds events.
    #[arg(long)]
    frames_only: bool,
}

impl Deciding {
    /// The coder's choices, `all` keeping negated records too.
    pub(crate) fn options(self, all: bool) -> CoderOptions {
        CoderOptions { all, frames_only: self.frames_only }
    }
}

/// How many threads to use.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Threads {
    /// Threads to work with; the output is the same for any number [default: one a core].
    #[arg(long, value_name = "N", value_parser = number_of_threads)]
    threads: Option<NonZeroUsize>,
}

/// Where the output goes.
#[derive(Debug, Args)]
pub(crate) struct Writing {
    /// Write here instead of standard output; the file appears when it is complete.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ParseTo {
    Conllu,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GeoparseTo {
    Jsonl,
    Csv,
    Geojson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Event,
    Statement,
    Initiative,
}

impl Threads {
    /// The number asked for, else one a core.
    pub(crate) fn number(self) -> NonZeroUsize {
        self.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

impl Reading {
    /// The inputs named, or standard input where something comes in by a pipe.
    pub(crate) fn inputs(&self) -> Result<Discovered, Failure> {
        if !self.paths.is_empty() {
            return Ok(document::discover(&self.paths));
        }
        if std::io::stdin().is_terminal() {
            return Err(Failure::NoInput);
        }
        Ok(Discovered { inputs: vec![Ok(Input::Stdin)], left: Vec::new() })
    }

    /// How to read them.
    pub(crate) fn options(&self) -> document::Options {
        let mut fields = FieldNames::default();
        for renaming in &self.field {
            // Looked at while the arguments were parsed.
            let _ = fields.rename(renaming);
        }
        let (format, date_order) = (self.format.map(Into::into), self.date_order.map(Into::into));
        document::Options { max_bytes: self.max_bytes, fields, format, date_order }
    }

    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads.number()
    }
}

fn number_of_threads(written: &str) -> Result<NonZeroUsize, String> {
    written.parse().map_err(|_| "write a whole number from 1, as in --threads 4".to_owned())
}

fn renaming(written: &str) -> Result<String, BadRenaming> {
    FieldNames::default().rename(written).map(|()| written.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
