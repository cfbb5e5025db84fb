//! Runs the example sentences that frames carry: what must be coded, and what must not.

use std::fmt;

use demarche_coding::frames::{Expected, ExpectedActor, Frame};
use demarche_document::from_text;
use demarche_record::{Entity, Record};

use crate::coder::Coder;

/// An example that does not come out as its frame, its issue or the turn words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameFailure {
    /// The frame or issue; `turns` for the turn words.
    pub frame: String,
    /// The sentence.
    pub sentence: String,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl fmt::Display for FrameFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: \u{201c}{}\u{201d}: expected {}, found {}", self.frame, self.sentence, self.expected, self.found)
    }
}

impl Coder {
    /// Runs the examples of all frames in force; returns how many ran and those that failed.
    pub fn check_frames(&self) -> (usize, Vec<FrameFailure>) {
        let mut ran = 0;
        let mut failures = Vec::new();
        for frame in &self.coding().frames.frames {
            for example in &frame.codes {
                ran += 1;
                let records = self.code(&from_text("example", &example.text)).records;
                if !records.iter().any(|record| fits(record, &example.expected))
                    && !nothing(&records, &example.expected)
                {
                    failures.push(failure(frame, &example.text, format!("{:?}", example.expected), &records));
                }
            }
            for sentence in &frame.not {
                ran += 1;
                let records = self.code(&from_text("example", sentence)).records;
                let fired = records.iter().any(|record| match record {
                    Record::Event(event) => {
                        frame.event.is_some_and(|own| event.event.contains(&own))
                            && event.why.frame.as_deref() == Some(&frame.id)
                    }
                    _ => false,
                });
                if fired {
                    failures.push(failure(frame, sentence, "not this frame".to_owned(), &records));
                }
            }
        }
        (ran, failures)
    }
}

fn nothing(records: &[Record], expected: &Expected) -> bool {
    *expected == Expected::Nothing && !records.iter().any(|record| matches!(record, Record::Event(_)))
}

fn same(entities: &[Entity], expected: Option<&Vec<ExpectedActor>>) -> bool {
    expected.is_none_or(|expected| {
        entities.len() == expected.len()
            && expected.iter().all(|wanted| {
                entities.iter().any(|entity| {
                    entity.code == wanted.code && wanted.sectors.iter().all(|sector| entity.sector.contains(sector))
                })
            })
    })
}

fn fits(record: &Record, expected: &Expected) -> bool {
    match (record, expected) {
        (Record::Event(found), Expected::Event { event, modes, actor, recipient }) => {
            found.event.contains(event)
                && modes.iter().all(|mode| found.mode.contains(mode))
                && same(&found.actor, actor.as_ref())
                && same(&found.recipient, recipient.as_ref())
        }
        (Record::Statement(found), Expected::Statement { act, stance, speaker }) => {
            found.act == *act
                && stance.is_none_or(|stance| found.stance == stance)
                && same(&found.speaker, speaker.as_ref())
        }
        _ => false,
    }
}

fn failure(frame: &Frame, sentence: &str, expected: String, records: &[Record]) -> FrameFailure {
    let found: Vec<String> = records.iter().map(crate::explain::line).collect();
    let found = if found.is_empty() { "nothing".to_owned() } else { found.join(" | ") };
    FrameFailure { frame: frame.id.clone(), sentence: sentence.to_owned(), expected, found }
}
