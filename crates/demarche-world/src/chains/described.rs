//! Whom a definite description stands for: "the minister", "the group", "both countries".

use demarche_language::{Relation, TokenId};

use super::{DESCRIPTION_REACH, Mention, is_human, is_state};
use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::entries::{Role, RoleKind};
use crate::phrase::{self, RoleWords};

impl Builder<'_> {
    /// What a definite description without owner stands for: "the minister", "the group", "both countries".
    pub(crate) fn described_before(&mut self, at: usize, head: TokenId, words: &RoleWords) -> Option<Vec<Actor>> {
        let sentence = &self.sentences[at];
        let role = self.world.role(words.role);
        let article = phrase::determiner(sentence, head);
        let article = article.as_deref();
        let two = sentence
            .dependents_by(head, Relation::Nummod)
            .any(|number| matches!(sentence.tokens[number].form.to_lowercase().as_str(), "two" | "2"));
        let both = article == Some("both")
            || sentence
                .dependents(head)
                .iter()
                .any(|&d| d < head && sentence.tokens[d].form.eq_ignore_ascii_case("both"));
        let definite = matches!(article, Some("the" | "this" | "that" | "these" | "those" | "both"));
        if phrase::obliques(sentence, head).any(|(preposition, _)| preposition == "of") {
            return None;
        }
        let first = phrase::left_edge(sentence, head).min(words.first);
        let first = if both && first > 0 && sentence.tokens[first - 1].form.eq_ignore_ascii_case("both") {
            first - 1
        } else {
            first
        };
        if both || two && definite {
            let pair =
                self.pair_for(at, head, role).or_else(|| self.linked(at, head, |mention| mention.group.len() == 2))?;
            return Some(self.stand_at(at, first, words.end, &pair, if both { "both" } else { "the two" }, 0.75));
        }
        if !definite {
            return None;
        }
        // Bodies without owner ("the government") are for politics to find.
        let human = matches!(role.kind, RoleKind::Office | RoleKind::Person);
        let one = human && !role.plural && !phrase::is_plural(sentence, head);
        let person =
            |mention: &Mention| !mention.plural && matches!(&mention.actors[..], [actor] if is_human(mention, actor));
        let linked = || if one { self.linked(at, head, person) } else { None };
        let known = self.described(at, head, role, words).or_else(linked)?;
        Some(self.stand_at(at, first, words.end, &known, "described before", 0.75))
    }

    fn described(&self, at: usize, head: TokenId, role: Role<'_>, words: &RoleWords) -> Option<Vec<Actor>> {
        let plural = phrase::is_plural(&self.sentences[at], head) || role.plural;
        let lemma = self.sentences[at].tokens[head].lemma.to_lowercase();
        let office = crate::compose::office_text(&self.sentences[at], words);
        let state = role.sectors.is_empty() && !role.same;
        let here = self.named_around(at);
        let fitting = |mention: &&Mention| {
            let Some(actor) = mention.actors.first() else { return false };
            let same_noun =
                mention.lemma == lemma && actor.kind == ActorKind::Role && !self.of_elsewhere(at, mention, &here);
            match role.kind {
                RoleKind::Body if state => !plural && is_state(&lemma) && matches!(actor.kind, ActorKind::Country),
                RoleKind::Office | RoleKind::Person if !plural => {
                    let holds = actor.office.as_deref().is_some_and(|held| {
                        held == office || held.ends_with(&format!(" {office}")) || ends_in(held, &office)
                    });
                    (actor.kind == ActorKind::Person && holds) || (same_noun && actor.code.is_some())
                }
                RoleKind::Body | RoleKind::Group => {
                    (same_noun && actor.code.is_some())
                        || (!plural && actor.kind == ActorKind::Group && is_group(&lemma))
                        || (!plural && actor.kind == ActorKind::Organisation && is_organisation(&lemma))
                        || (!plural
                            && matches!(actor.kind, ActorKind::Body | ActorKind::Organisation)
                            && actor.canonical.as_deref().is_some_and(|name| {
                                ends_in(&name.to_lowercase(), &lemma) || name.to_lowercase().starts_with(&lemma)
                            }))
                }
                _ => same_noun && actor.code.is_some(),
            }
        };
        let mention = self
            .recent(at, DESCRIPTION_REACH)
            .iter()
            .rev()
            .find(|mention| (mention.at, mention.head) < (at, head) && fitting(mention))?;
        Some(mention.actors.clone())
    }
}

fn is_group(lemma: &str) -> bool {
    matches!(
        lemma,
        "group"
            | "organisation"
            | "organization"
            | "movement"
            | "militia"
            | "party"
            | "faction"
            | "outfit"
            | "alliance"
    )
}

fn is_organisation(lemma: &str) -> bool {
    matches!(
        lemma,
        "organisation" | "organization" | "agency" | "body" | "bloc" | "institution" | "watchdog" | "charity"
    )
}

/// Whether the last word of `phrase` is `word`.
fn ends_in(phrase: &str, word: &str) -> bool {
    phrase.rsplit(' ').next() == word.rsplit(' ').next()
}
