//! Names by themselves: the finder that runs before the language model, and the look-up.

use std::sync::LazyLock;

use demarche_language::{NameFinder, NameForm};
use demarche_record::Sector;
use demarche_world::{ActorKind, Resolution, World};
use jiff::civil::{Date, date};

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

fn first(name: &str, on: Option<Date>) -> Resolution {
    static WORLD: LazyLock<World> = LazyLock::new(world);
    let found = WORLD.lookup(name, on).into_iter().next();
    found.unwrap_or_else(|| panic!("{name} is known"))
}

#[test]
fn who_was_last_seen_in_office_holds_it_for_a_while() {
    // Where the source stopped, and nobody is known to have come after.
    let found = first("Lindita Nikolla", Some(date(2022, 8, 1)));
    assert_eq!((found.path, found.confidence), ("office on date", 0.95));
    let seen = first("Lindita Nikolla", Some(date(2023, 6, 1)));
    assert_eq!((seen.path, seen.to, seen.office.as_deref()), ("office last seen", None, Some("parliament speaker")));
    assert_eq!(seen.sectors, [Sector::Leg]);
    assert!(seen.confidence < found.confidence);
    let past = first("Lindita Nikolla", Some(date(2026, 6, 1)));
    assert_eq!((past.path, past.sectors), ("office held before", vec![Sector::Eli]));
    // Until another is known to have taken it.
    let path = |month| first("Alfredo Vera Arrata", Some(date(2011, month, 1))).path;
    assert_eq!((path(4), path(6)), ("office last seen", "office held before"));
}

#[test]
fn family_names_are_those_of_all_writings() {
    for (name, on, expected) in [
        ("Gaddafi", date(2005, 6, 1), "Muammar Gaddafi"),
        ("Qaddafi", date(2005, 6, 1), "Muammar Gaddafi"),
        ("Kadhafi", date(2005, 6, 1), "Muammar Gaddafi"),
        ("Marcos", date(2023, 6, 1), "Ferdinand Marcos Jr."),
    ] {
        assert_eq!(first(name, Some(on)).canonical.as_deref(), Some(expected), "{name}");
    }
    assert!(world().lookup("Sara Netanyahu", Some(date(2023, 6, 1))).is_empty());
}

#[test]
fn a_family_name_is_first_of_who_is_in_office() {
    let on = Some(date(2023, 6, 1));
    for name in ["Foreign Minister Wang Yi", "Chinese Foreign Minister Wang Yi", "Wang Yi"] {
        let found = first(name, on);
        assert_eq!((found.canonical.as_deref(), found.path), (Some("Wang Yi"), "office on date"), "{name}");
        assert_eq!(found.code.map(|code| code.to_string()).as_deref(), Some("CHN"), "{name}");
    }
    let found = first("Wang", on);
    assert_eq!(found.code.map(|code| code.to_string()).as_deref(), Some("CHN"));
    assert_eq!((found.path, found.sectors), ("office on date", vec![Sector::Gov]));
}

#[test]
fn regions_and_directions_are_of_no_country() {
    let world = world();
    for name in [
        "Middle East",
        "Sahel",
        "the Sahel",
        "Gulf",
        "the Gulf",
        "Horn of Africa",
        "Balkans",
        "the Balkans",
        "Caucasus",
        "Levant",
        "Maghreb",
        "Baltics",
        "Central Asia",
        "Far East",
        "Global South",
        "West",
        "the West",
        "East",
        "the East",
        "North",
        "South",
        "Western",
        "Eastern",
    ] {
        for on in [None, Some(date(2023, 6, 1))] {
            let found = world.lookup(name, on).into_iter().next();
            assert_eq!(found.and_then(|found| found.code), None, "{name}");
        }
    }
}

#[test]
fn a_place_that_nothing_decides_is_said_to_be_ambiguous() {
    for name in ["Springfield", "Santa Cruz"] {
        let found = first(name, None);
        assert_eq!((found.kind, found.code, found.path), (ActorKind::Place, None, "ambiguous place"), "{name}");
        assert_eq!((found.canonical, found.confidence), (None, 0.0), "{name}");
    }
    assert_eq!(first("Springfield, Illinois", None).code.map(|code| code.to_string()).as_deref(), Some("USA"));
}

#[test]
fn former_names_of_countries_say_so() {
    for (name, code, path) in [
        ("Zaire", "COD", "former country name"),
        ("Upper Volta", "BFA", "former country name"),
        ("Burkina Faso", "BFA", "country name"),
        ("Afghanistan", "AFG", "country name"),
    ] {
        let found = first(name, Some(date(1990, 6, 1)));
        assert_eq!((found.kind, found.path), (ActorKind::Country, path), "{name}");
        assert_eq!(found.code.map(|code| code.to_string()).as_deref(), Some(code), "{name}");
    }
}

#[test]
fn names_are_met_as_they_are_also_written() {
    let world = world();
    for (written, code) in
        [("Gideon Saar", "ISR"), ("Gideon Sa'ar", "ISR"), ("Lee Jae-myung", "KOR"), ("Lee Jae Myung", "KOR")]
    {
        let found = world.lookup(written, Some(date(2025, 10, 15)));
        let code_found = found.first().and_then(|found| found.code).map(|code| code.to_string());
        assert_eq!(code_found.as_deref(), Some(code), "{written}");
    }
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
    // What stands behind the comma may be known to nobody.
    assert!(world.locate_name("Geneva, Nowhere-in-Particular").is_some());
    for odd in ["", ",", ",,", "Nowhere-in-Particular, Mali", "Mali,", ", Mali", "Kayes, Mali, Nowhere"] {
        let _ = (world.locate_name(odd), world.lookup(odd, None));
    }
    for (name, country) in [("Paris, Nowhere-in-Particular", "FRA"), ("Paris, ", "FRA"), ("Mali,,", "MLI")] {
        let place = world.locate_name(name).unwrap_or_else(|| panic!("{name} is known"));
        assert_eq!(place.country_code.map(|code| code.to_string()).as_deref(), Some(country), "{name}");
    }
}

#[test]
fn phrases_are_composed_without_a_text() {
    let world = world();
    for (phrase, code, sectors) in [
        ("Turkish police", Some("TUR"), "COP"),
        ("the president of Mali", Some("MLI"), "GOV"),
        ("rebels in eastern Congo", Some("COD"), "REB"),
        ("the Chinese side", Some("CHN"), "GOV"),
        ("China's top diplomat", Some("CHN"), "GOV"),
        ("the ministry", None, "GOV"),
        ("opposition lawmakers", None, "LEG|OPP"),
        ("Nigerian soldiers", Some("NGA"), "MIL"),
    ] {
        let found = world.lookup(phrase, None);
        let found = found.first().unwrap_or_else(|| panic!("{phrase} is read"));
        assert_eq!(found.code.map(|code| code.to_string()).as_deref(), code, "{phrase}");
        let written: Vec<&str> = found.sectors.iter().map(|sector| sector.as_str()).collect();
        assert_eq!(written.join("|"), sectors, "{phrase}");
    }
    let holder = &world.lookup("the Chinese foreign minister", Some(date(2003, 6, 1)))[0];
    assert_eq!(holder.canonical.as_deref(), Some("Li Zhaoxing"));
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
