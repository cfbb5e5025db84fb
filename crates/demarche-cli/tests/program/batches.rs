//! A large batch in parts: stopped and gone on with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::dossier::reports;
use super::{demarche, file, folder, names, run};

fn files(folder: &Path) -> BTreeMap<String, String> {
    names(folder).into_iter().map(|name| (name.clone(), fs::read_to_string(folder.join(name)).unwrap())).collect()
}

fn joined(folder: &Path) -> String {
    files(folder).into_iter().filter(|(name, _)| name.starts_with("part-")).map(|(_, text)| text).collect()
}

#[test]
fn parts_joined_are_the_whole_and_a_finished_batch_is_left_alone() {
    let folder = folder();
    let bad = "{\"id\":\"x\"}\n{\"id\":\"fr\",\"language\":\"fr\",\"text\":\"Le Tchad a accusé le Mali.\"}\n";
    let input = file(&folder, "a.jsonl", format!("{}{bad}", reports(8)).as_bytes());
    for to in ["jsonl", "csv", "text"] {
        let out = folder.path().join(to);
        let path = out.display().to_string();
        let arguments = ["code", "--to", to, "--resume", "--part", "3", "-o", &path, &input, "talks.txt"];
        let first = run(&arguments);
        assert_eq!(first.code, Some(1), "{}", first.err);
        assert_eq!(joined(&out), run(&["code", "--to", to, &input, "talks.txt"]).out, "{to}");
        assert_eq!(names(&out).len(), 5, "11 inputs in parts of 3, and the manifest");
        let before = files(&out);
        let again = run(&arguments);
        assert_eq!(again.code, Some(1));
        let failures = |err: &str| err.lines().filter(|line| line.starts_with("failed")).map(str::to_owned).collect();
        let [one, other]: [Vec<String>; 2] = [failures(&first.err), failures(&again.err)];
        assert_eq!((one.len(), one), (1, other));
        assert!(again.err.contains("\n9 documents, 1 skipped (fr 1), 1 failed (missing field 1); "), "{}", again.err);
        assert_eq!(files(&out), before);
    }
}

#[test]
fn what_has_changed_since_is_told() {
    let folder = folder();
    let lines = reports(6);
    let input = file(&folder, "a.jsonl", lines.as_bytes());
    let out = folder.path().join("out");
    let path = out.display().to_string();
    let arguments = ["code", "-q", "--to", "jsonl", "--resume", "--part", "2", "-o", &path, &input];
    assert_eq!(run(&arguments).code, Some(0));
    let before = files(&out);
    let refused = |arguments: &[&str], told: &str| {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{}", ran.err);
        assert!(ran.err.contains(&path) && ran.err.contains(told), "{}", ran.err);
        assert_eq!(files(&out), before);
    };
    let mut all = arguments.to_vec();
    all.push("--all");
    refused(&all, "the command differs");
    for (now, told) in [
        (lines.replace("port 3", "port 33"), "where `r3` was coded there is another `r3`"),
        (lines.split_inclusive('\n').take(4).collect(), "are not there any more"),
        (format!("{lines}{}", lines.replace("\"id\":\"r", "\"id\":\"q")), "`q0` was not among them"),
    ] {
        fs::write(&input, now).unwrap();
        refused(&arguments, told);
    }
    fs::write(&input, &lines).unwrap();
    fs::write(out.join("part-000002.jsonl"), "").unwrap();
    let ran = run(&arguments);
    assert!(ran.code == Some(2) && ran.err.contains("part-000002.jsonl: not as it was written"), "{}", ran.err);
    assert_eq!(run(&["code", "--resume", &input]).code, Some(2), "no folder");
}

#[test]
fn ten_kills_leave_the_bytes_of_an_undisturbed_run() {
    let folder = folder();
    let input = file(&folder, "a.jsonl", reports(44).as_bytes());
    let [killed, whole] = ["killed", "whole"].map(|name| folder.path().join(name));
    let arguments = |to: &Path| {
        let to = to.display().to_string();
        ["code", "-q", "--to", "jsonl", "--resume", "--part", "2", "-o", &to, &input].map(str::to_owned)
    };
    for point in 1..=10 {
        let mut child =
            demarche(&arguments(&killed).each_ref().map(String::as_str)).stdout(Stdio::null()).spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            if killed.join(format!("part-{:06}.jsonl", point * 2)).exists() {
                child.kill().unwrap();
            }
            std::thread::yield_now();
        }
    }
    for folder in [&killed, &whole] {
        let ran = run(&arguments(folder).each_ref().map(String::as_str));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    assert_eq!(names(&whole).len(), 23);
    assert_eq!(files(&killed), files(&whole));
    // A manifest that was cut in the midst of a line, and a part that nobody vouches for.
    let manifest = fs::read(killed.join("manifest.jsonl")).unwrap();
    fs::write(killed.join("manifest.jsonl"), &manifest[..manifest.len() * 2 / 3]).unwrap();
    fs::write(killed.join(".demarche-x.part"), "half").unwrap();
    assert_eq!(run(&arguments(&killed).each_ref().map(String::as_str)).code, Some(0));
    assert_eq!(files(&killed), files(&whole));
}
