//! Sentences that once brought the program down.

use demarche::{Coder, from_text};

/// Each was followed round in a circle: a first-person pronoun stands for the speaker, whose words hold the pronoun.
const SENTENCES: &[&str] = &[
    "The situation is at the moment, I cannot say under control, but at least the problem has been contained very well in \
     the area,\" he continued.",
    "\"I said that I would say what I said,\" I said.",
    "\"We told them, 'We say that we cannot say what we said,' and we repeat it,\" she said, \"as I said.\"",
    "\"I think, he said, I know that we, as I said, say so,\" I said he said.",
    "\"I,\" he said, \"said, 'I said, \"I am I,\" I said,' I said,\" he said.",
    "I say: we say: I say: \"We say: 'I say.'\"",
    "He said he said he said he said he said he said he said he said he said he said he said he said I said so.",
];

#[test]
fn speakers_within_their_own_words_end() {
    let coder = Coder::new().unwrap();
    for sentence in SENTENCES {
        coder.code(&from_text("a", sentence));
    }
    coder.code(&from_text("all", &SENTENCES.join(" ")));
}

#[test]
fn deep_nesting_ends() {
    let coder = Coder::new().unwrap();
    for (open, close) in [("\"I said, ", "\""), ("(we say ", ")"), ("Chad said that ", ""), ("if ", " then")] {
        let text = format!("{}Peru agreed{}.", open.repeat(300), close.repeat(300));
        coder.code(&from_text("a", &text));
    }
}
