//! Whom an act concerns where no slot of its frame names anyone: those whom the words that it speaks of lead to ("agreed to
//! provide Fiji with boats", "rejected an appeal filed by Norway", "lifted its travel ban to Chad").

use demarche_language::{Relation, TokenId, Upos};
use demarche_record::{EventType, Sector};
use demarche_world::ActorKind;

use super::Participant;
use super::compose::same;
use super::first_person::is_first_person;
use super::reader::Reader;
use crate::frames::{PatternKind, Trigger};
use crate::grammar::Argument;

/// How many phrases may stand one inside the other between the trigger and whom it concerns.
const DEPTH: usize = 4;
/// What the path of such a participant ends in.
pub(super) const CONCERNED: &str = "whom it concerns";
/// Prepositions that lead to one who is concerned, best first.
const TOWARD: &[&str] = &["to", "against", "with", "for", "on", "upon", "toward", "towards", "from", "over", "of"];
/// Those that lead to whose proposal, demand or claim it is.
const AUTHOR: &[&str] = &["by", "from", "of"];

/// Which of those inside a phrase are concerned by what is done to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seeking {
    /// Whoever made or owns it: who rejects a proposal rejects those who made it.
    Author,
    /// Whoever it is done to.
    Target,
}

impl<'a> Reader<'a> {
    /// Those concerned by an act whose frame found no recipient; empty where the act's type tells nothing of them.
    pub(super) fn concerned(
        &self,
        trigger: &Trigger,
        event: EventType,
        topics: &[TokenId],
        actors: &[Participant<'a>],
    ) -> Vec<Participant<'a>> {
        if !tells_whom(event) || several(actors) {
            return Vec::new();
        }
        let head = trigger.head;
        // Of a thing that is rejected its author is concerned; of a deed that is refused whoever it would be done to.
        let things: Vec<TokenId> = match trigger.kind {
            PatternKind::Verb if event == EventType::REJECT => self.rejected_things(trigger),
            _ => Vec::new(),
        };
        let (seeking, roots) =
            if things.is_empty() { (Seeking::Target, self.roots(trigger, topics)) } else { (Seeking::Author, things) };
        let mut seen = vec![head];
        roots
            .into_iter()
            .map(|root| self.led_to(root, seeking, actors, &mut seen, 0))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// Objects of a trigger that are things, not deeds.
    fn rejected_things(&self, trigger: &Trigger) -> Vec<TokenId> {
        let mut objects = self.grammar.logical_object(trigger.head);
        objects.retain(|object| self.sentence.tokens[object.token].upos != Upos::Verb);
        objects.into_iter().map(|object| object.token).collect()
    }

    /// Words around a trigger that lead to whom it concerns, best first.
    fn roots(&self, trigger: &Trigger, topics: &[TokenId]) -> Vec<TokenId> {
        let head = trigger.head;
        let mut roots: Vec<Argument> = Vec::new();
        if trigger.kind == PatternKind::Verb && !self.is_of_means(head) {
            roots.extend(self.grammar.logical_object(head));
        }
        roots.extend(self.grammar.clauses(head));
        let mut around = trigger.words.clone();
        around.extend(self.support_verb(head).map(|(verb, _)| verb));
        // "of" the trigger itself is its object, "by" its doer.
        for preposition in TOWARD.iter().filter(|&&preposition| preposition != "of") {
            roots.extend(around.iter().flat_map(|&word| self.grammar.oblique(word, preposition)));
        }
        roots.into_iter().map(|root| root.token).chain(topics.iter().copied()).collect()
    }

    /// Whoever a word stands for, else whoever the words below it lead to.
    fn led_to(
        &self,
        token: TokenId,
        seeking: Seeking,
        actors: &[Participant<'a>],
        seen: &mut Vec<TokenId>,
        depth: usize,
    ) -> Vec<Participant<'a>> {
        if depth > DEPTH || seen.contains(&token) {
            return Vec::new();
        }
        seen.push(token);
        let s = self.sentence;
        let verbal = s.tokens[token].upos == Upos::Verb;
        if !verbal && (depth > 0 || seeking == Seeking::Target) {
            let found = self.other_than(actors, token);
            if !found.is_empty() {
                return found;
            }
        }
        let mut next: Vec<TokenId> = Vec::new();
        let mut push = |found: Vec<Argument>| next.extend(found.into_iter().map(|argument| argument.token));
        if verbal {
            push(self.grammar.indirect_object(token));
            if !self.is_of_means(token) {
                push(self.grammar.logical_object(token));
            }
        } else {
            push(self.made_by(token));
            if seeking == Seeking::Author || !self.names_act_against(token) {
                push(self.grammar.possessors(token));
                push(self.grammar.modifiers(token));
            }
        }
        let prepositions = if seeking == Seeking::Author && !verbal { AUTHOR } else { TOWARD };
        for preposition in prepositions {
            push(self.grammar.oblique(token, preposition));
        }
        if seeking == Seeking::Target {
            push(self.grammar.clauses(token));
        }
        next.into_iter()
            .map(|token| self.led_to(token, seeking, actors, seen, depth + 1))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// Whether a noun names something done to others, whose possessor is its doer ("its attack on").
    fn names_act_against(&self, noun: TokenId) -> bool {
        self.triggers_at(noun).iter().any(|trigger| trigger.kind == PatternKind::Noun)
    }

    /// By whom a thing was made or brought forward ("an appeal filed by").
    fn made_by(&self, noun: TokenId) -> Vec<Argument> {
        let s = self.sentence;
        s.dependents_by(noun, Relation::Acl)
            .filter(|&participle| self.grammar.passive(participle))
            .flat_map(|participle| self.grammar.logical_subject(participle))
            .collect()
    }

    /// Everyone that a word and those coordinated with it stand for, who is not among the actors and can be dealt with.
    fn other_than(&self, actors: &[Participant<'a>], token: TokenId) -> Vec<Participant<'a>> {
        let place = matches!(self.grammar.preposition(token).as_str(), "in" | "at" | "near" | "outside" | "around");
        let mut found = self.participants(&[Argument { token, path: CONCERNED.to_owned() }], false);
        found.retain(|p| {
            let known = actors.iter().any(|actor| same(actor, p) || actor.token == p.token || overlaps(actor, p));
            let where_ = place && matches!(p.actor.kind, ActorKind::Seat | ActorKind::Place | ActorKind::Country);
            !(known || where_ || is_first_person(self.sentence, p.token) || self.is_owned(p))
        });
        for p in &mut found {
            p.loose = true;
        }
        found
    }
}

impl Reader<'_> {
    /// Whether the object of a verb is a means and no party: what is set up, or sent somewhere.
    fn is_of_means(&self, verb: TokenId) -> bool {
        let support = &self.coding.support;
        let bases = self.coding.lexicon.bases(&self.sentence.tokens[verb]);
        bases.iter().any(|base| support.creating.contains(base) || support.moving.contains(base))
    }

    /// Whether a phrase is someone's own by its pronoun ("its troops"): a means of the actor.
    fn is_owned(&self, p: &Participant<'_>) -> bool {
        p.actor.sectors.contains(&Sector::Mil)
            && self.sentence.tokens.get(p.token).is_some()
            && self
                .sentence
                .dependents_by(p.token, Relation::NmodPoss)
                .any(|owner| self.sentence.tokens[owner].upos == Upos::Pron)
    }
}

/// One phrase inside the other: "the government" of "officials of the government" is no other party.
fn overlaps(a: &Participant<'_>, b: &Participant<'_>) -> bool {
    a.actor.range.start < b.actor.range.end && b.actor.range.start < a.actor.range.end
}

/// Whether two parties did it with each other: then nobody else is concerned.
fn several(actors: &[Participant<'_>]) -> bool {
    actors.iter().any(|a| actors.iter().any(|b| a.actor.code != b.actor.code))
}

/// Whether the words around an act of this type tell whom it concerns. Whoever suffers what is condemned, praised or asked
/// for is not the one who is.
fn tells_whom(event: EventType) -> bool {
    matches!(
        event,
        EventType::REJECT
            | EventType::AGREE
            | EventType::AID
            | EventType::CONCEDE
            | EventType::RETREAT
            | EventType::SANCTION
            | EventType::THREATEN
    )
}
