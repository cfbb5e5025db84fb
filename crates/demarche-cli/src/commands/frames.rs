//! `demarche frames check`: every frame's own examples.

use std::fmt::Write;

use demarche::Coder;

use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page};
use crate::summary::count;

pub(crate) fn check() -> Result<Verdict, Failure> {
    let mut destination = Destination::open(None)?;
    let coder = Coder::new()?;
    let (ran, failures) = coder.check_frames();
    let palette = Page::of(&destination).palette;
    let mut out = String::new();
    let (id, dim) = (palette.id, palette.dim);
    for failure in &failures {
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{id}{}{id:#}\n  \u{201c}{}\u{201d}\n  {dim}expected{dim:#} {}\n  {dim}found   {dim:#} {}\n",
            failure.frame, failure.sentence, failure.expected, failure.found
        );
    }
    let frames = coder.coding().frames.frames.len() as u64;
    let _ = writeln!(
        out,
        "{}, {}: {} as they should be, {} not",
        count(frames, "frame"),
        count(ran as u64, "example"),
        ran - failures.len(),
        failures.len()
    );
    destination.write(out.as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::of(failures.is_empty()))
}
