//! `xtask treebank`: the shipped model and the product's inference on words whose analysis is known.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use demarche::Coder;
use demarche::TextRange;
use demarche::language::{NoNames, Segmented, Sentence, Word};

use crate::{Failure, Verdict, entities};

/// Columns of CoNLL-U.
const COLUMNS: usize = 10;

pub(crate) fn run(files: &[PathBuf], genres: &[String], placeholders: bool) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    println!("{}, placeholders {}", coder.model().version(), if placeholders { "on" } else { "off" });
    for path in files {
        let text = text(path).map_err(|cause| Failure::File { path: path.clone(), cause })?;
        println!("{}", path.display());
        if path.to_string_lossy().contains(".conllu") {
            score(&coder, placeholders, path, &text, genres)?;
        } else {
            entities::score(&coder, placeholders, path, &text)?;
        }
    }
    Ok(Verdict::Holds)
}

pub(crate) fn text(path: &Path) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    } else {
        bytes.as_slice().read_to_string(&mut text)?;
    }
    Ok(text)
}

/// Rows of columns, a sentence each; with genres only of documents whose name (`GUM_news_...`) holds one of them.
pub(crate) fn rows<'a>(text: &'a str, genres: &[String]) -> Vec<Vec<Vec<&'a str>>> {
    let (mut out, mut rows, mut wanted) = (Vec::new(), Vec::new(), true);
    for line in text.lines().chain([""]) {
        if let Some(document) = line.strip_prefix("# newdoc id") {
            wanted = genres.is_empty() || genres.iter().any(|genre| document.contains(&format!("_{genre}_")));
        } else if line.is_empty() {
            let sentence = std::mem::take(&mut rows);
            out.extend(Some(sentence).filter(|rows: &Vec<_>| wanted && !rows.is_empty()));
        } else if !line.starts_with("# ") {
            rows.push(line.split('\t').collect());
        }
    }
    out
}

/// Parses sentences of given words and says how fast.
pub(crate) fn parse<'a>(
    coder: &Coder,
    placeholders: bool,
    sentences: impl Iterator<Item = Vec<&'a str>>,
) -> Vec<Sentence> {
    let given: Vec<Segmented> = sentences.map(|words| segmented(&words)).collect();
    let start = Instant::now();
    let parsed =
        if placeholders { coder.model().parse(&given, coder.world()) } else { coder.model().parse(&given, &NoNames) };
    let seconds = start.elapsed().as_secs_f64();
    let words: usize = parsed.iter().map(|sentence| sentence.tokens.len()).sum();
    println!("  {} sentences, {words} words, {:.0} words/s", parsed.len(), words as f64 / seconds);
    parsed
}

pub(crate) fn segmented(words: &[&str]) -> Segmented {
    let mut at = 0;
    let word = |form: &&str| {
        let range = TextRange::new(at, at + form.len());
        at = range.end + 1;
        Word { range, form: (*form).to_owned() }
    };
    Segmented { words: words.iter().map(word).collect(), range: TextRange::new(0, 0) }
}

fn score(coder: &Coder, placeholders: bool, path: &Path, text: &str, genres: &[String]) -> Result<(), Failure> {
    let mut gold = rows(text, genres);
    for rows in &mut gold {
        // Ranges ("1-2") and empty nodes ("1.1") are no words of the tree.
        rows.retain(|row| row.len() == COLUMNS && row[0].bytes().all(|byte| byte.is_ascii_digit()));
    }
    gold.retain(|rows| !rows.is_empty());
    if gold.is_empty() {
        return Err(Failure::NoSentences { path: path.to_owned(), expected: "ten columns" });
    }
    let parsed = parse(coder, placeholders, gold.iter().map(|rows| rows.iter().map(|row| row[1]).collect()));
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
        println!("  {name:<6} {:.2}", 100.0 * right as f64 / total as f64);
    }
    Ok(())
}
