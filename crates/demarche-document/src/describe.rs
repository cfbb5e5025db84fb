//! What `demarche read` prints: what the program takes a document to be, before any language analysis.

use serde::Serialize;

use crate::blocks::BlockKind;
use crate::document::Document;
use crate::genre::{GenreFinding, Genres};
use demarche_record::{Field, Span};

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
    /// Genre, as `cite_info.genre` of its records.
    pub genre: String,
    /// What gave the genre, the most telling first, at most five.
    pub genre_cues: Vec<GenreCueDescription>,
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

/// A cue of the genre as `demarche read` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GenreCueDescription {
    /// The cue.
    pub cue: String,
    /// How often it was found.
    pub times: usize,
    /// Whether `span` is of a separate title or of the text.
    pub field: Option<Field>,
    /// Bytes as received where it stands first; none for an address or a publisher.
    pub span: Option<Span>,
}

/// Cues of the genre that are shown.
const CUES: usize = 5;

fn cues(document: &Document, finding: &GenreFinding<'_>) -> Vec<GenreCueDescription> {
    let shown = |cue: &crate::genre::GenreCue| GenreCueDescription {
        cue: cue.cue.clone(),
        times: cue.times,
        field: cue.first.map(|(field, _)| field),
        span: cue.first.map(|(field, range)| document.part(field).received(range)),
    };
    finding.cues.iter().take(CUES).map(shown).collect()
}

/// Describes a document for `demarche read`.
pub fn describe(document: &Document, genres: &Genres) -> Description {
    let finding = genres.of(document);
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
        genre: finding.genre.name.clone(),
        genre_cues: cues(document, &finding),
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
