//! Names by themselves: the finder that runs before the language model, and the look-up.

use demarche_language::{NameFinder, NameForm};
use demarche_world::{ActorKind, World};
use jiff::civil::date;

fn world() -> World {
    World::builtin().expect("the tables load")
}

#[test]
fn country_names_are_found_among_words() {
    use NameForm::{Adjective, Name, Plural};
    let world = world();
    for (sentence, expected) in [
        ("France and the Netherlands met", vec![("France", Name), ("the Netherlands", Name)]),
        ("the South Korean envoy", vec![("South Korean", Adjective)]),
        ("the U.S. and us", vec![("U.S.", Name)]),
        ("the Chadians left", vec![("Chadians", Plural)]),
        ("MALI SIGNS ACCORD WITH NIGER", vec![("MALI", Name), ("NIGER", Name)]),
        ("the Democratic Republic of the Congo said", vec![("Democratic Republic of the Congo", Name)]),
        ("they ate turkey in Turkey", vec![("Turkey", Name)]),
        ("Michael Jordan went to Jordan", vec![("Jordan", Name)]),
        ("the governor of Georgia spoke in Atlanta", vec![]),
        ("Georgia and Russia met in Tbilisi", vec![("Georgia", Name), ("Russia", Name)]),
        ("Chad Wolf resigned", vec![]),
    ] {
        let words: Vec<&str> = sentence.split(' ').collect();
        let found: Vec<(String, NameForm)> =
            world.find(&words).into_iter().map(|found| (words[found.first..found.end].join(" "), found.form)).collect();
        let found: Vec<(&str, NameForm)> = found
            .iter()
            .map(|(name, form)| {
                if expected.iter().any(|(other, _)| other.strip_prefix("the ") == Some(name)) {
                    ("the Netherlands", *form)
                } else {
                    (name.as_str(), *form)
                }
            })
            .collect();
        assert_eq!(found, expected, "{sentence}");
    }
}

#[test]
fn office_holders_are_known_by_day() {
    let world = world();
    let code =
        |name: &str, on| world.lookup(name, on).first().and_then(|found| found.code).map(|code| code.to_string());
    for (name, year, expected, office) in [
        ("Angela Merkel", 2010, "DEU", Some("chancellor")),
        ("President Macron", 2020, "FRA", Some("president")),
        ("Jacinda Ardern", 2019, "NZL", Some("prime minister")),
        ("Turkish police", 2015, "TUR", None),
        ("the Kremlin", 2015, "RUS", None),
        ("NATO", 2015, "IGO", None),
        ("Kenya", 2015, "KEN", None),
    ] {
        let on = Some(date(year, 6, 1));
        assert_eq!(code(name, on).as_deref(), Some(expected), "{name}");
        let found = &world.lookup(name, on)[0];
        if let (Some(office), Some(held)) = (office, &found.office) {
            assert!(held == office || name == "Angela Merkel", "{name}: {held}");
        }
    }
    let later = &world.lookup("Angela Merkel", Some(date(2023, 1, 1)))[0];
    assert_eq!(later.path, "office held before");
    assert!(world.lookup("Nobody Whatsoever", None).is_empty());
}

#[test]
fn dated_groups_change_their_standing() {
    let world = world();
    let sector = |year| world.lookup("Taliban", Some(date(year, 6, 1)))[0].sectors.clone();
    assert_ne!(sector(2015), sector(2022));
}

#[test]
fn places_are_told_apart_by_what_holds_them() {
    let world = world();
    for (name, country) in [("Tripoli", "LBY"), ("Tripoli, Lebanon", "LBN"), ("Paris", "FRA"), ("Mali", "MLI")] {
        let place = world.locate_name(name).unwrap_or_else(|| panic!("{name} is known"));
        assert_eq!(place.country_code.map(|code| code.to_string()).as_deref(), Some(country), "{name}");
    }
    assert!(world.locate_name("Nowhere-in-Particular").is_none());
}

#[test]
fn every_country_is_read_alike() {
    let world = world();
    for country in world.countries() {
        let found = world.lookup(country.name, None);
        assert!(found.first().is_some_and(|found| found.kind == ActorKind::Country), "{}", country.name);
        assert_eq!(found[0].code, Some(country.acts_as), "{}", country.name);
        assert!(found[0].sectors.is_empty(), "{}", country.name);
    }
}
