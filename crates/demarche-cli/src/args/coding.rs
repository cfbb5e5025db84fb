//! Arguments about a user's own frames, issues, words of initiatives and ontology, and those of `demarche frames`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use demarche::{Extension, extension};

use crate::failure::Failure;

/// A user's own frames, issues, words of initiatives and ontology.
#[derive(Debug, Default, Args)]
pub(crate) struct CodingFiles {
    /// A folder of your own frames (*.toml), issues (issues/), words of initiatives (initiatives/) and ontology (ontology/),
    /// put over the built-in ones (docs/guide/own-ontology.md); may be given several times, and a later folder overrides.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    frames: Vec<PathBuf>,
    /// A file of your own issues; may be given several times, and a later file overrides.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    issues: Vec<PathBuf>,
}

impl CodingFiles {
    /// The folders as named.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.frames
    }

    /// The files of issues as named.
    pub(crate) fn issue_files(&self) -> &[PathBuf] {
        &self.issues
    }

    /// The layers, the folders first.
    pub(crate) fn read(&self) -> Result<Vec<Extension>, Failure> {
        layers(&self.frames, &self.issues)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Frames {
    Check(FramesCheck),
}

/// Run the examples that frames, issues, contexts and the words of initiatives carry, your own together with the built-in ones.
///
/// Every fault of your files is told with file, line and column, and so is every place where they say something else than the
/// built-in data. Examples are run once there are no faults. Exit code 1 if there is a fault or an example does not come out.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  demarche frames check
  demarche frames check examples/water
  demarche frames check --own mine/ --issues issues.toml")]
pub(crate) struct FramesCheck {
    /// Folders of your own frames (*.toml), issues (issues/), words of initiatives (initiatives/) and ontology (ontology/).
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folders: Vec<PathBuf>,
    /// Files of your own issues.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    issues: Vec<PathBuf>,
    /// Run the examples of your own files alone: quicker, while you write them.
    #[arg(long)]
    pub(crate) own: bool,
}

impl FramesCheck {
    /// The layers, the folders first.
    pub(crate) fn read(&self) -> Result<Vec<Extension>, Failure> {
        layers(&self.folders, &self.issues)
    }
}

fn layers(folders: &[PathBuf], issues: &[PathBuf]) -> Result<Vec<Extension>, Failure> {
    let folders = folders.iter().map(|folder| extension::read_folder(folder));
    let issues = issues.iter().map(|file| extension::read_issues(file));
    Ok(folders.chain(issues).collect::<Result<_, _>>()?)
}
