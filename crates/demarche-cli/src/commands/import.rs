//! `demarche import`: files of other data sets into a dossier.
//!
//! A file is read twice: once for the digest of its bytes, by which it is known whether it is there already, and once row by
//! row. Every [`PART`] rows become a document of their own, written in one transaction, so that memory does not grow with
//! the file and a killed run has lost one part at most.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufRead, Read};
use std::path::Path;

use demarche::Record;
use demarche::record::CiteInfo;
use demarche::world::World;
use demarche_dossier::{Added, Batch, Digest, Document, Dossier, Keep, Report, Run};
use demarche_layouts::{Counted, DataSet, FaultKind, Known, Names, Origin, Reader, unpacked};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::args::Import;
use crate::console::Console;
use crate::failure::{Failure, Verdict, words};
use crate::summary::count;

/// Rows of a document: enough to make a transaction's cost small, few enough for its memory to be.
const PART: usize = 20_000;

/// Faulty rows of a file that are named one by one; the others are counted.
const NAMED: u64 = 5;

/// Least confidence with which a name is taken for an actor's.
const SURE: f32 = 0.9;

/// What `runs.model` says: no model took part.
const NO_MODEL: &str = "none";

pub(crate) fn run(args: &Import, quiet: bool) -> Result<Verdict, Failure> {
    let path = crate::args::dossier(args.to.as_deref(), "--to")?;
    let console = Console::new(quiet, false);
    let in_dossier = |cause| Failure::Dossier { path: path.display().to_string(), cause };
    let there = path.exists();
    let world = World::builtin().map_err(demarche::CoderError::from)?;
    let data = world.version().to_owned();
    let mut importer = Importer {
        set: args.set.into(),
        recode: args.recode,
        dossier: Dossier::open(&path).map_err(in_dossier)?,
        run: Run {
            program: "demarche".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: NO_MODEL.to_owned(),
            data,
            dictionaries: Vec::new(),
            // What changes records: neither paths nor places.
            command: format!("demarche import {}", DataSet::from(args.set).name()),
        },
        console,
        added: Added::default(),
        counted: Counted::default(),
    };
    let tables = Tables(world);
    let mut names = BTreeSet::new();
    let (mut done, mut failed) = (0, 0);
    for file in &args.files {
        let outcome = match name_of(file) {
            name if names.insert(name.clone()) => importer.file(file, &name, &tables),
            name => Err(Stopped::Twice { name }),
        };
        match outcome {
            Ok(()) => done += 1,
            Err(Stopped::Dossier(cause)) => return Err(in_dossier(cause)),
            Err(other) => {
                failed += 1;
                importer.console.failed(format_args!("{}: {other}", file.display()));
            }
        }
    }
    let Importer { dossier, console, added, counted, .. } = importer;
    if !there && added.new == 0 {
        drop(dossier);
        forget(&path);
    }
    console.finish(Summary { files: done, failed, added, counted });
    Ok(Verdict::of(failed == 0 && counted.faults == 0))
}

/// Takes away a dossier that was made for nothing.
pub(crate) fn forget(path: &Path) {
    for beside in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        let _ = std::fs::remove_file(name);
    }
}

/// A file's name without its folder and without what says how it is packed.
fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bare = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).map(str::to_owned);
    bare.unwrap_or(name)
}

/// Why a file was not taken over, or not to its end.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("another file of this run is called {name} too; import it under another name")]
    Twice { name: String },
    #[error("cannot be read ({}); check the path and its permissions", words(.0))]
    Unreadable(#[from] std::io::Error),
    #[error(transparent)]
    Rows(#[from] demarche_layouts::ReadError),
    #[error("none of its {rows} can be read as one of {title}; is it a file of that data set?", rows = count(*.rows, "row"))]
    Other { rows: u64, title: &'static str },
    #[error("it changed while it was read; import it again")]
    Changed,
    #[error(transparent)]
    Dossier(#[from] demarche_dossier::DossierError),
}

/// The built-in tables, asked for names without a code.
pub(crate) struct Tables(pub(crate) World);

impl Names for Tables {
    fn look_up(&self, name: &str, on: Date) -> Option<Known> {
        let found = self.0.lookup(name, Some(on)).into_iter().next()?;
        (found.confidence >= SURE && (found.code.is_some() || !found.sectors.is_empty())).then_some(Known {
            code: found.code,
            sectors: found.sectors,
            id: found.id,
            name: found.canonical,
        })
    }
}

/// A file's bytes, unpacked if need be.
pub(crate) fn open(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    if path.is_dir() {
        return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
    }
    unpacked(File::open(path)?)
}

struct Importer {
    set: DataSet,
    recode: bool,
    dossier: Dossier,
    run: Run,
    console: Console,
    added: Added,
    counted: Counted,
}

impl Importer {
    /// Takes a file over.
    fn file(&mut self, path: &Path, name: &str, tables: &Tables) -> Result<(), Stopped> {
        let (hash, length) = digest(open(path)?)?;
        let file = format!("{}:{name}", self.set.name());
        let mut hashed = Hashed { reader: open(path)?, hasher: Sha256::new() };
        let mut part = Part::new(&file, 1);
        let mut rows = Reader::new(self.set, std::io::BufReader::with_capacity(1 << 18, &mut hashed), tables)?;
        let mut faults = Vec::new();
        let mut told = 0;
        loop {
            let next = rows.next_row();
            let row = match next {
                Ok(Some(row)) => row,
                Ok(None) => break,
                Err(error) => {
                    // What was read stands; the rest is another day's.
                    self.counted += rows.counted();
                    self.write(part, name, hash, length)?;
                    return Err(error.into());
                }
            };
            match row {
                Ok(row) => part.rows.push(row),
                Err(fault) if matches!(fault.kind, FaultKind::RepeatedHeader | FaultKind::Statement(_)) => {}
                Err(fault) => {
                    told += 1;
                    if told <= NAMED {
                        faults.push(fault);
                    }
                }
            }
            if part.rows.len() == PART {
                let next = Part::new(&file, part.number + 1);
                self.write(std::mem::replace(&mut part, next), name, hash, length)?;
                self.console.working(format_args!("{name}: {} rows", rows.counted().read));
            }
        }
        let counted = rows.counted();
        drop(rows);
        if counted.read + counted.statements == 0 && counted.faults > 0 {
            return Err(Stopped::Other { rows: counted.faults, title: self.set.title() });
        }
        let parts = if part.rows.is_empty() { part.number - 1 } else { part.number };
        self.write(part, name, hash, length)?;
        // Parts that an older and longer file of this name had, the last first: a killed run leaves none behind a gap.
        for old in self.dossier.parts_of(&file)?.iter().skip(parts).rev() {
            self.dossier.remove(old)?;
        }
        for fault in faults {
            self.console.warned(format_args!("{}, {fault}", path.display()));
        }
        if told > NAMED {
            self.console.warned(format_args!("{}: {} more like these", path.display(), told - NAMED));
        }
        self.counted += counted;
        if Digest(hashed.hasher.finalize().into()) != hash {
            return Err(Stopped::Changed);
        }
        Ok(())
    }

    /// Writes a part, unless it is there already.
    fn write(&mut self, part: Part, name: &str, hash: Digest, length: u64) -> Result<(), Stopped> {
        if part.rows.is_empty() {
            return Ok(());
        }
        if !self.recode && self.dossier.has(&part.id, &hash)? {
            self.added.unchanged += 1;
            return Ok(());
        }
        let (set, title) = (self.set, self.set.title().to_owned());
        let origin = Origin {
            document: part.id.clone(),
            model: self.run.model.clone(),
            data: self.run.data.clone(),
            cite: CiteInfo {
                url: None,
                title: Some(name.to_owned()),
                language: None,
                publication: Some(title.clone()),
                genre: None,
                coder: self.run.program.clone(),
                version: self.run.version.clone(),
            },
        };
        let records = part.rows.into_iter().map(|row| Record::Event(Box::new(row.into_event(set, &origin)))).collect();
        let document = Document {
            id: part.id,
            hash,
            length,
            publisher: Some(title),
            url: None,
            title: Some(name.to_owned()),
            date: None,
            language: None,
            genre: None,
        };
        let mut batch = Batch::new(self.run.clone(), Keep::Spans);
        batch.recode = self.recode;
        batch.imported = true;
        batch.push(Report { document, sentences: Vec::new(), records });
        self.added += self.dossier.add(&batch)?;
        Ok(())
    }
}

/// Rows that become one document.
struct Part {
    id: String,
    number: usize,
    rows: Vec<demarche_layouts::Row>,
}

impl Part {
    fn new(file: &str, number: usize) -> Self {
        Self { id: format!("{file}/{number}"), number, rows: Vec::new() }
    }
}

/// SHA-256 and number of the bytes.
fn digest(mut reader: impl BufRead) -> std::io::Result<(Digest, u64)> {
    let (mut hasher, mut length) = (Sha256::new(), 0);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok((Digest(hasher.finalize().into()), length));
        }
        hasher.update(bytes);
        let read = bytes.len();
        length += read as u64;
        reader.consume(read);
    }
}

/// A reader that takes the digest of what is read.
struct Hashed<R> {
    reader: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// What was done, in one line.
struct Summary {
    files: u64,
    failed: u64,
    added: Added,
    counted: Counted,
}

impl Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (added, counted) = (self.added, self.counted);
        write!(f, "{}, {}", count(self.files, "file"), count(counted.read, "row"))?;
        write!(f, "; {}", count(added.events as u64, "event"))?;
        let parts = [(added.new, "new"), (added.replaced, "replaced"), (added.unchanged, "unchanged")];
        let parts: Vec<String> =
            parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
        if !parts.is_empty() {
            write!(f, " (parts: {})", parts.join(", "))?;
        }
        for (number, noun, what) in [
            (counted.repaired, "row", "mended"),
            (counted.headers, "repeated header", "passed over"),
            (counted.statements, "statement", "left out"),
            (counted.faults, "row", "faulty"),
        ] {
            if number > 0 {
                write!(f, "; {} {what}", count(number, noun))?;
            }
        }
        if self.failed > 0 {
            write!(f, "; {} failed", count(self.failed, "file"))?;
        }
        Ok(())
    }
}
