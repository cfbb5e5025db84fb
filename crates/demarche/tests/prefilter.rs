//! Leaving unread what no record can come of changes no record.

#[allow(dead_code)] // of the texts only their documents are of use here
mod texts;

use std::sync::LazyLock;

use demarche::{Analysis, Coder, Document, from_text};
use proptest::prelude::*;
use proptest::sample::select;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the shipped model and data"));

/// Words of which some may be triggers and some may not.
const WORDS: &[&str] = &[
    "Peru",
    "Chile's",
    "the",
    "minister",
    "said",
    "it",
    "rained",
    "harvest",
    "in",
    "war",
    "'s",
    "it's",
    "attacks",
    "ATTACKED",
    "crises",
    "talk",
    "met",
    "wheat",
    "late",
    "they",
    "Lima",
    ".",
    ".",
    "\"",
    ":",
    "conflict",
    "between",
    "and",
    "sanctions",
    "valley",
    "price",
];

fn records(document: &Document, analysis: &Analysis) -> (String, Vec<demarche::SentenceReport>) {
    let report = CODER.code_analysed(document, analysis);
    (serde_json::to_string(&report.records).expect("records are JSON"), report.sentences)
}

/// Whether both ways agree on every record and on what every sentence gave.
fn same(document: &Document) -> bool {
    records(document, &CODER.analyse(document)) == records(document, &CODER.analyse_to_code(document))
}

#[test]
fn real_texts_give_the_same_records() {
    let mut texts = texts::examples();
    texts.extend(texts::shared().into_iter().step_by(4));
    for received in texts {
        assert!(same(&received.document), "{}", received.document.id);
    }
}

#[test]
fn a_text_without_a_word_of_any_frame_is_left_unread() {
    let read = |text: &str| {
        CODER.analyse_to_code(&from_text("a", text)).parts.iter().map(|part| part.read).collect::<Vec<_>>()
    };
    assert_eq!(read("The barley smelled sweet."), [false]);
    assert_eq!(read("The barley smelled sweet. Peru condemned the coup in Mali."), [true]);
    let analysis = CODER.analyse_to_code(&from_text("a", "The barley smelled sweet."));
    assert_eq!(analysis.words(), CODER.analyse(&from_text("a", "The barley smelled sweet.")).words());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_give_the_same_records(title in prop::collection::vec(select(WORDS), 0..5), text in prop::collection::vec(select(WORDS), 1..12)) {
        let line = serde_json::json!({ "id": "a", "title": title.join(" "), "text": text.join(" "), "date": "2024-05-08" });
        if let Some(received) = texts::Received::line("a", &line.to_string()) {
            prop_assert!(same(&received.document), "{line}");
        }
    }
}
