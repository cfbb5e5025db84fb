//! A document and how it is put together from what a reader found.

use demarche_record::{Field, TextRange};
use jiff::civil::Date;

use crate::blocks::{self, Block, Candidate, Source, Structure};
use crate::date::WrittenDate;
use crate::dateline::Dateline;
use crate::decode;
use crate::error::{DocumentError, Place};
use crate::html::{self, Metadata};
use crate::language;
use crate::options::{Format, Options};
use crate::paragraphs;
use crate::text::Text;

/// One report, ready for analysis: its text, what each part of it is, and what is known about it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The given id, else the path as given (with the line number in JSON Lines), else `stdin`.
    pub id: String,
    /// Date of publication: the given one, else the dateline's if that has its year, else one on a line of its own
    /// above the body.
    pub date: Option<Date>,
    /// Address, if given.
    pub url: Option<String>,
    /// Who published it, if given.
    pub publisher: Option<String>,
    /// Language as in ISO 639-1: declared, else detected.
    pub language: String,
    /// Languages of the paragraphs of an English document that are passed over because they are in another one, in their
    /// order; see [`BlockKind::Foreign`](crate::BlockKind::Foreign).
    pub foreign: Vec<String>,
    /// All that a reader sees, furniture included. Line breaks within a paragraph are as received: white space.
    pub body: Text,
    /// The headline.
    pub title: Option<Title>,
    /// The dateline.
    pub dateline: Option<Dateline>,
    /// The parts of the body, in order and without overlap. Only paragraphs and quotes are coded.
    pub blocks: Vec<Block>,
}

/// Where a headline stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// In a `title` value of its own: its spans are of that value.
    Separate(Text),
    /// In the body, as a block of kind [`BlockKind::Title`](crate::BlockKind::Title).
    Block(TextRange),
}

impl Title {
    /// The headline's text; `document` is the one it belongs to.
    pub fn as_str<'a>(&'a self, document: &'a Document) -> &'a str {
        match self {
            Self::Separate(text) => text.as_str().trim(),
            Self::Block(range) => range.of(document.body.as_str()),
        }
    }
}

impl Document {
    /// The headline's text, wherever it stands.
    pub fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|title| title.as_str(self))
    }

    /// The text that spans of a field are of: a separate title, or the body.
    pub const fn part(&self, field: Field) -> &Text {
        match (&self.title, field) {
            (Some(Title::Separate(title)), Field::Title) => title,
            _ => &self.body,
        }
    }

    /// The paragraphs and quotes, in order.
    pub fn body_blocks(&self) -> impl Iterator<Item = Block> + '_ {
        self.blocks.iter().copied().filter(|block| block.kind.is_body())
    }

    /// The article's own text without furniture, its blocks parted by blank lines.
    pub fn article(&self) -> String {
        let blocks: Vec<&str> = self.body_blocks().map(|block| block.range.of(self.body.as_str())).collect();
        blocks.join("\n\n")
    }
}

/// What came with a document beside its text.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) id: String,
    pub(crate) title: Option<Text>,
    pub(crate) date: Option<Date>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
}

/// Reads a text that is at hand, as a text file would be.
///
/// ```
/// let document = demarche_document::from_text("a", "LIMA, Nov. 12 (Reuters) - The envoys of Peru and Chile met.");
/// assert_eq!(document.article(), "The envoys of Peru and Chile met.");
/// assert_eq!(document.dateline.unwrap().place.unwrap().text, "LIMA");
/// ```
pub fn from_text(id: &str, text: &str) -> Document {
    plain(Text::identical(text, 0), Source::Text, Given { id: id.to_owned(), ..Given::default() })
}

/// Reads the bytes of one document; for [`Format::JsonLines`] they are one line. Spans are of these bytes.
pub fn from_bytes(id: &str, bytes: &[u8], format: Format, options: &Options) -> Result<Document, DocumentError> {
    let place = Place::file(id);
    if bytes.len() as u64 > options.max_bytes {
        return Err(DocumentError::TooLarge { place, limit: options.max_bytes });
    }
    if format == Format::JsonLines {
        return crate::json::read(bytes, id, &place, &options.fields);
    }
    let declared = if format == Format::Html { html::charset(bytes) } else { None };
    let text =
        decode::decode(bytes, declared.as_deref()).map_err(|cause| DocumentError::not_text(cause, place.clone()))?;
    let document = if format == Format::Html {
        page(&text, id)
    } else {
        plain(text, Source::Text, Given { id: id.to_owned(), ..Given::default() })
    };
    // A page may have bytes in plenty and nothing to read.
    if document.blocks.is_empty() {
        return Err(DocumentError::Empty { place });
    }
    Ok(document)
}

/// A document of plain text: a file, or the `text` of a JSON line.
pub(crate) fn plain(body: Text, source: Source<'_>, given: Given) -> Document {
    let candidates: Vec<Candidate> =
        paragraphs::paragraphs(body.as_str()).into_iter().map(|range| Candidate { range, hint: None }).collect();
    let structure = blocks::classify(body.as_str(), &candidates, source);
    assemble(body, structure, given)
}

fn page(source: &Text, id: &str) -> Document {
    let html::Page { text, candidates, metadata } = html::read(source);
    let structure = blocks::classify(text.as_str(), &candidates, Source::Html);
    let date = metadata.date();
    let Metadata { language, publisher, url, .. } = metadata;
    assemble(text, structure, Given { id: id.to_owned(), title: None, date, url, publisher, language })
}

fn assemble(body: Text, structure: Structure, given: Given) -> Document {
    let Structure { blocks, title, dateline, dated } = structure;
    let title = given.title.map(Title::Separate).or(title.map(Title::Block));
    let in_dateline = match dateline.as_ref().and_then(|dateline| dateline.date) {
        Some(WrittenDate::Full(date)) => Some(date),
        Some(WrittenDate::MonthDay { .. }) | None => None,
    };
    let date = given.date.or(in_dateline).or(dated);
    let mut document = Document {
        id: given.id,
        date,
        url: given.url,
        publisher: given.publisher,
        language: String::new(),
        foreign: Vec::new(),
        body,
        title,
        dateline,
        blocks: merged(blocks),
    };
    let bodies: Vec<&str> = document.body_blocks().map(|block| block.range.of(document.body.as_str())).collect();
    let (detected, found) = language::of_paragraphs(&bodies);
    let declared = given.language.and_then(|tag| language::declared(&tag));
    document.language = declared.unwrap_or(detected);
    if document.language == "en" && found.iter().any(Option::is_none) {
        let bodies = document.blocks.iter_mut().filter(|block| block.kind.is_body());
        for (block, language) in bodies.zip(found) {
            if let Some(language) = language {
                block.kind = blocks::BlockKind::Foreign;
                document.foreign.push(language.to_owned());
            }
        }
    }
    document
}

/// Runs of furniture become one block: nobody wants forty menu entries one by one.
fn merged(blocks: Vec<Block>) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match merged.last_mut() {
            Some(last) if last.kind == blocks::BlockKind::Furniture && block.kind == last.kind => {
                last.range = last.range.cover(block.range);
            }
            _ => merged.push(block),
        }
    }
    merged
}
