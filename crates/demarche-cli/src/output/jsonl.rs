//! JSON Lines: one value a line.

use serde::Serialize;

/// One line a value.
pub(crate) fn lines<T: Serialize>(values: &[T]) -> Vec<u8> {
    let mut out = Vec::new();
    for value in values {
        let before = out.len();
        // Records are strings, numbers and lists: there is no map key or number that JSON cannot write.
        if serde_json::to_writer(&mut out, value).is_err() {
            out.truncate(before);
            continue;
        }
        out.push(b'\n');
    }
    out
}
