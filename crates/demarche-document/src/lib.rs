//! From bytes to documents.
//!
//! This room decodes what it is given (text, HTML, JSON Lines, tables, feeds, web archives, all of them compressed or not), finds the title, the dateline, the date and the language,
//! tells the article from what stands around it, and keeps a map back to the bytes as received. It knows nothing of
//! language analysis: it hands on [`Document`]s, whose blocks say what is to be analysed.
//!
//! ```text
//! Input ─ unfold ─ reader of its format ─ decode ─ HTML: walk, choose the article ─┐
//!                                                ─ text: paragraphs ───────────────┴─ classify blocks ─ cut the dateline ─ Document
//! ```
//!
//! Reading cannot fail half-way: a document is whole or it is a [`DocumentError`], and the next one is read all the same.

mod blocks;
mod compression;
mod date;
mod dateline;
mod decode;
mod describe;
mod document;
mod error;
mod fields;
mod furniture;
mod genre;
mod html;
mod input;
mod json;
mod language;
mod lines;
mod oddities;
mod options;
mod paragraphs;
mod readers;
mod received;
mod text;

pub use blocks::{Block, BlockKind};
pub use date::{DateOrder, WrittenDate, parse as parse_date};
pub use dateline::{Dateline, DatelinePlace};
pub use describe::{BlockDescription, DatelineDescription, Description, GenreCueDescription, describe};
pub use document::{Document, Title, from_bytes, from_text};
pub use error::{DocumentError, Part, Place};
pub use genre::{Codes, Genre, GenreCue, GenreError, GenreFinding, Genres};
pub use input::{Discovered, Documents, Input, discover, read, read_from};
pub use oddities::Oddities;
pub use options::{BadRenaming, FieldNames, Format, Options};
pub use received::Received;
pub use text::Text;
