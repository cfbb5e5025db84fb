//! Scores the segmenter on a CoNLL-U file from its raw text:
//! `segment_score FILE.conllu [--errors] [--first] [--model FILE] [--language-model FILE] [--boundaries FILE]`
//!
//! `--first` leaves the second look out. `--model` is another segmenter's file, `--boundaries` another of the second look.
//! F1 of words and of sentences, as the CoNLL 2018 shared task counts: a word (sentence) is right where both its ends are.
//! One line a genre, one for all.

#![allow(clippy::print_stdout)] // A program for the terminal.

mod treebank;

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};
use std::{env, error, fs};

use demarche_language::{Model, NoNames, Segmented, Segmenter};
use demarche_record::TextRange;

#[derive(Clone, Copy, Default)]
struct Count {
    gold: usize,
    found: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, gold: &HashSet<TextRange>, found: &HashSet<TextRange>) {
        self.gold += gold.len();
        self.found += found.len();
        self.right += gold.intersection(found).count();
    }

    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

fn words(segments: &[Segmented]) -> HashSet<TextRange> {
    segments.iter().flat_map(|s| &s.words).map(|w| w.range).collect()
}

fn sentences(segments: &[Segmented]) -> HashSet<TextRange> {
    segments.iter().map(|s| s.range).collect()
}

/// Text with a bar at each boundary.
fn shown(text: &str, segments: &[Segmented]) -> String {
    let sentence = |s: &Segmented| s.words.iter().map(|w| w.range.of(text)).collect::<Vec<_>>().join("|");
    segments.iter().map(sentence).collect::<Vec<_>>().join(" ## ")
}

/// Prints the stretches without spaces whose words differ, with what stands around them: right words, found words.
fn differences(genre: &str, text: &str, gold: &[Segmented], found: &[Segmented]) {
    let (gold_words, found_words) = (words(gold), words(found));
    let inside = |words: &HashSet<TextRange>, chunk: TextRange| {
        let mut inside: Vec<&TextRange> =
            words.iter().filter(|w| w.start >= chunk.start && w.end <= chunk.end).collect();
        inside.sort_by_key(|w| w.start);
        inside.iter().map(|w| w.of(text)).collect::<Vec<_>>().join("|")
    };
    let mut at = 0;
    for piece in text.split(' ') {
        let chunk = TextRange::new(at, at + piece.len());
        at = chunk.end + 1;
        let (right, wrong) = (inside(&gold_words, chunk), inside(&found_words, chunk));
        if right != wrong {
            let from = text.floor_char_boundary(chunk.start.saturating_sub(20));
            let to = text.ceil_char_boundary((chunk.end + 20).min(text.len()));
            println!("W {genre}\t{right}\t{wrong}\t{}", &text[from..to]);
        }
    }
}

fn main() -> Result<(), Box<dyn error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let path = arguments
        .first()
        .ok_or("usage: segment_score FILE.conllu [--errors] [--first] [--model FILE] [--language-model FILE] [--boundaries FILE]")?;
    let errors = arguments.iter().any(|a| a == "--errors");
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let model = match option("--language-model") {
        _ if arguments.iter().any(|a| a == "--first") => None,
        Some(file) => Some(Model::from_bytes(&fs::read(file)?)?),
        None => Some(Model::builtin()?),
    };
    let mut segmenter = match option("--model") {
        Some(model) => Segmenter::with_model(&fs::read(model)?)?,
        None => Segmenter::builtin()?,
    };
    if let Some(file) = option("--boundaries") {
        segmenter = segmenter.with_boundaries(&fs::read(file)?)?;
    }
    let documents = treebank::read(&fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?);
    let mut counts: BTreeMap<String, [Count; 2]> = BTreeMap::new();
    let mut spent = Duration::ZERO;
    for document in &documents {
        for paragraph in &document.paragraphs {
            let (text, gold) = treebank::paragraph(paragraph, |_| false, false);
            let begun = Instant::now();
            let whole = TextRange::new(0, text.len());
            let found = match &model {
                Some(model) => segmenter.segment_with(&text, [whole], model, &NoNames),
                None => segmenter.segment(&text, whole),
            };
            spent += begun.elapsed();
            for genre in [document.genre.as_str(), "all"] {
                let count = counts.entry(genre.to_owned()).or_default();
                count[0].add(&words(&gold), &words(&found));
                count[1].add(&sentences(&gold), &sentences(&found));
            }
            if errors {
                let whole: HashSet<&TextRange> = gold.iter().map(|s| &s.range).collect();
                differences(&document.genre, &text, &gold, &found);
                if found.iter().any(|s| !whole.contains(&s.range)) {
                    println!("G {}\nF {}", shown(&text, &gold), shown(&text, &found));
                }
            }
        }
    }
    for (genre, [words, sentences]) in &counts {
        println!(
            "{genre:12} words {:6.2}  sentences {:6.2}  ({} words, {} sentences)",
            words.f1(),
            sentences.f1(),
            words.gold,
            sentences.gold
        );
    }
    let total = counts.get("all").map_or(0, |count| count[0].gold);
    println!("{:.0} words/s on one thread", total as f64 / spent.as_secs_f64().max(1e-9));
    Ok(())
}
