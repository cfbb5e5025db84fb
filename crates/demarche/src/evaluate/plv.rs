//! The PLV sentences (Hu and others, ACL 2024): one labelled event a sentence, with its source and target marked.
//!
//! Classes are compared as the set does: CONCEDE and RETREAT are YIELD; economic and administrative sanctions (CAMEO 163,
//! 172) and arrests are COERCE; convictions are ACCUSE; what is only promised is AGREE. YIELD counts as quad 2.

use demarche_coding::Report;
use demarche_document::from_text;
use demarche_record::{Event, EventType, Mode, Record, Span};

use super::scores::Confusion;
use crate::coder::Coder;

/// Columns that the file must have.
const COLUMNS: [&str; 5] = ["sentence", "marked_sentence", "source", "target", "gold_root"];

/// What is wrong with a file of labelled sentences.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlvError {
    /// A column is missing.
    #[error("the header has no column `{0}`; a PLV file has {COLUMNS:?}")]
    Column(&'static str),
    /// A row has too few cells.
    #[error("line {0} has fewer cells than the header; is the file cut off?")]
    Row(usize),
}

/// One labelled sentence and what came out.
#[derive(Clone, Debug)]
pub struct PlvSentence {
    /// Line of the file, from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// Its class.
    pub gold: String,
    /// Predicted class, relaxed.
    pub relaxed: Option<String>,
    /// Predicted class, strict.
    pub strict: Option<String>,
    /// Frame behind the relaxed prediction.
    pub frame: Option<String>,
}

/// Scores over a file.
#[derive(Clone, Debug, Default)]
pub struct PlvReport {
    /// Best event by overlap of actors, never by its type.
    pub relaxed: Confusion,
    /// An event counts only if both actors overlap the labelled ones.
    pub strict: Confusion,
    /// Quad classes, relaxed.
    pub quad: Confusion,
    /// Quad classes, strict.
    pub quad_strict: Confusion,
    /// Every sentence.
    pub sentences: Vec<PlvSentence>,
}

/// The class an event has in the set.
fn class(event: &Event) -> Option<&'static str> {
    let event_type = *event.event.first()?;
    let has = |mode: &str| event.mode.contains(&Mode::new(mode));
    let cameo = event.cameo.as_deref().unwrap_or_default();
    Some(match event_type {
        EventType::CONCEDE if cameo.starts_with("03") => "AGREE",
        EventType::CONCEDE | EventType::RETREAT => "YIELD",
        EventType::SANCTION if has("convict") => "ACCUSE",
        EventType::SANCTION if cameo.starts_with("163") || cameo.starts_with("172") => "COERCE",
        EventType::AGREE => "AGREE",
        EventType::CONSULT => "CONSULT",
        EventType::SUPPORT => "SUPPORT",
        EventType::COOPERATE => "COOPERATE",
        EventType::AID => "AID",
        EventType::REQUEST => "REQUEST",
        EventType::ACCUSE => "ACCUSE",
        EventType::REJECT => "REJECT",
        EventType::THREATEN => "THREATEN",
        EventType::PROTEST => "PROTEST",
        EventType::SANCTION => "SANCTION",
        EventType::MOBILIZE => "MOBILIZE",
        EventType::COERCE => "COERCE",
        EventType::ASSAULT => "ASSAULT",
        _ => return None,
    })
}

/// Quad class of a class of the set.
fn quad(class: &str) -> &'static str {
    match class {
        "AGREE" | "CONSULT" | "SUPPORT" => "1",
        "YIELD" | "COOPERATE" | "AID" => "2",
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => "3",
        _ => "4",
    }
}

fn overlap(span: Span, other: Span) -> usize {
    span.end.min(other.end).saturating_sub(span.start.max(other.start))
}

/// Byte range of what stands between two marks, in the sentence without marks.
fn marked(sentence: &str, open: &str, close: &str) -> Option<Span> {
    let plain = |text: &str| ["<s>", "</s>", "<t>", "</t>"].iter().fold(text.to_owned(), |t, mark| t.replace(mark, ""));
    let start = sentence.find(open)?;
    let end = sentence.find(close)?;
    let start_plain = plain(&sentence[..start]).len();
    Some(Span::new(start_plain, plain(sentence.get(..end)?).len()))
}

/// Codes every sentence and scores it.
///
/// # Errors
/// [`PlvError`] for a header without the set's columns or a row with too few cells.
pub fn plv(coder: &Coder, table: &str) -> Result<PlvReport, PlvError> {
    let mut lines = table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
    let mut at = [0; COLUMNS.len()];
    for (place, name) in at.iter_mut().zip(COLUMNS) {
        *place = header.iter().position(|column| *column == name).ok_or(PlvError::Column(name))?;
    }
    let [_, marked_at, _, _, gold_at] = at;
    let mut report = PlvReport::default();
    for (n, line) in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(sentence), Some(gold)) = (cells.get(marked_at), cells.get(gold_at)) else {
            return Err(PlvError::Row(n + 1));
        };
        let text = ["<s>", "</s>", "<t>", "</t>"].iter().fold((*sentence).to_owned(), |t, mark| t.replace(mark, ""));
        let source = marked(sentence, "<s>", "</s>").unwrap_or_default();
        let target = marked(sentence, "<t>", "</t>").unwrap_or_default();
        let coded = coder.code(&from_text("plv", &text));
        let (relaxed, strict) = best(&coded, source, target);
        let name = |event: Option<&Event>| event.and_then(class).map(str::to_owned);
        let entry = PlvSentence {
            line: n + 1,
            text,
            gold: (*gold).to_owned(),
            relaxed: name(relaxed),
            strict: name(strict),
            frame: relaxed.and_then(|event| event.why.frame.clone()),
        };
        report.relaxed.add(&entry.gold, entry.relaxed.as_deref());
        report.strict.add(&entry.gold, entry.strict.as_deref());
        report.quad.add(quad(&entry.gold), entry.relaxed.as_deref().map(quad));
        report.quad_strict.add(quad(&entry.gold), entry.strict.as_deref().map(quad));
        report.sentences.push(entry);
    }
    Ok(report)
}

/// The event whose actors overlap the labelled spans most (ties by confidence), and the best of those with both right.
fn best(report: &Report, source: Span, target: Span) -> (Option<&Event>, Option<&Event>) {
    let mut relaxed: Option<(usize, f64, &Event)> = None;
    let mut strict: Option<(usize, f64, &Event)> = None;
    for record in &report.records {
        let Record::Event(event) = record else { continue };
        // A pronoun is whom it takes up: the labelled span is mostly the name.
        let taken_up = |span: Span| event.why.antecedents.iter().filter(move |a| a.mention == span).map(|a| a.of);
        let touch = |spans: &[Span], labelled: Span| {
            let all = spans.iter().flat_map(|&span| std::iter::once(span).chain(taken_up(span)));
            all.map(|span| overlap(span, labelled)).max().unwrap_or(0)
        };
        let (actors, recipients) = (&event.evidence.actor, &event.evidence.recipient);
        let together = recipients.is_empty() && actors.len() > 1;
        let targets = if together { actors } else { recipients };
        let (by_source, by_target) = (touch(actors, source), touch(targets, target));
        let score = usize::from(by_source > 0) + usize::from(by_target > 0);
        let better = |known: &Option<(usize, f64, &Event)>| {
            known.is_none_or(|(most, confidence, _)| score > most || (score == most && event.confidence > confidence))
        };
        if better(&relaxed) {
            relaxed = Some((score, event.confidence, event));
        }
        if score == 2 && better(&strict) {
            strict = Some((score, event.confidence, event));
        }
    }
    (relaxed.map(|(_, _, event)| event), strict.map(|(_, _, event)| event))
}
