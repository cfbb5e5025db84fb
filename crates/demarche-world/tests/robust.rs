//! Whatever tree a sentence has, a cast is drawn without panic, and every range lies within the text.

use std::sync::Arc;

use demarche_language::{EntityKind, NamedEntity, Relation, Sentence, Token, Upos, Xpos};
use demarche_record::TextRange;
use demarche_world::{Cast, World};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "the",
    "President",
    "Wang",
    "Yi",
    "of",
    "Mali",
    "Malian",
    "police",
    "both",
    "countries",
    "they",
    "his",
    "minister",
    ",",
    "(",
    ")",
    "-",
    "Secretary",
    "General",
    "UN",
    "U.S.",
    "led",
    "pro",
    "Paris",
    "Hamas",
    "and",
    "two",
    "sides",
    "it",
    "SAID",
    "group",
    "Georgia",
    "'s",
    "former",
    "Côte",
    "d’Ivoire",
    "in",
    "Tripoli",
    "$",
    "army",
    "NSC",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_is_cast(
        words in prop::collection::vec((0..WORDS.len(), 0..Upos::ALL.len(), 0..Relation::ALL.len(), any::<prop::sample::Index>()), 1..14),
        order in any::<u64>(),
        entity in (0..14usize, 1..4usize, 0..4usize),
    ) {
        thread_local!(static WORLD: World = World::builtin().expect("the tables load"));
        // A tree over a mixed order of the words: each hangs on one placed before it.
        let count = words.len();
        let mut mixed: Vec<usize> = (0..count).collect();
        mixed.sort_by_key(|&at| (at as u64 + 1).wrapping_mul(order | 1).rotate_left(17));
        let mut heads = vec![None; count];
        for (place, &token) in mixed.iter().enumerate().skip(1) {
            heads[token] = Some(mixed[words[token].3.index(place)]);
        }
        let mut text = String::new();
        let mut tokens = Vec::new();
        for (at, (word, upos, relation, _)) in words.iter().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(WORDS[*word]);
            tokens.push(Token {
                range: TextRange::new(start, text.len()),
                form: WORDS[*word].to_owned(),
                lemma: WORDS[*word].to_lowercase(),
                upos: Upos::ALL[*upos],
                xpos: Xpos::Nn,
                features: Arc::from("_"),
                head: heads[at],
                relation: Relation::ALL[*relation],
            });
        }
        let (first, len, kind) = entity;
        let kind = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Norp][kind];
        let entities = if first + len <= count { vec![NamedEntity { first, end: first + len, kind }] } else { Vec::new() };
        let sentence = Sentence::new(TextRange::new(0, text.len()), tokens, entities);
        let twice = [sentence.clone(), sentence];
        WORLD.with(|world| {
            let cast = Cast::new(world, &text, &twice, None);
            for at in 0..2 {
                for token in 0..count {
                    for actor in cast.actors(at, token) {
                        prop_assert!(!actor.range.of(&text).is_empty(), "{:?}", actor);
                        prop_assert!((0.0..=1.0).contains(&actor.confidence), "{:?}", actor);
                    }
                }
                for (_, place) in cast.places(at) {
                    prop_assert!(!place.range.of(&text).is_empty(), "{:?}", place);
                }
            }
            Ok(())
        })?;
    }
}
