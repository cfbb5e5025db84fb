//! Even-handedness: one country's name put for another's gives the same actor but for its code, id and canonical name.

mod fixture;

use demarche_language::{NamedEntity, Sentence, Token};
use demarche_record::TextRange;
use demarche_world::{Actor, Cast, World};
use proptest::prelude::*;

/// Countries with a name of one word; `(name, adjective)`.
const COUNTRIES: &[(&str, &str)] = &[
    ("Kenya", "Kenyan"),
    ("Norway", "Norwegian"),
    ("Brazil", "Brazilian"),
    ("Syria", "Syrian"),
    ("Japan", "Japanese"),
    ("Israel", "Israeli"),
    ("Iran", "Iranian"),
    ("Ukraine", "Ukrainian"),
    ("Cuba", "Cuban"),
    ("Nepal", "Nepalese"),
    ("France", "French"),
    ("Rwanda", "Rwandan"),
];

/// Phrases of the fixtures whose only names are one country's.
const PHRASES: &[&str] = &[
    "police=KEN",
    "president=MLI",
    "officials=CHN",
    "side=CHN",
    "refugees=AFG",
    "court=GRC",
    "parliament=GHA",
    "diplomat=RUS",
    "soldiers=NGA",
    "army=EGY",
    "farmers=PER",
    "official=PAK",
    "guerrillas=COL",
    "Journalists=BLR",
    "government=NLD",
];

/// The fixture with every mention of its country replaced.
fn swapped(world: &World, fixture: &fixture::Fixture, by: (&str, &str)) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens: Vec<Token> = Vec::new();
    for token in &fixture.sentence.tokens {
        let known = world.lookup(&token.form, None);
        let form = match known.first() {
            Some(found) if found.path == "country name" => by.0,
            Some(found) if found.path == "country adjective" => by.1,
            _ => token.form.as_str(),
        };
        if tokens.last().is_some_and(|last| {
            let source = &fixture.sentence.tokens[tokens.len() - 1];
            source.range.end < token.range.start && last.range.end == text.len()
        }) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        let mut token = token.clone();
        token.range = TextRange::new(start, text.len());
        if token.form != form {
            form.clone_into(&mut token.lemma);
        }
        form.clone_into(&mut token.form);
        tokens.push(token);
    }
    let entities: Vec<NamedEntity> = fixture.sentence.entities.clone();
    let sentence = Sentence::new(TextRange::new(0, text.len()), tokens, entities);
    (text, sentence)
}

fn actors(world: &World, text: &str, sentence: &Sentence, head: &str) -> Vec<Actor> {
    let cast = Cast::new(world, text, std::slice::from_ref(sentence), None);
    let token = sentence.tokens.iter().rposition(|token| token.form == head).expect("the head");
    cast.actors(0, token).to_vec()
}

/// What must not depend on the country.
fn bare(actor: &Actor) -> Actor {
    Actor { code: None, id: None, canonical: None, range: TextRange::default(), ..actor.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn countries_are_interchangeable(phrase in 0..PHRASES.len(), one in 0..COUNTRIES.len(), other in 0..COUNTRIES.len()) {
        thread_local!(static WORLD: World = World::builtin().expect("the tables load"));
        WORLD.with(|world| {
            let fixtures = fixture::read(include_str!("fixtures/phrases.conllu"));
            let wanted = PHRASES[phrase];
            let fixture = fixtures.iter().find(|fixture| fixture.expect.iter().any(|expect| expect.starts_with(wanted)));
            let fixture = fixture.expect("the phrase is in the fixtures");
            let head = wanted.split('=').next().expect("a head");
            let results: Vec<Vec<Actor>> = [COUNTRIES[one], COUNTRIES[other]].map(|country| {
                let (text, sentence) = swapped(world, fixture, country);
                actors(world, &text, &sentence, head)
            }).to_vec();
            prop_assert!(!results[0].is_empty());
            let codes: Vec<bool> = results.iter().map(|actors| actors.iter().all(|actor| actor.code.is_some())).collect();
            prop_assert_eq!(codes, vec![true, true]);
            let bared: Vec<Vec<Actor>> = results.iter().map(|actors| actors.iter().map(bare).collect()).collect();
            prop_assert_eq!(&bared[0], &bared[1]);
            Ok(())
        })?;
    }
}
