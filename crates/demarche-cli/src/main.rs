//! The `demarche` command: reads articles, writes their record.
//!
//! A thin layer: arguments become choices (`args`), a command runs (`commands`), documents pass through a bounded queue in
//! their order (`batch`), and what was made goes to its place (`output`). Exit codes are a contract: `docs/exit-codes.md`.

mod args;
mod batch;
mod codes;
mod commands;
mod conllu;
mod console;
mod failure;
mod manifest;
mod output;
mod provenance;
mod queue;
mod summary;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

fn main() -> ExitCode {
    let outcome = match args::Cli::try_parse() {
        Ok(cli) => {
            cli.colour.apply();
            commands::run(cli.command, cli.quiet)
        }
        Err(other) if other.kind() == ErrorKind::DisplayVersion => commands::version(),
        Err(other) => other.exit(),
    };
    match outcome {
        Ok(verdict) => verdict.into(),
        Err(failure) => failure.report(),
    }
}
