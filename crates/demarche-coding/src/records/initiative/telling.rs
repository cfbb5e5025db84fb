//! What the words that tell a stage speak of, and what they tell.

use demarche_language::{Relation, TokenId, Upos, Xpos};
use demarche_record::{InitiativeKind, Stage};

use super::figure::Figure;
use super::sighting::{Mention, Sights, Target, Told};
use super::when::day_of;
use crate::frames::{PatternKind, Slot, Trigger};
use crate::initiatives::{Opens, Side, Telling};
use crate::status::{Reality, reality};

/// How far below a word the undertaking that it speaks of may stand.
const DEPTH: usize = 4;

impl<'a> Sights<'a> {
    /// What a telling speaks of, and the tellings on the way to it.
    pub(super) fn target(
        &self,
        trigger: &Trigger,
        telling: &Telling,
        mentions: &[Mention<'a>],
        tellings: &[Trigger],
    ) -> Option<(Target, Vec<usize>)> {
        let fits = |n: usize| {
            let entry = mentions[n].entry;
            telling.kinds.is_empty()
                || entry.kinds.is_empty()
                || entry.kinds.iter().any(|kind| telling.kinds.contains(kind))
        };
        // The pattern may name the undertaking itself ("violate ceasefire").
        if let Some(n) =
            mentions.iter().position(|m| m.trigger.head != trigger.head && trigger.words.contains(&m.trigger.head))
        {
            return fits(n).then_some((Target::Mention(n), Vec::new()));
        }
        let mut back = None;
        for slot in &telling.at {
            for token in self.fill(trigger, slot) {
                let mut way = Vec::new();
                if let Some(n) = self.below(token, 0, mentions, tellings, &mut way)
                    && fits(n)
                {
                    return Some((Target::Mention(n), way));
                }
                let word = &self.sentence.tokens[token];
                let pronoun = word.upos == Upos::Pron
                    && matches!(word.form.to_lowercase().as_str(), "it" | "they" | "them" | "this" | "that");
                if pronoun && back.is_none() {
                    back = Some((Target::Back, Vec::new()));
                }
            }
        }
        back.or_else(|| telling.alone.then(|| (Target::Back, Vec::new())))
    }

    /// The undertaking that a phrase names or speaks of; one that only points back counts if the phrase holds no other.
    fn below(
        &self,
        token: TokenId,
        depth: usize,
        mentions: &[Mention<'a>],
        tellings: &[Trigger],
        way: &mut Vec<usize>,
    ) -> Option<usize> {
        let own = mentions.iter().position(|m| m.trigger.head == token);
        if own.is_some_and(|n| mentions[n].opens || mentions[n].entry.opens == Opens::Told) {
            return own;
        }
        // "its role as host of the talks" is not about the talks.
        let part = self.coding.initiatives.figure(self.sentence, token).is_some();
        if depth < DEPTH && !part {
            for &d in self.sentence.dependents(token) {
                let closed = matches!(
                    self.sentence.tokens[d].relation,
                    Relation::AclRelcl
                        | Relation::Parataxis
                        | Relation::Advcl
                        | Relation::NmodPoss
                        | Relation::Appos
                        | Relation::Nsubj
                ) || self.grammar.preposition(d) == "by";
                if closed {
                    continue;
                }
                let before = way.len();
                if let Some(n) = tellings.iter().position(|t| t.head == token) {
                    way.push(n);
                }
                if let Some(n) = self.below(d, depth + 1, mentions, tellings, way)
                    && mentions[n].entry.opens != Opens::Never
                {
                    return Some(n);
                }
                way.truncate(before);
            }
        }
        if own.is_some() {
            way.extend(tellings.iter().position(|t| t.head == token));
        }
        own
    }

    /// The clause that tells it: the word itself, or the verb above a noun.
    fn clause(&self, trigger: &Trigger) -> TokenId {
        if trigger.kind == PatternKind::Noun { self.light_verb(trigger).unwrap_or(trigger.head) } else { trigger.head }
    }

    /// Whether it is only a purpose, a wish or a plan, or said not to be so.
    fn unreal(&self, clause: TokenId) -> bool {
        let s = self.sentence;
        let infinitive = s.tokens[clause].xpos == Xpos::Vb
            && !s.tokens[clause]
                .head
                .is_some_and(|head| self.coding.initiatives.says(s, head, &self.coding.initiatives.aspects))
            && s.dependents_by(clause, Relation::Mark).any(|m| s.tokens[m].form.eq_ignore_ascii_case("to"));
        infinitive || self.denied(clause)
    }

    /// Whether someone denies it.
    fn denied(&self, clause: TokenId) -> bool {
        let s = self.sentence;
        let mut at = clause;
        let mut denied = false;
        while let Some(head) = s.tokens[at].head {
            denied |=
                matches!(s.tokens[at].relation, Relation::Ccomp | Relation::Obj | Relation::Acl | Relation::Xcomp)
                    && self.coding.initiatives.says(s, head, &self.coding.initiatives.denials);
            at = head;
        }
        denied
    }

    /// What a telling says of its target; `within` is the stage that the words between them tell.
    pub(super) fn telling(
        &self,
        trigger: &Trigger,
        telling: &'a Telling,
        target: Target,
        within: Option<Stage>,
        mentions: &[Mention<'a>],
        day: Option<jiff::civil::Date>,
    ) -> Option<Told<'a>> {
        let clause = self.clause(trigger);
        let reality = reality(self.sentence, clause);
        let negated = matches!(reality, Reality::Negated | Reality::Refused);
        let denied = negated && telling.negated.is_none() || reality == Reality::Condition || self.denied(clause);
        let mut stage = match reality {
            _ if negated => telling.negated,
            Reality::Fact | Reality::Progress => telling.stage,
            _ => None,
        };
        let mut together = telling.together.as_ref().map(|(stage, kinds)| (*stage, kinds.as_slice()));
        if stage != telling.stage {
            together = None;
        }
        if let Some(over) = within.and_then(|within| telling.over.get(&within)) {
            stage = *over;
            together = None;
        }
        if self.unreal(clause) {
            stage = None;
        }
        let mut when = day_of(self.coding, self.sentence, clause, day);
        if telling.before {
            when.key.1 = when.key.1.min(2);
        }
        if when.ahead {
            stage = None;
        }
        let mediated = match target {
            Target::Mention(n) => mentions[n].entry.kinds.first() == Some(&InitiativeKind::Mediation),
            Target::Back => false,
        };
        let mut figures: Vec<(Side, Figure<'a>)> = Vec::new();
        if telling.by != Side::Nobody && !denied {
            let strict = !matches!(telling.by, Side::Caller | Side::Proposer);
            let who = self.fill(trigger, &Slot::Subject).into_iter().flat_map(|token| self.figures.at(token, strict));
            figures.extend(who.map(|figure| (telling.by, figure)));
        }
        let several = self.fill(trigger, &Slot::Subject).iter().any(|&token| {
            let word = &self.sentence.tokens[token];
            word.feature("Number") == Some("Plur") && word.upos != Upos::Pron
        });
        if telling.to != Side::Nobody && !denied {
            let objects = self.fill(trigger, &Slot::Object).into_iter().chain(self.fill(trigger, &Slot::Indirect));
            let on = ["on", "to"].into_iter().flat_map(|p| self.fill(trigger, &Slot::Preposition(p.to_owned())));
            let side = if telling.to == Side::Mediator && !mediated { Side::Party } else { telling.to };
            for figure in objects.chain(on).flat_map(|token| self.figures.at(token, false)) {
                // A plan is put to the sides, and to bodies that are none.
                if side != Side::Party || !figure.entity.code.is_some_and(demarche_record::Code::is_international) {
                    figures.push((side, figure));
                }
            }
        }
        if telling.stage.is_some() && stage.is_none() && matches!(target, Target::Back) {
            return None;
        }
        Some(Told {
            id: &telling.id,
            head: trigger.head,
            target,
            stage,
            together,
            several,
            denied,
            kinds: &telling.kinds,
            figures,
            when,
        })
    }

    /// What a verb that names an undertaking tells by itself.
    pub(super) fn doing(
        &self,
        n: usize,
        mention: &Mention<'a>,
        tellings: &[Trigger],
        alone: bool,
        day: Option<jiff::civil::Date>,
    ) -> Told<'a> {
        let clause = mention.trigger.head;
        let fact = matches!(reality(self.sentence, clause), Reality::Fact | Reality::Progress);
        let when = day_of(self.coding, self.sentence, clause, day);
        let told = alone && fact && !self.unreal(clause) && !when.ahead;
        // "a Malaysian offer to mediate": the noun says who.
        let token = &self.sentence.tokens[clause];
        let by_noun = matches!(token.relation, Relation::Acl)
            && token.head.is_some_and(|head| tellings.iter().any(|t| t.head == head));
        let who = if by_noun { Vec::new() } else { self.fill(&mention.trigger, &Slot::Subject) };
        let figures = who
            .into_iter()
            .flat_map(|token| self.figures.at(token, mention.entry.by == Side::Mediator))
            .map(|figure| (mention.entry.by, figure))
            .collect();
        Told {
            id: &mention.entry.id,
            head: clause,
            target: Target::Mention(n),
            stage: mention.entry.stage.filter(|_| told),
            together: None,
            several: false,
            denied: false,
            kinds: &[],
            figures,
            when,
        }
    }
}
