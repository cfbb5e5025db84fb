//! Words back into a file of records.
//!
//! The file is gone through once for where each document's records stand. Texts may come in any order: what is made of each is
//! put aside on disk, and written at the end in the order of the records. Memory holds a few numbers a document.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use demarche::Document;
use demarche::document::Discovered;
use demarche_dossier::Digest;

use crate::args::Rehydrate;
use crate::batch::{self, shown};
use crate::console::Console;
use crate::failure::{Failure, Verdict, words};
use crate::output::{Destination, withheld};
use crate::summary::count;

/// Lines of one document that stand together.
struct Group {
    document: String,
    /// First line, from 1.
    line: usize,
    /// Place in the file of records.
    place: Place,
    /// The document's hash; `None` where the records have their words.
    hash: Option<String>,
    /// Place of the lines with words, in the file put aside.
    made: Option<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    start: u64,
    length: u64,
}

pub(super) fn run(args: &Rehydrate, quiet: bool) -> Result<Verdict, Failure> {
    let path = args.records()?;
    let Discovered { inputs, left } = args.texts()?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let mut records = Records::read(path)?;
    let mut failed = 0_u64;
    for document in batch::documents(inputs, args.reading.options()) {
        match document {
            Ok(document) => {
                if !records.give(&document)? {
                    failed += 1;
                    console.failed(super::other_text(&document.id));
                }
            }
            Err(trouble) => {
                failed += 1;
                console.failed(&trouble.message);
            }
        }
    }
    let [mut done, mut missing] = [0_u64; 2];
    for group in &records.groups {
        let bytes = match (group.made, &group.hash) {
            (Some(made), _) => {
                done += 1;
                read(&mut records.aside, made)
            }
            (None, hash) => {
                if hash.is_some() && !records.refused.contains(&group.document) {
                    missing += 1;
                    console.failed(format_args!(
                        "{}: its text is not among those given; its records are left as they are",
                        shown(&group.document)
                    ));
                }
                read(&mut records.file, group.place)
            }
        };
        destination.write(&bytes.map_err(|cause| records.unreadable(&cause))?)?;
    }
    destination.finish(true)?;
    console.finish(format_args!(
        "{} given their words, {missing} without a text, {failed} failed",
        count(done, "document")
    ));
    Ok(Verdict::of(failed == 0 && missing == 0))
}

/// A file of records.
struct Records {
    path: String,
    file: File,
    groups: Vec<Group>,
    /// Which groups a document has.
    of: HashMap<String, Vec<usize>>,
    /// Documents whose text was another.
    refused: HashSet<String>,
    aside: File,
    end: u64,
}

impl Records {
    fn read(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let unreadable = |cause: std::io::Error| Failure::Unreadable { path: name.clone(), cause: words(&cause) };
        let file = File::open(path).map_err(unreadable)?;
        let mut lines = BufReader::new(file.try_clone().map_err(unreadable)?);
        let mut groups: Vec<Group> = Vec::new();
        let (mut start, mut number, mut line) = (0_u64, 0, Vec::new());
        loop {
            line.clear();
            let length = lines.read_until(b'\n', &mut line).map_err(unreadable)? as u64;
            if length == 0 {
                break;
            }
            number += 1;
            let head: withheld::Head = serde_json::from_slice(&line).map_err(|error| Failure::NoRecord {
                path: name.clone(),
                line: number,
                cause: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
            })?;
            match groups.last_mut() {
                Some(last) if last.document == head.document && last.hash == head.document_hash => {
                    last.place.length += length;
                }
                _ => groups.push(Group {
                    document: head.document,
                    line: number,
                    place: Place { start, length },
                    hash: head.document_hash,
                    made: None,
                }),
            }
            start += length;
        }
        let mut of: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.hash.is_some()) {
            of.entry(group.document.clone()).or_default().push(at);
        }
        let aside = tempfile::tempfile().map_err(|cause| Failure::output("a temporary file", &cause))?;
        Ok(Self { path: name.clone(), file, groups, of, refused: HashSet::new(), aside, end: 0 })
    }

    /// Gives a document's words to its records. Says whether it is the document that was coded, or none of theirs.
    fn give(&mut self, document: &Document) -> Result<bool, Failure> {
        let Some(places) = self.of.get(&document.id).cloned() else { return Ok(true) };
        let hash = Digest(document.received.hash).to_string();
        let mut same = true;
        for at in places {
            let Some(group) = self.groups.get(at) else { continue };
            if group.hash.as_ref() != Some(&hash) {
                self.refused.insert(document.id.clone());
                same = false;
                continue;
            }
            let (first, place) = (group.line, group.place);
            let lines = read(&mut self.file, place).map_err(|cause| self.unreadable(&cause))?;
            let mut out = BufWriter::new(&mut self.aside);
            let start = self.end;
            for (number, line) in lines.split_inclusive(|&byte| byte == b'\n').enumerate() {
                let restored = withheld::restored(line, document).map_err(|error| Failure::NoRecord {
                    path: self.path.clone(),
                    line: first + number,
                    cause: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
                })?;
                self.end += restored.len() as u64;
                out.write_all(&restored).map_err(|cause| Failure::output("a temporary file", &cause))?;
            }
            out.flush().map_err(|cause| Failure::output("a temporary file", &cause))?;
            drop(out);
            if let Some(group) = self.groups.get_mut(at) {
                group.made = Some(Place { start, length: self.end - start });
            }
        }
        Ok(same)
    }

    fn unreadable(&self, cause: &std::io::Error) -> Failure {
        Failure::Unreadable { path: self.path.clone(), cause: words(cause) }
    }
}

fn read(file: &mut File, place: Place) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place.start))?;
    let mut bytes = vec![0; place.length as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
