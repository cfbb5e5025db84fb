//! A user's own frames, issues, words of initiatives and ontology: read from a folder, put over the built-in ones, checked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use demarche_coding::files::{DataFile, Extension, FrameError, OntologyFiles, Position};
use demarche_coding::{Coding, Conflict, Loaded};

use crate::coder::{Coder, CoderError};
use crate::frame_check::FrameFailure;

/// Why a folder or file of a user's own data cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ExtensionError {
    /// The operating system refused.
    #[error("{path}: cannot be read ({cause}); check the path and its permissions")]
    Unreadable {
        /// The folder or file.
        path: String,
        /// The system's words.
        cause: String,
    },
    /// A file where a folder is wanted.
    #[error("{path}: a file, not a folder; give the folder that it lies in")]
    NotAFolder {
        /// The file.
        path: String,
    },
    /// A folder without any file of data.
    #[error(
        "{path}: no data in this folder; it takes files of frames (*.toml), issues/*.toml, initiatives/*.toml and ontology/ (see docs/guide/own-ontology.md)"
    )]
    Empty {
        /// The folder.
        path: String,
    },
    /// A file of `ontology/` that no ontology has.
    #[error("{path}: an ontology has no such file; it takes {}", OntologyFiles::NAMES.join(", "))]
    UnknownFile {
        /// The file.
        path: String,
    },
    /// Bytes that are no UTF-8.
    #[error("{fault}")]
    NotUtf8 {
        /// Where the first of them stands.
        fault: FrameError,
    },
}

/// Reads a folder of a user's own data: files of frames (`*.toml`), of issues (`issues/*.toml`), of the words of initiatives
/// (`initiatives/*.toml`), and an ontology (`ontology/`). Other files are left alone.
///
/// # Errors
/// [`ExtensionError`] for a folder that is not there or holds no data, or a file that cannot be read.
pub fn read_folder(folder: &Path) -> Result<Extension, ExtensionError> {
    if folder.is_file() {
        return Err(ExtensionError::NotAFolder { path: folder.display().to_string() });
    }
    let mut out = Extension::default();
    for (path, name) in files(folder)? {
        if is_toml(&path) {
            out.frames.push(read(&path, name)?);
        }
    }
    for (below, list) in [("issues", &mut out.issues), ("initiatives", &mut out.initiatives)] {
        let folder = folder.join(below);
        if !folder.is_dir() {
            continue;
        }
        for (path, name) in files(&folder)? {
            if is_toml(&path) {
                list.push(read(&path, format!("{below}/{name}"))?);
            }
        }
    }
    let ontology = folder.join("ontology");
    if ontology.is_dir() {
        for (path, name) in files(&ontology)? {
            let tabular = path.extension().is_some_and(|ending| ending == "tsv");
            if let Some(place) = out.ontology.named(&name) {
                *place = Some(read(&path, format!("ontology/{name}"))?);
            } else if tabular || is_toml(&path) {
                return Err(ExtensionError::UnknownFile { path: path.display().to_string() });
            }
        }
    }
    if out.is_empty() {
        return Err(ExtensionError::Empty { path: folder.display().to_string() });
    }
    Ok(out)
}

/// Reads a file of a user's own issues.
///
/// # Errors
/// [`ExtensionError`] for a file that cannot be read.
pub fn read_issues(file: &Path) -> Result<Extension, ExtensionError> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Extension { issues: vec![read(file, format!("issues/{name}"))?], ..Extension::default() })
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

/// The files of a folder in the order of their names, hidden ones left.
fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, ExtensionError> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| unreadable(folder, &cause))? {
        let path = entry.map_err(|cause| unreadable(folder, &cause))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() && !name.starts_with('.') {
            out.push((path, name));
        }
    }
    out.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(out)
}

fn read(path: &Path, below: String) -> Result<DataFile, ExtensionError> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|cause| unreadable(path, &cause))?;
    match String::from_utf8(bytes) {
        // Line ends are no part of what a file says: the version is the same on every system.
        Ok(text) => Ok(DataFile { name, path: below, text: text.replace("\r\n", "\n") }),
        Err(error) => {
            let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let valid = String::from_utf8_lossy(valid);
            let line = 1 + valid.matches('\n').count();
            let column = 1 + valid.rsplit('\n').next().unwrap_or_default().chars().count();
            let position = Position { file: name.into(), line, column };
            Err(ExtensionError::NotUtf8 { fault: FrameError::at(&position, "not UTF-8; save the file as UTF-8") })
        }
    }
}

fn unreadable(path: &Path, cause: &io::Error) -> ExtensionError {
    let words = cause.to_string();
    let cause = words.split(" (os error").next().unwrap_or_default().to_lowercase();
    ExtensionError::Unreadable { path: path.display().to_string(), cause }
}

/// Whose examples a check runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A user's own alone.
    Own,
    /// The built-in ones too.
    All,
}

/// What came of checking a user's layers together with what ships with the program.
#[derive(Clone, Debug, Default)]
pub struct ExtensionReport {
    /// Every fault of the files. While there are faults besides missing examples, no example is run.
    pub faults: Vec<FrameError>,
    /// Whether examples were run.
    pub ran: bool,
    /// Where layers say something else than what is below them, and which counts.
    pub conflicts: Vec<Conflict>,
    /// The user's frames, issues and words of initiatives.
    pub own: Ran,
    /// The built-in ones.
    pub builtin: Ran,
}

/// How many examples ran, and those that failed.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// Number of frames.
    pub frames: usize,
    /// Number of their examples and near misses.
    pub frame_examples: usize,
    /// Those that failed.
    pub frame_failures: Vec<FrameFailure>,
    /// Number of issues.
    pub issues: usize,
    /// Number of their examples and near misses, those of turn words among the built-in ones.
    pub issue_examples: usize,
    /// Those that failed.
    pub issue_failures: Vec<FrameFailure>,
    /// Number of contexts with examples.
    pub contexts: usize,
    /// Number of their examples and near misses.
    pub context_examples: usize,
    /// Those that failed.
    pub context_failures: Vec<FrameFailure>,
    /// Number of entries of the words of initiatives.
    pub initiatives: usize,
    /// Number of their examples.
    pub initiative_examples: usize,
    /// Those that failed.
    pub initiative_failures: Vec<FrameFailure>,
}

impl Ran {
    /// Whether all came out.
    pub fn is_sound(&self) -> bool {
        self.failures().next().is_none()
    }

    /// All examples that failed.
    pub fn failures(&self) -> impl Iterator<Item = &FrameFailure> {
        self.frame_failures
            .iter()
            .chain(&self.issue_failures)
            .chain(&self.context_failures)
            .chain(&self.initiative_failures)
    }
}

impl ExtensionReport {
    /// Whether there is neither a fault nor a failed example.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.own.is_sound() && self.builtin.is_sound()
    }
}

impl Coder {
    /// Puts a user's own frames, issues, words of initiatives and ontology over the built-in ones, the later layers over the earlier.
    ///
    /// # Errors
    /// [`CoderError::Coding`] for a file with a fault.
    pub fn with_extensions(self, layers: &[Extension]) -> Result<Self, CoderError> {
        if layers.iter().all(Extension::is_empty) {
            return Ok(self);
        }
        Ok(self.with_coding(Coding::with_extensions(layers)?))
    }

    /// Checks layers of a user's own data together with the built-in ones: faults, conflicts, and, where the files can be read, the
    /// examples of frames, issues, contexts and initiatives.
    ///
    /// # Errors
    /// [`CoderError`] if what ships with the program is damaged.
    pub fn check_extensions(self, layers: &[Extension], scope: Scope) -> Result<ExtensionReport, CoderError> {
        let Loaded { coding, mut faults, conflicts } = Coding::load(layers)?;
        let ran = faults.is_empty();
        for frame in coding.frames.frames.iter().filter(|frame| frame.layer > 0) {
            if frame.codes.is_empty() && (frame.event.is_some() || frame.act.is_some()) {
                let problem = format!("frame `{}` has no example; write `codes = [\"SENTENCE => CODING\"]`", frame.id);
                faults.push(FrameError::at(&frame.position, problem));
            }
        }
        let (mut own, mut builtin) = (Ran::default(), Ran::default());
        if ran {
            let checked = self.with_coding(coding);
            own = checked.run_frames(|layer| layer > 0);
            checked.run_issues(|layer| layer > 0, &mut own);
            checked.run_contexts(|layer| layer > 0, &mut own);
            checked.run_initiatives(|layer| layer > 0, &mut own);
            if scope == Scope::All {
                builtin = checked.run_frames(|layer| layer == 0);
                checked.run_issues(|layer| layer == 0, &mut builtin);
                checked.run_contexts(|layer| layer == 0, &mut builtin);
                checked.run_initiatives(|layer| layer == 0, &mut builtin);
            }
        }
        Ok(ExtensionReport { faults, ran, conflicts, own, builtin })
    }
}
