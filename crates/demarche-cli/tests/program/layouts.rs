//! `demarche code` in the layouts of other data sets and as Parquet.

use std::fs;

use super::{fed, folder, names, records, run};

const INPUTS: [&str; 3] = ["talks.txt", "batch.jsonl", "talks.txt"];

fn coded(arguments: &[&str]) -> super::Ran {
    run(&[&["code"], arguments, &INPUTS].concat())
}

#[test]
fn every_layout_has_its_columns_on_any_number_of_threads() {
    for (to, columns, named) in [
        ("polecat", 40, true),
        ("icews", 20, true),
        ("gdelt", 61, false),
        ("petrarch", 10, false),
        ("phoenix", 26, false),
        ("acled", 31, true),
    ] {
        let on = |threads| coded(&["--quiet", "--to", to, "--expand-dyads", "--threads", threads]);
        let (one, three) = (on("1"), on("3"));
        assert_eq!((one.code, &one.out, &one.err), (three.code, &three.out, &three.err), "{to}");
        if to != "acled" {
            assert!(one.out.lines().count() > usize::from(named), "{to}: {}", one.out);
            assert!(one.out.lines().all(|line| line.split('\t').count() == columns), "{to}: {}", one.out);
        }
    }
    // Nothing to code gives the names alone.
    for (to, lines) in [("icews", 1), ("gdelt", 0)] {
        let none = fed(&["code", "--quiet", "--to", to], b"The sky was blue over the quiet village that morning.");
        assert_eq!((none.code, none.out.lines().count()), (Some(0), lines), "{to}");
    }
}

#[test]
fn dyads_have_numbered_ids_in_json_lines_too() {
    let text = b"China and Russia held talks with Iran and Iraq.";
    let ran = fed(&["code", "--quiet", "--to", "jsonl", "--expand-dyads"], text);
    let events: Vec<_> = records(&ran.out).into_iter().filter(|record| record["record"] == "event").collect();
    assert!(events.len() > 1, "{}", ran.out);
    for (number, event) in (1..).zip(&events) {
        assert!(event["id"].as_str().unwrap().ends_with(&format!(".{number}")), "{event}");
        assert_eq!((event["actor"].as_array().unwrap().len(), event["recipient"].as_array().unwrap().len()), (1, 1));
    }
}

#[test]
fn parquet_is_a_whole_file() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, threads) in [("one.parquet", "1"), ("three.parquet", "3")] {
        let ran =
            coded(&["--quiet", "--to", "parquet", "--kind", "statement", "--threads", threads, "-o", &path(name)]);
        assert_eq!(ran.out, "");
    }
    let one = fs::read(path("one.parquet")).unwrap();
    assert!(one.starts_with(b"PAR1") && one.ends_with(b"PAR1"));
    assert_eq!(one, fs::read(path("three.parquet")).unwrap());
    // Where nothing could be read there is no file, not even the head of one.
    assert_eq!(run(&["code", "--to", "parquet", "-o", &path("none.parquet"), "no-such.txt"]).code, Some(1));
    assert_eq!(names(folder.path()), ["one.parquet", "three.parquet"]);
    // Parts are files of their own.
    let parts = path("parts");
    let ran = coded(&["--quiet", "--to", "parquet", "--resume", "--part", "1", "-o", &parts]);
    assert!(ran.code.is_some_and(|code| code < 2), "{}", ran.err);
    let part = fs::read(folder.path().join("parts/part-000001.parquet")).unwrap();
    assert!(part.starts_with(b"PAR1") && part.ends_with(b"PAR1"));
}

#[test]
fn what_a_layout_has_no_row_for_is_counted() {
    let ran = fed(&["code", "--to", "acled"], b"Norway urged Mali to withdraw. France plans to meet Chad on Monday.");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1));
    assert!(ran.err.contains("without a row in this layout: "), "{}", ran.err);
    assert!(ran.err.contains("of no kind that the layout has ("), "{}", ran.err);
}

#[test]
fn a_layout_of_events_has_no_other_kind() {
    let ran = run(&["code", "--to", "gdelt", "--kind", "statement", "talks.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(
        ran.err,
        "demarche: --to gdelt has events alone; leave --kind out, or write --to csv, parquet or jsonl\n"
    );
}
