//! The texts that tests run on, with the bytes that records point into.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use demarche::Document;
use demarche::document::{Format, Options, from_bytes};

/// How the bytes of a text are to be read by a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// UTF-8 without markup: text files, values of JSON Lines.
    Plain,
    /// UTF-8 with markup.
    Html,
}

/// A document and the bytes it was read from.
pub struct Received {
    /// As the program reads it.
    pub document: Document,
    /// What spans of field `text` point into.
    pub text: Vec<u8>,
    /// What spans of field `title` point into.
    pub title: Option<Vec<u8>>,
    /// How to read `text`.
    pub form: Form,
}

impl Received {
    /// A whole file of text or HTML; `None` if there is nothing to read in it.
    pub fn file(id: &str, bytes: &[u8], form: Form) -> Option<Self> {
        let format = if form == Form::Html { Format::Html } else { Format::Text };
        let document = from_bytes(id, bytes, format, &Options::default()).ok()?;
        Some(Self { document, text: bytes.to_vec(), title: None, form })
    }

    /// One line of JSON Lines; `None` if it is no document.
    pub fn line(id: &str, line: &str) -> Option<Self> {
        let document = from_bytes(id, line.as_bytes(), Format::JsonLines, &Options::default()).ok()?;
        let fields: serde_json::Value = serde_json::from_str(line).ok()?;
        let field = |name: &str| fields[name].as_str().map(|value| value.as_bytes().to_vec());
        Some(Self { document, text: field("text")?, title: field("title"), form: Form::Plain })
    }
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn lines(name: &str, text: &str) -> Vec<Received> {
    let read = |(at, line)| Received::line(&format!("{name}:{}", at + 1), line).expect("a document");
    text.lines().enumerate().map(read).collect()
}

/// All documents of `examples/`.
pub fn examples() -> Vec<Received> {
    let bytes = |name: &str| fs::read(root().join("examples").join(name)).expect("an example");
    let file = |name: &str, form| Received::file(name, &bytes(name), form).expect("a document");
    let mut out = vec![file("ceasefire-talks.txt", Form::Plain), file("page.html", Form::Html)];
    out.extend(lines("wire.jsonl", &String::from_utf8(bytes("wire.jsonl")).expect("UTF-8")));
    out
}

/// The reports that are not ours to pass on; nothing, said aloud, where they are absent.
pub fn shared() -> Vec<Received> {
    let mut out = Vec::new();
    for name in ["syria/re3d.jsonl", "wikinews/geovirus.jsonl"] {
        let path = root().join("../shared/data/texts").join(name);
        if let Ok(text) = fs::read_to_string(&path) {
            out.extend(lines(name, &text));
        } else {
            // Past the test runner, which keeps back what a passing test prints.
            let message = format!("note: ../shared/data/texts/{name} is absent; its documents are not tested\n");
            std::io::stderr().lock().write_all(message.as_bytes()).expect("standard error");
        }
    }
    out
}
