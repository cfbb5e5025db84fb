//! Arguments of `demarche code` for large batches and for records that are published.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, ValueHint};

/// How a large batch is written, and what is left out of it.
#[derive(Debug, Args)]
pub(crate) struct Batches {
    /// Write in parts into the folder of --output, and go on where an earlier run of the same command was stopped
    /// (docs/batches.md).
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,
    /// With --resume: inputs of a part.
    #[arg(long, value_name = "N", default_value = "1000", requires = "resume")]
    pub(crate) part: NonZeroU64,
    /// Write JSON Lines without the words of the texts, to be put back by `demarche rehydrate`.
    #[arg(long)]
    pub(crate) no_text: bool,
    /// Write here which program, data, inputs and outputs these are, with their hashes (docs/replication.md).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "resume")]
    pub(crate) manifest: Option<PathBuf>,
}
