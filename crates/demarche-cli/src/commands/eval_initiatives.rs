//! `demarche eval initiatives`: mediations, talks, truces and plans against a reader's.

use std::fmt::Write;
use std::path::Path;

use demarche::evaluate::{self, Counts, InitiativeReport, KindScore};

use super::eval::{Chosen, whole};
use crate::args::Lines;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, plain};
use crate::summary::count;

pub(crate) fn run(
    file: &Path,
    lines: Option<Lines>,
    errors: usize,
    data: Chosen<'_>,
    quiet: bool,
) -> Result<Verdict, Failure> {
    let path = file.display().to_string();
    let texts = evaluate::initiatives(&whole(file)?).map_err(|cause| Failure::Initiatives { path, cause })?;
    let mut destination = Destination::open(None)?;
    let coder = data.coder(&Console::new(quiet, false))?;
    let mut report = InitiativeReport::default();
    for (n, text) in texts.iter().enumerate() {
        let even = n % 2 == 1;
        if lines.is_none_or(|lines| (lines == Lines::Even) == even) {
            report.compare(&coder, text);
        }
    }
    destination.write(table(&report, errors).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}

fn table(report: &InitiativeReport, errors: usize) -> String {
    let mut out = format!("{}\n\n", count(report.texts as u64, "text"));
    // Writing to a string does not fail.
    let _ = writeln!(out, "initiative       came out  reader  found  precision  recall     F1  stage right");
    let line = |out: &mut String, name: &str, score: &KindScore| {
        let found = score.found;
        let share = 100.0 * score.stage as f64 / found.right.max(1) as f64;
        let _ = writeln!(out, "{}  {:>3} ({share:.1} %)", row(name, found), score.stage);
    };
    for (kind, score) in &report.by_kind {
        line(&mut out, kind.as_str(), score);
    }
    line(&mut out, "all", &report.all);
    let _ = writeln!(out, "\nof those found   came out  reader  right  precision  recall     F1");
    let rows = [
        ("stages told", report.stages),
        ("parties", report.party),
        ("mediators", report.mediator),
        ("both, by code", report.coded),
        ("hosts", report.host),
        ("venues", report.venue),
        ("conflicts", report.conflict),
    ];
    for (name, counts) in rows {
        let _ = writeln!(out, "{}", row(name, counts));
    }
    if errors > 0 {
        out.push('\n');
    }
    for fault in report.faults.iter().take(errors) {
        let _ = writeln!(out, "{}", plain(fault));
    }
    out
}

fn row(name: &str, counts: Counts) -> String {
    format!(
        "{name:<15}  {:>8}  {:>6}  {:>5}  {:>9.1}  {:>6.1}  {:>5.1}",
        counts.predicted,
        counts.gold,
        counts.right,
        100.0 * counts.precision(),
        100.0 * counts.recall(),
        100.0 * counts.f1()
    )
}
