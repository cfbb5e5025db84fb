//! `xtask raw`: the whole way from raw text, scored as the CoNLL 2018 shared task does.

mod read;
mod score;

use std::path::PathBuf;

use demarche::language::{NoNames, Segmenter, Sentence};
use demarche::{Coder, CoderError, TextRange};

use self::score::{Count, Side, Word};
use crate::{Failure, Verdict, treebank};

pub(crate) fn run(files: &[PathBuf], genres: &[String], placeholders: bool) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let segmenter = Segmenter::builtin().map_err(CoderError::from)?;
    println!("{}, placeholders {}", coder.model().version(), if placeholders { "on" } else { "off" });
    for path in files {
        let text = treebank::text(path).map_err(|cause| Failure::File { path: path.clone(), cause })?;
        let treebank = read::treebank(&text, genres);
        if treebank.gold.words.is_empty() {
            return Err(Failure::NoSentences { path: path.clone(), expected: "ten columns" });
        }
        let mut found = Side::default();
        let mut characters = 0;
        for paragraph in &treebank.paragraphs {
            let block = [TextRange::new(0, paragraph.len())];
            let parsed = if placeholders {
                let segmented = segmenter.segment_with(paragraph, block, coder.model(), coder.world());
                coder.model().parse(&segmented, coder.world())
            } else {
                let segmented = segmenter.segment_with(paragraph, block, coder.model(), &NoNames);
                coder.model().parse(&segmented, &NoNames)
            };
            add(&parsed, paragraph, characters, &mut found);
            characters += read::shown(paragraph);
        }
        println!("{}", path.display());
        print(&score::scores(&treebank.gold, &found));
    }
    Ok(Verdict::Holds)
}

fn print(scores: &[(&'static str, Count)]) {
    for (name, count) in scores {
        println!("  {name:<9} {:.2}  ({} right of {}, {} found)", count.f1(), count.right, count.gold, count.found);
    }
}

/// Adds the sentences of a paragraph, before which there are so many characters.
fn add(sentences: &[Sentence], paragraph: &str, before: usize, found: &mut Side) {
    let mut at = (0, before);
    let mut place = |byte: usize| {
        at = (byte, at.1 + read::shown(&paragraph[at.0..byte]));
        at.1
    };
    for sentence in sentences {
        let first = found.words.len();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let start = place(token.range.start);
            let span = start..place(token.range.end);
            match found.tokens.last_mut() {
                Some(whole) if at > 0 && sentence.joins_next(at - 1) => whole.end = span.end,
                _ => found.tokens.push(span.clone()),
            }
            found.words.push(Word {
                span,
                form: token.form.clone(),
                contracted: false,
                upos: token.upos.as_str().to_owned(),
                lemma: token.lemma.clone(),
                relation: token.relation.as_str().to_owned(),
                head: token.head.map(|head| first + head),
            });
        }
        if let [head, ..] = &found.words[first..] {
            let end = found.words.last().map_or(head.span.end, |last| last.span.end);
            found.sentences.push(head.span.start..end);
        }
    }
}
