//! What holds for every input: no panic, offsets in range and monotone, blocks in order, spans that decode to their text.

use demarche_document::{Document, Format, Genres, Options, Title, describe, from_bytes, from_text, read_from};
use demarche_record::TextRange;
use encoding_rs::{Encoding, GB18030, KOI8_R, SHIFT_JIS, UTF_8, WINDOWS_1252};
use proptest::prelude::*;

fn check(document: &Document, received: usize) {
    let text = document.body.as_str();
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut last = 0;
    for (count, pair) in borders.windows(2).enumerate() {
        let span = document.body.received(TextRange::new(pair[0], pair[1]));
        assert!(
            last <= span.start && span.start <= span.end && span.end <= received,
            "{span:?} after {last} in {text:?}"
        );
        last = span.start;
        assert_eq!(document.body.character(pair[0]), count);
    }
    let mut end = 0;
    for block in &document.blocks {
        assert!(end <= block.range.start && block.range.start < block.range.end, "{:?}", document.blocks);
        assert!(text.get(block.range.start..block.range.end).is_some());
        end = block.range.end;
    }
    if let Some(Title::Block(range)) = document.title {
        assert!(document.blocks.iter().any(|block| block.range == range));
    }
    assert!(serde_json::to_string(&describe(document, &Genres::builtin().expect("shipped"))).is_ok());
}

/// Fragments that lead into the odd corners of the readers.
fn fragments() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=\"share\">",
        "</div>",
        "<h1>",
        "</h1>",
        "<title>",
        "<br>",
        "<script>",
        "</script>",
        "<a href=x>",
        "</a>",
        "&amp;",
        "&copy2024",
        "&#8217;",
        "&#x0;",
        "&",
        "&nbsp;",
        "<blockquote>",
        "<li>",
        "<pre>",
        "</pre>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<article>",
        "<textarea>",
        "\r\n",
        "\n\n",
        "\r",
        " ",
        "DOHA, Nov. 12 (AP) - ",
        "Leave a Reply",
        "By Ana",
        "The envoys met on Tuesday.",
        "Peru",
        "é",
        "停戦",
        "\u{feff}",
        "\0",
        "“",
        ":",
        " - ",
        "(",
        ")",
        "/",
        "—",
        "1. ",
        "* ",
        "<td>",
        "<table>",
        "<span hidden>",
        "<figcaption>",
        "<header>",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// Text that encodings other than Unicode can hold, some of it.
fn words() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Genève ",
        "“talks” ",
        "мир ",
        "Доха. ",
        "停戦",
        "東京。",
        "peace ",
        "\n",
        "\r\n",
        "Ünal ",
        "ｱｲｳ",
    ]);
    prop::collection::vec(pieces, 1..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Html, Format::JsonLines] {
            if let Ok(document) = from_bytes("a", &bytes, format, &Options::default())
                && format != Format::JsonLines {
                    check(&document, bytes.len());
                }
        }
    }

    #[test]
    fn any_fragments(text in fragments()) {
        let document = from_text("a", &text);
        check(&document, text.len());
        // Whatever a text is, not all of it is furniture.
        prop_assert!(document.blocks.is_empty() || document.body_blocks().count() > 0);
        if let Ok(document) = from_bytes("a", text.as_bytes(), Format::Html, &Options::default()) {
            check(&document, text.len());
        }
        let line = serde_json::json!({"text": text, "title": "Peru"}).to_string();
        if let Ok(document) = from_bytes("a", line.as_bytes(), Format::JsonLines, &Options::default()) {
            check(&document, text.len());
        }
    }

    /// In a text file every range of the text is, byte for byte, what was received.
    #[test]
    fn plain_utf_8_is_itself(text in fragments(), from in 0_usize..200, length in 0_usize..200) {
        let document = from_text("a", &text);
        let body = document.body.as_str();
        prop_assert_eq!(body, text.as_str());
        let border = |at: usize| (0..=at.min(body.len())).rev().find(|&at| body.is_char_boundary(at)).unwrap_or(0);
        let (start, end) = (border(from), border(from + length));
        let span = document.body.received(TextRange::new(start, end));
        prop_assert_eq!((span.start, span.end), (start, end));
    }

    /// The received bytes of a range decode to the text of that range, whatever the encoding.
    #[test]
    fn spans_decode_to_their_text(
        text in words(),
        encoding in prop::sample::select(vec![UTF_8, WINDOWS_1252, KOI8_R, SHIFT_JIS, GB18030]),
        from in 0_usize..60,
        length in 1_usize..60,
    ) {
        spans_decode(&text, encoding, from, length)?;
    }

    /// Random bytes in each line of a stream never stop the stream.
    #[test]
    fn streams_go_on(lines in prop::collection::vec(prop::collection::vec(any::<u8>().prop_filter("one line", |byte| *byte != b'\n' && *byte != 0), 0..40), 0..6)) {
        let mut bytes = b"{\"text\":\"The envoys met.\"}\n".to_vec();
        for line in &lines {
            bytes.extend(line);
            bytes.push(b'\n');
        }
        bytes.extend(b"{\"text\":\"They met again.\"}\n");
        let options = Options { format: Some(Format::JsonLines), ..Options::default() };
        let read: Vec<_> = read_from("a", std::io::Cursor::new(bytes), &options).collect();
        if read.len() > 1 {
            prop_assert!(read.first().is_some_and(Result::is_ok));
            prop_assert!(read.last().is_some_and(Result::is_ok));
        }
    }
}

fn spans_decode(text: &str, encoding: &'static Encoding, from: usize, length: usize) -> Result<(), TestCaseError> {
    // What the encoding cannot hold is left out.
    let text: String =
        text.chars().filter(|character| !encoding.encode(character.encode_utf8(&mut [0; 4])).2).collect();
    let bytes = encoding.encode(&text).0;
    let html = [format!("<meta charset={}><p>", encoding.name()).as_bytes(), &bytes].concat();
    for (received, format) in [(html, Format::Html), (bytes.to_vec(), Format::Text)] {
        let Ok(document) = from_bytes("a", &received, format, &Options::default()) else { continue };
        let body = document.body.as_str();
        if format == Format::Text && body != text {
            // Short text in an undeclared encoding may be taken for another.
            continue;
        }
        let borders: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
        let start = borders[from.min(borders.len() - 1)];
        let end = borders[(from + length).min(borders.len() - 1)];
        let span = document.body.received(TextRange::new(start, end));
        let (decoded, _) = encoding.decode_without_bom_handling(&received[span.start..span.end]);
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(squeeze(&decoded), squeeze(&body[start..end]), "{}", encoding.name());
    }
    Ok(())
}
