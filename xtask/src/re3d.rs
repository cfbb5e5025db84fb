//! `xtask re3d`: agreement with the entities and synonyms that readers marked in the statements of re3d.
//!
//! Counted are persons, organisations, locations and nationalities: amounts, dates, documents, weapons and vehicles are no
//! actors. An entity is found if one of our actors or places covers its words or they cover ours, and both end alike, or
//! half of all their characters are common.

use std::collections::BTreeMap;
use std::path::Path;

use demarche::language::TokenId;
use demarche::world::Actor;
use demarche::{Coder, Document, Part, TextRange};
use serde::Deserialize;

use crate::{Failure, Verdict, documents};

const KINDS: [&str; 4] = ["Person", "Organisation", "Location", "Nationality"];

#[derive(Deserialize)]
struct Marked {
    id: String,
    text: String,
    entities: Vec<Entity>,
    relations: Vec<Related>,
}

#[derive(Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    text: String,
}

#[derive(Deserialize)]
struct Related {
    #[serde(rename = "type")]
    kind: String,
    source: String,
    source_start: usize,
    source_end: usize,
    target: String,
    target_start: usize,
    target_end: usize,
}

/// What we found somewhere.
struct Found {
    range: TextRange,
    at: (usize, TokenId),
    actor: Option<Actor>,
}

pub(crate) fn run(file: &Path, errors: bool) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let lines = std::fs::read_to_string(file).map_err(|cause| Failure::File { path: file.to_owned(), cause })?;
    let documents = documents::all(&[file.to_owned()])?;
    let mut by_kind: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let (mut pairs, mut both, mut one) = (0, 0, 0);
    for (at, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let marked: Marked = serde_json::from_str(line).map_err(|cause| Failure::Line {
            path: file.to_owned(),
            line: at + 1,
            cause: cause.to_string(),
        })?;
        let Some(document) = documents.iter().find(|document| document.id == marked.id) else { continue };
        let bytes = Bytes::new(&marked.text);
        let (found, chains) = found(&coder, document);
        for entity in marked.entities.iter().filter(|entity| KINDS.contains(&entity.kind.as_str())) {
            let count = by_kind.entry(entity.kind.clone()).or_default();
            count.0 += 1;
            let range = bytes.range(entity.start, entity.end);
            let ours: Vec<&Found> = found.iter().filter(|found| agrees(found.range, range)).collect();
            count.1 += usize::from(!ours.is_empty());
            count.2 +=
                usize::from(ours.iter().any(|found| found.actor.as_ref().is_some_and(|actor| actor.code.is_some())));
            if errors && ours.is_empty() {
                println!("missed {}: {}", entity.kind, entity.text);
            }
        }
        for pair in marked.relations.iter().filter(|relation| relation.kind == "IsSynonymOf") {
            pairs += 1;
            let side = |start, end| -> Vec<&Found> {
                found.iter().filter(|found| agrees(found.range, bytes.range(start, end))).collect()
            };
            let (source, target) = (side(pair.source_start, pair.source_end), side(pair.target_start, pair.target_end));
            both += usize::from(!source.is_empty() && !target.is_empty());
            let same = source.iter().any(|a| target.iter().any(|b| is_one(a, b, &chains)));
            one += usize::from(same);
            if errors && !same {
                println!("not one: {} = {}", pair.source, pair.target);
            }
        }
    }
    for (kind, (all, found, coded)) in &by_kind {
        println!("{kind}: {found} of {all} found ({:.1} %), {coded} as an actor with code", share(*found, *all));
    }
    let sum = by_kind.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    println!("all: {} of {} found ({:.1} %)", sum.1, sum.0, share(sum.1, sum.0));
    println!("synonyms: {pairs} pairs, both found {both}, one actor {one} ({:.1} % of all)", share(one, pairs));
    Ok(Verdict::Holds)
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// For each mention of a chain: sentence, head, chain.
type ChainOf = Vec<((usize, TokenId), usize)>;

fn found(coder: &Coder, document: &Document) -> (Vec<Found>, ChainOf) {
    let analysis = coder.analyse(document);
    let mut chains = Vec::new();
    for part in analysis.parts.iter().filter(|part| part.field == demarche::record::Field::Text) {
        for (number, chain) in part.chains.chains().iter().enumerate() {
            for &mention in chain {
                let mention = &part.chains.mentions()[mention];
                chains.push(((mention.sentence, mention.head), number));
            }
        }
    }
    let out = coder.with_cast(document, &analysis, |parts| {
        parts.iter().filter(|part| part.field == demarche::record::Field::Text).flat_map(of_part).collect()
    });
    (out, chains)
}

fn of_part(part: &Part<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for (at, sentence) in part.sentences.iter().enumerate() {
        for token in 0..sentence.tokens.len() {
            for actor in part.cast.actors(at, token) {
                out.push(Found { range: actor.range, at: (at, token), actor: Some(actor.clone()) });
            }
        }
        for (token, place) in part.cast.places(at) {
            out.push(Found { range: place.range, at: (at, token), actor: None });
        }
    }
    out
}

fn agrees(ours: TextRange, theirs: TextRange) -> bool {
    let common = ours.end.min(theirs.end).saturating_sub(ours.start.max(theirs.start));
    let all = ours.end.max(theirs.end) - ours.start.min(theirs.start);
    common > 0 && (ours.end == theirs.end || 2 * common >= all)
}

fn is_one(a: &Found, b: &Found, chains: &ChainOf) -> bool {
    let chain = |found: &Found| chains.iter().find(|(at, _)| *at == found.at).map(|(_, chain)| *chain);
    let linked = chain(a).is_some() && chain(a) == chain(b);
    match (&a.actor, &b.actor) {
        (Some(one), Some(other)) => linked || one.same_as(other) || one.id.is_some() && one.id == other.id,
        _ => linked,
    }
}

/// Bytes of the characters of a text: re3d counts in UTF-16 or plain characters, which agree in its texts.
struct Bytes(Vec<usize>);

impl Bytes {
    fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    fn range(&self, start: usize, end: usize) -> TextRange {
        let at = |character: usize| self.0.get(character).or(self.0.last()).copied().unwrap_or(0);
        TextRange::new(at(start), at(end))
    }
}
