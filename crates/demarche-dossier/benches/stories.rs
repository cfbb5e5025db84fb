//! How often near copies are missed, and how often different stories are taken for one.
//!
//! `cargo bench -p demarche-dossier --bench stories -- FILE.jsonl`: `FILE` has lines with `id` and `text`, reports that
//! are all different stories. Of each, edited copies are made; all are put under one day, so that dates do not help.

#![allow(clippy::print_stdout, missing_docs)]

#[path = "../tests/made/mod.rs"]
mod made;

use std::collections::BTreeMap;

use demarche_dossier::{Dossier, Report, Sentence};
use demarche_record::{Field, Span, TextInfo};

/// What editors do to a text, each with its name.
type Edit = (&'static str, fn(&str) -> String);

const EDITS: [Edit; 8] = [
    ("copied", str::to_owned),
    ("credited", |text| format!("LONDON (Example Wire) - {text} Reporting by A. Writer. All rights reserved.")),
    ("cut to two thirds", |text| part(text, 2, 3)),
    ("cut to a half", |text| part(text, 1, 2)),
    ("every fifth sentence left out", |text| sentences(text, |number, _| number % 5 != 4)),
    ("sentences turned around", |text| text.split_inclusive(". ").collect::<Vec<_>>().into_iter().rev().collect()),
    ("every twelfth word another", |text| {
        let words = text.split(' ').enumerate();
        words.map(|(number, word)| if number % 12 == 5 { "another" } else { word }).collect::<Vec<_>>().join(" ")
    }),
    ("figures updated", |text| text.replace('3', "4").replace('7', "8")),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(path) = std::env::args().skip(1).find(|argument| argument != "--bench") else {
        println!("no file given: nothing measured");
        return Ok(());
    };
    let mut texts: Vec<(String, String)> = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| value.get(name).and_then(|field| field.as_str()).unwrap_or_default().to_owned();
        texts.push((field("id"), field("text")));
    }
    let mut reports: Vec<Report> = Vec::new();
    for (id, text) in &texts {
        reports.push(report(&format!("{id}|original"), text));
        for (name, edit) in EDITS {
            reports.push(report(&format!("{id}|{name}"), &edit(text)));
        }
        reports.push(report(&format!("{id}|pattern"), &renamed(text)));
    }
    let mut dossier = Dossier::in_memory()?;
    dossier.add(&made::batch(reports))?;
    dossier.link()?;

    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut patterns, mut merged) = (0, Vec::new());
    for (id, _) in &texts {
        let story = dossier.story(&format!("{id}|original"))?;
        let members: Vec<(&str, &str)> =
            story.documents.iter().filter_map(|telling| telling.document.split_once('|')).collect();
        for (name, _) in EDITS {
            *found.entry(name).or_default() += usize::from(members.contains(&(id, name)));
        }
        patterns += usize::from(members.contains(&(id, "pattern")));
        merged.extend(
            members
                .iter()
                .filter(|(other, name)| *name == "original" && other > &id.as_str())
                .map(|pair| (id, pair.0.to_owned())),
        );
    }
    let reports = texts.len();
    println!("{reports} reports of different stories");
    for (name, _) in EDITS {
        println!("{name}: {} of {reports} found", found.get(name).copied().unwrap_or_default());
    }
    println!("one pattern under other names, taken for one story: {patterns} of {reports}");
    println!("different stories taken for one: {} of {} pairs: {merged:?}", merged.len(), reports * (reports - 1) / 2);
    Ok(())
}

/// The first `some` of `all` equal parts of a text, in whole sentences.
fn part(text: &str, some: usize, all: usize) -> String {
    let count = text.split_inclusive(". ").count();
    sentences(text, |number, _| number * all < count * some)
}

fn sentences(text: &str, keep: impl Fn(usize, &str) -> bool) -> String {
    let kept = text.split_inclusive(". ").enumerate().filter(|(number, sentence)| keep(*number, sentence));
    kept.map(|(_, sentence)| sentence).collect()
}

/// The same words about others: every name and number that is not first in its sentence is another one.
fn renamed(text: &str) -> String {
    let mut first = true;
    let words = text.split(' ').map(|word| {
        let name = !first && word.starts_with(char::is_uppercase) || word.contains(|digit: char| digit.is_numeric());
        first = word.ends_with('.');
        if name { format!("Z{}{}", word.to_lowercase(), if first { "." } else { "" }) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn report(id: &str, text: &str) -> Report {
    let mut start = 0;
    let sentences = text
        .split_inclusive(". ")
        .enumerate()
        .map(|(number, text)| {
            let span = Span::new(start, start + text.len());
            start += text.len();
            let text_info = TextInfo { sequence: number + 1, start: span.start, end: span.end };
            Sentence { field: Field::Text, span, text_info, text: text.to_owned() }
        })
        .collect();
    Report { document: made::document(id, id, "2024-03-05", text), sentences, records: Vec::new() }
}
