//! Any bytes as a user's tables: rows and faults, never a panic.

#![no_main]

use demarche_dictionary::{read_tables, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = recognise("fuzz", bytes);
    let (tables, faults) = read_tables("fuzz", bytes);
    assert!(tables.rows.iter().all(|row| row.span.end <= bytes.len()));
    assert!(faults.iter().all(|fault| fault.line > 0 && fault.column > 0));
});
