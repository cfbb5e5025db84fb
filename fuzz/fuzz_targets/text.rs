//! Arbitrary bytes as a text file.
#![no_main]

mod check;

use demarche_document::{Format, Options, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = from_bytes("fuzz", bytes, Format::Text, &Options::default()) {
        check::check(&document, bytes.len());
    }
});
