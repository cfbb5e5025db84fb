//! Finding triggers: which frames the words of a sentence may evoke.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use demarche_language::{Relation, Sentence, Token, TokenId, Upos, Xpos};

use super::{FrameSet, Inflection, Pattern, PatternKind};

/// A frame evoked by words of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The head word.
    pub head: TokenId,
    /// All words of the trigger, in text order.
    pub words: Vec<TokenId>,
    /// Index of the frame in its set.
    pub frame: usize,
    /// Part of speech of the pattern.
    pub kind: PatternKind,
}

/// Patterns by the lemma of their head.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    by_head: HashMap<String, Vec<(Pattern, usize)>>,
    inflection: Inflection,
}

impl Lexicon {
    /// Indexes the patterns of a set of frames.
    pub fn new(set: &FrameSet) -> Self {
        let patterns = set.frames.iter().enumerate();
        Self::of(patterns.flat_map(|(id, frame)| frame.patterns.iter().map(move |pattern| (pattern, id))))
    }

    /// Indexes patterns, each with the number of what it names.
    pub fn of<'p>(patterns: impl IntoIterator<Item = (&'p Pattern, usize)>) -> Self {
        let mut by_head: HashMap<String, Vec<(Pattern, usize)>> = HashMap::new();
        for (pattern, id) in patterns {
            by_head.entry(pattern.head.clone()).or_default().push((pattern.clone(), id));
        }
        // Longer patterns first: "hold talk" before "hold".
        for list in by_head.values_mut() {
            list.sort_by_key(|(pattern, frame)| (Reverse(pattern.rest.len()), *frame));
        }
        Self { by_head, inflection: Inflection::default() }
    }

    /// What base forms words may have.
    pub const fn inflection(&self) -> &Inflection {
        &self.inflection
    }

    /// Base forms that a word may have, lower-case.
    pub fn bases(&self, token: &Token) -> Vec<String> {
        self.inflection.bases(token)
    }

    /// Whether the words of a sentence may hold a trigger, whatever the model says of them: the words of some pattern are among
    /// their possible base forms.
    pub fn may_trigger<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        let bases: HashSet<String> = words.flat_map(|word| self.inflection.possible(word)).collect();
        let whole = |(pattern, _): &(Pattern, usize)| pattern.rest.iter().all(|lemma| bases.contains(lemma));
        bases.iter().filter_map(|base| self.by_head.get(base)).any(|patterns| patterns.iter().any(whole))
    }

    /// All triggers of a sentence, in text order; for one head those of longer patterns come first.
    pub fn triggers(&self, sentence: &Sentence) -> Vec<Trigger> {
        let bases: Vec<Vec<String>> = sentence.tokens.iter().map(|token| self.bases(token)).collect();
        let words = Words { sentence, bases: &bases };
        let mut out: Vec<Trigger> = Vec::new();
        for (head, own) in bases.iter().enumerate() {
            let first = out.len();
            for (pattern, frame) in own.iter().filter_map(|base| self.by_head.get(base)).flatten() {
                if out[first..].iter().any(|trigger| trigger.frame == *frame) {
                    continue;
                }
                if let Some(found) = words.matches(head, pattern) {
                    out.push(Trigger { head, words: found, frame: *frame, kind: pattern.kind });
                }
            }
            out[first..].sort_by_key(|trigger| (Reverse(trigger.words.len()), trigger.frame));
        }
        out
    }
}

/// The words of a sentence with their base forms.
struct Words<'a> {
    sentence: &'a Sentence,
    bases: &'a [Vec<String>],
}

impl Words<'_> {
    fn relation(&self, token: TokenId) -> Relation {
        self.sentence.tokens[token].relation
    }

    fn says(&self, token: TokenId, lemma: &str) -> bool {
        self.bases[token].iter().any(|base| base == lemma)
    }

    /// Whether the word is a day or month, whose preposition belongs to the date ("called him on Friday").
    fn temporal(&self, token: TokenId) -> bool {
        let form = &self.sentence.tokens[token].form;
        demarche_language::is_day_or_month(form) || ["weekend", "morning", "evening"].contains(&form.as_str())
    }

    fn fits(&self, kind: PatternKind, head: TokenId) -> bool {
        let token = &self.sentence.tokens[head];
        match kind {
            PatternKind::Verb => token.upos == Upos::Verb,
            // Headlines and capitals make proper nouns of common ones; a name's own words are no trigger.
            PatternKind::Noun => {
                token.upos == Upos::Noun || (token.upos == Upos::Propn && self.sentence.entity_at(head).is_none())
            }
            PatternKind::Adjective => {
                token.upos == Upos::Adj || (token.upos == Upos::Verb && token.feature("VerbForm") == Some("Part"))
            }
        }
    }

    /// The words of the pattern in the sentence, if all stand by the head.
    fn matches(&self, head: TokenId, pattern: &Pattern) -> Option<Vec<TokenId>> {
        if !self.fits(pattern.kind, head) {
            return None;
        }
        let mut words = vec![head];
        match pattern.kind {
            PatternKind::Noun => {
                let mut at = head;
                for lemma in pattern.rest.iter().rev() {
                    at = at.checked_sub(1)?;
                    // A hyphen may stand between ("cease-fire", "air-strike").
                    while matches!(self.sentence.tokens[at].form.as_str(), "-" | "‐") {
                        at = at.checked_sub(1)?;
                    }
                    if !self.says(at, lemma) {
                        return None;
                    }
                    words.push(at);
                }
            }
            PatternKind::Verb | PatternKind::Adjective => {
                for lemma in &pattern.rest {
                    let word = self.beside(head, lemma).or_else(|| self.below(&words, lemma))?;
                    if !words.contains(&word) {
                        words.push(word);
                    }
                }
            }
        }
        words.sort_unstable();
        Some(words)
    }

    /// A word of this lemma that belongs to the head: its particle, its object or oblique, or the preposition of one.
    fn beside(&self, head: TokenId, lemma: &str) -> Option<TokenId> {
        let dependents = self.sentence.dependents(head);
        let own = |relation: Relation| {
            matches!(
                relation,
                Relation::CompoundPrt
                    | Relation::Obj
                    | Relation::NsubjPass
                    | Relation::Obl
                    | Relation::OblUnmarked
                    | Relation::Xcomp
                    | Relation::Advmod
                    | Relation::Iobj
                    | Relation::Compound
                    | Relation::Expl
            )
        };
        let introduced = |relation: Relation| {
            matches!(
                relation,
                Relation::Obl
                    | Relation::OblAgent
                    | Relation::Advcl
                    | Relation::Ccomp
                    | Relation::Xcomp
                    | Relation::Nmod
                    | Relation::Acl
                    | Relation::Advmod
            )
        };
        // "said yes"
        let answer = |d: TokenId| self.relation(d) == Relation::Ccomp && self.sentence.tokens[d].upos == Upos::Intj;
        // "called to discuss": the infinitive names the purpose that the pattern asks for.
        let purpose = |d: TokenId| self.relation(d) == Relation::Advcl && self.sentence.tokens[d].xpos == Xpos::Vb;
        let named = |d: TokenId| own(self.relation(d)) || answer(d) || purpose(d);
        let direct = dependents.iter().copied().find(|&d| named(d) && self.says(d, lemma));
        let preposition = || {
            let place = |d: &TokenId| introduced(self.relation(*d)) && !self.temporal(*d);
            dependents.iter().copied().filter(place).find_map(|d| {
                self.sentence
                    .dependents(d)
                    .iter()
                    .copied()
                    .find(|&c| matches!(self.relation(c), Relation::Case | Relation::Mark) && self.says(c, lemma))
            })
        };
        // Participles and relative clauses on the object: "the talks held in Doha", "an attack launched by rebels".
        let modified = || {
            let token = &self.sentence.tokens[head];
            token
                .head
                .filter(|&noun| matches!(token.relation, Relation::Acl | Relation::AclRelcl) && self.says(noun, lemma))
        };
        direct.or_else(preposition).or_else(modified)
    }

    /// A word of this lemma below the head's dependents or a word matched before ("declare a state of emergency").
    fn below(&self, matched: &[TokenId], lemma: &str) -> Option<TokenId> {
        let (head, rest) = matched.split_first()?;
        let inner = |words: &[TokenId], relations: &[Relation]| {
            words
                .iter()
                .flat_map(|&word| self.sentence.dependents(word))
                .copied()
                .find(|&d| relations.contains(&self.relation(d)) && self.says(d, lemma))
        };
        let below_words = [
            Relation::Compound,
            Relation::Amod,
            Relation::Nmod,
            Relation::Obl,
            Relation::Obj,
            Relation::Conj,
            Relation::Case,
        ];
        inner(rest, &below_words).or_else(|| {
            // A modifier may be named before its noun ("fire rubber bullet").
            inner(self.sentence.dependents(*head), &[Relation::Compound, Relation::Amod])
        })
    }
}
