//! The fixed records of the tests.

use demarche_layouts::{Source, expand};
use demarche_record::{Day, Record};
use jiff::civil::date;

/// Records with awkward names, and some of a real report.
pub fn records() -> Vec<Record> {
    include_str!("../data/records.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One for each pair of actor and recipient.
pub fn dyads() -> Vec<Record> {
    records().into_iter().flat_map(expand).collect()
}

/// Their document, as if all were of one.
pub fn source() -> Source {
    Source::of(&records(), Some(Day(date(2024, 5, 2))))
}
