//! `xtask speed`: how much is coded in a second, in how much memory, and whether threads change anything.

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use demarche::{Coder, Document};

use crate::{Failure, Verdict, documents};

/// What one document gave.
#[derive(Clone, Debug, Default)]
struct Coded {
    lines: Vec<u8>,
    sentences: usize,
    words: usize,
    records: usize,
}

pub(crate) fn run(files: &[PathBuf], threads: NonZeroUsize) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let coder = Coder::new()?;
    println!("{}, loaded in {:.0} ms", coder.model().version(), start.elapsed().as_secs_f64() * 1e3);
    let documents = documents::all(files)?;
    let one = measured(&coder, &documents, 1)?;
    if threads.get() == 1 {
        return Ok(Verdict::Holds);
    }
    let several = measured(&coder, &documents, threads.get())?;
    for (document, (one, several)) in documents.iter().zip(one.iter().zip(&several)) {
        if one.lines != several.lines {
            println!("{}: 1 and {threads} threads give different bytes", document.id);
            return Ok(Verdict::Fails);
        }
    }
    println!("1 and {threads} threads give the same bytes");
    Ok(Verdict::Holds)
}

/// Codes all documents and prints a line on it.
fn measured(coder: &Coder, documents: &[Document], threads: usize) -> Result<Vec<Coded>, Failure> {
    // On Linux this sets the mark of the highest memory back, so that each run has its own. Elsewhere there is none.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let out = Mutex::new(documents.iter().map(|_| Ok(Coded::default())).collect::<Vec<_>>());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(document) = documents.get(at) else { break };
                    let coded = code(coder, document);
                    out.lock().unwrap_or_else(PoisonError::into_inner)[at] = coded;
                }
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let coded: Vec<Coded> = out
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .into_iter()
        .collect::<Result<_, serde_json::Error>>()?;
    let sum = |of: fn(&Coded) -> usize| coded.iter().map(of).sum::<usize>();
    let rate = |name: &str, count: usize| format!("{count} {name} ({:.0}/s)", count as f64 / seconds);
    let memory = peak().map_or_else(|| "memory unknown".to_owned(), |megabytes| format!("peak {megabytes:.0} MB"));
    println!(
        "{threads} thread{}: {seconds:.2} s, {}, {}, {}, {}, {memory}",
        if threads == 1 { "" } else { "s" },
        rate("documents", documents.len()),
        rate("sentences", sum(|coded| coded.sentences)),
        rate("words", sum(|coded| coded.words)),
        rate("records", sum(|coded| coded.records)),
    );
    Ok(coded)
}

fn code(coder: &Coder, document: &Document) -> Result<Coded, serde_json::Error> {
    let analysis = coder.analyse(document);
    let report = coder.code_analysed(document, &analysis);
    let mut lines = Vec::new();
    for record in &report.records {
        serde_json::to_writer(&mut lines, record)?;
        lines.push(b'\n');
    }
    Ok(Coded { lines, sentences: analysis.sentences(), words: analysis.words(), records: report.records.len() })
}

/// Highest memory in use since the mark was set, in MB of 10^6 bytes, where the system tells it.
fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
