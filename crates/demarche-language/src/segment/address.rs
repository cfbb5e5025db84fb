//! Web and mail addresses, kept whole by rule.

/// Marks that end a sentence or close a bracket and are no part of the address before them.
const TRAILING: &[char] = &['.', ',', ';', ':', '!', '?', '\'', '"', '’', '”', '…', '*', '_', '-', ']', '}', '>'];

/// Byte range, within a chunk without spaces, of the address it holds.
pub(super) fn find(chunk: &str) -> Option<(usize, usize)> {
    if !chunk.contains(['@', '/', 'w', 'W']) {
        return None;
    }
    web(chunk).or_else(|| mail(chunk))
}

fn web(chunk: &str) -> Option<(usize, usize)> {
    let start = if let Some(at) = chunk.find("://") {
        let scheme = chunk[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if scheme < 3 {
            return None;
        }
        at - scheme
    } else {
        let at = chunk
            .bytes()
            .zip(0..)
            .find_map(|(_, at)| chunk.get(at..at + 4).filter(|w| w.eq_ignore_ascii_case("www.")).map(|_| at))?;
        if chunk[..at].ends_with(char::is_alphanumeric) {
            return None;
        }
        at
    };
    let body = &chunk[start..];
    let end = body.find(['<', '>', '"', '“', '”', '|']).unwrap_or(body.len());
    Some((start, start + trimmed(&body[..end])))
}

/// Length of the address without the marks after it. A closing parenthesis belongs to it only where one opens inside.
fn trimmed(address: &str) -> usize {
    let mut rest = address;
    loop {
        let shorter = rest.trim_end_matches(TRAILING);
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if !inner.contains('(') => inner,
            _ => shorter,
        };
        if shorter.len() == rest.len() {
            return rest.len();
        }
        rest = shorter;
    }
}

fn mail(chunk: &str) -> Option<(usize, usize)> {
    let at = chunk.find('@')?;
    let local = chunk[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
    let domain = chunk[at + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    let domain = chunk[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let known = local > 0 && domain.contains('.');
    known.then(|| (at - local, at + 1 + domain.len()))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_end_before_the_sentence_does() {
        let cases = [
            ("https://example.org/a_(b)?c=1.", Some("https://example.org/a_(b)?c=1")),
            ("(see:http://example.org/x),", Some("http://example.org/x")),
            ("<www.example.org>", Some("www.example.org")),
            ("mail:desk.news@example.co.uk;", Some("desk.news@example.co.uk")),
            ("@handle", None),
            ("and/or", None),
            ("answer", None),
            ("a@b", None),
            ("ééwww.é", None),
        ];
        for (chunk, expected) in cases {
            assert_eq!(find(chunk).map(|(from, to)| &chunk[from..to]), expected, "{chunk}");
        }
    }
}
