//! Whose speech a cue tells: its subject, or the subject of what it hangs on; after "by" in the passive.

use crate::labels::{Relation, Upos, Xpos};
use crate::sentence::{Sentence, TokenId};

use super::{Passage, SpeakerMention};

/// How far up the tree a subject may stand.
const MAX_CLIMB: usize = 6;

/// Whether a word can be a speaker: a nominal, not "there" or "what".
pub(super) fn nominal(sentence: &Sentence, token: TokenId) -> bool {
    let word = &sentence.tokens[token];
    matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::X)
        && !matches!(word.xpos, Xpos::Ex | Xpos::PrpPoss)
        && !["what", "nothing", "this", "that", "which"].contains(&word.form.to_lowercase().as_str())
}

/// Whether a word stands for the speaker himself.
pub(super) fn first_person(sentence: &Sentence, token: TokenId) -> bool {
    let word = &sentence.tokens[token];
    word.upos == Upos::Pron && ["i", "we"].contains(&word.form.to_lowercase().as_str())
}

/// The noun that a relative pronoun stands for; any other word for itself.
fn antecedent(sentence: &Sentence, token: TokenId) -> TokenId {
    let word = &sentence.tokens[token];
    let relative =
        matches!(word.xpos, Xpos::Wdt | Xpos::Wp) || (word.xpos == Xpos::In && word.form.eq_ignore_ascii_case("that"));
    if !relative {
        return token;
    }
    let mut at = token;
    for _ in 0..MAX_CLIMB {
        let Some(head) = sentence.tokens[at].head else { break };
        if sentence.tokens[at].relation == Relation::AclRelcl {
            return head;
        }
        at = head;
    }
    token
}

/// Whether a verb is in the passive: with an auxiliary of it, or a participle that a noun has behind it.
pub(super) fn passive(sentence: &Sentence, verb: TokenId) -> bool {
    let word = &sentence.tokens[verb];
    sentence.dependent(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some()
        || (word.xpos == Xpos::Vbn && word.relation == Relation::Acl)
        || (word.xpos == Xpos::Vbn
            && matches!(word.relation, Relation::Advcl | Relation::Conj | Relation::Root)
            && sentence.dependent(verb, &[Relation::Aux, Relation::Nsubj]).is_none()
            && word.head.is_none_or(|head| word.relation != Relation::Conj || passive(sentence, head)))
}

/// "spokeswoman Ana Ruiz said" at times has two subjects side by side: the name is whom it is about.
fn named_beside(sentence: &Sentence, subject: TokenId) -> TokenId {
    let head = sentence.tokens[subject].head;
    let last = sentence.subtree(subject).last().copied().unwrap_or(subject);
    let beside = sentence.dependents(head.unwrap_or(subject)).iter().copied().find(|&d| {
        d == last + 1
            && sentence.tokens[d].upos == Upos::Propn
            && matches!(sentence.tokens[d].relation, Relation::Nsubj | Relation::NsubjPass)
    });
    beside.unwrap_or(subject)
}

/// The subject that stands right before a name which is a subject of the same verb.
fn title_beside(sentence: &Sentence, name: TokenId) -> Option<TokenId> {
    let head = sentence.tokens[name].head?;
    sentence
        .dependents(head)
        .iter()
        .copied()
        .find(|&d| d < name && sentence.tokens[d].relation == Relation::Nsubj && named_beside(sentence, d) == name)
}

/// What a preposition introduces below a word.
pub(super) fn oblique(sentence: &Sentence, head: TokenId, preposition: &str) -> Option<TokenId> {
    sentence.dependents(head).iter().copied().find(|&d| {
        matches!(
            sentence.tokens[d].relation,
            Relation::Obl | Relation::OblAgent | Relation::Nmod | Relation::NmodDesc | Relation::Advcl | Relation::Acl
        ) && sentence.dependents(d).iter().any(|&c| {
            matches!(sentence.tokens[c].relation, Relation::Case | Relation::Mark)
                && sentence.tokens[c].form.eq_ignore_ascii_case(preposition)
        })
    })
}

/// The speaker of a verb, noun or adjective of speech.
pub(super) fn of(sentence: &Sentence, cue: TokenId) -> Option<TokenId> {
    let mut at = cue;
    for _ in 0..MAX_CLIMB {
        let word = &sentence.tokens[at];
        if word.lemma.eq_ignore_ascii_case("quote") {
            let cited = if passive(sentence, at) { Relation::NsubjPass } else { Relation::Obj };
            let behind = sentence.dependent(at, &[cited, Relation::Xcomp]);
            return behind.filter(|&cited| nominal(sentence, cited));
        }
        if at == cue && passive(sentence, at) {
            let agent = sentence
                .dependents_by(at, Relation::OblAgent)
                .next()
                .or_else(|| oblique(sentence, at, "by"))
                .filter(|&agent| nominal(sentence, agent));
            // "It was reported in the Post that": a medium says it.
            return agent.or_else(|| {
                let told = at == cue && !sentence.tokens[cue].lemma.eq_ignore_ascii_case("tell");
                told.then(|| oblique(sentence, at, "in")).flatten().filter(|&medium| {
                    let medium = &sentence.tokens[medium];
                    medium.upos == Upos::Propn || medium.lemma.eq_ignore_ascii_case("report")
                })
            });
        }
        let subject = sentence
            .dependents(at)
            .iter()
            .copied()
            .find(|&d| {
                matches!(sentence.tokens[d].relation, Relation::Nsubj | Relation::NsubjOuter | Relation::NsubjPass)
            })
            .map(|subject| named_beside(sentence, subject))
            .map(|subject| antecedent(sentence, subject));
        if let Some(subject) = subject {
            return Some(subject).filter(|&subject| subject != at && nominal(sentence, subject));
        }
        let head = word.head?;
        match word.relation {
            Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis => {
                // A participle that hangs on something told goes on with who tells it.
                at = head;
            }
            Relation::Acl | Relation::AclRelcl if nominal(sentence, head) => return Some(head),
            _ => return None,
        }
        // "the minister, adding": a verb that hangs on a noun.
        if nominal(sentence, at)
            && !matches!(sentence.tokens[at].upos, Upos::Adj)
            && sentence.dependent(at, &[Relation::Cop]).is_none()
            && word.relation != Relation::Xcomp
        {
            return Some(at);
        }
    }
    None
}

impl Passage<'_> {
    /// The phrase that a word heads, without what follows a comma, relative clauses and its preposition.
    pub(super) fn mention(self, number: usize, head: TokenId) -> SpeakerMention {
        let sentence = &self.sentences[number];
        let mut tokens = vec![head];
        let mut next = 0;
        while let Some(&at) = tokens.get(next) {
            next += 1;
            for &d in sentence.dependents(at) {
                let word = &sentence.tokens[d];
                let comma = d > head
                    && sentence.tokens[head + 1..d]
                        .iter()
                        .any(|between| matches!(between.form.as_str(), "," | "–" | "—"));
                let within = matches!(
                    word.relation,
                    Relation::Det
                        | Relation::DetPredet
                        | Relation::Amod
                        | Relation::Advmod
                        | Relation::Compound
                        | Relation::Nmod
                        | Relation::NmodDesc
                        | Relation::NmodPoss
                        | Relation::NmodUnmarked
                        | Relation::Nummod
                        | Relation::Flat
                        | Relation::Fixed
                        | Relation::Goeswith
                        | Relation::Appos
                        | Relation::Conj
                        | Relation::Cc
                        | Relation::CcPreconj
                ) || (matches!(word.relation, Relation::Case | Relation::Punct) && at != head);
                if within && !(comma && word.relation != Relation::Conj) {
                    tokens.push(d);
                }
            }
        }
        if sentence.tokens[head].relation == Relation::Nsubj
            && let Some(title) = title_beside(sentence, head)
        {
            tokens.extend(sentence.subtree(title));
        }
        tokens.sort_unstable();
        // "A spokeswoman Monday said": the day of the telling.
        while let Some(&last) = tokens.last()
            && last > head
            && super::content::dated(sentence, last)
            && sentence.tokens[last - 1].upos != Upos::Adp
        {
            tokens.pop();
        }
        SpeakerMention { sentence: number, head, range: sentence.range_of(&tokens) }
    }
}
