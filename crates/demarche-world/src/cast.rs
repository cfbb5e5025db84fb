//! Who and where in one document.

use demarche_language::{Chains, Sentence, TokenId};
use demarche_record::TextRange;
use jiff::civil::Date;

use crate::actor::Actor;
use crate::atoms::each_atom;
use crate::builder::{Builder, Built};
use crate::place::Located;
use crate::world::World;

/// The actors and places of a document, by sentence and token.
pub struct Cast<'a> {
    world: &'a World,
    built: Built,
}

impl<'a> Cast<'a> {
    /// Works out a whole document: its decoded text, its sentences in text order, and its day, if known. Offices and
    /// groups are read as of that day.
    pub fn new(world: &'a World, text: &'a str, sentences: &'a [Sentence], on: Option<Date>) -> Self {
        Self { world, built: Builder::new(world, text, sentences, None, on).run() }
    }

    /// [`Cast::new`] with the document's chains, which tell who pronouns and descriptions stand for before any rule does.
    pub fn with_chains(
        world: &'a World,
        text: &'a str,
        sentences: &'a [Sentence],
        chains: &Chains,
        on: Option<Date>,
    ) -> Self {
        Self { world, built: Builder::new(world, text, sentences, Some(chains), on).run() }
    }

    /// The world the cast was drawn from.
    pub fn world(&self) -> &'a World {
        self.world
    }

    /// What the noun phrase headed by `token` stands for; not its conjuncts. Empty where it is no actor. Several only for
    /// phrases that speak of several at once ("French and German troops", "both nations", "they"), each with the range
    /// of the whole phrase.
    pub fn actors(&self, sentence: usize, token: TokenId) -> &[Actor] {
        let range = self.built.ranges.get(sentence).and_then(|row| row.get(token));
        range.and_then(|&(start, end)| self.built.actors.get(start as usize..end as usize)).unwrap_or_default()
    }

    /// The place named by the phrase headed by `token`, or by a name that holds it.
    pub fn place(&self, sentence: usize, token: TokenId) -> Option<&Located> {
        let places = self.built.places.get(sentence)?;
        let headed = places.iter().find(|(head, _)| *head == token);
        headed
            .or_else(|| places.iter().find(|(_, place)| (place.tokens.0..place.tokens.1).contains(&token)))
            .map(|(_, place)| place)
    }

    /// The place of a mention marked from outside, `range` in the decoded text: the name found there, else its words
    /// looked up with the countries of the document in mind.
    pub fn locate(&self, text: &str, range: TextRange) -> Option<Located> {
        let found =
            self.built.places.iter().flatten().map(|(_, place)| place).find(|place| place.range.overlaps(range));
        if let Some(place) = found.filter(|place| place.name.is_some()) {
            return Some(place.clone());
        }
        let mut atoms = Vec::new();
        each_atom(range.of(text), |atom| atoms.push(atom));
        let count = |country| self.built.counts.get(&country).copied().unwrap_or(0);
        let mut place = self.world.locate_atoms(&atoms, range.of(text), count)?;
        place.range = range;
        Some(place)
    }

    /// The places of a sentence in text order, each with the token that heads its name.
    pub fn places(&self, sentence: usize) -> impl Iterator<Item = (TokenId, &Located)> {
        self.built.places.get(sentence).into_iter().flatten().map(|(token, place)| (*token, place))
    }
}
