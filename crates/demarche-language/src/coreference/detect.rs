//! Which phrases may be mentions, and where they begin and end: every nominal of the tree.
//!
//! Ends follow GUM's annotation: a phrase holds its modifiers, relative clauses too, but neither its preposition nor its
//! appositions, and its conjuncts only as a group.

use super::lexicon::{Lexicon, Pronoun};
use super::mention::{Mention, MentionKind};
use crate::labels::{Relation, Upos};
use crate::placeholder::NameMatch;
use crate::sentence::{Sentence, TokenId};

/// Deepest nesting of phrases that is followed; deeper ones are no language.
const DEEPEST: u32 = 20;

/// Appends the mentions of a sentence, in text order. `names` are the names whose inner words head nothing.
pub(super) fn detect(
    lexicon: &Lexicon,
    number: usize,
    sentence: &Sentence,
    names: &[NameMatch],
    out: &mut Vec<Mention>,
) {
    let start = out.len();
    for head in 0..sentence.tokens.len() {
        let Some(kind) = kind(lexicon, sentence, names, head) else { continue };
        let (first, end) = span(sentence, head, false, 0);
        out.push(Mention { sentence: number, head, first, end, kind, members: Vec::new() });
    }
    let single = out.len();
    for at in start..single {
        let head = out[at].head;
        let of_group = |other: &Mention| {
            sentence.tokens[other.head].head == Some(head) && sentence.tokens[other.head].relation == Relation::Conj
        };
        let members: Vec<usize> =
            (start..single).filter(|&other| other == at || other > at && of_group(&out[other])).collect();
        let inside = names.iter().any(|name| members.iter().all(|&m| (name.first..name.end).contains(&out[m].head)));
        if members.len() > 1 && !inside {
            let (first, end) = span(sentence, head, true, 0);
            out.push(Mention { sentence: number, head, first, end, kind: MentionKind::Nominal, members });
        }
    }
    sort(out, start);
}

/// Puts the mentions from `start` on into text order, longer ones first; members go along.
fn sort(out: &mut Vec<Mention>, start: usize) {
    let mut order: Vec<usize> = (start..out.len()).collect();
    order.sort_by_key(|&at| {
        let mention = &out[at];
        (mention.first, usize::MAX - mention.end, mention.members.is_empty(), mention.head)
    });
    let mut place = vec![0; out.len() - start];
    for (new, &old) in order.iter().enumerate() {
        place[old - start] = start + new;
    }
    let sorted: Vec<Mention> = order
        .iter()
        .map(|&old| {
            let mention = &out[old];
            let mut members: Vec<usize> = mention.members.iter().map(|&member| place[member - start]).collect();
            members.sort_unstable();
            Mention { members, ..mention.clone() }
        })
        .collect();
    out.truncate(start);
    out.extend(sorted);
}

/// How a token speaks of something, if it heads a phrase that may.
fn kind(lexicon: &Lexicon, sentence: &Sentence, names: &[NameMatch], head: TokenId) -> Option<MentionKind> {
    let token = &sentence.tokens[head];
    if let Some(name) = names.iter().find(|name| (name.first..name.end).contains(&head)) {
        // Of a name known as a whole only the word that heads it.
        let inner = token.head.is_some_and(|up| (name.first..name.end).contains(&up));
        let alone = token.upos == Upos::Propn || token.upos == Upos::Noun;
        return (!inner && alone && heads_phrase(token.relation)).then_some(MentionKind::Name);
    }
    if !heads_phrase(token.relation) {
        return None;
    }
    let nominal = token.relation.is_nominal_argument() || matches!(token.relation, Relation::Conj | Relation::Root);
    match token.upos {
        Upos::Propn => Some(MentionKind::Name),
        Upos::Noun => Some(MentionKind::Nominal),
        Upos::Num | Upos::X | Upos::Sym if !matches!(token.relation, Relation::Compound) => Some(MentionKind::Nominal),
        Upos::Adj if nominal && sentence.dependent(head, &[Relation::Det, Relation::NmodPoss]).is_some() => {
            Some(MentionKind::Nominal)
        }
        Upos::Pron => {
            let class = lexicon.pronoun(&token.form.to_lowercase())?;
            // "that" of a relative clause, "one" as a number.
            let relative = class == Pronoun::This && token.feature("PronType") != Some("Dem");
            (!relative).then_some(MentionKind::Pronoun)
        }
        Upos::Det if nominal => lexicon.pronoun(&token.form.to_lowercase()).map(|_| MentionKind::Pronoun),
        _ => None,
    }
}

/// Whether a word in this relation may head a phrase of its own.
fn heads_phrase(relation: Relation) -> bool {
    !matches!(
        relation,
        Relation::Flat
            | Relation::Fixed
            | Relation::Goeswith
            | Relation::CompoundPrt
            | Relation::Case
            | Relation::Mark
            | Relation::Cc
            | Relation::CcPreconj
            | Relation::Det
            | Relation::DetPredet
            | Relation::Punct
            | Relation::Aux
            | Relation::AuxPass
            | Relation::Cop
            | Relation::Discourse
            | Relation::Nummod
            | Relation::Amod
            | Relation::Advmod
            | Relation::NmodDesc
    )
}

/// First token and end of the phrase headed by `head`; of a group with its conjuncts.
fn span(sentence: &Sentence, head: TokenId, group: bool, depth: u32) -> (TokenId, TokenId) {
    let (mut first, mut last) = (head, head);
    for &dependent in sentence.dependents(head) {
        let relation = sentence.tokens[dependent].relation;
        let (from, to) = reach(sentence, dependent);
        if dependent < head {
            let belongs = match relation {
                Relation::Det
                | Relation::Amod
                | Relation::Compound
                | Relation::NmodPoss
                | Relation::Nummod
                | Relation::NmodDesc
                | Relation::DetPredet
                | Relation::Flat
                | Relation::NmodUnmarked
                | Relation::Goeswith => true,
                Relation::Nmod => !has_preposition(sentence, dependent),
                _ => false,
            };
            if belongs {
                first = first.min(from);
            }
            continue;
        }
        let before = from.checked_sub(1).filter(|&before| before > head).map(|at| &sentence.tokens[at]);
        let apart = before.is_some_and(|token| token.upos == Upos::Punct && token.form != "\"");
        let bracket = matches!(sentence.tokens[from].form.as_str(), "(" | "[");
        let belongs = match relation {
            Relation::Case => is_possessive_mark(&sentence.tokens[dependent].form),
            Relation::AclRelcl
            | Relation::Flat
            | Relation::Compound
            | Relation::Nummod
            | Relation::Xcomp
            | Relation::Obj
            | Relation::OblAgent
            | Relation::OblUnmarked
            | Relation::Fixed
            | Relation::CompoundPrt
            | Relation::Goeswith
            | Relation::Ccomp
            | Relation::Iobj
            | Relation::AdvclRelcl => true,
            Relation::Acl | Relation::Obl | Relation::Nmod | Relation::Amod => !apart && !bracket,
            Relation::NmodUnmarked => {
                !bracket && (!apart || matches!(sentence.tokens[head].upos, Upos::Propn | Upos::Num))
            }
            Relation::Conj => group,
            _ => false,
        };
        if belongs {
            let end = match relation {
                Relation::Nmod | Relation::Obl if depth < DEEPEST => span(sentence, dependent, true, depth + 1).1,
                Relation::Conj if depth < DEEPEST => span(sentence, dependent, false, depth + 1).1,
                _ => to + 1,
            };
            last = last.max(end - 1);
        }
    }
    while last > head && closes(&sentence.tokens[last].form) && sentence.tokens[last].upos == Upos::Punct {
        last -= 1;
    }
    while first < head && closes(&sentence.tokens[first].form) && sentence.tokens[first].upos == Upos::Punct {
        first += 1;
    }
    (first, last + 1)
}

/// First and last token below `token`, itself included.
fn reach(sentence: &Sentence, token: TokenId) -> (TokenId, TokenId) {
    let (mut first, mut last) = (token, token);
    let mut open = vec![token];
    // A tree has no circles; a sentence made by hand may.
    let mut left = sentence.tokens.len();
    while let Some(at) = open.pop() {
        (first, last) = (first.min(at), last.max(at));
        if left == 0 {
            break;
        }
        left -= 1;
        open.extend_from_slice(sentence.dependents(at));
    }
    (first, last)
}

fn has_preposition(sentence: &Sentence, token: TokenId) -> bool {
    sentence
        .dependents_by(token, Relation::Case)
        .any(|case| case < token && !is_possessive_mark(&sentence.tokens[case].form))
}

fn is_possessive_mark(form: &str) -> bool {
    matches!(form, "'s" | "\u{2019}s" | "'" | "\u{2019}" | "s")
}

/// Punctuation that does not end a phrase but what stands around it.
fn closes(form: &str) -> bool {
    matches!(form, "." | "," | ";" | ":" | "!" | "?" | "-" | "\u{2013}" | "\u{2014}")
}
