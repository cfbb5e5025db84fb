//! HTML to text with its offsets, its blocks, and what the page says of itself.
//!
//! `html5gum` tokenises the decoded page and says where each token stood. A small stack of open elements (no tree) gives
//! every block its context: within navigation, a caption, a quotation, the article. [`content`] then decides which part
//! of the page is the article.

mod content;
mod elements;
mod metadata;
mod references;
mod walk;

use demarche_record::TextRange;

use crate::blocks::Candidate;
use crate::text::Text;

pub(crate) use metadata::{Metadata, charset};

/// A page as read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) text: Text,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) metadata: Metadata,
}

/// Reads a decoded page. Never fails: whatever the tags, there is a text.
pub(crate) fn read(source: &Text) -> Page {
    let careful = walk::walk(source, true);
    // Class names are hints. Where they would take most of a page's text away, they meant something else.
    let walked = if careful.doubtful() { walk::walk(source, false) } else { careful };
    let candidates = content::choose(&walked);
    Page { text: walked.text, candidates, metadata: walked.metadata }
}

/// A block as it stood in the page, before it is known where the article is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawBlock {
    pub(crate) range: TextRange,
    pub(crate) mark: Mark,
    /// The innermost container, an index into [`Walked::containers`].
    pub(crate) container: u32,
    /// Bytes of it that are link text.
    pub(crate) linked: usize,
}

/// What the markup makes of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    #[default]
    Plain,
    /// The page's `<title>`.
    PageTitle,
    /// `<h1>`.
    Top,
    /// `<h2>` to `<h6>`.
    Sub,
    Quote,
    Caption,
    Credit,
    /// By element or role.
    Furniture,
    /// By class name alone.
    FurnitureClass,
}

/// An element that holds blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container {
    pub(crate) parent: u32,
    pub(crate) kind: ContainerKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContainerKind {
    Other,
    Article,
    /// Says of itself that it is the article's text (`itemprop="articleBody"` and common class names).
    Body,
}

/// Everything one walk over a page gives.
#[derive(Debug)]
pub(crate) struct Walked {
    pub(crate) text: Text,
    pub(crate) blocks: Vec<RawBlock>,
    pub(crate) containers: Vec<Container>,
    pub(crate) metadata: Metadata,
}

impl Walked {
    /// Whether class names alone took away more text than was left.
    fn doubtful(&self) -> bool {
        let sum = |mark: &dyn Fn(Mark) -> bool| -> usize {
            self.blocks
                .iter()
                .filter(|block| mark(block.mark) && content::is_prose(block, &self.text))
                .map(|block| block.range.len())
                .sum()
        };
        let kept = sum(&|mark| matches!(mark, Mark::Plain | Mark::Quote));
        let taken = sum(&|mark| mark == Mark::FurnitureClass);
        kept * 2 < taken || kept == 0 && taken > 0
    }
}
