//! Those who take part, as the words of one sentence name them.

use demarche_language::{Relation, TokenId, Upos};
use demarche_record::{Entity, Sector, Span, TextRange};
use demarche_world::{Actor, ActorKind};

use crate::Coding;
use crate::grammar::Grammar;
use crate::initiatives::Side;
use crate::records::Seat;

/// Steps of resolution by which a phrase stands for others without naming them.
const BY_REFERENCE: &[&str] = &["pronoun", "both", "the two"];

/// Someone who takes part.
#[derive(Clone, Debug)]
pub(super) struct Figure<'a> {
    pub entity: Entity,
    pub span: Span,
    pub actor: Option<&'a Actor>,
    /// Whether the words are a pronoun or "both sides".
    pub refers: bool,
    /// Whether they say little of who it is: a common noun without a country.
    pub vague: bool,
}

/// Whether someone is a state or one of its powers, and not an opponent within it or a private person.
fn of_state(figure: &Figure<'_>) -> bool {
    let bare =
        || figure.actor.is_none_or(|a| matches!(a.kind, ActorKind::Country | ActorKind::Seat | ActorKind::Place));
    let sectors = &figure.entity.sector;
    (!sectors.is_empty() || bare())
        && sectors.iter().all(|sector| matches!(sector, Sector::Gov | Sector::Mil | Sector::Leg))
}

fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

impl Figure<'_> {
    /// Whether two phrases name one side.
    pub(super) fn same(&self, other: &Self) -> bool {
        let (a, b) = (&self.entity, &other.entity);
        if let (Some(x), Some(y)) = (self.actor, other.actor)
            && x.same_as(y)
        {
            return true;
        }
        let name = |e: &Entity| e.identifier_text.clone().map(|name| words(&name));
        let (x, y) = (words(&a.entity_text), words(&b.entity_text));
        if x == y || name(a).is_some_and(|n| n == y) || name(b).is_some_and(|n| n == x) {
            return a.code.is_none() || b.code.is_none() || a.code == b.code;
        }
        let within = |long: &str, short: &str| long.len() > short.len() && long.ends_with(&format!(" {short}"));
        if (within(&x, &y) || within(&y, &x)) && (a.code == b.code || a.code.is_none() || b.code.is_none()) {
            return true;
        }
        if a.code.is_none() || a.code != b.code {
            return false;
        }
        if a.code.is_some_and(demarche_record::Code::is_international) {
            return name(a).is_some() && name(a) == name(b);
        }
        of_state(self) && of_state(other)
    }

    /// Whether these words say more of who it is.
    pub(super) fn better_than(&self, other: &Self) -> bool {
        let rank = |f: &Self| (f.entity.code.is_some(), !f.refers, !f.vague);
        rank(self) > rank(other)
    }
}

/// Finds those who take part in one sentence.
pub(super) struct Figures<'a> {
    coding: &'a Coding,
    seat: Seat<'a>,
    grammar: Grammar<'a>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(coding: &'a Coding, seat: Seat<'a>) -> Self {
        Self { coding, seat, grammar: Grammar::new(seat.sentence()) }
    }

    /// Whom a phrase and those coordinated with it name. `named`: where the phrase stands it must be someone, known or not.
    pub(super) fn at(&self, token: TokenId, named: bool) -> Vec<Figure<'a>> {
        let mut out: Vec<Figure<'a>> = Vec::new();
        for token in self.grammar.coordinated(token) {
            for figure in self.one(self.grammar.measured(token), named, 0) {
                if !out.iter().any(|known| known.same(&figure)) {
                    out.push(figure);
                }
            }
        }
        out
    }

    fn one(&self, token: TokenId, named: bool, depth: usize) -> Vec<Figure<'a>> {
        let words = &self.coding.initiatives;
        let s = self.seat.sentence();
        // "The envoys of A and B" are A and B; "mediators from A" likewise.
        if depth < 2 && (words.says(s, token, &words.envoys) || words.figure(s, token).is_some()) {
            let mut from: Vec<TokenId> = Vec::new();
            for preposition in ["from", "of", "for"] {
                from.extend(self.grammar.oblique(token, preposition).iter().map(|a| a.token));
            }
            let inner: Vec<Figure<'a>> = from
                .into_iter()
                .flat_map(|t| self.grammar.coordinated(t))
                .flat_map(|t| self.one(t, named, depth + 1))
                .filter(|figure| !figure.vague)
                .collect();
            if !inner.is_empty() {
                return inner;
            }
        }
        let actors = self.seat.part.cast.actors(self.seat.index, token);
        let out: Vec<Figure<'a>> =
            actors.iter().filter(|actor| takes_part(actor)).map(|a| self.known(a, token)).collect();
        if out.is_empty() && actors.is_empty() && named && self.could_be_someone(token) {
            return vec![self.unknown(token)];
        }
        out
    }

    fn known(&self, actor: &'a Actor, token: TokenId) -> Figure<'a> {
        let seat = self.seat;
        let entity = Entity {
            code: actor.code,
            sector: actor.sectors.clone(),
            entity_text: seat.written(actor.range),
            identifier_id: actor.id.clone(),
            identifier_text: actor.canonical.clone(),
            name: actor.name.clone(),
            office: actor.office.clone(),
            religion: actor.religion.clone(),
            ethnicity: actor.ethnicity.clone(),
            span: None,
        };
        let refers = actor.path.iter().any(|step| BY_REFERENCE.contains(step))
            || seat.sentence().tokens[token].upos == Upos::Pron;
        let named = actor.canonical.is_some() || actor.name.is_some();
        let vague = actor.code.is_none() && !named && !self.has_name(token) || actor.by_context() && !named;
        Figure { entity, span: seat.span(actor.range), actor: Some(actor), refers, vague }
    }

    /// A name that no table holds, as the phrase writes it.
    fn unknown(&self, token: TokenId) -> Figure<'a> {
        let range = self.phrase(token);
        let entity = Entity {
            code: None,
            sector: Vec::new(),
            entity_text: self.seat.written(range),
            identifier_id: None,
            identifier_text: None,
            name: None,
            office: None,
            religion: None,
            ethnicity: None,
            span: None,
        };
        Figure { entity, span: self.seat.span(range), actor: None, refers: false, vague: !self.has_name(token) }
    }

    /// The phrase without article, clauses and coordinated phrases.
    fn phrase(&self, token: TokenId) -> TextRange {
        let s = self.seat.sentence();
        let mut tokens = vec![token];
        let mut next = 0;
        while let Some(&at) = tokens.get(next) {
            next += 1;
            for &d in s.dependents(at) {
                let left_out = matches!(
                    s.tokens[d].relation,
                    Relation::AclRelcl | Relation::Acl | Relation::Appos | Relation::Punct | Relation::Parataxis
                ) || (at == token
                    && matches!(
                        s.tokens[d].relation,
                        Relation::Case
                            | Relation::Conj
                            | Relation::Cc
                            | Relation::Det
                            | Relation::Cop
                            | Relation::Advmod
                            | Relation::Nsubj
                    ));
                if !left_out {
                    tokens.push(d);
                }
            }
        }
        s.range_of(&tokens)
    }

    fn has_name(&self, token: TokenId) -> bool {
        let s = self.seat.sentence();
        let name = |t: TokenId| s.tokens[t].upos == Upos::Propn;
        name(token)
            || s.dependents(token).iter().any(|&d| {
                name(d) && matches!(s.tokens[d].relation, Relation::Compound | Relation::Flat | Relation::NmodPoss)
            })
    }

    fn could_be_someone(&self, token: TokenId) -> bool {
        self.has_name(token) && self.seat.part.cast.place(self.seat.index, token).is_none()
    }

    /// Those whom a noun gives a part: "Kuwaiti mediator Fahd", "mediators from Italy", "with Kuwait as mediator".
    pub(super) fn by_noun(&self) -> Vec<(Side, Figure<'a>)> {
        let s = self.seat.sentence();
        let mut out: Vec<(Side, Figure<'a>)> = Vec::new();
        for token in 0..s.tokens.len() {
            let noun = matches!(s.tokens[token].upos, Upos::Noun | Upos::Propn);
            let Some(side) = self.coding.initiatives.figure(s, token).filter(|_| noun) else { continue };
            if crate::status::negated(s, token) {
                continue;
            }
            let mut found = self.named_by(token);
            found.retain(|figure| !figure.vague || figure.entity.code.is_some());
            out.extend(found.into_iter().map(|figure| (side, figure)));
        }
        out
    }

    fn named_by(&self, token: TokenId) -> Vec<Figure<'a>> {
        let s = self.seat.sentence();
        let head = s.tokens[token].head;
        let relation = s.tokens[token].relation;
        // "Rwandan mediator Diane Uwase": the name is the head.
        if let Some(head) = head
            && matches!(relation, Relation::NmodDesc | Relation::Compound | Relation::Flat)
        {
            return self.one(head, true, 2);
        }
        // "with Kuwait as mediator", read as a clause
        if let Some(subject) =
            s.dependent(token, &[Relation::Nsubj]).filter(|_| self.grammar.preposition(token) == "as")
        {
            return self.at(subject, true);
        }
        // "with Kuwait as mediator", "Norway acted as mediator"
        if self.grammar.preposition(token) == "as"
            && let Some(head) = head
        {
            let found = if s.tokens[head].upos == Upos::Verb {
                let subject = self.grammar.logical_subject(head);
                let object = self.grammar.logical_object(head);
                let who = if object.is_empty() { subject } else { object };
                who.iter().flat_map(|a| self.at(a.token, true)).collect()
            } else {
                self.at(head, true)
            };
            return found;
        }
        // "the mediator was a Finn", "Sweden is the mediator"
        if s.dependent(token, &[Relation::Cop]).is_some() {
            return self.grammar.surface_subject_of(token).iter().flat_map(|a| self.at(a.token, true)).collect();
        }
        if relation == Relation::Nsubj
            && let Some(head) = head
            && s.dependent(head, &[Relation::Cop]).is_some()
        {
            return self.one(head, true, 2);
        }
        let found = self.one(token, false, 0);
        if !found.is_empty() && found.iter().any(|figure| figure.entity.code.is_some()) {
            return found;
        }
        // "German go-betweens"
        self.grammar
            .modifiers(token)
            .iter()
            .chain(&self.grammar.possessors(token))
            .flat_map(|a| self.one(a.token, false, 2))
            .collect()
    }
}

/// Whether someone of this sort can be a side, a mediator or a host.
fn takes_part(actor: &Actor) -> bool {
    let outlet = !actor.sectors.is_empty() && actor.sectors.iter().all(|sector| *sector == Sector::Jrn);
    actor.kind != ActorKind::Place && !outlet
}
