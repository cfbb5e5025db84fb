//! One pass over the tokens of a page: text with offsets, and blocks with their context.

use demarche_record::{Span, TextRange};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::elements::{ClassWords, is_block, is_container, is_scope, is_space};
use super::metadata::{Attributes, Metadata};
use super::{Container, ContainerKind, Mark, RawBlock, Walked, references};
use crate::furniture::Patterns;
use crate::text::{Text, TextBuilder};

/// Deeper nesting than this adds nothing; browsers stop at 512 too.
const DEEPEST: usize = 512;

/// An element whose end tag is awaited.
#[derive(Clone, Debug)]
struct Open {
    name: String,
    context: Context,
}

/// What holds for text at some point of the page.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent of one another: each is set by other elements")]
struct Context {
    mark: Mark,
    container: u32,
    unseen: bool,
    linked: bool,
    preformatted: bool,
    in_article: bool,
}

struct Walk<'a> {
    source: &'a Text,
    by_class: bool,
    builder: TextBuilder,
    open: Vec<Open>,
    /// Open elements beyond [`DEEPEST`].
    beyond: usize,
    containers: Vec<Container>,
    blocks: Vec<RawBlock>,
    /// The block under way.
    start: usize,
    block: Option<Context>,
    linked: usize,
    /// White space seen and not yet written: where it stood, and whether it was a line break that counts.
    space: Option<(usize, usize, bool)>,
    breaks: usize,
    metadata: Metadata,
    /// Whether the next string is linked data.
    linked_data: bool,
}

/// Walks over a page; `by_class` says whether class names may mark furniture.
pub(crate) fn walk(source: &Text, by_class: bool) -> Walked {
    let mut walk = Walk {
        source,
        by_class,
        builder: TextBuilder::default(),
        open: Vec::new(),
        beyond: 0,
        containers: vec![Container { parent: 0, kind: ContainerKind::Other }],
        blocks: Vec::new(),
        start: 0,
        block: None,
        linked: 0,
        space: None,
        breaks: 0,
        metadata: Metadata::default(),
        linked_data: false,
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(source.as_str(), emitter) {
        match token {
            Ok(Token::StartTag(tag)) => walk.start_tag(&tag),
            Ok(Token::EndTag(tag)) => walk.end_tag(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(string)) => walk.string(string.span.start, string.span.end),
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
    walk.flush();
    Walked { text: walk.builder.build(), blocks: walk.blocks, containers: walk.containers, metadata: walk.metadata }
}

impl Walk<'_> {
    fn context(&self) -> Context {
        self.open.last().map_or_else(Context::default, |open| open.context)
    }

    fn start_tag(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attributes: Attributes = tag
            .attributes
            .iter()
            .map(|(key, value)| {
                (String::from_utf8_lossy(key).into_owned(), String::from_utf8_lossy(value).into_owned())
            })
            .collect();
        self.metadata.tag(&name, &attributes);
        self.linked_data = name == "script"
            && attributes.get("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        match name.as_str() {
            "br" => return self.line_break(tag.span.start),
            "hr" => return self.flush(),
            "wbr" | "img" | "input" | "meta" | "link" | "area" | "base" | "col" | "source" | "track" | "param" => {
                return;
            }
            _ => {}
        }
        if is_block(&name) {
            self.flush();
            self.close_implied(&name);
        }
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let context = self.enter(&name, &attributes);
        self.open.push(Open { name, context });
    }

    /// The context within an element just opened.
    fn enter(&mut self, name: &str, attributes: &Attributes) -> Context {
        let names = &Patterns::get().html;
        let mut context = self.context();
        let get = |key: &str| attributes.get(key).map(String::as_str).unwrap_or_default();
        let hidden = attributes.contains_key("hidden") || {
            let style: String = get("style").chars().filter(|letter| !letter.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        };
        context.unseen |= names.unseen.contains(name) && name != "head" || hidden;
        context.linked |= name == "a";
        context.preformatted = context.preformatted && !matches!(name, "p" | "div") || name == "pre";
        let classes = ClassWords::of(&[get("class"), get("id"), get("role"), get("data-component"), get("itemprop")]);
        if matches!(name, "article" | "main") || get("itemprop") == "articleBody" || get("role") == "main" {
            context.in_article = true;
        }
        if is_container(name) {
            let kind = if get("itemprop") == "articleBody" || classes.any(&names.article_class) {
                ContainerKind::Body
            } else if name == "article" || name == "main" || get("role") == "main" {
                ContainerKind::Article
            } else {
                ContainerKind::Other
            };
            self.containers.push(Container { parent: context.container, kind });
            context.container = self.containers.len() as u32 - 1;
        }
        if matches!(context.mark, Mark::Furniture | Mark::FurnitureClass) {
            return context;
        }
        // Class names of the whole page ("single no-sidebar comments-open") tell of the theme.
        // Those of a span within a paragraph tell of the span, not of the paragraph.
        let told = is_block(name) && !matches!(name, "html" | "body" | "main" | "article" | "head");
        context.mark = match name {
            "title" if !context.unseen => Mark::PageTitle,
            "h1" => Mark::Top,
            "h2" | "h3" | "h4" | "h5" | "h6" => Mark::Sub,
            "blockquote" => Mark::Quote,
            "figcaption" => Mark::Caption,
            "header" if !context.in_article => Mark::Furniture,
            _ if names.furniture.contains(name) => Mark::Furniture,
            _ if matches!(
                get("role"),
                "navigation" | "complementary" | "contentinfo" | "search" | "banner" | "dialog"
            ) =>
            {
                Mark::Furniture
            }
            _ if told && classes.any(&names.caption_class) => Mark::Caption,
            _ if told && classes.any(&names.credit_class) => Mark::Credit,
            _ if told && self.by_class && classes.any(&names.furniture_class) => Mark::FurnitureClass,
            _ => context.mark,
        };
        context
    }

    /// Ends what a block of this name ends without an end tag: `<p>` ends `<p>`, `<li>` ends `<li>`.
    fn close_implied(&mut self, name: &str) {
        let ends: &[&str] = match name {
            "li" => &["li", "p"],
            "dt" | "dd" => &["dt", "dd", "p"],
            "tr" => &["tr", "td", "th", "p"],
            "td" | "th" => &["td", "th", "p"],
            "body" => &["head", "title"],
            _ => &["p"],
        };
        for ended in ends {
            let found = self.open.iter().rev().take_while(|open| !is_scope(&open.name)).any(|open| open.name == *ended);
            if found {
                self.pop(ended);
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        if is_block(name) {
            self.flush();
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.open.iter().any(|open| open.name == name) {
            self.pop(name);
        }
    }

    fn pop(&mut self, name: &str) {
        while let Some(open) = self.open.pop() {
            if open.name == name {
                break;
            }
        }
    }

    fn string(&mut self, start: usize, end: usize) {
        let source = self.source;
        let context = self.context();
        let raw = TextRange::new(start, end).of(source.as_str());
        if self.linked_data {
            self.metadata.linked_data(raw);
        }
        if context.unseen {
            return;
        }
        references::decode(raw, |decoded, from, to| {
            if to - from == decoded.len() {
                self.literal(start + from, start + to, context);
            } else {
                self.reference(decoded, start + from, start + to, context);
            }
        });
    }

    fn literal(&mut self, start: usize, end: usize, context: Context) {
        let source = self.source;
        let text = &source.as_str()[start..end];
        let mut word = start;
        for (at, character) in text.char_indices() {
            let at = start + at;
            if is_space(character) {
                self.write(word, at, context);
                word = at + 1;
                self.white_space(at, context.preformatted && character == '\n');
            }
        }
        self.write(word, end, context);
    }

    fn white_space(&mut self, at: usize, counts: bool) {
        let breaks = self.space.is_some_and(|(_, _, breaks)| breaks) || counts;
        if counts {
            self.breaks += 1;
        }
        let (start, end, _) = self.space.unwrap_or((at, at + 1, false));
        self.space = Some((start, end, breaks));
    }

    /// `<br>`: a line break within the block; two of them part blocks.
    fn line_break(&mut self, at: usize) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush();
        } else {
            // Zero width: the tag is no text.
            self.space = Some((at, at, true));
        }
    }

    fn write(&mut self, start: usize, end: usize, context: Context) {
        if start < end {
            self.begin(context);
            self.builder.push_from(self.source, TextRange::new(start, end));
            self.linked += if context.linked { end - start } else { 0 };
        }
    }

    fn reference(&mut self, decoded: &str, start: usize, end: usize, context: Context) {
        if decoded.chars().all(is_space) {
            return self.white_space(start, false);
        }
        self.begin(context);
        self.builder.push_unit(decoded, self.source.received(TextRange::new(start, end)));
        self.linked += if context.linked { decoded.len() } else { 0 };
    }

    /// Before a word: ends the block where the context changes, writes pending white space.
    fn begin(&mut self, context: Context) {
        if self.breaks >= 2 {
            self.flush();
        }
        self.breaks = 0;
        if self.block.is_none() {
            self.space = None;
            self.start = self.builder.len();
            self.block = Some(context);
        }
        if let Some((start, end, breaks)) = self.space.take() {
            let received = self.source.received(TextRange::new(start, end));
            self.builder.push_unit(if breaks { "\n" } else { " " }, received);
        }
    }

    /// Ends the block under way.
    fn flush(&mut self) {
        self.space = None;
        self.breaks = 0;
        let Some(context) = self.block.take() else { return };
        let range = TextRange::new(self.start, self.builder.len());
        let linked = std::mem::take(&mut self.linked);
        self.blocks.push(RawBlock { range, mark: context.mark, container: context.container, linked });
        // The line end after a block takes no room in the received bytes.
        let end = self.builder.received_end();
        self.builder.push_unit("\n", Span::new(end, end));
    }
}
