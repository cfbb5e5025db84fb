//! An analysis as CoNLL-U; names in MISC as `NER=B-PER`, chains as `Entity=(e1-name-1)`.

use std::fmt::Write;

use demarche::document::{Text, Title};
use demarche::language::{Attribution, Sentence};
use demarche::record::Field;
use demarche::{Analysis, Coder, Document, TextRange};

use super::entities::{self, Entities};
use super::pretokenized::Given;
use crate::batch::shown;

/// A document: its title if that stands apart, then its text.
pub(crate) fn document(coder: &Coder, document: &Document, analysis: &Analysis) -> String {
    let id = shown(&document.id);
    // Writing to a string does not fail, here and below.
    let mut out = format!("# newdoc id = {id}\n{}\n", entities::FIELDS);
    let mut entities = 0;
    for part in &analysis.parts {
        let (text, infix) = match (&document.title, part.field) {
            (Some(Title::Separate(title)), Field::Title) => (title, "title-"),
            _ => (&document.body, ""),
        };
        let lengths = part.sentences.iter().map(|sentence| sentence.tokens.len());
        let marks = Entities::new(lengths, &part.chains, &mut entities);
        let mut said: Vec<Vec<Attribution>> = vec![Vec::new(); part.sentences.len()];
        for attribution in coder.coding().attributions.find(text.as_str(), &part.sentences) {
            // Where the cue is; a quotation without one where it begins.
            let place = attribution.cue.as_ref().map_or_else(
                || part.sentences.partition_point(|sentence| sentence.range.end <= attribution.extent().start),
                |cue| cue.sentence,
            );
            if let Some(row) = said.get_mut(place) {
                row.push(attribution);
            }
        }
        for ((at, sentence), said) in part.sentences.iter().enumerate().zip(&said) {
            let _ = writeln!(out, "# sent_id = {id}-{infix}{}", at + 1);
            in_text(&mut out, text, sentence, said, |word| marks.of(at, word));
        }
    }
    out
}

fn in_text(
    out: &mut String,
    text: &Text,
    sentence: &Sentence,
    said: &[Attribution],
    entity: impl Fn(usize) -> Option<String>,
) {
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
    for attribution in said {
        let _ = writeln!(out, "# attribution = {}", told(text, attribution));
    }
    let mut at = 0;
    while at < tokens.len() {
        let mut last = at;
        while last + 1 < tokens.len() && sentence.joins_next(last) {
            last += 1;
        }
        if last > at {
            let form: String = tokens[at..=last].iter().map(|token| token.form.as_str()).collect();
            let misc = if glued[last] { "SpaceAfter=No" } else { "_" };
            let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", at + 1, last + 1);
        }
        for word in at..=last {
            // Within a multiword token nothing is said of blanks.
            line(out, sentence, word, entity(word), last == at && glued[at]);
        }
        at = last + 1;
    }
    out.push('\n');
}

/// Kind, cue, speaker and content of an attribution, with their bytes as received.
fn told(text: &Text, attribution: &Attribution) -> String {
    let place = |range: TextRange| {
        let span = text.received(range);
        format!("{}-{}", span.start, span.end)
    };
    let words = |range: TextRange| shown(&range.of(text.as_str()).split_whitespace().collect::<Vec<_>>().join(" "));
    let mut out = attribution.kind.as_str().to_owned();
    if let Some(cue) = &attribution.cue {
        let _ = write!(out, " | cue {} {}", place(cue.range), words(cue.range));
    }
    if let Some(speaker) = attribution.speaker {
        let _ = write!(out, " | speaker {} {}", place(speaker.range), words(speaker.range));
    }
    let content: Vec<String> = attribution.content.iter().map(|&range| place(range)).collect();
    let _ = write!(out, " | content {}", content.join(" "));
    out
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
        line(out, sentence, word, None, false);
    }
    out.push('\n');
}

fn line(out: &mut String, sentence: &Sentence, at: usize, entity: Option<String>, glued: bool) {
    let token = &sentence.tokens[at];
    let name = sentence.entity_at(at).map(|entity| {
        let place = if entity.first == at { 'B' } else { 'I' };
        format!("NER={place}-{}", entity.kind)
    });
    let said: Vec<String> = [entity, name, glued.then(|| "SpaceAfter=No".to_owned())].into_iter().flatten().collect();
    let misc = if said.is_empty() { "_".to_owned() } else { said.join("|") };
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
