//! The gold sentences of `tests/gold`: a reader's records of drawn sentences, compared with what comes out.
//!
//! A predicted event is right if its type is that of a gold event of the sentence (or one of its alternatives) and its
//! actors overlap the gold actors, where gold has any; a predicted statement if its act matches and its speaker overlaps.

use std::collections::BTreeMap;

use demarche_record::{Field, Record, Span};
use serde::Deserialize;

use super::reliability::Reliability;

/// What is wrong with a gold file.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}; see tests/gold/README.md for the format")]
pub struct GoldError {
    line: usize,
    cause: serde_json::Error,
}

/// A gold sentence with its records.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldSentence {
    /// Its id.
    pub id: String,
    /// The document it is from.
    pub document: String,
    /// First byte in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What a careful reader keeps.
    pub records: Vec<GoldRecord>,
}

/// A record as the reader wrote it.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldRecord {
    kind: String,
    event: Option<String>,
    act: Option<String>,
    #[serde(default)]
    actor: Vec<GoldEntity>,
    #[serde(default)]
    recipient: Vec<GoldEntity>,
    #[serde(default)]
    speaker: Vec<GoldEntity>,
    #[serde(default)]
    or: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct GoldEntity {
    code: Option<String>,
    span: Option<(usize, usize)>,
}

/// How the coder fared on gold sentences.
#[derive(Clone, Debug, Default)]
pub struct GoldReport {
    /// Events and statements that came out.
    pub predicted: usize,
    /// Those that are right.
    pub right: usize,
    /// Those of which actors and recipients are right in code too.
    pub right_with_actors: usize,
    /// Records the reader wrote.
    pub gold: usize,
    /// Those that were found.
    pub found: usize,
    /// Predicted and right by kind and name, gold and found likewise.
    pub by_name: BTreeMap<String, [usize; 4]>,
    /// One line a wrong, and one a missed record.
    pub faults: Vec<String>,
    /// Whether the confidence of events tells the share that is right.
    pub reliability: Reliability,
}

impl GoldReport {
    /// Share of what came out that is right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.predicted.max(1) as f64
    }

    /// Share of what the reader wrote that was found.
    pub fn recall(&self) -> f64 {
        self.found as f64 / self.gold.max(1) as f64
    }
}

/// A record that came out, reduced to what is compared.
struct Predicted<'a> {
    kind: &'static str,
    name: &'a str,
    actors: &'a [Span],
    codes: Vec<Option<String>>,
    recipient_codes: Vec<Option<String>>,
    confidence: f64,
    shown: String,
}

fn predictions(records: &[Record], start: usize, end: usize) -> Vec<Predicted<'_>> {
    let inside = |span: Span| span.start >= start && span.start < end;
    let code = |entity: &demarche_record::Entity| entity.code.map(|code| code.to_string());
    records
        .iter()
        .filter_map(|record| match record {
            Record::Event(event) => {
                let here = event.evidence.field == Field::Text
                    && (inside(event.evidence.trigger) || event.witness.iter().any(|w| inside(w.trigger)));
                here.then(|| Predicted {
                    kind: "event",
                    name: event.event.first().map_or("", |e| e.as_str()),
                    // A witness sentence has the record's actors, named elsewhere.
                    actors: if inside(event.evidence.trigger) { &event.evidence.actor } else { &[] },
                    codes: event.actor.iter().map(code).collect(),
                    recipient_codes: event.recipient.iter().map(code).collect(),
                    confidence: event.confidence,
                    shown: crate::explain::line(record),
                })
            }
            Record::Statement(statement) => {
                let here = statement.evidence.field == Field::Text && inside(statement.evidence.cue);
                here.then(|| Predicted {
                    kind: "statement",
                    name: statement.act.as_str(),
                    actors: &statement.evidence.speaker,
                    codes: statement.speaker.iter().map(code).collect(),
                    recipient_codes: Vec::new(),
                    confidence: statement.confidence,
                    shown: crate::explain::line(record),
                })
            }
            Record::Initiative(_) => None,
        })
        .collect()
}

impl GoldRecord {
    fn name(&self) -> &str {
        self.event.as_deref().or(self.act.as_deref()).unwrap_or_default()
    }

    fn matches(&self, predicted: &Predicted<'_>) -> bool {
        let people = if self.kind == "event" { &self.actor } else { &self.speaker };
        let spans: Vec<(usize, usize)> = people.iter().filter_map(|entity| entity.span).collect();
        let overlap = spans.is_empty()
            || predicted.actors.iter().any(|a| spans.iter().any(|&(start, end)| a.start < end && start < a.end))
            || (predicted.actors.is_empty()
                && people.iter().any(|entity| entity.code.is_some() && predicted.codes.contains(&entity.code)));
        self.kind == predicted.kind
            && (self.name() == predicted.name || self.or.iter().any(|alternative| alternative == predicted.name))
            && overlap
    }

    fn codes_match(&self, predicted: &Predicted<'_>) -> bool {
        let all = |wanted: &[GoldEntity], found: &[Option<String>]| {
            wanted.iter().all(|entity| entity.code.is_none() || found.contains(&entity.code))
        };
        if self.kind == "event" {
            all(&self.actor, &predicted.codes) && all(&self.recipient, &predicted.recipient_codes)
        } else {
            all(&self.speaker, &predicted.codes)
        }
    }
}

/// Reads gold sentences, one JSON object a line.
///
/// # Errors
/// [`GoldError`] with the line that does not parse.
pub fn gold(lines: &str) -> Result<Vec<GoldSentence>, GoldError> {
    lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| serde_json::from_str(line).map_err(|cause| GoldError { line: n + 1, cause }))
        .collect()
}

impl GoldReport {
    /// Compares one sentence with the records of its document.
    pub fn compare(&mut self, sentence: &GoldSentence, records: &[Record]) {
        let predicted = predictions(records, sentence.start, sentence.end);
        for p in &predicted {
            self.predicted += 1;
            let key = format!("{} {}", p.kind, p.name);
            self.by_name.entry(key.clone()).or_default()[0] += 1;
            let gold = sentence.records.iter().find(|gold| gold.matches(p));
            if p.kind == "event" {
                self.reliability.add(p.confidence, gold.is_some());
            }
            if let Some(gold) = gold {
                self.right += 1;
                self.by_name.entry(key).or_default()[1] += 1;
                self.right_with_actors += usize::from(gold.codes_match(p));
            } else {
                self.faults.push(format!("{} wrong   {}", sentence.id, p.shown));
            }
        }
        for gold in &sentence.records {
            self.gold += 1;
            let key = format!("{} {}", gold.kind, gold.name());
            self.by_name.entry(key.clone()).or_default()[2] += 1;
            if predicted.iter().any(|p| gold.matches(p)) {
                self.found += 1;
                self.by_name.entry(key).or_default()[3] += 1;
            } else {
                self.faults.push(format!("{} missed  {} {}", sentence.id, gold.kind, gold.name()));
            }
        }
    }
}
