//! Arguments of `demarche eval`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum, ValueHint};

use super::{ActorFiles, CodingFiles, Deciding, Threads};

#[derive(Debug, Subcommand)]
pub(crate) enum Eval {
    /// Score events against the PLV sentences (Hu and others, ACL 2024).
    #[command(after_help = "Example:\n  demarche eval plv --errors 20 ../shared/data/events/plv_train.tsv")]
    Plv {
        /// Tab-separated file with the columns of the set.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// List the first N wrong sentences with the frame that decided.
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        #[command(flatten)]
        actors: ActorFiles,
        #[command(flatten)]
        coding: CodingFiles,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Score records against a reader's, made sentence by sentence.
    #[command(after_help = "\
Example:
  demarche eval gold tests/gold/first.jsonl --texts ../shared/data/texts/syria/re3d.jsonl \\
      ../shared/data/texts/wikinews/geovirus.jsonl")]
    Gold {
        /// Gold sentences, JSON Lines.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The documents that the sentences are from.
        #[arg(long, value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
        texts: Vec<PathBuf>,
        /// List the first N wrong and missed records.
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        /// Show how far the confidence of events tells the share that is right.
        #[arg(long)]
        reliability: bool,
        #[command(flatten)]
        actors: ActorFiles,
        #[command(flatten)]
        coding: CodingFiles,
        #[command(flatten)]
        deciding: Deciding,
        #[command(flatten)]
        threads: Threads,
    },
    /// Score who says what against a reader's attributions.
    #[command(after_help = "\
Example:
  demarche eval attributions --part dev --errors 20 tests/gold/attributions.jsonl")]
    Attributions {
        /// Passages with their attributions, JSON Lines.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Only passages of this part of the set, as in dev or test.
        #[arg(long, value_name = "PART")]
        part: Option<String>,
        /// List the first N differences.
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        #[command(flatten)]
        actors: ActorFiles,
    },
    /// Score the genres of documents against a reader's.
    #[command(after_help = "\
Example:
  python3 tests/gold/genre_texts.py > texts.jsonl
  demarche eval genres --part report --errors 20 tests/gold/genres.jsonl --texts texts.jsonl")]
    Genres {
        /// Documents and their genres, JSON Lines.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The documents themselves.
        #[arg(long, value_name = "FILE", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
        texts: Vec<PathBuf>,
        /// Only documents of this part of the set, as in dev or report.
        #[arg(long, value_name = "PART")]
        part: Option<String>,
        /// List the first N differences.
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
    },
    /// Score initiatives against a reader's: mediations, talks, truces, plans across the sentences of a report.
    #[command(after_help = "\
Example:
  demarche eval initiatives --lines even --errors 20 tests/gold/initiatives.jsonl")]
    Initiatives {
        /// Reports with their initiatives, JSON Lines.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Only the lines of even number, on which the words were made, or only those of odd number, which are not read.
        #[arg(long, value_name = "LINES")]
        lines: Option<Lines>,
        /// List the first N differences.
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        #[command(flatten)]
        actors: ActorFiles,
        #[command(flatten)]
        coding: CodingFiles,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Score resolved places against points that a reader gave.
    #[command(after_help = "\
Example:
  demarche eval places --half tune --errors 20 ../shared/data/texts/wikinews/geovirus.jsonl")]
    Places {
        /// Texts with the places in them, JSON Lines: id, text, locations with name, start, end (characters), lat, lon.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Only the first half of the texts, by which the resolution was tuned, or only the rest, on which it is reported.
        #[arg(long, value_name = "HALF")]
        half: Option<Half>,
        /// List the first N errors.
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        #[command(flatten)]
        threads: Threads,
    },
}

/// Lines of a set, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lines {
    Even,
    Odd,
}

/// Half of a set of texts, in the order of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Half {
    Tune,
    Report,
}
