//! Texts as they come: in capitals, without punctuation, glued, in tables and lists, quoted in mails, with other scripts and
//! characters that nobody sees; sentences and documents far longer than any desk would pass.

mod analysis;
mod evidence;
#[allow(dead_code)] // the texts here are composed
mod texts;

use std::fmt::Write as _;
use std::sync::LazyLock;

use demarche::language::{Segmented, Segmenter};
use demarche::record::Field;
use demarche::{Analysis, Coder, Record, TextRange};
use proptest::prelude::*;
use proptest::sample::select;
use texts::{Form, Received};

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the shipped model and data"));

/// Sentences (own) that tell one event each.
const TELLING: &[&str] = &[
    "Norway expelled two Chadian diplomats on Monday.",
    "Peru condemned the coup in Mali.",
    "Rebels attacked a convoy of the Kenyan army near the border, killing at least 12 soldiers.",
    "Japan and Ghana signed a trade agreement in Accra last week.",
    "Police in Uganda arrested dozens of protesters.",
    "The foreign minister of Chile urged Bolivia to withdraw its troops by the end of the month.",
    "\"We will not leave,\" the president of Togo said on 3 May.",
];

/// Sentences that tell none.
const IDLE: &[&str] =
    &["The harvest was late this year.", "It rained.", "Nobody knows why.", "See page 4 (in French)."];

/// What a text may be dressed in.
#[derive(Clone, Copy, Debug)]
enum Dress {
    Plain,
    Capitals,
    Headline,
    LowerCase,
    NoPunctuation,
    Letters,
    Hidden(char),
    Wide,
    Quoted,
    List(&'static str),
    Table(&'static str),
}

const DRESSES: &[Dress] = &[
    Dress::Plain,
    Dress::Capitals,
    Dress::Headline,
    Dress::LowerCase,
    Dress::NoPunctuation,
    Dress::Letters,
    Dress::Hidden('\u{ad}'),
    Dress::Hidden('\u{200b}'),
    Dress::Hidden('\u{200d}'),
    Dress::Hidden('\u{200f}'),
    Dress::Hidden('\u{202b}'),
    Dress::Hidden('\u{2067}'),
    Dress::Hidden('\u{feff}'),
    Dress::Hidden('\u{301}'),
    Dress::Wide,
    Dress::Quoted,
    Dress::List("- "),
    Dress::List("• "),
    Dress::List("1. "),
    Dress::List("(a) "),
    Dress::Table("|"),
    Dress::Table("\t"),
];

/// The sentence with its words as headlines write them.
fn headline(text: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn dressed(text: &str, dress: Dress) -> String {
    let table = |bar: &str| text.split(' ').collect::<Vec<_>>().join(&format!(" {bar} "));
    match dress {
        Dress::Plain => text.to_owned(),
        Dress::Capitals => text.to_uppercase(),
        Dress::Headline => headline(text),
        Dress::LowerCase => text.to_lowercase(),
        Dress::NoPunctuation => text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect(),
        Dress::Letters => text.chars().flat_map(|c| [c, ' ']).collect(),
        // After every third letter, so that words are broken in many places.
        Dress::Hidden(mark) => text
            .chars()
            .enumerate()
            .flat_map(|(at, c)| [Some(c), (at % 3 == 2 && c.is_alphabetic()).then_some(mark)])
            .flatten()
            .collect(),
        Dress::Wide => text.replace(' ', "\u{a0}\u{2009} "),
        Dress::Quoted => format!("> > {}\n", text.replace(", ", ",\n> > ")),
        Dress::List(bullet) => format!("{bullet}{text}\n"),
        Dress::Table(bar) => format!("{bar}{}{bar}\n", table(bar)),
    }
}

/// Between sentences: white space, nothing, marks, other scripts, emoji.
const BETWEEN: &[&str] = &[
    " ",
    " ",
    " ",
    "",
    "\n",
    "\n\n",
    "\t",
    "\u{a0}",
    " — ",
    "; ",
    " 🇳🇴🤝🇹🇩 ",
    " 👩‍👧‍👦",
    "北京",
    " Москва ",
    " الدوحة ",
    "\u{200f}",
    "\u{2028}",
    "...",
    " * * * ",
    "\r\n\r\n",
    "\0",
    "\u{fffd}",
    "????",
    " http://example.org/a?b=c#d ",
    " @user #tag ",
    " ਪੰਜਾਬ ",
    "e\u{301}\u{327}",
    "ﷺ",
];

fn composed() -> impl Strategy<Value = String> {
    let sentence = prop_oneof![3 => select(TELLING), 1 => select(IDLE)];
    prop::collection::vec((sentence, select(DRESSES), select(BETWEEN)), 1..7).prop_map(|parts| {
        parts.iter().fold(String::new(), |mut out, (text, dress, between)| {
            out.push_str(&dressed(text, *dress));
            out.push_str(between);
            out
        })
    })
}

/// All faults of analysis and records.
fn faults(received: &Received) -> Vec<String> {
    let analysis = CODER.analyse(&received.document);
    let mut out = Vec::new();
    for part in analysis.parts.iter().filter(|part| part.field == Field::Text) {
        let blocks: Vec<_> = received.document.body_blocks().map(|block| block.range).collect();
        out.extend(analysis::faults(received.document.body.as_str(), &part.sentences, &blocks));
    }
    out.extend(evidence::faults(received, &CODER.code(&received.document).records));
    out
}

fn plain(text: &str) -> Option<Received> {
    Received::file("a", text.as_bytes(), Form::Plain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_dress(text in composed()) {
        if let Some(received) = plain(&text) {
            let faults = faults(&received);
            prop_assert!(faults.is_empty(), "{}\nin {text:?}", faults.join("\n"));
        }
    }

    #[test]
    fn any_characters(text in "(\\PC|\\s|[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{1f1e6}-\u{1f1ff}]){0,200}") {
        if let Some(received) = plain(&text) {
            let faults = faults(&received);
            prop_assert!(faults.is_empty(), "{}\nin {text:?}", faults.join("\n"));
        }
    }
}

/// What is told is found in every dress that leaves the words whole.
#[test]
fn events_are_found_in_any_dress() {
    let mut missed = String::new();
    for dress in [
        Dress::Plain,
        Dress::Capitals,
        Dress::Headline,
        Dress::NoPunctuation,
        Dress::Hidden('\u{ad}'),
        Dress::Hidden('\u{200b}'),
        Dress::Hidden('\u{200f}'),
        Dress::Hidden('\u{202b}'),
        Dress::Hidden('\u{feff}'),
        Dress::Wide,
        Dress::Quoted,
        Dress::List("- "),
        Dress::List("• "),
        Dress::List("1. "),
    ] {
        for text in &TELLING[..5] {
            let line = serde_json::json!({ "id": "a", "text": dressed(text, dress) }).to_string();
            let received = Received::line("a", &line).expect("a document");
            assert_eq!(received.document.language, "en");
            let records = CODER.code(&received.document).records;
            if !records.iter().any(|record| matches!(record, Record::Event(_))) {
                let _ = writeln!(missed, "{dress:?}: {}", dressed(text, dress));
            }
        }
    }
    assert!(missed.is_empty(), "no event in:\n{missed}");
}

/// The words of the triggers of a document's events.
fn triggers(received: &Received, analysis: &Analysis) -> Vec<String> {
    let text = received.document.body.as_str();
    let report = CODER.code_analysed(&received.document, analysis);
    let trigger = |record: &Record| match record {
        Record::Event(event) => Some(text[event.evidence.trigger.start..event.evidence.trigger.end].to_owned()),
        _ => None,
    };
    report.records.iter().filter_map(trigger).collect()
}

/// Two thousand words without a full stop are read to the end, with exact spans: the segmenter makes several sentences of
/// them, and the model, given all of them as one sentence, reads it in windows.
#[test]
fn two_thousand_words_without_a_full_stop() {
    let clause = "the ministers of the northern provinces discussed prices, roads and the harvest, ";
    let text = format!(
        "Norway expelled two Chadian diplomats, {}and Kenya condemned the coup in Mali.",
        clause.repeat(2000 / 14 + 1)
    );
    let received = plain(&text).expect("a document");
    let mut analysis = CODER.analyse(&received.document);
    assert!(analysis.words() >= 2000, "{} words", analysis.words());
    let found = faults(&received);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let told = triggers(&received, &analysis);
    assert!(told.first().is_some_and(|first| first == "expelled") && told.iter().any(|t| t == "condemned"), "{told:?}");

    let whole = TextRange::new(0, text.len());
    let cut = Segmenter::builtin().expect("sound").segment(&text, whole);
    let words = cut.into_iter().flat_map(|sentence| sentence.words).collect();
    let sentences = CODER.model().parse(&[Segmented { range: whole, words }], CODER.world());
    assert_eq!(sentences.len(), 1);
    let found = analysis::faults(&text, &sentences, &[whole]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    analysis.parts[0].sentences = sentences;
    let told = triggers(&received, &analysis);
    assert!(told.first().is_some_and(|first| first == "expelled") && told.iter().any(|t| t == "condemned"), "{told:?}");
}

/// A hundred thousand words are read to the last: nothing is cut.
#[test]
fn a_document_of_a_hundred_thousand_words() {
    let mut text = String::new();
    for number in 0..7200 {
        let paragraph = if number % 6 == 5 { "\n\n" } else { " " };
        let _ =
            write!(text, "The harvest in valley {number} was late and the price of wheat rose a little.{paragraph}");
    }
    let last = "Norway expelled two Chadian diplomats.";
    text.push_str(last);
    let received = plain(&text).expect("a document");
    let analysis = CODER.analyse(&received.document);
    assert!(analysis.words() >= 100_000, "{} words", analysis.words());
    assert_eq!(analysis.sentences(), 7201);
    let report = CODER.code_analysed(&received.document, &analysis);
    let Some(Record::Event(event)) = report.records.last() else { panic!("the last sentence tells an event") };
    assert_eq!(report.records.len(), 1);
    assert_eq!(&text[event.evidence.trigger.start..event.evidence.trigger.end], "expelled");
    assert_eq!(event.evidence.trigger.start, text.len() - last.len() + "Norway ".len());
    assert_eq!(event.evidence.sentence.end, text.len());
}
