//! Articles into a dossier: once, whatever happens.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use demarche_dossier::{Dossier, Filter};

use super::{Ran, demarche, fed, file, folder, names, run};

/// Short reports, one a line.
pub(super) fn reports(number: usize) -> String {
    let names = ["Chad", "Mali", "Peru", "Fiji", "Oman", "Laos", "Togo"];
    (0..number)
        .map(|n| {
            let (one, other) = (names[n % 7], names[(n * 3 + 1) % 7]);
            let day = 1 + n % 28;
            format!(
                "{{\"id\":\"r{n}\",\"date\":\"2024-05-{day:02}\",\"text\":\"{one} accused {other} of closing port {n}, officials said.\"}}\n"
            )
        })
        .collect::<Vec<_>>()
        .concat()
}

fn add(path: &str, inputs: &[&str]) -> Ran {
    let mut arguments = vec!["add", "--to", path];
    arguments.extend(inputs);
    run(&arguments)
}

pub(super) fn extent(path: &str) -> demarche_dossier::Extent {
    Dossier::open_read_only(Path::new(path)).unwrap().extent().unwrap()
}

fn digest(path: &str) -> String {
    let dossier = Dossier::open(Path::new(path)).unwrap();
    dossier.verify().unwrap();
    dossier.digest().unwrap().to_string()
}

#[test]
fn adding_twice_changes_nothing_and_a_corrected_version_replaces() {
    let folder = folder();
    let path = folder.path().join("watch.db").display().to_string();
    let lines = reports(6);
    let input = file(&folder, "a.jsonl", lines.as_bytes());
    let ran = add(&path, &[&input, "talks.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert!(ran.err.contains("\nwritten: 7 new documents, 0 replaced, 0 unchanged; "), "{}", ran.err);
    assert!(ran.err.contains("watch.db: 7 documents in "), "{}", ran.err);
    assert_eq!(names(folder.path()), ["a.jsonl", "watch.db"], "one file");
    let before = digest(&path);
    // The records are those of `demarche code`, and every sentence can be found.
    let dossier = Dossier::open(Path::new(&path)).unwrap();
    let coded = run(&["code", "--to", "jsonl", "talks.txt"]).out;
    let mut coded: Vec<&str> = coded.lines().collect();
    let stored: Vec<String> =
        dossier.records_of("talks.txt").unwrap().iter().map(|record| serde_json::to_string(record).unwrap()).collect();
    let mut stored: Vec<&str> = stored.iter().map(String::as_str).collect();
    coded.sort_unstable();
    stored.sort_unstable();
    assert_eq!(coded, stored);
    drop(dossier);

    let again = add(&path, &[&input, "talks.txt"]);
    assert!(again.err.contains("\nwritten: 0 new documents, 0 replaced, 7 unchanged; 0 events, "), "{}", again.err);
    assert_eq!(digest(&path), before);

    // A corrected date is another version too.
    fs::write(&input, lines.replace("closing port 3", "opening port 3").replace("2024-05-02", "2024-05-03")).unwrap();
    let ran = add(&path, &[&input]);
    assert!(ran.err.contains("\nwritten: 0 new documents, 2 replaced, 4 unchanged; "), "{}", ran.err);
    assert_eq!(extent(&path).documents, 7);
    // Other options are another run: asked for or not.
    let frames = ["add", "--frames-only", "--to", &path, &input];
    assert!(run(&frames).err.contains(" 6 unchanged"));
    let recode = ["add", "--frames-only", "--recode", "--to", &path, &input];
    let ran = run(&recode);
    assert!(ran.err.contains("0 new documents, 6 replaced, 0 unchanged"), "{}", ran.err);
    assert!(run(&recode).err.contains("0 new documents, 0 replaced, 6 unchanged"));
}

#[test]
fn two_documents_of_one_id_in_one_run_are_told() {
    let folder = folder();
    let path = folder.path().join("watch.db").display().to_string();
    let first = "{\"id\":\"a\",\"text\":\"Chad urged Mali to withdraw its troops.\"}\n";
    let other = "{\"id\":\"a\",\"text\":\"Chad accused Mali of closing the border.\"}\n";
    let input = file(&folder, "a.jsonl", format!("{first}{first}{other}").as_bytes());
    for unchanged in ["1 new document, 0 replaced, 1 unchanged", "0 new documents, 0 replaced, 2 unchanged"] {
        let ran = add(&path, &[&input]);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.err.starts_with("failed: a: another document of this id came before in this run; "), "{}", ran.err);
        assert!(ran.err.contains(unchanged), "{}", ran.err);
    }
    let mut records = Dossier::open(Path::new(&path)).unwrap().records_of("a").unwrap();
    let demarche::Record::Event(event) = records.remove(0) else { panic!("an event") };
    assert_eq!(event.event[0].as_str(), "REQUEST");
}

#[test]
fn what_comes_by_a_pipe_is_called_by_its_hash() {
    let folder = folder();
    let path = folder.path().join("watch.db").display().to_string();
    let [one, other] = ["Chad urged Mali to withdraw its troops.", "Peru accused Fiji of closing the border."];
    for (text, documents) in [(one, 1), (other, 2), (other, 2), (one, 2)] {
        assert_eq!(fed(&["add", "-q", "--to", &path, "-"], text.as_bytes()).code, Some(0));
        assert_eq!(extent(&path).documents, documents, "{text}");
    }
}

#[test]
fn the_dossier_may_be_named_by_the_environment() {
    let folder = folder();
    let path = folder.path().join("watch.db");
    let ran: Ran = demarche(&["add", "talks.txt"]).env_remove("DEMARCHE_DOSSIER").output().unwrap().into();
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.err,
        "demarche: no dossier: name one with --to FILE, or set the environment variable DEMARCHE_DOSSIER\n"
    );
    let ran: Ran = demarche(&["add", "-q", "talks.txt"]).env("DEMARCHE_DOSSIER", &path).output().unwrap().into();
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(path.is_file());
}

#[test]
fn what_is_no_dossier_is_one_line_and_stays_as_it_is() {
    let folder = folder();
    let refused = |path: &str, told: &str| {
        let before = fs::read(path).ok();
        let ran = run(&["add", "--wait", "0", "--to", path, "talks.txt"]);
        assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{}", ran.err);
        assert!(ran.err.starts_with(&format!("demarche: {path}: ")) && ran.err.contains(told), "{}", ran.err);
        assert_eq!(fs::read(path).ok(), before);
    };
    refused(&file(&folder, "notes.txt", &b"Minutes of the meeting. ".repeat(300)), "not a dossier");
    let path = folder.path().join("watch.db").display().to_string();
    drop(Dossier::open(Path::new(&path)).unwrap());
    let made = fs::read(&path).unwrap();
    // Version and application stand in the first hundred bytes of a SQLite file.
    let mut newer = made.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    refused(&file(&folder, "newer.db", &newer), "version 99");
    let mut other = made;
    other[68..72].copy_from_slice(b"ELSE");
    refused(&file(&folder, "other.db", &other), "made by another program");
    refused(&folder.path().join("no/such/watch.db").display().to_string(), "check that its folder is there");
    #[cfg(target_os = "linux")]
    refused("/proc/watch.db", "may be written");
    let lock = rusqlite::Connection::open(&path).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    refused(&path, "another process is writing");
    lock.execute_batch("ROLLBACK").unwrap();
    assert_eq!(add(&path, &["talks.txt"]).code, Some(0));
}

/// The shell keeps files small, as a full disk would.
#[cfg(unix)]
#[test]
fn where_there_is_no_room_one_line_says_so_and_nothing_finished_is_lost() {
    let folder = folder();
    let path = folder.path().join("watch.db").display().to_string();
    let input = file(&folder, "a.jsonl", reports(60).as_bytes());
    assert_eq!(add(&path, &["talks.txt"]).code, Some(0));
    let blocks = fs::metadata(&path).unwrap().len() / 512 + 8;
    let program = demarche(&[]).get_program().to_owned();
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let ran: Ran = std::process::Command::new("sh")
        .args(["-c", &script])
        .arg(program)
        .args(["add", "-q", "--batch", "2", "--to", &path, &input])
        .output()
        .unwrap()
        .into();
    assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1), "{}", ran.err);
    assert!(ran.err.starts_with(&format!("demarche: {path}: ")) && ran.err.contains("disk"), "{}", ran.err);
    assert!(extent(&path).documents >= 1);
    assert_eq!(add(&path, &[&input]).code, Some(0));
    assert_eq!(extent(&path).documents, 61);
    digest(&path);
}

#[test]
fn ten_kills_lose_nothing_and_double_nothing() {
    let folder = folder();
    let input = file(&folder, "a.jsonl", reports(44).as_bytes());
    let [killed, whole] = ["killed.db", "whole.db"].map(|name| folder.path().join(name).display().to_string());
    let arguments = |to| ["add", "-q", "--batch", "2", "--to", to, &input].map(str::to_owned);
    for point in 1..=10 {
        let mut child = demarche(&arguments(&killed).each_ref().map(String::as_str)).spawn().unwrap();
        // Until so much is there, or all.
        while child.try_wait().unwrap().is_none() {
            let there = Dossier::open_read_only(Path::new(&killed)).and_then(|dossier| dossier.extent());
            if there.is_ok_and(|there| there.documents >= point * 4) {
                child.kill().unwrap();
            }
            std::thread::yield_now();
        }
        let mut dossier = Dossier::open(Path::new(&killed)).unwrap();
        dossier.verify().unwrap();
        assert_eq!(dossier.extent().unwrap().documents % 2, 0, "half a batch");
        let [events, ..] = dossier.counts(&Filter::default()).unwrap();
        assert_eq!(events, dossier.extent().unwrap().events);
        drop(dossier.link());
    }
    for path in [&killed, &whole] {
        let ran = run(&arguments(path).each_ref().map(String::as_str));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    assert_eq!(extent(&whole).documents, 44);
    assert_eq!(digest(&killed), digest(&whole));
}

#[test]
fn two_runs_at_once_wait_for_each_other() {
    let folder = folder();
    let path = folder.path().join("watch.db").display().to_string();
    let inputs: Vec<String> = reports(40).lines().map(str::to_owned).collect();
    let halves = [&inputs[..25], &inputs[15..]].map(|lines| lines.join("\n"));
    let names = ["a.jsonl", "b.jsonl"];
    let runs: Vec<_> = std::iter::zip(names, halves)
        .map(|(name, lines)| {
            let input = file(&folder, name, lines.as_bytes());
            demarche(&["add", "-q", "--batch", "3", "--to", &path, &input]).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in runs {
        let ran: Ran = child.wait_with_output().unwrap().into();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }
    assert_eq!(extent(&path).documents, 40);
    digest(&path);
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_keeps_what_is_finished() {
    use std::io::Write;

    let folder = folder();
    let path = folder.path().join("watch.db").display().to_string();
    let mut child = demarche(&["add", "--batch", "2", "--to", &path, "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Enough that what the program reads at once is more than it needs to begin.
    stdin.write_all(reports(100).as_bytes()).unwrap();
    stdin.flush().unwrap();
    let there = || Dossier::open_read_only(Path::new(&path)).and_then(|dossier| dossier.extent());
    while !there().is_ok_and(|there| there.documents >= 4) {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!(ran.code, Some(130), "{}", ran.err);
    assert_eq!(ran.err, "interrupted; what was finished is kept, the same command goes on\n");
    drop(stdin);
    assert!(there().unwrap().documents >= 4);
    assert_eq!(fed(&["add", "-q", "--to", &path, "-"], reports(100).as_bytes()).code, Some(0));
    assert_eq!(there().unwrap().documents, 100);
}
