//! Arbitrary bytes as a Parquet file.
#![no_main]

mod check;
mod stream;

use demarche_document::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| stream::read(Format::Parquet, bytes));
