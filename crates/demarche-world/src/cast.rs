//! Who and where in one document.

use demarche_language::{Chains, Sentence, TokenId};
use demarche_record::TextRange;
use jiff::civil::Date;

use crate::actor::{Actor, ActorKind};
use crate::background::Background;
use crate::builder::{Builder, Built};
use crate::context::Surroundings;
use crate::place::{Located, Text, Toponyms};
use crate::scan::Scan;
use crate::world::World;

/// The actors and places of a document, by sentence and token.
pub struct Cast<'a> {
    world: &'a World,
    built: Built,
    surroundings: Surroundings,
    dateline: Option<Located>,
}

impl<'a> Cast<'a> {
    /// Works out a whole document: its decoded text, its sentences in text order, and its day, if known. Offices and
    /// groups are read as of that day.
    pub fn new(world: &'a World, text: &'a str, sentences: &'a [Sentence], on: Option<Date>) -> Self {
        Self::of(world, text, sentences, None, &Background::new(on), None)
    }

    /// [`Cast::new`] with the document's chains, which tell who pronouns and descriptions stand for before any rule does.
    pub fn with_chains(
        world: &'a World,
        text: &'a str,
        sentences: &'a [Sentence],
        chains: &Chains,
        on: Option<Date>,
    ) -> Self {
        Self::of(world, text, sentences, Some(chains), &Background::new(on), None)
    }

    /// [`Cast::new`] with all that is known: the chains, what stands beside the text, and for a title the cast of the text
    /// below it, whose places the title's names share.
    pub fn of(
        world: &'a World,
        text: &'a str,
        sentences: &'a [Sentence],
        chains: Option<&Chains>,
        background: &Background<'_>,
        below: Option<&Cast<'_>>,
    ) -> Self {
        let dateline = world.dateline(background);
        let surroundings = Surroundings::of(world, background, dateline.as_ref());
        let beside = below.map(|cast| &cast.built.context);
        let built = Builder::new(world, text, sentences, chains, &surroundings, beside).run();
        Self { world, built, surroundings, dateline }
    }

    /// Who speaks where the text says "we" outside of anyone's quotation: the publisher, where that is a government or a
    /// body between states.
    pub fn author(&self) -> Option<&Actor> {
        self.surroundings.author()
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

    /// Whether a token is part of a country's name or its adjective.
    pub fn names_country(&self, sentence: usize, token: TokenId) -> bool {
        self.actors(sentence, token)
            .iter()
            .any(|actor| actor.kind == ActorKind::Country && (actor.tokens.0..actor.tokens.1).contains(&token))
    }

    /// The place named by the phrase headed by `token`, or by a name that holds it.
    pub fn place(&self, sentence: usize, token: TokenId) -> Option<&Located> {
        let places = self.built.places.get(sentence)?;
        let headed = places.iter().find(|(head, _)| *head == token);
        headed
            .or_else(|| places.iter().find(|(_, place)| (place.tokens.0..place.tokens.1).contains(&token)))
            .map(|(_, place)| place)
    }

    /// The place of the dateline, resolved or not.
    pub fn dateline(&self) -> Option<&Located> {
        self.dateline.as_ref()
    }

    /// The places of mentions marked from outside, ranges of the decoded text, in their order: each with what it is said
    /// to lie in and the rest of the document in mind. `text` and `sentences` are those of the document.
    pub fn locate_all(&self, text: &str, sentences: &[Sentence], ranges: &[TextRange]) -> Vec<Located> {
        let scans: Vec<Scan> =
            sentences.iter().map(|sentence| Scan::new(self.world, sentence, self.surroundings.on)).collect();
        Toponyms::of_given(
            Text { world: self.world, written: text, sentences, scans: &scans },
            self.surroundings.home,
            ranges,
        )
    }

    /// The places of a sentence in text order, each with the token that heads its name.
    pub fn places(&self, sentence: usize) -> impl Iterator<Item = (TokenId, &Located)> {
        self.built.places.get(sentence).into_iter().flatten().map(|(token, place)| (*token, place))
    }
}
