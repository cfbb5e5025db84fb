//! An analysis as CoNLL-U; names in MISC as `NER=B-PER`.

use std::fmt::Write;

use demarche::document::{Text, Title};
use demarche::language::{Sentence, Token, Upos};
use demarche::record::Field;
use demarche::{Analysis, Document};

use super::pretokenized::Given;
use crate::batch::shown;

/// A document: its title if that stands apart, then its text.
pub(crate) fn document(document: &Document, analysis: &Analysis) -> String {
    let id = shown(&document.id);
    // Writing to a string does not fail, here and below.
    let mut out = format!("# newdoc id = {id}\n");
    for part in &analysis.parts {
        let (text, infix) = match (&document.title, part.field) {
            (Some(Title::Separate(title)), Field::Title) => (title, "title-"),
            _ => (&document.body, ""),
        };
        for (number, sentence) in (1..).zip(&part.sentences) {
            let _ = writeln!(out, "# sent_id = {id}-{infix}{number}");
            in_text(&mut out, text, sentence);
        }
    }
    out
}

fn in_text(out: &mut String, text: &Text, sentence: &Sentence) {
    let tokens = &sentence.tokens;
    let glued: Vec<bool> = (0..tokens.len())
        .map(|at| match tokens.get(at + 1) {
            Some(next) => next.range.start == tokens[at].range.end,
            None => text.as_str()[tokens[at].range.end..].starts_with(|c: char| !c.is_whitespace()),
        })
        .collect();
    let mut plain = String::new();
    for (token, &glued) in tokens.iter().zip(&glued) {
        plain.push_str(&token.form);
        if !glued {
            plain.push(' ');
        }
    }
    let span = text.received(sentence.range);
    let _ = writeln!(out, "# text = {}\n# start = {}\n# end = {}", plain.trim_end(), span.start, span.end);
    let mut at = 0;
    while at < tokens.len() {
        let mut last = at;
        while last + 1 < tokens.len() && glued[last] && one_word(&tokens[last], &tokens[last + 1]) {
            last += 1;
        }
        if last > at {
            let form: String = tokens[at..=last].iter().map(|token| token.form.as_str()).collect();
            let misc = if glued[last] { "SpaceAfter=No" } else { "_" };
            let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", at + 1, last + 1);
        }
        for word in at..=last {
            // Within a multiword token nothing is said of blanks.
            line(out, sentence, word, last == at && glued[at]);
        }
        at = last + 1;
    }
    out.push('\n');
}

/// Whether two adjoining words are written as one, as in "don't" or "Mali's": a clitic, not a word behind a hyphen.
fn one_word(left: &Token, right: &Token) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let apostrophe = |c: char| matches!(c, '\'' | '\u{2019}');
    let begins = right.form.strip_prefix(apostrophe).unwrap_or(&right.form).chars().next();
    let bare = right.form.chars().all(apostrophe) && right.upos == Upos::Part;
    letter(left.form.chars().last()) && (letter(begins) || bare)
}

/// A sentence whose words were given: its comments and multiword tokens as they were.
pub(crate) fn given(out: &mut String, given: &Given, sentence: &Sentence) {
    for comment in &given.comments {
        let _ = writeln!(out, "{comment}");
    }
    let mut multiword = given.multiword.iter().peekable();
    for word in 0..sentence.tokens.len() {
        while let Some((_, number, form)) = multiword.next_if(|(before, ..)| *before <= word) {
            let _ = writeln!(out, "{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_");
        }
        line(out, sentence, word, false);
    }
    out.push('\n');
}

fn line(out: &mut String, sentence: &Sentence, at: usize, glued: bool) {
    let token = &sentence.tokens[at];
    let entity = sentence.entity_at(at).map(|entity| {
        let place = if entity.first == at { 'B' } else { 'I' };
        format!("NER={place}-{}", entity.kind)
    });
    let misc = match (entity, glued) {
        (Some(entity), true) => entity + "|SpaceAfter=No",
        (Some(entity), false) => entity,
        (None, true) => "SpaceAfter=No".to_owned(),
        (None, false) => "_".to_owned(),
    };
    let head = token.head.map_or(0, |head| head + 1);
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}",
        at + 1,
        token.form,
        token.lemma,
        token.upos,
        token.xpos,
        token.features,
        token.relation
    );
}
