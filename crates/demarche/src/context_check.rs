//! Runs the examples that contexts carry: sentences whose event must have them, and such whose events must not.

use std::collections::BTreeSet;

use demarche_document::from_text;
use demarche_record::{Context, Record};

use crate::coder::Coder;
use crate::extension::Ran;
use crate::frame_check::FrameFailure;

impl Coder {
    /// Runs the examples of all contexts; returns how many ran and those that failed, under the context's name.
    pub fn check_contexts(&self) -> (usize, Vec<FrameFailure>) {
        let mut ran = Ran::default();
        self.run_contexts(|_| true, &mut ran);
        (ran.context_examples, ran.context_failures)
    }

    /// Runs the examples that the files of some layers give for contexts.
    pub(crate) fn run_contexts(&self, of: impl Fn(usize) -> bool, ran: &mut Ran) {
        let mut owners: BTreeSet<Context> = BTreeSet::new();
        for example in self.coding().contexts.examples.iter().filter(|example| of(example.layer)) {
            owners.insert(example.context);
            ran.context_examples += 1;
            let found: Vec<Context> = self.contexts(&example.text);
            if found.contains(&example.context) != example.wanted {
                let names: Vec<&str> = found.iter().map(|found| found.as_str()).collect();
                let context = example.context.to_string();
                ran.context_failures.push(FrameFailure {
                    frame: context.clone(),
                    position: example.position.clone(),
                    sentence: example.text.clone(),
                    expected: if example.wanted { context } else { "not this context".to_owned() },
                    found: if names.is_empty() { "no context".to_owned() } else { names.join(", ") },
                });
            }
        }
        ran.contexts += owners.len();
    }

    /// The contexts of all events of a text.
    fn contexts(&self, text: &str) -> Vec<Context> {
        let records = self.code_by_frames(&from_text("example", text)).records;
        let events = records.iter().filter_map(|record| match record {
            Record::Event(event) => Some(&event.context),
            _ => None,
        });
        events.flatten().copied().collect()
    }
}
