//! What a batch came to: counted while it runs, told at its end.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use demarche::{Record, Report};
use demarche_layouts::LeftOut;

use crate::batch::shown;
use crate::failure::Verdict;

/// Reasons told at the end, at most.
const REASONS: usize = 3;

/// The reason of documents and sentences that a discard list names.
const LEFT_OUT: &str = "left out by a discard list";

/// What one item held.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) documents: u64,
    pub(crate) sentences: usize,
    pub(crate) words: usize,
    /// Events, statements, initiatives; `None` where no records are made.
    pub(crate) records: Option<[usize; 3]>,
    /// Names of places, and those of them that were resolved.
    pub(crate) places: Option<[usize; 2]>,
    /// Why the document has no record.
    pub(crate) silent: Option<String>,
    /// Genre of a document that is left out for it.
    pub(crate) irrelevant: Option<String>,
    /// Events that the form of the output has no row for.
    pub(crate) no_row: BTreeMap<LeftOut, usize>,
    /// Languages of the paragraphs passed over.
    pub(crate) foreign: Vec<String>,
}

impl Counts {
    /// Counts the records of a document, or says why there are none.
    pub(crate) fn count(&mut self, report: &Report) {
        let mut records = [0; 3];
        for record in &report.records {
            records[match record {
                Record::Event(_) => 0,
                Record::Statement(_) => 1,
                Record::Initiative(_) => 2,
            }] += 1;
        }
        self.records = Some(records);
        if report.records.is_empty() {
            self.silent = Some(silence(report));
        }
    }
}

/// The commonest reason why a document has no record.
pub(crate) fn silence(report: &Report) -> String {
    if !report.sentences.is_empty() && report.sentences.iter().all(|sentence| sentence.left_out.is_some()) {
        return LEFT_OUT.to_owned();
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let left_out = report.sentences.iter().filter(|sentence| sentence.left_out.is_some()).count();
    if left_out > 0 {
        reasons.insert(LEFT_OUT, left_out);
    }
    for unread in report.sentences.iter().flat_map(|sentence| &sentence.unread) {
        *reasons.entry(&unread.reason).or_default() += 1;
    }
    let commonest = reasons.iter().max_by_key(|&(_, &n)| n).map(|(reason, _)| *reason);
    if report.sentences.is_empty() {
        return "no sentence in it".to_owned();
    }
    commonest.unwrap_or("no word names an act that a frame knows").to_owned()
}

/// Running count of a batch.
#[derive(Debug)]
pub(crate) struct Tally {
    started: Instant,
    documents: u64,
    skipped: BTreeMap<String, u64>,
    failed: BTreeMap<&'static str, u64>,
    sentences: usize,
    words: usize,
    records: Option<[usize; 3]>,
    places: Option<[usize; 2]>,
    silent: BTreeMap<String, u64>,
    irrelevant: BTreeMap<String, u64>,
    no_row: BTreeMap<LeftOut, u64>,
    foreign: BTreeMap<String, u64>,
}

impl Tally {
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            documents: 0,
            skipped: BTreeMap::new(),
            failed: BTreeMap::new(),
            sentences: 0,
            words: 0,
            records: None,
            places: None,
            silent: BTreeMap::new(),
            irrelevant: BTreeMap::new(),
            no_row: BTreeMap::new(),
            foreign: BTreeMap::new(),
        }
    }

    pub(crate) fn made(&mut self, counts: Counts) {
        self.documents += counts.documents;
        self.sentences += counts.sentences;
        self.words += counts.words;
        if let Some(records) = counts.records {
            let sum = self.records.get_or_insert_default();
            sum.iter_mut().zip(records).for_each(|(sum, n)| *sum += n);
        }
        if let Some(places) = counts.places {
            let sum = self.places.get_or_insert_default();
            sum.iter_mut().zip(places).for_each(|(sum, n)| *sum += n);
        }
        if let Some(reason) = counts.silent {
            *self.silent.entry(reason).or_default() += 1;
        }
        if let Some(genre) = counts.irrelevant {
            *self.irrelevant.entry(genre).or_default() += 1;
        }
        for (reason, events) in counts.no_row {
            *self.no_row.entry(reason).or_default() += events as u64;
        }
        for language in counts.foreign {
            *self.foreign.entry(language).or_default() += 1;
        }
    }

    pub(crate) fn skipped(&mut self, language: String) {
        *self.skipped.entry(language).or_default() += 1;
    }

    pub(crate) fn failed(&mut self, kind: &'static str) {
        *self.failed.entry(kind).or_default() += 1;
    }

    /// Whether anything was read at all.
    pub(crate) fn any_done(&self) -> bool {
        self.failed.is_empty() || self.documents > 0 || self.sentences > 0 || !self.skipped.is_empty()
    }

    pub(crate) fn verdict(&self) -> Verdict {
        Verdict::of(self.failed.is_empty())
    }

    /// Documents left out for their genre.
    pub(crate) fn left_out(&self) -> usize {
        self.irrelevant.values().sum::<u64>() as usize
    }

    /// One line while the batch runs.
    pub(crate) fn brief(&self) -> String {
        let failed: u64 = self.failed.values().sum();
        let mut parts = vec![count(self.documents, "document")];
        parts.extend(self.records.map(|records| count(records.iter().sum::<usize>() as u64, "record")));
        parts.extend((failed > 0).then(|| format!("{failed} failed")));
        parts.join(", ")
    }

    /// What the batch came to, with the time it took.
    pub(crate) fn summary(&self) -> Summary<'_> {
        Summary { tally: self, elapsed: self.started.elapsed() }
    }
}

/// A batch at its end.
pub(crate) struct Summary<'a> {
    tally: &'a Tally,
    elapsed: Duration,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tally = self.tally;
        let [sentences, words] = [tally.sentences, tally.words].map(|n| n as u64);
        let parsed = format!("{}, {}", count(sentences, "sentence"), count(words, "word"));
        // Where words are given there are no documents.
        let documents = tally.documents > 0 || sentences == 0;
        f.write_str(&if documents { count(tally.documents, "document") } else { parsed.clone() })?;
        parted(f, "skipped", &tally.skipped)?;
        parted(f, "failed", &tally.failed)?;
        parted(f, "left out as not relevant", &tally.irrelevant)?;
        if documents && sentences > 0 {
            write!(f, "; {parsed}")?;
        }
        if let Some(records) = tally.records {
            let [events, statements, initiatives] = records.map(|n| n as u64);
            write!(
                f,
                "; {}, {}, {}",
                count(events, "event"),
                count(statements, "statement"),
                count(initiatives, "initiative")
            )?;
        }
        if let Some([names, resolved]) = tally.places {
            write!(f, "; {}, {} resolved", count(names as u64, "place name"), thousands(resolved as u64))?;
        }
        let seconds = self.elapsed.as_secs_f64();
        write!(f, "; {seconds:.2} s")?;
        if tally.words > 0 {
            let speed = tally.words as f64 / seconds.max(1e-3);
            write!(f, ", {} words/s", thousands(speed.round() as u64))?;
        }
        if !tally.silent.is_empty() {
            let mut reasons: Vec<_> = tally.silent.iter().collect();
            reasons.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            let told: Vec<String> =
                reasons.iter().take(REASONS).map(|(reason, n)| format!("{reason} ({})", thousands(**n))).collect();
            write!(f, "\n{} without a record: {}", count(tally.silent.values().sum(), "document"), told.join(", "))?;
        }
        if !tally.no_row.is_empty() {
            let told: Vec<String> =
                tally.no_row.iter().map(|(reason, n)| format!("{reason} ({})", thousands(*n))).collect();
            let events = count(tally.no_row.values().sum(), "event");
            write!(f, "\n{events} without a row in this layout: {}", told.join(", "))?;
        }
        if !tally.foreign.is_empty() {
            write!(f, "\n{} of English documents", count(tally.foreign.values().sum(), "paragraph"))?;
            parted(f, "skipped", &tally.foreign)?;
        }
        Ok(())
    }
}

/// `3 files of other kinds left in folders (.md 2, .png 1)`; nothing where there is none.
pub(crate) fn left(files: &[PathBuf]) -> Option<String> {
    if files.is_empty() {
        return None;
    }
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for file in files {
        let ending = file.extension().map(|ending| format!(".{}", shown(&ending.to_string_lossy().to_lowercase())));
        *kinds.entry(ending.unwrap_or_else(|| "without an ending".to_owned())).or_default() += 1;
    }
    let told: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {}", thousands(*n))).collect();
    let (n, verb) = (files.len() as u64, if files.len() == 1 { "kind" } else { "kinds" });
    Some(format!("{} of other {verb} left in folders ({}); name a file to read it", count(n, "file"), told.join(", ")))
}

/// `, 3 failed (empty 2, not text 1)`, or nothing.
fn parted<K: fmt::Display>(f: &mut fmt::Formatter<'_>, word: &str, kinds: &BTreeMap<K, u64>) -> fmt::Result {
    if kinds.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {}", thousands(*n))).collect();
    write!(f, ", {} {word} ({})", thousands(kinds.values().sum()), told.join(", "))
}

/// `1 document`, `2,000 documents`, `3 stories`.
pub(crate) fn count(n: u64, noun: &str) -> String {
    match noun.strip_suffix("ry") {
        Some(stem) if n != 1 => format!("{} {stem}ries", thousands(n)),
        _ => format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" }),
    }
}

/// Digits in groups of three.
fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_reads_as_a_sentence() {
        let mut tally = Tally::start();
        tally.made(Counts { documents: 1, sentences: 12, words: 3400, records: Some([5, 1, 0]), ..Counts::default() });
        tally.made(Counts {
            documents: 1,
            silent: Some("no actor".to_owned()),
            foreign: vec!["ar".to_owned()],
            ..Counts::default()
        });
        tally.made(Counts { documents: 1, irrelevant: Some("sport".to_owned()), ..Counts::default() });
        tally.skipped("fr".to_owned());
        tally.failed("empty");
        tally.failed("empty");
        let told = Summary { tally: &tally, elapsed: Duration::from_secs(2) }.to_string();
        assert_eq!(
            told,
            "3 documents, 1 skipped (fr 1), 2 failed (empty 2), 1 left out as not relevant (sport 1); 12 sentences, 3,400 words; 5 events, 1 statement, \
             0 initiatives; 2.00 s, 1,700 words/s\n1 document without a record: no actor (1)\n1 paragraph of English \
             documents, 1 skipped (ar 1)"
        );
        assert_eq!(tally.verdict(), Verdict::SomeFailed);
    }

    #[test]
    fn files_left_are_told_by_kind() {
        let files = ["a/README.md", "a/b.MD", "a/Makefile"].map(PathBuf::from);
        let told = "3 files of other kinds left in folders (.md 2, without an ending 1); name a file to read it";
        assert_eq!(left(&files).as_deref(), Some(told));
        assert_eq!(left(&[]), None);
    }

    #[test]
    fn nouns_have_their_plural() {
        let told = [(1, "story"), (2, "story"), (1, "event"), (0, "event")].map(|(n, noun)| count(n, noun));
        assert_eq!(told, ["1 story", "2 stories", "1 event", "0 events"]);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
