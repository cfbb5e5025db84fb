//! One module a command.

mod code;
mod eval;
mod explain;
mod frames;
mod parse;
mod read;
mod schema;
mod shell;

use crate::args::{Command, Eval, Frames};
use crate::failure::{Failure, Verdict};

/// Runs a command.
pub(crate) fn run(command: Command, quiet: bool) -> Result<Verdict, Failure> {
    match command {
        Command::Code(args) => code::run(&args, quiet),
        Command::Read(args) => read::run(&args, quiet),
        Command::Parse(args) => parse::run(&args, quiet),
        Command::Explain(args) => explain::run(&args, quiet),
        Command::Eval(Eval::Plv { file, errors }) => eval::plv(&file, errors),
        Command::Eval(Eval::Attributions { file, part, errors }) => eval::attributions(&file, part.as_deref(), errors),
        Command::Eval(Eval::Gold { file, texts, errors, threads }) => eval::gold(&file, &texts, errors, threads, quiet),
        Command::Frames(Frames::Check) => frames::check(),
        Command::Schema => schema::print(),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { dir } => shell::man(dir.as_deref()),
    }
}
