//! How many pairs of events that a reader took for one happening are one incident, and how many that he did not.
//!
//! `cargo bench -p demarche-dossier --bench pairs -- [--missed]`: the pairs of `tests/gold/pairs`. `--missed` lists what is
//! judged wrongly in the half that rules may be tuned on.
//!
//! `... -- FILE.jsonl`: events of reports and of their edited copies, `NAME` and `NAME|EDIT`, as `demarche code` writes them:
//! by what factor counting falls, and how many incidents hold events of different reports.

#![allow(clippy::print_stdout, missing_docs)]

#[path = "../tests/made/mod.rs"]
mod made;

use std::collections::{BTreeMap, BTreeSet};

use demarche_dossier::{Dossier, Report};
use demarche_record::{Event, Record};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/gold/pairs");

#[derive(serde::Deserialize)]
struct Pair {
    id: String,
    half: String,
    a: String,
    b: String,
    label: String,
    why: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) {
        return copies(&path);
    }
    let missed = std::env::args().any(|argument| argument == "--missed");
    let events = read(&format!("{FOLDER}/records.jsonl"))?;
    let dossier = dossier(&events)?;
    let mut counts: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
    for line in std::fs::read_to_string(format!("{FOLDER}/incidents.jsonl"))?.lines() {
        let pair: Pair = serde_json::from_str(line)?;
        let joined = dossier.incident(&pair.a)?.witnesses.iter().any(|witness| witness.event.id == pair.b);
        let wrong = joined != (pair.label == "same") && pair.label != "part";
        if missed && pair.half == "tune" && (wrong || joined) {
            println!("{}{} {} ({})", if wrong { "WRONG " } else { "" }, pair.id, pair.label, pair.why);
            for id in [&pair.a, &pair.b] {
                let Some(event) = events.get(id) else { continue };
                let code = |entity: &demarche_record::Entity| {
                    format!(
                        "{}/{:?}",
                        entity.code.map_or_else(|| entity.entity_text.clone(), |code| code.to_string()),
                        entity.sector
                    )
                };
                let who = |list: &[demarche_record::Entity]| list.iter().map(code).collect::<Vec<_>>().join(", ");
                println!(
                    "    {:?} {:?} [{}] > [{}] {:?} {} | {}",
                    event.date.map(|day| day.0.to_string()),
                    event.mode,
                    who(&event.actor),
                    who(&event.recipient),
                    event.event_loc.as_ref().map(|place| &place.extracted_place),
                    event.status,
                    event.text.trim()
                );
            }
        }
        *counts.entry((pair.half, pair.label, joined)).or_default() += 1;
    }
    for half in ["tune", "test"] {
        let count =
            |label: &str, joined| counts.get(&(half.to_owned(), label.to_owned(), joined)).copied().unwrap_or_default();
        let (right, wrong, part) = (count("same", true), count("other", true), count("part", true));
        let same = right + count("same", false);
        println!(
            "{half}: {right} of {same} pairs of one happening joined, {wrong} of {} of two, {part} of {} of a part and \
             its whole",
            wrong + count("other", false),
            part + count("part", false),
        );
    }
    Ok(())
}

/// Events by their ids.
fn read(path: &str) -> Result<BTreeMap<String, Event>, Box<dyn std::error::Error>> {
    let mut events = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        if let Record::Event(event) = serde_json::from_str(line)? {
            events.insert(event.id.clone(), *event);
        }
    }
    Ok(events)
}

/// A dossier of them, linked.
fn dossier(events: &BTreeMap<String, Event>) -> Result<Dossier, Box<dyn std::error::Error>> {
    let mut reports: BTreeMap<&str, Report> = BTreeMap::new();
    for event in events.values() {
        let publisher = event.cite_info.publication.clone().unwrap_or_default();
        let report = reports.entry(&event.document).or_insert_with(|| Report {
            document: made::document(&event.document, &publisher, "2015-05-06", &event.document),
            sentences: Vec::new(),
            records: Vec::new(),
        });
        report.records.push(Record::Event(Box::new(event.clone())));
    }
    let mut dossier = Dossier::in_memory()?;
    dossier.add(&made::batch(reports.into_values()))?;
    dossier.link()?;
    Ok(dossier)
}

fn copies(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let events = read(path)?;
    let dossier = dossier(&events)?;
    let report = |document: &str| document.split('|').next().unwrap_or_default().to_owned();
    let originals = events.values().filter(|event| !event.document.contains('|')).count();
    let mut incidents: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut mixed: BTreeSet<Vec<String>> = BTreeSet::new();
    for id in events.keys() {
        let witnesses = dossier.incident(id)?.witnesses;
        let reports: BTreeSet<String> = witnesses.iter().map(|witness| report(&witness.event.document)).collect();
        let ids: Vec<String> = witnesses.into_iter().map(|witness| witness.event.id).collect();
        if reports.len() > 1 {
            mixed.insert(ids.clone());
        }
        incidents.insert(ids);
    }
    println!(
        "{} events, {originals} of them of originals; {} incidents: counting falls by a factor of {:.2}; {} hold events of \
         different reports: {mixed:?}",
        events.len(),
        incidents.len(),
        events.len() as f64 / incidents.len() as f64,
        mixed.len(),
    );
    Ok(())
}
