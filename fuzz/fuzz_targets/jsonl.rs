//! Arbitrary bytes as a stream of JSON Lines.
#![no_main]

mod check;

use demarche_document::{Format, Options, read_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { format: Some(Format::JsonLines), max_bytes: 4096, ..Options::default() };
    for document in read_from("fuzz", std::io::Cursor::new(bytes.to_vec()), &options).flatten() {
        // Spans are of the value, which is the text itself.
        check::check(&document, document.body.as_str().len());
    }
});
