//! Records without their texts, the way back, and manifests.

use std::fs;
use std::path::{Path, PathBuf};

use demarche_dossier::Dossier;

use super::dossier::reports;
use super::{DATA, file, folder, records, run};

fn inputs() -> Vec<String> {
    let examples: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../examples"].iter().collect();
    let names = ["talks.txt", "page.html", "batch.jsonl"].map(|name| Path::new(DATA).join(name));
    names.into_iter().chain([examples]).map(|path| path.display().to_string()).collect()
}

fn with<'a>(arguments: &[&'a str], inputs: &'a [String]) -> Vec<&'a str> {
    arguments.iter().copied().chain(inputs.iter().map(String::as_str)).collect()
}

#[test]
fn records_without_words_get_them_back_byte_for_byte() {
    let folder = folder();
    let mut inputs = inputs();
    inputs.push(file(
        &folder,
        "hedged.txt",
        b"Chad said it was reportedly ready to support a ceasefire\n in principle.\n\n\
          Peru rejected for now the ceasefire that Chile proposed, officials said.",
    ));
    let whole = run(&with(&["code", "--to", "jsonl", "--all"], &inputs)).out;
    let bare = run(&with(&["code", "--to", "jsonl", "--all", "--no-text"], &inputs)).out;
    assert_eq!(whole.lines().count(), bare.lines().count());
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut hedges = 0;
    for (record, bare) in records(&whole).into_iter().zip(records(&bare)) {
        assert!(validator.is_valid(&bare), "{bare}");
        assert_eq!(bare["document_hash"].as_str().unwrap().len(), 64);
        hedges += bare["hedge_places"].as_array().map_or(0, Vec::len);
        for key in ["text", "proposition"] {
            if let Some(words) = record.get(key) {
                assert!(!words.as_str().unwrap().is_empty() && bare[key] == "");
            }
        }
    }
    assert!(hedges > 0, "no hedge in the examples");
    let path = file(&folder, "bare.jsonl", bare.as_bytes());
    // Texts may come in another order.
    let mut backwards = inputs.clone();
    backwards.reverse();
    let ran = run(&with(&["rehydrate", &path], &backwards));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out == whole);
    // What has its words passes through.
    let path = file(&folder, "whole.jsonl", whole.as_bytes());
    assert!(run(&with(&["rehydrate", "-q", &path], &inputs)).out == whole);

    let csv = run(&["code", "--to", "csv", "--no-text", "talks.txt"]);
    assert!(csv.code == Some(2) && csv.err.contains("--no-text goes with --to jsonl"), "{}", csv.err);
}

#[test]
fn a_text_that_is_another_or_missing_leaves_its_records_as_they_are() {
    let folder = folder();
    let input = file(&folder, "a.jsonl", reports(3).as_bytes());
    let whole = run(&["code", "--to", "jsonl", &input]).out;
    let bare = run(&["code", "--to", "jsonl", "--no-text", &input]).out;
    let path = file(&folder, "bare.jsonl", bare.as_bytes());
    let texts: String = reports(2).replace("port 0", "port nil");
    fs::write(&input, texts).unwrap();
    let ran = run(&["rehydrate", &path, &input]);
    assert_eq!(ran.code, Some(1));
    let told: Vec<&str> = ran.err.lines().collect();
    assert!(told[0].starts_with("failed: r0: not the text that was coded"), "{}", ran.err);
    assert!(told[1].starts_with("failed: r2: its text is not among those given"), "{}", ran.err);
    assert_eq!(told[2..], ["1 document given their words, 1 without a text, 1 failed"]);
    for ((whole, bare), out) in whole.lines().zip(bare.lines()).zip(ran.out.lines()) {
        assert_eq!(out, if whole.contains("\"r1#") { whole } else { bare });
    }
    let ran = run(&["rehydrate", "talks.txt", "talks.txt"]);
    assert!(ran.code == Some(2) && ran.err.contains("talks.txt, line 1: no record"), "{}", ran.err);
}

#[test]
fn a_dossier_without_texts_gets_them_back() {
    let folder = folder();
    let inputs = inputs();
    let [bare, whole] = ["bare.db", "whole.db"].map(|name| folder.path().join(name).display().to_string());
    assert_eq!(run(&with(&["add", "-q", "--all", "--to", &whole], &inputs)).code, Some(0));
    assert_eq!(run(&with(&["add", "-q", "--all", "--no-text", "--to", &bare], &inputs)).code, Some(0));
    let open = |path: &str| Dossier::open(Path::new(path)).unwrap();
    assert_eq!(open(&bare).digest().unwrap(), open(&whole).digest().unwrap(), "but for the words they say the same");
    let changed = file(&folder, "talks.txt", b"Chad urged Mali to withdraw.");
    let ran = run(&["rehydrate", "--in", &bare, &changed]);
    assert!(ran.code == Some(0) && ran.err.contains("1 not in the dossier"), "{}", ran.err);
    let ran = run(&with(&["rehydrate", "--in", &bare], &inputs));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("; 0 documents still without"), "{}", ran.err);
    let ids = |path: &str| {
        let mut ids = Vec::new();
        let listed = open(path).holdings(|holding| {
            ids.push(holding.id);
            std::ops::ControlFlow::Continue(())
        });
        listed.unwrap();
        ids
    };
    assert_eq!(ids(&bare), ids(&whole));
    for id in ids(&whole) {
        assert_eq!(open(&bare).records_of(&id).unwrap(), open(&whole).records_of(&id).unwrap());
    }
    let ran = run(&["rehydrate", "--in", "no-such.db", "talks.txt"]);
    assert!(ran.code == Some(2) && ran.err.contains("no-such.db: there is no dossier there"), "{}", ran.err);
}

#[test]
fn a_manifest_says_whether_all_is_the_same() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let input = file(&folder, "a.jsonl", reports(4).as_bytes());
    let (out, manifest, db) = (path("r.jsonl"), path("r.manifest.jsonl"), path("watch.db"));
    let ran = run(&["code", "-q", "--to", "jsonl", "-o", &out, "--manifest", &manifest, &input]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines = records(&fs::read_to_string(&manifest).unwrap());
    let kinds: Vec<&str> = lines.iter().map(|line| line["line"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["run", "input", "input", "input", "input", "output", "end"]);
    assert_eq!(lines[0]["command"], "demarche code --to jsonl");
    let ran = run(&["manifest", "check", &manifest, &input]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.lines().all(|line| line.starts_with("same ")), "{}", ran.out);
    assert!(ran.out.ends_with("inputs: 4 of 4\n") && ran.out.contains("output r.jsonl"), "{}", ran.out);

    assert_eq!(run(&["add", "-q", "--to", &db, &input]).code, Some(0));
    let of_dossier = path("watch.manifest.jsonl");
    assert_eq!(run(&["manifest", "--from", &db, "-q", "-o", &of_dossier]).code, Some(0));
    let ran = run(&["manifest", "check", &of_dossier, &input]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);

    fs::write(&input, reports(3).replace("port 1", "port 11")).unwrap();
    fs::write(&out, "").unwrap();
    let written = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, written.replace("\"data\":\"", "\"data\":\"0")).unwrap();
    let ran = run(&["manifest", "check", &manifest, &input]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    for told in
        ["differs  data 0", "differs  output r.jsonl", "differs  input r1 ", "missing  input r3 ", "same     model "]
    {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    let ran = run(&["manifest", "check", "talks.txt"]);
    assert!(ran.code == Some(2) && ran.err.contains("talks.txt, line 1: is no line of a manifest"), "{}", ran.err);
}
