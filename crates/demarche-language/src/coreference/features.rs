//! Evidence as numbers: each slot of a mention or of a pair of mentions has one value out of a few, and each value of each
//! slot its own rows of weights. The numbering is this file's; a model trained on another does not fit (`Layout`).

use std::collections::HashMap;

use super::describe::{Description, ROLES, Role};
use super::lexicon::{Gender, Pronoun};
use super::mention::{MentionId, MentionKind};
use crate::labels::{EntityKind, Relation};
use crate::sentence::Sentence;

/// Values of each slot of a mention.
const MENTION: [usize; 17] = [15, 7, 3, 5, 5, ROLES, 6, 4, 2, 5, 12, 9, 2, 2, 2, 2, 15];
/// Values of each slot of a pair.
const PAIR: [usize; 20] =
    [90, 33, FINE * FINE, 72, 56, 4, 27, 25, 50, ROLES * ROLES, 9 * ROLES, 30, 49, 15, 60, 16, 6, 8, 18, 12];
/// Kinds of mention told apart in pairs.
const FINE: usize = 20;

/// Slots of a mention.
pub(super) const MENTION_SLOTS: usize = MENTION.len();
/// Slots of a pair.
pub(super) const PAIR_SLOTS: usize = PAIR.len();

const fn sum(sizes: &[usize]) -> usize {
    let (mut at, mut total) = (0, 0);
    while at < sizes.len() {
        total += sizes[at];
        at += 1;
    }
    total
}

/// Values of all slots of a mention.
pub(super) const MENTION_VALUES: usize = sum(&MENTION);
/// Values of all slots of a pair.
pub(super) const PAIR_VALUES: usize = sum(&PAIR);

/// The evidence of a mention.
pub(super) type OfMention = [u16; MENTION_SLOTS];
/// The evidence of a pair.
pub(super) type OfPair = [u16; PAIR_SLOTS];

/// Nearest mentions that a pronoun is compared with, those that a noun is, and those farther off that share its head.
const NEAREST: usize = 40;
const NEAREST_OF_NOUN: usize = 25;
const ALIKE: usize = 20;

/// Turns a value for each slot into row numbers; a value beyond the last counts as the last.
fn rows<const N: usize>(sizes: &[usize; N], values: [usize; N]) -> [u16; N] {
    let mut out = [0; N];
    let mut offset = 0;
    for slot in 0..N {
        out[slot] = (offset + values[slot].min(sizes[slot] - 1)) as u16;
        offset += sizes[slot];
    }
    out
}

/// The place of a number among limits: 0 below the first.
fn bucket(number: usize, limits: &[usize]) -> usize {
    limits.iter().take_while(|&&limit| number >= limit).count()
}

fn kind(mention: &Description) -> usize {
    match mention.kind {
        MentionKind::Pronoun => 0,
        MentionKind::Nominal => 1,
        MentionKind::Name => 2,
    }
}

fn pronoun(mention: &Description) -> usize {
    mention.pronoun.map_or(0, |class| class as usize)
}

fn fine(mention: &Description) -> usize {
    match mention.kind {
        _ if mention.group => 19,
        MentionKind::Pronoun => pronoun(mention).saturating_sub(1),
        MentionKind::Nominal => 11 + mention.determiner as usize,
        MentionKind::Name => 18,
    }
}

fn entity(mention: &Description) -> usize {
    match mention.entity {
        None => 0,
        Some(EntityKind::Person) => 1,
        Some(EntityKind::Organisation) => 2,
        Some(EntityKind::Place) => 3,
        Some(EntityKind::Norp) => 4,
    }
}

/// How often each head and each whole phrase comes, and where.
pub(super) struct Counts {
    heads: HashMap<u64, Vec<MentionId>>,
    cores: HashMap<u64, usize>,
    /// For each mention how many with its head, and with its words, came before.
    before: Vec<(usize, usize)>,
}

impl Counts {
    pub(super) fn new(mentions: &[Description]) -> Self {
        let mut heads: HashMap<u64, Vec<MentionId>> = HashMap::new();
        let mut cores: HashMap<u64, usize> = HashMap::new();
        let mut before = Vec::with_capacity(mentions.len());
        for (id, mention) in mentions.iter().enumerate() {
            let list = heads.entry(mention.head_key).or_default();
            let count = cores.entry(mention.core_key).or_default();
            before.push((list.len(), *count));
            list.push(id);
            *count += 1;
        }
        Self { heads, cores, before }
    }

    fn of_head(&self, mention: &Description) -> usize {
        self.heads.get(&mention.head_key).map_or(0, Vec::len)
    }

    /// Mentions compared with `id`, the nearest first.
    pub(super) fn candidates(&self, mentions: &[Description], id: MentionId) -> Vec<MentionId> {
        let pronoun = mentions[id].kind == MentionKind::Pronoun;
        let nearest = id.saturating_sub(if pronoun { NEAREST } else { NEAREST_OF_NOUN });
        let mut out: Vec<MentionId> = (nearest..id).rev().collect();
        if !pronoun {
            let alike = self.heads.get(&mentions[id].head_key).map_or(&[][..], Vec::as_slice);
            let end = alike.partition_point(|&other| other < nearest);
            out.extend(alike[..end].iter().rev().take(ALIKE));
        }
        out
    }
}

/// The evidence of a mention by itself. `named` says whether a rule joined it to an earlier name.
pub(super) fn of_mention(mentions: &[Description], counts: &Counts, id: MentionId, named: bool) -> OfMention {
    let mention = &mentions[id];
    let kind = kind(mention);
    let (heads, cores) = counts.before[id];
    let first = id == 0 || mentions[id - 1].sentence != mention.sentence;
    let place = match mention.role {
        Role::Predicate => 1,
        Role::Apposition => 2,
        _ if mention.inner => 3,
        _ if mention.governor.is_none() => 4,
        _ => 0,
    };
    let values = [
        if mention.kind == MentionKind::Pronoun { 2 + pronoun(mention) } else { kind - 1 },
        mention.determiner as usize,
        mention.number as usize,
        mention.gender as usize,
        entity(mention),
        mention.role as usize,
        mention.words.len(),
        mention.after,
        usize::from(mention.quoted),
        bucket(mention.sentence, &[1, 2, 5, 10]),
        kind * 4 + bucket(heads, &[1, 2, 4]),
        kind * 3 + bucket(cores, &[1, 2]),
        usize::from(first),
        usize::from(mention.group),
        usize::from(mention.reflexive),
        usize::from(named),
        kind * 5 + bucket(counts.of_head(mention), &[2, 3, 5, 9]),
    ];
    let mut values = values;
    // The place in the tree shares a slot with how long the phrase is said to be.
    values[6] = if place == 0 { bucket(values[6], &[2, 4]) } else { 2 + place.min(3) };
    rows(&MENTION, values)
}

/// What the mentions before the pair's later one were seen to be, the nearest first.
#[derive(Default)]
pub(super) struct Between {
    /// Heads of those that number and gender are known to allow, each once.
    compatible: Vec<u64>,
    /// How many have the same head.
    alike: usize,
}

/// The evidence of mention `id` and a candidate before it; candidates must come in their order with one `between`.
pub(super) fn of_pair(
    sentences: &[Sentence],
    mentions: &[Description],
    counts: &Counts,
    named: &[Option<MentionId>],
    id: MentionId,
    candidate: MentionId,
    between: &mut Between,
) -> OfPair {
    let (mention, other) = (&mentions[id], &mentions[candidate]);
    let kind_of = kind(mention);
    let distance = mention.sentence - other.sentence;
    let near = distance.min(2);
    let matched = matched(mention, other);
    let joined = named[id] == Some(candidate)
        || named[id].is_some_and(|last| named[last] == Some(candidate)) && mention.kind == MentionKind::Name;
    let acronym = mention.acronym.is_some() && mention.acronym == other.initials
        || mention.initials.is_some() && mention.initials == other.acronym;
    let numbers = mention.number as usize * 3 + other.number as usize;
    let genders = mention.gender as usize * 5 + other.gender as usize;
    let alike = mention.head_key == other.head_key;
    let passed = if mention.kind == MentionKind::Pronoun { between.compatible.len() } else { between.alike };
    between.alike += usize::from(alike);
    if mention.kind == MentionKind::Pronoun
        && other.kind != MentionKind::Pronoun
        && (mention.gender == Gender::Unknown || other.gender != Gender::Unknown)
        && agree(mention, other)
        && !between.compatible.contains(&other.head_key)
    {
        between.compatible.push(other.head_key);
    }
    let person = match mention.pronoun {
        Some(Pronoun::First | Pronoun::FirstPlural) => 1,
        Some(Pronoun::Second) => 2,
        Some(_) => 3,
        None => 0,
    };
    let heads = counts.before[candidate].0;
    let leads = candidate == 0 || mentions[candidate - 1].sentence != other.sentence;
    let they = usize::from(mention.pronoun == Some(Pronoun::They));
    rows(
        &PAIR,
        [
            (kind_of * 3 + kind(other)) * 10 + bucket(distance, &[1, 2, 3, 4, 5, 7, 10, 15, 25]),
            kind_of * 11 + bucket(id - candidate, &[2, 3, 4, 5, 8, 13, 21, 36, 61, 101]),
            fine(mention) * FINE + fine(other),
            (kind_of * 3 + kind(other)) * 8 + matched,
            mention.determiner as usize * 8 + matched,
            usize::from(joined) * 2 + usize::from(acronym),
            kind_of * 9 + numbers,
            genders,
            (entity(mention) * 5 + entity(other)) * 2 + usize::from(alike),
            mention.role as usize * ROLES + other.role as usize,
            (near * 3 + kind_of) * ROLES + other.role as usize,
            kind_of * 10 + structure(sentences, mention, other),
            mention.determiner as usize * 7 + other.determiner as usize,
            kind_of * 5 + bucket(heads, &[1, 2, 4, 8]),
            passing(kind_of, kind(other), bucket(passed, &[1, 2, 3, 5]), other.role),
            (person * 2 + usize::from(mention.quoted)) * 2 + usize::from(other.quoted),
            kind_of * 2 + usize::from(counts.cores.get(&other.core_key).copied().unwrap_or(0) > 1),
            (they * 2 + usize::from(mention.group)) * 2 + usize::from(other.group),
            (near * 3 + kind_of) * 2 + usize::from(leads),
            modifiers(mention, other, alike) * 3 + kind_of,
        ],
    )
}

/// What was passed over, by the kinds of the two; for pronouns also whether the other is a subject.
fn passing(kind: usize, other: usize, passed: usize, role: Role) -> usize {
    let subject = usize::from(matches!(role, Role::Subject | Role::PassiveSubject));
    if kind == 0 { (other * 2 + subject) * 5 + passed } else { 30 + ((kind - 1) * 3 + other) * 5 + passed }
}

/// How far the words of two mentions agree.
fn matched(mention: &Description, other: &Description) -> usize {
    if mention.kind == MentionKind::Pronoun || other.kind == MentionKind::Pronoun {
        return usize::from(mention.head_key == other.head_key);
    }
    if mention.full_key == other.full_key {
        return 6;
    }
    if mention.core_key == other.core_key {
        return 5;
    }
    if mention.head_key == other.head_key {
        let within = |a: &[u64], b: &[u64]| a.iter().all(|word| b.contains(word));
        return if mention.words.len() < 2 {
            2
        } else if within(&mention.words, &other.words) {
            3
        } else if within(&other.words, &mention.words) {
            4
        } else {
            1
        };
    }
    if other.words.contains(&mention.head_key) || mention.words.contains(&other.head_key) { 7 } else { 0 }
}

/// Whether modifiers speak against one thing: 0 no heads alike, 1 none differ, 2 the later has others, 3 both have.
fn modifiers(mention: &Description, other: &Description, alike: bool) -> usize {
    if !alike || mention.kind == MentionKind::Pronoun {
        return 0;
    }
    let more = |a: &Description, b: &Description| a.words.iter().any(|word| !b.words.contains(word));
    match (more(mention, other), more(other, mention)) {
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    }
}

/// Whether number and gender allow one thing.
pub(super) fn agree(mention: &Description, other: &Description) -> bool {
    use super::describe::Number::Unknown;
    let number = mention.number == other.number || mention.number == Unknown || other.number == Unknown;
    let gender = match (mention.gender, other.gender) {
        (Gender::Unknown, _) | (_, Gender::Unknown) => true,
        (Gender::Thing, b) => b == Gender::Thing,
        (_, Gender::Thing) => false,
        (Gender::Person, _) | (_, Gender::Person) => true,
        (a, b) => a == b,
    };
    number && gender
}

/// How two phrases stand in one tree.
fn structure(sentences: &[Sentence], mention: &Description, other: &Description) -> usize {
    if mention.sentence != other.sentence {
        return 0;
    }
    let sentence = &sentences[mention.sentence];
    let relation = sentence.tokens[mention.head].relation;
    if mention.subject == Some(other.head) && !other.group {
        1
    } else if other.subject == Some(mention.head) {
        2
    } else if relation == Relation::Appos && mention.governor == Some(other.head) {
        3
    } else if mention.speaker == Some(other.head) {
        4
    } else if other.first <= mention.first && mention.end <= other.end {
        5
    } else if relation == Relation::Conj && mention.governor == Some(other.head) {
        6
    } else if mention.governor.is_some() && mention.governor == other.governor {
        7
    } else if relation == Relation::NmodPoss
        && mention
            .governor
            .and_then(|up| sentence.tokens.get(up))
            .is_some_and(|up| up.head.is_some() && up.head == other.governor)
    {
        8
    } else {
        9
    }
}
