//! Arguments of `demarche actors`, and the files of actors that other commands read too.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use demarche::dictionary::{ActorFile, Content};

use super::{Reading, Writing};
use crate::console::Console;
use crate::failure::{Failure, words};

/// Files of a user's own that say who is who.
#[derive(Debug, Default, Args)]
pub(crate) struct ActorFiles {
    /// A dictionary or table of actors to read besides the built-in ones (docs/actors.md); may be given several times, and
    /// a later file overrides.
    #[arg(long = "actors", value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

impl ActorFiles {
    /// The files as named.
    pub(crate) fn named(&self) -> &[PathBuf] {
        &self.files
    }

    /// Reads the files. Lines of dictionaries that cannot be read are passed over, as the coders they are made for do, and
    /// counted; a fault in a table ends the command.
    pub(crate) fn read(&self, console: &Console) -> Result<Vec<ActorFile>, Failure> {
        let mut files = Vec::new();
        for path in &self.files {
            let file = read(path)?;
            if let Some(fault) = file.faults.first() {
                if matches!(file.content, Content::Tables(_)) {
                    return Err(Failure::ActorTable { fault: fault.clone(), more: file.faults.len() - 1 });
                }
                let name = &file.name;
                console.warned(format_args!(
                    "{name}: {} of the dictionary not as they should be, the first at line {}; `demarche actors check \
                     {name}` lists them",
                    crate::summary::count(file.faults.len() as u64, "line"),
                    fault.line
                ));
            }
            let waiting = file.waiting();
            if waiting > 0 {
                console.noted(format_args!(
                    "{}: {} passed over; write `sure` or `likely` for `suggested` once you have looked at them",
                    file.name,
                    crate::summary::count(waiting as u64, "suggested row")
                ));
            }
            files.push(file);
        }
        Ok(files)
    }
}

/// Reads one file.
pub(crate) fn read(path: &std::path::Path) -> Result<ActorFile, Failure> {
    let name = path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|cause| Failure::Unreadable { path: name.clone(), cause: words(&cause) })?;
    Ok(ActorFile::read(&name, &bytes)?)
}

fn day(written: &str) -> Result<jiff::civil::Date, String> {
    written.parse().map_err(|_| "write a day as year, month and day, as in 2003-06-01".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Actors {
    Lookup(Lookup),
    Check(Check),
    Stats(Stats),
    Suggest(Suggest),
}

/// Tell what names stand for: code, sectors, id, office and term.
///
/// One name a line: JSON Lines, or a table on a terminal.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche actors lookup 'Wang Yi' Hezbollah 'Turkish police'
  demarche actors lookup --on 2003-06-01 'Saddam Hussein'
  cut -f1 names.tsv | demarche actors lookup --actors mine.tsv > resolved.jsonl")]
pub(crate) struct Lookup {
    /// Names; without any, standard input is read, a name a line.
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// The day to ask for (YYYY-MM-DD); offices and groups are as of then.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<jiff::civil::Date>,
    /// Tell everything a name may stand for, the likeliest first, a line each.
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Check dictionaries and tables of actors: every fault with its line, what they hold, and whether names come out as they say.
///
/// Files are taken in the order given, as `--actors` takes them. Exit code 1 if there is a fault.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche actors check mine.tsv
  demarche actors check Phoenix.Countries.actors.txt Phoenix.agents.txt")]
pub(crate) struct Check {
    /// Actor, agent and discard dictionaries, or tables.
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// List at most N of each kind of line.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) most: usize,
}

/// Tell what the program knows: countries, persons, terms, organisations, groups, roles, places.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche actors stats
  demarche actors stats --by decade
  demarche actors stats --by country --to csv > coverage.csv")]
pub(crate) struct Stats {
    /// Count by this instead of in all.
    #[arg(long, value_name = "WHAT")]
    pub(crate) by: Option<By>,
    /// What to write: a table for people, CSV, or JSON Lines.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) to: StatsTo,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Suggest actors to add: the names that a collection uses most and no table holds, as rows to review and load.
///
/// Each name comes with the sentences it stands in, its likely country and what the texts say it does. Rows say `suggested`
/// and are not loaded until that word is changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche actors suggest news/ > suggested.tsv
  demarche actors suggest --least 5 --actors mine.tsv news/*.jsonl -o suggested.tsv")]
pub(crate) struct Suggest {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Leave out names that fewer documents use.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) least: u64,
    /// Suggest at most N names.
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub(crate) most: usize,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    Country,
    Decade,
    Kind,
    Sector,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsTo {
    Text,
    Csv,
    Jsonl,
}
