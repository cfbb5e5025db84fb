//! Runs the example sentences that frames carry: what must be coded, and what must not.

use std::fmt;

use demarche_coding::frames::{Expected, ExpectedActor, Frame, Position};
use demarche_document::from_text;
use demarche_record::{Entity, Record};

use crate::coder::Coder;
use crate::extension::Ran;

/// An example that does not come out as its frame, its issue or the turn words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameFailure {
    /// The frame or issue; `turns` for the turn words.
    pub frame: String,
    /// Where the example stands.
    pub position: Position,
    /// The sentence.
    pub sentence: String,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl fmt::Display for FrameFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { frame, position, sentence, expected, found } = self;
        write!(f, "{position}: {frame}: \u{201c}{sentence}\u{201d}: expected {expected}, found {found}")
    }
}

impl Coder {
    /// Runs the examples of all frames in force; returns how many ran and those that failed.
    pub fn check_frames(&self) -> (usize, Vec<FrameFailure>) {
        let ran = self.run_frames(|_| true);
        (ran.frame_examples, ran.frame_failures)
    }

    /// Runs the examples of the frames of some layers.
    pub(crate) fn run_frames(&self, of: impl Fn(usize) -> bool) -> Ran {
        let mut ran = Ran::default();
        for frame in self.coding().frames.frames.iter().filter(|frame| of(frame.layer)) {
            ran.frames += 1;
            for example in &frame.codes {
                ran.frame_examples += 1;
                let records = self.code_by_frames(&from_text("example", &example.text)).records;
                if !records.iter().any(|record| fits(record, &example.expected))
                    && !nothing(&records, &example.expected)
                {
                    let expected = example.expected.to_string();
                    ran.frame_failures.push(failure(frame, &example.position, &example.text, expected, &records));
                }
            }
            for near in &frame.not {
                ran.frame_examples += 1;
                let records = self.code_by_frames(&from_text("example", &near.text)).records;
                let fired = records.iter().any(|record| match record {
                    Record::Event(event) => {
                        frame.event.is_some_and(|own| event.event.contains(&own))
                            && event.why.frame.as_deref() == Some(&frame.id)
                    }
                    _ => false,
                });
                if fired {
                    let expected = "not this frame".to_owned();
                    ran.frame_failures.push(failure(frame, &near.position, &near.text, expected, &records));
                }
            }
        }
        ran
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

fn failure(frame: &Frame, position: &Position, sentence: &str, expected: String, records: &[Record]) -> FrameFailure {
    let found: Vec<String> = records.iter().map(crate::explain::line).collect();
    let found = if found.is_empty() { "nothing".to_owned() } else { found.join(" | ") };
    let (frame, position, sentence) = (frame.id.clone(), position.clone(), sentence.to_owned());
    FrameFailure { frame, position, sentence, expected, found }
}
