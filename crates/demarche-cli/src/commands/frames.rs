//! `demarche frames check`: the examples that frames and issues carry.

use std::fmt::Write;

use demarche::Coder;

use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page};
use crate::summary::count;

pub(crate) fn check() -> Result<Verdict, Failure> {
    let mut destination = Destination::open(None)?;
    let coder = Coder::new()?;
    let (ran, failures) = coder.check_frames();
    let (ran_of_issues, failures_of_issues) = coder.check_issues();
    let palette = Page::of(&destination).palette;
    let mut out = String::new();
    let (id, dim) = (palette.id, palette.dim);
    for failure in failures.iter().chain(&failures_of_issues) {
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{id}{}{id:#}\n  \u{201c}{}\u{201d}\n  {dim}expected{dim:#} {}\n  {dim}found   {dim:#} {}\n",
            failure.frame, failure.sentence, failure.expected, failure.found
        );
    }
    let coding = coder.coding();
    let groups = [
        (count(coding.frames.frames.len() as u64, "frame"), ran, failures.len()),
        (count(coding.issues.entries.len() as u64, "issue"), ran_of_issues, failures_of_issues.len()),
    ];
    for (owners, ran, failed) in groups {
        let examples = count(ran as u64, "example");
        let _ = writeln!(out, "{owners}, {examples}: {} as they should be, {failed} not", ran - failed);
    }
    destination.write(out.as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::of(failures.is_empty() && failures_of_issues.is_empty()))
}
