//! Runs the examples that issues and turn words carry: which issues words have, and which way a stance points on them.

use demarche_coding::issues::{Topic, Wording};
use demarche_document::from_text;
use demarche_record::{Issue, SpeechAct, Stance};

use crate::coder::Coder;
use crate::extension::Ran;
use crate::frame_check::FrameFailure;

impl Coder {
    /// Runs the examples of all issues and of the words that turn a stance, each read as the proposition of a statement; returns
    /// how many ran and those that failed, under the issue's name or `turns`.
    pub fn check_issues(&self) -> (usize, Vec<FrameFailure>) {
        let mut ran = Ran::default();
        self.run_issues(|_| true, &mut ran);
        (ran.issue_examples, ran.issue_failures)
    }

    /// Runs the examples of the issues of some layers; turn words are of layer 0.
    pub(crate) fn run_issues(&self, of: impl Fn(usize) -> bool, ran: &mut Ran) {
        for entry in self.coding().issues.entries.iter().filter(|entry| of(entry.layer)) {
            ran.issues += 1;
            let near = entry.not.iter().map(|near| (&near.text, &near.position, None));
            for (text, position, wanted) in
                entry.codes.iter().map(|e| (&e.text, &e.position, Some(&e.issues))).chain(near)
            {
                ran.issue_examples += 1;
                let mut found: Vec<Issue> = self.topics(text, |topic, _| topic.issue);
                found.sort_unstable();
                let (right, expected) = wanted.map_or_else(
                    || (!found.contains(&entry.name), "not this issue".to_owned()),
                    |wanted| (*wanted == found, joined(wanted)),
                );
                if !right {
                    let (frame, sentence, found) = (entry.name.to_string(), text.clone(), joined(&found));
                    let position = position.clone();
                    ran.issue_failures.push(FrameFailure { frame, position, sentence, expected, found });
                }
            }
        }
        if !of(0) {
            return;
        }
        for example in &self.coding().turns.examples {
            ran.issue_examples += 1;
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
                ran.issue_failures.push(FrameFailure {
                    frame: "turns".to_owned(),
                    position: example.position.clone(),
                    sentence: format!("{told} | {}", example.text),
                    expected: shown(&example.stances),
                    found: shown(&found),
                });
            }
        }
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
