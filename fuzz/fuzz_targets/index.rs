//! Arbitrary bytes as an index of actors and places, as they come and in place of the contents of a whole one.
#![no_main]

use std::sync::LazyLock;

use demarche_index::atoms::each_atom;
use demarche_index::entries::{Form, Referent};
use demarche_index::{Compiler, Layer, Layers};
use demarche_record::Code;
use libfuzzer_sys::fuzz_target;

static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut compiler = Compiler::new();
    for name in ["Mali", "Republic of Mali", "Soudan"] {
        compiler.add_country_name(Code::parse("MLI").unwrap(), name, Form::Name);
    }
    compiler.finish().unwrap()
});

fn walk(bytes: Vec<u8>) {
    let Ok(layer) = Layer::open(bytes) else { return };
    let layers = Layers::new(layer);
    let mut atoms = Vec::new();
    each_atom("Republic of Mali Soudan", |atom| atoms.push(atom));
    for at in 0..atoms.len() {
        if let Some(hit) = layers.names().longest(&atoms[at..], true) {
            for referent in layers.names().any_case(hit).take(100) {
                match referent {
                    Referent::Country(id, _) => _ = layers.country_at(id),
                    Referent::Named(id) => _ = layers.named(id),
                    Referent::People(id, _) => _ = layers.people(id),
                    Referent::Person(id) => _ = layers.person(id).held.iter().take(100).count(),
                    Referent::Province(id) => _ = layers.province(id),
                    Referent::District(id) => _ = layers.district(id),
                    Referent::City(id) => _ = layers.city(id),
                    Referent::Region(id) => _ = layers.region(id),
                }
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    walk(bytes.to_vec());
    // Behind an undamaged header.
    let header = 48 + 8 * u32::from_le_bytes(WHOLE[12..16].try_into().unwrap()) as usize + 8;
    let mut whole = WHOLE.clone();
    for (slot, &byte) in whole[header..].iter_mut().zip(bytes) {
        *slot = byte;
    }
    walk(whole);
});
