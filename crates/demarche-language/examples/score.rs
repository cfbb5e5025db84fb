//! Scores the model on gold words: trees, tags and lemmas of CoNLL-U files, entities of `word TAB tag TAB entity` files.
//!
//! ```text
//! cargo run --release -p demarche-language --example score -- ../shared/data/treebanks/en_ewt-dev.conllu \
//!     ../shared/data/ner/gmb-dev.conll.gz
//! ```
//! No placeholders are used. LAS counts subtypes, lemmas count case, entities count exact spans and kinds (`geo`, `gpe`,
//! `per`, `org`). The time is for one thread, parsing only. With `genre=news,bio` before a file, only documents of
//! GUM whose names hold one of those genres count.
#![allow(clippy::print_stdout)]

use std::collections::HashSet;
use std::error::Error;
use std::io::Read;
use std::time::Instant;

use demarche_language::{EntityKind, Model, NoNames, Segmented, Sentence, Word};
use demarche_record::TextRange;

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let model = Model::builtin()?;
    println!("{} loaded in {:.1} ms", model.version(), start.elapsed().as_secs_f64() * 1e3);
    let mut genres = Vec::new();
    for argument in std::env::args().skip(1) {
        if let Some(list) = argument.strip_prefix("genre=") {
            genres = list.split(',').filter(|g| !g.is_empty()).map(|genre| format!("_{genre}_")).collect();
            continue;
        }
        let text = read(&argument)?;
        println!("{argument}");
        if argument.contains(".conllu") { score_trees(&model, &text, &genres) } else { score_entities(&model, &text) }
    }
    Ok(())
}

fn read(path: &str) -> Result<String, Box<dyn Error>> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let mut text = String::new();
    match path.strip_suffix(".gz") {
        Some(_) => flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?,
        None => bytes.as_slice().read_to_string(&mut text)?,
    };
    Ok(text)
}

/// Rows of columns, a sentence each, of documents whose name holds one of the genres if there are any.
fn sentences<'a>(text: &'a str, genres: &[String]) -> Vec<Vec<Vec<&'a str>>> {
    let (mut out, mut rows, mut wanted) = (Vec::new(), Vec::new(), true);
    for line in text.lines().chain([""]) {
        if let Some(document) = line.strip_prefix("# newdoc id") {
            wanted = genres.is_empty() || genres.iter().any(|genre| document.contains(genre.as_str()));
        } else if line.is_empty() {
            let sentence = std::mem::take(&mut rows);
            out.extend(Some(sentence).filter(|rows: &Vec<_>| wanted && !rows.is_empty()));
        } else if !line.starts_with("# ") {
            rows.push(line.split('\t').collect());
        }
    }
    out
}

fn segmented<'a>(words: impl Iterator<Item = &'a str>) -> Segmented {
    let mut at = 0;
    let words = words.map(|form| {
        let range = TextRange::new(at, at + form.len());
        at = range.end + 1;
        Word { range, form: form.to_owned() }
    });
    Segmented { words: words.collect(), range: TextRange::new(0, 0) }
}

fn parse(model: &Model, sentences: &[Segmented]) -> Vec<Sentence> {
    let start = Instant::now();
    let parsed = model.parse(sentences, &NoNames);
    let seconds = start.elapsed().as_secs_f64();
    let words: usize = parsed.iter().map(|sentence| sentence.tokens.len()).sum();
    println!("  {} sentences, {words} words, {:.0} words/s", parsed.len(), words as f64 / seconds);
    parsed
}

fn score_trees(model: &Model, text: &str, genres: &[String]) {
    let mut gold = sentences(text, genres);
    for rows in &mut gold {
        rows.retain(|row| row.len() == 10 && row[0].bytes().all(|b| b.is_ascii_digit()));
    }
    let parsed = parse(model, &gold.iter().map(|rows| segmented(rows.iter().map(|row| row[1]))).collect::<Vec<_>>());
    let (mut right, mut total) = ([0usize; 6], 0usize);
    for (row, token) in gold.iter().flatten().zip(parsed.iter().flat_map(|sentence| &sentence.tokens)) {
        let head = row[6] == token.head.map_or(0, |head| head + 1).to_string();
        let scores = [
            head && row[7] == token.relation.as_str(),
            head,
            row[3] == token.upos.as_str(),
            row[4] == token.xpos.as_str(),
            row[5] == &*token.features,
            row[2] == token.lemma,
        ];
        total += 1;
        for (right, score) in right.iter_mut().zip(scores) {
            *right += usize::from(score);
        }
    }
    for (name, right) in ["LAS", "UAS", "UPOS", "XPOS", "FEATS", "lemma"].iter().zip(right) {
        println!("  {name} {:.2}", 100.0 * right as f64 / total as f64);
    }
}

fn score_entities(model: &Model, text: &str) {
    let gold = sentences(text, &[]);
    let parsed = parse(model, &gold.iter().map(|rows| segmented(rows.iter().map(|row| row[0]))).collect::<Vec<_>>());
    let kinds = ["geo", "gpe", "per", "org"];
    let (mut found, mut known) = (HashSet::new(), HashSet::new());
    for (at, (rows, sentence)) in gold.iter().zip(&parsed).enumerate() {
        for entity in &sentence.entities {
            let kind = match entity.kind {
                EntityKind::Place => "geo",
                EntityKind::Norp => "gpe",
                EntityKind::Person => "per",
                EntityKind::Organisation => "org",
            };
            found.insert((at, entity.first, entity.end, kind));
        }
        let tags: Vec<&str> = rows.iter().map(|row| row.get(2).copied().unwrap_or("O")).collect();
        let mut first = 0;
        while first < tags.len() {
            let kind = tags[first].get(2..).unwrap_or_default();
            let mut end = first + 1;
            while kinds.contains(&kind) && tags.get(end).is_some_and(|tag| tag.strip_prefix("I-") == Some(kind)) {
                end += 1;
            }
            if let Some(kind) = kinds.iter().find(|known| **known == kind) {
                known.insert((at, first, end, *kind));
            }
            first = end;
        }
    }
    let f1 = |kind: Option<&str>| {
        let of =
            |set: &HashSet<(usize, usize, usize, &str)>| set.iter().filter(|e| kind.is_none_or(|k| k == e.3)).count();
        let both = known.intersection(&found).filter(|e| kind.is_none_or(|k| k == e.3)).count();
        200.0 * both as f64 / (of(&known) + of(&found)).max(1) as f64
    };
    println!("  entity F1 {:.2}", f1(None));
    for kind in kinds {
        println!("    {kind} {:.2}", f1(Some(kind)));
    }
}
