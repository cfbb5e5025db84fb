//! Names of a document that no table holds, with what the text says of each.

use std::collections::BTreeMap;

use demarche_coding::Part;
use demarche_document::Document;
use demarche_language::{Relation, Sentence, TokenId, Upos};
use demarche_record::{Code, Sector, TextRange};
use demarche_world::{Actor, ActorKind, World};

use crate::coder::{Analysis, Coder};

/// How a sighting's country is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The country that the document names most.
    Document,
    /// A title, modifier or possessor: "Syrian commander X", "X of Syria".
    Modifier,
    /// A description beside the name: "X, a Syrian rebel group".
    Apposition,
}

impl Ground {
    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "country the document names most",
            Self::Modifier => "title or modifier",
            Self::Apposition => "description beside the name",
        }
    }

    /// How much it counts beside the others.
    pub(super) const fn weight(self) -> u64 {
        match self {
            Self::Document => 1,
            Self::Modifier | Self::Apposition => 5,
        }
    }
}

/// One mention of a name that no table holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// The name in full, as the document first writes it.
    pub name: String,
    /// Whether it is a person's.
    pub person: bool,
    /// The sentence.
    pub sentence: String,
    /// Its likely country.
    pub country: Option<(Code, Ground)>,
    /// What the text says it does: an office or a noun of role.
    pub role: Option<String>,
    /// The sectors of that.
    pub sectors: Vec<Sector>,
}

impl Coder {
    /// The mentions of names that no table holds, in text order.
    pub fn unknown_names(&self, document: &Document, analysis: &Analysis) -> Vec<Sighting> {
        self.with_cast(document, analysis, |parts| {
            let most_named = most_named(parts);
            let mut out = Vec::new();
            for part in parts {
                for (at, sentence) in part.sentences.iter().enumerate() {
                    sightings(self.world(), part, at, sentence, most_named, &mut out);
                }
            }
            out
        })
    }
}

fn sightings(
    world: &World,
    part: &Part<'_>,
    at: usize,
    sentence: &Sentence,
    most_named: Option<Code>,
    out: &mut Vec<Sighting>,
) {
    let mut seen: Vec<TextRange> = Vec::new();
    for head in 0..sentence.tokens.len() {
        if sentence.tokens[head].upos != Upos::Propn {
            continue;
        }
        let [actor] = part.cast.actors(at, head) else { continue };
        let Some(name) = unknown(actor) else { continue };
        if seen.contains(&actor.range) || world.lookup(name, None).iter().any(|known| known.kind != ActorKind::Place) {
            continue;
        }
        seen.push(actor.range);
        let described = description(part, at, sentence, head);
        let country = described
            .and_then(|role| role.code)
            .map(|code| (code, Ground::Apposition))
            .or(actor.code.map(|code| (code, Ground::Modifier)))
            .or(most_named.map(|code| (code, Ground::Document)));
        let role = actor.office.clone().or_else(|| described.map(|role| words(part, role.range)));
        let sectors = match described {
            Some(role) if actor.sectors.is_empty() => role.sectors.clone(),
            _ => actor.sectors.clone(),
        };
        out.push(Sighting {
            name: name.to_owned(),
            person: actor.kind == ActorKind::Person,
            sentence: words(part, sentence.range),
            country,
            role,
            sectors,
        });
    }
}

/// The name of an actor that the document alone knows.
fn unknown(actor: &Actor) -> Option<&str> {
    let first = actor.path.first().copied()?;
    let nameless = actor.id.is_none() && matches!(first, "unknown name" | "title in the text");
    let kind = matches!(actor.kind, ActorKind::Person | ActorKind::Organisation | ActorKind::Unknown);
    let name = actor.name.as_deref().or(actor.canonical.as_deref())?;
    (nameless && kind && name.contains(char::is_alphabetic)).then_some(name)
}

/// What the text calls a name: a role in apposition to it, or one that it stands in apposition to.
fn description<'a>(part: &'a Part<'_>, at: usize, sentence: &Sentence, head: TokenId) -> Option<&'a Actor> {
    let beside = |relation: Relation| matches!(relation, Relation::Appos | Relation::Flat | Relation::NmodDesc);
    let below = (0..sentence.tokens.len())
        .filter(|&token| sentence.tokens[token].head == Some(head) && beside(sentence.tokens[token].relation));
    let above = sentence.tokens[head].head.filter(|_| beside(sentence.tokens[head].relation));
    below.chain(above).find_map(|token| match part.cast.actors(at, token) {
        [role] if role.kind == ActorKind::Role => Some(role),
        _ => None,
    })
}

/// The country that a document names most often, if one is named more than any other.
fn most_named(parts: &[Part<'_>]) -> Option<Code> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for part in parts {
        for (at, sentence) in part.sentences.iter().enumerate() {
            let actors = (0..sentence.tokens.len()).flat_map(|token| part.cast.actors(at, token));
            let countries = actors.filter(|actor| matches!(actor.kind, ActorKind::Country | ActorKind::Seat));
            countries.filter_map(|actor| actor.code).for_each(|code| *counts.entry(code).or_default() += 1);
        }
    }
    let most = counts.values().copied().max()?;
    let mut first = counts.into_iter().filter(|&(_, count)| count == most).map(|(code, _)| code);
    let code = first.next()?;
    first.next().is_none().then_some(code)
}

fn words(part: &Part<'_>, range: TextRange) -> String {
    range.of(part.text.as_str()).split_whitespace().collect::<Vec<_>>().join(" ")
}
