//! Arbitrary bytes as a web archive.
#![no_main]

mod check;
mod stream;

use demarche_document::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| stream::read(Format::Warc, bytes));
