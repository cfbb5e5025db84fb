//! An item of a feed, and the document made of it.

use super::names::{DATES, Name, TEXTS};
use crate::blocks::Source;
use crate::document::{Document, Given, page, plain, readable};
use crate::error::{DocumentError, Place};
use crate::fields;
use crate::html;
use crate::options::Options;
use crate::text::Text;

/// What the text of an element is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Markup {
    Plain,
    /// Plain or HTML, as it looks.
    #[default]
    Unsaid,
    Html,
}

/// What an item holds.
#[derive(Debug, Default)]
pub(super) struct Item {
    title: Option<(String, Markup)>,
    pub(super) link: Option<String>,
    guid: Option<String>,
    dates: [Option<String>; DATES],
    texts: [Option<(String, Markup)>; TEXTS],
    pub(super) publisher: Option<String>,
    language: Option<String>,
    /// Bytes taken.
    pub(super) size: usize,
}

impl Item {
    /// An item that has nothing yet but perhaps its language.
    pub(super) fn new(language: Option<String>) -> Self {
        Self { language, ..Self::default() }
    }

    /// Keeps the text of an element; of several of one name the first that is not blank.
    pub(super) fn take(&mut self, name: Name, text: String, markup: Markup) {
        let blank = text.trim().is_empty();
        let slot = match name {
            Name::Link => &mut self.link,
            Name::Id => &mut self.guid,
            Name::Date(kind) => &mut self.dates[kind],
            Name::Source => &mut self.publisher,
            Name::Language => &mut self.language,
            Name::Title if self.title.is_none() && !blank => return self.title = Some((text, markup)),
            Name::Text(kind) if self.texts[kind].is_none() && !blank => {
                return self.texts[kind] = Some((text, markup));
            }
            _ => return,
        };
        if slot.is_none() && !blank {
            *slot = Some(text.trim().to_owned());
        }
    }

    /// What identifies it everywhere: a guid that is an address or the like, else its link.
    pub(super) fn id(&self) -> Option<&str> {
        let everywhere = |guid: &&String| guid.contains(':');
        self.guid.as_ref().filter(everywhere).or(self.link.as_ref()).map(String::as_str)
    }

    /// The document; what the item does not say of itself, the feed says.
    pub(super) fn document(
        self,
        id: String,
        feed_title: Option<&str>,
        feed_language: Option<&str>,
        place: &Place,
        options: &Options,
    ) -> Result<Document, DocumentError> {
        let date = self.dates.into_iter().flatten().next();
        let date = date.map(|written| fields::dated(&written, "date", place, options)).transpose()?;
        let title = self.title.map(|(title, markup)| value(title, markup));
        let title = title.filter(|title| !title.as_str().trim().is_empty());
        let address = |guid: &String| guid.starts_with("http://") || guid.starts_with("https://");
        let given = Given {
            id,
            title: title.clone(),
            date,
            url: self.link.or_else(|| self.guid.filter(address)),
            publisher: self.publisher.or_else(|| feed_title.map(str::to_owned)),
            language: self.language.or_else(|| feed_language.map(str::to_owned)),
            ..Given::default()
        };
        let Some((text, markup)) = self.texts.into_iter().flatten().next() else {
            return Err(DocumentError::Empty { place: place.clone() });
        };
        let document = if is_html(&text, markup) {
            page(&Text::identical(text, 0), given)
        } else {
            let title = title.as_ref().map(Text::as_str);
            plain(Text::identical(text, 0), Source::Value { title }, given)
        };
        readable(document, place)
    }
}

/// A short value as a reader sees it, with a map back to the value.
fn value(text: String, markup: Markup) -> Text {
    let html = is_html(&text, markup);
    let text = Text::identical(text, 0);
    if html { html::read(&text).text } else { text }
}

/// A short value as a reader sees it.
pub(super) fn plain_words(text: &str, markup: Markup) -> String {
    value(text.to_owned(), markup).as_str().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is HTML: it says so, or it has a tag or a character reference in it.
fn is_html(text: &str, markup: Markup) -> bool {
    let bytes = text.as_bytes();
    let follows = |at: usize, wanted: fn(&u8) -> bool| bytes.get(at + 1).is_some_and(wanted);
    let shows = || {
        memchr::memchr2_iter(b'<', b'&', bytes).any(|at| match bytes[at] {
            b'<' => follows(at, |next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!')),
            _ => {
                follows(at, |next| next.is_ascii_alphabetic() || *next == b'#')
                    && bytes[at + 1..].iter().take(32).find(|byte| !byte.is_ascii_alphanumeric() && **byte != b'#')
                        == Some(&b';')
            }
        })
    };
    match markup {
        Markup::Plain => false,
        Markup::Html => true,
        Markup::Unsaid => shows(),
    }
}
