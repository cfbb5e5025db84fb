//! What must hold of every document.

use demarche_document::Document;
use demarche_record::TextRange;

/// Blocks are in order, their spans within the `received` bytes and in order too.
pub fn check(document: &Document, received: usize) {
    let text = document.body.as_str();
    let (mut end, mut last) = (0, 0);
    for block in &document.blocks {
        assert!(end <= block.range.start && block.range.start < block.range.end);
        assert!(text.get(block.range.start..block.range.end).is_some());
        end = block.range.end;
        let span = document.body.received(block.range);
        assert!(last <= span.start && span.start <= span.end && span.end <= received);
        last = span.start;
    }
    let mut before = 0;
    for (at, character) in text.char_indices() {
        let span = document.body.received(TextRange::new(at, at + character.len_utf8()));
        assert!(before <= span.start && span.start <= span.end && span.end <= received);
        before = span.start;
    }
}
