//! The elements of feeds that are read, by their names and namespaces.

use quick_xml::events::Event;
use quick_xml::name::{Namespace, QName, ResolveResult};

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// `rss`, `feed`, `rdf:RDF`.
    Root,
    Channel,
    /// `item`, `entry`.
    Item,
    Title,
    /// Its text is an address.
    Link,
    /// Its attribute is an address.
    LinkElsewhere,
    /// `guid`, `id`.
    Id,
    /// The smaller the number, the rather it is the date of publication.
    Date(usize),
    /// The smaller the number, the rather it is the whole text.
    Text(usize),
    /// RSS: who published the story first, as text.
    Source,
    /// Atom: the feed it was taken from, with a title in it.
    SourceFeed,
    Language,
    Other,
}

/// How many kinds of dates and of texts there are.
pub(super) const DATES: usize = 3;
pub(super) const TEXTS: usize = 4;

/// Where the names of an element come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vocabulary {
    /// RSS of any version.
    Rss,
    Atom,
    /// RSS 1.0's module for whole texts.
    Content,
    DublinCore,
    Rdf,
    Other,
}

impl Name {
    /// What the element that an event opens is.
    pub(super) fn of(namespace: &ResolveResult<'_>, event: &Event<'_>) -> Self {
        match event {
            Event::Start(tag) | Event::Empty(tag) => Self::named(vocabulary(namespace), tag.name()),
            _ => Self::Other,
        }
    }

    fn named(vocabulary: Vocabulary, name: QName<'_>) -> Self {
        use Vocabulary::{Atom, Content, DublinCore, Rdf, Rss};
        match (vocabulary, name.local_name().as_ref()) {
            (Rss, "rss" | "RDF") | (Atom, "feed") | (Rdf, "RDF") => Self::Root,
            (Rss, "channel") => Self::Channel,
            (Rss, "item") | (Atom, "entry") => Self::Item,
            (Rss | Atom, "title") => Self::Title,
            (Rss, "link") => Self::Link,
            (Atom, "link") => Self::LinkElsewhere,
            (Rss, "guid") | (Atom, "id") => Self::Id,
            (Rss, "pubDate") | (Atom, "published" | "issued") => Self::Date(0),
            (DublinCore, "date" | "issued" | "created") => Self::Date(1),
            (Atom, "updated" | "modified") => Self::Date(2),
            (Content, "encoded") => Self::Text(0),
            (Atom, "content") => Self::Text(1),
            (Rss, "description") => Self::Text(2),
            (Atom, "summary") => Self::Text(3),
            (Rss, "source") => Self::Source,
            (Atom, "source") => Self::SourceFeed,
            (Rss | DublinCore, "language") => Self::Language,
            _ => Self::Other,
        }
    }
}

fn vocabulary(namespace: &ResolveResult<'_>) -> Vocabulary {
    match namespace {
        ResolveResult::Unbound => Vocabulary::Rss,
        ResolveResult::Bound(Namespace(uri)) => match uri.trim_end_matches(['/', '#']) {
            "http://purl.org/rss/1.0"
            | "http://my.netscape.com/rdf/simple/0.9"
            | "http://backend.userland.com/rss2"
            | "http://channel.netscape.com/rdf/simple/0.9" => Vocabulary::Rss,
            "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns" => Vocabulary::Atom,
            "http://purl.org/rss/1.0/modules/content" => Vocabulary::Content,
            "http://purl.org/dc/elements/1.1" | "http://purl.org/dc/terms" => Vocabulary::DublinCore,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns" => Vocabulary::Rdf,
            _ => Vocabulary::Other,
        },
        // A prefix that the feed forgot to declare.
        ResolveResult::Unknown(prefix) => match prefix.as_str() {
            "content" => Vocabulary::Content,
            "dc" | "dcterms" => Vocabulary::DublinCore,
            "atom" => Vocabulary::Atom,
            _ => Vocabulary::Other,
        },
    }
}
