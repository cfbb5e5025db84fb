//! From received bytes to text: which encoding they are in, and where each character stood.
//!
//! In this order: a byte order mark; valid UTF-8; UTF-16 without a mark (its many NUL bytes give it away); the charset
//! the document declares; UTF-8 with a few broken bytes; the guess of `chardetng`, the detector browsers use.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use demarche_record::Span;
use encoding_rs::{CoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::{Text, TextBuilder};

/// Share of control characters above which something is no text.
const MOST_CONTROLS: f64 = 0.01;
/// Share of characters that could not be decoded above which something is no text in any encoding we know.
const MOST_REPLACED: f64 = 0.05;

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotText {
    /// A file of a known kind that is not text, or one full of NUL bytes or control characters.
    Binary(&'static str),
    /// In no encoding that gives sensible text.
    Undecodable,
}

/// First bytes of files people hand over by mistake.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
];

/// Decodes `bytes`; `declared` is the charset the document itself names, if it names one.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Text, NotText> {
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(NotText::Binary(kind));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return sensible(with_encoding(bytes, mark, encoding), encoding);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return sensible(with_encoding(bytes, 0, encoding), encoding);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(NotText::Binary("binary data: it holds NUL bytes"));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return sensible(with_encoding(bytes, 0, UTF_8), UTF_8);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8 && encoding != REPLACEMENT) {
        let encoding = if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding };
        let text = with_encoding(bytes, 0, encoding);
        if !text.as_str().contains('\u{FFFD}') {
            return sensible(text, encoding);
        }
    }
    if mostly_utf_8(bytes) {
        return sensible(with_encoding(bytes, 0, UTF_8), UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    sensible(with_encoding(bytes, 0, encoding), encoding)
}

/// Refuses what came out as control characters or replacements.
fn sensible(text: Text, encoding: &'static Encoding) -> Result<Text, NotText> {
    let (mut all, mut controls, mut replaced) = (0_usize, 0_usize, 0_usize);
    for character in text.as_str().chars() {
        all += 1;
        match character {
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' => {}
            '\u{FFFD}' => replaced += 1,
            _ if character.is_control() => controls += 1,
            _ => {}
        }
    }
    let share = |count: usize| count as f64 / all.max(1) as f64;
    if share(controls) > MOST_CONTROLS && controls > 1 {
        return Err(NotText::Binary("binary data: it is full of control characters"));
    }
    // Broken bytes within UTF-8 are an accident of cutting; in a guessed encoding they say that the guess is wrong.
    if share(replaced) > MOST_REPLACED && (replaced > 2 || encoding != UTF_8) {
        return Err(NotText::Undecodable);
    }
    Ok(text)
}

/// UTF-16 of mostly Latin text has a NUL in every other byte, always on the same side.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= pairs * 7 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether broken sequences are few beside the sound multi-byte characters, as in a file cut or pasted carelessly.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 4 <= sound
}

/// Decodes from byte `from` on, a character at a time where characters are not ASCII, so that each keeps its place.
fn with_encoding(bytes: &[u8], from: usize, encoding: &'static Encoding) -> Text {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(&bytes[from..])
    {
        return Text::identical(text, from);
    }
    let mut builder = TextBuilder::default();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut output = [0_u8; 64];
    let (mut at, mut pending) = (from, from);
    while at < bytes.len() {
        // Where no character is under way, ASCII stands for itself in every encoding but UTF-16 and ISO-2022-JP.
        if at == pending && encoding.is_ascii_compatible() {
            let ascii = bytes[at..].iter().take_while(|byte| byte.is_ascii()).count();
            if ascii > 0 {
                builder.push_identical(std::str::from_utf8(&bytes[at..at + ascii]).unwrap_or_default(), at);
                at += ascii;
                pending = at;
                continue;
            }
        }
        let written = feed(&mut decoder, &bytes[at..=at], &mut output, false);
        at += 1;
        if written > 0 {
            place(&mut builder, &output[..written], Span::new(pending, at));
            pending = at;
        }
    }
    let written = feed(&mut decoder, &[], &mut output, true);
    if written > 0 {
        place(&mut builder, &output[..written], Span::new(pending, at));
    }
    builder.build()
}

/// Gives the decoder at most one byte and returns how many bytes of UTF-8 came out (64 are more than enough).
fn feed(decoder: &mut encoding_rs::Decoder, input: &[u8], output: &mut [u8; 64], last: bool) -> usize {
    let (mut read, mut written) = (0, 0);
    loop {
        let (result, more_read, more_written, _) = decoder.decode_to_utf8(&input[read..], &mut output[written..], last);
        read += more_read;
        written += more_written;
        if result == CoderResult::InputEmpty || written == output.len() {
            return written;
        }
    }
}

/// Appends what one step of the decoder gave for the bytes `received`, mostly one character.
///
/// More than one come out where a broken sequence is given up (a replacement and the character after it): the last
/// ones then take a byte each and the first the rest.
fn place(builder: &mut TextBuilder, output: &[u8], received: Span) {
    let text = std::str::from_utf8(output).unwrap_or("\u{FFFD}");
    let mut left = text.chars().count();
    let mut start = received.start;
    let mut buffer = [0; 4];
    for character in text.chars() {
        left -= 1;
        let end = received.end.saturating_sub(left).max(start);
        builder.push_unit(character.encode_utf8(&mut buffer), Span::new(start, end));
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_record::TextRange;
    use encoding_rs::{EUC_JP, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1252};

    /// A text, its encoding, and a word whose received bytes must be that word again.
    #[test]
    fn characters_keep_their_bytes() {
        let cases = [
            (WINDOWS_1252, "Le président a rencontré le ministre à Genève, « sans conditions ».", "Genève"),
            (KOI8_R, "Министр иностранных дел прибыл в Доху для переговоров о мире.", "Доху"),
            (SHIFT_JIS, "外務大臣は東京で大統領と会談し、停戦について話し合った。", "停戦"),
            (EUC_JP, "外務大臣は東京で大統領と会談し、停戦について話し合った。", "東京"),
            (GBK, "外交部长在多哈会见了俄罗斯代表，讨论停火问题。双方同意继续对话。", "俄罗斯"),
        ];
        for (encoding, text, word) in cases {
            let (bytes, _, _) = encoding.encode(text);
            let decoded = decode(&bytes, Some(encoding.name())).unwrap();
            assert_eq!(decoded.as_str(), text, "{}", encoding.name());
            let start = text.find(word).unwrap();
            let span = decoded.received(TextRange::new(start, start + word.len()));
            assert_eq!(encoding.decode(&bytes[span.start..span.end]).0, word, "{}", encoding.name());
        }
    }

    #[test]
    fn charsets_are_detected_when_not_declared() {
        let text = "Министр иностранных дел прибыл в Доху для переговоров о прекращении огня. ".repeat(4);
        let bytes = KOI8_R.encode(&text).0;
        assert_eq!(decode(&bytes, None).unwrap().as_str(), text);
        let text = "Le président français a rencontré son homologue à Genève où ils ont évoqué la trêve. ".repeat(3);
        let bytes = WINDOWS_1252.encode(&text).0;
        assert_eq!(decode(&bytes, None).unwrap().as_str(), text);
        let text = "外務大臣は東京で大統領と会談し、停戦について話し合った。".repeat(4);
        let bytes = SHIFT_JIS.encode(&text).0;
        assert_eq!(decode(&bytes, None).unwrap().as_str(), text);
    }

    #[test]
    fn utf_16_with_and_without_mark() {
        let text = "Talks in Doha: “no conditions”, said Brazil’s envoy.";
        for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
            let mut bytes = Vec::new();
            for unit in mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16()) {
                bytes.extend(if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
            }
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(decoded.as_str(), text);
            let start = text.find("“no").unwrap();
            let first = 2 * (usize::from(mark) + text[..start].encode_utf16().count());
            assert_eq!(decoded.received(TextRange::new(start, start + 5)), Span::new(first, first + 6));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(NotText::Binary("a PDF file"))));
        assert!(matches!(decode(b"abc\0def\0ghi!!", None), Err(NotText::Binary(_))));
        let controls: Vec<u8> = (1..8).cycle().take(300).collect();
        assert!(matches!(decode(&controls, None), Err(NotText::Binary(_))));
    }

    #[test]
    fn a_cut_character_spoils_nothing() {
        let bytes = "Négociations à Genève, « très difficiles »".as_bytes();
        let decoded = decode(&bytes[..bytes.len() - 1], None).unwrap();
        assert!(decoded.as_str().starts_with("Négociations à Genève"));
        assert!(decoded.as_str().ends_with('\u{FFFD}'));
    }

    #[test]
    fn the_byte_order_mark_is_no_text_but_counts() {
        let decoded = decode(b"\xEF\xBB\xBFTalks", None).unwrap();
        assert_eq!(decoded.as_str(), "Talks");
        assert_eq!(decoded.received(TextRange::new(0, 5)), Span::new(3, 8));
    }
}
