//! Where the output goes, and that it is the same every time.

use std::fs;

use super::{Ran, demarche, fed, folder, names, run};

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let inputs = ["talks.txt", "batch.jsonl", "page.html", "talks.txt", "batch.jsonl"];
    for to in ["jsonl", "text", "csv"] {
        let on = |threads| {
            let mut arguments = vec!["code", "--quiet", "--to", to, "--threads", threads];
            arguments.extend(inputs);
            let ran = run(&arguments);
            (ran.out, ran.err)
        };
        let one = on("1");
        assert!(!one.0.is_empty());
        assert_eq!(one, on("2"), "{to}");
        assert_eq!(one, on("7"), "{to}");
    }
}

#[test]
fn an_output_file_appears_when_it_is_complete() {
    let folder = folder();
    let out = folder.path().join("records.jsonl");
    let path = out.display().to_string();
    let ran = run(&["code", "--to", "jsonl", "-o", &path, "talks.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(&out).unwrap(), run(&["code", "--to", "jsonl", "talks.txt"]).out);
    let before = fs::read(&out).unwrap();
    // Nothing could be read: what was there stays, and nothing is left beside it.
    assert_eq!(run(&["code", "-o", &path, "no-such.txt"]).code, Some(1));
    assert_eq!(fs::read(&out).unwrap(), before);
    assert_eq!(names(folder.path()), ["records.jsonl"]);
    // Some could: the rest is written.
    assert_eq!(run(&["code", "--to", "csv", "-o", &path, "no-such.txt", "talks.txt"]).code, Some(1));
    assert!(fs::read_to_string(&out).unwrap().starts_with("record,id,"));
    assert_eq!(names(folder.path()), ["records.jsonl"]);
}

#[test]
fn an_output_that_cannot_be_written_is_one_line() {
    let folder = folder();
    let nowhere = folder.path().join("no/such/out.jsonl").display().to_string();
    let ran = run(&["code", "-o", &nowhere, "talks.txt"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let missing = folder.path().join("no/such").display().to_string();
    let told = format!("demarche: {missing}: there is no such folder to write out.jsonl into; make it first");
    assert!(ran.err.starts_with(&told), "{}", ran.err);
    let itself = folder.path().display().to_string();
    assert_eq!(run(&["code", "-o", &itself, "talks.txt"]).code, Some(2));
    assert!(names(folder.path()).is_empty());
}

#[cfg(target_os = "linux")]
mod linux {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_full_device_is_one_line() {
        let told = "cannot be written (no space left on device)";
        let ran = run(&["code", "-q", "-o", "/dev/full", "talks.txt"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(told) && ran.err.lines().count() == 1, "{}", ran.err);
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran: Ran = demarche(&["code", "-q", "talks.txt"]).stdout(full).output().unwrap().into();
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(told) && ran.err.lines().count() == 1, "{}", ran.err);
        assert!(fs::metadata("/dev/full").is_ok());
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error() {
        let many = vec!["talks.txt"; 400];
        let mut arguments = vec!["code", "--to", "jsonl"];
        arguments.extend(&many);
        let mut child = demarche(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ran: Ran = child.wait_with_output().unwrap().into();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }

    #[test]
    fn an_interrupted_run_leaves_no_file() {
        let folder = folder();
        let path = folder.path().join("out.jsonl").display().to_string();
        // Standard input stays open, so the run cannot end by itself.
        let mut child =
            demarche(&["code", "-o", &path, "-"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        while names(folder.path()).is_empty() {
            std::thread::yield_now();
        }
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn colour_is_a_choice() {
    let escape = '\u{1B}';
    assert!(!run(&["code", "talks.txt"]).out.contains(escape), "no terminal, no colour");
    let always = run(&["code", "--color", "always", "talks.txt"]).out;
    assert!(always.contains(escape) && !always.contains("*met*"));
    let forced: Ran = demarche(&["code", "talks.txt"]).env("CLICOLOR_FORCE", "1").output().unwrap().into();
    assert!(forced.out.contains(escape));
    let mut command = demarche(&["code", "talks.txt"]);
    let refused: Ran = command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap().into();
    assert!(!refused.out.contains(escape), "NO_COLOR");
    let never: Ran =
        demarche(&["code", "--color", "never", "talks.txt"]).env("CLICOLOR_FORCE", "1").output().unwrap().into();
    assert!(!never.out.contains(escape));
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let ran = fed(&["code", "-"], "Chad urged Mali\u{1B}[2J\u{202E} to withdraw its troops.".as_bytes());
    assert!(!ran.out.contains(['\u{1B}', '\u{202E}']), "{:?}", ran.out);
}
