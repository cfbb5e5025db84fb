//! Any text as a user's file of frames, of words of initiatives, or of a genre: taken, or refused with its line, never a panic.

#![no_main]

use demarche_coding::frames::FrameSet;
use demarche_coding::initiatives::Initiatives;
use demarche_coding::ontology::Ontology;
use demarche_document::Genres;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().expect("what ships is sound"));

fuzz_target!(|text: &str| {
    if let Err(error) = FrameSet::default().add("fuzz.toml", text, &ONTOLOGY) {
        assert!(error.line > 0);
    }
    if let Err(error) = Initiatives::default().add("fuzz.toml", text) {
        assert!(error.line > 0);
    }
    let _ = Genres::read(&[("fuzz.toml", text)], ("scoring.toml", text));
});
