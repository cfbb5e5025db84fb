//! The form of a word: as written, without characters that are not shown.

use super::atoms::is_ignorable;

/// Joins emoji; there it is part of the form.
const JOINER: char = '\u{200d}';

/// `piece` without soft hyphens, zero-width characters and marks of direction.
pub(super) fn form(piece: &str) -> String {
    if piece.is_ascii() || !piece.contains(is_ignorable) {
        return piece.to_owned();
    }
    let emoji = !piece.contains(char::is_alphanumeric);
    piece.chars().filter(|&c| !is_ignorable(c) || (emoji && c == JOINER)).collect()
}
