//! Frame files as users write them: what is wrong with one is said with file, line and what to do.

use demarche_coding::frames::FrameSet;
use demarche_coding::ontology::Ontology;

/// The error of the one file, which must be there and stand on that line.
#[track_caller]
fn refused(text: &str, line: usize, says: &str) {
    let ontology = Ontology::builtin().expect("the shipped ontology");
    let Err(error) = FrameSet::default().add("mine/own.toml", text, &ontology) else {
        panic!("taken, though it should say “{says}”:\n{text}")
    };
    assert_eq!((error.file.as_str(), error.line), ("mine/own.toml", line), "{error}\n{text}");
    assert!(error.problem.contains(says), "“{error}” does not say “{says}”");
    assert!(!error.problem.contains('\n'), "more than one line: {error}");
}

#[test]
fn a_file_in_order_is_taken() {
    let text = "event = \"ASSAULT\"\n\
                [[frame]]\n\
                id = \"bombard\"\n\
                verbs = [\"bombard\", \"rain fire on\"]\n\
                mode = [\"heavy-weapons\"]\n\
                codes = [\"Bolivian artillery bombarded the port. => ASSAULT heavy-weapons | BOL.MIL\"]\n\
                not = [\"Reporters bombarded the minister with questions.\"]\n";
    let mut set = FrameSet::default();
    set.add("mine/own.toml", text, &Ontology::builtin().unwrap()).unwrap();
    let [frame] = &set.frames[..] else { panic!("one frame") };
    assert_eq!(frame.id, "own/bombard");
    assert_eq!(frame.patterns.len(), 2);
    assert_eq!((frame.codes.len(), frame.not.len()), (1, 1));
}

#[test]
fn what_is_not_toml_is_refused() {
    refused("event = \"ASSAULT\"\n[[frame]\nid = \"a\"\n", 2, "");
    refused("[[frame]]\nid = \"a\"\nverbs = \"bomb\"\n", 3, "expected a sequence");
}

#[test]
fn what_no_frame_has_is_refused() {
    let frame = |line: &str| format!("event = \"ASSAULT\"\n\n[[frame]]\nid = \"a\"\nverbs = [\"bomb\"]\n{line}\n");
    refused(&frame("verb = [\"shell\"]"), 6, "unknown key `verb` (did you mean `verbs`?)");
    refused(&frame("class = \"fights\""), 6, "unknown word `fights` (did you mean `fight`?)");
    refused(&frame("stance = \"pro\""), 6, "unknown word `pro`");
    refused(&frame("require = [\"victim\"]"), 6, "unknown word `victim`");
    refused(&frame("initiative = { kind = \"mediation\", stage = \"tabled\" }"), 6, "unknown word `tabled`");
    refused("event = \"ASSAULT\"\n[[frame]]\nverbs = [\"bomb\"]\n", 2, "`id` is missing; add it");
}

#[test]
fn codes_outside_of_the_ontology_are_refused() {
    refused(
        "\n[[frame]]\nid = \"a\"\nevent = \"ATTACK\"\nverbs = [\"bomb\"]\n",
        4,
        "frame `a`: event `ATTACK` is not in",
    );
    refused(
        "event = \"AID\"\n[[frame]]\nid = \"a\"\nmode = [\"visit\"]\nverbs = [\"aid\"]\n",
        4,
        "AID has no mode `visit`",
    );
}

#[test]
fn frames_that_cannot_fire_are_refused() {
    refused("event = \"AID\"\n[[frame]]\nid = \"a\"\n", 2, "no trigger: give `verbs`, `nouns` or `adjectives`");
    refused("event = \"AID\"\n[[frame]]\nid = \"a\"\nnouns = [\"  \"]\n", 4, "a trigger is empty");
    let twice =
        "event = \"AID\"\n[[frame]]\nid = \"a\"\nverbs = [\"aid\"]\n[[frame]]\nid = \"a\"\nverbs = [\"help\"]\n";
    refused(twice, 5, "frame `own/a` is given twice, first at line 2; rename one");
}

#[test]
fn examples_that_cannot_be_read_are_refused() {
    let frame = |example: &str| {
        format!(
            "event = \"AID\"\n[[frame]]\nid = \"a\"\nverbs = [\"aid\"]\ncodes = [\n  \"Fiji aided Tonga. => AID\",\n  \"{example}\",\n]\n"
        )
    };
    refused(&frame("Fiji aided Tonga."), 7, "needs ` => `");
    refused(
        &frame("Fiji aided Tonga. => help | FJI"),
        7,
        "`help` is neither an event type (capitals), a speech act, nor `none`",
    );
    refused(&frame("Fiji aided Tonga. => AID | Fiji"), 7, "`Fiji` is not an actor such as");
    refused(&frame("Fiji aided Tonga. => AID | FJI.ARMY"), 7, "`FJI.ARMY` is not an actor such as");
}

/// A frame that codes nothing (it only keeps others from firing, or is looked through) may do with a `not` line or none.
#[test]
fn shipped_frames_that_code_carry_examples() {
    let set = FrameSet::builtin(&Ontology::builtin().unwrap()).unwrap();
    let codes_something = set.frames.iter().filter(|frame| frame.event.is_some() || frame.act.is_some());
    let without: Vec<&str> =
        codes_something.filter(|frame| frame.codes.is_empty()).map(|frame| frame.id.as_str()).collect();
    assert!(without.is_empty(), "frames without a `codes` line: {}", without.join(", "));
}
