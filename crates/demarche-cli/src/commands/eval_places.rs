//! `demarche eval places`: resolved places against a reader's points.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use demarche::Coder;
use demarche::evaluate::{self, NEAR_KM, PlacesReport};

use crate::args::{Half, Threads};
use crate::commands::eval::whole;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, plain};
use crate::queue;
use crate::summary::count;

pub(crate) fn run(file: &Path, half: Option<Half>, errors: usize, threads: Threads) -> Result<Verdict, Failure> {
    let path = file.display().to_string();
    let mut texts = evaluate::places(&whole(file)?).map_err(|cause| Failure::Places { path, cause })?;
    let report_from = texts.len().div_ceil(2);
    match half {
        Some(Half::Tune) => texts.truncate(report_from),
        Some(Half::Report) => drop(texts.drain(..report_from)),
        None => {}
    }
    let mut destination = Destination::open(None)?;
    let coder = Arc::new(Coder::new()?);
    let mut report = PlacesReport::default();
    let work = move |text: evaluate::GoldPlaces| {
        let mut one = PlacesReport::default();
        one.compare(&coder, &text);
        one
    };
    queue::in_order(texts.into_iter(), threads.number(), work, |one| {
        report.add(one);
        Ok::<(), Failure>(())
    })?;
    destination.write(tables(&report, errors).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}

fn tables(report: &PlacesReport, errors: usize) -> String {
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let mut out = format!("{}, {}\n\n", count(report.texts as u64, "text"), count(report.gold as u64, "name"));
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "given names: {:.1} % within {NEAR_KM} km ({:.1} % there or the same by name), {:.1} % resolved, \
         {:.1} % of the resolved within {NEAR_KM} km, median error {:.1} km",
        share(report.near, report.gold),
        share(report.same, report.gold),
        share(report.resolved, report.gold),
        share(report.near, report.resolved),
        report.median_km()
    );
    let _ = writeln!(
        out,
        "names found by us: precision {:.1} %, recall {:.1} % of resolved within {NEAR_KM} km; {:.1} % of ours are the reader's names",
        share(report.ours_right, report.ours),
        share(report.found, report.gold),
        share(report.ours_marked, report.ours)
    );
    let _ = writeln!(out, "\nresolved to            names   near      %");
    for (kind, counts) in &report.kinds {
        let _ = writeln!(
            out,
            "{kind:<20} {:>7} {:>6}  {:>5.1}",
            counts.names,
            counts.near,
            share(counts.near, counts.names)
        );
    }
    let _ = writeln!(out, "\nconfidence             names   near      %");
    for (tenth, counts) in report.deciles.iter().enumerate().filter(|(_, counts)| counts.names > 0) {
        let _ = writeln!(
            out,
            "{:.1} to {:.1}           {:>7} {:>6}  {:>5.1}",
            tenth as f64 / 10.0,
            (tenth + 1) as f64 / 10.0,
            counts.names,
            counts.near,
            share(counts.near, counts.names)
        );
    }
    if errors > 0 {
        out.push('\n');
    }
    for fault in report.faults.iter().take(errors) {
        let _ = writeln!(out, "{}", plain(fault));
    }
    out
}
