//! Writes the segmenter's training examples: `segment_features OUT.tsv FILE.conllu[:genre,genre]...`
//!
//! One line a decision: `w` (word boundary) or `s` (sentence end), 0 or 1, the buckets of its evidence. Besides each document
//! as it is, every fifth is written once more in capitals and every fourth once more with sentences glued together, as wire
//! copy and careless web pages do; another fourth once more with sentences that end in an abbreviation, which are few.

#![allow(clippy::print_stderr)] // A program for the terminal.

mod treebank;

use std::{env, error, fs, io};

use demarche_language::{Decisions, decisions};
use demarche_record::TextRange;

fn main() -> Result<(), Box<dyn error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [out, inputs @ ..] = arguments.as_slice() else {
        return Err("usage: segment_features OUT FILE[:genres]...".into());
    };
    let mut out = io::BufWriter::new(fs::File::create(out)?);
    let mut unreachable = (0, 0);
    for input in inputs {
        let (path, genres) =
            input.split_once(':').map_or((input.as_str(), None), |(path, genres)| (path, Some(genres)));
        let documents = treebank::read(&fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?);
        for (number, document) in documents.iter().enumerate() {
            if genres.is_some_and(|genres| !genres.split(',').any(|genre| genre == document.genre)) {
                continue;
            }
            for sentences in &document.paragraphs {
                if let Some(abbreviated) = (number % 4 == 3).then(|| abbreviated(sentences)).flatten() {
                    let (text, gold) = treebank::paragraph(&abbreviated, |_| false, false);
                    write(&mut out, &decisions(&text, TextRange::new(0, text.len()), &gold)?)?;
                }
                let mut copies = vec![(false, false)];
                copies.extend((number % 5 == 0).then_some((true, false)));
                copies.extend((number % 4 == 1).then_some((false, true)));
                for (capitals, glue) in copies {
                    let glued = |at: usize| glue && at.is_multiple_of(2) && gluable(sentences, at);
                    if glue && !(0..sentences.len()).any(glued) {
                        continue;
                    }
                    let (text, gold) = treebank::paragraph(sentences, glued, capitals);
                    let found = decisions(&text, TextRange::new(0, text.len()), &gold)?;
                    unreachable.0 += found.unreachable.0;
                    unreachable.1 += found.unreachable.1;
                    write(&mut out, &found)?;
                }
            }
        }
    }
    eprintln!("unreachable word boundaries {}, sentence ends {}", unreachable.0, unreachable.1);
    Ok(())
}

/// Whether a sentence ends in a stop after a plain word and the next begins with a capital and small letters.
fn gluable(sentences: &[treebank::Sentence], at: usize) -> bool {
    let (Some(this), Some(next)) = (sentences.get(at), sentences.get(at + 1)) else { return false };
    let [.., (before, _), (last, _)] = this.as_slice() else { return false };
    let Some((first, _)) = next.first() else { return false };
    matches!(last.as_str(), "." | "?" | "!")
        && before.ends_with(char::is_lowercase)
        && first.starts_with(char::is_uppercase)
        && !first.chars().skip(1).any(char::is_uppercase)
}

/// The paragraph with every other sentence that ends in a name ending in an abbreviation instead; none if there is no such.
fn abbreviated(sentences: &[treebank::Sentence]) -> Option<Vec<treebank::Sentence>> {
    const ABBREVIATIONS: [&str; 8] = ["U.S.", "U.N.", "U.K.", "p.m.", "D.C.", "U.S.", "a.m.", "E.U."];
    let mut found = 0;
    let mut out = sentences.to_vec();
    for sentence in &mut out {
        let named = matches!(&sentence[..], [_, _, .., (name, false), (stop, true)]
            if stop == "." && name.starts_with(char::is_uppercase) && name.ends_with(char::is_lowercase));
        if named {
            found += 1;
            if found % 2 == 1 {
                sentence.pop();
                sentence.pop();
                sentence.push((ABBREVIATIONS[(found + sentence.len()) % 8].to_owned(), true));
            }
        }
    }
    (found > 0).then_some(out)
}

fn write(out: &mut impl io::Write, found: &Decisions) -> io::Result<()> {
    for (kind, list) in [('w', &found.words), ('s', &found.sentences)] {
        for (buckets, answer) in list {
            write!(out, "{kind} {}", u8::from(*answer))?;
            for bucket in buckets {
                write!(out, " {bucket}")?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
