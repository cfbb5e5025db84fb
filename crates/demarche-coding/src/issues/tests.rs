use demarche_language::{Relation, Sentence, Token, Upos, Xpos};
use demarche_record::TextRange;

use crate::frames::Inflection;

use super::{Issues, Turns, Wording};

const FILE: &str = r#"
[[issue]]
name = "truce"
description = "A pause of fighting."
good = true
words = ["cease-fire", "hold fire"]
opposite = ["breach of the cease-fire"]
hints = ["calm", "gun"]
names = ["calm"]
not = ["hold fire sale"]
codes = ["hold your fire => truce"]
not_examples = ["a fire"]
"#;

/// Words in a row without a tree; capitals stand for the name of a country.
fn found(text: &str) -> Vec<(String, usize, bool)> {
    let issues = Issues::of_chapters(&[("f", FILE)]).unwrap();
    let mut at = 0;
    let tokens: Vec<Token> = text
        .split(' ')
        .map(|form| {
            let range = TextRange::new(at, at + form.len());
            at += form.len() + 1;
            Token {
                range,
                form: form.to_owned(),
                lemma: form.to_lowercase(),
                upos: if form == "," { Upos::Punct } else { Upos::Noun },
                xpos: Xpos::Nn,
                features: "_".into(),
                head: None,
                relation: Relation::Root,
            }
        })
        .collect();
    let capital: Vec<bool> = tokens.iter().map(|t| t.form.starts_with(char::is_uppercase)).collect();
    let all: Vec<usize> = (0..tokens.len()).collect();
    let sentence = Sentence::new(TextRange::new(0, at), tokens, Vec::new());
    let wording = Wording::new(&sentence, &all, &Inflection::default(), |token| capital[token]);
    issues.of(&wording).into_iter().map(|t| (t.issue.to_string(), t.weight, t.opposite)).collect()
}

#[test]
fn phrases_are_found_as_the_rules_say() {
    let truce = |weight, opposite| vec![("truce".to_owned(), weight, opposite)];
    assert_eq!(found("a cease-fire"), truce(4, false));
    assert_eq!(found("hold your fire"), truce(4, false));
    assert_eq!(found("hold , fire"), []);
    assert_eq!(found("hold fire sale"), []);
    assert_eq!(found("the breach of the cease-fire"), truce(16, true));
    assert_eq!(found("calm calm"), [], "two different hints");
    assert_eq!(found("calm gun"), truce(2, false));
    assert_eq!(found("Calm gun"), truce(2, false), "a phrase that may hold a country's name");
    assert_eq!(found("calm Gun"), [], "a country's name tells nothing");
}

#[test]
fn the_files_are_well_formed() {
    let issues = Issues::builtin().unwrap();
    assert!(issues.entries.iter().all(|entry| !entry.codes.is_empty() && !entry.not.is_empty()));
    assert!(!Turns::builtin().unwrap().examples.is_empty());
}

#[test]
fn faults_name_file_line_and_cause() {
    let fault = |from: &str, to: &str| Issues::of_chapters(&[("f", &FILE.replace(from, to))]).unwrap_err().to_string();
    for (from, to, cause) in [
        ("good = true", "good = 1", "f:5"),
        ("calm\"]\nnot", "cool\"]\nnot", "`cool` is among `names`"),
        ("\"gun\"", "\"the\"", "`the` has no words"),
        ("=> truce", "=> peace", "unknown issue: peace"),
        (" => truce", "", "write `WORDS => ISSUE ISSUE`"),
        ("opposite = [", "opposite = [\"hold fire\", ", "is a word of truce too"),
    ] {
        let told = fault(from, to);
        assert!(told.contains(cause) && told.contains("f:"), "{told}");
    }
    let twice = format!("{FILE}{FILE}");
    assert!(Issues::of_chapters(&[("f", &twice)]).unwrap_err().to_string().contains("twice"));
}
