//! `demarche eval genres`: genres of documents against a reader's.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use demarche::document::{self, Genres};
use demarche::evaluate::{GenreReport, genre_gold};

use super::eval::whole;
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, plain};
use crate::summary::count;

pub(crate) fn run(
    file: &Path,
    texts: &[PathBuf],
    part: Option<&str>,
    errors: usize,
    quiet: bool,
) -> Result<Verdict, Failure> {
    let path = file.display().to_string();
    let mut gold: HashMap<String, _> = genre_gold(&whole(file)?)
        .map_err(|cause| Failure::GenreGold { path, cause })?
        .into_iter()
        .filter(|entry| part.is_none_or(|part| entry.part == part))
        .map(|entry| (entry.document.clone(), entry))
        .collect();
    let mut destination = Destination::open(None)?;
    let console = Console::new(quiet, false);
    let genres = Genres::builtin()?;
    let mut report = GenreReport::default();
    let mut all_well = true;
    for item in batch::documents(document::discover(texts).inputs, document::Options::default()) {
        match item {
            Ok(document) => {
                if let Some(entry) = gold.remove(&document.id) {
                    report.add(&genres, &entry, &document);
                }
            }
            Err(trouble) => {
                all_well = false;
                console.failed(trouble.message);
            }
        }
    }
    destination.write(tables(&report, gold.len(), errors).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::of(all_well && gold.is_empty()))
}

fn tables(report: &GenreReport, missing: usize, errors: usize) -> String {
    let mut out = count(report.confusion.total() as u64, "document");
    // Writing to a string does not fail.
    if missing > 0 {
        let _ = write!(out, ", {missing} more not among the texts");
    }
    let _ = writeln!(out, "; accuracy {:.1}", 100.0 * report.confusion.accuracy());
    let [relevant, left_out] = report.relevant;
    let [irrelevant, kept] = report.irrelevant;
    let _ = writeln!(
        out,
        "relevant {relevant}, of these left out {left_out}; not relevant {irrelevant}, of these kept {kept}"
    );
    let _ = writeln!(out, "\ngenre        gold  found  right     F1");
    for class in report.confusion.classes() {
        let (gold, predicted, right) = (class.gold, class.predicted, class.right);
        let _ =
            writeln!(out, "{:<11}  {gold:>4}  {predicted:>5}  {right:>5}  {:>5.1}", class.class, 100.0 * class.f1());
    }
    for line in report.errors.iter().take(errors) {
        let _ = writeln!(out, "\n{}", plain(line));
    }
    out
}
