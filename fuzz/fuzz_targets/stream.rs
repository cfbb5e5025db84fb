//! A stream of documents out of arbitrary bytes.

use demarche_document::{Format, Options, read_from};

use crate::check;

/// Longest document.
const LIMIT: u64 = 4096;

/// Reads all documents there are.
pub fn read(format: Format, bytes: &[u8]) {
    let options = Options { format: Some(format), max_bytes: LIMIT, ..Options::default() };
    for document in read_from("fuzz", std::io::Cursor::new(bytes.to_vec()), &options).flatten() {
        // Spans are of a value of the document, which is within the limit.
        check::check(&document, LIMIT as usize);
    }
}
