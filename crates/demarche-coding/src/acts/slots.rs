//! Which words fill a frame's slots, seen from a trigger, and who they stand for.

use std::collections::HashSet;

use demarche_language::{Relation, TokenId, Upos};

use demarche_record::{EventType, Sector};
use demarche_world::ActorKind;

use super::Participant;
use super::first_person::is_first_person;
use super::reader::Reader;
use crate::frames::{Class, Frame, PatternKind, Slot, Trigger};
use crate::grammar::Argument;

/// How deep a participant may stand inside a phrase that is itself none.
const LOOSE_DEPTH: usize = 3;

impl<'a> Reader<'a> {
    /// Words that fill the slot, best first.
    pub(super) fn fill(&self, trigger: &Trigger, frame: &Frame, slot: &Slot) -> Vec<Argument> {
        let mut found = match trigger.kind {
            PatternKind::Verb => self.fill_verb(trigger, frame, slot),
            PatternKind::Noun => self.fill_noun(trigger, frame, slot),
            PatternKind::Adjective => self.fill_adjective(trigger, slot),
        };
        found.retain(|argument| !trigger.words.contains(&argument.token));
        found
    }

    fn fill_verb(&self, trigger: &Trigger, frame: &Frame, slot: &Slot) -> Vec<Argument> {
        let (g, head) = (self.grammar, trigger.head);
        let nouns = || trigger.words.iter().copied().filter(move |&word| word != head);
        match slot {
            Slot::Subject => {
                let subject = g.logical_subject(head);
                if subject.is_empty() && g.passive(head) {
                    // "killed in a French attack": the noun of the trigger names the doer.
                    return nouns()
                        .flat_map(|noun| g.oblique(noun, "by").into_iter().chain(self.doing_modifiers(noun)))
                        .collect();
                }
                subject
            }
            Slot::Object => g.logical_object(head),
            Slot::Indirect => g.indirect_object(head),
            Slot::Possessor => nouns().flat_map(|noun| g.possessors(noun)).collect(),
            Slot::Modifier => nouns().flat_map(|noun| g.modifiers(noun)).collect(),
            Slot::Clause => g.clauses(head).into_iter().chain(nouns().flat_map(|noun| g.clauses(noun))).collect(),
            Slot::That => self.that_clauses(head),
            Slot::Preposition(p) => {
                let own: Vec<Argument> = trigger.words.iter().flat_map(|&word| g.oblique(word, p)).collect();
                // What is condemned or praised has participants of its own.
                let judged = matches!(frame.class, Class::Accuse | Class::Support | Class::Attitude);
                if own.is_empty() && p != "of" && !judged {
                    // "launched strikes on X", "provide aid to X": the phrase at times hangs on the object.
                    let objects = g.logical_object(head);
                    let direct: Vec<Argument> = objects.iter().flat_map(|o| g.oblique(o.token, p)).collect();
                    return if direct.is_empty() {
                        objects.iter().flat_map(|o| self.through_of(o.token, p)).collect()
                    } else {
                        direct
                    };
                }
                own
            }
        }
    }

    fn fill_noun(&self, trigger: &Trigger, frame: &Frame, slot: &Slot) -> Vec<Argument> {
        let (g, noun) = (self.grammar, trigger.head);
        let support = self.support_verb(noun);
        match slot {
            Slot::Subject => {
                if let Some((verb, true)) = support {
                    let subject = g.logical_subject(verb);
                    if !subject.is_empty() {
                        return subject;
                    }
                }
                let mut out = g.oblique(noun, "by");
                out.extend(g.possessors(noun));
                out.extend(self.doing_modifiers(noun));
                if out.is_empty() {
                    out = self.shared(noun, "by");
                }
                if out.is_empty() {
                    // "the torture of prisoners by police": the doer is at times hung on the victim.
                    out.extend(g.oblique(noun, "of").iter().flat_map(|of| g.oblique(of.token, "by")));
                }
                if out.is_empty()
                    && !frame.recipient.contains(&Slot::Object)
                    && !frame.recipient.contains(&Slot::Preposition("of".to_owned()))
                    && !frame.actor.contains(&Slot::Object)
                {
                    out.extend(g.oblique(noun, "of"));
                }
                if !frame.recipient.contains(&Slot::Preposition("from".to_owned())) {
                    out.extend(g.oblique(noun, "from"));
                }
                out
            }
            Slot::Object => {
                if let Some((verb, false)) = support {
                    return g.logical_subject(verb);
                }
                g.oblique(noun, "of")
            }
            Slot::Indirect => support.map(|(verb, _)| g.indirect_object(verb)).unwrap_or_default(),
            Slot::Possessor => g.possessors(noun),
            Slot::Modifier => g.modifiers(noun),
            Slot::Clause => g.clauses(noun),
            Slot::That => self.that_clauses(noun),
            Slot::Preposition(p) => {
                let mut own = g.oblique(noun, p);
                if let (true, Some((verb, _))) = (own.is_empty(), support) {
                    own = g.oblique(verb, p);
                }
                if own.is_empty() && p != "of" {
                    own = self.through_of(noun, p);
                }
                if own.is_empty() && matches!(p.as_str(), "on" | "against" | "between" | "with") {
                    own = self.shared(noun, p);
                }
                own
            }
        }
    }

    fn fill_adjective(&self, trigger: &Trigger, slot: &Slot) -> Vec<Argument> {
        let (g, head) = (self.grammar, trigger.head);
        let token = &self.sentence.tokens[head];
        match slot {
            Slot::Subject => match (token.relation, token.head) {
                (Relation::Amod, Some(noun)) => vec![Argument { token: noun, path: "amod".into() }],
                _ => g.surface_subject_of(head),
            },
            Slot::Object => g.logical_object(head),
            Slot::Clause => g.clauses(head),
            Slot::That => self.that_clauses(head),
            Slot::Preposition(p) => g.oblique(head, p),
            Slot::Indirect | Slot::Possessor | Slot::Modifier => Vec::new(),
        }
    }

    /// What a preposition introduces below the noun that "of" introduces: it is at times hung there ("the withdrawal of
    /// troops from the valley").
    fn through_of(&self, noun: TokenId, preposition: &str) -> Vec<Argument> {
        let g = self.grammar;
        // "$2 million in assistance to Fiji"
        let sum = matches!(self.sentence.tokens[noun].upos, Upos::Sym | Upos::Num);
        let within = if sum { g.oblique(noun, "in") } else { Vec::new() };
        g.oblique(noun, "of").iter().chain(&within).flat_map(|of| g.oblique(of.token, preposition)).collect()
    }

    /// What stands after coordinated nouns and belongs to each ("shelling and air strikes by rebels").
    fn shared(&self, noun: TokenId, preposition: &str) -> Vec<Argument> {
        let s = self.sentence;
        let last = s.dependents_by(noun, Relation::Conj).filter(|&d| s.tokens[d].upos == Upos::Noun).last();
        let other = last.or_else(|| s.tokens[noun].head.filter(|_| s.tokens[noun].relation == Relation::Conj));
        let mut found: Vec<Argument> = other.into_iter().flat_map(|o| self.grammar.oblique(o, preposition)).collect();
        found.retain(|argument| argument.token > noun);
        found
    }

    /// Who did something after, before or during talks with another: the other party ("spoke after talks with Chad").
    pub(super) fn after_the_talks(&self, trigger: &Trigger, known: &[Participant<'a>]) -> Vec<Participant<'a>> {
        let s = self.sentence;
        let token = &s.tokens[trigger.head];
        // "after three days of talks with Chad"
        let carrier = token
            .head
            .filter(|_| token.relation == Relation::Nmod && self.grammar.preposition(trigger.head) == "of")
            .unwrap_or(trigger.head);
        let around = matches!(
            self.grammar.preposition(carrier).as_str(),
            "after" | "following" | "before" | "during" | "in" | "at" | "for"
        );
        let verb = s.tokens[carrier]
            .head
            .filter(|&verb| around && s.tokens[carrier].relation == Relation::Obl && s.tokens[verb].upos == Upos::Verb);
        let with = trigger.kind == PatternKind::Noun && !self.grammar.oblique(trigger.head, "with").is_empty();
        let Some(verb) = verb.filter(|_| with) else { return Vec::new() };
        let subjects = self.grammar.logical_subject(verb);
        let mut found = self.participants(&subjects, false);
        found.retain(|p| !known.iter().any(|k| k.actor.range == p.actor.range || super::compose::same(k, p)));
        found
    }

    fn that_clauses(&self, head: TokenId) -> Vec<Argument> {
        let mut found = self.grammar.clauses(head);
        found.retain(|argument| self.sentence.tokens[argument.token].relation == Relation::Ccomp);
        found
    }

    /// Modifiers of a noun that can be its doer ("the French raid", "a police raid"): not places and not victims.
    fn doing_modifiers(&self, noun: TokenId) -> Vec<Argument> {
        let mut found = self.grammar.modifiers(noun);
        let aimed = ["on", "against", "into"].iter().any(|p| !self.grammar.oblique(noun, p).is_empty());
        found.retain(|argument| {
            (aimed || !self.names_place(argument.token)) && {
                self.grammar.coordinated(argument.token).iter().any(|&token| {
                    self.cast.actors(self.index, token).iter().any(|actor| {
                        !matches!(actor.kind, ActorKind::Place | ActorKind::Seat)
                            && !actor
                                .sectors
                                .iter()
                                .any(|s| matches!(s, Sector::Cvl | Sector::Ref | Sector::Jrn | Sector::Med))
                    })
                })
            }
        });
        found
    }

    /// Whether a modifier is a country's bare name, which says where or about what ("Syria ceasefire violations", "Iran talks"),
    /// while its adjective says who. Names in capitals have no adjective ("a U.S. raid").
    fn names_place(&self, token: TokenId) -> bool {
        let word = &self.sentence.tokens[token];
        word.upos == Upos::Propn
            && !word.form.chars().all(|c| c.is_uppercase() || c == '.')
            && self.cast.actors(self.index, token).iter().any(|actor| {
                actor.kind == ActorKind::Country && self.sentence.entity_at(token).is_some() && actor.tokens.0 == token
            })
    }

    /// The support verb of a noun, and whether its subject is the doer (`false`: the one it is done to).
    pub(super) fn support_verb(&self, noun: TokenId) -> Option<(TokenId, bool)> {
        let verb = self.grammar.verb_of_noun(noun)?;
        let s = self.sentence;
        let bases = self.coding.lexicon.bases(&s.tokens[verb]);
        let undone = s
            .dependents_by(verb, Relation::CompoundPrt)
            .any(|particle| self.coding.support.undoing.contains(&s.tokens[particle].form.to_lowercase()));
        // "called the attack a cowardly act" says what it is, not who did it.
        let labelled = matches!(s.tokens[noun].relation, Relation::Obj)
            && bases.iter().any(|base| base == "call")
            && s.dependent(verb, &[Relation::Xcomp, Relation::Iobj]).is_some();
        if undone || labelled {
            return None;
        }
        let has = |list: &HashSet<String>| bases.iter().any(|base| list.contains(base));
        if has(&self.coding.support.telling) && self.names_violence(noun) {
            return None;
        }
        if s.tokens[noun].relation == Relation::Obl {
            // "took part in talks", "engaged in fighting"
            return has(&self.coding.support.engaging).then_some((verb, true));
        }
        if has(&self.coding.support.performing) {
            Some((verb, true))
        } else if has(&self.coding.support.receiving) {
            Some((verb, false))
        } else {
            None
        }
    }

    /// Whether a noun names violence.
    fn names_violence(&self, noun: TokenId) -> bool {
        self.triggers_at(noun).iter().any(|trigger| {
            trigger.kind == PatternKind::Noun
                && self.coding.frames.frames[trigger.frame].event == Some(EventType::ASSAULT)
        })
    }

    /// Everyone the arguments stand for. Strict: the phrases themselves; loose: also actors inside them.
    pub(super) fn participants(&self, arguments: &[Argument], loose: bool) -> Vec<Participant<'a>> {
        let mut out: Vec<Participant<'a>> = Vec::new();
        for argument in arguments {
            for token in self.grammar.coordinated(argument.token) {
                let before = out.len();
                self.push(&mut out, token, &argument.path, false);
                if loose && out.len() == before {
                    // Of an act that is itself spoken of, who does it counts, not who suffers it.
                    match self.named_act(token) {
                        Some(doers) => out.extend(doers.into_iter().map(|p| Participant { loose: true, ..p })),
                        None => self.inside(&mut out, token, &argument.path, 0),
                    }
                }
            }
        }
        join_title_and_name(&mut out);
        out
    }

    /// Who does the act that a noun names, if it names one of violence or force.
    fn named_act(&self, token: TokenId) -> Option<Vec<Participant<'a>>> {
        let violent = |trigger: &Trigger| {
            let frame = &self.coding.frames.frames[trigger.frame];
            trigger.kind == PatternKind::Noun
                && frame.event.is_some_and(|event| [EventType::ASSAULT, EventType::COERCE].contains(&event))
        };
        self.triggers_at(token).iter().find(|trigger| violent(trigger)).map(|trigger| {
            let frame = &self.coding.frames.frames[trigger.frame];
            self.participants(&self.fill(trigger, frame, &Slot::Subject), false)
        })
    }

    fn push(&self, out: &mut Vec<Participant<'a>>, token: TokenId, path: &str, loose: bool) {
        if is_first_person(self.sentence, token) {
            let speakers = self.speakers_over(token);
            if speakers.is_empty() {
                let unnamed = self.first_person.iter().filter(|(t, _)| *t == token).flat_map(|(_, actors)| actors);
                out.extend(unnamed.map(|actor| Participant { actor, token, path: path.to_owned(), loose }));
            }
            for speaker in speakers {
                out.push(Participant { path: format!("{path}, first person of the speaker"), token, ..speaker });
            }
            return;
        }
        let scene = matches!(self.grammar.preposition(token).as_str(), "in" | "at" | "near" | "outside" | "around");
        for actor in self.cast.actors(self.index, token) {
            // A weapon of nobody acts for nobody; a city after "in" is where, not who.
            let doing = path.starts_with("nsubj,") || path.contains(":by");
            let where_ = matches!(actor.kind, ActorKind::Seat)
                || doing && matches!(actor.kind, ActorKind::Country | ActorKind::Place);
            if (!actor.can_act && actor.code.is_none()) || (loose && scene && where_) {
                continue;
            }
            let repeated = out.iter().any(|p| p.actor.range == actor.range && p.actor.code == actor.code);
            if !repeated {
                out.push(Participant { actor, token, path: path.to_owned(), loose });
            }
        }
    }

    /// Actors inside a phrase that stands for none itself: possessors, modifiers, then prepositional phrases.
    fn inside(&self, out: &mut Vec<Participant<'a>>, token: TokenId, path: &str, depth: usize) {
        if depth >= LOOSE_DEPTH {
            return;
        }
        let before = out.len();
        let inner = |d: TokenId| {
            matches!(
                self.sentence.tokens[d].relation,
                Relation::NmodPoss | Relation::Amod | Relation::Compound | Relation::NmodUnmarked | Relation::Appos
            )
        };
        let outer = |d: TokenId| {
            matches!(self.sentence.tokens[d].relation, Relation::Nmod | Relation::NmodDesc)
                && !matches!(
                    self.grammar.preposition(d).as_str(),
                    "with" | "for" | "about" | "near" | "outside" | "around" | "since" | "after" | "before" | "during"
                )
        };
        let own = |d: TokenId| !is_first_person(self.sentence, d);
        for d in self.sentence.dependents(token).iter().copied().filter(|&d| inner(d) && own(d)) {
            for each in self.grammar.coordinated(d) {
                self.push(out, each, &format!("{path}, {}", self.sentence.tokens[d].relation), true);
            }
        }
        // "missiles fired by the army"
        let fired = |d: &TokenId| {
            let word = &self.sentence.tokens[*d];
            word.relation == Relation::Acl
                && self.grammar.passive(*d)
                && matches!(word.lemma.to_lowercase().as_str(), "fire" | "launch" | "drop")
        };
        for d in self.sentence.dependents(token).iter().copied().filter(fired) {
            for by in self.grammar.logical_subject(d) {
                self.push(out, by.token, &format!("{path}, acl, {}", by.path), true);
            }
        }
        if out.len() > before {
            return;
        }
        for d in self.sentence.dependents(token).iter().copied().filter(|&d| outer(d)) {
            for each in self.grammar.coordinated(d) {
                self.push(out, each, &format!("{path}, {}", self.sentence.tokens[d].relation), true);
            }
            if out.len() == before {
                self.inside(out, d, path, depth + 1);
            }
            if out.len() > before {
                return;
            }
        }
    }
}

/// "spokeswoman Ana Ruiz said" at times has two subjects side by side: they are one person.
fn join_title_and_name(out: &mut Vec<Participant<'_>>) {
    let mut at = 1;
    while at < out.len() {
        let (title, name) = (&out[at - 1], &out[at]);
        let adjoin = title.actor.kind == ActorKind::Role
            && title.actor.range.end <= name.actor.range.start
            && name.actor.range.start - title.actor.range.end <= 2
            && title.path == name.path
            && matches!(name.actor.kind, ActorKind::Person | ActorKind::Unknown);
        if adjoin {
            let unknown = name.actor.code.is_none() && title.actor.code.is_some();
            out.remove(if unknown { at } else { at - 1 });
        } else {
            at += 1;
        }
    }
}
