//! Longer checks, run by hand: `cargo run --release -p xtask -- --help`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // what it finds is for reading

mod bench;
mod coreference;
mod documents;
mod entities;
mod kill;
mod make_documents;
mod mentions;
mod peers;
mod prefilter;
mod questions;
mod raw;
mod re3d;
mod read;
#[path = "../../crates/demarche/tests/shown/mod.rs"]
mod shown;
mod speed;
#[path = "../../crates/demarche/tests/swap/mod.rs"]
mod swap;
mod swap_all;
mod treebank;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use demarche::CoderError;
use demarche::document::DocumentError;
use demarche::language::CoreferenceError;

/// Longer checks of demarche that are run by hand.
#[derive(Debug, Parser)]
#[command(name = "xtask", after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

const EXAMPLES: &str = "\
Examples (with --release: all of these run the model):
  cargo run --release -p xtask -- swap
  cargo run --release -p xtask -- treebank ../shared/data/treebanks/en_ewt-dev.conllu
  cargo run --release -p xtask -- treebank ../shared/data/ner/gmb-dev.conll.gz
  cargo run --release -p xtask -- raw ../shared/data/treebanks/en_ewt-dev.conllu
  cargo run --release -p xtask -- coreference ../shared/data/treebanks/en_gum-dev.conllu --genres news,interview
  cargo run --release -p xtask -- kill --folder killed
  cargo run --release -p xtask -- speed ../shared/data/texts/wikinews/geovirus.jsonl
  cargo run --release -p xtask -- prefilter ../shared/data/texts/wikinews/geovirus.jsonl
  cargo run --release -p xtask -- bench language --python VENV/bin/python
  cargo run --release -p xtask -- mentions --seed 7 --count 50 ../shared/data/texts/wikinews/geovirus.jsonl
  cargo run --release -p xtask -- make-documents --count 200000 -o made.jsonl ../shared/data/texts/reuters_leads.jsonl ../shared/data/texts/syria/re3d.jsonl
  cargo run --release -p xtask -- re3d ../shared/data/texts/syria/re3d.jsonl
  cargo run --release -p xtask -- read --seed 7 --count 10 ../shared/data/texts/syria/re3d.jsonl

Exit codes: 0 all well, 1 a check failed (countries that may not be swapped, threads or filters that differ, records lost), 2 it could not be run.";

#[derive(Debug, Subcommand)]
enum Task {
    /// Every pair of countries in every sentence of `data/test/swap_templates.txt` must give the same records.
    ///
    /// `cargo test` takes some of the pairs. Prints each sentence that differs with the lines that are missing (-) and those that
    /// came instead (+), then how many sentences differ for each country.
    Swap {
        /// Only templates that hold these words.
        #[arg(long, value_name = "TEXT", default_value = "")]
        only: String,
    },
    /// Score the parser on given words: LAS (relation subtypes count), UAS, UPOS, XPOS, features, lemmas (case counts).
    ///
    /// Files are CoNLL-U, or `word TAB tag TAB entity` lines (`.conll`) for entity F1 over exact spans; `.gz` is unpacked.
    Treebank {
        /// Files with the right answers.
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
        /// Only documents of GUM of this genre (`news`, `bio`, ...); may be given several times.
        #[arg(long, value_name = "GENRE")]
        genre: Vec<String>,
        /// Replace country names before parsing, as the coder does; without it the model reads the words as written.
        #[arg(long)]
        placeholders: bool,
    },
    /// Score the whole way from raw text, as the CoNLL 2018 shared task does: F1 of tokens, words, sentences, UPOS, lemmas, UAS, LAS.
    ///
    /// Words and sentences are the program's own, matched with the treebank's by their characters; relation subtypes do not
    /// count.
    Raw {
        /// CoNLL-U files; `.gz` is unpacked.
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
        /// Only documents of GUM of these genres (`news,bio,...`).
        #[arg(long, value_name = "GENRES", value_delimiter = ',')]
        genres: Vec<String>,
        /// Replace country names before parsing, as the coder does; without it the model reads the words as written.
        #[arg(long)]
        placeholders: bool,
    },
    /// Score chains on given words against GUM's: mentions, MUC, B3, CEAF-phi4 and their average.
    ///
    /// A mention is right over the same words only; chains of one mention are left out on both sides.
    Coreference(coreference::Arguments),
    /// Code documents on one thread and on several: documents, sentences, words, records a second, peak memory.
    ///
    /// Documents are read before the clock starts, so memory holds them all. Exits with 1 if the records of the two runs are
    /// not the same bytes.
    Speed {
        /// Files or folders, as `demarche code` takes them.
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
        /// Threads of the second run.
        #[arg(long, value_name = "N", default_value = "2")]
        threads: NonZeroUsize,
    },
    /// Code documents with every sentence read by the model and with only those that coding needs: records, sentences, seconds.
    ///
    /// Exits with 1 if the records are not the same bytes.
    Prefilter {
        /// Files or folders, as `demarche code` takes them.
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
    },
    /// Measure speed in detail.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Print what the classifier of events is asked, with each sentence as the encoder reads it: what it is trained on.
    Questions {
        /// Files or folders of documents.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Draw mentions of actors and print each as a JSON line with its sentence and what we make of it, for judging by hand.
    ///
    /// Drawn from: named persons, organisations, places and peoples, and noun phrases of role or pronouns that are subject,
    /// object or agent, whether or not we take them for an actor. Files as `demarche code` takes them, or `word TAB tag TAB
    /// entity` lines (`.conll`, `.conll.gz`), of which every sentence is a document.
    Mentions {
        /// Files to draw from; each gives the same number of mentions.
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
        /// Which draw; the same seed draws the same mentions.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// How many mentions.
        #[arg(long, value_name = "K", default_value_t = 200)]
        count: usize,
    },
    /// Make any number of short documents out of real texts, no two alike, the same for the same seed: for runs of size.
    ///
    /// Names of countries, surnames, numbers, months and days are exchanged; the other words are real.
    MakeDocuments {
        /// JSON Lines with texts to take sentences from.
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
        /// Which documents.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// How many.
        #[arg(long, value_name = "N", default_value_t = 200_000)]
        count: usize,
        /// File to write.
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
    /// Score actors and places against the entities of re3d: mentions found, and synonyms that reach one actor.
    Re3d {
        /// The file of re3d, JSON Lines with entities and relations.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// List what is missed.
        #[arg(long)]
        errors: bool,
    },
    /// Kill `demarche add` and `demarche code --resume` at random points and start them again: nothing may be lost or doubled.
    ///
    /// After each kill what was left must be whole; at the end it must be what an undisturbed run makes.
    Kill(kill::Arguments),
    /// Draw documents and print every sentence with its records, for judging by hand.
    Read {
        /// File or folder to draw from.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Which draw; the same seed draws the same documents.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        /// How many documents.
        #[arg(long, value_name = "K", default_value_t = 10)]
        count: usize,
        /// For triggers that gave no record, say why.
        #[arg(long)]
        why: bool,
    },
}

/// What is measured.
#[derive(Debug, Subcommand)]
enum Bench {
    /// The language analysis from raw text, one thread, with each instruction set of this processor: words a second, time
    /// of each stage, the encoder's matrix products as a share of what the processor can do at most; two threads
    /// beside one; other programs beside ours.
    ///
    /// The peers (benches/peers) are spaCy's small pipeline with untrained weights, and ONNX Runtime on our encoder. Times are
    /// the sum over documents of the quickest of several runs. Run it on a machine that does nothing else.
    Language {
        /// File or folder to read; without one the news of `../shared`, or the examples. May be given several times.
        #[arg(long, value_name = "FILE")]
        file: Vec<PathBuf>,
        /// A model file other than the one in the program.
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// About how many words to read, taken evenly from the documents.
        #[arg(long, value_name = "N", default_value_t = 20_000)]
        words: usize,
        /// Runs, of which the quickest counts.
        #[arg(long, value_name = "N", default_value_t = 5)]
        repeat: usize,
        /// Python with the packages of benches/peers/requirements.txt.
        #[arg(long, value_name = "PATH", default_value = "python3")]
        python: PathBuf,
    },
}

/// Why a task could not be run.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The coder could not be made.
    #[error(transparent)]
    Coder(#[from] CoderError),
    /// The language analysis could not be made ready.
    #[error("{0}")]
    Language(String),
    /// A coreference model could not be read.
    #[error(transparent)]
    Coreference(#[from] CoreferenceError),
    /// A document could not be read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A file of right answers could not be read.
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: std::io::Error },
    /// A file of right answers holds none.
    #[error("{path}: no sentence with {expected}; give CoNLL-U, or `.conll` with a word, a tag and an entity a line")]
    NoSentences { path: PathBuf, expected: &'static str },
    /// A line of a file is not what it should be.
    #[error("{path}, line {line}: {cause}")]
    Line { path: PathBuf, line: usize, cause: String },
    /// A dossier could not be read.
    #[error(transparent)]
    Dossier(#[from] demarche_dossier::DossierError),
    /// The program failed by itself.
    #[error("demarche {command}: {status}; run it by hand to see why")]
    Run { command: &'static str, status: std::process::ExitStatus },
    /// Records could not be written.
    #[error("a record could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Whether what was checked holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
}

fn main() -> ExitCode {
    let verdict = match Cli::parse().task {
        Task::Swap { only } => swap_all::run(&only),
        Task::Treebank { files, genre, placeholders } => treebank::run(&files, &genre, placeholders),
        Task::Raw { files, genres, placeholders } => raw::run(&files, &genres, placeholders),
        Task::Coreference(arguments) => coreference::run(&arguments),
        Task::Speed { files, threads } => speed::run(&files, threads),
        Task::Prefilter { files } => prefilter::run(&files),
        Task::Bench { what: Bench::Language { file, model, words, repeat, python } } => {
            bench::language(&bench::Options { files: file, model, words, repeat, python })
        }
        Task::Questions { files } => questions::run(&files),
        Task::Mentions { files, seed, count } => mentions::run(&files, seed, count),
        Task::MakeDocuments { files, seed, count, output } => {
            make_documents::run(&files, seed, count, &output).map(|()| Verdict::Holds)
        }
        Task::Re3d { file, errors } => re3d::run(&file, errors),
        Task::Kill(arguments) => kill::run(&arguments),
        Task::Read { file, seed, count, why } => read::run(&file, seed, count, why),
    };
    match verdict {
        Ok(Verdict::Holds) => ExitCode::SUCCESS,
        Ok(Verdict::Fails) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::from(2)
        }
    }
}
