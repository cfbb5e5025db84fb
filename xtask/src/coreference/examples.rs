//! The scorer's training examples as a file for `training/coreference.py`: a line of JSON with the sizes, then for each
//! document a line of JSON and its numbers, little endian, in the order the line lists them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use demarche::language::{CoreferenceExamples, Mention, Model, NameFinder, Sentence};

use super::gold::{Document, Place};

pub(super) fn write(path: &Path, model: &Model, names: &dyn NameFinder, documents: &[Document]) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut header = true;
    for document in documents {
        let (sentences, states) = super::parse(model, names, document);
        let found = CoreferenceExamples::new(&sentences, &states, names).map_err(io::Error::other)?;
        if std::mem::take(&mut header) {
            let sizes = serde_json::json!({
                "width": states.width(),
                "mention_slots": CoreferenceExamples::MENTION_SLOTS, "pair_slots": CoreferenceExamples::PAIR_SLOTS,
                "mention_values": CoreferenceExamples::MENTION_VALUES, "pair_values": CoreferenceExamples::PAIR_VALUES,
            });
            writeln!(out, "{sizes}")?;
        }
        let gold = entities(document, &sentences, &found.mentions);
        let line = serde_json::json!({
            "document": document.name, "mentions": found.mentions.len(), "pairs": found.pairs.len(),
            "key": document.chains.values().filter(|chain| chain.len() > 1).collect::<Vec<_>>(),
            "places": found.mentions.iter().map(place).collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
        for state in &found.states {
            out.write_all(&state.to_le_bytes())?;
        }
        let number = |id: Option<usize>| id.map_or(-1, |id| id as i32).to_le_bytes();
        for entity in gold {
            out.write_all(&number(entity))?;
        }
        for named in &found.named {
            out.write_all(&number(*named))?;
        }
        for (later, earlier) in &found.pairs {
            out.write_all(&number(Some(*later)))?;
            out.write_all(&number(Some(*earlier)))?;
        }
        for value in found.of_mentions.iter().chain(&found.of_pairs) {
            out.write_all(&value.to_le_bytes())?;
        }
    }
    out.flush()
}

fn place(mention: &Mention) -> Place {
    (mention.sentence, mention.first, mention.end)
}

/// For each mention the number of its entity, if the annotation has the mention: over the same words, or else, where only
/// the ends differ, with the same head.
fn entities(document: &Document, sentences: &[Sentence], mentions: &[Mention]) -> Vec<Option<usize>> {
    let mut exact: HashMap<Place, usize> = HashMap::new();
    let mut heads: HashMap<(usize, usize), Vec<(Place, usize)>> = HashMap::new();
    for (entity, chain) in document.chains.values().enumerate() {
        for &at in chain {
            exact.entry(at).or_insert(entity);
            let tokens = &sentences[at.0].tokens;
            let inside = |token: &usize| tokens[*token].head.is_none_or(|head| !(at.1..at.2).contains(&head));
            if let Some(head) = (at.1..at.2).find(inside) {
                heads.entry((at.0, head)).or_default().push((at, entity));
            }
        }
    }
    let taken: Vec<Place> = mentions.iter().map(place).filter(|place| exact.contains_key(place)).collect();
    mentions
        .iter()
        .map(|mention| {
            let nearly = || {
                let list = heads.get(&(mention.sentence, mention.head)).filter(|_| mention.members.is_empty())?;
                list.iter().find(|(at, _)| !taken.contains(at)).map(|(_, entity)| *entity)
            };
            exact.get(&place(mention)).copied().or_else(nearly)
        })
        .collect()
}
