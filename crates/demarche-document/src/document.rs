//! A document and how it is put together from what a reader found.

use demarche_record::{Field, Span, TextRange};
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
use crate::received::Received;
use crate::text::Text;

/// One report, ready for analysis: its text, what each part of it is, and what is known about it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The given id, else the path as given (with the number of the line, row, item or record where a file has many
    /// documents), else `stdin`.
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
    /// What it was made of.
    pub received: Received,
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

    /// The words of a span of the bytes as received, as records write them: white space between them is one blank.
    pub fn words(&self, field: Field, span: Span) -> String {
        let text = self.part(field);
        let words: Vec<&str> = text.decoded(span).of(text.as_str()).split_whitespace().collect();
        words.join(" ")
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
    /// A date to fall back on where neither the document nor what came with it has one.
    pub(crate) last_date: Option<Date>,
    /// The charset that came with it.
    pub(crate) charset: Option<String>,
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

/// Reads the bytes of one document. Spans are of these bytes; in a format that has many documents in a file they are those
/// of one line of JSON Lines, or of a whole file, of which the first document is read, with spans as [`read_from`] gives them.
///
/// [`read_from`]: crate::read_from
pub fn from_bytes(id: &str, bytes: &[u8], format: Format, options: &Options) -> Result<Document, DocumentError> {
    let place = Place::file(id);
    if bytes.len() as u64 > options.max_bytes {
        return Err(DocumentError::TooLarge { place, limit: options.max_bytes });
    }
    let given = Given { id: id.to_owned(), ..Given::default() };
    match format {
        Format::JsonLines => crate::json::read(bytes, id, &place, options),
        Format::Text => text(bytes, &place, given),
        Format::Html => html(bytes, &place, given),
        Format::Csv | Format::Tsv | Format::Parquet | Format::Feed | Format::Warc => {
            let options = Options { format: Some(format), ..options.clone() };
            let mut documents = crate::input::read_from(id, std::io::Cursor::new(bytes.to_vec()), &options);
            documents.next().unwrap_or(Err(DocumentError::Empty { place }))
        }
    }
}

/// A document of the bytes of a text.
pub(crate) fn text(bytes: &[u8], place: &Place, given: Given) -> Result<Document, DocumentError> {
    let text = decoded(bytes, given.charset.as_deref(), place)?;
    let document = Document { received: Received::of_bytes(bytes), ..plain(text, Source::Text, given) };
    readable(document, place)
}

/// A document of the bytes of a page.
pub(crate) fn html(bytes: &[u8], place: &Place, given: Given) -> Result<Document, DocumentError> {
    let charset = given.charset.clone().or_else(|| html::charset(bytes));
    let text = decoded(bytes, charset.as_deref(), place)?;
    let document = Document { received: Received::of_bytes(bytes), ..page(&text, given) };
    readable(document, place)
}

fn decoded(bytes: &[u8], charset: Option<&str>, place: &Place) -> Result<Text, DocumentError> {
    decode::decode(bytes, charset).map_err(|cause| DocumentError::not_text(cause, place.clone()))
}

/// A page may have bytes in plenty and nothing to read.
pub(crate) fn readable(document: Document, place: &Place) -> Result<Document, DocumentError> {
    if document.blocks.is_empty() {
        return Err(DocumentError::Empty { place: place.clone() });
    }
    Ok(document)
}

/// A document of plain text: a file, or the text of a line or row.
pub(crate) fn plain(body: Text, source: Source<'_>, given: Given) -> Document {
    let candidates: Vec<Candidate> =
        paragraphs::paragraphs(body.as_str()).into_iter().map(|range| Candidate { range, hint: None }).collect();
    let structure = blocks::classify(body.as_str(), &candidates, source);
    assemble(body, structure, given)
}

/// A document of HTML: a page, or a part of one. What came with it goes before what it says of itself.
pub(crate) fn page(source: &Text, given: Given) -> Document {
    let html::Page { text, candidates, metadata } = html::read(source);
    let received = received(source, &given);
    let structure = blocks::classify(text.as_str(), &candidates, Source::Html);
    let date = given.date.or(metadata.date());
    let Metadata { language, publisher, url, .. } = metadata;
    let given = Given {
        date,
        url: given.url.or(url),
        publisher: given.publisher.or(publisher),
        language: given.language.or(language),
        ..given
    };
    Document { received, ..assemble(text, structure, given) }
}

fn assemble(body: Text, structure: Structure, given: Given) -> Document {
    let Structure { blocks, title, dateline, dated } = structure;
    let received = received(&body, &given);
    let title = given.title.map(Title::Separate).or(title.map(Title::Block));
    let in_dateline = match dateline.as_ref().and_then(|dateline| dateline.date) {
        Some(WrittenDate::Full(date)) => Some(date),
        Some(WrittenDate::MonthDay { .. }) | None => None,
    };
    let date = given.date.or(in_dateline).or(dated).or(given.last_date);
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
        received,
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

/// Of a text and of what was given with it.
fn received(body: &Text, given: &Given) -> Received {
    let date = given.date.map(|date| date.to_string());
    let given = [
        ("title", given.title.as_ref().map(Text::as_str)),
        ("date", date.as_deref()),
        ("url", given.url.as_deref()),
        ("publisher", given.publisher.as_deref()),
        ("language", given.language.as_deref()),
    ];
    Received::of_values(body.as_str(), given)
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
