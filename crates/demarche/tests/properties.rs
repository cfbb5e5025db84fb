//! What holds of any text: nothing panics, and every span of every record says what the record says.

mod evidence;
mod texts;

use std::sync::LazyLock;

use demarche::record::Field;
use demarche::{Coder, TextRange};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use texts::{Form, Received};

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the shipped model and data"));

fn faults(received: &Received) -> Vec<String> {
    let mut out = evidence::faults(received, &CODER.code(&received.document).records);
    out.extend(misplaced(received));
    out
}

/// Attributions whose ranges are empty, out of order or not on characters.
fn misplaced(received: &Received) -> Vec<String> {
    let document = &received.document;
    let mut out = Vec::new();
    for attributed in CODER.attributions(document, &CODER.analyse(document)) {
        let text = match (&document.title, attributed.field) {
            (Some(demarche::document::Title::Separate(title)), Field::Title) => title.as_str(),
            _ => document.body.as_str(),
        };
        let said = &attributed.attribution;
        let mut ranges = said.content.clone();
        let ordered = ranges.windows(2).all(|pair| pair[0].end <= pair[1].start);
        ranges.extend(said.cue.iter().map(|cue| cue.range));
        ranges.extend(said.speaker.iter().map(|speaker| speaker.range));
        if !ordered || ranges.iter().any(|range| range.of(text).is_empty()) {
            out.push(format!("attribution out of place: {said:?}"));
        }
    }
    out
}

/// Fails with every fault and, if it is short, the text.
fn sound(received: &Received) -> Result<(), TestCaseError> {
    let faults = faults(received);
    prop_assert!(faults.is_empty(), "{}\nin {:?}", faults.join("\n"), String::from_utf8_lossy(&received.text));
    Ok(())
}

/// The sentences of the examples, as decoded.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for received in texts::examples() {
        for part in CODER.analyse(&received.document).parts.iter().filter(|part| part.field == Field::Text) {
            let body = received.document.body.as_str();
            out.extend(part.sentences.iter().map(|sentence| sentence.range.of(body).to_owned()));
        }
    }
    out
});

/// What readers of text trip over.
const PIECES: &[&str] = &[
    "\"",
    "“",
    "”",
    "'",
    "’s",
    "'s",
    "(",
    ")",
    "[",
    "—",
    "-",
    ",",
    ";",
    ":",
    ".",
    "...",
    "…",
    "?",
    "!",
    "\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "e\u{301}",
    "ß",
    "İ",
    "ﬁ",
    "🇫🇷",
    "👩‍👧",
    "北京",
    "الدوحة",
    "\0",
    "&amp;",
    "<p>",
    "</p>",
    "I",
    "we",
    "he",
    "they",
    "said",
    "told",
    "that",
    "which",
    "who",
    "both",
    "nations",
    "neither",
    "nor",
    "no",
    "not",
    "will",
    "if",
    "unless",
    "to",
    "of",
    "and",
    "or",
    "the",
    "The",
    "a",
    "in",
    "by",
    "with",
    "between",
    "against",
    "three",
    "at least 12",
    "Monday",
    "last week",
    "in 2019",
    "Peru",
    "Chile",
    "Niger's",
    "Iraqi",
    "Jordan",
    "Georgia",
    "the Netherlands",
    "NATO",
    "the United Nations",
    "Oslo",
    "Reuters",
    "President",
    "foreign minister",
    "Wang Yi",
    "rebels",
    "troops",
    "ceasefire",
    "talks",
    "attack",
    "attacked",
    "killed",
    "urged",
    "vowed",
    "threatened",
    "accused",
    "met",
    "signed",
    "agreed",
    "denied",
    "refused",
    "offered",
    "mediate",
    "sanctions",
    "withdraw",
    "called for",
    "expressed concern over",
    "were arrested",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec((select(PIECES), prop::bool::weighted(0.8)), 1..60)
        .prop_map(|pieces| pieces.iter().flat_map(|(piece, space)| [*piece, if *space { " " } else { "" }]).collect())
}

/// Sentences in any order, some cut off in the middle and glued to the next.
fn spliced() -> impl Strategy<Value = String> {
    let part = (any::<Index>(), prop::option::weighted(0.3, (any::<Index>(), any::<bool>())));
    let between = select(vec![" ", " ", " ", "", "\n\n", ", ", " \"", "\" ", " and ", ", he said: "]);
    prop::collection::vec((part, between), 1..8).prop_map(|parts| {
        let mut out = String::new();
        for ((sentence, cut), between) in parts {
            let sentence = sentence.get(&SENTENCES);
            let words: Vec<&str> = sentence.split(' ').collect();
            match cut {
                None => out.push_str(sentence),
                Some((at, true)) => out.push_str(&words[at.index(words.len())..].join(" ")),
                Some((at, false)) => out.push_str(&words[..=at.index(words.len())].join(" ")),
            }
            out.push_str(between);
        }
        out
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('’', "&rsquo;").replace('é', "&#233;")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in "\\PC{0,300}") {
        if let Some(received) = Received::file("a", text.as_bytes(), Form::Plain) {
            sound(&received)?;
        }
    }

    #[test]
    fn any_words(text in pieces()) {
        if let Some(received) = Received::file("a", text.as_bytes(), Form::Plain) {
            sound(&received)?;
        }
    }

    #[test]
    fn any_order_of_sentences(text in spliced()) {
        if let Some(received) = Received::file("a", text.as_bytes(), Form::Plain) {
            sound(&received)?;
        }
    }

    #[test]
    fn any_values_of_a_line(title in spliced(), text in spliced()) {
        let line = serde_json::json!({ "id": "a", "title": title, "text": text, "date": "2024-05-08" }).to_string();
        if let Some(received) = Received::line("a", &line) {
            sound(&received)?;
        }
    }

    #[test]
    fn any_page(paragraphs in prop::collection::vec(spliced(), 1..4)) {
        let mut page = "<html><body><article><h1>Report</h1>\n".to_owned();
        for text in &paragraphs {
            let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
            for piece in ["<p><b>", &escaped(first), "</b> ", &escaped(rest), "</p>\n"] {
                page.push_str(piece);
            }
        }
        page.push_str("</article></body></html>");
        if let Some(received) = Received::file("a", page.as_bytes(), Form::Html) {
            sound(&received)?;
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        use demarche::document::{Format, Options, from_bytes};
        for format in [Format::Text, Format::Html, Format::JsonLines] {
            if let Ok(document) = from_bytes("a", &bytes, format, &Options::default()) {
                CODER.code(&document);
            }
        }
    }
}

/// What a title tells is not looked for in the text.
#[test]
fn titles_are_not_texts() {
    for (title, text) in [
        ("Colombia's government and the National Liberation Army extend their ceasefire", "The envoys met in Oslo."),
        (
            "Peru and Chile sign pact, Kenya urges restraint",
            "Ghana thanked Togo. Peru and Chile signed a pact on Monday.",
        ),
        ("Norway offers to mediate in the war in Sudan", "Oslo is ready. Norway offered to mediate between the sides."),
    ] {
        let line = serde_json::json!({ "id": "a", "title": title, "text": text }).to_string();
        let found = faults(&Received::line("a", &line).unwrap());
        assert!(found.is_empty(), "{title} / {text}\n{}", found.join("\n"));
    }
}

#[test]
fn real_texts() {
    let mut texts = texts::examples();
    texts.extend(texts::shared());
    let lines: Vec<String> = texts.iter().flat_map(faults).collect();
    assert!(lines.is_empty(), "{} faults in {} documents:\n{}", lines.len(), texts.len(), lines.join("\n"));
}

/// A text in UTF-16 gives the records that it gives in UTF-8, with spans of its own bytes.
#[test]
fn spans_are_of_the_bytes_received() {
    use demarche::document::{Format, Options, from_bytes};
    for text in ["Chile’s envoy met Peru’s in Nouméa on Monday.", "Éire’s minister urged Åland to hold talks."]
    {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let wide = from_bytes("a", &bytes, Format::Text, &Options::default()).unwrap();
        let plain = from_bytes("a", text.as_bytes(), Format::Text, &Options::default()).unwrap();
        assert_eq!(wide.body.as_str(), plain.body.as_str());
        let (wide, plain) = (CODER.code(&wide).records, CODER.code(&plain).records);
        assert_eq!(wide.len(), plain.len(), "{text}");
        assert!(!wide.is_empty(), "{text}");
        for (wide, plain) in wide.iter().zip(&plain) {
            let (demarche::Record::Event(wide), demarche::Record::Event(plain)) = (wide, plain) else { continue };
            for (entity, span) in wide.actor.iter().zip(&wide.evidence.actor) {
                let units: Vec<u16> =
                    bytes[span.start..span.end].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                assert_eq!(String::from_utf16(&units).unwrap(), entity.entity_text);
            }
            assert_eq!(wide.event, plain.event);
            assert_eq!(
                TextRange::new(wide.text_info.start, wide.text_info.end),
                TextRange::new(0, text.chars().count())
            );
        }
    }
}
