//! A user's files of actors over the built-in tables: dictionaries come out as they say, rows override, discards leave out.
#![allow(clippy::print_stderr)] // says which files a test did without

use std::path::PathBuf;

use demarche::actor_files::{reports, world};
use demarche::dictionary::ActorFile;
use demarche::world::{ActorKind, World};
use demarche::{Coder, Record, from_text};
use jiff::civil::{Date, date};

fn file(name: &str, text: &str) -> ActorFile {
    ActorFile::read(name, text.as_bytes()).expect("a file of actors")
}

fn found(world: &World, name: &str, on: Option<Date>) -> String {
    world.lookup(name, on).first().map_or_else(
        || "nobody".to_owned(),
        |found| {
            let code = found.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
            found.sectors.iter().fold(code, |out, sector| out + " " + sector.as_str())
        },
    )
}

/// The field's own dictionaries, where they lie beside the repository: every name whose code is understood comes out as its
/// file says, on the first, the last and three days between of each of its terms.
#[test]
fn the_fields_dictionaries_come_out_as_they_say() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/dictionaries");
    for (name, names) in [
        ("Phoenix.Countries.actors.txt", 25_804),
        ("Phoenix.International.actors.txt", 6_712),
        ("Phoenix.MilNonState.actors.txt", 1_719),
        ("CAMEO.EthnicGroups.actors.txt", 621),
        ("CAMEO.ReligiousGroups.actors.txt", 1_404),
        ("Phoenix.agents.txt", 4_874),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            eprintln!("skipped: {} is not there", folder.join(name).display());
            continue;
        };
        let file = ActorFile::read(name, &bytes).expect("a dictionary");
        let report = reports(&[file]).expect("it goes over the world").remove(0);
        assert_eq!(report.differences, [], "{name}");
        assert_eq!((report.looked_up, report.agree), (names, names), "{name}");
    }
}

#[test]
fn dictionaries_decide_on_their_days() {
    let files = [file(
        "a.txt",
        "ZORGON_FRONT_ [MLIREB 20120301-20190701]\n+ZF_\n\t[MLIPTY >20190701]\nEMMANUEL_MACRON_ [NGOHRI >20300101]\n\
         GREENPEACE_ [---]\nKENYA_ [KEN]\n+KENNYA_\n",
    )];
    let world = world(&files).expect("a world");
    for (name, on, expected) in [
        ("Zorgon Front", date(2015, 1, 1), "MLI REB"),
        ("ZORGON FRONT", date(2019, 6, 30), "MLI REB"),
        ("ZF", date(2019, 7, 1), "MLI PTY"),
        ("Zorgon Front", date(2010, 1, 1), "nobody"),
        ("Emmanuel Macron", date(2020, 1, 1), "FRA GOV"),
        ("Emmanuel Macron", date(2031, 1, 1), "NGO SOC"),
        ("Greenpeace", date(2020, 1, 1), "nobody"),
        ("Kennya", date(2020, 1, 1), "KEN"),
    ] {
        assert_eq!(found(&world, name, Some(on)), expected, "{name} on {on}");
    }
    // Without a day the open term goes first.
    assert_eq!(found(&world, "Zorgon Front", None), "MLI PTY");
    let kenya = &world.lookup("Kenya", None)[0];
    assert_eq!((kenya.kind, kenya.path), (ActorKind::Country, "country name"), "what is known already stays as it is");
    assert_eq!(world.lookup("Kennya", None)[0].canonical.as_deref(), Some("Kenya"));
}

#[test]
fn agents_become_nouns_of_role() {
    let files = [file("a.txt", "!M! = MAN, WOMEN\nZORGONER [~REB]\nSKY!M! {} [~MIL]\nZORGON_CORPS {} [~GOVMIL]\n")];
    let world = world(&files).expect("a world");
    for (name, expected) in [
        ("Kenyan zorgoner", "KEN REB"),
        ("Kenyan zorgoners", "KEN REB"),
        ("Kenyan skywomen", "KEN MIL"),
        ("Kenyan zorgon corps", "KEN GOV MIL"),
    ] {
        assert_eq!(found(&world, name, None), expected, "{name}");
    }
}

const TABLES: &str = "\
name\taliases\tcode\tsector\tstart\tend\treplace
Zorgon Liberation Front\tZLF|Front of Zorgon\tMLI\tREB\t2012-03\t2019-06-30\t
Zorgon Liberation Front\tZLF\tMLI\tPTY|OPP\t2019-07-01\t\t
Greenpeace\t\tKEN\tREB\t\t\tyes

person\taliases\tiso3\toffice\tsector\tstart\tend\twikidata\tcertainty\treplace
Awa Zorgo\tA. Zorgo\tMLI\tforeign minister\tGOV\t2024-02\t\t\tsure\t
Angela Merkel\t\tIGO\tspecial envoy\t\t2030\t\tQ567\tlikely\t
Ban Zorgo\t\tMLI\tdefence minister\tGOV\t2020\t\t\tsuggested\t

lemma\tsector\tkind
zorgoneer\tMIL\tperson

name\tplural\tethnicity\tcountries
Zorgon\tZorgons\tZorgon\tMLI

name\tlat\tlon\tiso2
Zorgonville\t12.5\t-8.25\tML
";

#[test]
fn rows_of_tables_are_loaded() {
    let file = file("mine.tsv", TABLES);
    assert_eq!((file.faults.as_slice(), file.waiting()), ([].as_slice(), 1));
    let world = world(&[file]).expect("a world");
    for (name, on, expected) in [
        ("ZLF", date(2015, 1, 1), "MLI REB"),
        ("Zorgon Liberation Front", date(2020, 1, 1), "MLI PTY OPP"),
        ("Front of Zorgon", date(2015, 1, 1), "MLI REB"),
        ("Greenpeace", date(2020, 1, 1), "KEN REB"),
        ("Awa Zorgo", date(2025, 1, 1), "MLI GOV"),
        ("Foreign Minister Zorgo", date(2025, 1, 1), "MLI GOV"),
        ("Angela Merkel", date(2010, 1, 1), "DEU GOV"),
        ("Angela Merkel", date(2031, 1, 1), "IGO"),
        ("Ban Zorgo", date(2021, 1, 1), "nobody"),
        ("Kenyan zorgoneer", date(2021, 1, 1), "KEN MIL"),
        ("Zorgons", date(2021, 1, 1), "MLI"),
    ] {
        assert_eq!(found(&world, name, Some(on)), expected, "{name} on {on}");
    }
    let place = world.locate_name("Zorgonville").expect("the place");
    assert_eq!(place.country_code.map(|code| code.to_string()).as_deref(), Some("MLI"));
    assert_ne!(world.version(), World::builtin().expect("the world").version());
}

#[test]
fn later_files_override() {
    let (one, two) =
        (file("a.txt", "ZORGON_FRONT_ [MLIREB]\n"), file("b.txt", "ZORGON_FRONT_ [NERGOV 20100101-20150101]\n"));
    let world = world(&[one, two]).expect("a world");
    assert_eq!(found(&world, "Zorgon Front", Some(date(2012, 1, 1))), "NER GOV");
    assert_eq!(found(&world, "Zorgon Front", Some(date(2016, 1, 1))), "MLI REB");
}

#[test]
fn an_unknown_country_is_named_with_its_line() {
    let strange = file("mine.tsv", "name\tcode\tsector\nA\tQQQ\tREB\n");
    let error = world(std::slice::from_ref(&strange)).expect_err("no such country").to_string();
    assert_eq!(
        error,
        "mine.tsv:2:3: column `code`: `QQQ` is not a code of places/countries.tsv, nor IGO, NGO, MNC, IMG or ISM"
    );
    assert_eq!(reports(&[strange]).expect("a report")[0].faults.len(), 1);
}

#[test]
fn texts_are_coded_by_them() {
    let files = [
        file("a.txt", "ZORGON_FRONT_ [MLIREB]\nAWA_ZORGO_ [NERGOV]\nKOFI_ANNAN_ [---]\n"),
        file("d.txt", "CHESS\n+WORLD CUP\n"),
    ];
    let coder = Coder::new().expect("the coder").with_actors(&files).expect("the files load");
    let events = |text: &str| {
        let report = coder.code(&from_text("t", text));
        let codes = |record: &Record| match record {
            Record::Event(event) => {
                let code = |entities: &[demarche::record::Entity]| {
                    let codes = entities.iter().map(|e| e.code.map_or("?".to_owned(), |code| code.to_string()));
                    codes.collect::<Vec<_>>().join(",")
                };
                Some(format!("{} > {}", code(&event.actor), code(&event.recipient)))
            }
            _ => None,
        };
        report.records.iter().filter_map(codes).collect::<Vec<_>>()
    };
    assert_eq!(events("The Zorgon Front attacked Norway on Monday."), ["MLI > NOR"]);
    assert_eq!(events("Awa Zorgo criticised Norway. Zorgo also threatened Chile."), ["NER > NOR", "NER > CHL"]);
    assert_eq!(events("Chile attacked Norway at chess. Kenya attacked Mali."), ["KEN > MLI"]);
    assert_eq!(events("Chile attacked Norway. The World Cup opened."), [""; 0]);
    let told = coder.explain(&from_text("t", "Chile attacked Norway at chess. Kenya attacked Mali.")).to_string();
    assert!(told.contains("none     left out: \u{201c}CHESS\u{201d} (d.txt, line 1)"), "{told}");
    let told = coder.explain(&from_text("t", "Chile attacked Norway. The World Cup opened.")).to_string();
    let whole = "none     the document is left out: \u{201c}WORLD CUP\u{201d} (d.txt, line 2)";
    assert_eq!(told.matches(whole).count(), 2, "{told}");
}
