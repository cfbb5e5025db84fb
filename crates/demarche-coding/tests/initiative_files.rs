//! Files of initiatives as users write them: what is wrong with one is said with file, line and what to do.

use demarche_coding::initiatives::Initiatives;

#[track_caller]
fn refused(text: &str, line: usize, says: &str) {
    let Err(error) = Initiatives::default().add("mine/own.toml", text) else {
        panic!("taken, though it should say “{says}”:\n{text}")
    };
    assert_eq!((error.file.as_str(), error.line), ("mine/own.toml", line), "{error}\n{text}");
    assert!(error.problem.contains(says), "“{error}” does not say “{says}”");
}

#[test]
fn the_shipped_files_are_taken_and_carry_examples() {
    let shipped = Initiatives::builtin().unwrap();
    assert!(shipped.examples.len() > 100);
    assert!(!shipped.undertakings.is_empty() && !shipped.tellings.is_empty());
}

#[test]
fn a_file_in_order_is_taken() {
    let text = "[[undertaking]]\nid = \"conclave\"\nkinds = [\"negotiation\"]\nnouns = [\"conclave\"]\nsides = [\"between\"]\n\
                [[telling]]\nid = \"fizzle\"\nstage = \"collapsed\"\nverbs = [\"fizzle out\"]\nat = [\"subj\"]\n\
                examples = [\"A conclave between Fiji and Tonga fizzled out. => negotiation collapsed | FJI TON\"]\n";
    let mut own = Initiatives::default();
    own.add("mine/own.toml", text).unwrap();
    assert_eq!(own.undertakings[0].id, "own/conclave");
    assert_eq!(own.tellings[0].id, "own/fizzle");
    assert_eq!(own.examples[0].wanted[0].parties, ["FJI", "TON"]);
}

#[test]
fn faults_name_file_line_and_cause() {
    refused("[[undertaking]\n", 1, "");
    refused("[[telling]]\nid = \"a\"\nstage = \"tabled\"\nverbs = [\"table\"]\n", 3, "unknown word `tabled`");
    refused("\n[[telling]]\nid = \"a\"\nstage = \"agreed\"\n", 2, "no words: give `verbs`");
    refused("[[undertaking]]\nid = \"a\"\nkinds = []\nnouns = [\"pact\"]\n", 1, "no kind; give `kinds`");
    let twice = "[[telling]]\nid = \"a\"\nverbs = [\"x\"]\n[[telling]]\nid = \"a\"\nverbs = [\"y\"]\n";
    refused(twice, 4, "`a` is given twice");
    refused("examples = [\n  \"Fiji and Tonga talked.\",\n]\n", 2, "write `TEXT => KIND STAGE");
    refused("examples = [\"Fiji and Tonga talked. => talks agreed\"]\n", 1, "unknown variant `talks`");
}
