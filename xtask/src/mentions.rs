//! `xtask mentions`: mentions of actors drawn by a seed, each with its sentence and what we make of it.

use std::path::{Path, PathBuf};

use demarche::language::{EntityKind, Relation, Sentence, TokenId, Upos};
use demarche::world::Actor;
use demarche::{Coder, Document, Part, TextRange, from_text};
use serde_json::{Value, json};

use crate::{Failure, Verdict, documents, read, treebank};

/// Who stands before these is someone, known or not.
const SPEECH: &[&str] = &["say", "tell", "announce", "warn", "urge", "accuse", "deny", "report", "add", "claim"];
/// Pronouns that stand for someone.
const PERSONAL: &[&str] =
    &["he", "him", "his", "she", "her", "they", "them", "their", "we", "our", "us", "i", "it", "its"];

pub(crate) fn run(files: &[PathBuf], seed: u64, count: usize) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let each = count.div_ceil(files.len().max(1));
    for file in files {
        let documents = documents_of(file)?;
        let all: Vec<Value> = documents.iter().flat_map(|document| mentions(&coder, document)).collect();
        eprintln!("{}: {} mentions", file.display(), all.len());
        for at in read::draw(all.len(), seed, each) {
            println!("{}", all[at]);
        }
    }
    Ok(Verdict::Holds)
}

fn documents_of(file: &Path) -> Result<Vec<Document>, Failure> {
    if !file.to_string_lossy().contains(".conll") {
        return Ok(documents::all(&[file.to_owned()])?);
    }
    let text = treebank::text(file).map_err(|cause| Failure::File { path: file.to_owned(), cause })?;
    let sentence = |(at, rows): (usize, Vec<Vec<&str>>)| {
        let words: Vec<&str> = rows.iter().map(|row| row[0]).collect();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        from_text(&format!("{name}:{}", at + 1), &words.join(" "))
    };
    Ok(treebank::rows(&text, &[]).into_iter().enumerate().map(sentence).collect())
}

fn mentions(coder: &Coder, document: &Document) -> Vec<Value> {
    let analysis = coder.analyse(document);
    coder.with_cast(document, &analysis, |parts| {
        let mut out = Vec::new();
        for part in parts {
            for (at, sentence) in part.sentences.iter().enumerate() {
                for token in 0..sentence.tokens.len() {
                    if let Some((range, what)) = mention(part, at, sentence, token) {
                        out.push(shown(document, part, at, token, range, what));
                    }
                }
            }
        }
        out
    })
}

/// Range and kind of the mention that a token heads, if it is one to judge.
fn mention(part: &Part<'_>, at: usize, sentence: &Sentence, token: TokenId) -> Option<(TextRange, &'static str)> {
    let word = &sentence.tokens[token];
    if let Some(entity) = sentence.entity_at(token) {
        let inside = |head: TokenId| (entity.first..entity.end).contains(&head);
        let top = word.head.is_none_or(|head| !inside(head));
        let first = !(entity.first..token).any(|t| sentence.tokens[t].head.is_none_or(|head| !inside(head)));
        let range = sentence.tokens[entity.first].range.cover(sentence.tokens[entity.end - 1].range);
        let kind = match entity.kind {
            EntityKind::Person => "person",
            EntityKind::Organisation => "organisation",
            EntityKind::Place => "place",
            EntityKind::Norp => "people",
        };
        return (top && first).then_some((range, kind));
    }
    let argument = matches!(
        word.relation,
        Relation::Nsubj
            | Relation::NsubjPass
            | Relation::Obj
            | Relation::Iobj
            | Relation::OblAgent
            | Relation::NmodPoss
    );
    let governor = word.head.map(|head| sentence.tokens[head].lemma.as_str());
    let speaks = word.relation == Relation::Nsubj && governor.is_some_and(|verb| SPEECH.contains(&verb));
    let actors = part.cast.actors(at, token);
    let range = actors.first().map_or(word.range, |actor| actor.range);
    match word.upos {
        Upos::Pron if argument && PERSONAL.contains(&word.form.to_lowercase().as_str()) => Some((range, "pronoun")),
        Upos::Noun | Upos::Propn | Upos::Adj if argument && (speaks || !actors.is_empty()) => Some((range, "phrase")),
        _ => None,
    }
}

fn shown(document: &Document, part: &Part<'_>, at: usize, token: TokenId, range: TextRange, what: &str) -> Value {
    let text = |range: TextRange| range.of(part.text.as_str()).split_whitespace().collect::<Vec<_>>().join(" ");
    let actor = |actor: &Actor| {
        json!({
            "text": text(actor.range), "code": actor.code.map(|code| code.to_string()),
            "sectors": actor.sectors.iter().map(|sector| sector.as_str()).collect::<Vec<_>>(), "office": actor.office, "id": actor.id,
            "canonical": actor.canonical, "path": actor.path, "confidence": (f64::from(actor.confidence) * 100.0).round() / 100.0,
        })
    };
    let place = part
        .cast
        .place(at, token)
        .map(|place| json!({"name": place.name, "country": place.country_code.map(|code| code.to_string())}));
    let before: Vec<String> =
        part.sentences[at.saturating_sub(2)..at].iter().map(|sentence| text(sentence.range)).collect();
    json!({
        "document": document.id, "date": document.date.map(|date| date.to_string()), "publisher": document.publisher,
        "title": document.title(), "before": before, "sentence": text(part.sentences[at].range), "mention": text(range), "kind": what,
        "actors": part.cast.actors(at, token).iter().map(actor).collect::<Vec<_>>(), "place": place,
    })
}
