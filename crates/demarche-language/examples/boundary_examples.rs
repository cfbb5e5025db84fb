//! Writes the training examples of the second look's network: `boundary_examples OUT FILE.conllu[:genre,genre]...`
//!
//! One stretch after another: a line of JSON with the number of words read (`rows`) and the gaps where a sentence may end, each the
//! row of the word after it and 1 or 0 for whether one does (`gaps`), then the states as 32-bit floats, little endian. Besides each
//! document as it is, every twelfth is written once more in capitals and another twelfth once more in small letters.

#![allow(clippy::print_stderr)] // A program for the terminal.

mod treebank;

use std::collections::HashSet;
use std::io::Write as _;
use std::{env, error, fs, io};

use demarche_language::{Model, NoNames, Segmenter};
use demarche_record::TextRange;

fn main() -> Result<(), Box<dyn error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [out, inputs @ ..] = arguments.as_slice() else {
        return Err("usage: boundary_examples OUT FILE[:genres]...".into());
    };
    let mut out = io::BufWriter::new(fs::File::create(out)?);
    let segmenter = Segmenter::builtin()?;
    let model = Model::builtin()?;
    let (mut stretches, mut gaps) = (0, 0);
    for input in inputs {
        let (path, genres) =
            input.split_once(':').map_or((input.as_str(), None), |(path, genres)| (path, Some(genres)));
        let documents = treebank::read(&fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?);
        for (number, document) in documents.iter().enumerate() {
            if genres.is_some_and(|genres| !genres.split(',').any(|genre| genre == document.genre)) {
                continue;
            }
            for sentences in &document.paragraphs {
                let mut copies = vec![treebank::paragraph(sentences, |_| false, false)];
                match number % 12 {
                    3 => copies.push(treebank::paragraph(sentences, |_| false, true)),
                    7 => copies.push(treebank::paragraph(&in_small_letters(sentences), |_| false, false)),
                    _ => {}
                }
                for (text, gold) in copies {
                    let ends: HashSet<usize> = gold.iter().map(|sentence| sentence.range.end).collect();
                    for read in segmenter.stretches(&text, TextRange::new(0, text.len()), &model, &NoNames) {
                        let answers: Vec<String> = read
                            .gaps
                            .iter()
                            .map(|(row, before, _)| format!("[{row},{}]", u8::from(ends.contains(&before.end))))
                            .collect();
                        stretches += 1;
                        gaps += answers.len();
                        let rows = read.states.len() / model.width();
                        writeln!(out, "{{\"rows\":{rows},\"gaps\":[{}]}}", answers.join(","))?;
                        for value in read.states {
                            out.write_all(&value.to_le_bytes())?;
                        }
                    }
                }
            }
        }
    }
    eprintln!("{stretches} stretches, {gaps} gaps");
    Ok(())
}

fn in_small_letters(sentences: &[treebank::Sentence]) -> Vec<treebank::Sentence> {
    let word = |(form, space): &(String, bool)| (form.to_lowercase(), *space);
    sentences.iter().map(|sentence| sentence.iter().map(word).collect()).collect()
}
