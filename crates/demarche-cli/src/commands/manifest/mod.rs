//! `demarche manifest`: which versions and hashes records are of, and whether they are those here.

mod check;

use std::ops::ControlFlow;

use demarche_dossier::Dossier;

use crate::args::{Manifest, ManifestCommand};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::manifest::{Fate, InputLine, Line, Of, OutputLine, RunLine, line};
use crate::output::Destination;
use crate::summary::count;

pub(crate) fn run(args: &Manifest, quiet: bool) -> Result<Verdict, Failure> {
    match &args.check {
        Some(ManifestCommand::Check(args)) => check::run(args, quiet),
        None => of_dossier(args, quiet),
    }
}

/// The manifest of a dossier: its runs, its documents by id, and the hash of what it says.
fn of_dossier(args: &Manifest, quiet: bool) -> Result<Verdict, Failure> {
    let path = args.from()?;
    let failure = Failure::dossier(&path);
    let dossier = Dossier::open_read_only(&path).map_err(&failure)?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal());
    for run in dossier.runs().map_err(&failure)? {
        destination.write(&line(&Line::Run(RunLine::of(&run, None))))?;
    }
    let (mut inputs, mut written) = (0, Ok(()));
    let listed = dossier.holdings(|holding| {
        let input = InputLine {
            document: Some(holding.id),
            hash: Some(holding.hash.to_string()),
            run: holding.run,
            ..InputLine::uncoded(Fate::Coded, None)
        };
        inputs += 1;
        written = destination.write(&line(&Line::Input(input)));
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    listed.map_err(&failure)?;
    written?;
    let output = OutputLine {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        of: Of::Dossier,
        hash: dossier.digest().map_err(&failure)?.to_string(),
        length: None,
        part: None,
        inputs: None,
    };
    destination.write(&line(&Line::Output(output)))?;
    destination.write(&line(&Line::End { inputs }))?;
    destination.finish(true)?;
    console.finish(count(inputs, "document"));
    Ok(Verdict::Fine)
}
