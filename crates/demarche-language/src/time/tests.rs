//! The table of expressions (`expressions.tsv`) against what is found in them.

use std::fmt::Write as _;
use std::sync::Arc;

use demarche_record::TextRange;
use jiff::civil::Date;

use super::{Precision, TimeExpression, TimeFinder};
use crate::labels::{Relation, Upos, Xpos};
use crate::sentence::{Sentence, Token};

/// Document date where the table has a full stop: a Thursday.
const ON: Date = jiff::civil::date(2023, 11, 16);

/// Cuts at spaces and punctuation. A part of speech may be written after a slash ("May/AUX"); otherwise it is guessed.
fn sentence(marked: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens: Vec<Token> = Vec::new();
    for chunk in marked.split(' ') {
        if !text.is_empty() {
            text.push(' ');
        }
        let (chunk, given) = match chunk.rsplit_once('/') {
            Some((word, tag)) if Upos::parse(tag).is_some() => (word, Upos::parse(tag)),
            _ => (chunk, None),
        };
        for form in pieces(chunk) {
            let start = text.len();
            text.push_str(form);
            let upos =
                given.filter(|_| form.starts_with(char::is_alphanumeric)).unwrap_or_else(|| guess(form, start == 0));
            let range = TextRange::new(start, text.len());
            let (lemma, features) = (form.to_lowercase(), Arc::from("_"));
            let form = form.to_owned();
            tokens.push(Token {
                range,
                form,
                lemma,
                upos,
                xpos: Xpos::Nn,
                features,
                head: None,
                relation: Relation::Dep,
            });
        }
    }
    (text.clone(), Sentence::new(TextRange::new(0, text.len()), tokens, Vec::new()))
}

/// A chunk in its words: marks alone, except stops and slashes within numbers, stops of short words, and "mid-".
fn pieces(chunk: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = chunk;
    while !rest.is_empty() {
        let word = |c: char| c.is_alphanumeric();
        let mut end = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
        if let Some(after) = rest.strip_prefix("mid-") {
            end = after.find(|c: char| !word(c)).map_or(rest.len(), |at| at + 4);
        } else if rest.starts_with(|c: char| c.is_ascii_digit())
            && rest[end..].starts_with(['.', '/'])
            && rest.len() > end + 1
        {
            end = rest.find(|c: char| !word(c) && c != '.' && c != '/').unwrap_or(rest.len());
        } else if rest.len() > end
            && end > 1
            && end < 5
            && rest.starts_with(char::is_uppercase)
            && &rest[end..] == "."
            && chunk.len() < 6
        {
            end += 1;
        } else if end == 0 {
            end = if rest.starts_with("'s") { 2 } else { rest.chars().next().map_or(1, char::len_utf8) };
        }
        out.push(&rest[..end]);
        rest = &rest[end..];
    }
    out
}

fn guess(form: &str, first: bool) -> Upos {
    match form {
        "the" | "a" | "an" | "this" | "The" | "its" => Upos::Det,
        _ if form.starts_with(|c: char| c.is_ascii_digit()) => Upos::Num,
        _ if !form.starts_with(char::is_alphanumeric) => Upos::Punct,
        _ if form.starts_with(char::is_uppercase) && !first => Upos::Propn,
        _ => Upos::X,
    }
}

fn described(text: &str, found: &TimeExpression) -> String {
    let kind = found.kind.as_str();
    let mut out = format!("{} {kind}", found.range.of(text));
    match found.value {
        None => out.push_str(" ?"),
        Some(value) => {
            let precision = match value.precision {
                Precision::Day => "day",
                Precision::Week => "week",
                Precision::Month => "month",
                Precision::Year => "year",
            };
            let _ = write!(out, " {precision} {}", value.start);
            if let Some(end) = value.end {
                let _ = write!(out, " {end}");
            }
        }
    }
    out
}

#[test]
fn expressions_are_found_and_resolved() {
    let finder = TimeFinder::builtin().expect("the built-in table is sound");
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in include_str!("expressions.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [marked, on, tense, expected] = columns[..] else { panic!("expressions.tsv: four columns wanted: {line}") };
        let on = match on {
            "." => Some(ON),
            "-" => None,
            date => Some(date.parse().expect("a date")),
        };
        let (text, sentence) = sentence(marked);
        let found = finder.times(&sentence, on, tense == "future");
        let found = found.iter().map(|f| described(&text, f)).collect::<Vec<_>>().join("; ");
        rows += 1;
        if found != expected {
            wrong.push(format!("{line}\n   found: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 200, "only {rows} rows");
}

#[test]
fn no_date_at_the_edge_of_the_calendar_panics() {
    let finder = TimeFinder::builtin().expect("the built-in table is sound");
    for on in [Date::MIN, Date::MAX] {
        for line in include_str!("expressions.tsv").lines().filter(|line| !line.starts_with('#')) {
            let marked = line.split('\t').next().unwrap_or_default();
            for future in [false, true] {
                finder.times(&sentence(marked).1, Some(on), future);
            }
        }
    }
}
