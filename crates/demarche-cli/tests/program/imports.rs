//! `demarche import` and `demarche compare`.

use super::{Ran, demarche, file, folder, records, run};

const ROWS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../demarche-layouts/tests/read");

fn import(set: &str, file: &str, dossier: &str) -> Ran {
    run(&["import", set, file, "--to", dossier])
}

#[test]
fn files_are_taken_over_once_and_faulty_rows_named() {
    let folder = folder();
    let dossier = folder.path().join("watch.db").display().to_string();
    let polecat = format!("{ROWS}/polecat.tsv");
    let first = import("polecat", &polecat, &dossier);
    assert_eq!(first.code, Some(1), "{}", first.err);
    assert_eq!(first.out, "");
    assert!(first.err.contains("polecat.tsv, line 8: 9 cells where there are 40 columns"), "{}", first.err);
    assert!(first.err.contains("line 9: `2023-02-30` is no date"), "{}", first.err);
    assert!(
        first.err.contains(
            "1 file, 6 rows; 6 events (parts: 1 new); 3 rows mended; 1 repeated header passed over; 3 rows faulty"
        ),
        "{}",
        first.err
    );
    let again = import("polecat", &polecat, &dossier);
    assert!(again.err.contains("0 events (parts: 1 unchanged)"), "{}", again.err);
    let bytes = std::fs::read_to_string(&polecat).unwrap();
    let shorter = file(
        &folder,
        "polecat.tsv",
        bytes.lines().take(2).fold(String::new(), |all, line| all + line + "\n").as_bytes(),
    );
    let newer = import("polecat", &shorter, &dossier);
    assert_eq!(newer.code, Some(0), "{}", newer.err);
    assert!(newer.err.contains("1 file, 1 row; 1 event (parts: 1 replaced)"), "{}", newer.err);
}

#[test]
fn what_is_no_file_of_the_data_set_fails_in_one_line() {
    let folder = folder();
    let dossier = folder.path().join("watch.db").display().to_string();
    let table = file(&folder, "table.tsv", b"a\tb\n1\t2\n");
    for (set, expected) in [
        ("icews", "no column `Event Date` in line 1: not a file of ICEWS, or without its line of column names"),
        ("petrarch", "none of its 2 rows can be read as one of PETRARCH; is it a file of that data set?"),
    ] {
        let ran = import(set, &table, &dossier);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.err.starts_with("failed: ") && ran.err.contains(expected), "{}", ran.err);
    }
    let ran = import("icews", "nowhere.tsv", &dossier);
    assert!(ran.err.contains("nowhere.tsv: cannot be read (no such file or directory)"), "{}", ran.err);
    let bare: Ran = demarche(&["import", "icews", &table]).env_remove("DEMARCHE_DOSSIER").output().unwrap().into();
    assert_eq!(bare.code, Some(2));
    assert!(bare.err.contains("no dossier: name one with --to FILE"), "{}", bare.err);
    let no_dossier = import("icews", &table, &table);
    assert_eq!(no_dossier.code, Some(2));
    assert!(no_dossier.err.contains("table.tsv: not a dossier"), "{}", no_dossier.err);
}

const ONE: &str = "20230301\tMLIGOV\tFRAGOV\t042\t\ts1\tw
20230302\tMLIGOV\tFRAGOV\t112\t\ts2\tw
20230401\tFRAGOV\tMLIGOV\t190\t\ts3\tw
";
const OTHER: &str = "20230305\tMLIGOV\tFRAGOV\t040\t\ts1\tw
20230405\tNORGOV\tMLIGOV\t073\t\ts2\tw
20230501\tNORGOV\tMLIGOV\t073\t\ts2\tw
";

#[test]
fn two_sources_beside_each_other() {
    let folder = folder();
    let [one, other] = [("one.txt", ONE), ("other.txt", OTHER)]
        .map(|(name, rows)| format!("petrarch:{}", file(&folder, name, rows.as_bytes())));
    let text = run(&["compare", &one, &other]);
    assert_eq!((text.code, text.err.as_str()), (Some(0), ""));
    for line in [
        "2023-03 to 2023-04, 3 units that either tells of, 6 cells",
        "verbal cooperation    1  1     1       0       0   1.000",
    ] {
        assert!(text.out.contains(line), "{}", text.out);
    }
    let csv = run(&["compare", &one, &other, "--to", "csv", "--of", "event"]);
    let rows: Vec<&str> = csv.out.lines().collect();
    assert_eq!(rows[0], "class,a,b,cells_both,cells_only_a,cells_only_b,shared,overlap,pearson,spearman");
    assert!(rows[1].starts_with("all,3,2,1,1,1,0.333333,0.25,"), "{}", rows[1]);
    let cells = run(&["compare", &one, &other, "--to", "jsonl", "--table", "cells"]);
    let cells = records(&cells.out);
    assert_eq!(cells.len(), 4);
    assert_eq!((cells[0]["source"].as_str(), cells[0]["difference"].as_f64()), (Some("NOR"), Some(-0.5)));

    // The same out of a dossier.
    let dossier = folder.path().join("watch.db").display().to_string();
    for (set, path) in [("petrarch", &one["petrarch:".len()..]), ("gdelt", &format!("{ROWS}/gdelt.tsv"))] {
        assert!(import(set, path, &dossier).err.contains("new"));
    }
    let stored = run(&["compare", &format!("{dossier}:petrarch"), &other, "--to", "csv", "--of", "event"]);
    assert_eq!(stored.out, csv.out, "{}", stored.err);
    let from = run(&["compare", "--from", &dossier, "petrarch", "petrarch", "--to", "csv"]);
    assert!(from.out.lines().nth(1).is_some_and(|all| all.starts_with("all,3,3,2,0,0,1.0,1.0,")), "{}", from.out);
    for (a, expected) in [
        ("gdelt", "no month in common"),
        ("icews", "nothing of `ICEWS` in it; it has GDELT, PETRARCH"),
        ("coded", "coded: no event with a country and a month"),
    ] {
        let ran = run(&["compare", "--from", &dossier, a, "petrarch"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(expected), "{}", ran.err);
    }
    let lost = run(&["compare", "nothing", &other]);
    assert!(lost.err.contains("nothing: no such source"), "{}", lost.err);
}
