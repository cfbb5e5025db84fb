//! Frame files: what is accepted, and what is refused with which words.

use std::str::FromStr;

use demarche_record::{EventType, Mode};

use super::{Class, Example, ExampleError, Expected, FrameSet, Slot};
use crate::ontology::Ontology;

fn load(text: &str) -> Result<FrameSet, String> {
    let ontology = Ontology::builtin().expect("shipped");
    let mut set = FrameSet::default();
    set.add("mine.toml", text, &ontology).map(|()| set).map_err(|error| error.to_string())
}

#[test]
fn shipped_files_are_well_formed() {
    let ontology = Ontology::builtin().expect("ontology");
    let set = FrameSet::builtin(&ontology).expect("frames");
    for event in EventType::PLOVER {
        assert!(set.frames.iter().any(|frame| frame.event == Some(event)), "no frame for {event}");
    }
    for frame in &set.frames {
        if let Some(cameo) = &frame.cameo {
            assert!(ontology.goldstein(cameo).is_some(), "{}: CAMEO {cameo} has no Goldstein value", frame.id);
        }
    }
}

#[test]
fn a_frame_file_loads() {
    let set =
        load("event = \"AID\"\n[[frame]]\nid = \"lend\"\nverbs = [\"lend\"]\nrecipient = [\"to\"]\n").expect("valid");
    assert_eq!(set.frames[0].id, "mine/lend");
    assert_eq!(set.frames[0].class, Class::Act);
    assert_eq!(set.frames[0].recipient, [Slot::Preposition("to".into())]);
}

#[test]
fn faults_name_file_line_and_cause() {
    let cases = [
        ("event = \"AID\"\n[[frame]]\nid = \"x\"\n", "mine.toml:2:1: frame `x`: no trigger"),
        (
            "[[frame]]\nid = \"x\"\nevent = \"ASALT\"\nverbs = [\"x\"]\n",
            "mine.toml:3:9: frame `x`: event `ASALT` is not in the ontology (did you mean `ASSAULT`?)",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nmode = [\"aerial\"]\nverbs = [\"x\"]\n",
            "mine.toml:4:9: frame `x`: AID has no mode `aerial`",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\ncontext = [\"military\", \"econmic\"]\nverbs = [\"x\"]\n",
            "mine.toml:4:24: frame `x`: context `econmic` is not in the ontology (did you mean `economic`?)",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\ncameo = \"999\"\nverbs = [\"x\"]\n",
            "mine.toml:4:9: frame `x`: CAMEO code `999` has no Goldstein value",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"x\"]\nverb = 1\n",
            "mine.toml:5:1: unknown key `verb` (did you mean `verbs`?); known are ",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"call for\", \"Give\", \"cut|off\"]\n",
            "mine.toml:4:22: frame `x`: the trigger `Give` has capitals",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"cut|off\"]\n",
            "mine.toml:4:10: frame `x`: the trigger `cut|off` holds `|`",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"x\"]\nrecipient = [\"to\", \"object\"]\n",
            "mine.toml:5:20: frame `x`: `object` is neither a slot nor a preposition (did you mean `obj`?)",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"x\"]\ncodes = [\n\"no arrow\"]\n",
            "mine.toml:6:1: frame `x`: an example needs",
        ),
        (
            "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"x\"]\ncodes = [\n\"A aids B. => AIDS\"]\n",
            "mine.toml:6:1: frame `x`: in an example: event `AIDS` is not in the ontology (did you mean `AID`?)",
        ),
        ("[[frame]\n", "mine.toml:1:"),
        ("[[fram]]\nid = \"x\"\n", "mine.toml:1:3: unknown key `fram` (did you mean `frame`?)"),
        ("", "mine.toml:1:1: no frame in the file"),
    ];
    for (text, expected) in cases {
        let error = load(text).expect_err(text);
        assert!(error.contains(expected), "{error:?} should contain {expected:?}");
    }
    let twice = "[[frame]]\nid = \"x\"\nevent = \"AID\"\nverbs = [\"x\"]\n".repeat(2);
    assert!(load(&twice).expect_err("twice").contains("given twice"));
}

#[test]
fn examples_are_read() {
    let example = Example::from_str("A met B. => CONSULT visit | TUR.GOV .REB | -").expect("valid");
    assert_eq!(example.text, "A met B.");
    let Expected::Event { event, modes, actor, recipient } = example.expected else { panic!("an event") };
    assert_eq!((event, modes), (EventType::CONSULT, vec![Mode::new("visit")]));
    assert_eq!(actor.map(|actors| actors.len()), Some(2));
    assert_eq!(recipient, Some(Vec::new()));
    assert_eq!(Example::from_str("A => lower case"), Err(ExampleError::Head("lower".into())));
    assert_eq!(Example::from_str("A => AID | turkey"), Err(ExampleError::Actor("turkey".into())));
}
