//! The state while a document's actors are worked out, token by token in text order.

use std::collections::{HashMap, HashSet};

use demarche_language::{Chains, Sentence, TokenId, Upos};
use demarche_record::Code;
use jiff::civil::Date;

use crate::actor::{Actor, ActorKind};
use crate::chains::Mention;
use crate::context::{Surroundings, main_country, single_country};
use crate::entries::{CountryId, NamedKind, Referent};
use crate::memory::Memory;
use crate::phrase;
use crate::place::{Context, Located, Text, Toponyms};
use crate::scan::Scan;
use crate::world::World;

/// Deepest nesting of phrases that is followed; deeper ones are no language.
const DEEPEST: u32 = 12;

/// What is known of a token so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Open,
    Busy,
    Done(u32, u32),
}

pub(crate) struct Builder<'a> {
    pub(crate) world: &'a World,
    pub(crate) text: &'a str,
    pub(crate) sentences: &'a [Sentence],
    /// Mentions of one thing, as far as language alone tells.
    pub(crate) chains: Option<&'a Chains>,
    pub(crate) on: Option<Date>,
    pub(crate) scans: Vec<Scan>,
    pub(crate) toponyms: Toponyms,
    pub(crate) memory: Memory,
    pub(crate) mentions: Vec<Mention>,
    /// How often each country is named, by position in the world.
    pub(crate) counts: HashMap<CountryId, u32>,
    /// Who wrote the document, where a government or a body between states did.
    pub(crate) author: Option<Actor>,
    /// The country that stands out in the document.
    pub(crate) main_country: Option<CountryId>,
    /// The only country that the document names.
    pub(crate) single_country: Option<CountryId>,
    /// Groups of whose fighters the document speaks.
    pub(crate) fighting: HashSet<&'a str>,
    slots: Vec<Vec<Slot>>,
    actors: Vec<Actor>,
    depth: u32,
}

/// What a finished document keeps.
pub(crate) struct Built {
    pub(crate) actors: Vec<Actor>,
    /// For each sentence and token, its actors in `actors`.
    pub(crate) ranges: Vec<Vec<(u32, u32)>>,
    pub(crate) places: Vec<Vec<(TokenId, Located)>>,
    /// What the places say together.
    pub(crate) context: Context,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(
        world: &'a World,
        text: &'a str,
        sentences: &'a [Sentence],
        chains: Option<&'a Chains>,
        surroundings: &Surroundings,
        beside: Option<&Context>,
    ) -> Self {
        let on = surroundings.on;
        let scans: Vec<Scan> = sentences.iter().map(|sentence| Scan::new(world, sentence, on)).collect();
        let slots = sentences.iter().map(|sentence| vec![Slot::Open; sentence.tokens.len()]).collect();
        let counts = count_countries(world, &scans);
        let fighting = if on.is_none() { fighting(world, sentences, &scans) } else { HashSet::new() };
        let toponyms = Toponyms::of(Text { world, written: text, sentences, scans: &scans }, surroundings.home, beside);
        let author = surroundings.author().cloned();
        let own = author.as_ref().and_then(|author| author.code).and_then(|code| world.country_id(code));
        let single_country = single_country(&counts, surroundings);
        let main_country = main_country(&counts, surroundings, own);
        Self {
            world,
            text,
            sentences,
            chains,
            on,
            scans,
            toponyms,
            memory: Memory::default(),
            mentions: Vec::new(),
            counts,
            author,
            main_country,
            single_country,
            fighting,
            slots,
            actors: Vec::new(),
            depth: 0,
        }
    }

    /// Works out every token of every sentence.
    pub(crate) fn run(mut self) -> Built {
        for at in 0..self.sentences.len() {
            for head in 0..self.sentences[at].tokens.len() {
                if self.may_be_actor(at, head) {
                    let actors = self.resolve(at, head);
                    if !actors.is_empty() {
                        self.note(at, head, actors);
                    }
                }
            }
        }
        let mut places: Vec<Vec<(TokenId, Located)>> = (0..self.sentences.len()).map(|at| self.places(at)).collect();
        for (at, row) in places.iter_mut().enumerate() {
            row.retain(|(head, _)| {
                !matches!(self.slots[at][*head], Slot::Done(start, end)
                if self.actors[start as usize..end as usize].iter().any(|actor| actor.kind == ActorKind::Person))
            });
        }
        let ranges = self
            .slots
            .iter()
            .map(|row| {
                row.iter()
                    .map(|slot| match slot {
                        Slot::Done(start, end) => (*start, *end),
                        Slot::Open | Slot::Busy => (0, 0),
                    })
                    .collect()
            })
            .collect();
        Built { actors: self.actors, ranges, places, context: self.toponyms.context }
    }

    fn may_be_actor(&self, at: usize, head: TokenId) -> bool {
        let sentence = &self.sentences[at];
        let token = &sentence.tokens[head];
        let nominal = token.relation.is_nominal_argument();
        match token.upos {
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::X => true,
            Upos::Adj | Upos::Verb => {
                self.scans[at].match_at(head).is_some()
                    || nominal && phrase::determiner(sentence, head).is_some_and(|word| word == "the")
            }
            Upos::Det | Upos::Num => nominal,
            _ => self.scans[at].match_at(head).is_some(),
        }
    }

    /// The actors of the phrase headed by a token, worked out once.
    pub(crate) fn resolve(&mut self, at: usize, head: TokenId) -> Vec<Actor> {
        match self.slots[at][head] {
            Slot::Done(start, end) => return self.actors[start as usize..end as usize].to_vec(),
            Slot::Busy => return Vec::new(),
            Slot::Open if self.depth >= DEEPEST => return Vec::new(),
            Slot::Open => {}
        }
        self.slots[at][head] = Slot::Busy;
        self.depth += 1;
        let actors = match self.sentences[at].tokens[head].upos {
            Upos::Pron | Upos::Det | Upos::Num if self.scans[at].match_at(head).is_none() => self.pronoun(at, head),
            _ => self.compose(at, head),
        };
        self.depth -= 1;
        let start = self.actors.len() as u32;
        self.actors.extend(actors.iter().cloned());
        self.slots[at][head] = Slot::Done(start, self.actors.len() as u32);
        actors
    }

    /// How often the document names a country.
    pub(crate) fn count_of(&self, country: CountryId) -> u32 {
        self.counts.get(&country).copied().unwrap_or(0)
    }

    /// The words of tokens `first..end` as written, line breaks as spaces.
    pub(crate) fn words(&self, at: usize, first: TokenId, end: TokenId) -> String {
        self.range(at, first, end).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Nouns for people in arms against a government.
const IN_ARMS: &[&str] = &[
    "bomber",
    "commander",
    "extremist",
    "fighter",
    "guerrilla",
    "gunman",
    "insurgency",
    "insurgent",
    "militant",
    "rebel",
    "rebellion",
];

/// The groups that are named in a sentence beside a word for people in arms, where they have terms of more than one kind.
fn fighting<'w>(world: &'w World, sentences: &[Sentence], scans: &[Scan]) -> HashSet<&'w str> {
    let mut out = HashSet::new();
    for (sentence, scan) in sentences.iter().zip(scans) {
        let armed = || sentence.tokens.iter().any(|token| IN_ARMS.contains(&token.lemma.to_lowercase().as_str()));
        for found in &scan.matches {
            let mut groups = scan.readings(found).iter().filter_map(|reading| match reading {
                Referent::Named(named) => Some(world.named(*named)).filter(|named| named.kind == NamedKind::Group),
                _ => None,
            });
            let Some(first) = groups.next() else { continue };
            if groups.any(|other| other.name == first.name && other.sectors != first.sectors) && armed() {
                out.insert(first.name);
            }
        }
    }
    out
}

/// Counts the countries that a document names, directly or by a place that lies in one country only.
fn count_countries(world: &World, scans: &[Scan]) -> HashMap<CountryId, u32> {
    let mut counts = HashMap::new();
    for scan in scans {
        for found in &scan.matches {
            let readings = scan.readings(found);
            let mut countries = readings.iter().filter_map(|reading| match reading {
                Referent::Country(country, form) => Some((*country, if form.is_name() { 2 } else { 1 })),
                Referent::City(city) => world.city(*city).country.map(|country| (country, 1)),
                Referent::Province(province) => Some((world.province(*province).country, 1)),
                Referent::District(district) => Some((world.district(*district).country, 1)),
                Referent::Region(region) => world.region(*region).country.map(|country| (country, 1)),
                Referent::Named(named) => {
                    let named = world.named(*named);
                    (named.kind == NamedKind::Seat)
                        .then_some(named.code)
                        .flatten()
                        .and_then(|code| world.country_id(code).map(|country| (country, 1)))
                }
                Referent::People(..) | Referent::Person(_) => None,
            });
            let Some((first, weight)) = countries.next() else { continue };
            let certain = matches!(readings[0], Referent::Country(..) | Referent::Named(_))
                || countries.all(|(other, _)| other == first);
            if certain {
                *counts.entry(first).or_insert(0) += weight;
            }
        }
    }
    counts
}

impl Builder<'_> {
    /// The country named by an actor, as an actor of its own.
    pub(crate) fn country_actor(&self, code: Code, path: &'static str, confidence: f32) -> Actor {
        let mut actor = Actor::new(ActorKind::Country, path, confidence);
        actor.code = Some(code);
        if let Some(country) = self.world.country(code) {
            actor.id = Some(country.wikidata.to_owned()).filter(|id| !id.is_empty());
            actor.canonical = Some(country.name.to_owned());
        }
        actor
    }
}
