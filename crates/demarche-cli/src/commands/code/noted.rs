//! `demarche code --manifest`: beside the records, what they were made of.

use std::num::NonZeroUsize;
use std::path::Path;

use demarche::Document;
use demarche_dossier::Run;

use crate::batch::{self, Item, Outcome, Trouble};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::manifest::{self, Fate, InputLine, Line, Of, OutputLine, RunLine};
use crate::output::Destination;
use crate::provenance;

/// Where the records and the manifest go.
pub(super) struct Files<'a> {
    pub(super) destination: Destination,
    /// The file of the records; none where they go to standard output, whose hash nobody can check.
    pub(super) output: Option<&'a Path>,
    pub(super) manifest: Destination,
}

pub(super) fn run(
    run: &Run,
    source: impl Iterator<Item = Result<Document, Trouble>> + Send + 'static,
    threads: NonZeroUsize,
    work: impl Fn(Document) -> Outcome + Send + Sync + 'static,
    files: Files<'_>,
    console: Console,
) -> Result<Verdict, Failure> {
    let Files { mut destination, output, mut manifest } = files;
    manifest.write(&manifest::line(&Line::Run(RunLine::of(run, None))))?;
    let mut inputs = 0;
    let tally = batch::each_item(source, threads, super::noting(work), &console, |item, tally| {
        let (bytes, line): (Vec<u8>, InputLine) = match item {
            Item::Made(made) => made,
            Item::Skipped(document) => (Vec::new(), InputLine::uncoded(Fate::Skipped, Some(document))),
            Item::Failed => (Vec::new(), InputLine::uncoded(Fate::Failed, None)),
        };
        inputs += 1;
        destination.write(&bytes).map_err(|failure| failure.after(tally))?;
        manifest.write(&manifest::line(&Line::Input(line)))
    })?;
    let any = tally.any_done();
    destination.finish(any).map_err(|failure| failure.after(&tally))?;
    if let Some(output) = output.filter(|output| any && output.is_file()) {
        let (hash, length) = provenance::hash(output)?;
        let line = OutputLine {
            name: super::name_of(output),
            of: Of::Bytes,
            hash: hash.to_string(),
            length: Some(length),
            part: None,
            inputs: None,
        };
        manifest.write(&manifest::line(&Line::Output(line)))?;
    }
    manifest.write(&manifest::line(&Line::End { inputs }))?;
    manifest.finish(any)?;
    let verdict = tally.verdict();
    console.finish(tally.summary());
    Ok(verdict)
}
