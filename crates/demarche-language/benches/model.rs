//! Speed of the model on one thread: loading, and words parsed in a second.

use demarche_language::{Model, NoNames, Segmented, Word};
use demarche_record::TextRange;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Sentences of news length, 5 to 45 words.
fn sentences() -> Vec<Segmented> {
    let text = "The foreign minister of Mongolia said on Thursday that negotiators had agreed to reopen three border \
                crossings , which were closed after the shelling of a village last month , but warned that further \
                violations of the ceasefire would be answered by the army and reported to the Security Council .";
    let words: Vec<&str> = text.split_whitespace().collect();
    let one = |length: usize| {
        let words =
            words.iter().take(length).map(|word| Word { range: TextRange::new(0, 0), form: (*word).to_owned() });
        Segmented { range: TextRange::new(0, 0), words: words.collect() }
    };
    (5..=45).map(one).collect()
}

#[divan::bench]
fn load() -> Model {
    Model::builtin().expect("the model in the program is whole")
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let (model, sentences) = (load(), sentences());
    let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| model.parse(&sentences, &NoNames));
}
