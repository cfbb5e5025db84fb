//! The table of expressions in context (`data/times.tsv`), as the segmenter and the model read them.

mod parsed;

use demarche_language::TimeFinder;
use jiff::civil::Date;
use parsed::parsed;

const TABLE: &str = include_str!("data/times.tsv");

/// The day that "." stands for: a Thursday.
const ON: Date = jiff::civil::date(2023, 11, 16);

struct Row<'a> {
    sentence: &'a str,
    on: &'a str,
    tense: &'a str,
    expression: &'a str,
    kind: &'a str,
    value: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [sentence, on, tense, expression, kind, value] => Row { sentence, on, tense, expression, kind, value },
            _ => panic!("times.tsv: six columns wanted: {line}"),
        })
        .collect()
}

#[test]
fn expressions_in_context() {
    let finder = TimeFinder::builtin().expect("the built-in tables are sound");
    let rows = rows();
    let sentences = parsed(&rows.iter().map(|row| row.sentence).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let Row { sentence: text, on, tense, .. } = rows[at];
        let together =
            rows[at..].iter().take_while(|row| (row.sentence, row.on, row.tense) == (text, on, tense)).count();
        let date = match on {
            "." => Some(ON),
            "-" => None,
            date => Some(date.parse().expect("a date")),
        };
        let wanted: Vec<String> = rows[at..at + together]
            .iter()
            .filter(|row| row.kind != "none")
            .map(|row| format!("{} {} {}", row.expression, row.kind, row.value))
            .collect();
        let found: Vec<String> = finder
            .times(&sentences[at], date, tense == "future")
            .iter()
            .map(|time| {
                format!("{} {} {}", time.range.of(text), time.kind.as_str(), time.iso.as_deref().unwrap_or("?"))
            })
            .collect();
        if found != wanted {
            let words: Vec<String> = sentences[at].tokens.iter().map(|t| format!("{}/{}", t.form, t.upos)).collect();
            wrong.push(format!("{}\n   wanted {wanted:?}\n   found  {found:?}", words.join(" ")));
        }
        at += together;
    }
    assert!(wrong.is_empty(), "{} of {} sentences wrong\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    let mut distinct: Vec<_> = rows.iter().map(|row| (row.expression, row.value, row.on)).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(distinct.len() >= 300, "only {} expressions", distinct.len());
}

/// Whatever the words and the day, nothing panics, spans are those of tokens, and expressions do not overlap.
#[test]
fn edges_of_the_calendar() {
    let finder = TimeFinder::builtin().expect("the built-in tables are sound");
    let texts: Vec<&str> = rows().iter().map(|row| row.sentence).collect();
    for (text, sentence) in texts.iter().zip(parsed(&texts)) {
        for on in [None, Some(Date::MIN), Some(Date::MAX), Some(jiff::civil::date(2024, 2, 29))] {
            for future in [false, true] {
                let mut end = 0;
                for time in finder.times(&sentence, on, future) {
                    assert!(end <= time.first && time.first < time.end && time.end <= sentence.tokens.len(), "{text}");
                    end = time.end;
                }
            }
        }
    }
}
