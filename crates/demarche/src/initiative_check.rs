//! Runs the examples that the files of initiatives carry: which initiatives a short report tells.

use demarche_coding::initiatives::Wanted;
use demarche_document::from_text;
use demarche_record::Record;

use crate::coder::Coder;
use crate::extension::Ran;
use crate::frame_check::FrameFailure;

impl Coder {
    /// Runs the examples of all files of initiatives; returns how many ran and those that failed, under the entry's id. An
    /// example is right if exactly its initiatives come out: kind, latest stage, codes of parties and mediators.
    pub fn check_initiatives(&self) -> (usize, Vec<FrameFailure>) {
        let mut ran = Ran::default();
        self.run_initiatives(|_| true, &mut ran);
        (ran.initiative_examples, ran.initiative_failures)
    }

    /// Runs the examples of the words of initiatives of some layers.
    pub(crate) fn run_initiatives(&self, of: impl Fn(usize) -> bool, ran: &mut Ran) {
        let words = &self.coding().initiatives;
        ran.initiatives += words.entries().filter(|(layer, _)| of(*layer)).count();
        for example in words.examples.iter().filter(|example| of(example.layer)) {
            ran.initiative_examples += 1;
            let records = self.code_by_frames(&from_text("example", &example.text)).records;
            let mut found: Vec<Wanted> = records
                .iter()
                .filter_map(|record| match record {
                    Record::Initiative(initiative) => Some(Wanted::of(initiative)),
                    _ => None,
                })
                .collect();
            found.sort_unstable();
            if found != example.wanted {
                ran.initiative_failures.push(FrameFailure {
                    frame: example.owner.clone(),
                    position: example.position.clone(),
                    sentence: example.text.clone(),
                    expected: joined(&example.wanted),
                    found: joined(&found),
                });
            }
        }
    }
}

fn joined(all: &[Wanted]) -> String {
    let lines: Vec<String> = all.iter().map(ToString::to_string).collect();
    if lines.is_empty() { "none".to_owned() } else { lines.join("; ") }
}
