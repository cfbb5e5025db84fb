//! What must hold of the analysis of any text: sentences and words in order, with exact ranges, every sentence a tree.

use demarche::TextRange;
use demarche::language::Sentence;

/// Not shown: words are written without them.
fn hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

fn bare(text: &str) -> String {
    text.chars().filter(|&c| !hidden(c)).collect()
}

/// Every fault of the sentences of a text, one a line.
pub fn faults(text: &str, sentences: &[Sentence], blocks: &[TextRange]) -> Vec<String> {
    let mut out = Vec::new();
    let mut covered = vec![false; text.len()];
    let mut end = 0;
    for (at, sentence) in sentences.iter().enumerate() {
        let mut fault = |what: &str| out.push(format!("sentence {at} {:?}: {what}", sentence.range));
        let TextRange { start, end: stop } = sentence.range;
        if start < end || stop <= start || text.get(start..stop).is_none() {
            fault("is empty, overlaps or splits a character");
            continue;
        }
        end = stop;
        if sentence.tokens.is_empty() {
            fault("has no words");
        }
        let mut last = start;
        for token in &sentence.tokens {
            let range = token.range;
            if range.start < last || range.end <= range.start || range.end > stop {
                fault(&format!("{range:?} is out of order"));
            }
            last = range.end;
            match text.get(range.start..range.end) {
                None => fault(&format!("{range:?} splits a character")),
                Some(written) if bare(written) != bare(&token.form) => {
                    fault(&format!("“{}” stands where “{written}” is written", token.form));
                }
                Some(_) => covered[range.start..range.end].fill(true),
            }
            if token.head.is_some_and(|head| head >= sentence.tokens.len()) {
                fault("a head is no word");
            }
        }
        let roots = sentence.tokens.iter().filter(|token| token.head.is_none()).count();
        if roots != 1 || sentence.root().is_none_or(|root| sentence.subtree(root).len() != sentence.tokens.len()) {
            fault(&format!("is no tree: {roots} roots"));
        }
        let mut from = 0;
        for entity in &sentence.entities {
            if entity.first < from || entity.end <= entity.first || entity.end > sentence.tokens.len() {
                fault("entities overlap");
            }
            from = entity.end;
        }
    }
    for block in blocks {
        for (at, c) in block.of(text).char_indices() {
            if c.is_alphanumeric() && !covered[block.start + at] {
                out.push(format!("“{c}” at {} is in no word", block.start + at));
                break;
            }
        }
    }
    out
}
