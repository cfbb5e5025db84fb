//! What is known of a mention by itself: number, gender, words, place in the clause.

use std::collections::HashMap;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::lexicon::{Determiner, Gender, Lexicon, Pronoun};
use super::mention::{Mention, MentionKind};
use crate::labels::{EntityKind, Relation, Upos, Xpos};
use crate::placeholder::{NameFinder, NameMatch};
use crate::sentence::{Sentence, TokenId};

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Unknown,
    Singular,
    Plural,
}

/// Place of a phrase in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    PassiveSubject,
    Object,
    IndirectObject,
    Oblique,
    Modifier,
    Possessor,
    Apposition,
    Conjunct,
    Compound,
    Predicate,
    Root,
    Other,
}

/// How many roles there are.
pub(super) const ROLES: usize = 13;

/// What a mention is compared by.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a question of its own to the features
pub(super) struct Description {
    pub(super) sentence: usize,
    pub(super) head: TokenId,
    pub(super) first: TokenId,
    pub(super) end: TokenId,
    pub(super) kind: MentionKind,
    pub(super) group: bool,
    pub(super) pronoun: Option<Pronoun>,
    pub(super) reflexive: bool,
    pub(super) determiner: Determiner,
    pub(super) number: Number,
    pub(super) gender: Gender,
    pub(super) entity: Option<EntityKind>,
    pub(super) role: Role,
    /// Within a longer name, as "York" in "the New York Times".
    pub(super) inner: bool,
    pub(super) quoted: bool,
    /// What follows the head: nothing, a phrase, a participle, a relative clause.
    pub(super) after: usize,
    /// The head word.
    pub(super) head_key: u64,
    /// Content words of the phrase without what follows it, in text order, the head among them.
    pub(super) words: Vec<u64>,
    /// All of `words` in order.
    pub(super) core_key: u64,
    /// All content words of the phrase in order.
    pub(super) full_key: u64,
    /// Of a name of several words, its initials.
    pub(super) initials: Option<u64>,
    /// Of a name that may be an acronym, its letters.
    pub(super) acronym: Option<u64>,
    /// The governing word.
    pub(super) governor: Option<TokenId>,
    /// Of a predicate nominal, its subject's head.
    pub(super) subject: Option<TokenId>,
    /// The subject of the clause that says what the mention stands in ("the minister said he").
    pub(super) speaker: Option<TokenId>,
}

/// Names found in the sentences of a text, and what each stands for.
pub(super) struct Known {
    pub(super) names: Vec<Vec<NameMatch>>,
    keys: Vec<Vec<u64>>,
}

impl Known {
    pub(super) fn new(sentences: &[Sentence], finder: &dyn NameFinder) -> Self {
        let (mut names, mut keys) = (Vec::new(), Vec::new());
        for sentence in sentences {
            let words: Vec<&str> = sentence.tokens.iter().map(|token| token.form.as_str()).collect();
            let mut found = finder.find(&words);
            found.retain(|name| name.first < name.end && name.end <= words.len());
            let key = |name: &NameMatch| {
                let known = finder.identity(&words[name.first..name.end]);
                known.map_or_else(
                    || xxh3_64(words[name.first..name.end].join(" ").to_lowercase().as_bytes()),
                    // A country is not its people.
                    |identity| xxh3_64_with_seed(&identity.to_le_bytes(), 1 + name.form as u64),
                )
            };
            keys.push(found.iter().map(key).collect());
            names.push(found);
        }
        Self { names, keys }
    }

    fn at(&self, sentence: usize, token: TokenId) -> Option<(&NameMatch, u64)> {
        let at = self.names[sentence].iter().position(|name| (name.first..name.end).contains(&token))?;
        Some((&self.names[sentence][at], self.keys[sentence][at]))
    }
}

/// Describes all mentions.
pub(super) fn describe(
    lexicon: &Lexicon,
    sentences: &[Sentence],
    known: &Known,
    mentions: &[Mention],
) -> Vec<Description> {
    let quoted = quotes(sentences);
    let mut keys: HashMap<(usize, TokenId), u64> = HashMap::new();
    let mut key = |sentence: usize, token: TokenId| {
        *keys.entry((sentence, token)).or_insert_with(|| word_key(&sentences[sentence], token))
    };
    mentions.iter().map(|mention| one(lexicon, sentences, known, &quoted, mention, &mut key)).collect()
}

fn one(
    lexicon: &Lexicon,
    sentences: &[Sentence],
    known: &Known,
    quoted: &[Vec<bool>],
    mention: &Mention,
    key: &mut impl FnMut(usize, TokenId) -> u64,
) -> Description {
    let at = mention.sentence;
    let sentence = &sentences[at];
    let head = &sentence.tokens[mention.head];
    let form = head.form.to_lowercase();
    let group = !mention.members.is_empty();
    let pronoun = if mention.kind == MentionKind::Pronoun { lexicon.pronoun(&form) } else { None };
    let name = known.at(at, mention.head);
    let entity = sentence.entity_at(mention.head).copied();
    let core = core(sentence, mention, name.map(|(name, _)| name.end));
    let words = content(sentence, known, at, mention.first..core, key);
    let full_key = sequence(&content(sentence, known, at, mention.first..mention.end, key));
    let head_key = name.map_or_else(|| key(at, mention.head), |(_, key)| key);
    let inner = entity.is_some_and(|entity| entity.end > core.max(mention.head + 1) && entity.first <= mention.head)
        && matches!(head.relation, Relation::Compound | Relation::Nmod | Relation::NmodPoss | Relation::Conj);
    let subject = (sentence.dependent(mention.head, &[Relation::Cop]).is_some() && !group)
        .then(|| sentence.dependent(mention.head, &[Relation::Nsubj, Relation::NsubjOuter]))
        .flatten();
    let (initials, acronym) = if name.is_none() && mention.kind == MentionKind::Name {
        letters(sentence, mention, core)
    } else {
        (None, None)
    };
    Description {
        sentence: at,
        head: mention.head,
        first: mention.first,
        end: mention.end,
        kind: mention.kind,
        group,
        pronoun,
        reflexive: pronoun.is_some() && lexicon.is_reflexive(&form),
        determiner: if name.is_some() { Determiner::None } else { determiner(lexicon, sentence, mention) },
        number: if group { Number::Plural } else { number(pronoun, head.feature("Number")) },
        gender: if group {
            Gender::Unknown
        } else {
            gender(lexicon, sentence, mention, pronoun, entity.map(|e| e.kind), core)
        },
        entity: entity.map(|entity| entity.kind),
        role: role(sentence, mention.head),
        inner,
        quoted: quoted[at][mention.head],
        after: after(sentence, mention.head),
        head_key,
        core_key: sequence(&words),
        words,
        full_key,
        initials,
        acronym,
        governor: head.head,
        subject,
        speaker: speaker(sentence, mention.head),
    }
}

/// Where the phrase's core ends: after its head and the parts of a name that follow it.
fn core(sentence: &Sentence, mention: &Mention, name_end: Option<usize>) -> usize {
    let parts = sentence.dependents(mention.head).iter().copied().filter(|&dependent| {
        matches!(sentence.tokens[dependent].relation, Relation::Flat | Relation::Compound | Relation::Goeswith)
    });
    let flat = parts.max().unwrap_or(mention.head).max(mention.head) + 1;
    let entity = sentence.entity_at(mention.head).filter(|_| mention.kind == MentionKind::Name).map_or(0, |e| e.end);
    flat.max(entity).max(name_end.unwrap_or(0)).clamp(mention.head + 1, mention.end.max(mention.head + 1))
}

/// Keys of the content words among some tokens; a name known as a whole is one word.
fn content(
    sentence: &Sentence,
    known: &Known,
    at: usize,
    tokens: std::ops::Range<usize>,
    key: &mut impl FnMut(usize, TokenId) -> u64,
) -> Vec<u64> {
    let mut out = Vec::new();
    for token in tokens {
        if let Some((name, key)) = known.at(at, token) {
            if out.last() != Some(&key) || name.first == token {
                out.push(key);
            }
        } else if matches!(
            sentence.tokens[token].upos,
            Upos::Noun
                | Upos::Propn
                | Upos::Adj
                | Upos::Num
                | Upos::X
                | Upos::Verb
                | Upos::Adv
                | Upos::Pron
                | Upos::Sym
        ) {
            out.push(key(at, token));
        }
    }
    out
}

/// A word by its lemma, a name's by its form.
fn word_key(sentence: &Sentence, token: TokenId) -> u64 {
    let token = &sentence.tokens[token];
    let word = if token.upos == Upos::Propn { &token.form } else { &token.lemma };
    xxh3_64(word.trim_end_matches('.').to_lowercase().as_bytes())
}

fn sequence(words: &[u64]) -> u64 {
    words.iter().fold(0, |sum, word| xxh3_64_with_seed(&word.to_le_bytes(), sum))
}

fn determiner(lexicon: &Lexicon, sentence: &Sentence, mention: &Mention) -> Determiner {
    let of = [Relation::Det, Relation::DetPredet, Relation::NmodPoss, Relation::Nummod];
    let Some(first) = sentence.dependent(mention.head, &of).filter(|&d| d < mention.head) else {
        return Determiner::None;
    };
    match sentence.tokens[first].relation {
        Relation::NmodPoss => Determiner::Possessive,
        Relation::Nummod => Determiner::Number,
        _ => lexicon.determiner(&sentence.tokens[first].form.to_lowercase()).unwrap_or(Determiner::None),
    }
}

fn number(pronoun: Option<Pronoun>, feature: Option<&str>) -> Number {
    match (pronoun, feature) {
        (Some(Pronoun::They | Pronoun::These | Pronoun::FirstPlural), _) => Number::Plural,
        (Some(Pronoun::Second), _) => Number::Unknown,
        (Some(Pronoun::First | Pronoun::He | Pronoun::She | Pronoun::It), _) | (_, Some("Sing")) => Number::Singular,
        (_, Some("Plur" | "Ptan")) => Number::Plural,
        _ => Number::Unknown,
    }
}

fn gender(
    lexicon: &Lexicon,
    sentence: &Sentence,
    mention: &Mention,
    pronoun: Option<Pronoun>,
    entity: Option<EntityKind>,
    core: usize,
) -> Gender {
    match pronoun {
        Some(Pronoun::He) => return Gender::He,
        Some(Pronoun::She) => return Gender::She,
        Some(Pronoun::It) => return Gender::Thing,
        Some(Pronoun::First | Pronoun::FirstPlural | Pronoun::Second) => return Gender::Person,
        Some(_) => return Gender::Unknown,
        None => {}
    }
    let noun = |lemma: &str| {
        let known = lexicon.gender(lemma);
        match known {
            Gender::Unknown if lemma.len() > 5 && lemma.ends_with("woman") => Gender::She,
            known => known,
        }
    };
    if mention.kind == MentionKind::Name {
        let told = (mention.first..core)
            .map(|token| noun(&sentence.tokens[token].form.to_lowercase()))
            .find(|gender| matches!(gender, Gender::He | Gender::She));
        return match (told, entity) {
            (Some(told), Some(EntityKind::Person) | None) => told,
            (_, Some(EntityKind::Person)) => Gender::Person,
            (_, Some(EntityKind::Organisation | EntityKind::Place)) => Gender::Thing,
            _ => Gender::Unknown,
        };
    }
    noun(&sentence.tokens[mention.head].lemma.to_lowercase())
}

fn role(sentence: &Sentence, head: TokenId) -> Role {
    if sentence.dependent(head, &[Relation::Cop]).is_some() {
        return Role::Predicate;
    }
    match sentence.tokens[head].relation {
        Relation::Nsubj | Relation::NsubjOuter => Role::Subject,
        Relation::NsubjPass => Role::PassiveSubject,
        Relation::Obj => Role::Object,
        Relation::Iobj => Role::IndirectObject,
        Relation::Obl | Relation::OblAgent | Relation::OblUnmarked => Role::Oblique,
        Relation::Nmod | Relation::NmodUnmarked => Role::Modifier,
        Relation::NmodPoss => Role::Possessor,
        Relation::Appos => Role::Apposition,
        Relation::Conj => Role::Conjunct,
        Relation::Compound => Role::Compound,
        Relation::Root => Role::Root,
        _ => Role::Other,
    }
}

fn after(sentence: &Sentence, head: TokenId) -> usize {
    let following = |relations: &[Relation]| {
        sentence.dependents(head).iter().any(|&d| d > head && relations.contains(&sentence.tokens[d].relation))
    };
    if following(&[Relation::AclRelcl]) {
        3
    } else if following(&[Relation::Acl]) {
        2
    } else {
        usize::from(following(&[Relation::Nmod]))
    }
}

/// Initials of a name of several words, letters of one that may be an acronym.
fn letters(sentence: &Sentence, mention: &Mention, core: usize) -> (Option<u64>, Option<u64>) {
    let words: Vec<&str> = (mention.first..core)
        .filter(|&token| matches!(sentence.tokens[token].upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X))
        .map(|token| sentence.tokens[token].form.as_str())
        .collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    let hash = |letters: &str| Some(xxh3_64(letters.as_bytes()));
    match words[..] {
        [word] => {
            let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
            let short = (2..=7).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase);
            (None, if short { hash(&letters) } else { None })
        }
        _ if initials.chars().count() > 1 => (hash(&initials), None),
        _ => (None, None),
    }
}

/// The subject of the verb of speech over the clause a token stands in.
fn speaker(sentence: &Sentence, token: TokenId) -> Option<TokenId> {
    let mut at = token;
    for _ in 0..sentence.tokens.len() {
        let here = &sentence.tokens[at];
        // "..., the minister said": the verb of speech hangs on what is said.
        let said = sentence
            .dependents_by(at, Relation::Parataxis)
            .find_map(|verb| sentence.dependent(verb, &[Relation::Nsubj]))
            .filter(|&subject| subject != token);
        if said.is_some() {
            return said;
        }
        let up = here.head.filter(|&up| up < sentence.tokens.len())?;
        if matches!(here.relation, Relation::Ccomp | Relation::Parataxis) {
            return sentence.dependent(up, &[Relation::Nsubj, Relation::NsubjPass]).filter(|&subject| subject != token);
        }
        at = up;
    }
    None
}

/// For each token whether it stands between quotation marks, which may open in one sentence and close in a later one.
fn quotes(sentences: &[Sentence]) -> Vec<Vec<bool>> {
    let mut open = false;
    let mut of = |sentence: &Sentence| {
        let row = sentence.tokens.iter().map(|token| {
            match (token.form.as_str(), token.xpos) {
                ("\u{201c}", _) | (_, Xpos::OpenQuote) => open = true,
                ("\u{201d}", _) | (_, Xpos::CloseQuote) => open = false,
                _ => {}
            }
            open
        });
        row.collect()
    };
    sentences.iter().map(&mut of).collect()
}
