//! Who takes part by the words of an undertaking, a quarrel or a subject.

use demarche_language::{Relation, TokenId};

use super::figure::Figure;
use super::sighting::Sights;
use crate::frames::{Slot, Trigger};
use crate::initiatives::{Side, Undertaking};

impl<'a> Sights<'a> {
    /// Who takes part by the words of a mention: "between A and B", "A's talks with B", "the inquiry of A and B".
    pub(super) fn sides(&self, trigger: &Trigger, entry: &Undertaking) -> (Vec<Figure<'a>>, bool) {
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
    pub(super) fn quarrel(&self) -> Vec<Figure<'a>> {
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

    pub(super) fn owners(&self, trigger: &Trigger) -> Vec<Figure<'a>> {
        let slots =
            [Slot::Possessor, Slot::Modifier, Slot::Preposition("by".to_owned()), Slot::Preposition("of".to_owned())];
        let found =
            slots.iter().flat_map(|slot| self.fill(trigger, slot)).flat_map(|token| self.figures.at(token, false));
        found.filter(|figure| figure.entity.code.is_some()).collect()
    }

    /// Those who together are a subject of the sentence ("Qatar and Turkey sit"), two at least.
    pub(super) fn pairs(&self) -> Vec<Figure<'a>> {
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
}
