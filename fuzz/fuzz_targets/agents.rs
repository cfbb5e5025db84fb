//! Any bytes as an agent dictionary: entries and faults, never a panic.

#![no_main]

use demarche_dictionary::{read_agents, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = recognise("fuzz", bytes);
    let (agents, faults) = read_agents("fuzz", bytes);
    for entry in &agents.entries {
        assert!(entry.span.end <= bytes.len());
    }
    assert!(faults.iter().all(|fault| fault.line > 0 && fault.column > 0));
});
