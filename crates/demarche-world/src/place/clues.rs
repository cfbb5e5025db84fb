//! What the words beside a name say about where it lies.

use demarche_language::{Sentence, Upos};

use super::candidate::Sort;
use super::names::{Name, Text};
use crate::world::World;

/// What stands beside a name; numbers are positions among the document's names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clues {
    /// Names it is said to lie in ("Tripoli, Lebanon"); `false` where it may be a list.
    pub(crate) containers: Vec<(usize, bool)>,
    /// Names that are said to lie in it.
    pub(crate) outer_of: Vec<usize>,
    /// The kind of place that a word beside it tells.
    pub(crate) kind: Option<Sort>,
    /// A capitalised word behind it belongs to a longer name.
    pub(crate) longer: bool,
    /// Other names of its sentence: from, up to.
    pub(crate) sentence: (usize, usize),
}

/// How two names that follow each other are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// "Tripoli in Lebanon", "Tripoli (Lebanon)", "Tripoli, a port in Lebanon".
    In,
    /// "Tripoli, Lebanon".
    Comma,
    /// "Tripoli and Beirut".
    And,
}

/// Longest stretch between two names that is looked at.
const LONGEST: usize = 8;
/// Tokens looked at before a name.
const BEFORE: usize = 5;
/// Names of a list that may share what follows it.
const LIST: usize = 6;

/// Notes the clues of all names.
pub(super) fn find(text: &Text<'_>, names: &mut [Name]) {
    let mut from = 0;
    while from < names.len() {
        let at = names[from].at;
        let upto = from + names[from..].iter().take_while(|name| name.at == at).count();
        if let Some(sentence) = text.sentences.get(at) {
            for name in &mut names[from..upto] {
                name.clues.sentence = (from, upto);
                kinds(text.world, sentence, name);
            }
            for name in from..upto {
                behind(text.world, sentence, names, name, upto);
                before(sentence, names, name, from);
            }
        }
        from = upto;
    }
}

/// Words of kind beside the name.
fn kinds(world: &World, sentence: &Sentence, name: &mut Name) {
    let words = &world.place_words;
    let token = |at: Option<usize>| at.and_then(|at| sentence.tokens.get(at));
    let kind = |at: Option<usize>| token(at).and_then(|token| words.kind(token));
    let of = token(name.first.checked_sub(1)).is_some_and(|token| token.form.eq_ignore_ascii_case("of"));
    name.clues.kind = kind(Some(name.end))
        .or_else(|| if of { kind(name.first.checked_sub(2)) } else { kind(name.first.checked_sub(1)) })
        .or_else(|| apposed(world, sentence, name.end));
    name.clues.longer = token(Some(name.end)).is_some_and(|token| words.ends_name(token));
}

/// ", a town", ", the southern city".
fn apposed(world: &World, sentence: &Sentence, end: usize) -> Option<Sort> {
    let comma = sentence.tokens.get(end)?.form == ",";
    let article = sentence.tokens.get(end + 1)?.upos == Upos::Det;
    let mut rest = sentence.tokens.get(end + 2..)?.iter().take(3).filter(|_| comma && article);
    rest.find_map(|token| world.place_words.kind(token))
}

/// Names behind that say where the name lies.
fn behind(world: &World, sentence: &Sentence, names: &mut [Name], name: usize, upto: usize) {
    let mut listed = false;
    let mut at = name;
    while at + 1 < upto && at - name < LIST {
        let next = at + 1;
        let Some(link) = link(world, sentence, names[at].end, names[next].first) else { return };
        match link {
            Link::In => {
                names[name].clues.containers.push((next, !listed));
                if at == name {
                    names[next].clues.outer_of.push(name);
                }
                return;
            }
            Link::And => listed = true,
            Link::Comma => {
                let goes_on = next + 1 < upto
                    && self::link(world, sentence, names[next].end, names[next + 1].first)
                        .is_some_and(|link| link != Link::In);
                let adjacent = at == name;
                names[name].clues.containers.push((next, adjacent && !goes_on));
                if adjacent {
                    names[next].clues.outer_of.push(name);
                }
                listed = true;
            }
        }
        at = next;
    }
}

/// What ties the name that ends at `end` to the one that begins at `first`.
fn link(world: &World, sentence: &Sentence, end: usize, first: usize) -> Option<Link> {
    let gap = sentence.tokens.get(end..first).filter(|gap| !gap.is_empty() && gap.len() <= LONGEST)?;
    let words = &world.place_words;
    let (mut comma, mut and, mut inside, mut of, mut kind) = (false, false, false, false, false);
    for token in gap {
        match token.form.to_lowercase().as_str() {
            "," if !comma && !inside => comma = true,
            "(" | "in" if !inside && !and => inside = true,
            "of" if !of => of = true,
            "and" | "or" | "&" if !and && !inside => and = true,
            "'s" | "’s" => return None,
            _ if words.kind(token).is_some() => kind = true,
            _ if matches!(token.upos, Upos::Det | Upos::Adj) || words.points_within(token) => {}
            _ => return None,
        }
    }
    match (and, inside || of && kind, comma) {
        (true, false, _) => Some(Link::And),
        (false, true, _) => Some(Link::In),
        (false, false, true) if !of => Some(Link::Comma),
        _ => None,
    }
}

/// "Lebanon's Tripoli", "the Lebanese city of Tripoli", "Lebanese port Tripoli".
fn before(sentence: &Sentence, names: &mut [Name], name: usize, from: usize) {
    let first = names[name].first;
    for token in (first.saturating_sub(BEFORE)..first).rev() {
        if let Some(previous) =
            (from..name).rev().find(|&other| (names[other].first..names[other].end).contains(&token))
        {
            names[name].clues.containers.push((previous, true));
            return;
        }
        let word = &sentence.tokens[token];
        if matches!(word.upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Cconj | Upos::Sconj)
            || word.upos == Upos::Adp && !word.form.eq_ignore_ascii_case("of")
        {
            return;
        }
    }
}
