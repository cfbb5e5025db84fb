//! What one sentence tells of undertakings: the words that name them, and the words that tell their stages.

use std::collections::BTreeSet;

use demarche_language::{Relation, Sentence, TokenId};
use demarche_record::{InitiativeKind, Stage};

use super::figure::{Figure, Figures};
use super::when::When;
use crate::Coding;
use crate::frames::{PatternKind, Trigger};
use crate::grammar::Grammar;
use crate::initiatives::{Opens, Side, Undertaking};
use crate::records::Seat;

/// A word that names an undertaking.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
pub(super) struct Mention<'a> {
    pub trigger: Trigger,
    pub entry: &'a Undertaking,
    /// Whether it is enough to speak of an undertaking not named before.
    pub opens: bool,
    /// Whether its attributes or sides say what sort of thing it is.
    pub qualified: bool,
    /// Whether it is neither denied nor history.
    may_open: bool,
    /// Who takes part, by its own words; and whether one side stands apart ("talks with Cuba").
    pub sides: Vec<Figure<'a>>,
    pub with: bool,
    /// Whose it is ("Brazil's mediation", "the German plan").
    pub owners: Vec<Figure<'a>>,
}

/// What a telling speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The mention of this number in its sentence.
    Mention(usize),
    /// Something named before.
    Back,
}

/// A stage told, or only who takes part.
pub(super) struct Told<'a> {
    pub id: &'a str,
    pub head: TokenId,
    pub target: Target,
    pub stage: Option<Stage>,
    /// The stage for some kinds when several do it together.
    pub together: Option<(Stage, &'a [InitiativeKind])>,
    /// Whether the subject is several in one phrase ("the councils").
    pub several: bool,
    /// Whether it is said not to be so.
    pub denied: bool,
    pub kinds: &'a [InitiativeKind],
    pub figures: Vec<(Side, Figure<'a>)>,
    pub when: When,
}

/// All of one sentence.
pub(super) struct Sighting<'a> {
    pub mentions: Vec<Mention<'a>>,
    pub told: Vec<Told<'a>>,
    /// Those whom a noun gives a part ("the Finnish mediator").
    pub figures: Vec<(Side, Figure<'a>)>,
    /// Those who together are a subject of the sentence.
    pub pair: Vec<Figure<'a>>,
    /// The sides of a quarrel that it names.
    pub quarrel: Vec<Figure<'a>>,
}

/// One sentence being read.
pub(super) struct Sights<'a> {
    pub coding: &'a Coding,
    pub sentence: &'a Sentence,
    pub grammar: Grammar<'a>,
    pub figures: Figures<'a>,
}

impl<'a> Sights<'a> {
    pub(super) fn new(coding: &'a Coding, seat: Seat<'a>) -> Self {
        let sentence = seat.sentence();
        Self { coding, sentence, grammar: Grammar::new(sentence), figures: Figures::new(coding, seat) }
    }

    /// Reads the sentence; `day` is the report's.
    pub(super) fn read(&self, day: Option<jiff::civil::Date>) -> Sighting<'a> {
        let words = &self.coding.initiatives;
        let mut mentions: Vec<Mention<'a>> = words
            .undertakings_in(self.sentence)
            .into_iter()
            .filter_map(|trigger| self.mention(trigger, &words.undertakings))
            .collect();
        let tellings = words.tellings_in(self.sentence);
        let mut consumed: BTreeSet<TokenId> = BTreeSet::new();
        let mut told: Vec<Told<'a>> = Vec::new();
        for trigger in &tellings {
            let telling = &words.tellings[trigger.frame];
            let Some((target, inner)) = self.target(trigger, telling, &mentions, &tellings) else { continue };
            let within = inner.last().and_then(|&n| words.tellings[tellings[n].frame].stage);
            let Some(one) = self.telling(trigger, telling, target, within, &mentions, day) else { continue };
            consumed.extend(inner.iter().map(|&n| tellings[n].head).filter(|head| *head != trigger.head));
            if let Target::Mention(n) = target {
                consumed.insert(mentions[n].trigger.head);
                let mention = &mut mentions[n];
                let spoken_of = one.stage.is_some() || one.together.is_some();
                mention.opens |= mention.may_open && mention.entry.opens == Opens::Told && spoken_of && !telling.weak;
            }
            told.push(one);
        }
        for one in &mut told {
            if consumed.contains(&one.head) {
                one.stage = None;
                one.together = None;
            }
        }
        for (n, mention) in mentions.iter().enumerate() {
            if mention.trigger.kind == PatternKind::Verb {
                let alone = !consumed.contains(&mention.trigger.head);
                told.push(self.doing(n, mention, &tellings, alone, day));
            }
        }
        told.sort_by_key(|one| one.head);
        Sighting { mentions, told, figures: self.figures.by_noun(), pair: self.pairs(), quarrel: self.quarrel() }
    }

    fn mention(&self, trigger: Trigger, entries: &'a [Undertaking]) -> Option<Mention<'a>> {
        let entry = &entries[trigger.frame];
        let s = self.sentence;
        let token = &s.tokens[trigger.head];
        let noun = trigger.kind == PatternKind::Noun;
        if noun && entry.plural && token.feature("Number") != Some("Plur") && !token.form.ends_with('s') {
            return None;
        }
        let (sides, with) = self.sides(&trigger, entry);
        let owners = if noun && entry.by != Side::Nobody { self.owners(&trigger) } else { Vec::new() };
        let qualified = || {
            let attribute = |d: TokenId| {
                matches!(s.tokens[d].relation, Relation::Amod | Relation::Compound | Relation::Nmod)
                    && (d < trigger.head || self.grammar.preposition(d) == "of")
                    && self.coding.initiatives.says(s, d, &entry.attributes)
            };
            s.dependents(trigger.head).iter().any(|&d| attribute(d)) || sides.len() > 1
        };
        let past = self.coding.times.times(s, None, false).into_iter().any(|time| {
            // "The ceasefire of 1974" is history.
            s.tokens[time.first].head == Some(trigger.head)
                && time.value.is_some_and(|v| v.precision == demarche_language::Precision::Year)
        });
        let may_open = !past && !crate::status::negated(s, trigger.head) && entry.opens != Opens::Never;
        let qualified = qualified();
        let opens = may_open && (entry.opens == Opens::Always || qualified);
        Some(Mention { trigger, entry, opens, qualified, may_open, sides, with, owners })
    }
}
