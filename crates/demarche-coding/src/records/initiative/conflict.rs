//! Which conflict a report speaks of: by its sides ("the Sudanese-Chadian conflict"), its place, or its parties.

use demarche_language::{Sentence, TokenId};
use demarche_record::{Code, Conflict, Span};

use super::figure::Figure;
use crate::Coding;
use crate::acts::Participant;
use crate::grammar::Grammar;
use crate::records::{Part, Seat};

/// A conflict that a report names.
#[derive(Clone)]
pub(super) struct Named {
    pub conflict: Conflict,
    /// Its name.
    pub span: Span,
}

/// A conflict named by nothing but its parties.
pub(super) fn between(parties: &[Figure<'_>]) -> Option<Conflict> {
    let mut codes: Vec<Code> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for Figure { entity, .. } in parties {
        if let (Some(code), Some(name)) = (entity.code, entity.identifier_text.as_ref())
            && !code.is_international()
            && !codes.contains(&code)
        {
            codes.push(code);
            names.push(name.clone());
        }
    }
    (codes.len() == 2).then(|| Conflict { name: names.join(" and "), code: codes })
}

/// The first conflict that a part names by its sides or, failing that, by its place.
pub(super) fn conflict(coding: &Coding, part: Part<'_>) -> Option<Named> {
    let mut by_place = None;
    for (index, sentence) in part.sentences.iter().enumerate() {
        for noun in 0..sentence.tokens.len() {
            if !coding.initiatives.says(sentence, noun, &coding.initiatives.conflicts) {
                continue;
            }
            let sides = sides(part, index, sentence, noun);
            match sides.len() {
                0 => {}
                1 => by_place = by_place.or_else(|| Some(named(Seat { part, index }, noun, &sides))),
                _ => return Some(named(Seat { part, index }, noun, &sides)),
            }
        }
    }
    by_place
}

fn named(seat: Seat<'_>, noun: TokenId, sides: &[Participant<'_>]) -> Named {
    let mut tokens: Vec<TokenId> = sides.iter().map(|side| side.token).collect();
    tokens.push(noun);
    let range = seat.sentence().range_of(&tokens);
    Named {
        conflict: Conflict {
            name: seat.written(range),
            code: sides.iter().filter_map(|side| side.actor.code).collect(),
        },
        span: seat.span(range),
    }
}

/// Countries that modify a conflict noun: adjectives and compounds, "between A and B", "in A".
fn sides<'a>(part: Part<'a>, index: usize, sentence: &Sentence, noun: TokenId) -> Vec<Participant<'a>> {
    let grammar = Grammar::new(sentence);
    let mut out: Vec<Participant<'a>> = Vec::new();
    let between = grammar.oblique(noun, "between");
    let place = grammar.oblique(noun, "in");
    for argument in grammar.modifiers(noun).into_iter().chain(between).chain(place) {
        for token in sentence.subtree(argument.token) {
            for actor in part.cast.actors(index, token) {
                let country = actor.code.is_some_and(|code| !code.is_international());
                if country && !out.iter().any(|known| known.actor.code == actor.code) {
                    out.push(Participant { actor, token, path: argument.path.clone(), loose: false });
                }
            }
        }
    }
    out
}
