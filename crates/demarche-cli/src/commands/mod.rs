//! One module a command.

mod actors;
mod add;
mod code;
mod compare;
mod dossier;
mod eval;
mod eval_genres;
mod eval_initiatives;
mod eval_places;
mod explain;
mod frames;
mod geoparse;
mod import;
mod manifest;
mod parse;
mod read;
mod rehydrate;
mod schema;
mod shell;
mod version;

pub(crate) use compare::CompareError;

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
        Command::Add(args) => add::run(&args, quiet),
        Command::Rehydrate(args) => rehydrate::run(&args, quiet),
        Command::Manifest(args) => manifest::run(&args, quiet),
        Command::Read(args) => read::run(&args, quiet),
        Command::Parse(args) => parse::run(&args, quiet),
        Command::Explain(args) => explain::run(&args, quiet),
        Command::Geoparse(args) => geoparse::run(&args, quiet),
        Command::Question(question) => dossier::run(&question, quiet),
        Command::Import(args) => import::run(&args, quiet),
        Command::Compare(args) => compare::run(&args, quiet),
        Command::Eval(Eval::Plv { file, errors, actors, coding, deciding }) => {
            let data = eval::Chosen { actors: &actors, coding: &coding, deciding };
            eval::plv(&file, errors, data, quiet)
        }
        Command::Eval(Eval::Attributions { file, part, errors, actors }) => {
            eval::attributions(&file, part.as_deref(), errors, &actors, quiet)
        }
        Command::Eval(Eval::Gold { file, texts, errors, reliability, actors, coding, deciding, threads }) => {
            let shown = eval::Shown { errors, reliability };
            let data = eval::Chosen { actors: &actors, coding: &coding, deciding };
            eval::gold(&file, &texts, shown, data, threads, quiet)
        }
        Command::Eval(Eval::Initiatives { file, lines, errors, actors, coding, deciding }) => {
            let data = eval::Chosen { actors: &actors, coding: &coding, deciding };
            eval_initiatives::run(&file, lines, errors, data, quiet)
        }
        Command::Eval(Eval::Places { file, half, errors, threads }) => eval_places::run(&file, half, errors, threads),
        Command::Eval(Eval::Genres { file, texts, part, errors }) => {
            eval_genres::run(&file, &texts, part.as_deref(), errors, quiet)
        }
        Command::Frames(Frames::Check(args)) => frames::check(&args),
        Command::Actors(args) => actors::run(&args, quiet),
        Command::Schema => schema::print(),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { dir } => shell::man(dir.as_deref()),
    }
}
