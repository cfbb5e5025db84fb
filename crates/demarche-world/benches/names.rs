//! Opening the world, and looking words of the news up in it.

use std::hint::black_box;

use demarche_world::World;
use demarche_world::index::atoms::{Atom, each_atom};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Words that begin no name, as most words do.
const PLAIN: &str = "said on that would after with from their which had been were more than over about people killed \
                     yesterday officials talks agreed would meet again next week discuss a ceasefire because neither \
                     side wanted to withdraw its troops before winter";
/// Words that begin a name.
const NAMED: &str = "Mali China Paris Hamas Beijing Kharkiv Springfield Idlib Washington Kidal Taliban Hezbollah Gaza";

fn atoms(text: &str) -> Vec<Atom> {
    let mut out = Vec::new();
    each_atom(text, |atom| out.push(atom));
    out
}

#[divan::bench]
fn open() -> usize {
    World::builtin().map_or(0, |world| world.version().len())
}

/// The longest name from each word on; time a word.
#[divan::bench(args = [PLAIN, NAMED])]
fn longest(bencher: Bencher, text: &str) {
    let world = World::builtin().expect("the built-in world opens");
    let atoms = atoms(text);
    bencher.counter(ItemsCount::new(atoms.len())).bench(|| {
        let names = world.layers().names();
        (0..atoms.len()).filter(|&at| names.longest(black_box(&atoms[at..]), false).is_some()).count()
    });
}

/// A name by itself, with the entry it stands for.
#[divan::bench(args = ["Hamas", "Springfield", "President Macron"])]
fn lookup(bencher: Bencher, name: &str) {
    let world = World::builtin().expect("the built-in world opens");
    bencher.bench(|| (world.lookup(black_box(name), None).len(), world.locate_name(black_box(name)).is_some()));
}
