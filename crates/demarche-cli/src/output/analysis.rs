//! A document's analysis as JSON: its sentences, and who says what in them.

use demarche::document::{Text, Title};
use demarche::record::{Code, Field, Quotation};
use demarche::{Analysis, Coder, Document, Span, TextRange};
use serde::Serialize;

/// A document as `demarche parse --to jsonl` shows it. Spans are of the bytes as received.
#[derive(Serialize)]
pub(crate) struct Shown<'a> {
    document: &'a str,
    sentences: Vec<Stretch>,
    attributions: Vec<Said>,
}

#[derive(Serialize)]
struct Stretch {
    field: Field,
    text: String,
    span: Span,
}

#[derive(Serialize)]
struct Said {
    kind: Quotation,
    /// The words that tell it; null for a quotation that stands alone.
    cue: Option<Stretch>,
    /// Who says it, as written.
    speaker: Option<Stretch>,
    /// Who that is, where it is known.
    who: Vec<Who>,
    content: Vec<Stretch>,
}

#[derive(Serialize)]
struct Who {
    name: String,
    code: Option<Code>,
    id: Option<String>,
}

pub(crate) fn shown<'a>(coder: &Coder, document: &'a Document, analysis: &Analysis) -> Shown<'a> {
    let stretch = |field: Field, range: TextRange| {
        let text = text_of(document, field);
        let words: Vec<&str> = range.of(text.as_str()).split_whitespace().collect();
        Stretch { field, text: words.join(" "), span: text.received(range) }
    };
    let sentences = analysis
        .parts
        .iter()
        .flat_map(|part| part.sentences.iter().map(|sentence| (part.field, sentence.range)))
        .map(|(field, range)| stretch(field, range))
        .collect();
    let attributions = coder
        .attributions(document, analysis)
        .into_iter()
        .map(|attributed| {
            let (field, attribution) = (attributed.field, attributed.attribution);
            let who = attributed.who.iter().map(|actor| {
                let written = || stretch(field, actor.range).text;
                let name = actor.name.clone().or_else(|| actor.canonical.clone()).unwrap_or_else(written);
                Who { name, code: actor.code, id: actor.id.clone() }
            });
            Said {
                kind: attribution.kind,
                cue: attribution.cue.as_ref().map(|cue| stretch(field, cue.range)),
                speaker: attribution.speaker.map(|mention| stretch(field, mention.range)),
                who: who.collect(),
                content: attribution.content.iter().map(|&range| stretch(field, range)).collect(),
            }
        })
        .collect();
    Shown { document: &document.id, sentences, attributions }
}

fn text_of(document: &Document, field: Field) -> &Text {
    match (&document.title, field) {
        (Some(Title::Separate(title)), Field::Title) => title,
        _ => &document.body,
    }
}
