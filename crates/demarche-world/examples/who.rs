//! Reads English text on standard input and prints who and where: `cargo run -p demarche-world --example who -- 2023-11-12`
#![allow(clippy::print_stdout)]

use std::io::Read;

use demarche_language::{Model, Segmenter};
use demarche_record::TextRange;
use demarche_world::{Cast, World};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let on = std::env::args().nth(1).map(|date| date.parse()).transpose()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let (world, model, segmenter) = (World::builtin()?, Model::builtin()?, Segmenter::builtin()?);
    let sentences = model.parse(&segmenter.segment(&text, TextRange::new(0, text.len())), &world);
    let cast = Cast::new(&world, &text, &sentences, on);
    for (at, sentence) in sentences.iter().enumerate() {
        println!("# {}", sentence.range.of(&text).trim());
        if std::env::var_os("TREE").is_some() {
            for (id, token) in sentence.tokens.iter().enumerate() {
                println!("{id}\t{}\t{}\t{}\t{:?}\t{}", token.form, token.lemma, token.upos, token.head, token.relation);
            }
            println!("{:?}", sentence.entities);
        }
        for (id, token) in sentence.tokens.iter().enumerate() {
            for actor in cast.actors(at, id) {
                let sectors: Vec<&str> = actor.sectors.iter().map(|sector| sector.as_str()).collect();
                println!(
                    "{:>12}  {:?} {} {:?} [{}] id={} canon={} name={} office={} {} {:.2}{}",
                    token.form,
                    actor.kind,
                    actor.code.map_or("---".to_owned(), |code| code.to_string()),
                    sectors,
                    actor.range.of(&text),
                    actor.id.as_deref().unwrap_or("-"),
                    actor.canonical.as_deref().unwrap_or("-"),
                    actor.name.as_deref().unwrap_or("-"),
                    actor.office.as_deref().unwrap_or("-"),
                    actor.path.join(", "),
                    actor.confidence,
                    if actor.can_act { "" } else { " cannot act" },
                );
            }
        }
        for (token, place) in cast.places(at) {
            println!("{:>12}  @ {:?}", sentence.tokens[token].form, place.to_place(&text));
        }
    }
    Ok(())
}
