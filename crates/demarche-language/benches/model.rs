//! Speed of the model on one thread with each instruction set: loading, words parsed in a second, where the time goes, and the
//! encoder's matrix products beside what the processor can do at most.
#![allow(clippy::print_stdout)] // what it finds is for reading

use std::time::{Duration, Instant};

use demarche_language::{InstructionSet, Model, NoNames, Segmented, Stage, StageTimes, Word};
use demarche_record::TextRange;
use divan::Bencher;
use divan::counter::ItemsCount;

/// Rounds of one measurement of the peak: some milliseconds.
const ROUNDS: u32 = 200_000;

fn main() {
    divan::main();
    for set in InstructionSet::all() {
        print_stages(set);
    }
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

#[divan::bench(args = InstructionSet::all())]
fn parse(bencher: Bencher, set: InstructionSet) {
    let (model, sentences) = (load().with_instruction_set(set), sentences());
    let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| model.parse(&sentences, &NoNames));
}

/// The most that the multipliers can do; items are multiplications with addition.
#[divan::bench(args = InstructionSet::all())]
fn peak(bencher: Bencher, set: InstructionSet) {
    bencher.counter(ItemsCount::new(set.spin(ROUNDS))).bench(|| set.spin(ROUNDS));
}

/// Of twenty runs, the quickest.
fn print_stages(set: InstructionSet) {
    let (model, sentences) = (load().with_instruction_set(set), sentences());
    let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
    let runs = (0..20).map(|_| model.parse_measured(&sentences, &NoNames).1);
    let Some(times) = runs.min_by_key(StageTimes::total) else { return };
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / words as f64;
    println!("\n{set}: {:.1} us a word", micros(times.total()));
    for stage in Stage::ALL {
        println!("  {:<26}{:>7.2} us", stage.as_str(), micros(times.of(stage)));
    }
    let spun = |_| {
        let start = Instant::now();
        set.spin(ROUNDS) as f64 / start.elapsed().as_secs_f64()
    };
    let most = (0..20).map(spun).fold(0.0, f64::max);
    let done = times.multiply_adds() as f64 / times.of(Stage::Products).as_secs_f64();
    println!("  matrix products: {:.0} of at most {:.0} Gop/s", 2.0 * done / 1e9, 2.0 * most / 1e9);
}
