//! Noun phrases and what they stand for: `tests/fixtures/phrases.conllu` holds the trees and, in `# expect` lines,
//! `head=CODE SECTORS text`, several actors joined by `+`, `-` where there is no code or sector.

mod fixture;

use demarche_world::{Actor, Cast, World};
use jiff::civil::date;

fn show(actor: &Actor, text: &str) -> String {
    let code = actor.code.map_or("-".to_owned(), |code| code.to_string());
    let sectors: Vec<&str> = actor.sectors.iter().map(|sector| sector.as_str()).collect();
    let sectors = if sectors.is_empty() { "-".to_owned() } else { sectors.join("|") };
    format!("{code} {sectors} {}", actor.range.of(text))
}

#[test]
fn phrases_stand_for_their_actors() {
    let world = World::builtin().expect("the tables load");
    let fixtures = fixture::read(include_str!("fixtures/phrases.conllu"));
    assert!(fixtures.len() >= 60, "only {} fixtures", fixtures.len());
    let mut faults = Vec::new();
    for fixture in &fixtures {
        let sentences = std::slice::from_ref(&fixture.sentence);
        let cast = Cast::new(&world, &fixture.text, sentences, Some(date(2019, 6, 1)));
        for expect in &fixture.expect {
            let (head, expected) = expect.split_once('=').expect("head=actors");
            let token = fixture.sentence.tokens.iter().rposition(|token| token.form == head).expect("the head");
            let got: Vec<String> = cast.actors(0, token).iter().map(|actor| show(actor, &fixture.text)).collect();
            if got.join("+") != expected {
                faults.push(format!("{}\n  expected {expected}\n  got      {}", fixture.text, got.join("+")));
            }
        }
    }
    assert!(faults.is_empty(), "{} phrases differ:\n{}", faults.len(), faults.join("\n"));
}
