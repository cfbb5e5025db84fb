//! No two events that a reader took for two happenings are one incident (`tests/gold/pairs`).

#![allow(clippy::unwrap_used)]

mod made;

use std::collections::BTreeMap;

use demarche_dossier::{Dossier, Report};
use demarche_record::Record;

#[derive(serde::Deserialize)]
struct Pair {
    id: String,
    a: String,
    b: String,
    label: String,
}

#[test]
fn two_happenings_are_never_one_incident() {
    let mut reports: BTreeMap<String, Report> = BTreeMap::new();
    for line in include_str!("../../../tests/gold/pairs/records.jsonl").lines() {
        let Record::Event(event) = serde_json::from_str(line).unwrap() else { continue };
        let report = reports.entry(event.document.clone()).or_insert_with(|| Report {
            document: made::document(&event.document, &event.document, "2015-05-06", &event.document),
            sentences: Vec::new(),
            records: Vec::new(),
        });
        report.records.push(Record::Event(event));
    }
    let mut dossier = Dossier::in_memory().unwrap();
    dossier.add(&made::batch(reports.into_values())).unwrap();
    dossier.link().unwrap();
    let (mut joined, mut wrong) = (0, Vec::new());
    for line in include_str!("../../../tests/gold/pairs/incidents.jsonl").lines() {
        let pair: Pair = serde_json::from_str(line).unwrap();
        if dossier.incident(&pair.a).unwrap().witnesses.iter().any(|witness| witness.event.id == pair.b) {
            match pair.label.as_str() {
                "same" => joined += 1,
                "other" => wrong.push(pair.id),
                _ => {}
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(joined > 0);
}
