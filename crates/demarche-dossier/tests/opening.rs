//! Files that are dossiers, were dossiers, and are none.

#![allow(clippy::unwrap_used)]

mod made;

use std::fs;

use demarche_dossier::{Dossier, DossierError, Filter};

#[test]
fn what_was_written_is_there_when_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.db");
    assert!(matches!(Dossier::open_read_only(&path), Err(DossierError::Missing)));
    Dossier::open(&path).unwrap().add(&made::batch([made::report(1, 3)])).unwrap();
    let reader = Dossier::open_read_only(&path).unwrap();
    assert_eq!(reader.counts(&Filter::default()).unwrap(), [3, 0, 0]);
    // A reader does not keep a writer from writing, nor see half of what it writes.
    Dossier::open(&path).unwrap().add(&made::batch([made::report(2, 4)])).unwrap();
    assert_eq!(reader.counts(&Filter::default()).unwrap(), [7, 0, 0]);
    let mut reader = reader;
    assert!(matches!(reader.add(&made::batch([made::report(3, 1)])), Err(DossierError::NotWritable)));
}

#[test]
fn other_files_are_refused_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Minutes of the meeting, which is no database at all. ".repeat(100)).unwrap();
    let before = fs::read(&text).unwrap();
    assert!(matches!(Dossier::open(&text), Err(DossierError::NotADatabase)));
    assert!(matches!(Dossier::open_read_only(&text), Err(DossierError::NotADatabase)));
    assert_eq!(fs::read(&text).unwrap(), before);

    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").unwrap();
    let before = fs::read(&other).unwrap();
    assert!(matches!(Dossier::open(&other), Err(DossierError::NotADossier)));
    assert_eq!(fs::read(&other).unwrap(), before);

    assert!(Dossier::open(folder.path()).is_err());
}

#[test]
fn a_dossier_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.db");
    drop(Dossier::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for error in [Dossier::open(&path).unwrap_err(), Dossier::open_read_only(&path).unwrap_err()] {
        assert!(matches!(error, DossierError::Newer { found: 99, .. }), "{error}");
    }
}

#[test]
fn a_damaged_dossier_is_told_from_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.db");
    let mut dossier = Dossier::open(&path).unwrap();
    dossier.add(&made::batch((0..200).map(|seed| made::report(seed, 5)))).unwrap();
    dossier.verify().unwrap();
    drop(dossier);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    let error = Dossier::open_read_only(&path).unwrap().verify().unwrap_err();
    assert!(matches!(error, DossierError::Damaged { .. }), "{error}");
    // Cut short in the midst of a page.
    fs::write(&path, &bytes[..middle + 77]).unwrap();
    let error = Dossier::open_read_only(&path).and_then(|dossier| dossier.verify()).unwrap_err();
    assert!(matches!(error, DossierError::Damaged { .. }), "{error}");
}

#[test]
fn who_waits_too_long_for_another_writer_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.db");
    drop(Dossier::open(&path).unwrap());
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut dossier = Dossier::open_waiting(&path, std::time::Duration::from_millis(1)).unwrap();
    let error = dossier.add(&made::batch([made::report(1, 1)])).unwrap_err();
    assert!(matches!(error, DossierError::Locked), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    dossier.add(&made::batch([made::report(1, 1)])).unwrap();
}

#[test]
fn a_place_where_no_file_can_be_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let error = Dossier::open(&folder.path().join("no/such/watch.db")).unwrap_err();
    assert!(matches!(error, DossierError::CannotOpen), "{error}");
}
