//! Runs the examples that issues and turn words carry: which issues words have, and which way a stance points on them.

use demarche_coding::issues::{Topic, Wording};
use demarche_document::from_text;
use demarche_record::{Issue, SpeechAct, Stance};

use crate::coder::Coder;
use crate::frame_check::FrameFailure;

impl Coder {
    /// Runs the examples of all issues and of the words that turn a stance, each read as the proposition of a statement; returns
    /// how many ran and those that failed, under the issue's name or `turns`.
    pub fn check_issues(&self) -> (usize, Vec<FrameFailure>) {
        let mut ran = 0;
        let mut failures = Vec::new();
        for entry in &self.coding().issues.entries {
            let near = entry.not.iter().map(|text| (text, None));
            for (text, wanted) in entry.codes.iter().map(|e| (&e.text, Some(&e.issues))).chain(near) {
                ran += 1;
                let mut found: Vec<Issue> = self.topics(text, |topic, _| topic.issue);
                found.sort_unstable();
                let (right, expected) = wanted.map_or_else(
                    || (!found.contains(&entry.name), "not this issue".to_owned()),
                    |wanted| (*wanted == found, joined(wanted)),
                );
                if !right {
                    let (frame, sentence, found) = (entry.name.to_string(), text.clone(), joined(&found));
                    failures.push(FrameFailure { frame, sentence, expected, found });
                }
            }
        }
        for example in &self.coding().turns.examples {
            ran += 1;
            let turned = |topic: &Topic, wording: &Wording<'_>| {
                (topic.issue, self.coding().turns.stance((example.act, example.told), &[], topic, wording))
            };
            let mut found: Vec<(Issue, Stance)> = self.topics(&example.text, turned);
            found.sort_unstable_by_key(|(issue, _)| *issue);
            if found != example.stances {
                let shown = |stances: &[(Issue, Stance)]| {
                    let lines: Vec<String> =
                        stances.iter().map(|(issue, stance)| format!("{stance} {issue}")).collect();
                    joined(&lines)
                };
                let told =
                    if example.act == SpeechAct::Say { example.told.to_string() } else { example.act.to_string() };
                failures.push(FrameFailure {
                    frame: "turns".to_owned(),
                    sentence: format!("{told} | {}", example.text),
                    expected: shown(&example.stances),
                    found: shown(&found),
                });
            }
        }
        (ran, failures)
    }

    /// What `then` makes of the issues of a text, each of its sentences read as a proposition.
    fn topics<T>(&self, text: &str, then: impl Fn(&Topic, &Wording<'_>) -> T) -> Vec<T> {
        let document = from_text("example", text);
        let analysis = self.analyse(&document);
        self.with_cast(&document, &analysis, |parts| {
            let mut out = Vec::new();
            for part in parts {
                for (index, sentence) in part.sentences.iter().enumerate() {
                    let tokens: Vec<usize> = (0..sentence.tokens.len()).collect();
                    let country = |token| part.cast.names_country(index, token);
                    let wording = Wording::new(sentence, &tokens, self.coding().lexicon.inflection(), country);
                    out.extend(self.coding().issues.of(&wording).iter().map(|topic| then(topic, &wording)));
                }
            }
            out
        })
    }
}

fn joined<T: ToString>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    if values.is_empty() { "nothing".to_owned() } else { values.join(", ") }
}
