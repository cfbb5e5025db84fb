//! The anatomy of a noun phrase in the tree: where it begins and ends, its title, modifiers, appositions and obliques.

use demarche_language::{Relation, Sentence, TokenId, Upos};

use crate::atoms::hash_of;
use crate::entries::{RoleId, RoleKind};
use crate::scan::Scan;
use crate::world::World;

/// Relations of dependents that belong to a phrase's core on the left of its head.
const LEFT: &[Relation] = &[
    Relation::Amod,
    Relation::Compound,
    Relation::NmodPoss,
    Relation::NmodDesc,
    Relation::NmodUnmarked,
    Relation::Nummod,
    Relation::Flat,
    Relation::Nmod,
    Relation::Goeswith,
];

/// First token of the core: determiners, conjunctions and prepositions are left out.
pub(crate) fn left_edge(sentence: &Sentence, head: TokenId) -> TokenId {
    sentence
        .dependents(head)
        .iter()
        .copied()
        .filter(|&d| d < head && LEFT.contains(&sentence.tokens[d].relation))
        .filter(|&d| !has_preposition(sentence, d))
        .map(|d| left_edge_with_conjuncts(sentence, d))
        .min()
        .unwrap_or(head)
}

fn left_edge_with_conjuncts(sentence: &Sentence, token: TokenId) -> TokenId {
    // A hyphenated word is cut in three ("US - led"): its first part hangs on the last.
    let hyphenated = sentence
        .dependents(token)
        .iter()
        .copied()
        .filter(|&d| {
            d < token
                && matches!(
                    sentence.tokens[d].relation,
                    Relation::Obl
                        | Relation::OblAgent
                        | Relation::OblUnmarked
                        | Relation::Advmod
                        | Relation::Obj
                        | Relation::Nsubj
                        | Relation::Dep
                )
        })
        .min();
    left_edge(sentence, token).min(hyphenated.unwrap_or(token))
}

/// Whether a preposition introduces the token (a possessive 's is none).
pub(crate) fn has_preposition(sentence: &Sentence, token: TokenId) -> bool {
    preposition(sentence, token).is_some()
}

/// The preposition that introduces the token, in lower case.
pub(crate) fn preposition(sentence: &Sentence, token: TokenId) -> Option<String> {
    sentence
        .dependents_by(token, Relation::Case)
        .find(|&case| case < token && sentence.tokens[case].upos != Upos::Part)
        .map(|case| sentence.tokens[case].form.to_lowercase())
}

/// The article or demonstrative of the phrase, in lower case.
pub(crate) fn determiner(sentence: &Sentence, head: TokenId) -> Option<String> {
    let own = sentence.dependent(head, &[Relation::Det]).filter(|&d| d < head);
    own.map(|d| sentence.tokens[d].form.to_lowercase())
}

/// Nominal modifiers after the head with their prepositions.
pub(crate) fn obliques(sentence: &Sentence, head: TokenId) -> impl Iterator<Item = (String, TokenId)> + '_ {
    // "arrested two journalists from Ghana": the phrase at times hangs on the verb, though it follows the noun.
    let verb = sentence.tokens[head].head.filter(|_| sentence.tokens[head].relation == Relation::Obj);
    let strayed = verb.into_iter().flat_map(|verb| sentence.dependents_by(verb, Relation::Obl)).filter(move |&d| {
        let follows = sentence.subtree(d).first() == Some(&(head + 1));
        follows && preposition(sentence, d).is_some_and(|preposition| preposition == "from")
    });
    sentence
        .dependents(head)
        .iter()
        .copied()
        .filter(move |&d| d > head && matches!(sentence.tokens[d].relation, Relation::Nmod | Relation::Obl))
        .chain(strayed)
        .filter_map(|d| preposition(sentence, d).map(|preposition| (preposition, d)))
}

/// The place right after an object, which hangs on the verb: "detained rebels in eastern Congo".
pub(crate) fn place_after_object(sentence: &Sentence, head: TokenId) -> Option<(String, TokenId)> {
    let verb = sentence.tokens[head].head.filter(|_| sentence.tokens[head].relation == Relation::Obj)?;
    let follows = |&d: &TokenId| sentence.subtree(d).first() == Some(&(head + 1));
    let place = sentence.dependents_by(verb, Relation::Obl).find(follows)?;
    preposition(sentence, place).filter(|word| word == "in").map(|word| (word, place))
}

/// Appositions after the head.
pub(crate) fn appositions(sentence: &Sentence, head: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    sentence
        .dependents(head)
        .iter()
        .copied()
        .filter(move |&d| d > head && sentence.tokens[d].relation == Relation::Appos)
}

/// The head and the conjuncts that hang on it.
pub(crate) fn with_conjuncts(sentence: &Sentence, head: TokenId) -> Vec<TokenId> {
    let mut out = vec![head];
    out.extend(sentence.dependents_by(head, Relation::Conj));
    out
}

/// Last token (exclusive) of a name that begins at its head: the flat and goeswith dependents that follow.
pub(crate) fn name_end(sentence: &Sentence, head: TokenId) -> TokenId {
    sentence
        .dependents(head)
        .iter()
        .copied()
        .filter(|&d| d > head && matches!(sentence.tokens[d].relation, Relation::Flat | Relation::Goeswith))
        .map(|d| name_end(sentence, d))
        .max()
        .unwrap_or(head + 1)
}

/// Last token (exclusive) of a short phrase without clauses.
pub(crate) fn plain_end(sentence: &Sentence, head: TokenId) -> TokenId {
    let mut end = name_end(sentence, head);
    for &dependent in sentence.dependents(head) {
        let relation = sentence.tokens[dependent].relation;
        let part = match relation {
            Relation::Nmod => preposition(sentence, dependent).is_none_or(|word| word == "of"),
            Relation::Conj | Relation::Compound | Relation::Flat => true,
            _ => false,
        };
        if dependent > head && part {
            end = end.max(plain_end(sentence, dependent));
        }
    }
    end
}

/// Whether the phrase is plural.
pub(crate) fn is_plural(sentence: &Sentence, head: TokenId) -> bool {
    sentence.tokens[head].feature("Number") == Some("Plur")
}

/// A role noun with its words: tokens `first..end`, of which `head` is one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RoleWords {
    pub(crate) role: RoleId,
    pub(crate) first: TokenId,
    pub(crate) end: TokenId,
}

/// Most tokens a role noun reaches to either side of its head.
const REACH: usize = 4;

/// The longest role noun headed by `head`: "deputy foreign minister", "chief of staff".
pub(crate) fn role_at(world: &World, sentence: &Sentence, scan: &Scan, head: TokenId) -> Option<RoleWords> {
    let token = sentence.tokens.get(head)?;
    if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb | Upos::X) {
        return None;
    }
    let lemma = lemma_hash(&token.lemma);
    let reaches = |at: TokenId| {
        let mut at = at;
        for _ in 0..REACH + 2 {
            match sentence.tokens[at].head {
                Some(next) if next == head => return true,
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    };
    let mut first = head;
    while first > 0 && head - first < REACH && reaches(first - 1) && sentence.tokens[first - 1].upos != Upos::Det {
        first -= 1;
    }
    let mut last = head + 1;
    if sentence.tokens.get(last).is_some_and(|next| {
        matches!(next.form.to_ascii_lowercase().as_str(), "of" | "for" | "in" | "to" | "general" | "at")
    }) {
        while last < sentence.tokens.len() && last - head <= REACH && reaches(last) {
            last += 1;
        }
    }
    // "Secretary-General" is cut in three, and not always read as one.
    if sentence.tokens.get(head + 1).is_some_and(|next| next.form == "-") && sentence.tokens.len() > head + 2 {
        last = last.max(head + 3);
    }
    // A role noun does not begin within a name: "Security Council / members".
    let within_name =
        |start: TokenId| scan.match_at(start).is_some_and(|found| found.first < start && found.end <= head);
    for start in (first..=head).filter(|&start| !within_name(start)) {
        for end in (head + 1..=last).rev() {
            if let Some(role) = role_of(world, scan, (start, end), head, lemma) {
                let end =
                    (head + 1..=end).rev().find(|&end| !scan.atoms_of(end - 1, end).is_empty()).unwrap_or(head + 1);
                return Some(RoleWords { role, first: start, end });
            }
        }
    }
    None
}

/// The role written in the tokens of `span`, the head by its lemma or its form.
fn role_of(world: &World, scan: &Scan, span: (TokenId, TokenId), head: TokenId, lemma: Option<u64>) -> Option<RoleId> {
    let before = scan.atoms_of(span.0, head);
    let own = scan.atoms_of(head, head + 1);
    let after = scan.atoms_of(head + 1, span.1);
    let around = |middle: &[u64]| {
        let sequence = before.iter().map(|atom| atom.hash).chain(middle.iter().copied());
        let hit = world.role_names().sequence(sequence.chain(after.iter().map(|atom| atom.hash)))?;
        world.role_names().any_case(hit).next()
    };
    let own: Vec<u64> = own.iter().map(|atom| atom.hash).collect();
    around(&own).or_else(|| {
        own.last().zip(lemma).and_then(|(_, lemma)| {
            let mut own = own.clone();
            own.pop();
            own.push(lemma);
            around(&own)
        })
    })
}

/// Hash of a lemma's last atom.
fn lemma_hash(lemma: &str) -> Option<u64> {
    let mut hash = None;
    crate::atoms::each_atom(lemma, |atom| hash = Some(atom.hash));
    hash
}

/// Whether the phrase's modifiers say that the office is no longer held ("former", "ex-", "ousted").
pub(crate) fn is_former(sentence: &Sentence, scan: &Scan, first: TokenId, end: TokenId) -> bool {
    const FORMER: &[u64] = &[
        hash_of("former"),
        hash_of("ex"),
        hash_of("ousted"),
        hash_of("deposed"),
        hash_of("late"),
        hash_of("onetime"),
        hash_of("erstwhile"),
        hash_of("toppled"),
    ];
    let first = if first > 0 && sentence.tokens[first - 1].upos == Upos::Adj { first - 1 } else { first };
    scan.atoms_of(first, end).iter().any(|atom| FORMER.contains(&atom.hash))
}

/// Whether a role noun stands for people or bodies that act.
pub(crate) fn acts(kind: RoleKind) -> bool {
    kind != RoleKind::Instrument
}
