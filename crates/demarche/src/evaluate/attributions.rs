//! The attributions of `tests/gold`: a reader's cues, contents and speakers compared with what comes out.
//!
//! Attributions are paired by their cues, and what is left by their contents. Ends of contents are compared by words, so that marks
//! and stops at their ends decide nothing. What the reader marked as optional is neither asked for nor held against.

use std::collections::BTreeSet;

use demarche_document::from_text;
use demarche_record::Span;
use serde::Deserialize;

use crate::coder::Coder;

/// What is wrong with a file of attributions.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}; see tests/gold/README.md for the format")]
pub struct AttributionError {
    line: usize,
    cause: serde_json::Error,
}

/// A passage with what it reports as said.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldPassage {
    /// Its id.
    pub id: String,
    /// `dev` or `test`.
    pub part: String,
    /// The passage.
    pub text: String,
    attributions: Vec<GoldAttribution>,
}

#[derive(Clone, Debug, Deserialize)]
struct GoldAttribution {
    optional: bool,
    cue: Option<Span>,
    content: Vec<Span>,
    speaker: Option<Span>,
    who: Vec<Span>,
}

/// An attribution that came out, in bytes of the passage.
#[derive(Clone, Debug)]
struct Predicted {
    cue: Option<Span>,
    content: Vec<Span>,
    speaker: Option<Span>,
    speaker_head: Option<Span>,
    /// The last word of each name that the speaker may stand for.
    who: Vec<String>,
}

/// Right ones among those that came out and those the reader has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right.
    pub right: usize,
    /// Came out.
    pub predicted: usize,
    /// The reader's.
    pub gold: usize,
}

impl Counts {
    /// Share of what came out that is right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.predicted.max(1) as f64
    }

    /// Share of the reader's that came out.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.predicted + self.gold).max(1) as f64
    }
}

/// How attributions fared.
#[derive(Clone, Debug, Default)]
pub struct AttributionReport {
    /// Passages compared.
    pub passages: usize,
    /// The cue overlaps the reader's, or both have none.
    pub cue: Counts,
    /// The content has the same words.
    pub content: Counts,
    /// Words of content.
    pub content_words: Counts,
    /// The head of the speaker as written stands in the reader's phrase.
    pub speaker: Counts,
    /// The speaker stands for whom the reader says.
    pub who: Counts,
    /// One line a difference.
    pub faults: Vec<String>,
}

/// Reads passages, one JSON object a line.
///
/// # Errors
/// [`AttributionError`] with the line that does not parse.
pub fn attributions(lines: &str) -> Result<Vec<GoldPassage>, AttributionError> {
    lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| serde_json::from_str(line).map_err(|cause| AttributionError { line: n + 1, cause }))
        .collect()
}

/// Starts of the words in the spans: runs of letters and digits.
fn words(text: &str, spans: &[Span]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for span in spans {
        let mut before = false;
        for (at, character) in text.get(span.start..span.end).unwrap_or_default().char_indices() {
            let here = character.is_alphanumeric();
            if here && !before {
                out.insert(span.start + at);
            }
            before = here;
        }
    }
    out
}

fn shown(text: &str, spans: &[Span]) -> String {
    let pieces: Vec<&str> = spans.iter().map(|span| text.get(span.start..span.end).unwrap_or_default()).collect();
    pieces.join(" … ")
}

/// The parts of a phrase that can hold its head: up to each comma or preposition behind it.
fn cores(text: &str, span: Span) -> Vec<Span> {
    let phrase = text.get(span.start..span.end).unwrap_or_default();
    let mut out = Vec::new();
    let mut at = span.start;
    for part in phrase.split(',') {
        let mut length = part.len();
        for preposition in [" of ", " for ", " from ", " by ", " at ", " on ", " located "] {
            length = part.find(preposition).map_or(length, |found| length.min(found));
        }
        out.push(Span::new(at, at + length));
        at += part.len() + 1;
    }
    out
}

/// The last word, which names whom the phrase is about.
fn last_word(phrase: &str) -> String {
    let letters = |c: char| !c.is_alphanumeric();
    let end = phrase.trim_end_matches(letters);
    end.rsplit(letters).next().unwrap_or_default().to_lowercase()
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

impl GoldAttribution {
    fn same_cue(&self, predicted: &Predicted) -> bool {
        match (self.cue, predicted.cue) {
            (Some(a), Some(b)) => overlap(a, b),
            (None, None) => true,
            _ => false,
        }
    }

    fn names(&self, text: &str) -> Vec<String> {
        let cores = self.who.iter().flat_map(|&span| cores(text, span));
        cores.map(|core| last_word(text.get(core.start..core.end).unwrap_or_default())).collect()
    }
}

impl AttributionReport {
    /// Compares one passage with what comes out of it.
    pub fn compare(&mut self, coder: &Coder, passage: &GoldPassage) {
        self.passages += 1;
        let predicted = predictions(coder, passage);
        let pairs = align(passage, &predicted);
        let text = passage.text.as_str();
        for (n, gold) in passage.attributions.iter().enumerate() {
            if gold.optional {
                continue;
            }
            let found = pairs.iter().find(|pair| pair.0 == n).map(|pair| &predicted[pair.1]);
            self.gold(passage, gold, found, text);
        }
        for (n, one) in predicted.iter().enumerate() {
            let pair = pairs.iter().find(|pair| pair.1 == n).map(|pair| &passage.attributions[pair.0]);
            if pair.is_some_and(|gold| gold.optional) {
                continue;
            }
            self.cue.predicted += 1;
            self.content.predicted += 1;
            self.content_words.predicted += words(text, &one.content).len();
            self.speaker.predicted += usize::from(one.cue.is_some() && one.speaker.is_some());
            self.who.predicted += usize::from(one.speaker.is_some());
            if pair.is_none() {
                let cue = one.cue.map(|cue| shown(text, &[cue])).unwrap_or_default();
                let speaker = one.speaker.map(|speaker| shown(text, &[speaker])).unwrap_or_default();
                self.faults.push(format!("{} extra   [{cue}] {speaker}: {}", passage.id, shown(text, &one.content)));
            }
        }
    }

    fn gold(&mut self, passage: &GoldPassage, gold: &GoldAttribution, found: Option<&Predicted>, text: &str) {
        let wanted = words(text, &gold.content);
        self.cue.gold += 1;
        self.content.gold += 1;
        self.content_words.gold += wanted.len();
        self.speaker.gold += usize::from(gold.speaker.is_some() && gold.cue.is_some());
        self.who.gold += usize::from(!gold.who.is_empty());
        let cue = gold.cue.map(|cue| shown(text, &[cue])).unwrap_or_default();
        let Some(found) = found else {
            self.faults.push(format!("{} missed  [{cue}] {}", passage.id, shown(text, &gold.content)));
            return;
        };
        if gold.same_cue(found) {
            self.cue.right += 1;
        } else {
            self.faults.push(format!("{} cue     [{cue}] {}", passage.id, shown(text, &gold.content)));
        }
        let given = words(text, &found.content);
        self.content_words.right += wanted.intersection(&given).count();
        if wanted == given {
            self.content.right += 1;
        } else {
            let (asked, came) = (shown(text, &gold.content), shown(text, &found.content));
            self.faults.push(format!("{} content [{cue}] {asked} -- came out: {came}", passage.id));
        }
        if let Some(speaker) = gold.speaker.filter(|_| gold.cue.is_some()) {
            let right =
                found.speaker_head.is_some_and(|head| cores(text, speaker).iter().any(|&core| overlap(core, head)));
            self.speaker.right += usize::from(right && found.cue.is_some());
            if !right {
                let came = found.speaker.map(|speaker| shown(text, &[speaker])).unwrap_or_default();
                self.faults.push(format!(
                    "{} speaker [{cue}] {}: came out {came}",
                    passage.id,
                    shown(text, &[speaker])
                ));
            }
        }
        let names = gold.names(text);
        if !gold.who.is_empty() {
            let right = found.who.iter().any(|name| names.contains(name));
            self.who.right += usize::from(right);
            if !right {
                let came = found.who.join(", ");
                self.faults.push(format!("{} who     [{cue}] {}: came out {came}", passage.id, shown(text, &gold.who)));
            }
        }
    }
}

fn predictions(coder: &Coder, passage: &GoldPassage) -> Vec<Predicted> {
    let document = from_text(&passage.id, &passage.text);
    let analysis = coder.analyse(&document);
    let mut out = Vec::new();
    for attributed in coder.attributions(&document, &analysis) {
        let attribution = &attributed.attribution;
        let place = |range| document.body.received(range);
        let mention = attribution.speaker;
        let head = mention.and_then(|mention| {
            let part = analysis.parts.iter().find(|part| part.field == attributed.field)?;
            Some(place(part.sentences.get(mention.sentence)?.tokens.get(mention.head)?.range))
        });
        let written = mention.map(|mention| place(mention.range));
        let mut who: Vec<String> = attributed
            .who
            .iter()
            .flat_map(|actor| actor.name.iter().chain(&actor.canonical))
            .map(|name| last_word(name))
            .collect();
        who.extend(head.map(|head| last_word(&shown(&passage.text, &[head]))));
        who.extend(written.map(|written| last_word(&shown(&passage.text, &[written]))));
        out.push(Predicted {
            cue: attribution.cue.as_ref().map(|cue| place(cue.range)),
            content: attribution.content.iter().map(|&range| place(range)).collect(),
            speaker: written,
            speaker_head: head,
            who,
        });
    }
    out
}

/// Pairs of the reader's and what came out: first by cue, then by content. Of several the one with most words in common.
fn align(passage: &GoldPassage, predicted: &[Predicted]) -> Vec<(usize, usize)> {
    let text = passage.text.as_str();
    let contents: Vec<BTreeSet<usize>> = predicted.iter().map(|one| words(text, &one.content)).collect();
    let mut candidates: Vec<(bool, usize, usize, usize)> = Vec::new();
    for (g, gold) in passage.attributions.iter().enumerate() {
        let wanted = words(text, &gold.content);
        for (p, one) in predicted.iter().enumerate() {
            let common = wanted.intersection(&contents[p]).count();
            let cue = gold.cue.is_some() && gold.same_cue(one);
            if cue || 2 * common > wanted.len().max(contents[p].len()) {
                candidates.push((cue, common, g, p));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, _, g, p) in candidates {
        if out.iter().all(|&(gold, one)| gold != g && one != p) {
            out.push((g, p));
        }
    }
    out
}
