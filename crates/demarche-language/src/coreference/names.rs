//! Names of one thing, joined by rule: the same name, a part of it, its acronym.

use std::collections::HashMap;

use super::describe::Description;
use super::mention::{MentionId, MentionKind};
use crate::labels::EntityKind;

/// A thing that names were found for.
struct Named {
    /// The latest mention.
    last: MentionId,
    /// Words of its longest name.
    words: Vec<u64>,
    entity: Option<EntityKind>,
}

/// For each mention an earlier one whose name stands for the same.
pub(super) fn join(mentions: &[Description]) -> Vec<Option<MentionId>> {
    let mut out = vec![None; mentions.len()];
    let mut named: Vec<Named> = Vec::new();
    // Each table leads to indices of `named`.
    let mut whole: HashMap<u64, usize> = HashMap::new();
    let mut initials: HashMap<u64, usize> = HashMap::new();
    let mut acronyms: HashMap<u64, usize> = HashMap::new();
    let mut by_word: HashMap<u64, Vec<usize>> = HashMap::new();
    for (id, mention) in mentions.iter().enumerate() {
        if mention.kind != MentionKind::Name || mention.inner || mention.words.is_empty() {
            continue;
        }
        let found = whole
            .get(&mention.core_key)
            .or_else(|| mention.acronym.and_then(|letters| initials.get(&letters)))
            .or_else(|| mention.initials.and_then(|letters| acronyms.get(&letters)))
            .copied()
            .or_else(|| part(mention, &named, &by_word));
        let at = found.unwrap_or_else(|| {
            named.push(Named { last: id, words: Vec::new(), entity: None });
            named.len() - 1
        });
        if found.is_some() {
            out[id] = Some(named[at].last);
        }
        let thing = &mut named[at];
        thing.last = id;
        thing.entity = thing.entity.or(mention.entity);
        if mention.words.len() > thing.words.len() {
            thing.words.clone_from(&mention.words);
        }
        whole.insert(mention.core_key, at);
        if let Some(letters) = mention.initials {
            initials.entry(letters).or_insert(at);
        }
        if let Some(letters) = mention.acronym {
            acronyms.entry(letters).or_insert(at);
        }
        for &word in &mention.words {
            let list = by_word.entry(word).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
    }
    out
}

/// The one thing whose name the mention's name is a part of, or the other way round.
fn part(mention: &Description, named: &[Named], by_word: &HashMap<u64, Vec<usize>>) -> Option<usize> {
    let head = if mention.words.contains(&mention.head_key) { mention.head_key } else { *mention.words.last()? };
    let last = *mention.words.last()?;
    let mut fitting = None;
    let mut seen: Vec<usize> = Vec::new();
    for word in [head, last] {
        for &at in by_word.get(&word).map_or(&[][..], Vec::as_slice) {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            let thing = &named[at];
            let (short, long) = if mention.words.len() < thing.words.len() {
                (&mention.words, &thing.words)
            } else {
                (&thing.words, &mention.words)
            };
            let held = short.len() < long.len() && short.iter().all(|word| long.contains(word));
            let fits = match (mention.entity, thing.entity) {
                (Some(EntityKind::Person), Some(EntityKind::Person) | None) | (None, Some(EntityKind::Person)) => held,
                // "the Commission" for "the European Commission", not "Paris" for "Paris Motors".
                (Some(EntityKind::Organisation), Some(EntityKind::Organisation) | None)
                | (None, Some(EntityKind::Organisation)) => held && short.last() == long.last(),
                _ => false,
            };
            if fits && fitting.replace(at).is_some() {
                return None;
            }
        }
    }
    fitting
}
