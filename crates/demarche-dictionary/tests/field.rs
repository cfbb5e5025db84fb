//! The field's own dictionaries, where they lie beside the repository: every file loads, and what is not understood is known.
#![allow(clippy::print_stderr)] // says which files a test did without

use std::path::PathBuf;

use demarche_dictionary::{
    Codebook, DictionaryError, FileKind, TableKind, read_actors, read_agents, read_discards, read_tables, recognise,
};
use demarche_record::Code;

fn file(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/dictionaries").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is not there", path.display());
    }
    bytes
}

fn codebook() -> Codebook {
    let table = include_str!("../../../data/places/countries.tsv");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let column = |name| header.iter().position(|&column| column == name).expect("the column");
    let (own, admin) = (column("iso3"), column("administered_by"));
    let countries = lines.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let code = |at: usize| cells.get(at).and_then(|cell| Code::parse(cell).ok());
        let own = code(own).expect("a code");
        (own, code(admin).unwrap_or(own))
    });
    Codebook::new(countries).expect("the table of codes is sound")
}

/// File, entries, names, codes, codes with dates, faults, codes not wholly understood.
const ACTORS: [(&str, [usize; 6]); 5] = [
    ("Phoenix.Countries.actors.txt", [18_353, 25_850, 28_381, 26_103, 48, 18]),
    ("Phoenix.International.actors.txt", [7_823, 7_897, 7_882, 452, 9, 11]),
    ("Phoenix.MilNonState.actors.txt", [1_000, 1_748, 1_004, 4, 4, 9]),
    ("CAMEO.EthnicGroups.actors.txt", [534, 621, 535, 0, 0, 0]),
    ("CAMEO.ReligiousGroups.actors.txt", [1_148, 1_423, 1_148, 0, 2, 0]),
];

#[test]
fn actor_dictionaries() {
    let book = codebook();
    for (name, expected) in ACTORS {
        let Some(bytes) = file(name) else { continue };
        assert_eq!(recognise(name, &bytes), Ok(FileKind::Actors));
        let (actors, faults) = read_actors(name, &bytes);
        let codes: Vec<_> = actors.entries.iter().flat_map(|entry| &entry.codes).collect();
        let dated = codes.iter().filter(|code| code.period != demarche_dictionary::Period::ALWAYS).count();
        let not_whole = codes
            .iter()
            .filter_map(|dated| dated.code.as_deref())
            .filter(|code| !book.actor(code, actors.inventory).is_whole())
            .count();
        let patterns: Vec<_> = actors.entries.iter().flat_map(|entry| &entry.patterns).collect();
        for pattern in &patterns {
            let written = String::from_utf8_lossy(&bytes[pattern.span.start..pattern.span.end]);
            let words: Vec<&str> = written
                .split(|c: char| c == '_' || c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty())
                .collect();
            assert_eq!(words.join(" "), pattern.words);
        }
        let found = [actors.entries.len(), patterns.len(), codes.len(), dated, faults.len(), not_whole];
        assert_eq!(
            found, expected,
            "{name}: entries, names, codes, codes with dates, faults, codes not wholly understood"
        );
    }
}

#[test]
fn agents_and_discards() {
    let book = codebook();
    if let Some(bytes) = file("Phoenix.agents.txt") {
        assert_eq!(recognise("a", &bytes), Ok(FileKind::Agents));
        let (agents, faults) = read_agents("a", &bytes);
        let forms: usize = agents.entries.iter().map(|entry| entry.forms.len()).sum();
        let not_whole = agents.entries.iter().filter(|entry| !book.agent(&entry.code, entry.leads).is_whole()).count();
        assert_eq!((agents.entries.len(), forms, faults.len(), not_whole), (2235, 5136, 2, 0));
    }
    if let Some(bytes) = file("Phoenix.discards.txt") {
        assert_eq!(recognise("d", &bytes), Ok(FileKind::Discards));
        let (discards, faults) = read_discards("d", &bytes);
        let documents =
            discards.entries.iter().filter(|entry| entry.reach == demarche_dictionary::Reach::Document).count();
        assert_eq!((discards.entries.len(), documents, faults.len()), (506, 64, 0));
    }
}

#[test]
fn other_files_are_refused() {
    if let Some(bytes) = file("CAMEO.verbpatterns.txt") {
        assert_eq!(recognise("v", &bytes), Err(DictionaryError::Verbs("v".to_owned())));
    }
    if let Some(bytes) = file("Phoenix.IssueCoding.txt") {
        assert_eq!(recognise("i", &bytes), Err(DictionaryError::Issues("i".to_owned())));
    }
}

/// The program's own tables are what a user's tables look like.
#[test]
fn the_shipped_tables_are_users_tables() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data");
    for (name, kind) in [
        ("actors/groups.tsv", TableKind::Groups),
        ("actors/organisations.tsv", TableKind::Organisations),
        ("actors/bodies.tsv", TableKind::Bodies),
        ("actors/seats.tsv", TableKind::Seats),
        ("actors/office_holders.tsv", TableKind::Holders),
        ("actors/roles.tsv", TableKind::Roles),
        ("actors/peoples.tsv", TableKind::Peoples),
        ("places/extra.tsv", TableKind::Places),
    ] {
        let bytes = std::fs::read(folder.join(name)).expect(name);
        assert_eq!(recognise(name, &bytes), Ok(FileKind::Table), "{name}");
        let (tables, faults) = read_tables(name, &bytes);
        let told: Vec<String> = faults.iter().take(5).map(ToString::to_string).collect();
        assert_eq!(told, [""; 0]);
        assert!(tables.rows.len() > 100, "{name}");
        assert!(tables.rows.iter().all(|row| row.entry.table() == kind), "{name}");
    }
}
