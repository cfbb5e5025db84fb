//! Events written a second, and bytes in the file, at a tenth of a number of events and at all of them.
//!
//! `cargo bench -p demarche-dossier --bench write -- [EVENTS] [RECORDS.jsonl]`: made-up events, or those of a file of
//! `demarche code`, copied under ever new ids until there are enough. With `--unlinked` they are written and not joined to
//! incidents, and without their texts only: for runs of millions.

#![allow(clippy::print_stdout, missing_docs)]

#[path = "../tests/made/mod.rs"]
mod made;

use std::path::Path;
use std::time::Instant;

use demarche_dossier::{Batch, Digest, Dossier, Keep, Report};
use demarche_record::{Event, Record};

/// Events of a document, about as many as a news report gives.
const EACH: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let unlinked = std::env::args().any(|argument| argument == "--unlinked");
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let events: usize = arguments.next().map_or(Ok(200_000), |number| number.parse())?;
    let read: Vec<Event> = match arguments.next() {
        None => Vec::new(),
        Some(path) => std::fs::read_to_string(path)?
            .lines()
            .filter_map(|line| match serde_json::from_str(line) {
                Ok(Record::Event(event)) => Some(*event),
                _ => None,
            })
            .collect(),
    };
    let folder = tempfile::tempdir()?;
    let kept: &[Keep] = if unlinked { &[Keep::Spans] } else { &[Keep::Text, Keep::Spans] };
    for &keep in kept {
        for events in [events / 10, events] {
            write(&folder.path().join(format!("{keep:?}-{events}.db")), events, &read, keep, !unlinked)?;
        }
    }
    Ok(())
}

fn write(path: &Path, events: usize, read: &[Event], keep: Keep, link: bool) -> Result<(), Box<dyn std::error::Error>> {
    let mut dossier = Dossier::open(path)?;
    let mut batch = Batch::new(made::run(), keep);
    let (mut seconds, mut busy) = (0.0, 0.0);
    for number in 0..events.div_ceil(EACH) {
        batch.push(report(number, read));
        if batch.is_full() {
            let (start, before) = (Instant::now(), processor_seconds());
            dossier.add(&batch)?;
            seconds += start.elapsed().as_secs_f64();
            busy += processor_seconds() - before;
            batch.clear();
        }
    }
    let (start, before) = (Instant::now(), processor_seconds());
    dossier.add(&batch)?;
    seconds += start.elapsed().as_secs_f64();
    busy += processor_seconds() - before;
    let (start, before) = (Instant::now(), processor_seconds());
    if link {
        dossier.link()?;
    }
    let linked = start.elapsed().as_secs_f64();
    let linking = processor_seconds() - before;
    drop(dossier);
    let bytes = std::fs::metadata(path)?.len();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    println!(
        "{events} events, keep {}: {seconds:.2} s ({busy:.2} s of a processor), {:.0} events/s ({:.0}); linked in \
         {linked:.2} s ({linking:.2} s); {:.1} MB, {} bytes/event; {}",
        keep.as_str(),
        events as f64 / seconds,
        events as f64 / busy,
        bytes as f64 / 1e6,
        bytes / events as u64,
        peak.split_whitespace().collect::<Vec<_>>().join(" "),
    );
    Ok(())
}

/// Processor time of this process so far, in seconds: other programs on the machine do not count. Linux alone tells it.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields.get(field).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

/// A document of made-up events, or of read ones under new ids.
fn report(number: usize, read: &[Event]) -> Report {
    let mut report = made::report(number as u64, EACH);
    if read.is_empty() {
        return report;
    }
    let document = &mut report.document;
    document.hash = Digest::of(&number.to_le_bytes());
    report.records = (0..EACH)
        .map(|position| {
            let mut event = read[(number * EACH + position) % read.len()].clone();
            event.id = format!("{}#e{}", document.id, position + 1);
            document.id.clone_into(&mut event.document);
            event.text = format!("{} {number}", event.text);
            event.text_info.sequence = position + 1;
            event.cite_info = made::cite(document);
            event.why.model = made::run().model;
            event.why.data = made::run().data;
            Record::Event(Box::new(event))
        })
        .collect();
    report
}
