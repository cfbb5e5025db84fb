//! Which words fill the slots of the words of initiatives.

use demarche_language::{Relation, TokenId};

use super::sighting::Sights;
use crate::frames::{PatternKind, Slot, Trigger};

impl Sights<'_> {
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
    pub(super) fn light_verb(&self, trigger: &Trigger) -> Option<TokenId> {
        let verb = self.grammar.verb_of_noun(trigger.head)?;
        self.coding.support.performing.contains(&self.sentence.tokens[verb].lemma.to_lowercase()).then_some(verb)
    }
}
