//! `demarche actors`, and `--actors` of the commands that code.

use super::{fed, file, folder, records, run};

const TABLE: &str = "name\tcode\tsector\tstart\tend\nZorgon Front\tMLI\tREB\t2012\t2019-06\n";
const DICTIONARY: &str = "ZORGON_FRONT_ [NERGOV >20200101]\n";

#[test]
fn lookup_answers_a_line_a_name() {
    let ran = run(&["actors", "lookup", "--on", "2010-01-01", "Angela Merkel", "Nobody Whatsoever"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let answers = records(&ran.out);
    let keys: Vec<&str> = answers[0].as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "query",
        "on",
        "code",
        "sector",
        "identifier_id",
        "identifier_text",
        "office",
        "from",
        "to",
        "path",
        "confidence",
    ];
    let mut sorted = expected;
    sorted.sort_unstable();
    let mut found = keys.clone();
    found.sort_unstable();
    assert_eq!(found, sorted);
    assert!(
        ran.out.starts_with("{\"query\":\"Angela Merkel\",\"on\":\"2010-01-01\",\"code\":\"DEU\",\"sector\":[\"GOV\"]")
    );
    assert_eq!((&answers[1]["code"], &answers[1]["path"]), (&serde_json::Value::Null, &"unknown name".into()));
}

#[test]
fn names_come_by_a_pipe_too() {
    let ran = fed(&["actors", "lookup"], b"Kenya\n\nMali\n");
    let codes: Vec<_> = records(&ran.out).into_iter().map(|answer| answer["code"].clone()).collect();
    assert_eq!(codes, ["KEN", "MLI"]);
}

#[test]
fn a_users_files_are_read_in_their_order() {
    let folder = folder();
    let (table, dictionary) =
        (file(&folder, "mine.tsv", TABLE.as_bytes()), file(&folder, "theirs.txt", DICTIONARY.as_bytes()));
    let code = |on: &str| {
        let ran = run(&["actors", "lookup", "--actors", &table, "--actors", &dictionary, "--on", on, "Zorgon Front"]);
        records(&ran.out)[0]["code"].clone()
    };
    assert_eq!([code("2015-01-01"), code("2021-01-01")], ["MLI", "NER"]);
    let text = br#"{"id":"a","date":"2015-05-05","text":"The Zorgon Front attacked Norway on Monday."}"#;
    let ran = fed(&["code", "--to", "jsonl", "--actors", &table, "-"], text);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(records(&ran.out)[0]["actor"][0]["code"], "MLI");
}

#[test]
fn check_names_every_fault() {
    let folder = folder();
    let sound = file(&folder, "sound.txt", DICTIONARY.as_bytes());
    let ran = run(&["actors", "check", &sound]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.contains("1 name looked up: 1 as the file says (100.00 %), 0 otherwise; 0 so without"),
        "{}",
        ran.out
    );
    let faulty = file(&folder, "faulty.tsv", b"name\tcode\tsector\nA\tMLI\tRAB\nB\tQQQ\tREB\nC\tMLI\tREB\n");
    let ran = run(&["actors", "check", &faulty]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("faulty.tsv:2:7: column `sector`: `RAB` is not a known PLOVER sector"), "{}", ran.out);
    assert!(ran.out.contains("faulty.tsv:3:3: column `code`: `QQQ` is not a code"), "{}", ran.out);
    let ran = run(&["code", "--actors", &faulty, "talks.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("faulty.tsv:2:7"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
}

/// Quiet takes away what is worth knowing, not what may make the records other than was meant.
#[test]
fn faults_of_a_dictionary_are_told_even_quietly() {
    let folder = folder();
    let faulty = file(&folder, "faulty.txt", format!("{DICTIONARY}NOBODY_AT_ALL\n").as_bytes());
    let ran = run(&["code", "-q", "--actors", &faulty, "talks.txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.starts_with("warning: ") && ran.err.contains("1 line of the dictionary not as"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
}

#[test]
fn what_is_no_file_of_actors_is_refused_in_one_line() {
    let folder = folder();
    for (text, says) in [
        ("&AUX\n+WAS\n--- GRANT [070] ---\n- * A [1]\n", "a dictionary of verb patterns, not of actors"),
        ("<ISSUE CATEGORY=\"A\">\nn:a [B]\n</ISSUE>\n", "a list of issues, not of actors"),
        ("A text about nothing in particular.\nAnd more of it.\n", "neither a dictionary of actors"),
    ] {
        let path = file(&folder, "x.txt", text.as_bytes());
        let ran = run(&["code", "--actors", &path, "talks.txt"]);
        assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

#[test]
fn discards_are_told_in_the_summary() {
    let folder = folder();
    let list = file(&folder, "discards.txt", b"CHESS\n+WORLD CUP\n");
    let text = b"Kenya attacked Mali. The World Cup opened.";
    let ran = fed(&["code", "--to", "jsonl", "--actors", &list, "-"], text);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(ran.err.contains("1 document without a record: left out by a discard list (1)"), "{}", ran.err);
}

#[test]
fn stats_count_what_is_known() {
    let ran = run(&["actors", "stats"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("countries and territories"), "{}", ran.out);
    let ran = run(&["actors", "stats", "--by", "country", "--to", "jsonl"]);
    let rows = records(&ran.out);
    let france = rows.iter().find(|row| row["code"] == "FRA").unwrap();
    assert!(france["persons"].as_u64().unwrap() > 20 && france["cities"].as_u64().unwrap() > 1000);
    for by in ["decade", "kind", "sector"] {
        let ran = run(&["actors", "stats", "--by", by, "--to", "csv"]);
        let mut table = csv::Reader::from_reader(ran.out.as_bytes());
        assert_eq!(&table.headers().unwrap()[0], by);
        assert!(table.records().count() > 5, "{by}");
    }
}

#[test]
fn suggestions_can_be_reviewed_and_loaded() {
    let folder = folder();
    let texts = br#"{"id":"a","text":"Malian lawmaker Awa Zorgo met Norway's envoy. Zorgo criticised Chile."}
{"id":"b","text":"Malian lawmaker Awa Zorgo criticised Norway."}
"#;
    let ran = fed(&["actors", "suggest", "--threads", "2", "--format", "jsonl", "-"], texts);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("\nAwa Zorgo\t\tMLI\tlawmaker\tLEG\t\t\t\t\tsuggested\n"), "{}", ran.out);
    assert!(ran.out.contains("# 2 documents; 3 mentions\n#   MLI: title or modifier (3)\n"), "{}", ran.out);
    assert_eq!(fed(&["actors", "suggest", "--threads", "1", "--format", "jsonl", "-"], texts).out, ran.out);
    let look = |text: &str| {
        let path = file(&folder, "suggested.tsv", text.as_bytes());
        records(&run(&["actors", "lookup", "--actors", &path, "Awa Zorgo"]).out)[0]["code"].clone()
    };
    assert_eq!(look(&ran.out), serde_json::Value::Null, "not before it is reviewed");
    assert_eq!(look(&ran.out.replace("\tsuggested", "\tsure")), "MLI");
}
