//! `xtask make-documents`: any number of short documents out of real texts, no two alike, the same for the same seed.
//!
//! A document is one to three sentences that follow each other in a text. Countries, surnames, numbers, months and days of
//! the week are exchanged, each for the same one all through the document; the rest of the words is real.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Failure;

const COUNTRIES: &str = include_str!("../../data/places/countries.tsv");

const SURNAMES: [&str; 48] = [
    "Abbas", "Adeyemi", "Alvarez", "Andersen", "Banda", "Bauer", "Berg", "Castro", "Chanda", "Costa", "Demir",
    "Diallo", "Dubois", "Eriksen", "Farah", "Fischer", "Garcia", "Haddad", "Halonen", "Herrera", "Ibrahim", "Ivanov",
    "Jansen", "Kamau", "Kaya", "Keita", "Kovac", "Kowalski", "Lopez", "Mahmoud", "Mbeki", "Mensah", "Moreau",
    "Nakamura", "Nguyen", "Novak", "Okafor", "Pereira", "Petrov", "Popescu", "Rahman", "Rossi", "Santos", "Silva",
    "Tanaka", "Vargas", "Weber", "Yilmaz",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Papers that the documents are said to be from.
const PAPERS: usize = 60;

/// Days over which they are spread: ten years from 2014 on.
const DAYS: usize = 3_652;

/// Words of a document: a sentence or more.
const WORDS: std::ops::RangeInclusive<usize> = 8..=45;

/// Writes `count` documents as JSON Lines.
///
/// # Errors
/// [`Failure`] for a file that cannot be read, holds no sentences or cannot be written.
pub(crate) fn run(files: &[PathBuf], seed: u64, count: usize, output: &Path) -> Result<(), Failure> {
    let windows = windows(files)?;
    let failed = |cause| Failure::File { path: output.to_owned(), cause };
    let mut out = BufWriter::new(fs::File::create(output).map_err(failed)?);
    let countries = countries();
    for number in 0..count {
        // Each document has dice of its own: the first thousand are those of a run of a thousand.
        let mut dice = Dice::new(seed, number);
        let Some(window) = windows.get(dice.roll(windows.len())) else { break };
        let day = dice.roll(DAYS);
        let (year, month, date) = (2014 + day / 366, 1 + day % 12, 1 + day / 12 % 28);
        let document = serde_json::json!({
            "id": format!("m{number}"),
            "date": format!("{year}-{month:02}-{date:02}"),
            "publisher": format!("Paper {}", 1 + dice.roll(PAPERS)),
            "text": exchanged(window, &countries, &mut dice),
        });
        serde_json::to_writer(&mut out, &document)?;
        out.write_all(b"\n").map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    println!("{count} documents out of {} passages", windows.len());
    Ok(())
}

/// Sentences, or a few in a row, that are long enough for a document and not too long.
fn windows(files: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let mut windows = Vec::new();
    for path in files {
        let text = fs::read_to_string(path).map_err(|cause| Failure::File { path: path.clone(), cause })?;
        for (number, line) in text.lines().enumerate() {
            let value: serde_json::Value = serde_json::from_str(line).map_err(|error| Failure::Line {
                path: path.clone(),
                line: number + 1,
                cause: error.to_string(),
            })?;
            for paragraph in value.get("text").and_then(|text| text.as_str()).unwrap_or_default().lines() {
                let sentences: Vec<&str> = paragraph.split_inclusive(". ").collect();
                for first in 0..sentences.len() {
                    for length in 1..=3 {
                        let Some(window) = sentences.get(first..first + length) else { break };
                        let window = window.concat().trim().to_owned();
                        if WORDS.contains(&window.split_whitespace().count()) {
                            windows.push(window);
                        }
                    }
                }
            }
        }
    }
    match (windows.is_empty(), files) {
        (true, [path, ..]) => Err(Failure::NoSentences { path: path.clone(), expected: "a `text` of several words" }),
        _ => Ok(windows),
    }
}

/// Name and adjective of each country whose name is one word.
fn countries() -> Vec<[&'static str; 2]> {
    let rows = COUNTRIES.lines().filter(|line| !line.starts_with('#')).skip(1);
    let cells = rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        Some([*cells.get(4)?, cells.get(6)?.split([',', ';', '|']).next()?.trim()])
    });
    cells
        .filter(|names| {
            names.iter().all(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic()))
        })
        .collect()
}

/// The text with names and numbers exchanged.
fn exchanged(text: &str, countries: &[[&str; 2]], dice: &mut Dice) -> String {
    let turn = 1 + dice.roll(countries.len() - 1);
    let mut others: BTreeMap<String, String> = BTreeMap::new();
    let mut out = String::with_capacity(text.len());
    let mut before = "";
    for token in text.split_inclusive(|character: char| !character.is_alphanumeric()) {
        let word = token.trim_end_matches(|character: char| !character.is_alphanumeric());
        let other = others.entry(word.to_owned()).or_insert_with(|| other(word, before, countries, turn, dice));
        out.push_str(other);
        out.push_str(token.get(word.len()..).unwrap_or_default());
        before = if token.ends_with(' ') { word } else { "" };
    }
    out
}

/// What stands for a word: itself, unless it is a name or a number.
fn other(word: &str, before: &str, countries: &[[&str; 2]], turn: usize, dice: &mut Dice) -> String {
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = word.len() as u32;
        let least = if digits == 1 { 2 } else { 10_usize.pow(digits.min(9) - 1) };
        let years = digits == 4 && (word.starts_with("19") || word.starts_with("20"));
        return if years {
            (2000 + dice.roll(24)).to_string()
        } else {
            (least + dice.roll(9 * least.max(1))).to_string()
        };
    }
    let capitals = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let cased = |other: &str| if capitals { other.to_uppercase() } else { other.to_owned() };
    for column in [0, 1] {
        if let Some(found) = countries.iter().position(|country| country[column].eq_ignore_ascii_case(word)) {
            return cased(countries[(found + turn) % countries.len()][column]);
        }
    }
    if word == "May" {
        return word.to_owned();
    }
    for names in [&MONTHS[..], &WEEKDAYS] {
        if names.iter().any(|name| name.eq_ignore_ascii_case(word)) {
            return cased(names[dice.roll(names.len())]);
        }
    }
    let is_name = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
            && word.len() > 3
    };
    if is_name(word) && is_name(before) && dice.roll(2) == 0 {
        return SURNAMES[dice.roll(SURNAMES.len())].to_owned();
    }
    word.to_owned()
}

/// Numbers that look random and are the same everywhere: `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, number: usize) -> Self {
        let mut dice = Self(seed ^ (number as u64).wrapping_mul(0xd134_2543_de82_ef95));
        dice.roll(2);
        dice
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 16) as usize % sides.max(1)
    }
}
