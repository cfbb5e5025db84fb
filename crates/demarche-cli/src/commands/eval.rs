//! `demarche eval`: scores against labelled sentences.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::evaluate::{self, AttributionReport, Confusion, GoldReport, PlvReport, Reliability};
use demarche::{Coder, Record, document};

use crate::args::{ActorFiles, CodingFiles, Deciding, Threads};
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict, words};
use crate::output::{Destination, plain};
use crate::queue;
use crate::summary::count;

/// Confusions shown.
const WORST: usize = 15;

/// What the coder that is scored works with.
#[derive(Clone, Copy)]
pub(crate) struct Chosen<'a> {
    pub(crate) actors: &'a ActorFiles,
    pub(crate) coding: &'a CodingFiles,
    pub(crate) deciding: Deciding,
}

impl Chosen<'_> {
    pub(super) fn coder(self, console: &Console) -> Result<Coder, Failure> {
        let coder = Coder::with(self.deciding.options(false))?.with_extensions(&self.coding.read()?)?;
        Ok(coder.with_actors(&self.actors.read(console)?)?)
    }
}

pub(crate) fn plv(file: &Path, errors: usize, data: Chosen<'_>, quiet: bool) -> Result<Verdict, Failure> {
    let table = whole(file)?;
    let mut destination = Destination::open(None)?;
    let coder = data.coder(&Console::new(quiet, false))?;
    let report =
        evaluate::plv(&coder, &table).map_err(|cause| Failure::Plv { path: file.display().to_string(), cause })?;
    destination.write(plv_tables(&report, errors).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}

fn plv_tables(report: &PlvReport, errors: usize) -> String {
    let mut out = format!("{}\n\n", count(report.relaxed.total() as u64, "sentence"));
    // Writing to a string does not fail.
    let _ = writeln!(out, "                coverage  accuracy  macro-F1");
    let rows = [
        ("root, relaxed", &report.relaxed),
        ("root, strict", &report.strict),
        ("quad, relaxed", &report.quad),
        ("quad, strict", &report.quad_strict),
    ];
    for (name, confusion) in rows {
        let _ = writeln!(
            out,
            "{name:<14}  {:>8.1}  {:>8.1}  {:>8.1}",
            100.0 * confusion.coverage(),
            100.0 * confusion.accuracy(),
            100.0 * confusion.macro_f1()
        );
    }
    let _ = writeln!(out, "\nroot             gold  predicted  right     F1  strict right     F1");
    let strict: BTreeMap<String, _> = report.strict.classes().into_iter().map(|c| (c.class.clone(), c)).collect();
    for class in report.relaxed.classes() {
        let (strict_right, strict_f1) = strict.get(&class.class).map_or((0, 0.0), |c| (c.right, c.f1()));
        let _ = writeln!(
            out,
            "{:<14}  {:>5}  {:>9}  {:>5}  {:>5.1}  {:>12}  {:>5.1}",
            class.class,
            class.gold,
            class.predicted,
            class.right,
            100.0 * class.f1(),
            strict_right,
            100.0 * strict_f1
        );
    }
    confusions(&mut out, &report.relaxed);
    let wrong = report.sentences.iter().filter(|sentence| sentence.relaxed.as_deref() != Some(&sentence.gold));
    for sentence in wrong.take(errors) {
        let _ = writeln!(
            out,
            "\nline {}: {} taken for {} by {}\n  {}",
            sentence.line,
            sentence.gold,
            sentence.relaxed.as_deref().unwrap_or("nothing"),
            sentence.frame.as_deref().unwrap_or("no frame"),
            plain(&sentence.text)
        );
    }
    out
}

fn confusions(out: &mut String, confusion: &Confusion) {
    let _ = writeln!(out, "\nworst confusions, relaxed");
    for (gold, predicted, n) in confusion.worst(WORST) {
        let _ = writeln!(out, "{n:>6}  {gold} taken for {}", predicted.as_deref().unwrap_or("nothing"));
    }
}

/// What is shown besides the table.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    /// So many wrong and missed records.
    pub(crate) errors: usize,
    /// The curve of confidence and share right.
    pub(crate) reliability: bool,
}

pub(crate) fn gold(
    file: &Path,
    texts: &[PathBuf],
    shown: Shown,
    data: Chosen<'_>,
    threads: Threads,
    quiet: bool,
) -> Result<Verdict, Failure> {
    let path = file.display().to_string();
    let sentences = evaluate::gold(&whole(file)?).map_err(|cause| Failure::Gold { path, cause })?;
    let wanted: HashSet<String> = sentences.iter().map(|sentence| sentence.document.clone()).collect();
    let mut destination = Destination::open(None)?;
    let console = Console::new(quiet, false);
    let coder = data.coder(&console)?;
    let mut all_well = true;
    let mut coded: HashMap<String, Vec<Record>> = HashMap::new();
    let source = batch::documents(document::discover(texts).inputs, document::Options::default())
        .filter(move |item| item.as_ref().map_or(true, |document| wanted.contains(&document.id)));
    let work = move |item: Result<demarche::Document, batch::Trouble>| {
        item.map(|document| (coder.code(&document).records, document.id))
    };
    queue::in_order(source, threads.number(), work, |item| {
        match item {
            Ok((records, id)) => drop(coded.insert(id, records)),
            Err(trouble) => {
                all_well = false;
                console.failed(trouble.message);
            }
        }
        Ok::<(), Failure>(())
    })?;
    let mut report = GoldReport::default();
    let mut compared = 0;
    for sentence in &sentences {
        if let Some(records) = coded.get(&sentence.document) {
            compared += 1;
            report.compare(sentence, records);
        } else {
            all_well = false;
            console.failed(format_args!("{}: no document `{}` in the texts", sentence.id, plain(&sentence.document)));
        }
    }
    destination.write(gold_tables(&report, compared, shown).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::of(all_well))
}

fn gold_tables(report: &GoldReport, compared: u64, shown: Shown) -> String {
    let mut out = format!("{}\n\n", count(compared, "sentence"));
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "of {} records that came out, {} are right ({:.1} %), {} with the right codes of all actors ({:.1} %)",
        report.predicted,
        report.right,
        100.0 * report.precision(),
        report.right_with_actors,
        share(report.right_with_actors, report.predicted)
    );
    let _ = writeln!(
        out,
        "of {} records the reader wrote, {} are found ({:.1} %)",
        report.gold,
        report.found,
        100.0 * report.recall()
    );
    let _ = writeln!(out, "\nrecord                 came out  right      %   reader  found      %");
    for (name, &[predicted, right, gold, found]) in &report.by_name {
        let _ = writeln!(
            out,
            "{name:<22} {predicted:>8}  {right:>5}  {:>5.1}  {gold:>7}  {found:>5}  {:>5.1}",
            share(right, predicted),
            share(found, gold)
        );
    }
    if shown.reliability {
        curve(&mut out, &report.reliability);
    }
    if shown.errors > 0 {
        out.push('\n');
    }
    for fault in report.faults.iter().take(shown.errors) {
        let _ = writeln!(out, "{}", plain(fault));
    }
    out
}

fn curve(out: &mut String, reliability: &Reliability) {
    let _ = writeln!(out, "\nconfidence of events  events   mean  % right");
    for (n, step) in reliability.steps().iter().enumerate() {
        let _ = writeln!(
            out,
            "{:.1} to {:.1}            {:>6}  {:>5.2}    {:>5.1}",
            n as f64 / 10.0,
            (n + 1) as f64 / 10.0,
            step.count,
            step.confidence,
            100.0 * step.right
        );
    }
    let _ = writeln!(out, "expected calibration error: {:.3}", reliability.error());
}

pub(crate) fn attributions(
    file: &Path,
    part: Option<&str>,
    errors: usize,
    actors: &ActorFiles,
    quiet: bool,
) -> Result<Verdict, Failure> {
    let path = file.display().to_string();
    let passages = evaluate::attributions(&whole(file)?).map_err(|cause| Failure::Attributions { path, cause })?;
    let mut destination = Destination::open(None)?;
    let coder = Coder::new()?.with_actors(&actors.read(&Console::new(quiet, false))?)?;
    let mut report = AttributionReport::default();
    for passage in passages.iter().filter(|passage| part.is_none_or(|part| passage.part == part)) {
        report.compare(&coder, passage);
    }
    destination.write(attribution_table(&report, errors).as_bytes())?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}

fn attribution_table(report: &AttributionReport, errors: usize) -> String {
    let mut out = format!("{}\n\n", count(report.passages as u64, "passage"));
    // Writing to a string does not fail.
    let _ = writeln!(out, "                   came out  reader  right  precision  recall     F1");
    let rows = [
        ("cue", report.cue),
        ("content, exact", report.content),
        ("content, words", report.content_words),
        ("speaker", report.speaker),
        ("speaker resolved", report.who),
    ];
    for (name, counts) in rows {
        let _ = writeln!(
            out,
            "{name:<17}  {:>8}  {:>6}  {:>5}  {:>9.1}  {:>6.1}  {:>5.1}",
            counts.predicted,
            counts.gold,
            counts.right,
            100.0 * counts.precision(),
            100.0 * counts.recall(),
            100.0 * counts.f1()
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

/// A file as one string.
pub(crate) fn whole(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|cause| Failure::Unreadable { path: path.display().to_string(), cause: words(&cause) })
}
