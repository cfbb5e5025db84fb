//! What one sentence tells of undertakings: the words that name them, and the words that tell their stages.

use std::collections::BTreeSet;

use demarche_language::{Relation, Sentence, TokenId, Upos, Xpos};
use demarche_record::{InitiativeKind, Stage};

use super::figure::{Figure, Figures};
use super::when::{When, day_of};
use crate::Coding;
use crate::frames::{PatternKind, Slot, Trigger};
use crate::grammar::Grammar;
use crate::initiatives::{Opens, Side, Telling, Undertaking};
use crate::records::Seat;
use crate::status::{Reality, reality};

/// How far below a word the undertaking that it speaks of may stand.
const DEPTH: usize = 4;

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
            let Some(one) = self.telling(trigger, telling, target, &inner, &mentions, day) else { continue };
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
                told.push(self.doing(n, mention, alone, day));
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

    /// Who takes part by the words of a mention: "between A and B", "A's talks with B", "the inquiry of A and B".
    fn sides(&self, trigger: &Trigger, entry: &Undertaking) -> (Vec<Figure<'a>>, bool) {
        let mut out: Vec<Figure<'a>> = Vec::new();
        let mut with = false;
        for slot in &entry.sides {
            let mut tokens = self.fill(trigger, slot);
            if *slot == Slot::Preposition("of".to_owned()) {
                // "the commission of inquiry of A and B"
                let inner: Vec<TokenId> =
                    tokens.iter().flat_map(|&t| self.grammar.oblique(t, "of")).map(|a| a.token).collect();
                tokens.extend(inner);
            }
            // "with Brazil as mediator": whom the words name by another part is no side.
            let part = |token: TokenId| self.coding.initiatives.figure(self.sentence, token);
            tokens.retain(|&token| part(token).is_none_or(|side| side == Side::Party) || self.names_someone(token));
            let found: Vec<Figure<'a>> = tokens
                .into_iter()
                .flat_map(|token| match slot {
                    // "the Geneva talks", "the mediation of Oman": names of one are places and doers.
                    Slot::Modifier | Slot::Preposition(_) | Slot::Possessor => self.figures.at(token, true),
                    _ => self.figures.at(token, false),
                })
                .collect();
            let found = match slot {
                Slot::Preposition(p) if p == "between" && found.len() == 1 => self.pair(trigger, found),
                _ => found,
            };
            let one = match slot {
                Slot::Preposition(p) => matches!(p.as_str(), "between" | "among" | "with"),
                Slot::Possessor => true,
                _ => false,
            };
            if !one && found.len() < 2 {
                continue;
            }
            with |= *slot == Slot::Preposition("with".to_owned()) && !found.is_empty();
            for figure in found {
                if !out.iter().any(|known| known.same(&figure)) {
                    // Where it stands it is a side, however little its words say.
                    out.push(Figure { vague: false, ..figure });
                }
            }
        }
        (out, with)
    }

    /// Whether a phrase names someone with a country of their own.
    fn names_someone(&self, token: TokenId) -> bool {
        self.figures.at(token, false).iter().any(|figure| figure.entity.code.is_some())
    }

    /// The sides of a quarrel that the sentence names: "its dispute with Chile", "the war between Togo and Benin".
    fn quarrel(&self) -> Vec<Figure<'a>> {
        let (g, words) = (self.grammar, &self.coding.initiatives);
        let mut out: Vec<Figure<'a>> = Vec::new();
        for noun in (0..self.sentence.tokens.len()).filter(|&t| words.says(self.sentence, t, &words.conflicts)) {
            let sides = g.oblique(noun, "between").into_iter().chain(g.oblique(noun, "with")).chain(g.possessors(noun));
            for figure in sides.flat_map(|side| self.figures.at(side.token, true)) {
                if !figure.vague && !figure.refers && !out.iter().any(|known| known.same(&figure)) {
                    out.push(figure);
                }
            }
        }
        out
    }

    fn owners(&self, trigger: &Trigger) -> Vec<Figure<'a>> {
        let slots =
            [Slot::Possessor, Slot::Modifier, Slot::Preposition("by".to_owned()), Slot::Preposition("of".to_owned())];
        let found =
            slots.iter().flat_map(|slot| self.fill(trigger, slot)).flat_map(|token| self.figures.at(token, false));
        found.filter(|figure| figure.entity.code.is_some()).collect()
    }

    /// Those who together are a subject of the sentence ("Qatar and Turkey sit"), two at least.
    fn pairs(&self) -> Vec<Figure<'a>> {
        let subject = |token: &TokenId| {
            matches!(self.sentence.tokens[*token].relation, Relation::Nsubj | Relation::NsubjPass)
                && self.coding.initiatives.figure(self.sentence, *token).is_none()
        };
        let found = (0..self.sentence.tokens.len()).filter(subject).map(|token| self.figures.at(token, true));
        let mut found = found;
        found.find(|figures| figures.iter().filter(|f| !f.refers && !f.vague).count() > 1).unwrap_or_default()
    }

    /// Two sides are between which something is: the other one where the tree has it elsewhere ("between Israel and Lebanese
    /// fighters" with Israel among the modifiers, "an exchange of prisoners between A and B" with B beside the exchange).
    fn pair(&self, trigger: &Trigger, mut found: Vec<Figure<'a>>) -> Vec<Figure<'a>> {
        let between = self.fill(trigger, &Slot::Preposition("between".to_owned()));
        let modifiers = between.iter().flat_map(|&token| {
            self.sentence.dependents(token).iter().copied().filter(move |&d| {
                d < token
                    && matches!(self.sentence.tokens[d].relation, Relation::Compound | Relation::Amod | Relation::Nmod)
            })
        });
        let beside =
            self.sentence.dependents_by(trigger.head, Relation::Conj).filter(|&d| between.iter().all(|&b| b < d));
        let others: Vec<Figure<'a>> = modifiers.chain(beside).flat_map(|token| self.figures.at(token, true)).collect();
        for figure in others {
            if !found.iter().any(|known| known.same(&figure)) {
                found.insert(0, figure);
            }
        }
        found
    }

    /// Words that fill a slot of a trigger.
    pub(super) fn fill(&self, trigger: &Trigger, slot: &Slot) -> Vec<TokenId> {
        let (g, head) = (self.grammar, trigger.head);
        let verb = trigger.kind == PatternKind::Verb;
        let light = || self.light_verb(trigger);
        let found = match (trigger.kind, slot) {
            (PatternKind::Verb, Slot::Subject) => {
                let out = g.logical_subject(head);
                // "Egyptian-mediated talks"
                let hyphen = out.is_empty() && self.sentence.tokens[head].relation == Relation::Amod;
                let before = |n: usize| head.checked_sub(n).map(|token| self.sentence.tokens[token].form.as_str());
                if hyphen && before(1) == Some("-") && head > 1 {
                    return vec![head - 2];
                }
                out
            }
            (PatternKind::Verb, Slot::Object) => g.logical_object(head),
            (PatternKind::Noun, Slot::Subject) => {
                let mut out = light().map(|verb| g.logical_subject(verb)).unwrap_or_default();
                if self.sentence.dependent(head, &[Relation::Cop]).is_some() {
                    out = g.surface_subject_of(head);
                }
                if out.is_empty() {
                    out = g.oblique(head, "by");
                    out.extend(g.possessors(head));
                    out.extend(g.modifiers(head));
                    out.extend(g.oblique(head, "from"));
                }
                // "fired in breach of the truce"
                if let (true, "in", Some(verb)) = (out.is_empty(), g.preposition(head).as_str(), g.head(head)) {
                    out = g.logical_subject(verb);
                }
                out
            }
            (PatternKind::Noun, Slot::Object) => g.oblique(head, "of"),
            (PatternKind::Adjective, Slot::Subject | Slot::Object) => {
                let token = &self.sentence.tokens[head];
                match (token.relation, token.head) {
                    (Relation::Amod | Relation::Acl, Some(noun)) => return vec![noun],
                    _ => g.surface_subject_of(head),
                }
            }
            (_, Slot::Indirect) => g.indirect_object(head),
            (_, Slot::Possessor) => g.possessors(head),
            (_, Slot::Modifier) => g.modifiers(head),
            (_, Slot::Clause | Slot::That) => g.clauses(head),
            (_, Slot::Preposition(p)) => {
                let mut out: Vec<_> = trigger.words.iter().flat_map(|&word| g.oblique(word, p)).collect();
                if out.is_empty() && verb {
                    out = g.logical_object(head).iter().flat_map(|o| g.oblique(o.token, p)).collect();
                }
                if out.is_empty() && !verb {
                    out = light().map(|verb| g.oblique(verb, p)).unwrap_or_default();
                }
                if out.is_empty() && !verb && matches!(p.as_str(), "between" | "among" | "with") {
                    // "an exchange of prisoners between", "talks opened between"
                    out = g.oblique(head, "of").iter().flat_map(|of| g.oblique(of.token, p)).collect();
                    let clause = g.head(head).filter(|_| {
                        let relation = self.sentence.tokens[head].relation;
                        matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
                    });
                    out.extend(clause.map(|verb| g.oblique(verb, p)).unwrap_or_default());
                }
                out
            }
        };
        found.into_iter().map(|argument| argument.token).filter(|t| !trigger.words.contains(t)).collect()
    }

    /// The verb that lends a noun its subject ("made the offer").
    fn light_verb(&self, trigger: &Trigger) -> Option<TokenId> {
        let verb = self.grammar.verb_of_noun(trigger.head)?;
        self.coding.support.performing.contains(&self.sentence.tokens[verb].lemma.to_lowercase()).then_some(verb)
    }

    /// What a telling speaks of, and the tellings on the way to it.
    fn target(
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

    fn telling(
        &self,
        trigger: &Trigger,
        telling: &'a Telling,
        target: Target,
        inner: &[usize],
        mentions: &[Mention<'a>],
        day: Option<jiff::civil::Date>,
    ) -> Option<Told<'a>> {
        let words = &self.coding.initiatives;
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
        let tellings = words.tellings_in(self.sentence);
        let within = inner.last().and_then(|&n| words.tellings[tellings[n].frame].stage);
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
    fn doing(&self, n: usize, mention: &Mention<'a>, alone: bool, day: Option<jiff::civil::Date>) -> Told<'a> {
        let clause = mention.trigger.head;
        let fact = matches!(reality(self.sentence, clause), Reality::Fact | Reality::Progress);
        let when = day_of(self.coding, self.sentence, clause, day);
        let told = alone && fact && !self.unreal(clause) && !when.ahead;
        // "a Malaysian offer to mediate": the noun says who.
        let token = &self.sentence.tokens[clause];
        let by_noun = matches!(token.relation, Relation::Acl)
            && token
                .head
                .is_some_and(|head| self.coding.initiatives.tellings_in(self.sentence).iter().any(|t| t.head == head));
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
