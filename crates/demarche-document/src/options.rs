//! How inputs are to be read.

use std::path::Path;

use crate::date::DateOrder;

/// How inputs are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Longest document in bytes (a whole text or HTML file, a line of JSON Lines, a row, an item, a page, each after it is
    /// uncompressed); a longer one is an error.
    pub max_bytes: u64,
    /// What the fields of JSON Lines and the columns of tables are called.
    pub fields: FieldNames,
    /// The format of every input; `None` tells it from the file's name, or else from its first bytes.
    pub format: Option<Format>,
    /// How dates such as 03/04/2023 are to be read; `None` makes them errors.
    pub date_order: Option<DateOrder>,
}

impl Default for Options {
    /// 16 MiB, the fields' own names, the format found out.
    fn default() -> Self {
        Self { max_bytes: 16 << 20, fields: FieldNames::default(), format: None, date_order: None }
    }
}

/// What the bytes of an input are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one document a file.
    Text,
    /// HTML, one document a file.
    Html,
    /// JSON Lines, one document a line.
    JsonLines,
    /// Comma-separated values with a line of column names, one document a row; semicolons and tabs are told from it.
    Csv,
    /// Tab-separated values, otherwise as [`Format::Csv`].
    Tsv,
    /// Parquet, one document a row.
    Parquet,
    /// RSS or Atom, one document an item.
    Feed,
    /// A web archive, one document a page or text.
    Warc,
}

/// Endings of files and what they promise; a compressed file has a second one.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("json", Format::JsonLines),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("parquet", Format::Parquet),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("rdf", Format::Feed),
    ("xml", Format::Feed),
    ("warc", Format::Warc),
    ("wet", Format::Warc),
];

impl Format {
    /// The format a file's name promises; `.gz`, `.zst` and their like at its end are passed over.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = ending(path)?;
        ENDINGS.iter().find(|(known, _)| *known == ending).map(|&(_, format)| format)
    }

    /// The format of a file that lies in a folder of reports; `None` for one that is no report by its ending. Notes about the
    /// reports (`README.md`) often lie beside them.
    pub fn of_report(path: &Path) -> Option<Self> {
        // Tables with tabs are mostly data of another kind; named outright they are read.
        Self::of_path(path).filter(|&format| format != Self::Tsv && ending(path).is_none_or(|ending| ending != "md"))
    }

    /// The format that the first bytes of an input look like.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let head: Vec<u8> = start
            .iter()
            // NUL bytes go, so that UTF-16 is seen through as well.
            .filter(|&&byte| byte != 0 && byte < 0x80)
            .take(2048)
            .map(u8::to_ascii_lowercase)
            .collect();
        let head = head.trim_ascii_start();
        if head.strip_prefix(b"{").is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}'))) {
            return Self::JsonLines;
        }
        if bytes.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        if head.starts_with(b"warc/1.") {
            return Self::Warc;
        }
        if head.starts_with(b"<") && xml_root(head).is_some_and(|root| matches!(root, b"rss" | b"feed" | b"rdf:rdf")) {
            return Self::Feed;
        }
        let opens =
            [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<article", b"<main", b"<div", b"<p>", b"<h1"];
        let holds = [&b"<html"[..], b"</p>", b"</div>", b"</h1>"];
        if opens.iter().any(|tag| head.starts_with(tag))
            || head.starts_with(b"<") && holds.iter().any(|tag| memchr::memmem::find(head, tag).is_some())
        {
            return Self::Html;
        }
        Self::Text
    }
}

/// The endings of files that are taken from folders, as a sentence has them.
pub(crate) fn endings() -> String {
    let endings: Vec<String> = ENDINGS
        .iter()
        .filter(|(ending, format)| *ending != "md" && *format != Format::Tsv)
        .map(|(ending, _)| format!(".{ending}"))
        .collect();
    format!("{}, each also with .gz or .zst after it", endings.join(", "))
}

/// The ending that tells what is in a file, in small letters: that before the ending of a compression, if there is one.
fn ending(path: &Path) -> Option<String> {
    let small = |path: &Path| path.extension()?.to_str().map(str::to_ascii_lowercase);
    let last = small(path)?;
    if matches!(last.as_str(), "gz" | "gzip" | "zst" | "zstd") {
        small(Path::new(path.file_stem()?))
    } else {
        Some(last)
    }
}

/// The name of the first element of what may be XML, past its declaration, comments and document type.
fn xml_root(mut head: &[u8]) -> Option<&[u8]> {
    loop {
        head = head.trim_ascii_start().strip_prefix(b"<")?;
        let end: &[u8] = match head.first()? {
            b'?' => b"?>",
            b'!' if head.starts_with(b"!--") => b"-->",
            b'!' => b">",
            _ => return head.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next(),
        };
        head = &head[memchr::memmem::find(head, end)? + end.len()..];
    }
}

/// What the fields of JSON Lines, and the columns of tables, are called in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// Identifies the document: a string or a number.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Body; the one field that must be there.
    pub text: String,
    /// Date of publication.
    pub date: String,
    /// Address.
    pub url: String,
    /// Who published it.
    pub publisher: String,
    /// Language tag, such as `en` or `en-GB`.
    pub language: String,
}

impl Default for FieldNames {
    fn default() -> Self {
        let name = str::to_owned;
        Self {
            id: name("id"),
            title: name("title"),
            text: name("text"),
            date: name("date"),
            url: name("url"),
            publisher: name("publisher"),
            language: name("language"),
        }
    }
}

/// A renaming that names no field of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--field {given}: write OURS=THEIRS, where OURS is id, title, text, date, url, publisher or language")]
pub struct BadRenaming {
    given: String,
}

impl FieldNames {
    /// Takes one renaming, written as on the command line.
    ///
    /// ```
    /// let mut fields = demarche_document::FieldNames::default();
    /// fields.rename("text=body")?;
    /// assert_eq!(fields.text, "body");
    /// # Ok::<(), demarche_document::BadRenaming>(())
    /// ```
    pub fn rename(&mut self, renaming: &str) -> Result<(), BadRenaming> {
        let bad = || BadRenaming { given: renaming.escape_debug().to_string() };
        let (ours, theirs) = renaming.split_once('=').ok_or_else(bad)?;
        let field = match ours.trim() {
            "id" => &mut self.id,
            "title" => &mut self.title,
            "text" => &mut self.text,
            "date" => &mut self.date,
            "url" => &mut self.url,
            "publisher" => &mut self.publisher,
            "language" => &mut self.language,
            _ => return Err(bad()),
        };
        if theirs.trim().is_empty() {
            return Err(bad());
        }
        theirs.trim().clone_into(field);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_from_names_and_bytes() {
        assert_eq!(Format::of_path(Path::new("a/B.HTML")), Some(Format::Html));
        assert_eq!(Format::of_path(Path::new("a/b.bin")), None);
        assert_eq!(Format::of_path(Path::new("a/b.warc.gz")), Some(Format::Warc));
        assert_eq!(Format::of_path(Path::new("a/b.csv.ZST")), Some(Format::Csv));
        assert_eq!(Format::of_path(Path::new("a/b.gz")), None);
        assert_eq!(Format::of_report(Path::new("a/README.md.gz")), None);
        let cases: [(&[u8], Format); 11] = [
            (b"WARC/1.0\r\n", Format::Warc),
            (b"PAR1\x15\x04", Format::Parquet),
            (b"<?xml version='1.0'?>\n<!-- made by hand --><rss version='2.0'>", Format::Feed),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'><p></p>", Format::Feed),
            (b"<!DOCTYPE rss PUBLIC '-'><rdf:RDF>", Format::Feed),
            (b"{\"text\": 1}", Format::JsonLines),
            (b" \n{ }", Format::JsonLines),
            (b"\xEF\xBB\xBF<!DOCTYPE html><p>", Format::Html),
            (b"<?xml version='1.0'?>\n<html xmlns='x'>", Format::Html),
            (b"{curly} things", Format::Text),
            (b"<talks> in Doha", Format::Text),
        ];
        for (bytes, format) in cases {
            assert_eq!(Format::of_bytes(bytes), format, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_bad_renaming_is_refused() {
        let mut fields = FieldNames::default();
        assert!(fields.rename("body=text").is_err());
        assert!(fields.rename("text").is_err());
        assert!(fields.rename("text=").is_err());
    }
}
