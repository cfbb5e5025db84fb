//! Entity F1 on `word TAB tag TAB entity` files: exact spans and kinds, in the tags of the Groningen Meaning Bank.

use std::collections::HashSet;
use std::path::Path;

use demarche::Coder;
use demarche::language::EntityKind;

use crate::{Failure, treebank};

const KINDS: [&str; 4] = ["geo", "gpe", "per", "org"];

/// Sentence, first word, one past the last word, kind.
type Span = (usize, usize, usize, &'static str);

pub(crate) fn score(coder: &Coder, placeholders: bool, path: &Path, text: &str) -> Result<(), Failure> {
    let gold = treebank::rows(text, &[]);
    if !gold.iter().flatten().any(|row| row.len() > 2) {
        return Err(Failure::NoSentences { path: path.to_owned(), expected: "three columns" });
    }
    let parsed = treebank::parse(coder, placeholders, gold.iter().map(|rows| rows.iter().map(|row| row[0]).collect()));
    let (mut found, mut known) = (HashSet::new(), HashSet::new());
    for (at, (rows, sentence)) in gold.iter().zip(&parsed).enumerate() {
        for entity in &sentence.entities {
            let kind = match entity.kind {
                EntityKind::Place => "geo",
                EntityKind::Norp => "gpe",
                EntityKind::Person => "per",
                EntityKind::Organisation => "org",
            };
            found.insert((at, entity.first, entity.end, kind));
        }
        let tags: Vec<&str> = rows.iter().map(|row| row.get(2).copied().unwrap_or("O")).collect();
        let mut first = 0;
        while first < tags.len() {
            let kind = tags[first].get(2..).unwrap_or_default();
            let mut end = first + 1;
            while KINDS.contains(&kind) && tags.get(end).is_some_and(|tag| tag.strip_prefix("I-") == Some(kind)) {
                end += 1;
            }
            if let Some(kind) = KINDS.iter().find(|known| **known == kind) {
                known.insert((at, first, end, *kind));
            }
            first = end;
        }
    }
    println!("  entity F1 {:.2}", f1(&known, &found, None));
    for kind in KINDS {
        println!("    {kind} {:.2}", f1(&known, &found, Some(kind)));
    }
    Ok(())
}

fn f1(known: &HashSet<Span>, found: &HashSet<Span>, kind: Option<&str>) -> f64 {
    let counted = |span: &&Span| kind.is_none_or(|kind| kind == span.3);
    let both = known.intersection(found).filter(counted).count();
    let all = known.iter().filter(counted).count() + found.iter().filter(counted).count();
    200.0 * both as f64 / all.max(1) as f64
}
