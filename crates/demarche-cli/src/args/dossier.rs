//! Arguments of the commands that fill a dossier, put words back, and tell what records were made of.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use demarche::document::{self, Discovered};
use demarche_dossier::Keep;

use super::{ActorFiles, CodingFiles, Deciding, Reading, Writing};
use crate::failure::Failure;

/// Names the dossier where no flag does.
const DOSSIER: &str = "DEMARCHE_DOSSIER";

/// The dossier named by `flag`, else by the environment.
pub(crate) fn dossier(given: Option<&Path>, flag: &'static str) -> Result<PathBuf, Failure> {
    let named = given.map(Path::to_owned).or_else(|| std::env::var_os(DOSSIER).map(PathBuf::from));
    named.filter(|path| !path.as_os_str().is_empty()).ok_or(Failure::NoDossier { flag, variable: DOSSIER })
}

/// Code articles into a dossier: one file that keeps their records and answers questions about them.
///
/// A document that is there already, byte for byte, is passed over before it is coded, so that a folder can be added again and
/// again; a corrected version takes the place of the earlier one. A run that is stopped loses nothing that was finished: the
/// same command goes on. At the end near copies are joined to stories and reports of one happening to incidents.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche add news/ --to watch.db
  demarche add --relevant --actors mine.tsv dump.jsonl --to watch.db
  demarche add --no-text licensed/ --to watch.db
  demarche add --recode news/ --to watch.db
  export DEMARCHE_DOSSIER=watch.db; demarche add news/")]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// The dossier; made if there is none [default: that of the environment variable `DEMARCHE_DOSSIER`].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    to: Option<PathBuf>,
    /// How much of the texts it keeps: their sentences, an index to search them by, or nothing but where they stand.
    #[arg(long, value_name = "WHAT", default_value = "text")]
    keep: KeepText,
    /// Keep nothing of the texts, as with `--keep spans`; `demarche rehydrate` puts them back.
    #[arg(long, conflicts_with = "keep")]
    no_text: bool,
    /// Code documents again that another program, other data or other options have coded.
    #[arg(long)]
    pub(crate) recode: bool,
    #[command(flatten)]
    pub(crate) actors: ActorFiles,
    #[command(flatten)]
    pub(crate) coding: CodingFiles,
    /// Keep records of what is said not to have taken place (status `negated`).
    #[arg(long)]
    pub(crate) all: bool,
    /// Leave out documents whose genre is not of politics: sport, culture, markets, fiction, opinion, history and the like.
    #[arg(long)]
    pub(crate) relevant: bool,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
    #[command(flatten)]
    waiting: Waiting,
    /// Documents written at once; otherwise as many as come in a second or fill 20,000 rows.
    #[arg(long, value_name = "N", hide = true)]
    pub(crate) batch: Option<NonZeroUsize>,
}

impl Add {
    /// The dossier to write.
    pub(crate) fn to(&self) -> Result<PathBuf, Failure> {
        dossier(self.to.as_deref(), "--to")
    }

    /// How much of the texts to keep.
    pub(crate) fn keep(&self) -> Keep {
        match self.keep {
            _ if self.no_text => Keep::Spans,
            KeepText::Text => Keep::Text,
            KeepText::Index => Keep::Index,
            KeepText::Spans => Keep::Spans,
        }
    }

    pub(crate) fn patience(&self) -> Duration {
        self.waiting.patience()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KeepText {
    Text,
    Index,
    Spans,
}

/// How long to wait for others.
#[derive(Clone, Copy, Debug, Args)]
struct Waiting {
    /// Seconds to wait for another process that is writing to the dossier.
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    wait: u32,
}

impl Waiting {
    fn patience(self) -> Duration {
        Duration::from_secs(self.wait.into())
    }
}

/// Put the words back into records that were written without them, from the texts, checked by their hashes.
///
/// What comes out is byte for byte what `demarche code --to jsonl` would have written. Records whose text is not given, or is
/// another version, are left as they are and named; the exit code is then 1.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche code --to jsonl --no-text news/ -o records.jsonl     to be published
  demarche rehydrate records.jsonl news/ -o whole.jsonl         by whoever has the texts
  demarche rehydrate --in watch.db news/")]
pub(crate) struct Rehydrate {
    /// Records as JSON Lines; with --in the first of the texts.
    #[arg(value_name = "RECORDS", value_hint = ValueHint::FilePath)]
    records: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Put the words of the texts back into this dossier.
    #[arg(long = "in", value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "output")]
    pub(crate) dossier: Option<PathBuf>,
    #[command(flatten)]
    waiting: Waiting,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

impl Rehydrate {
    /// The file of records.
    pub(crate) fn records(&self) -> Result<&Path, Failure> {
        self.records.as_deref().ok_or(Failure::NoRecords)
    }

    /// The texts for a file of records.
    pub(crate) fn texts(&self) -> Result<Discovered, Failure> {
        self.reading.inputs()
    }

    /// The texts for a dossier: there is no file of records before them.
    pub(crate) fn texts_alone(&self) -> Result<Discovered, Failure> {
        let Some(first) = &self.records else { return self.reading.inputs() };
        let paths: Vec<PathBuf> = std::iter::once(first).chain(&self.reading.paths).cloned().collect();
        Ok(document::discover(&paths))
    }

    pub(crate) fn patience(&self) -> Duration {
        self.waiting.patience()
    }
}

/// Tell which program, data, inputs and outputs records are of, or check that those here are the same.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  demarche manifest --from watch.db -o watch.manifest.jsonl
  demarche code --to jsonl news/ -o records.jsonl --manifest records.manifest.jsonl
  demarche manifest check records.manifest.jsonl news/"
)]
pub(crate) struct Manifest {
    #[command(subcommand)]
    pub(crate) check: Option<ManifestCommand>,
    /// The dossier [default: that of the environment variable `DEMARCHE_DOSSIER`].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    from: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

impl Manifest {
    /// The dossier to tell of.
    pub(crate) fn from(&self) -> Result<PathBuf, Failure> {
        dossier(self.from.as_deref(), "--from")
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ManifestCommand {
    Check(ManifestCheck),
}

/// Compare a manifest with what is here: program, model, data, dictionaries, outputs beside the manifest, and inputs that are named.
///
/// One line each, beginning with `same`, `differs` or `missing`. Exit code 1 unless all is the same.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche manifest check records.manifest.jsonl
  demarche manifest check out/manifest.jsonl news/ more.jsonl")]
pub(crate) struct ManifestCheck {
    /// The manifest.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The inputs, to be compared with those of the manifest; the manifest knows how they were read.
    #[arg(value_name = "FILE|FOLDER|-", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,
}
