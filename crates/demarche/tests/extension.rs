//! A user's own data: whatever its files hold, faults are told with a place in them, and nothing breaks.

use std::fs;
use std::path::Path;

use demarche::extension::{Scope, read_folder};
use demarche::{Coder, Coding, Extension, FrameError, Overridden, Record, from_text};
use proptest::prelude::*;

fn water() -> Extension {
    read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/water"))).expect("the example")
}

fn texts(layer: &mut Extension) -> Vec<&mut String> {
    let ontology = &mut layer.ontology;
    let tables = [&mut ontology.events, &mut ontology.composition, &mut ontology.contexts, &mut ontology.mode_cues];
    let files = layer.frames.iter_mut().chain(&mut layer.issues).chain(tables.into_iter().flatten());
    files.map(|file| &mut file.text).collect()
}

#[test]
fn a_coder_takes_layers() {
    let coder = Coder::new().expect("shipped").with_extensions(&[water()]).expect("the example is sound");
    let report = coder.code(&from_text("a", "Turkey held back water from Syria. Peru attacked Chile."));
    let events: Vec<&str> = report
        .records
        .iter()
        .filter_map(|record| match record {
            Record::Event(event) => Some(event.event[0].as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(events, ["WATER_HOLD", "ASSAULT"]);
    let check = Coder::new().expect("shipped").check_extensions(&[water()], Scope::Own).expect("shipped");
    assert!(check.is_sound(), "{:?} {:?}", check.faults, check.own);
    assert!(check.conflicts.iter().any(|conflict| matches!(&conflict.overridden, Overridden::Trigger { .. })));
}

#[test]
fn nothing_of_ones_own_changes_nothing() {
    let builtin = Coding::builtin().expect("shipped");
    assert_eq!(builtin.version(), Coding::with_extensions(&[Extension::default()]).expect("nothing").version());
    assert_ne!(builtin.version(), Coding::with_extensions(&[water()]).expect("the example").version());
    let frames = builtin.frames.clone();
    let version = builtin.version();
    assert_ne!(builtin.with_frames(frames).version(), version, "frames put in force by a program are told apart");
}

#[test]
fn folders_are_read_as_written() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("issues")).expect("a folder");
    fs::write(folder.join("b.toml"), "# b\r\n").expect("written");
    fs::write(folder.join("a.toml"), "# a\n").expect("written");
    fs::write(folder.join("notes.md"), "notes").expect("written");
    fs::write(folder.join(".hidden.toml"), "[[").expect("written");
    let layer = read_folder(&folder).expect("a layer");
    let files: Vec<(&str, &str)> = layer.files().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    assert_eq!(files, [("a.toml", "# a\n"), ("b.toml", "# b\n")]);
}

/// Whether a fault points into the text of the file it names.
fn stands(fault: &FrameError, layer: &Extension) -> bool {
    layer.files().any(|file| {
        let lines: Vec<&str> = file.text.split('\n').collect();
        file.name == fault.file
            && lines.get(fault.line - 1).is_some_and(|line| fault.column <= line.chars().count() + 1)
            && !fault.problem.contains('\n')
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_told_and_break_nothing(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..12,
        put in "[\\[\\]=\"#\t\n,|a-zA-Z0-9é ]{0,6}",
    ) {
        let mut layer = water();
        {
            let mut texts = texts(&mut layer);
            let number = file.index(texts.len());
            let text = &mut *texts[number];
            let characters: Vec<char> = text.chars().collect();
            let start = at.index(characters.len());
            let end = (start + length).min(characters.len());
            *text = characters[..start].iter().copied().chain(put.chars()).chain(characters[end..].iter().copied()).collect();
        }
        let loaded = Coding::load(std::slice::from_ref(&layer)).expect("what ships is sound");
        for fault in &loaded.faults {
            prop_assert!(stands(fault, &layer), "{fault}");
        }
        prop_assert_eq!(Coding::with_extensions(&[layer]).is_err(), !loaded.faults.is_empty());
    }
}
