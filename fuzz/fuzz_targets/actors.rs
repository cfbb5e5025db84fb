//! Any bytes as an actor dictionary: entries and faults, never a panic.

#![no_main]

use demarche_dictionary::{read_actors, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = recognise("fuzz", bytes);
    let (actors, faults) = read_actors("fuzz", bytes);
    for entry in &actors.entries {
        for pattern in &entry.patterns {
            assert!(pattern.span.end <= bytes.len());
        }
        let _ = entry.in_time();
    }
    assert!(faults.iter().all(|fault| fault.line > 0 && fault.column > 0));
});
