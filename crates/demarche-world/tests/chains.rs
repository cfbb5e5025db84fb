//! Later mentions in a document: `tests/fixtures/chains.conllu`, read as one text; `# expect` lines hold `head=who`,
//! several joined by `+`.

mod fixture;

use demarche_world::{Cast, World};
use jiff::civil::date;

#[test]
fn later_mentions_are_followed() {
    let world = World::builtin().expect("the tables load");
    let source = include_str!("fixtures/chains.conllu");
    let (text, sentences) = fixture::document(source);
    let cast = Cast::new(&world, &text, &sentences, Some(date(2019, 6, 1)));
    let mut faults = Vec::new();
    for (at, fixture) in fixture::read(source).iter().enumerate() {
        for expect in &fixture.expect {
            let (head, expected) = expect.split_once('=').expect("head=who");
            let token = sentences[at].tokens.iter().rposition(|token| token.form == head).expect("the head");
            let got: Vec<&str> =
                cast.actors(at, token).iter().map(|actor| actor.canonical.as_deref().unwrap_or_default()).collect();
            if got.join("+") != expected {
                faults.push(format!("{} [{head}]\n  expected {expected}\n  got      {}", fixture.text, got.join("+")));
            }
        }
    }
    assert!(faults.is_empty(), "{} mentions differ:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_group_has_one_range_for_all_its_members() {
    let world = World::builtin().expect("the tables load");
    let (text, sentences) = fixture::document(include_str!("fixtures/chains.conllu"));
    let cast = Cast::new(&world, &text, &sentences, None);
    let (at, token) = sentences
        .iter()
        .enumerate()
        .find_map(|(at, sentence)| Some((at, sentence.tokens.iter().position(|token| token.form == "countries")?)))
        .expect("the fixture speaks of both countries");
    let actors = cast.actors(at, token);
    assert_eq!(actors.len(), 2);
    assert!(actors.iter().all(|actor| actor.range.of(&text) == "Both countries" && actor.path.contains(&"both")));
}
