//! `xtask questions`: what the classifier of acts is asked, as JSON Lines for training it: each sentence as the encoder reads
//! it, with the acts that frames tell and the predicates that no frame knows, and what the classifier at hand answers.

use std::path::PathBuf;

use demarche::language::{Segmented, Sentence, Word};
use demarche::record::Field;
use demarche::{Coder, Document, Judge, Part, Question};
use serde_json::{Value, json};

use crate::{Failure, Verdict, documents};

/// Least probability of a mode or context that is shown.
const LIKELY: f32 = 0.1;

pub(crate) fn run(files: &[PathBuf]) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    for document in documents::all(files)? {
        for sentence in sentences(&coder, &document) {
            println!("{sentence}");
        }
    }
    Ok(Verdict::Holds)
}

fn sentences(coder: &Coder, document: &Document) -> Vec<Value> {
    let analysis = coder.analyse(document);
    coder.with_cast(document, &analysis, |parts| {
        let questions = coder.coding().questions(parts);
        let mut out = Vec::new();
        for part in parts {
            for (index, sentence) in part.sentences.iter().enumerate() {
                let of = |q: &&Question| q.field == part.field && q.index == index;
                out.extend(shown(
                    coder,
                    document,
                    part,
                    sentence,
                    index,
                    &questions.iter().filter(of).collect::<Vec<_>>(),
                ));
            }
        }
        out
    })
}

/// `None` for a sentence of more than one window.
fn shown(
    coder: &Coder,
    document: &Document,
    part: &Part<'_>,
    sentence: &Sentence,
    index: usize,
    questions: &[&Question],
) -> Option<Value> {
    let text = part.text.as_str();
    let words = sentence.tokens.iter().map(|token| Word { range: token.range, form: token.form.clone() }).collect();
    let segmented = Segmented { range: sentence.range, words };
    let inputs = coder.model().encoder_inputs(&[segmented], coder.world());
    let [input] = inputs.as_slice() else { return None };
    let tokens: Vec<Value> = sentence
        .tokens
        .iter()
        .map(|token| {
            let start = text.get(sentence.range.start..token.range.start).map_or(0, |before| before.chars().count());
            let length = token.range.of(text).chars().count();
            json!([start, start + length, token.lemma, token.upos.to_string(), token.head, token.relation.to_string()])
        })
        .collect();
    let questions: Vec<Value> = questions
        .iter()
        .map(|q| {
            let told = q.told.as_ref().map(|told| {
                json!({
                    "event": told.event.as_str(), "modes": told.modes.iter().map(|mode| mode.as_str()).collect::<Vec<_>>(),
                    "frame": told.frame, "status": told.status.to_string(), "confidence": told.confidence,
                })
            });
            json!({
                "trigger": q.trigger, "actors": q.actors, "recipients": q.recipients, "told": told,
                "resolved": q.resolved, "answer": answer(coder, part, q),
            })
        })
        .collect();
    Some(json!({
        "document": document.id, "title": part.field == Field::Title, "sentence": index + 1,
        "text": sentence.range.of(text), "tokens": tokens, "ids": input.ids, "shapes": input.shapes, "kept": input.kept,
        "rows": input.words.iter().map(|(_, row)| row).collect::<Vec<_>>(), "questions": questions,
    }))
}

/// What the classifier says: every event, what is likely of modes and contexts, and whether actors and recipients fit.
fn answer(coder: &Coder, part: &Part<'_>, question: &Question) -> Option<Value> {
    let judge: &Judge = coder.judge()?;
    let answer = judge.answers(part.states?, std::slice::from_ref(question)).pop()??;
    let named = |names: &[String], shares: &[f32], least: f32| -> Value {
        let shown = names.iter().zip(shares).filter(|&(_, &p)| p >= least);
        shown.map(|(name, &p)| (name.clone(), json!(p))).collect::<serde_json::Map<_, _>>().into()
    };
    let classifier = judge.classifier();
    Some(json!({
        "event": named(classifier.events(), &answer.events, 0.0),
        "mode": named(classifier.modes(), &answer.modes, LIKELY),
        "context": named(classifier.contexts(), &answer.contexts, LIKELY),
        "fit": [answer.actors_fit, answer.recipients_fit],
    }))
}
