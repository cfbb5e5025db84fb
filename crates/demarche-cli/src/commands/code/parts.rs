//! `demarche code --resume`: a large batch in parts, each of which is there whole or not at all, with a manifest of what is
//! finished. A run that was stopped goes on behind the last whole part; the bytes are those of a run that was not.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use demarche::Document;
use demarche_dossier::{Digest, Run};
use demarche_layouts::Kind;

use super::past::{Passing, Step};
use crate::args::{Code, To};
use crate::batch::{self, Item, Outcome, Trouble};
use crate::console::Console;
use crate::failure::{Failure, Verdict, words};
use crate::manifest::{self, Fate, InputLine, Line, Of, OutputLine, Reader, RunLine};
use crate::output::{Form, INTERRUPTED, parquet, part};
use crate::summary::Counts;

/// The manifest's name in the folder.
const MANIFEST: &str = "manifest.jsonl";

pub(super) fn run(
    args: &Code,
    form: &Form,
    folder: &Path,
    run: &Run,
    source: impl Iterator<Item = Result<Document, Trouble>> + Send + 'static,
    work: impl Fn(Document) -> Outcome + Send + Sync + 'static,
    console: Console,
) -> Result<Verdict, Failure> {
    // What is finished stays; what is not leaves at most a file that the next run takes away.
    let _ = ctrlc::set_handler(|| std::process::exit(INTERRUPTED));
    let head = RunLine::of(run, Some(args.batches.part.get()));
    let mut parts = Parts::open(folder, &head)?;
    if parts.number == 0 {
        parts.bytes = form.header();
    }
    parts.ending = args.to.ending();
    parts.table = (args.to == To::Parquet).then(|| args.kind.of_table());
    let source = Passing { source, past: parts.past()?, path: parts.path(), ended: parts.ended };
    let work = super::noting(work);
    let work = move |step| match step {
        Step::Past(line) => Outcome::Made(Ok(None), line.counts()),
        Step::Fresh(document) => match work(*document) {
            Outcome::Made(made, counts) => Outcome::Made(Ok(Some(made)), counts),
            Outcome::Skipped { document, language } => Outcome::Skipped { document, language },
            Outcome::Failed(trouble) => Outcome::Failed(trouble),
        },
        Step::Changed(failure) => Outcome::Made(Err(failure), Counts::default()),
    };
    let tally = batch::each_item(source, args.reading.threads(), work, &console, |item, _| match item {
        Item::Made(Ok(None)) => {
            parts.passed += 1;
            Ok(())
        }
        Item::Made(Ok(Some((bytes, line)))) => parts.take(&bytes, line),
        Item::Made(Err(failure)) => Err(failure),
        Item::Skipped(document) => parts.take(&[], InputLine::uncoded(Fate::Skipped, Some(document))),
        Item::Failed => parts.take(&[], InputLine::uncoded(Fate::Failed, None)),
    })?;
    parts.end()?;
    let verdict = tally.verdict();
    console.finish(tally.summary());
    Ok(verdict)
}

/// The folder of a batch.
struct Parts {
    folder: PathBuf,
    ending: &'static str,
    /// Open for writing at its end, and locked.
    manifest: File,
    /// Bytes of its first line, and of all that is finished.
    finished: (u64, u64),
    /// Inputs of whole parts that an earlier run has finished, and those of them that have been seen again.
    done: u64,
    passed: u64,
    ended: bool,
    /// Inputs of a part.
    size: u64,
    /// Number of the last whole part.
    number: u64,
    /// Where each part is a Parquet file of its own.
    table: Option<Kind>,
    /// The part that is being made.
    bytes: Vec<u8>,
    inputs: Vec<InputLine>,
}

impl Parts {
    /// Opens the folder, or makes it; what an earlier run left unfinished is taken away.
    fn open(folder: &Path, head: &RunLine) -> Result<Self, Failure> {
        let unwritable = |cause: io::Error| Failure::output(&folder.display().to_string(), &cause);
        if !folder.is_dir() {
            fs::create_dir(folder).map_err(unwritable)?;
        }
        let path = folder.join(MANIFEST);
        let options = OpenOptions::new().read(true).append(true).create(true).clone();
        let mut manifest = options.open(&path).map_err(unwritable)?;
        // Some file systems cannot lock; then nobody else can either.
        if let Err(TryLockError::WouldBlock) = manifest.try_lock() {
            return Err(Failure::FolderInUse { path: folder.display().to_string() });
        }
        let mut parts = Self {
            folder: folder.to_owned(),
            ending: "",
            table: None,
            finished: (0, 0),
            done: 0,
            passed: 0,
            ended: false,
            size: head.part.unwrap_or(u64::MAX),
            number: 0,
            bytes: Vec::new(),
            inputs: Vec::new(),
            manifest: manifest.try_clone().map_err(unwritable)?,
        };
        let mut length = manifest.metadata().map_err(unwritable)?.len();
        // A run that was killed at its very start may have left half a line.
        if length > 0 && parts.read(head)? {
            length = parts.finished.1;
        } else {
            length = if length > 0 { 0 } else { length };
        }
        manifest.set_len(length).map_err(unwritable)?;
        if length == 0 {
            let line = manifest::line(&Line::Run(head.clone()));
            manifest.write_all(&line).and_then(|()| manifest.sync_all()).map_err(unwritable)?;
            parts.finished = (line.len() as u64, line.len() as u64);
        }
        part::clear(folder).map_err(unwritable)?;
        Ok(parts)
    }

    fn path(&self) -> String {
        self.folder.join(MANIFEST).display().to_string()
    }

    /// Reads what is finished. Says whether there is anything.
    fn read(&mut self, head: &RunLine) -> Result<bool, Failure> {
        let mut lines = manifest::open(&self.folder.join(MANIFEST))?;
        let Some(first) = lines.next_line()? else { return Ok(false) };
        let Line::Run(first) = first else {
            return Err(Failure::Manifest {
                path: self.path(),
                line: 1,
                cause: "says nothing of a run: this is no manifest",
            });
        };
        let told = [
            ("the program", first.version == head.version && first.program == head.program),
            ("the model", first.model == head.model),
            ("a file of your own", first.dictionaries == head.dictionaries),
            ("the data", first.data == head.data),
            ("the command", first.command == head.command),
            ("the number of inputs of a part", first.part == head.part),
        ];
        if let Some((what, _)) = told.into_iter().find(|(_, same)| !same) {
            return Err(Failure::OtherRun { path: self.path(), what });
        }
        self.finished = (lines.offset, lines.offset);
        while let Some(line) = lines.next_line()? {
            match line {
                Line::Output(output) => {
                    let path = self.folder.join(&output.name);
                    if fs::metadata(&path).map(|known| known.len()).ok() != output.length {
                        return Err(Failure::PartChanged { path: path.display().to_string() });
                    }
                    self.number = output.part.unwrap_or(self.number + 1);
                    self.done += output.inputs.unwrap_or_default();
                    self.finished.1 = lines.offset;
                }
                Line::End { .. } => {
                    self.ended = true;
                    self.finished.1 = lines.offset;
                }
                Line::Input(_) | Line::Run(_) => {}
            }
        }
        Ok(true)
    }

    /// The lines of what is finished.
    fn past(&self) -> Result<Option<Reader<BufReader<io::Take<File>>>>, Failure> {
        let path = self.folder.join(MANIFEST);
        let unreadable = |cause: io::Error| Failure::Unreadable { path: self.path(), cause: words(&cause) };
        let mut file = File::open(&path).map_err(unreadable)?;
        io::Seek::seek(&mut file, io::SeekFrom::Start(self.finished.0)).map_err(unreadable)?;
        let lines = BufReader::new(file.take(self.finished.1 - self.finished.0));
        Ok(Some(Reader::new(self.path(), lines)))
    }

    /// Takes what came of an input.
    fn take(&mut self, bytes: &[u8], mut line: InputLine) -> Result<(), Failure> {
        if self.passed < self.done {
            self.passed += 1;
            return Ok(());
        }
        line.part = Some(self.number + 1);
        self.bytes.extend_from_slice(bytes);
        self.inputs.push(line);
        if self.inputs.len() as u64 >= self.size { self.finish_part() } else { Ok(()) }
    }

    /// The part first, then what says that it is there: a run killed in between makes it again.
    fn finish_part(&mut self) -> Result<(), Failure> {
        self.number += 1;
        let name = format!("part-{:06}.{}", self.number, self.ending);
        let place = self.folder.join(&name).display().to_string();
        let unwritable = |cause: io::Error| Failure::output(&place, &cause);
        if let Some(kind) = self.table {
            self.bytes = parquet::file(kind, &self.bytes)?;
        }
        part::write(&self.folder, &name, &self.bytes).map_err(unwritable)?;
        let mut lines = Vec::new();
        let inputs = self.inputs.len() as u64;
        for line in self.inputs.drain(..) {
            lines.extend(manifest::line(&Line::Input(line)));
        }
        lines.extend(manifest::line(&Line::Output(OutputLine {
            name,
            of: Of::Bytes,
            hash: Digest::of(&self.bytes).to_string(),
            length: Some(self.bytes.len() as u64),
            part: Some(self.number),
            inputs: Some(inputs),
        })));
        self.manifest.write_all(&lines).and_then(|()| self.manifest.sync_data()).map_err(unwritable)?;
        self.bytes.clear();
        self.done += inputs;
        self.passed += inputs;
        Ok(())
    }

    /// Ends the batch.
    fn end(mut self) -> Result<(), Failure> {
        if self.ended {
            return Ok(());
        }
        if !self.inputs.is_empty() || self.number == 0 {
            self.finish_part()?;
        }
        let line = manifest::line(&Line::End { inputs: self.done });
        let place = self.path();
        let written = self.manifest.write_all(&line).and_then(|()| self.manifest.sync_all());
        written.map_err(|cause| Failure::output(&place, &cause))
    }
}
