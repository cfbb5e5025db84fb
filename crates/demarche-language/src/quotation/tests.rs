//! Tables of marks.

use demarche_record::TextRange;

use super::marks::quotations;

/// What stands between the marks, outer before inner, each with its depth.
fn between(text: &str) -> Vec<(usize, String)> {
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for line in text.split('\n') {
        paragraphs.push(TextRange::new(start, start + line.len()));
        start += line.len() + 1;
    }
    let shown = |pieces: &[TextRange]| pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join("|");
    quotations(text, &paragraphs).iter().map(|quoted| (quoted.depth, shown(&quoted.pieces))).collect()
}

fn one(text: &str) -> (usize, String) {
    (0, text.to_owned())
}

#[test]
fn marks_of_all_kinds() {
    let cases: &[(&str, &[&str])] = &[
        ("\"We met,\" she said, \"and talked.\"", &["We met,", "and talked."]),
        ("“We met,” she said.", &["We met,"]),
        ("‘We met,’ she said of the envoys’ talks.", &["We met,"]),
        ("« Nous » and «we»", &[" Nous ", "we"]),
        ("„Wir“ and „they“", &["Wir", "they"]),
        ("the parties' talks and Mali's envoy's plan", &[]),
        ("He called it 'a sham', the ministers' aide said.", &["a sham"]),
        ("a 5\" pipe", &[]),
        ("\"\" and nothing", &[]),
    ];
    for (text, expected) in cases {
        let expected: Vec<(usize, String)> = expected.iter().map(|piece| one(piece)).collect();
        assert_eq!(between(text), expected, "{text}");
    }
}

#[test]
fn marks_within_marks() {
    assert_eq!(
        between("\"I told them, 'Leave now,' and they left,\" he said."),
        vec![one("I told them, 'Leave now,' and they left,"), (1, "Leave now,".into())]
    );
    assert_eq!(between("“She said ‘no’ twice,” he said."), vec![one("She said ‘no’ twice,"), (1, "no".into())]);
}

#[test]
fn over_paragraphs_and_unclosed() {
    assert_eq!(between("“We met.\n“We talked.”"), vec![one("We met.|We talked.")]);
    assert_eq!(between("\"We met.\n\"We talked.\""), vec![one("We met.|We talked.")]);
    assert_eq!(between("He said: “We met.\nThe rest."), vec![one("We met.")]);
    // A block of paragraphs with one mark at its beginning and one at its end.
    assert_eq!(between("He said: \"We met.\nWe talked.\" He left."), vec![one("We met.|We talked.")]);
    assert_eq!(between("He said: “We met.\n“We talked,” she said."), vec![one("We met.|We talked,")]);
    assert_eq!(between("He said, \"We met. \"We talked,\" she said."), vec![one("We met."), one("We talked,")]);
}

mod any_text {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::AttributionFinder;
    use crate::labels::{Relation, Upos, Xpos};
    use crate::segment::Segmenter;
    use crate::sentence::{Sentence, Token};
    use demarche_record::TextRange;

    static FINDER: LazyLock<AttributionFinder> = LazyLock::new(|| AttributionFinder::builtin().expect("the table"));
    static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::builtin().expect("the segmenter"));

    const PIECES: &[&str] = &[
        "said",
        "says",
        "told",
        "urged",
        "called",
        "described",
        "quoted",
        "claim",
        "according",
        "to",
        "that",
        "which",
        "as",
        "for",
        "He",
        "she",
        "I",
        "Wang",
        "Yi",
        "the",
        "minister",
        "not",
        "adding",
        "peace",
        "É",
        "北京",
        "\"",
        "\"",
        "“",
        "”",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "„",
        ",",
        ".",
        ":",
        "?",
        "—",
        "(",
        ")",
        "\n",
        "\n\n",
        " ",
        " ",
        "\u{a0}",
        "…",
    ];

    /// A tree of any shape: each word hangs on an earlier one, or, mirrored, on a later one.
    fn sentences(text: &str, choices: &[u16]) -> Vec<Sentence> {
        let mut choice = choices.iter().copied().cycle();
        let mut pick = move |n: usize| usize::from(choice.next().unwrap_or(0)) % n.max(1);
        let segmented = SEGMENTER.segment(text, TextRange::new(0, text.len()));
        segmented
            .into_iter()
            .map(|segmented| {
                let n = segmented.words.len();
                let mirrored = pick(2) == 1;
                let tokens = segmented.words.iter().enumerate().map(|(at, word)| {
                    let head = match (mirrored, at) {
                        (false, 0) => None,
                        (false, at) => Some(pick(at)),
                        (true, at) if at + 1 == n => None,
                        (true, at) => Some(at + 1 + pick(n - at - 1)),
                    };
                    Token {
                        range: word.range,
                        form: word.form.clone(),
                        lemma: word.form.to_lowercase(),
                        upos: Upos::ALL[pick(Upos::ALL.len())],
                        xpos: Xpos::ALL[pick(Xpos::ALL.len())],
                        features: Arc::from("_"),
                        head,
                        relation: if head.is_none() {
                            Relation::Root
                        } else {
                            Relation::ALL[pick(Relation::ALL.len())]
                        },
                    }
                });
                Sentence::new(segmented.range, tokens.collect(), Vec::new())
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn never_panics_and_stays_in_the_text(
            pieces in prop::collection::vec((select(PIECES), any::<bool>()), 0..80),
            choices in prop::collection::vec(any::<u16>(), 1..200),
        ) {
            let text: String = pieces.iter().flat_map(|(piece, apart)| [*piece, if *apart { " " } else { "" }]).collect();
            let sentences = sentences(&text, &choices);
            for attribution in FINDER.find(&text, &sentences) {
                prop_assert!(!attribution.content.is_empty());
                let mut before = 0;
                for content in &attribution.content {
                    prop_assert!(content.start >= before && !content.is_empty(), "{attribution:?} in {text:?}");
                    prop_assert!(text.get(content.start..content.end).is_some(), "{attribution:?} in {text:?}");
                    before = content.end;
                }
                if let Some(cue) = &attribution.cue {
                    prop_assert!(cue.words.contains(&cue.head));
                    prop_assert!(sentences[cue.sentence].range.contains(cue.range));
                }
                if let Some(speaker) = attribution.speaker {
                    let head = sentences[speaker.sentence].tokens[speaker.head].range;
                    prop_assert!(speaker.range.contains(head) && text.get(speaker.range.start..speaker.range.end).is_some());
                }
            }
        }
    }
}
