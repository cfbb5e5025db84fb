//! One module a command.

mod actors;
mod code;
mod eval;
mod eval_places;
mod explain;
mod frames;
mod geoparse;
mod parse;
mod read;
mod schema;
mod shell;
mod version;

use crate::args::{Command, Eval, Frames};
use crate::failure::{Failure, Verdict};

/// Says which program, data and model this is.
pub(crate) fn version() -> Result<Verdict, Failure> {
    version::print()
}

/// Runs a command.
pub(crate) fn run(command: Command, quiet: bool) -> Result<Verdict, Failure> {
    match command {
        Command::Code(args) => code::run(&args, quiet),
        Command::Read(args) => read::run(&args, quiet),
        Command::Parse(args) => parse::run(&args, quiet),
        Command::Explain(args) => explain::run(&args, quiet),
        Command::Geoparse(args) => geoparse::run(&args, quiet),
        Command::Eval(Eval::Plv { file, errors, actors }) => eval::plv(&file, errors, &actors, quiet),
        Command::Eval(Eval::Attributions { file, part, errors, actors }) => {
            eval::attributions(&file, part.as_deref(), errors, &actors, quiet)
        }
        Command::Eval(Eval::Gold { file, texts, errors, actors, threads }) => {
            eval::gold(&file, &texts, errors, threads, &actors, quiet)
        }
        Command::Eval(Eval::Places { file, half, errors, threads }) => eval_places::run(&file, half, errors, threads),
        Command::Frames(Frames::Check) => frames::check(),
        Command::Actors(args) => actors::run(&args, quiet),
        Command::Schema => schema::print(),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { dir } => shell::man(dir.as_deref()),
    }
}
