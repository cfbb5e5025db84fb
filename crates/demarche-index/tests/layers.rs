//! A user's entries over those of another layer: found, met first, and hiding what they are meant to hide.
#![allow(clippy::unwrap_used)] // a test that cannot build its index has failed

use demarche_index::atoms::{Atom, each_atom};
use demarche_index::dates::{Bound, PartialDate, Term};
use demarche_index::entries::{
    Caution, Country, Form, Gender, Held, Named, NamedKind, Office, Province, Referent, Role, RoleKind, Sectors, Spot,
};
use demarche_index::{Compiler, IndexError, Layer, Layers};
use demarche_record::{Code, Sector};

fn atoms(text: &str) -> Vec<Atom> {
    let mut out = Vec::new();
    each_atom(text, |atom| out.push(atom));
    out
}

fn code(written: &str) -> Code {
    Code::parse(written).unwrap()
}

fn named(name: &str, code: Option<Code>, sector: Sector) -> Named<'_> {
    let (kind, sectors) = (NamedKind::Group, Sectors::new(&[sector]).unwrap());
    Named { kind, name, code, sectors, wikidata: "", term: Term::default(), city: false }
}

/// Names and codes of the bodies that a writing stands for, in the order in which they are met.
fn bodies(layers: &Layers, written: &str) -> Vec<(String, Option<Code>)> {
    let atoms = atoms(written);
    let Some(hit) = layers.names().exact(&atoms, false) else { return Vec::new() };
    let readings = layers.names().values(hit, &atoms, false);
    readings
        .map(|reading| match reading {
            Referent::Named(id) => (layers.named(id).name.to_owned(), layers.named(id).code),
            Referent::City(id) => (layers.city(id).name.to_owned(), None),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn base() -> Layers {
    let mut compiler = Compiler::new();
    let mali = Country {
        code: code("MLI"),
        acts_as: code("MLI"),
        iso2: "ML",
        name: "Mali",
        geonameid: Some(2_453_866),
        wikidata: "Q912",
        capital: "Bamako",
        lat: Some(17.357),
        lon: Some(-3.527_386_4),
        adjective: "Malian",
        fips: "ML",
        cow: Some(432),
        gw: Some(432),
    };
    compiler.add_country(&mali, [("Mali", Form::Name), ("Malian", Form::Adjective)]);
    compiler.add_named(&named("Hezbollah", Some(Code::IMG), Sector::Reb), ["Party of God", "HEZ"]);
    compiler.add_office(
        &Office { name: "president", level: "head of state" },
        Sectors::new(&[Sector::Gov]).unwrap(),
        [("president", None), ("head of the junta", Some(code("MLI")))],
    );
    Layers::new(Layer::open(compiler.finish().unwrap()).unwrap())
}

fn with(base: &Layers, fill: impl FnOnce(&mut Compiler<'_>)) -> Layers {
    let mut compiler = Compiler::over(base);
    fill(&mut compiler);
    let layer = Layer::open(compiler.finish().unwrap()).unwrap();
    layer.verify().unwrap();
    let mut layers = base.clone();
    layers.push(layer).unwrap();
    layers
}

#[test]
fn entries_are_read_as_they_were_added() {
    let layers = base();
    let mali = layers.country(code("MLI")).unwrap();
    assert_eq!((mali.name, mali.iso2, mali.wikidata, mali.cow), ("Mali", "ML", "Q912", Some(432)));
    assert_eq!((mali.lat, mali.lon), (Some(17.357), Some(-3.527_386_4)));
    assert_eq!(layers.country_id(code("TCD")), None);
    assert_eq!(layers.office("Head of the Junta", Some(code("MLI"))).unwrap().rank(), 0);
    assert!(layers.office("head of the junta", None).is_none());
    assert!(layers.role_names().sequence(atoms("President").iter().map(|atom| atom.hash)).is_some());
}

#[test]
fn a_users_group_is_found_with_its_dates() {
    let term = Term { start: PartialDate::parse("2011-03", Bound::Start), end: PartialDate::parse("2012", Bound::End) };
    let layers = with(&base(), |own| {
        own.add_named(&Named { term, ..named("Zorgon Liberation Front", None, Sector::Reb) }, ["ZLF"]);
    });
    let atoms = atoms("ZLF fighters");
    let hit = layers.names().longest(&atoms, false).unwrap();
    let Some(Referent::Named(id)) = layers.names().values(hit, &atoms, false).next() else { panic!("no group") };
    assert_eq!((hit.len, layers.named(id).name, layers.named(id).term), (1, "Zorgon Liberation Front", term));
    // An acronym is one only in capitals, but for text without case.
    let lower: Vec<Atom> = {
        let mut out = Vec::new();
        each_atom("zlf", |atom| out.push(atom));
        out
    };
    assert_eq!(layers.names().longest(&lower, false), None);
    assert!(layers.names().longest(&lower, true).is_some());
}

#[test]
fn later_layers_come_first_and_may_hide_what_is_below() {
    let lebanese = named("Hezbollah", Some(code("MLI")), Sector::Pty);
    let over = with(&base(), |own| own.add_named(&lebanese, []));
    let both = [("Hezbollah".to_owned(), Some(code("MLI"))), ("Hezbollah".to_owned(), Some(Code::IMG))];
    assert_eq!(bodies(&over, "Hezbollah"), both);
    assert_eq!(bodies(&over, "Party of God"), both[1..]);

    let instead = with(&base(), |own| {
        own.add_named(&lebanese, []);
        own.hide("Hezbollah");
    });
    assert_eq!(bodies(&instead, "Hezbollah"), both[..1]);

    let without = with(&base(), |own| own.hide("HEZ"));
    assert_eq!(bodies(&without, "HEZ"), []);
    assert_eq!(without.names().longest(&atoms("HEZ fighters"), true), None);
    assert_eq!(bodies(&without, "Hezbollah"), both[1..]);

    // A further layer may bring back what one below it hides.
    let again = with(&without, |own| own.add_named(&named("Horde", None, Sector::Reb), ["HEZ"]));
    assert_eq!(bodies(&again, "HEZ"), [("Horde".to_owned(), None)]);
}

#[test]
fn a_users_persons_places_and_roles_are_of_their_own_layer() {
    let mali = base().country_id(code("MLI")).unwrap();
    let layers = with(&base(), |own| {
        let held = Held {
            office: "president",
            code: Some(code("MLI")),
            sectors: Sectors::new(&[Sector::Gov]).unwrap(),
            sure: true,
            seen: false,
            term: Term::default(),
            rank: own.rank("president", None).unwrap(),
        };
        own.add_person(("Ada al-Zorgon", "Q1", Gender::Female), &[held, held], false, ["Mother of Zorgon"]);
        own.add_province(
            &Province { name: "Zor", geonameid: None, country: mali, admin1: "99", lat: None, lon: None },
            [],
        );
        own.add_city(
            &Spot {
                name: "Zorgonville",
                geonameid: None,
                lat: Some(-0.5),
                lon: Some(180.0),
                country: Some(mali),
                claimant: None,
                admin1: "99",
                admin2: "",
                population: 1_200,
                feature_class: "P",
                feature_code: "PPL",
                resolution: Some(4),
                rank: None,
                caution: Caution::Name,
            },
            [],
        );
        let (kind, sectors) = (RoleKind::Person, Sectors::new(&[Sector::Reb]).unwrap());
        own.add_role(&Role { lemma: "zorgonist", sectors, same: false, kind, plural: false, common: false });
        own.add_country_name(code("MLI"), "Zorgonia", Form::Name);
    });
    let hit = layers.surnames().exact(&atoms("Zorgon"), false).unwrap();
    let person = layers.person(layers.surnames().any_case(hit).next().unwrap());
    assert_eq!((person.name, person.gender, person.held.len()), ("Ada al-Zorgon", Gender::Female, 2));
    assert_eq!(person.held.get(1).unwrap().rank, 0);
    assert_eq!(person.held.get(2), None);
    assert!(layers.is_given_name(atoms("Ada")[0].hash));

    assert_eq!(bodies(&layers, "Zorgonville"), [("Zorgonville".to_owned(), None)]);
    let hit = layers.names().exact(&atoms("Zorgonville"), false).unwrap();
    let Some(Referent::City(id)) = layers.names().any_case(hit).next() else { panic!("no city") };
    let city = layers.city(id);
    assert_eq!((city.lat, city.lon, city.caution, city.country), (Some(-0.5), Some(180.0), Caution::Name, Some(mali)));
    assert_eq!(layers.division(mali, city.admin1).map(|id| layers.province(id).name), Some("Zor"));
    assert_eq!(layers.division(mali, "98"), None);

    let hit = layers.role_names().sequence(atoms("zorgonist").iter().map(|atom| atom.hash)).unwrap();
    assert_eq!(layers.role(layers.role_names().any_case(hit).next().unwrap()).kind, RoleKind::Person);
    let hit = layers.country_names().exact(&atoms("Zorgonia"), false).unwrap();
    assert_eq!(layers.names().any_case(hit).next(), Some(Referent::Country(mali, Form::Name)));
}

#[test]
fn one_thing_written_twice_is_named_once() {
    let layers =
        with(&base(), |own| own.add_named(&named("Łódź Front", None, Sector::Reb), ["Lodz Front", "LODZ Front"]));
    assert_eq!(bodies(&layers, "Lodz Front").len(), 1);
}

#[test]
fn the_same_entries_give_the_same_bytes() {
    let bytes = || {
        let mut compiler = Compiler::new();
        for name in ["One", "Two", "Three", "Four", "Five"] {
            compiler.add_named(&named(name, None, Sector::Reb), ["Front", "Group"]);
        }
        compiler.finish().unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn what_is_no_index_is_refused() {
    let bytes = Compiler::new().finish().unwrap();
    let open = |bytes: &[u8]| Layer::open(bytes.to_vec()).map(|_| ());
    assert_eq!(open(&bytes), Ok(()));
    assert_eq!(open(b""), Err(IndexError::Foreign));
    assert_eq!(open(b"name\taliases"), Err(IndexError::Foreign));
    assert!(matches!(open(&bytes[..100]), Err(IndexError::Damaged(_))));
    assert!(matches!(open(&bytes[..bytes.len() - 1]), Err(IndexError::Damaged(_))));
    let mut later = bytes.clone();
    later[8] = 3;
    assert_eq!(open(&later), Err(IndexError::Version { found: 3, known: 2 }));
    let mut changed = bytes.clone();
    changed[60] ^= 1;
    assert!(matches!(open(&changed), Err(IndexError::Damaged(_))));
    let mut inside = bytes;
    *inside.last_mut().unwrap() ^= 1;
    assert!(matches!(Layer::open(inside).unwrap().verify(), Err(IndexError::Damaged(_))));
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut compiler = Compiler::new();
    compiler.add_named(&named(&"x".repeat(70_000), None, Sector::Reb), []);
    assert!(matches!(compiler.finish(), Err(IndexError::TooLarge(_))));
    let mut layers = base();
    let one = Layer::open(Compiler::new().finish().unwrap()).unwrap();
    let refused = std::iter::repeat_with(|| layers.push(one.clone())).take(100).find_map(Result::err);
    assert_eq!(refused, Some(IndexError::TooManyLayers(64)));
}
