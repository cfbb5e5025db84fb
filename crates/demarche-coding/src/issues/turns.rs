//! Words that turn a stance around: who is for "combating piracy" is against piracy.

use std::collections::HashSet;

use demarche_language::{Relation, Sentence, TokenId};
use demarche_record::{SpeechAct, Stance};
use serde::Deserialize;

use super::wording::Phrases;
use super::{Place, Topic, TurnExample, Wording};

/// How far up the tree the word is sought that governs a phrase; longer chains are parse errors.
const MAX_CLIMB: usize = 6;

/// On which issues a turn word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// On every one.
    Any,
    /// Harm done to a thing wished for.
    Good,
    /// Relief from an evil.
    Evil,
}

/// Words that turn a stance around.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    pub(super) phrases: Phrases<When>,
    /// Phrases that hold a turn word and turn nothing.
    pub(super) spare: Phrases<()>,
    /// Verbs that turn their subject.
    pub(super) subject: HashSet<String>,
    /// Prepositions by which a phrase hangs on what governs it.
    pub(super) hanging: HashSet<String>,
    /// Acts that show care.
    pub(super) care: Vec<SpeechAct>,
    /// The file's own examples.
    pub examples: Vec<TurnExample>,
}

impl Turns {
    /// The stance on an issue of a statement that does an act and whose stance toward the words of its proposition is `told`;
    /// `spent` are words that told the stance, such as "will not tolerate", and turn nothing.
    pub fn stance(
        &self,
        (act, told): (SpeechAct, Stance),
        spent: &[TokenId],
        topic: &Topic,
        wording: &Wording<'_>,
    ) -> Stance {
        let turned = match told {
            Stance::For => Stance::Against,
            Stance::Against => Stance::For,
            Stance::Neutral => return told,
        };
        let count = self.count(spent, topic, wording) + usize::from(topic.opposite);
        let cared = count == 0 && topic.good == Some(true) && told == Stance::Against && self.care.contains(&act);
        if cared || count % 2 == 1 { turned } else { told }
    }

    /// How many turn words govern the first phrase of an issue.
    fn count(&self, spent: &[TokenId], topic: &Topic, wording: &Wording<'_>) -> usize {
        let Some(&phrase) = topic.places.first() else { return 0 };
        let mut closed: Vec<Place> = topic.places.clone();
        closed.extend(self.spare.find(wording).iter().map(|found| found.place));
        let mut turns = self.phrases.find(wording);
        turns.sort_by_key(|turn| (std::cmp::Reverse(turn.place.len()), turn.place.start));
        let mut count = 0;
        for turn in turns {
            let counts = match turn.value {
                When::Any => true,
                When::Good => topic.good == Some(true),
                When::Evil => topic.good == Some(false),
            };
            let told = wording.tokens(turn.place).iter().any(|token| spent.contains(token));
            if counts
                && !told
                && !closed.iter().any(|place| place.shares(turn.place))
                && self.governs(turn.place, phrase, wording)
            {
                closed.push(turn.place);
                count += 1;
            }
        }
        count
    }

    /// Whether the words of an issue hang on a turn word.
    fn governs(&self, turn: Place, phrase: Place, wording: &Wording<'_>) -> bool {
        let sentence = wording.sentence();
        let (turning, hung) = (wording.tokens(turn), wording.tokens(phrase));
        let (Some(over), Some(mut at)) = (head(sentence, &turning), head(sentence, &hung)) else { return false };
        if hung.contains(&over) {
            return false;
        }
        let mut open = true;
        for _ in 0..MAX_CLIMB {
            if open && particle(sentence, over, at) {
                return true;
            }
            let Some(above) = sentence.tokens[at].head else { return false };
            let relation = sentence.tokens[at].relation;
            if turning.contains(&above) {
                let hangs = match relation {
                    Relation::Conj => false,
                    Relation::Nsubj | Relation::Csubj => self.turns_subject(sentence, above, false),
                    _ => self.hangs(sentence, at, &turning),
                };
                return hangs && open || near(turn, phrase, wording) && !loose(relation);
            }
            if matches!(relation, Relation::Nsubj | Relation::Csubj) {
                // A negated predicate turns its subject, and so does what it has to undergo ("has to be lifted"); further up the
                // subject has no part in what is told.
                let undergone = sentence.tokens[over].head == Some(above)
                    && sentence.tokens[over].relation == Relation::Xcomp
                    && self.turns_subject(sentence, over, true);
                return open && (particle(sentence, over, above) || undergone);
            }
            open &= self.hangs(sentence, at, &turning);
            at = above;
        }
        false
    }

    /// Whether the subject of a verb, or of the verb above it, is what ends.
    fn turns_subject(&self, sentence: &Sentence, verb: TokenId, below: bool) -> bool {
        let ends = self.subject.contains(&sentence.tokens[verb].lemma.to_lowercase())
            && sentence.dependent(verb, &[Relation::Obj]).is_none();
        ends || (below && sentence.dependent(verb, &[Relation::AuxPass]).is_some())
    }

    /// Whether what governs a word passes on to it.
    fn hangs(&self, sentence: &Sentence, at: TokenId, turning: &[TokenId]) -> bool {
        match sentence.tokens[at].relation {
            Relation::Obj
            | Relation::NsubjPass
            | Relation::CsubjPass
            | Relation::Xcomp
            | Relation::Compound
            | Relation::Amod
            | Relation::NmodPoss
            | Relation::Conj
            | Relation::Flat => true,
            Relation::Nmod | Relation::Obl | Relation::Advcl | Relation::Acl => sentence
                .dependents(at)
                .iter()
                .filter(|&&d| matches!(sentence.tokens[d].relation, Relation::Case | Relation::Mark))
                .any(|d| turning.contains(d) || self.hanging.contains(&sentence.tokens[*d].lemma.to_lowercase())),
            _ => false,
        }
    }
}

/// The word of a phrase on which its others hang.
fn head(sentence: &Sentence, tokens: &[TokenId]) -> Option<TokenId> {
    tokens.iter().copied().find(|&token| sentence.tokens[token].head.is_none_or(|head| !tokens.contains(&head)))
}

/// Whether a word is a negation or preposition of another.
fn particle(sentence: &Sentence, word: TokenId, of: TokenId) -> bool {
    let token = &sentence.tokens[word];
    token.head == Some(of)
        && matches!(
            token.relation,
            Relation::Case | Relation::Det | Relation::Advmod | Relation::Mark | Relation::CcPreconj | Relation::Cc
        )
}

/// Whether what stands in such a relation is another clause's.
const fn loose(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Conj
            | Relation::Parataxis
            | Relation::Advcl
            | Relation::Nsubj
            | Relation::Csubj
            | Relation::List
            | Relation::AclRelcl
    )
}

/// Whether a turn word stands directly before a phrase (one word may stand between), or, of several words, a little farther off.
fn near(turn: Place, phrase: Place, wording: &Wording<'_>) -> bool {
    turn.end <= phrase.start
        && (phrase.start - turn.end <= 2 || (phrase.start - turn.start <= 5 && turn.len() > 1))
        && !wording.parted(Place { start: turn.end, end: phrase.start })
}
