//! What a statement says: all that the text tells as said, and nothing else.

use demarche::{Coder, Record, from_text};

/// A text, and for each statement its cue and proposition.
const CASES: &[(&str, &[(&str, &str)])] = &[
    // Several sentences, the cue behind the last one.
    (
        "\"The border is closed. Nobody may cross it,\" the Peruvian foreign minister said.",
        &[("said", "The border is closed. Nobody may cross it")],
    ),
    // Several sentences, the cue before the first one.
    (
        "The Peruvian foreign minister said: \"The border is closed. Nobody may cross it.\"",
        &[("said", "The border is closed. Nobody may cross it")],
    ),
    // A verb that no frame has.
    (
        "The Peruvian foreign minister continued: \"The border was closed on both sides.\"",
        &[("continued", "The border was closed on both sides")],
    ),
    // Words that lead in belong to what is said.
    (
        "The Peruvian foreign minister said that over the last five months trade had grown.",
        &[("said", "over the last five months trade had grown")],
    ),
    // What one says that another said is one statement.
    (
        "The Peruvian foreign minister said that the Chilean president had said that trade had grown.",
        &[("said", "the Chilean president had said that trade had grown")],
    ),
    // Thanks say nothing.
    ("\"Thank you,\" the Peruvian foreign minister continued.", &[]),
];

#[test]
fn statements_hold_what_is_said() {
    let coder = Coder::new().unwrap();
    for (text, wanted) in CASES {
        let coded = coder.code(&from_text("a", text));
        let found: Vec<(&str, &str)> = coded
            .records
            .iter()
            .filter_map(|record| match record {
                Record::Statement(statement) => {
                    let evidence = &statement.evidence;
                    let said = &text[evidence.proposition.start..evidence.proposition.end];
                    assert_eq!(said, statement.proposition, "{text}");
                    Some((&text[evidence.cue.start..evidence.cue.end], said))
                }
                _ => None,
            })
            .collect();
        assert_eq!(found, *wanted, "{text}");
    }
}
