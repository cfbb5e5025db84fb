//! The genres of documents that a reader has labelled, compared with what they are taken for.

use demarche_document::{Document, Genres};
use serde::Deserialize;

use super::Confusion;

/// What is wrong with a file of labelled documents.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}; see tests/gold/README.md for the format")]
pub struct GenreGoldError {
    line: usize,
    cause: serde_json::Error,
}

/// A labelled document.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldGenre {
    /// Its id.
    pub document: String,
    /// Part of the set: `dev` to work with, `report` to report on.
    pub part: String,
    /// Its genre.
    pub genre: String,
    /// Genres that are as right.
    #[serde(default)]
    pub or: Vec<String>,
}

/// How the genres fared.
#[derive(Clone, Debug, Default)]
pub struct GenreReport {
    /// Labelled and found genres; one that is as right counts as the labelled.
    pub confusion: Confusion,
    /// Documents labelled with a relevant genre, and those of them that are taken for one that is not.
    pub relevant: [usize; 2],
    /// Documents labelled with genres that are not relevant, and those of them that are taken for a relevant one.
    pub irrelevant: [usize; 2],
    /// A line for each difference.
    pub errors: Vec<String>,
}

/// Reads labelled documents, one JSON object a line.
///
/// # Errors
/// [`GenreGoldError`] for a line that is none.
pub fn genre_gold(text: &str) -> Result<Vec<GoldGenre>, GenreGoldError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| serde_json::from_str(line).map_err(|cause| GenreGoldError { line: n + 1, cause })).collect()
}

impl GenreReport {
    /// Counts one document.
    pub fn add(&mut self, genres: &Genres, gold: &GoldGenre, document: &Document) {
        let finding = genres.of(document);
        let found = finding.genre.name.as_str();
        let right = found == gold.genre || gold.or.iter().any(|other| other == found);
        self.confusion.add(&gold.genre, Some(if right { &gold.genre } else { found }));
        let is_relevant = |name: &str| genres.iter().any(|genre| genre.name == name && genre.relevant);
        let wanted = gold.or.iter().chain([&gold.genre]).any(|name| is_relevant(name));
        let counts = if wanted { &mut self.relevant } else { &mut self.irrelevant };
        counts[0] += 1;
        counts[1] += usize::from(wanted != finding.genre.relevant && !right);
        if !right {
            self.errors.push(format!("{}: {}, found {found} by {}", gold.document, gold.genre, finding.told(5)));
        }
    }
}
