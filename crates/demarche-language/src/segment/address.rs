//! Web and mail addresses, names of files, hosts and newsgroups: kept whole by rule.

use super::hash;
use super::lexicon::Lexicon;

/// Marks that end a sentence or close a bracket and are no part of the address before them.
const TRAILING: &[char] = &['.', ',', ';', ':', '!', '?', '\'', '"', '’', '”', '…', '*', '_', '-', ']', '}', '>'];

/// Byte range, within a chunk without spaces, of the address it holds.
pub(super) fn find(chunk: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    if !chunk.contains(['@', '/', 'w', 'W', '.']) {
        return None;
    }
    web(chunk).or_else(|| mail(chunk)).or_else(|| file(chunk, lexicon)).or_else(|| dotted(chunk, lexicon))
}

/// A name with the ending of a file's name, with all that is written against it: "draft_8-7#2.DOC".
fn file(chunk: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let stop = chunk.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).rfind('.')?;
    let rest = &chunk[stop + 1..];
    let ending = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if !lexicon.is_file_ending(hash::word(&rest[..ending].to_ascii_lowercase())) {
        return None;
    }
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"._#~!&%-".contains(b);
    let name = chunk[..stop].bytes().rev().take_while(part).count();
    Some((stop - name, stop + 1 + ending))
}

/// A name of three or more parts in small letters with stops between them, or of a newsgroup.
fn dotted(chunk: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let start = chunk.find(|c: char| c.is_ascii_lowercase())?;
    if chunk[..start].contains(char::is_alphanumeric) {
        return None;
    }
    let body = &chunk[start..];
    let body = &body[..body.find(|c: char| !part(c) && c != '.').unwrap_or(body.len())];
    let body = body.trim_end_matches(['.', '-']);
    if chunk[start + body.len()..].contains(char::is_alphanumeric) {
        return None;
    }
    let mut parts = body.split('.');
    let first = parts.next()?;
    let sound = body.split('.').all(|p| p.starts_with(|c: char| c.is_ascii_lowercase()) && !p.ends_with('-'));
    let count = parts.count();
    let name = sound && (count > 1 || count == 1 && lexicon.is_group(hash::word(first)));
    name.then_some((start, start + body.len()))
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
    let scheme = if chunk[..at - local].ends_with("mailto:") { "mailto:".len() } else { 0 };
    known.then(|| (at - local - scheme, at + 1 + domain.len()))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::find;

    #[test]
    fn addresses_end_before_the_sentence_does() {
        let lexicon = Lexicon::builtin().expect("the tables are sound");
        let cases = [
            ("https://example.org/a_(b)?c=1.", Some("https://example.org/a_(b)?c=1")),
            ("(see:http://example.org/x),", Some("http://example.org/x")),
            ("<www.example.org>", Some("www.example.org")),
            ("<mailto:desk@example.org>", Some("mailto:desk@example.org")),
            ("(draft_8-7#2.DOC).", Some("draft_8-7#2.DOC")),
            ("talks.pdf,", Some("talks.pdf")),
            (".pdf", Some(".pdf")),
            ("(sci.space,", Some("sci.space")),
            ("news.desk-two.example.", Some("news.desk-two.example")),
            ("ended.it", None),
            ("U.S.", None),
            ("p.m.", None),
            ("i.e.", None),
            ("mail:desk.news@example.co.uk;", Some("desk.news@example.co.uk")),
            ("@handle", None),
            ("and/or", None),
            ("answer", None),
            ("a@b", None),
            ("ééwww.é", None),
        ];
        for (chunk, expected) in cases {
            assert_eq!(find(chunk, &lexicon).map(|(from, to)| &chunk[from..to]), expected, "{chunk}");
        }
    }
}
