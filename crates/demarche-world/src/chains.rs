//! Later mentions: pronouns, definite descriptions, "both nations". The document's chains first, then simple rules, each
//! named in the actor's path.

mod described;
mod linked;
mod pairs;

use demarche_language::{Relation, TokenId, Upos};

use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::entries::{Gender, RoleKind};
use crate::phrase;

/// A noun phrase that stands for someone.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) at: usize,
    pub(crate) head: TokenId,
    pub(crate) actors: Vec<Actor>,
    /// The actors of the phrase and of those coordinated with it, where there are several.
    group: Vec<Actor>,
    relation: Relation,
    /// Said with "in" or "at".
    place: bool,
    plural: bool,
    pub(crate) lemma: String,
    /// What the head's noun of role is, if it is one.
    role: Option<RoleKind>,
    gender: Gender,
}

impl Mention {
    /// Inside another phrase, as its modifier or possessor.
    fn embedded(&self) -> bool {
        matches!(self.relation, Relation::Amod | Relation::Compound | Relation::NmodPoss | Relation::Nmod)
    }

    fn subject(&self) -> bool {
        matches!(self.relation, Relation::Nsubj | Relation::NsubjPass)
    }
}

/// Steps that lead from a later mention to an earlier one.
const LINKS: &[&str] = &["pronoun", "both", "the two", "described before"];

/// How many sentences back an antecedent may stand.
const PRONOUN_REACH: usize = 3;
const DESCRIPTION_REACH: usize = 12;
const PAIR_REACH: usize = 6;

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Gender),
    Thing,
    Several,
}

impl Builder<'_> {
    /// Keeps a mention for what follows.
    pub(crate) fn note(&mut self, at: usize, head: TokenId, actors: Vec<Actor>) {
        let sentence = &self.sentences[at];
        let token = &sentence.tokens[head];
        if matches!(
            token.relation,
            Relation::Flat | Relation::Fixed | Relation::NmodDesc | Relation::Appos | Relation::Goeswith
        ) {
            return;
        }
        // "They" is somebody else than "we".
        if actors.iter().any(|actor| actor.path.contains(&"first person")) {
            return;
        }
        // A word within a name of several ("South" of "South Korea"): the name is noted at its head, as chains do.
        if let Some((first, end)) = actors.first().map(|actor| actor.tokens)
            && (first..end).contains(&head)
            && matches!(token.relation, Relation::Compound | Relation::Amod)
        {
            let top = crate::scan::top_of(sentence, first, end);
            let same = |other: &[Actor]| other.first().map(|actor| actor.tokens) == Some((first, end));
            if top != head && same(&self.resolve(at, top)) {
                return;
            }
        }
        // Another token of a name that was noted already.
        if self.mentions.last().is_some_and(|last| {
            last.at == at && last.actors.first().map(|a| a.tokens) == actors.first().map(|a| a.tokens)
        }) {
            return;
        }
        let mut group = Vec::new();
        let conjuncts = phrase::with_conjuncts(sentence, head);
        if conjuncts.len() > 1 {
            for one in conjuncts {
                for actor in self.resolve(at, one) {
                    if !group.iter().any(|known: &Actor| known.same_as(&actor)) {
                        group.push(actor);
                    }
                }
            }
        } else if actors.len() > 1 {
            group.clone_from(&actors);
        }
        let name = actors.first().and_then(|actor| actor.name.clone()).unwrap_or_default();
        let gender = self.gender_known(at, &actors, &name);
        let relation = token.relation;
        let plural = phrase::is_plural(sentence, head);
        let place = phrase::preposition(sentence, head)
            .is_some_and(|word| matches!(word.as_str(), "in" | "at" | "near" | "from" | "to"));
        let lemma = token.lemma.to_lowercase();
        let role = self.role_words(at, head).map(|words| self.world.role(words.role).kind);
        self.mentions.push(Mention { at, head, actors, group, relation, place, plural, lemma, role, gender });
    }

    fn gender_known(&self, at: usize, actors: &[Actor], name: &str) -> Gender {
        let Some((first, end)) = actors.first().map(|actor| actor.tokens).filter(|_| !name.is_empty()) else {
            return Gender::Unknown;
        };
        let mut atoms = Vec::new();
        crate::atoms::each_atom(name, |atom| atoms.push(atom));
        let own = self.scans[at].atoms_of(first, end);
        let known = self
            .memory
            .get(&atoms)
            .or_else(|| self.memory.get(own.get(own.len().saturating_sub(1)..).unwrap_or_default()));
        known.map_or(Gender::Unknown, |known| known.gender)
    }

    /// Who a pronoun stands for.
    pub(crate) fn pronoun(&mut self, at: usize, head: TokenId) -> Vec<Actor> {
        let sentence = &self.sentences[at];
        let token = &sentence.tokens[head];
        if token.relation == Relation::Expl {
            return Vec::new();
        }
        let wanted = match token.form.to_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => Wanted::Person(Gender::Male),
            "she" | "her" | "hers" | "herself" => Wanted::Person(Gender::Female),
            "it" | "its" | "itself" => Wanted::Thing,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Several,
            "we" | "us" | "our" | "ours" | "ourselves" | "i" | "me" | "my" | "myself" => {
                return self.first_person(at, head).into_iter().collect();
            }
            // "Two were shot": of the people told of before, and not two states.
            "two" if phrase::obliques(sentence, head).any(|(preposition, _)| preposition == "of") => return Vec::new(),
            "two" if !matches!(phrase::determiner(sentence, head).as_deref(), Some("the" | "these" | "those")) => {
                let people = self.people_before(at, head);
                return people
                    .map(|people| self.stand_at(at, head, head + 1, &people, "both", 0.6))
                    .unwrap_or_default();
            }
            "both" | "two" => {
                let pair = self.pair_of_actors(at, head);
                return pair.map(|pair| self.stand_at(at, head, head + 1, &pair, "both", 0.7)).unwrap_or_default();
            }
            _ => return Vec::new(),
        };
        // "it" after a verb or before "is clear that" is rarely anyone.
        if matches!(token.form.to_lowercase().as_str(), "it") && !self.is_referring(at, head) {
            return Vec::new();
        }
        let ruled = self.antecedent(at, head, wanted);
        // Two who met are one group to the rules; a chain only knows those joined by "and".
        let group = wanted == Wanted::Several && ruled.as_ref().is_some_and(|(actors, _)| actors.len() > 1);
        let linked = if group { None } else { self.linked(at, head, |mention| fits(mention, wanted)) };
        if let Some(actors) = linked {
            let weight = if matches!(wanted, Wanted::Person(_)) { 0.8 } else { 0.7 };
            return self.stand_at(at, head, head + 1, &actors, "pronoun", weight);
        }
        let Some((actors, distance)) = ruled else { return Vec::new() };
        let weight = if matches!(wanted, Wanted::Person(_)) { 0.8 } else { 0.7 };
        let weight = if distance == 0 { weight } else { weight * 0.95 };
        self.stand_at(at, head, head + 1, &actors, "pronoun", weight)
    }

    /// The people by role that the sentence or one just before it told of last, a subject before others.
    fn people_before(&self, at: usize, head: TokenId) -> Option<Vec<Actor>> {
        let human = |mention: &&&Mention| matches!(&mention.actors[..], [actor] if actor.kind == ActorKind::Role && is_human(mention, actor));
        (0..=PRONOUN_REACH.min(at)).find_map(|back| {
            let here: Vec<&Mention> =
                self.recent(at - back, 0).iter().filter(|mention| back > 0 || mention.head < head).collect();
            let found = here.iter().filter(human).rfind(|mention| mention.subject());
            found.or_else(|| here.iter().rfind(human)).map(|mention| mention.actors.clone())
        })
    }

    /// "We" of a government's own statement, outside of anyone's quotation, is the government.
    fn first_person(&self, at: usize, head: TokenId) -> Option<Actor> {
        let mark = |word: &str| matches!(word, "\"" | "\u{201c}" | "\u{201d}" | "``" | "''");
        let quoted = self.sentences[at].tokens[..head].iter().filter(|word| mark(&word.form)).count() % 2 == 1;
        let mut actor = self.author.clone().filter(|_| !quoted)?;
        actor.path.push("first person");
        self.frame(&mut actor, at, head, head + 1);
        Some(actor)
    }

    /// Whether an "it" is the subject of a verb without clause of its own.
    fn is_referring(&self, at: usize, head: TokenId) -> bool {
        let sentence = &self.sentences[at];
        let token = &sentence.tokens[head];
        let subject = matches!(token.relation, Relation::Nsubj | Relation::NsubjPass | Relation::OblAgent);
        let Some(verb) = token.head.filter(|_| subject) else { return false };
        let clause = sentence.dependent(verb, &[Relation::Csubj, Relation::CsubjPass]).is_some();
        let copular = sentence.dependent(verb, &[Relation::Cop]).is_some();
        !clause && (!copular || sentence.tokens[verb].upos == Upos::Noun)
    }

    /// Copies of `actors` that stand at other words.
    fn stand_at(
        &self,
        at: usize,

        first: TokenId,
        end: TokenId,
        actors: &[Actor],
        step: &'static str,
        weight: f32,
    ) -> Vec<Actor> {
        let mut out = actors.to_vec();
        for actor in &mut out {
            if actor.canonical.is_none() {
                actor.canonical = Some(actor.range.of(self.text).split_whitespace().collect::<Vec<_>>().join(" "))
                    .filter(|text| !text.is_empty());
            }
            // Only the last link of a chain is told, and a chain is not doubted twice.
            let linked = actor.path.iter().any(|step| LINKS.contains(step));
            actor.path.retain(|step| !LINKS.contains(step));
            actor.path.push(step);
            actor.confidence *= if linked { 0.95 } else { weight };
            actor.antecedent = actor.antecedent.or(Some(actor.range));
            self.frame(actor, at, first, end);
        }
        out
    }

    /// The mentions of a sentence and of up to `reach` sentences before it, in text order.
    pub(crate) fn recent(&self, at: usize, reach: usize) -> &[Mention] {
        // Mentions are noted sentence by sentence.
        let first = self.mentions.partition_point(|mention| mention.at + reach < at);
        let end = self.mentions.partition_point(|mention| mention.at <= at);
        self.mentions.get(first..end).unwrap_or_default()
    }

    fn antecedent(&self, at: usize, head: TokenId, wanted: Wanted) -> Option<(Vec<Actor>, usize)> {
        for back in 0..=PRONOUN_REACH.min(at) {
            let here: Vec<&Mention> = self
                .recent(at - back, 0)
                .iter()
                .rev()
                .filter(|mention| back > 0 || mention.head < head)
                .filter(|mention| back > 0 || !self.holds(at, mention.head, head))
                .filter(|mention| fits(mention, wanted))
                .collect();
            // The subject comes before anything else, then what stands nearest.
            let best = here
                .iter()
                .filter(|mention| !mention.embedded() && mention.subject())
                .max_by_key(|mention| if back == 0 { mention.head as isize } else { -(mention.head as isize) })
                .or_else(|| here.iter().find(|mention| !mention.embedded()))
                .or_else(|| here.first());
            if let Some(mention) = best {
                let several = wanted == Wanted::Several && mention.group.len() > 1;
                return Some((if several { mention.group.clone() } else { mention.actors.clone() }, back));
            }
        }
        None
    }

    /// Whether `pronoun` cannot be `mention`: it stands inside its phrase, or beside it under one verb.
    fn holds(&self, at: usize, mention: TokenId, pronoun: TokenId) -> bool {
        let tokens = &self.sentences[at].tokens;
        let beside = tokens[pronoun].head == tokens[mention].head
            && tokens[pronoun].head.is_some()
            && !matches!(tokens[pronoun].relation, Relation::NmodPoss);
        let mut up = tokens[pronoun].head;
        for _ in 0..tokens.len() {
            match up {
                Some(token) if token == mention => return true,
                Some(token) => up = tokens[token].head,
                None => break,
            }
        }
        beside
    }
}

/// A person by name or by office.
fn is_human(mention: &Mention, actor: &Actor) -> bool {
    actor.kind == ActorKind::Person
        || actor.kind == ActorKind::Role && matches!(mention.role, Some(RoleKind::Office | RoleKind::Person))
}

fn fits(mention: &Mention, wanted: Wanted) -> bool {
    let Some(actor) = mention.actors.first() else { return false };
    let singular = mention.actors.len() == 1 && !mention.plural;
    let body = matches!(
        actor.kind,
        ActorKind::Country | ActorKind::Seat | ActorKind::Body | ActorKind::Organisation | ActorKind::Group
    );
    let human = actor.kind == ActorKind::Role && is_human(mention, actor);
    match wanted {
        Wanted::Person(gender) => {
            let may_be = mention.gender == Gender::Unknown || mention.gender == gender;
            singular && may_be && (actor.kind == ActorKind::Person || human)
        }
        Wanted::Thing => {
            singular
                && actor.can_act
                && (body || actor.kind == ActorKind::Role && !human)
                && !(mention.embedded()
                    && actor.kind == ActorKind::Country
                    && actor.path.contains(&"country adjective"))
                && !(mention.place && matches!(actor.kind, ActorKind::Seat | ActorKind::Country))
        }
        Wanted::Several => {
            mention.group.len() > 1
                || (mention.plural && matches!(actor.kind, ActorKind::Role | ActorKind::People) && !mention.embedded())
                || (actor.kind == ActorKind::Role && mention.lemma == "police")
                || (matches!(actor.kind, ActorKind::Group) && !mention.embedded())
        }
    }
}

fn is_state(lemma: &str) -> bool {
    matches!(
        lemma,
        "country"
            | "nation"
            | "state"
            | "kingdom"
            | "republic"
            | "neighbour"
            | "neighbor"
            | "power"
            | "ally"
            | "partner"
            | "emirate"
            | "superpower"
            | "territory"
    )
}
