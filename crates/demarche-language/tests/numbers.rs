//! The table of numbers in context (`data/numbers.tsv`), as the segmenter and the model read them.

mod parsed;

use demarche_language::CountFinder;
use parsed::parsed;

const TABLE: &str = include_str!("data/numbers.tsv");

#[test]
fn numbers_in_context() {
    let finder = CountFinder::builtin().expect("the built-in table is sound");
    let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let texts: Vec<&str> = lines.iter().map(|line| line.split('\t').next().unwrap_or_default()).collect();
    let sentences = parsed(&texts);
    let mut wrong = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let text = texts[at];
        let together = texts[at..].iter().take_while(|other| **other == text).count();
        let wanted: Vec<String> = lines[at..at + together]
            .iter()
            .filter(|line| !line.ends_with("\tnone"))
            .map(|line| line.split('\t').skip(1).collect::<Vec<_>>().join(" "))
            .collect();
        let told = |number: Option<u64>| number.map_or("-".to_owned(), |number| number.to_string());
        let sentence = &sentences[at];
        let found: Vec<String> = finder
            .counts(sentence)
            .iter()
            .map(|count| {
                let noun = &sentence.tokens[count.head].form;
                format!("{} {} {} {} {noun}", count.range.of(text), told(count.value), count.low, told(count.high))
            })
            .collect();
        if found != wanted {
            let words: Vec<String> = sentence
                .tokens
                .iter()
                .map(|t| format!("{}/{}/{}>{}", t.form, t.upos, t.relation, t.head.map_or(0, |head| head + 1)))
                .collect();
            wrong.push(format!("{}\n   wanted {wanted:?}\n   found  {found:?}", words.join(" ")));
        }
        at += together;
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), lines.len(), wrong.join("\n"));
    assert!(lines.len() >= 100, "only {} rows", lines.len());
}
