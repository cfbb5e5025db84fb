//! The manifest: JSON Lines that name every version and hash needed to get the same bytes again. `docs/replication.md`
//! describes it line by line.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use demarche::Document;
use demarche_dossier::{Dictionary, Digest, Run};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, words};
use crate::output::jsonl;
use crate::summary::Counts;

/// Version of the format.
const FORMAT: u32 = 1;

/// A line of a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "lowercase")]
pub(crate) enum Line {
    /// What made the records. Manifests of `demarche code` have one, those of a dossier one for each run, counted from 0.
    Run(RunLine),
    /// An input, in the order of reading.
    Input(InputLine),
    /// A finished output.
    Output(OutputLine),
    /// All inputs were read.
    End { inputs: u64 },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunLine {
    pub(crate) format: u32,
    pub(crate) program: String,
    pub(crate) version: String,
    pub(crate) model: String,
    pub(crate) data: String,
    pub(crate) dictionaries: Vec<Dictionary>,
    pub(crate) command: String,
    /// Inputs of a part, where the output is written in parts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) part: Option<u64>,
}

impl RunLine {
    pub(crate) fn of(run: &Run, part: Option<u64>) -> Self {
        Self {
            format: FORMAT,
            program: run.program.clone(),
            version: run.version.clone(),
            model: run.model.clone(),
            data: run.data.clone(),
            dictionaries: run.dictionaries.clone(),
            command: run.command.clone(),
            part,
        }
    }
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// It was coded.
    Coded,
    /// It was left out for its genre.
    NotRelevant,
    /// It is in another language.
    Skipped,
    /// It could not be read or coded.
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InputLine {
    /// Id of the document; `null` where none could be read.
    pub(crate) document: Option<String>,
    /// SHA-256 of the document as received; `null` where it was not coded.
    pub(crate) hash: Option<String>,
    pub(crate) fate: Fate,
    /// Genre of a document that was left out for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) genre: Option<String>,
    #[serde(skip_serializing_if = "is_zero", default)]
    pub(crate) sentences: usize,
    #[serde(skip_serializing_if = "is_zero", default)]
    pub(crate) words: usize,
    /// Events, statements, initiatives.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) records: Option<[usize; 3]>,
    /// Which run coded it, in a manifest of several.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub(crate) run: usize,
    /// Number of the part that its records are in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) part: Option<u64>,
}

// The signature is what serde asks for.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl InputLine {
    /// Of a document that is about to be coded.
    pub(crate) fn of(document: &Document) -> Self {
        Self {
            document: Some(document.id.clone()),
            hash: Some(Digest(document.received.hash).to_string()),
            ..Self::uncoded(Fate::Coded, None)
        }
    }

    /// Of an input that was not coded.
    pub(crate) const fn uncoded(fate: Fate, document: Option<String>) -> Self {
        Self { document, hash: None, fate, genre: None, sentences: 0, words: 0, records: None, run: 0, part: None }
    }

    /// With what the document held.
    pub(crate) fn counting(mut self, counts: &Counts) -> Self {
        if counts.irrelevant.is_some() {
            self.fate = Fate::NotRelevant;
            self.genre.clone_from(&counts.irrelevant);
        }
        self.sentences = counts.sentences;
        self.words = counts.words;
        self.records = counts.records;
        self
    }

    /// What the document held, so far as the manifest says.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            documents: 1,
            sentences: self.sentences,
            words: self.words,
            records: self.records,
            irrelevant: self.genre.clone(),
            ..Counts::default()
        }
    }
}

/// What an output's hash is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Of {
    /// The bytes of a file.
    Bytes,
    /// What a dossier says, whatever the order of adding.
    Dossier,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OutputLine {
    /// Name of the file, which lies beside the manifest.
    pub(crate) name: String,
    pub(crate) of: Of,
    pub(crate) hash: String,
    /// Number of bytes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) length: Option<u64>,
    /// Number of the part.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) part: Option<u64>,
    /// Inputs of the part.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) inputs: Option<u64>,
}

/// A line as written.
pub(crate) fn line(line: &Line) -> Vec<u8> {
    jsonl::lines(std::slice::from_ref(line))
}

/// Reads a manifest line by line.
pub(crate) struct Reader<R> {
    path: String,
    lines: R,
    number: usize,
    /// Bytes read so far.
    pub(crate) offset: u64,
}

/// Opens a manifest.
pub(crate) fn open(path: &Path) -> Result<Reader<BufReader<File>>, Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|cause| Failure::Unreadable { path: name.clone(), cause: words(&cause) })?;
    Ok(Reader::new(name, BufReader::new(file)))
}

impl<R: BufRead> Reader<R> {
    pub(crate) fn new(path: String, lines: R) -> Self {
        Self { path, lines, number: 0, offset: 0 }
    }

    /// The next line; `None` at the end, or where a line was not written to its end.
    pub(crate) fn next_line(&mut self) -> Result<Option<Line>, Failure> {
        let mut written = Vec::new();
        let read = self.lines.read_until(b'\n', &mut written);
        read.map_err(|cause| Failure::Unreadable { path: self.path.clone(), cause: words(&cause) })?;
        if written.last() != Some(&b'\n') {
            return Ok(None);
        }
        self.number += 1;
        let line = serde_json::from_slice(&written).map_err(|_| self.fault("is no line of a manifest"))?;
        if let Line::Run(RunLine { format, .. }) = &line
            && *format != FORMAT
        {
            return Err(self.fault("was written by another version of the program; use that one"));
        }
        self.offset += written.len() as u64;
        Ok(Some(line))
    }

    /// The first line, which says what made the records.
    pub(crate) fn first(&mut self) -> Result<RunLine, Failure> {
        match self.next_line()? {
            Some(Line::Run(run)) => Ok(run),
            _ => Err(self.fault("says nothing of a run: this is no manifest")),
        }
    }

    fn fault(&self, cause: &'static str) -> Failure {
        Failure::Manifest { path: self.path.clone(), line: self.number.max(1), cause }
    }
}
