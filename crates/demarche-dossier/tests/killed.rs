//! A run that is killed loses nothing finished and doubles nothing when it is run again; two runs at once wait.

#![allow(clippy::unwrap_used)]

mod made;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use demarche_dossier::{Dossier, Filter};

const DOCUMENTS: u64 = 240;
const EVENTS: usize = 6;
const BATCH: u64 = 12;

/// Names the file that [`child`] writes.
const FILE: &str = "DEMARCHE_DOSSIER_TEST_FILE";

/// The run that is killed: not a test by itself, so it does nothing unless told where to write.
#[test]
fn child() {
    let Ok(path) = std::env::var(FILE) else { return };
    let mut dossier = Dossier::open(Path::new(&path)).unwrap();
    for first in (0..DOCUMENTS).step_by(BATCH as usize) {
        dossier.add(&made::batch((first..first + BATCH).map(|seed| made::report(seed, EVENTS)))).unwrap();
        println!("finished {}", first + BATCH);
    }
}

fn start(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Lets a run go on until it says that `documents` are finished, and kills it. Gives what it said last.
fn kill_after(path: &Path, documents: u64) -> u64 {
    let mut child = start(path);
    let mut finished = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The test runner's own words may stand before it on the line.
        if let Some((_, number)) = line.unwrap().split_once("finished ")
            && let Ok(number) = number.parse()
        {
            finished = number;
            if finished >= documents {
                break;
            }
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    finished
}

#[test]
fn ten_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.db");
    for point in 1..=10 {
        let finished = kill_after(&path, point * 23);
        let mut dossier = Dossier::open(&path).unwrap();
        dossier.verify().unwrap();
        let [events, ..] = dossier.counts(&Filter::default()).unwrap();
        assert!(events >= finished * EVENTS as u64, "{events} events where {finished} documents were finished");
        assert_eq!(events % (BATCH * EVENTS as u64), 0, "half a batch");
        drop(made::dump(&mut dossier));
    }
    assert!(start(&path).wait_with_output().unwrap().status.success());

    let mut whole = Dossier::in_memory().unwrap();
    for first in (0..DOCUMENTS).step_by(BATCH as usize) {
        whole.add(&made::batch((first..first + BATCH).map(|seed| made::report(seed, EVENTS)))).unwrap();
    }
    assert_eq!(made::dump(&mut Dossier::open(&path).unwrap()), made::dump(&mut whole));
}

#[test]
fn two_runs_at_once_write_everything_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.db");
    let runs = [start(&path), start(&path), start(&path)];
    for run in runs {
        assert!(run.wait_with_output().unwrap().status.success());
    }
    let dossier = Dossier::open(&path).unwrap();
    dossier.verify().unwrap();
    assert_eq!(dossier.counts(&Filter::default()).unwrap(), [DOCUMENTS * EVENTS as u64, 0, 0]);
    for seed in 0..DOCUMENTS {
        assert_eq!(dossier.records_of(&format!("doc-{seed}")).unwrap(), made::report(seed, EVENTS).records);
    }
}
