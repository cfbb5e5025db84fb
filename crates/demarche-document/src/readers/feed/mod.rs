//! RSS (0.9 to 2.0) and Atom: one document an item.
//!
//! The XML is read as a stream and kept an item at a time. Entities that a feed declares for itself are never expanded: a
//! feed that declares any is refused.

mod budget;
mod item;
mod names;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufReader;

use encoding_rs::Encoding;
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};

use self::budget::{Budget, OverBudget};
use self::item::{Item, Markup};
use self::names::Name;
use super::{Opening, Reader, Stream, buffered};
use crate::document::Document;
use crate::error::{DocumentError, Part, Place, on_one_line};
use crate::html;
use crate::options::Options;

/// Deepest nesting of elements: markup within an item included.
const DEEPEST: usize = 256;

type Source = BufReader<Budget<BufReader<DecodeReaderBytes<Stream, Vec<u8>>>>>;

/// Where the reading of a feed has got to.
pub(super) struct Feed {
    name: String,
    options: Options,
    reader: NsReader<Source>,
    buffer: Vec<u8>,
    /// Names of the open elements.
    open: Vec<Name>,
    /// What the feed is called: who publishes its items.
    title: Option<String>,
    language: Option<String>,
    item: Option<Item>,
    /// The element whose text is being taken.
    taken: Option<Taken>,
    /// Items so far.
    number: u64,
    /// Ids given so far, as hashes.
    ids: HashSet<u64>,
    /// Whether the root was seen.
    rooted: bool,
    done: bool,
}

/// The text of an element, as far as it is read.
struct Taken {
    name: Name,
    /// How many elements are open, it included.
    depth: usize,
    text: String,
    markup: Markup,
}

impl Feed {
    pub(super) fn open(opening: Opening<'_>, options: &Options) -> Result<Self, DocumentError> {
        let declared = html::charset(opening.head).and_then(|label| Encoding::for_label(label.as_bytes()));
        let mut builder = DecodeReaderBytesBuilder::new();
        builder.bom_override(true).strip_bom(true).encoding(Some(declared.unwrap_or(encoding_rs::UTF_8)));
        let name = opening.name.to_owned();
        let mut reader =
            NsReader::from_reader(BufReader::with_capacity(16 << 10, Budget::new(buffered(&builder, opening)?)));
        reader.config_mut().allow_dangling_amp = true;
        Ok(Self {
            name,
            options: options.clone(),
            reader,
            buffer: Vec::new(),
            open: Vec::new(),
            title: None,
            language: None,
            item: None,
            taken: None,
            number: 0,
            ids: HashSet::new(),
            rooted: false,
            done: false,
        })
    }

    /// The item being read, or the feed as a whole.
    fn place(&self) -> Place {
        match self.item {
            Some(_) => Place::part(self.name.clone(), Part::Item(self.number)),
            None => Place::file(self.name.clone()),
        }
    }

    /// Reads one event; the item that it ends. `None` in it stands for the end of the feed.
    fn step(&mut self) -> Result<Step, DocumentError> {
        self.reader.get_mut().get_mut().allow(self.options.max_bytes);
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let step = match self.reader.read_resolved_event_into(&mut buffer) {
            Ok((namespace, event)) => {
                let name = Name::of(&namespace, &event);
                self.event(&event, name)
            }
            Err(error) => Err(self.fault(&error)),
        };
        self.buffer = buffer;
        step
    }

    fn event(&mut self, event: &Event<'_>, name: Name) -> Result<Step, DocumentError> {
        match event {
            Event::Start(tag) => {
                self.start(tag, name, false)?;
                self.open.push(name);
                if self.open.len() > DEEPEST {
                    return Err(self.damaged(format!("elements nested deeper than {DEEPEST}")));
                }
            }
            Event::Empty(tag) => {
                self.start(tag, name, true)?;
                self.open.push(name);
                return Ok(self.end(""));
            }
            Event::End(tag) => return Ok(self.end(tag.name().as_ref())),
            Event::Text(text) => {
                let text = text.xml10_content();
                if !self.rooted && !text.trim().is_empty() {
                    return Err(self.no_feed("not XML".to_owned()));
                }
                self.push(&text);
            }
            Event::CData(text) if self.within_markup() => self.push(&quick_xml::escape::escape(&**text)),
            Event::CData(text) => self.push(text),
            Event::GeneralRef(reference) => {
                let raw = format!("&{};", &**reference);
                let character = reference.resolve_char_ref().ok().flatten();
                let named = quick_xml::escape::resolve_predefined_entity(reference);
                match (character, named) {
                    // Within markup a reference stays as it is, and so does one that only HTML knows.
                    _ if self.within_markup() => self.push(&raw),
                    (Some(character), _) => self.push(character.encode_utf8(&mut [0; 4])),
                    (None, Some(named)) => self.push(named),
                    (None, None) => self.push(&raw),
                }
            }
            Event::DocType(declared) if declared.contains("<!ENTITY") => {
                return Err(self.no_feed("it declares entities of its own, which are never expanded".to_owned()));
            }
            Event::Eof if !self.rooted => return Err(self.no_feed("no element in it".to_owned())),
            Event::Eof if !self.open.is_empty() => {
                return Err(self.damaged("it ends within an element".to_owned()));
            }
            Event::Eof => return Ok(Step::End),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        Ok(Step::On)
    }

    fn start(&mut self, tag: &BytesStart<'_>, name: Name, empty: bool) -> Result<(), DocumentError> {
        if !self.rooted {
            if name != Name::Root {
                let root: String = tag.name().as_ref().chars().take(40).collect();
                return Err(self.no_feed(format!("its root is <{}>, which is no feed", on_one_line(&root))));
            }
            self.rooted = true;
        }
        if let Some(taken) = &mut self.taken {
            taken.markup = taken.markup.max(Markup::Html);
            let slash = if empty { "/" } else { "" };
            let written = format!("<{}{slash}>", &**tag);
            self.push(&written);
            return Ok(());
        }
        match &mut self.item {
            None if name == Name::Item => {
                self.number += 1;
                self.item = Some(Item::new(attribute(tag, "xml:lang")));
            }
            None if name == Name::Root || name == Name::Channel => {
                self.language = self.language.take().or_else(|| attribute(tag, "xml:lang"));
            }
            Some(item) if name == Name::LinkElsewhere => {
                let alternate = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
                if alternate && item.link.is_none() {
                    item.link = attribute(tag, "href");
                }
            }
            _ => {}
        }
        if self.wanted(name) {
            let markup = match attribute(tag, "type").as_deref() {
                Some("text" | "text/plain") => Markup::Plain,
                Some("html" | "xhtml" | "text/html" | "application/xhtml+xml") => Markup::Html,
                // Many leave it unsaid, whatever it is.
                _ => Markup::Unsaid,
            };
            self.taken = Some(Taken { name, depth: self.open.len() + 1, text: String::new(), markup });
        }
        Ok(())
    }

    /// Whether the text of an element that opens here is to be taken.
    fn wanted(&self, name: Name) -> bool {
        let parent = self.open.last();
        match (&self.item, name) {
            (None, Name::Title) => self.title.is_none() && matches!(parent, Some(Name::Root | Name::Channel)),
            (None, Name::Language) => self.language.is_none() && matches!(parent, Some(Name::Root | Name::Channel)),
            // A story taken over from another feed says so.
            (Some(_), Name::Title) => matches!(parent, Some(Name::Item | Name::SourceFeed)),
            (Some(_), Name::Link | Name::Id | Name::Date(_) | Name::Text(_) | Name::Source | Name::Language) => {
                parent == Some(&Name::Item)
            }
            _ => false,
        }
    }

    /// Whether markup of the element that is being taken is open here.
    fn within_markup(&self) -> bool {
        self.taken.as_ref().is_some_and(|taken| self.open.len() > taken.depth)
    }

    fn push(&mut self, text: &str) {
        let Some(taken) = &mut self.taken else { return };
        match &mut self.item {
            // An item over the limit is not kept.
            Some(item) if item.size as u64 > self.options.max_bytes => {}
            Some(item) => {
                item.size += text.len();
                taken.text.push_str(text);
            }
            None if taken.text.len() as u64 <= self.options.max_bytes => taken.text.push_str(text),
            None => {}
        }
    }

    /// An element ends; `tag` is its name as written, empty where it ends itself.
    fn end(&mut self, tag: &str) -> Step {
        if self.within_markup() && !tag.is_empty() {
            self.push(&format!("</{tag}>"));
        }
        let closed = self.open.pop();
        if self.taken.as_ref().is_some_and(|taken| self.open.len() < taken.depth)
            && let Some(Taken { name, text, markup, .. }) = self.taken.take()
        {
            let of_source = self.open.last() == Some(&Name::SourceFeed);
            match &mut self.item {
                Some(item) if of_source => item.publisher = Some(text.trim().to_owned()),
                Some(item) => item.take(name, text, markup),
                None if name == Name::Language => self.language = Some(text.trim().to_owned()),
                None => self.title = Some(item::plain_words(&text, markup)).filter(|title| !title.is_empty()),
            }
        }
        match closed {
            Some(Name::Item) if !self.open.contains(&Name::Item) => Step::Item,
            _ => Step::On,
        }
    }

    /// The document of the item that has ended.
    fn document(&mut self, item: Item) -> Result<Document, DocumentError> {
        let place = Place::part(self.name.clone(), Part::Item(self.number));
        if item.size as u64 > self.options.max_bytes {
            return Err(DocumentError::TooLarge { place, limit: self.options.max_bytes });
        }
        // Feeds that give all items one id are many.
        let id = item.id().filter(|id| {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            self.ids.insert(hasher.finish())
        });
        let id = id.map_or_else(|| place.id(), str::to_owned);
        item.document(id, self.title.as_deref(), self.language.as_deref(), &place, &self.options)
    }

    fn no_feed(&self, cause: String) -> DocumentError {
        DocumentError::NoFeed { place: Place::file(self.name.clone()), cause }
    }

    fn damaged(&self, cause: String) -> DocumentError {
        DocumentError::Damaged { place: self.place(), kind: "feed", cause }
    }

    fn fault(&self, error: &quick_xml::Error) -> DocumentError {
        if let quick_xml::Error::Io(error) = error {
            let over = error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<OverBudget>);
            return if over {
                DocumentError::TooLarge { place: self.place(), limit: self.options.max_bytes }
            } else {
                DocumentError::reading(error, self.place())
            };
        }
        let words = error.to_string();
        let words = words.trim_start_matches("ill-formed document: ").trim_start_matches("syntax error: ");
        let words: String = words.chars().take(120).collect();
        if !self.rooted {
            return self.no_feed(format!("not XML ({})", on_one_line(&words)));
        }
        self.damaged(format!("{} at byte {}", on_one_line(&words), self.reader.error_position()))
    }
}

/// What an event comes to.
enum Step {
    On,
    /// An item has ended.
    Item,
    End,
}

impl Reader for Feed {
    fn next(&mut self) -> Option<Result<Document, DocumentError>> {
        while !self.done {
            match self.step() {
                Ok(Step::On) => {}
                Ok(Step::Item) => {
                    if let Some(item) = self.item.take() {
                        return Some(self.document(item));
                    }
                }
                Ok(Step::End) => {
                    self.done = true;
                    if self.number == 0 {
                        let place = Place::file(self.name.clone());
                        return Some(Err(DocumentError::NoDocument { place, found: "a feed without an item" }));
                    }
                }
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// The value of an attribute.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value =
        quick_xml::escape::unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), String::from);
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}
