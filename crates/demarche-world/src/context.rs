//! What the document as a whole says about phrases that name no owner: "police", "the ministry", "residents".
//!
//! A country is taken from the document only where nothing nearer says whose the phrase is and one country stands out:
//! among those the title, the dateline and the text name, or as the only one in the sentence, where the deed took place.
//! The step is told in the path, and the confidence is lower.

use std::collections::HashMap;

use demarche_index::{Problem, Table};
use demarche_language::{EntityKind, Relation, TokenId, Upos};
use demarche_record::{Code, Sector};
use jiff::civil::Date;

use crate::actor::{Actor, ActorKind};
use crate::atoms::{Atom, each_atom, hash_of};
use crate::background::Background;
use crate::builder::Builder;
use crate::chains::Mention;
use crate::entries::{CountryId, NamedKind, Referent, Role, RoleKind};
use crate::error::WorldError;
use crate::owners::is_envoy;
use crate::phrase::{self, RoleWords};
use crate::place::{Home, Located};
use crate::world::World;

/// Who publishes a document and which countries stand around its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// The document's day.
    pub(crate) on: Option<Date>,
    /// Where it comes from.
    pub(crate) home: Home,
    author: Option<Actor>,
    /// How strongly headline and dateline speak of a country.
    countries: Vec<(CountryId, u32)>,
}

/// How much a country named in a headline counts beside one named in the text.
const TITLE: u32 = 2;
/// How much the country of a dateline counts; one named in the text counts two.
const DATELINE: u32 = 4;
/// A country stands out with this weight at least, this many times that of the next, and this share of all.
const LEAST: u32 = 4;
const LEAD: u32 = 2;
const SHARE: f32 = 0.55;

impl Surroundings {
    /// Only governments and bodies between states speak for themselves; of a newspaper nothing follows.
    pub(crate) fn of(world: &World, background: &Background<'_>, dateline: Option<&Located>) -> Self {
        let author = background.publisher.and_then(|name| world.official(name));
        let country = dateline.and_then(|place| place.country_code).and_then(|code| world.country_id(code));
        let mut out = Self {
            on: background.on,
            home: world.home(background, dateline),
            author,
            countries: country.map(|country| (country, DATELINE)).into_iter().collect(),
        };
        if let Some(title) = background.title {
            out.read_title(world, title);
        }
        out
    }

    /// The countries a headline names, told from its words alone, so that it need not be read first.
    fn read_title(&mut self, world: &World, title: &str) {
        let mut atoms: Vec<Atom> = Vec::new();
        each_atom(title, |atom| atoms.push(atom));
        let mut at = 0;
        while let Some(rest) = atoms.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(hit) = world.country_names().longest(rest, false) else {
                at += 1;
                continue;
            };
            let end = at + hit.len;
            let named = world.country_names().values(hit, &atoms[at..end], false).next();
            if let Some(Referent::Country(country, form)) = named
                && world.ambiguity().allows(&atoms, at, end)
            {
                self.countries.push((country, TITLE * if form.is_name() { 2 } else { 1 }));
            }
            at = end;
        }
    }

    pub(crate) fn author(&self) -> Option<&Actor> {
        self.author.as_ref()
    }
}

/// What a word of `actors/context.tsv` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Foreign,
    Generic,
    Nobody,
    Stance,
}

const CONTEXT: &str = include_str!("../../../data/actors/context.tsv");

/// The words of `actors/context.tsv`.
#[derive(Debug, Default)]
pub(crate) struct ContextWords(HashMap<&'static str, Vec<Use>>, HashMap<u64, Vec<Use>>);

impl ContextWords {
    pub(crate) fn load() -> Result<Self, WorldError> {
        let mut out = Self::default();
        Table { file: "actors/context.tsv", text: CONTEXT }.each(["word", "use"], |row| {
            let word = row.needed(0)?;
            let meaning = match row.needed(1)? {
                "foreign" => Use::Foreign,
                "generic" => Use::Generic,
                "nobody" => Use::Nobody,
                "stance" => Use::Stance,
                other => {
                    let expected = "foreign, generic, nobody, stance";
                    return Err(row.fault(1, Problem::Word { written: other.to_owned(), expected }));
                }
            };
            out.0.entry(word).or_default().push(meaning);
            let mut atoms = Vec::new();
            each_atom(word, |atom| atoms.push(atom.hash));
            if let [atom] = atoms[..] {
                out.1.entry(atom).or_default().push(meaning);
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// Of the table's text, for the version of the data.
    pub(crate) fn digest() -> u64 {
        hash_of(CONTEXT)
    }

    pub(crate) fn says(&self, lemma: &str, meaning: Use) -> bool {
        self.0.get(lemma).is_some_and(|uses| uses.contains(&meaning))
    }

    pub(crate) fn atom_says(&self, atom: &Atom, meaning: Use) -> bool {
        self.1.get(&atom.hash).is_some_and(|uses| uses.contains(&meaning))
    }
}

impl World {
    /// The government or body between states that a publisher's name names.
    fn official(&self, publisher: &str) -> Option<Actor> {
        let mut atoms: Vec<Atom> = Vec::new();
        each_atom(publisher, |atom| atoms.push(atom));
        let serves = |role: Role<'_>| role.sectors.first() == Some(&Sector::Gov) || role.same;
        let speaks = (0..atoms.len()).any(|at| {
            self.role_names()
                .longest(&atoms[at..], true)
                .is_some_and(|hit| self.role_names().any_case(hit).any(|role| serves(self.role(role))))
        });
        let named = (0..atoms.len()).find_map(|at| {
            let hit = self.names().longest(&atoms[at..], false)?;
            self.names().values(hit, &atoms[at..at + hit.len], false).find_map(|reading| match reading {
                Referent::Country(country, _) if speaks => Some((Some(self.country_at(country).acts_as), true, None)),
                Referent::Named(id) => {
                    let named = self.named(id);
                    let state = named.kind == NamedKind::Body && named.sectors.first() == Some(&Sector::Gov);
                    let between = named.kind == NamedKind::Organisation
                        && named.code.is_some_and(Code::is_international)
                        && named.sectors.is_empty();
                    (state || between).then_some((named.code, state, Some(named.name)))
                }
                _ => None,
            })
        });
        let (code, state, name) = named?;
        let mut actor = Actor::new(ActorKind::Role, "publisher", 0.75);
        actor.code = code;
        actor.sectors = if state { vec![Sector::Gov] } else { Vec::new() };
        actor.canonical = Some(name.unwrap_or(publisher).to_owned());
        Some(actor)
    }
}

/// The country that stands out in a document, if one does.
pub(crate) fn main_country(
    counts: &HashMap<CountryId, u32>,
    surroundings: &Surroundings,
    author: Option<CountryId>,
) -> Option<CountryId> {
    let mut weights = counts.clone();
    for &(country, weight) in &surroundings.countries {
        *weights.entry(country).or_insert(0) += weight;
    }
    // A government's statement names its own country as the speaker.
    if let Some(author) = author {
        weights.remove(&author);
    }
    let total: u32 = weights.values().sum();
    let &top = weights.values().max()?;
    let (leaders, others): (Vec<(CountryId, u32)>, Vec<_>) =
        weights.into_iter().partition(|&(_, weight)| weight == top);
    let next = others.iter().map(|&(_, weight)| weight).max().unwrap_or(0);
    match leaders[..] {
        [(country, _)] if top >= LEAST && top >= LEAD * next && top as f32 >= SHARE * total as f32 => Some(country),
        _ => None,
    }
}

/// The only country that a document names at all, if it does so by its name or twice.
pub(crate) fn single_country(counts: &HashMap<CountryId, u32>, surroundings: &Surroundings) -> Option<CountryId> {
    let mut counts = counts.iter().map(|(&country, &count)| (country, count));
    let (country, count) = counts.next().filter(|_| counts.next().is_none())?;
    let alone = surroundings.countries.iter().all(|&(other, _)| other == country) && surroundings.author.is_none();
    (alone && count >= 2).then_some(country)
}

/// Sectors whose people and bodies are mostly of the country a report is about.
fn is_domestic(sector: Sector) -> bool {
    !matches!(sector, Sector::Unk | Sector::Uaf | Sector::Bus | Sector::Jrn | Sector::Ref | Sector::Soc | Sector::Eli)
}

/// Sectors that a report on one country alone, however short, speaks of as that country's.
pub(crate) fn is_local(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Cop | Sector::Cvl | Sector::Leg | Sector::Jud | Sector::Med)
}

impl Builder<'_> {
    /// The country that a phrase without owner most likely belongs to, as an owner.
    pub(crate) fn owner_by_context(&self, at: usize, head: TokenId, words: &RoleWords) -> Option<Actor> {
        let role = self.world.role(words.role);
        if let Some(code) = self.author_of_office(at, head, words, role) {
            return Some(self.inferred(code, "publisher", 0.6));
        }
        if !self.may_take_context(at, head, words, role) {
            return None;
        }
        let (code, step, confidence) = self
            .scene(at, head)
            .map(|code| (code, "country of the scene", 0.65))
            .or_else(|| self.same_role_before(at, head, role).map(|code| (code, "same role before", 0.7)))
            .or_else(|| self.standing_out(at, role).map(|code| (code, "country of the document", 0.6)))
            .or_else(|| self.of_the_speaker(at, head, role).map(|code| (code, "country of the speaker", 0.6)))
            .or_else(|| self.nearest(at, role).map(|code| (code, "country named nearest", 0.55)))?;
        Some(self.inferred(code, step, confidence))
    }

    fn inferred(&self, code: Code, step: &'static str, confidence: f32) -> Actor {
        let mut owner = self.country_actor(code, step, confidence);
        owner.path = vec![step];
        owner
    }

    fn may_take_context(&self, at: usize, head: TokenId, words: &RoleWords, role: Role<'_>) -> bool {
        let sentence = &self.sentences[at];
        let listed = self.world.context_words();
        let first = phrase::left_edge(sentence, head).min(words.first);
        let domestic = role.sectors.first().is_some_and(|&sector| is_domestic(sector));
        let lemma = sentence.tokens[head].lemma.to_lowercase();
        let foreign = listed.says(role.lemma, Use::Foreign)
            || listed.says(&lemma, Use::Foreign)
            || self.scans[at].atoms_of(first, words.end).iter().any(|atom| listed.atom_says(atom, Use::Foreign));
        // A name of its own among the modifiers says whose it is, though the tables do not know it.
        let own_name = (first..words.first).any(|token| sentence.tokens[token].upos == Upos::Propn);
        let told = sentence.dependents_by(head, Relation::NmodPoss).next().is_some()
            || phrase::obliques(sentence, head).any(|(preposition, whose)| {
                matches!(preposition.as_str(), "of" | "for" | "from" | "with" | "at" | "in")
                    && sentence.tokens[whose].upos == Upos::Propn
            });
        let determined = sentence.tokens[head].upos == Upos::Propn
            || sentence.dependent(head, &[Relation::Det, Relation::Nummod]).is_some();
        let generic = listed.says(&lemma, Use::Generic) || listed.says(role.lemma, Use::Generic);
        let indefinite =
            matches!(phrase::determiner(sentence, head).as_deref(), Some("a" | "an" | "any" | "every" | "each" | "no"));
        let plain = determined && !(indefinite && generic);
        let modifier = matches!(sentence.tokens[head].relation, Relation::Compound | Relation::Amod);
        // A common noun within a name: "Center for Population Health".
        let part_of_name = sentence.entity_at(head).is_some_and(|entity| {
            entity.kind == EntityKind::Organisation && crate::scan::top_of(sentence, entity.first, entity.end) != head
        });
        domestic
            && role.kind != RoleKind::Instrument
            && !role.common
            && !is_envoy(role)
            && !foreign
            && !own_name
            && !told
            && !modifier
            && !part_of_name
            && (plain || !generic)
    }

    /// The code of earlier phrases with the same noun, if they agree.
    fn same_role_before(&self, at: usize, head: TokenId, role: Role<'_>) -> Option<Code> {
        const REACH: usize = 12;
        let lemma = self.sentences[at].tokens[head].lemma.to_lowercase();
        let here = self.named_around(at);
        let mut codes = self
            .recent(at, REACH)
            .iter()
            .rev()
            .filter(|mention| (mention.at, mention.head) < (at, head))
            .filter(|mention| mention.lemma == lemma)
            .flat_map(|mention| mention.actors.iter().map(move |actor| (mention, actor)))
            .filter(|(_, actor)| actor.kind == ActorKind::Role && actor.sectors[..] == role.sectors[..])
            .filter_map(|(mention, actor)| Some((mention, actor.code?)));
        let (mention, code) = codes.next()?;
        (!self.of_elsewhere(at, mention, &here) && codes.all(|(_, other)| other == code)).then_some(code)
    }

    /// The countries that a sentence and the one before it name.
    pub(crate) fn named_around(&self, at: usize) -> Vec<CountryId> {
        let mut out = self.countries_of(at);
        if let Some(before) = at.checked_sub(1) {
            out.extend(self.countries_of(before));
        }
        out
    }

    /// Whether an earlier mention is of a country that the text has left for others: "the government" of a sentence on Somalia is
    /// not that of South Africa, of which it told some sentences ago.
    pub(crate) fn of_elsewhere(&self, at: usize, mention: &Mention, here: &[CountryId]) -> bool {
        const NEAR: usize = 2;
        let code = mention.actors.first().and_then(|actor| actor.code);
        let Some(country) = code.and_then(|code| self.world.country_id(code)) else { return false };
        let main = self.main_country == Some(country);
        mention.at + NEAR < at && !main && !here.is_empty() && !here.contains(&country)
    }

    /// A government that writes "the Foreign Secretary" speaks of its own.
    fn author_of_office(&self, at: usize, head: TokenId, words: &RoleWords, role: Role<'_>) -> Option<Code> {
        let author = self.author.as_ref().filter(|author| author.sectors.first() == Some(&Sector::Gov))?;
        let sentence = &self.sentences[at];
        let office = role.kind == RoleKind::Office
            && role.sectors.first() == Some(&Sector::Gov)
            && sentence.tokens[head].upos == Upos::Propn
            && !phrase::obliques(sentence, head)
                .any(|(preposition, _)| matches!(preposition.as_str(), "of" | "to" | "from"));
        // "The Department", in a statement of the State Department.
        let lemma = sentence.tokens[head].lemma.to_lowercase();
        let itself = role.kind == RoleKind::Body
            && sentence.tokens[head].upos == Upos::Propn
            && words.first == head
            && phrase::left_edge(sentence, head) == head
            && phrase::obliques(sentence, head).next().is_none()
            && author.canonical.as_deref().is_some_and(|name| name.to_lowercase().ends_with(&lemma));
        author.code.filter(|_| office || itself)
    }
}
