//! `demarche completions` and `demarche man`: what a packager installs beside the program.

use std::path::Path;

use clap::CommandFactory;

use crate::args::Cli;
use crate::failure::{Failure, Verdict};
use crate::output::Destination;

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "demarche", &mut script);
    print(&script)
}

pub(crate) fn man(dir: Option<&Path>) -> Result<Verdict, Failure> {
    if let Some(dir) = dir {
        let place = dir.display().to_string();
        std::fs::create_dir_all(dir).map_err(|cause| Failure::output(&place, &cause))?;
        clap_mangen::generate_to(Cli::command(), dir).map_err(|cause| Failure::output(&place, &cause))?;
        return Ok(Verdict::Fine);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|cause| Failure::output("standard output", &cause))?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Verdict, Failure> {
    let mut destination = Destination::open(None)?;
    destination.write(bytes)?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}
