//! Fits how the second look counts where the segmenter is in doubt, and writes it into the segmenter's file:
//! `segment_fit SEGMENTER.bin FILE.conllu[:genre,genre]... [--doubt N] [--language-model FILE] [--boundaries FILE]`
//!
//! Logistic regression of "a sentence ends here" on both views over the doubtful places of the given development sets: two
//! ratios, so little can be overfitted. To be run after the segmenter, the language model or the second look's network was trained anew.

#![allow(clippy::print_stdout)] // A program for the terminal.

mod treebank;

use std::collections::HashSet;
use std::{env, error, fs};

use demarche_language::{Model, NoNames, Segmenter};
use demarche_record::TextRange;

/// Scores of the first look below this are in doubt.
const DOUBT: i32 = 150;
/// Where doubt, weight and offset stand in the file, see `src/segment/model.rs`.
const AT: usize = 20;

fn main() -> Result<(), Box<dyn error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let doubt: i32 = option("--doubt").map_or(Ok(DOUBT), |number| number.parse())?;
    let given = &arguments[..arguments.iter().position(|a| a.starts_with("--")).unwrap_or(arguments.len())];
    let [path, inputs @ ..] = given else {
        return Err(
            "usage: segment_fit SEGMENTER.bin FILE[:genres]... [--doubt N] [--language-model FILE] [--boundaries FILE]"
                .into(),
        );
    };
    let mut bytes = fs::read(path)?;
    let mut segmenter = Segmenter::with_model(&bytes)?;
    if let Some(file) = option("--boundaries") {
        segmenter = segmenter.with_boundaries(&fs::read(file)?)?;
    }
    let model = match option("--language-model") {
        Some(file) => Model::from_bytes(&fs::read(file)?)?,
        None => Model::builtin()?,
    };
    let mut examples = Vec::new();
    for input in inputs {
        let (file, genres) =
            input.split_once(':').map_or((input.as_str(), None), |(file, genres)| (file, Some(genres)));
        for document in treebank::read(&fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?) {
            if genres.is_some_and(|genres| !genres.split(',').any(|genre| genre == document.genre)) {
                continue;
            }
            for paragraph in &document.paragraphs {
                let (text, gold) = treebank::paragraph(paragraph, |_| false, false);
                let ends: HashSet<usize> = gold.iter().map(|sentence| sentence.range.end).collect();
                for doubt in segmenter.doubts(&text, TextRange::new(0, text.len()), doubt, &model, &NoNames) {
                    let views = [f64::from(doubt.first) / 64.0, f64::from(doubt.second) / 64.0, 1.0];
                    examples.push((views, ends.contains(&doubt.word.end)));
                }
            }
        }
    }
    let ([first, second, bias], loss) = fit(&examples);
    let (weight, offset) = ((second / first * 64.0).round(), (bias / first * 64.0).round());
    if first <= 0.0 || second <= 0.0 {
        return Err(format!("no sense in it: first look {first}, second look {second}; has it been trained?").into());
    }
    println!("{} places in doubt; doubt {doubt}, weight {weight}, offset {offset}; loss {loss:.4}", examples.len());
    for (at, value) in [doubt, weight as i32, offset as i32].into_iter().enumerate() {
        bytes[AT + 4 * at..][..4].copy_from_slice(&value.to_le_bytes());
    }
    fs::write(path, bytes)?;
    Ok(())
}

/// Weights of a logistic regression by gradient descent, slightly held back, and the mean loss.
fn fit(examples: &[([f64; 3], bool)]) -> ([f64; 3], f64) {
    const STEP: f64 = 0.05;
    const DECAY: f64 = 1e-4;
    const ROUNDS: usize = 20_000;
    let mut weights = [0.0; 3];
    let mut loss = 0.0;
    for _ in 0..ROUNDS {
        let mut slopes = [0.0; 3];
        loss = 0.0;
        for (views, answer) in examples {
            let score: f64 = views.iter().zip(&weights).map(|(view, weight)| view * weight).sum();
            let guess = 1.0 / (1.0 + (-score).exp());
            let right = if *answer { guess } else { 1.0 - guess };
            loss -= right.max(1e-12).ln() / examples.len() as f64;
            for (slope, view) in slopes.iter_mut().zip(views) {
                *slope += (guess - f64::from(u8::from(*answer))) * view / examples.len() as f64;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(slopes) {
            *weight -= STEP * (slope + DECAY * *weight);
        }
    }
    (weights, loss)
}
