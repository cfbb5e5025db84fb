//! The table of counts (`counts.tsv`) against what is found in them.

use std::sync::Arc;

use demarche_record::TextRange;

use super::{Count, CountFinder};
use crate::labels::{Relation, Upos, Xpos};
use crate::sentence::{Sentence, Token};

/// Words with a head and relation where given: `form>head/relation`, head a word's place from 1, and a star after the form of
/// a noun. A word without is a dependent of nothing.
fn sentence(marked: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for part in marked.split(' ') {
        let (form, link) = part.split_once('>').map_or((part, None), |(form, link)| (form, Some(link)));
        let (form, upos) = form.strip_suffix('*').map_or((form, Upos::X), |form| (form, Upos::Noun));
        let (head, relation) =
            link.and_then(|link| link.split_once('/')).map_or((None, Relation::Dep), |(head, relation)| {
                let head: usize = head.parse().expect("a place");
                (head.checked_sub(1), Relation::parse(relation).expect("a relation"))
            });
        if !text.is_empty() {
            text.push(' ');
        }
        let range = TextRange::new(text.len(), text.len() + form.len());
        text.push_str(form);
        let (form, lemma) = (form.to_owned(), form.to_lowercase());
        tokens.push(Token { range, form, lemma, upos, xpos: Xpos::Nn, features: Arc::from("_"), head, relation });
    }
    (text.clone(), Sentence::new(TextRange::new(0, text.len()), tokens, Vec::new()))
}

fn described(text: &str, sentence: &Sentence, count: &Count) -> String {
    let high = count.high.map_or("-".to_owned(), |high| high.to_string());
    format!("{} = {}..{high} {}", count.range.of(text), count.low, sentence.tokens[count.head].form)
}

#[test]
fn counts_are_found_with_their_noun() {
    let finder = CountFinder::builtin().expect("the built-in table is sound");
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in include_str!("counts.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let Some((marked, expected)) = line.split_once('\t') else { panic!("counts.tsv: no tab in {line}") };
        let (text, sentence) = sentence(marked);
        let found = finder.counts(&sentence);
        let found = found.iter().map(|c| described(&text, &sentence, c)).collect::<Vec<_>>().join("; ");
        rows += 1;
        if found != expected {
            wrong.push(format!("{line}\n   found: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 60, "only {rows} rows");
}
