//! What `demarche read` prints: what the program takes a document to be, before any language analysis.

use serde::Serialize;

use crate::blocks::BlockKind;
use crate::document::Document;

/// A document as `demarche read` shows it. Offsets are of the bytes as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
    /// The document's id.
    pub document: String,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication, `2023-11-12`.
    pub date: Option<String>,
    /// The dateline.
    pub dateline: Option<DatelineDescription>,
    /// Language, ISO 639-1.
    pub language: String,
    /// The article's own text without furniture.
    pub text: String,
    /// The parts of the document, in order.
    pub blocks: Vec<BlockDescription>,
}

/// A dateline as `demarche read` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatelineDescription {
    /// Place as written.
    pub place: Option<String>,
    /// `2023-11-12`, or `--11-12` where no year is written.
    pub date: Option<String>,
    /// Agency as written.
    pub agency: Option<String>,
}

/// A block as `demarche read` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockDescription {
    /// What it is.
    pub kind: BlockKind,
    /// First byte as received.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Describes a document for `demarche read`.
pub fn describe(document: &Document) -> Description {
    Description {
        document: document.id.clone(),
        title: document.title().map(str::to_owned),
        date: document.date.map(|date| date.to_string()),
        dateline: document.dateline.as_ref().map(|dateline| DatelineDescription {
            place: dateline.place.as_ref().map(|place| place.text.clone()),
            date: dateline.date.map(|date| date.to_string()),
            agency: dateline.agency.clone(),
        }),
        language: document.language.clone(),
        text: document.article(),
        blocks: document
            .blocks
            .iter()
            .map(|block| {
                let span = document.body.received(block.range);
                BlockDescription { kind: block.kind, start: span.start, end: span.end }
            })
            .collect(),
    }
}
