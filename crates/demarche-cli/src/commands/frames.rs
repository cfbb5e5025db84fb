//! `demarche frames check`: the examples that frames, issues, contexts and the words of initiatives carry, a user's own together with the
//! built-in ones.

use std::fmt::Write;

use demarche::extension::{Ran, Scope};
use demarche::{Coder, FrameFailure};

use crate::args::FramesCheck;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page, plain};
use crate::summary::count;

pub(crate) fn check(args: &FramesCheck) -> Result<Verdict, Failure> {
    let mut destination = Destination::open(None)?;
    let layers = args.read()?;
    let scope = if args.own { Scope::Own } else { Scope::All };
    let report = Coder::new()?.check_extensions(&layers, scope)?;
    let page = Page::of(&destination);
    let mut out = String::new();
    // Writing to a string does not fail.
    for fault in &report.faults {
        let _ = writeln!(out, "{}", plain(&fault.to_string()));
    }
    for conflict in &report.conflicts {
        let _ = writeln!(out, "{}", plain(&conflict.to_string()));
    }
    if !report.faults.is_empty() || !report.conflicts.is_empty() {
        out.push('\n');
    }
    for ran in [&report.own, &report.builtin] {
        for failure in ran.failures() {
            failed(&mut out, failure, page);
        }
    }
    if !layers.is_empty() {
        let faults = count(report.faults.len() as u64, "fault");
        let conflicts = count(report.conflicts.len() as u64, "conflict");
        let left = if report.ran { "" } else { "; the examples are run when the faults are mended" };
        let _ = writeln!(out, "yours: {faults}, {conflicts}{left}");
        if report.ran {
            tell(&mut out, "yours: ", &report.own);
        }
    }
    if report.ran && scope == Scope::All {
        tell(&mut out, if layers.is_empty() { "" } else { "built-in: " }, &report.builtin);
    }
    destination.write(out.as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::of(report.is_sound()))
}

fn failed(out: &mut String, failure: &FrameFailure, page: Page) {
    let (id, dim) = (page.palette.id, page.palette.dim);
    let _ = writeln!(
        out,
        "{}: {id}{}{id:#}\n  \u{201c}{}\u{201d}\n  {dim}expected{dim:#} {}\n  {dim}found   {dim:#} {}\n",
        plain(&failure.position.to_string()),
        failure.frame,
        plain(&failure.sentence),
        failure.expected,
        plain(&failure.found)
    );
}

fn tell(out: &mut String, whose: &str, ran: &Ran) {
    let mut groups = vec![
        (count(ran.frames as u64, "frame"), ran.frame_examples, ran.frame_failures.len()),
        (count(ran.issues as u64, "issue"), ran.issue_examples, ran.issue_failures.len()),
    ];
    // Few have contexts with examples and words of initiatives of their own.
    if ran.contexts > 0 {
        groups.push((count(ran.contexts as u64, "context"), ran.context_examples, ran.context_failures.len()));
    }
    if ran.initiatives > 0 || ran.initiative_examples > 0 {
        groups.push((words(ran.initiatives), ran.initiative_examples, ran.initiative_failures.len()));
    }
    for (owners, ran, failed) in groups {
        let examples = count(ran as u64, "example");
        let _ = writeln!(out, "{whose}{owners}, {examples}: {} as they should be, {failed} not", ran - failed);
    }
}

/// Entries of the words of initiatives, in words.
fn words(entries: usize) -> String {
    let noun = if entries == 1 { "entry" } else { "entries" };
    format!("{entries} {noun} of initiatives")
}
