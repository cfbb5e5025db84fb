//! `demarche manifest check`: what a manifest names beside what is here.

use std::collections::HashMap;
use std::path::Path;

use demarche::{Coder, document};
use demarche_dossier::{Digest, Dossier, Run};

use crate::args::{ActorFiles, CodingFiles, Command, Deciding, ManifestCheck, Reading, read_back};
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::manifest::{self, Line, Of, OutputLine, RunLine};
use crate::output::{Destination, plain};
use crate::provenance;

pub(super) fn run(args: &ManifestCheck, quiet: bool) -> Result<Verdict, Failure> {
    let mut lines = manifest::open(&args.file)?;
    let mut findings = Findings { destination: Destination::open(None)?, all_same: true };
    let console = Console::new(quiet, true);
    let first = lines.first()?;
    let command = compare_run(&first, &mut findings, &console)?;
    let mut known: HashMap<String, String> = HashMap::new();
    let folder = args.file.parent().unwrap_or(Path::new(""));
    let mut ended = false;
    while let Some(line) = lines.next_line()? {
        match line {
            Line::Run(run) => {
                compare_run(&run, &mut findings, &console)?;
            }
            Line::Input(input) => {
                if let (Some(document), Some(hash)) = (input.document, input.hash) {
                    known.insert(document, hash);
                }
            }
            Line::Output(output) => compare_output(&output, folder, &mut findings)?,
            Line::End { .. } => ended = true,
        }
    }
    if !ended {
        findings.tell("missing", "the end: the run was stopped, or the manifest was cut off")?;
    }
    if !args.inputs.is_empty() {
        compare_inputs(args, command.as_ref(), known, &mut findings, &console)?;
    }
    findings.destination.finish(true)?;
    Ok(Verdict::of(findings.all_same))
}

/// What was found, a line each.
struct Findings {
    destination: Destination,
    all_same: bool,
}

impl Findings {
    fn tell(&mut self, verdict: &'static str, what: &str) -> Result<(), Failure> {
        self.all_same &= verdict == "same";
        self.destination.write(format!("{verdict:<8} {}\n", plain(what)).as_bytes())
    }

    fn compare(&mut self, what: &str, theirs: &str, here: &str) -> Result<(), Failure> {
        if theirs == here {
            self.tell("same", &format!("{what} {theirs}"))
        } else {
            self.tell("differs", &format!("{what} {theirs}; here {here}"))
        }
    }
}

/// What a command that made records was told.
struct Choices<'a> {
    reading: &'a Reading,
    actors: &'a ActorFiles,
    coding: &'a CodingFiles,
    deciding: Deciding,
    all: bool,
}

fn choices(command: &Command) -> Option<Choices<'_>> {
    match command {
        Command::Code(code) => Some(Choices {
            reading: &code.reading,
            actors: &code.actors,
            coding: &code.coding,
            deciding: code.deciding,
            all: code.all,
        }),
        Command::Add(add) => Some(Choices {
            reading: &add.reading,
            actors: &add.actors,
            coding: &add.coding,
            deciding: add.deciding,
            all: add.all,
        }),
        _ => None,
    }
}

/// Compares what made the records with this program and the files here. Gives the command, if this program knows it.
fn compare_run(run: &RunLine, findings: &mut Findings, console: &Console) -> Result<Option<Command>, Failure> {
    findings.compare(
        "program",
        &format!("{} {}", run.program, run.version),
        concat!("demarche ", env!("CARGO_PKG_VERSION")),
    )?;
    for theirs in &run.dictionaries {
        match provenance::dictionary(&theirs.name) {
            Ok(here) => findings.compare(&format!("dictionary {}", theirs.name), &theirs.hash, &here.hash)?,
            Err(_) => findings.tell("missing", &format!("dictionary {} {}", theirs.name, theirs.hash))?,
        }
    }
    let command = read_back(&run.command);
    match command.as_ref().and_then(choices).map(|choices| here(&choices, &run.command, console)) {
        Some(Ok(here)) => {
            findings.compare("model", &run.model, &here.model)?;
            findings.compare("data", &run.data, &here.data)?;
        }
        // A dictionary that is missing has been told.
        Some(Err(_)) => findings.tell("missing", &format!("data {}: not all files are here", run.data))?,
        None => findings.tell("differs", &format!("command {}: this program has none such", run.command))?,
    }
    Ok(command)
}

/// The run that the same command would be here.
fn here(choices: &Choices<'_>, command: &str, console: &Console) -> Result<Run, Failure> {
    let files = choices.actors.read(console)?;
    let layers = choices.coding.read()?;
    let options = choices.deciding.options(choices.all);
    let coder = Coder::with(options)?.with_extensions(&layers)?.with_actors(&files)?;
    provenance::run(command.to_owned(), &coder, &files, &layers)
}

fn compare_output(output: &OutputLine, folder: &Path, findings: &mut Findings) -> Result<(), Failure> {
    let path = folder.join(&output.name);
    if !path.exists() {
        return findings.tell("missing", &format!("output {} {}", output.name, output.hash));
    }
    let here = match output.of {
        Of::Bytes => provenance::hash(&path)?.0,
        Of::Dossier => {
            let failure = Failure::dossier(&path);
            Dossier::open_read_only(&path).and_then(|dossier| dossier.digest()).map_err(failure)?
        }
    };
    findings.compare(&format!("output {}", output.name), &output.hash, &here.to_string())
}

/// Compares the inputs that are named with those of the manifest, read as they were then.
fn compare_inputs(
    args: &ManifestCheck,
    command: Option<&Command>,
    mut known: HashMap<String, String>,
    findings: &mut Findings,
    console: &Console,
) -> Result<(), Failure> {
    let options =
        command.and_then(choices).map_or_else(document::Options::default, |choices| choices.reading.options());
    let (all, mut same) = (known.len(), 0_u64);
    for document in batch::documents(document::discover(&args.inputs).inputs, options) {
        match document {
            Ok(document) => match known.remove(&document.id) {
                Some(theirs) if theirs == Digest(document.received.hash).to_string() => same += 1,
                Some(theirs) => {
                    let here = Digest(document.received.hash).to_string();
                    findings.compare(&format!("input {}", document.id), &theirs, &here)?;
                }
                // In another language, or not of these records.
                None => {}
            },
            Err(trouble) => console.failed(&trouble.message),
        }
    }
    let mut missing: Vec<_> = known.into_iter().collect();
    missing.sort();
    for (document, hash) in missing {
        findings.tell("missing", &format!("input {document} {hash}"))?;
    }
    if same > 0 || all == 0 {
        findings.tell("same", &format!("inputs: {same} of {all}"))?;
    }
    Ok(())
}
