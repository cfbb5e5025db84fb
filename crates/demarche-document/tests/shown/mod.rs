//! A document as lines of "kind: text", for comparison.

use demarche_document::{Document, Title};

/// Each block on a line, white space made single, furniture cut to its ends.
pub fn shown(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(Title::Separate(title)) = &document.title {
        lines.push(format!("separate: {}", title.as_str()));
    }
    for block in &document.blocks {
        let text = block.range.of(document.body.as_str());
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut text = words.join(" ");
        let kind = format!("{:?}", block.kind).to_lowercase();
        if kind == "furniture" && words.len() > 9 {
            let end = words[words.len() - 5..].join(" ");
            text = format!("{} … {end}", words[..2].join(" "));
        }
        lines.push(format!("{kind}: {text}"));
    }
    lines
}
