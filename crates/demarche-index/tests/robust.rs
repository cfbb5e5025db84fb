//! Whatever bytes stand behind a header, an index answers or is refused; it does not panic.
#![allow(clippy::unwrap_used)] // a test that cannot build its index has failed

use demarche_index::atoms::{Atom, each_atom};
use demarche_index::dates::Term;
use demarche_index::entries::{Form, Gender, Held, Named, NamedKind, Referent, Sectors};
use demarche_index::{Compiler, Layer, Layers};
use demarche_record::{Code, Sector};
use proptest::prelude::*;

const TEXT: &str = "Mali Malian Front of Kidal Ada Keita President Front Mali";

fn sample() -> Vec<u8> {
    let mut compiler = Compiler::new();
    let sectors = Sectors::new(&[Sector::Reb]).unwrap();
    let term = Term::default();
    for name in ["Front of Kidal", "Front", "Kidal", "Mali Front"] {
        let kind = NamedKind::Group;
        let code = Some(Code::IGO);
        let named = Named { kind, name, code, sectors, wikidata: "Q1", term, city: false };
        compiler.add_named(&named, ["President Front"]);
    }
    let mali = Code::parse("MLI").unwrap();
    compiler.add_country_name(mali, "Mali", Form::Name);
    compiler.add_country_name(mali, "Malian", Form::Adjective);
    let held = Held { office: "president", code: Some(mali), sectors, sure: true, seen: true, term, rank: 0 };
    compiler.add_person(("Ada Keita", "Q2", Gender::Female), &[held], false, []);
    compiler.finish().unwrap()
}

/// Reads everything that names of the text lead to.
fn walk(layers: &Layers) -> usize {
    let mut atoms: Vec<Atom> = Vec::new();
    each_atom(TEXT, |atom| atoms.push(atom));
    let mut read = layers.countries().map(|country| country.name.len()).sum::<usize>();
    for at in 0..atoms.len() {
        let from = &atoms[at..];
        if let Some(hit) = layers.names().longest(from, true) {
            for referent in layers.names().any_case(hit).take(100) {
                read += match referent {
                    Referent::Country(id, _) => layers.country_at(id).name.len(),
                    Referent::Named(id) => layers.named(id).name.len() + layers.named(id).sectors.len(),
                    Referent::People(id, _) => layers.people(id).name.len(),
                    Referent::Person(id) => layers.person(id).held.iter().take(100).map(|held| held.office.len()).sum(),
                    Referent::Province(id) => layers.province(id).name.len(),
                    Referent::District(id) => layers.district(id).admin2.len(),
                    Referent::City(id) => layers.city(id).feature_class.len(),
                    Referent::Region(id) => layers.region(id).feature_code.len(),
                };
            }
        }
        read += layers.surnames().exact(&from[..1], true).map_or(0, |hit| layers.surnames().any_case(hit).count());
        read += layers.role_names().longest(from, true).map_or(0, |hit| hit.len);
        read += usize::from(layers.is_given_name(atoms[at].hash)) + usize::from(layers.is_family_name(atoms[at].hash));
        if let Some(readings) = layers.readings(std::iter::once(atoms[at].hash)) {
            read += readings.iter().take(100).map(|reading| reading.cues.len()).sum::<usize>();
        }
    }
    read + layers.office("president", Some(Code::IGO)).map_or(0, |office| office.name.len())
}

/// Digest of a header as the format defines it, so that damage behind it is reached.
fn seal(bytes: &mut [u8]) {
    let sections = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let end = 48 + 8 * sections;
    let mut hash = end as u64;
    for chunk in bytes[..end].chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    bytes[end..end + 8].copy_from_slice(&(hash ^ (hash >> 29)).to_le_bytes());
}

proptest! {
    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut marked = b"demarche\x01\0\0\0".to_vec();
        marked.extend_from_slice(&bytes);
        for bytes in [bytes, marked] {
            if let Ok(layer) = Layer::open(bytes) {
                walk(&Layers::new(layer));
            }
        }
    }

    #[test]
    fn damaged_contents(hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = sample();
        let body = bytes.len() - 256;
        for (at, value) in hits {
            let at = 256 + at.index(body);
            bytes[at] = value;
        }
        if let Ok(layer) = Layer::open(bytes) {
            walk(&Layers::new(layer));
        }
    }

    #[test]
    fn damaged_sections(at in any::<prop::sample::Index>(), value in any::<u32>(), near in -64i32..64) {
        let mut bytes = sample();
        let slot = 48 + 4 * at.index(2 * 25);
        let old = u32::from_le_bytes(bytes[slot..slot + 4].try_into().unwrap());
        for new in [value, old.wrapping_add_signed(near)] {
            bytes[slot..slot + 4].copy_from_slice(&new.to_le_bytes());
            seal(&mut bytes);
            if let Ok(layer) = Layer::open(bytes.clone()) {
                walk(&Layers::new(layer));
            }
        }
    }
}

#[test]
fn an_undamaged_sample_is_read() {
    let mut bytes = sample();
    let whole = bytes.clone();
    seal(&mut bytes);
    assert_eq!(bytes, whole);
    let layer = Layer::open(bytes).unwrap();
    layer.verify().unwrap();
    let read = walk(&Layers::new(layer));
    assert!(read > 50, "{read}");
}
