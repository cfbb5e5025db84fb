//! Character references: text as it stands in the source becomes the text a reader sees, each piece keeping its place.

use html5gum::{Token, Tokenizer};

/// Calls `piece(decoded, start, end)` for each stretch of `raw` that is either literal or one character reference.
///
/// Line ends are given as they stand; HTML makes them white space anyway.
pub(crate) fn decode(raw: &str, mut piece: impl FnMut(&str, usize, usize)) {
    let mut literal = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &raw.as_bytes()[at..]) {
        let start = at + found;
        let end = start + extent(&raw[start..]);
        if let Some((decoded, length)) = reference(&raw[start..end]) {
            if literal < start {
                piece(&raw[literal..start], literal, start);
            }
            piece(&decoded, start, start + length);
            literal = start + length;
            at = literal;
        } else {
            at = end.max(start + 1);
        }
    }
    if literal < raw.len() {
        piece(&raw[literal..], literal, raw.len());
    }
}

/// How far a reference beginning with this `&` can reach.
fn extent(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let from = if bytes.get(1) == Some(&b'#') { 2 } else { 1 };
    let word = bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = from.min(bytes.len()) + word;
    end + usize::from(bytes.get(end) == Some(&b';'))
}

/// What a reference stands for, and how many bytes of `candidate` it is ("&copy2024" is one of five).
fn reference(candidate: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    for token in Tokenizer::new(candidate) {
        let Ok(Token::String(string)) = token else { continue };
        value.push_str(std::str::from_utf8(&string).ok()?);
    }
    if value == candidate {
        return None;
    }
    // What follows the reference stands unchanged at the end of both.
    let mut tail = candidate
        .bytes()
        .rev()
        .zip(value.bytes().rev())
        .take_while(|(left, right)| left == right && left.is_ascii())
        .count()
        .min(value.len().saturating_sub(value.chars().next()?.len_utf8()))
        .min(candidate.len() - 2);
    // A reference that ends in ";" or has only digits has no tail: "&#59;" is ";" itself.
    if candidate.ends_with(';') && !value.ends_with(';') {
        tail = 0;
    }
    let length = candidate.len() - tail;
    value.truncate(value.len() - tail);
    Some((value, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_what_is_around_them() {
        // source; pieces as (decoded, source)
        let cases: [(&str, &[(&str, &str)]); 10] = [
            ("a &amp; b", &[("a ", "a "), ("&", "&amp;"), (" b", " b")]),
            ("&lt;&gt;", &[("<", "&lt;"), (">", "&gt;")]),
            ("&copy2024", &[("©", "&copy"), ("2024", "2024")]),
            ("&#8217;s", &[("’", "&#8217;"), ("s", "s")]),
            ("&#x201C;x", &[("“", "&#x201C;"), ("x", "x")]),
            ("&#59;;", &[(";", "&#59;"), (";", ";")]),
            ("R&D; x", &[("R&D; x", "R&D; x")]),
            ("fish & chips &", &[("fish & chips &", "fish & chips &")]),
            ("&nbsp;&eacute;", &[("\u{a0}", "&nbsp;"), ("é", "&eacute;")]),
            ("&amp;lt;", &[("&", "&amp;"), ("lt;", "lt;")]),
        ];
        for (raw, expected) in cases {
            let mut pieces = Vec::new();
            decode(raw, |decoded, start, end| pieces.push((decoded.to_owned(), raw[start..end].to_owned())));
            let expected: Vec<(String, String)> =
                expected.iter().map(|(decoded, source)| ((*decoded).to_owned(), (*source).to_owned())).collect();
            assert_eq!(pieces, expected, "{raw}");
        }
    }
}
