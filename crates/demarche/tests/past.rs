//! What is told of the past is history, and has its own date.

use demarche::record::Status;
use demarche::{Coder, Record, from_text};

/// A text, a word of a trigger, the status of its event and its first day, empty where there is none.
const CASES: &[(&str, &str, &str, Status, &str)] = &[
    // A year in a clause of the sentence; the clause that says when carries it.
    (
        "year",
        "Mr. Larsen spoke in Lima on Tuesday. Hundreds of people were killed in 1956 when Peruvian troops crushed the revolt.",
        "killed",
        Status::Historical,
        "1956-01-01",
    ),
    // A war by its name.
    (
        "war",
        "The president left on Monday. He will return books seized by Peruvian troops during World War II.",
        "seized",
        Status::Historical,
        "1939-01-01",
    ),
    // A collapse told as a clause; what comes after it has no date.
    (
        "collapse",
        "When the Soviet Union collapsed, Norwegian and Finnish leaders met in Oslo.",
        "met",
        Status::Historical,
        "",
    ),
    // The invasion that "since" counts from.
    (
        "since",
        "Police said on Sunday this year has been the most violent since the Chilean invasion of Peru in 2001.",
        "invasion",
        Status::Historical,
        "2001-01-01",
    ),
    // The next sentence goes on, and counts from the one before.
    (
        "later",
        "The envoy arrived on Monday. Chile seized the statue from Peru in 1937. The two nations agreed to its return a decade later.",
        "agreed",
        Status::Historical,
        "1947-01-01",
    ),
    (
        "pronoun",
        "Kenyan officials met on Friday. Rebels attacked the town in 1994. They killed 20 farmers.",
        "killed",
        Status::Historical,
        "1994-01-01",
    ),
    ("ago", "Chilean troops attacked the village two decades ago.", "attacked", Status::Historical, ""),
    // What is remembered.
    (
        "anniversary",
        "On Monday Peru marked the 60th anniversary of the bombing of Lima by Chile.",
        "bombing",
        Status::Historical,
        "",
    ),
    // Near-misses: an act of these days on a thing of the past.
    ("accord", "Peru rejected the 2003 agreement with Chile on Tuesday.", "rejected", Status::Happened, ""),
    (
        "charge",
        "On Friday a Peruvian court indicted a Chilean general over the 1995 massacre.",
        "indicted",
        Status::Happened,
        "",
    ),
    // It goes on to this day.
    (
        "until now",
        "Chilean rebels have killed 300 farmers since 2001, police said on Tuesday.",
        "killed",
        Status::Happened,
        "2001-01-01",
    ),
    // The next sentence comes back to the present.
    ("back", "Rebels attacked the town in 1994. On Tuesday they killed 20 farmers.", "killed", Status::Happened, ""),
    (
        "said",
        "Rebels attacked the town in 1994. Police say they killed 20 farmers on Monday.",
        "killed",
        Status::Happened,
        "",
    ),
    // To come.
    (
        "ahead",
        "Chile announced on Friday that it will extend the mandate of its troops until 2010.",
        "extend",
        Status::Happened,
        "",
    ),
];

#[test]
fn the_past_is_told_from_the_news() {
    let coder = Coder::new().unwrap();
    let mut faults = Vec::new();
    for &(name, text, trigger, status, date) in CASES {
        let coded = coder.code(&from_text(name, text));
        let found = coded.records.iter().find_map(|record| match record {
            Record::Event(event) => {
                let words = event.evidence.trigger;
                text[words.start..words.end]
                    .contains(trigger)
                    .then(|| (event.status, event.date.map(|day| day.0.to_string()).unwrap_or_default()))
            }
            _ => None,
        });
        let as_wanted = found.as_ref().is_some_and(|(is, on)| *is == status && (date.is_empty() || on == date));
        if !as_wanted {
            faults.push(format!("{name}: {found:?}, wanted {status:?} {date}\n  {text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
