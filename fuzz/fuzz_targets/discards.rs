//! Any bytes as a discard list: entries and faults, never a panic.

#![no_main]

use demarche_dictionary::{read_discards, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = recognise("fuzz", bytes);
    let (discards, faults) = read_discards("fuzz", bytes);
    for entry in &discards.entries {
        assert!(entry.span.end <= bytes.len());
    }
    assert!(faults.iter().all(|fault| fault.line > 0 && fault.column > 0));
});
