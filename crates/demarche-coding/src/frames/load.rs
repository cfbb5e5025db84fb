//! Loading frame files, with errors that name file, line and what to do.

use std::collections::HashSet;
use std::ops::Range;
use std::str::FromStr;

use demarche_record::{Context, EventType, Mode, SpeechAct, Stance};
use serde::Deserialize;
use toml::Spanned;

use super::{Class, Example, Frame, InitiativeMark, Pattern, PatternKind, Requirement, Slot, SpeakerOf};
use crate::ontology::Ontology;

/// The frame files that ship with the program, in reading order.
const BUILTIN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/frame_files.rs"));

/// What is wrong with a frame file.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct FrameError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub problem: String,
}

/// All frames in force.
#[derive(Clone, Debug, Default)]
pub struct FrameSet {
    /// The frames, in reading order.
    pub frames: Vec<Frame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    event: Option<Spanned<String>>,
    #[serde(default)]
    frame: Vec<Spanned<FrameEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameEntry {
    id: String,
    #[serde(default = "act")]
    class: Class,
    event: Option<String>,
    #[serde(default)]
    mode: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    cameo: Option<String>,
    act: Option<SpeechAct>,
    stance: Option<Stance>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    actor: Option<Vec<Slot>>,
    recipient: Option<Vec<Slot>>,
    #[serde(default)]
    content: Vec<Slot>,
    #[serde(default)]
    require: Vec<Requirement>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    object_not: Vec<String>,
    #[serde(default)]
    subject_not: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    speaker: Option<SpeakerOf>,
    initiative: Option<InitiativeMark>,
    #[serde(default = "certain")]
    confidence: f32,
    #[serde(default)]
    codes: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<String>,
}

fn act() -> Class {
    Class::Act
}

fn certain() -> f32 {
    1.0
}

/// Turns byte positions of one file into errors with line numbers.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(&self, at: &Range<usize>, problem: impl Into<String>) -> FrameError {
        let line = 1 + self.text.bytes().take(at.start).filter(|&b| b == b'\n').count();
        FrameError { file: self.file.to_owned(), line, problem: problem.into() }
    }
}

impl FrameSet {
    /// The frames that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] if a shipped file is not well-formed; a test holds that none is.
    pub fn builtin(ontology: &Ontology) -> Result<Self, FrameError> {
        let mut set = Self::default();
        for (file, text) in BUILTIN {
            set.add(file, text, ontology)?;
        }
        Ok(set)
    }

    /// Adds the frames of one file; `file` names it in errors and in frame ids (without `.toml`).
    ///
    /// # Errors
    /// [`FrameError`] for TOML that does not parse, an unknown key, event or mode, a frame without trigger, an example
    /// that cannot be read, or an id given twice.
    pub fn add(&mut self, file: &str, text: &str, ontology: &Ontology) -> Result<(), FrameError> {
        let source = Source { file, text };
        let parsed: FrameFile = toml::from_str(text)
            .map_err(|e| source.error(&e.span().unwrap_or(0..0), e.message().replace('\n', " ")))?;
        let default_event = parsed.event.as_ref().map(|event| event.get_ref().as_str());
        let mut known: HashSet<String> = self.frames.iter().map(|frame| frame.id.clone()).collect();
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
        for entry in parsed.frame {
            let at = entry.span();
            let frame = build(stem, entry.into_inner(), default_event, &source, &at, ontology)?;
            if !known.insert(frame.id.clone()) {
                return Err(source.error(&at, format!("frame `{}` is given twice; rename one", frame.id)));
            }
            self.frames.push(frame);
        }
        Ok(())
    }
}

fn build(
    stem: &str,
    entry: FrameEntry,
    default_event: Option<&str>,
    source: &Source<'_>,
    at: &Range<usize>,
    ontology: &Ontology,
) -> Result<Frame, FrameError> {
    let wrong = |problem: String| source.error(at, format!("frame `{}`: {problem}", entry.id));
    let statement_only = matches!(
        entry.class,
        Class::Attitude
            | Class::Say
            | Class::Deny
            | Class::Aspect
            | Class::Effort
            | Class::Fail
            | Class::Cease
            | Class::Exclude
            | Class::Plan
    );
    let event = match entry.event.as_deref().or(if statement_only { None } else { default_event }) {
        Some("") | None => None,
        Some(written) => Some(EventType::new(written)),
    };
    if let Some(event) = event
        && !ontology.knows(event)
    {
        return Err(wrong(format!("event `{event}` is not in the ontology; use one of events.tsv or define it there")));
    }
    let modes: Vec<Mode> = entry.mode.iter().map(|mode| Mode::new(mode)).collect();
    if let Some(event) = event
        && let Some(mode) = modes.iter().find(|&&mode| !ontology.has_mode(event, mode))
    {
        return Err(wrong(format!("{event} has no mode `{mode}`; see events.tsv")));
    }
    let mut patterns = Vec::new();
    for (kind, list) in [
        (PatternKind::Verb, &entry.verbs),
        (PatternKind::Noun, &entry.nouns),
        (PatternKind::Adjective, &entry.adjectives),
    ] {
        for written in list {
            patterns.push(Pattern::parse(kind, written).ok_or_else(|| wrong("a trigger is empty".into()))?);
        }
    }
    if patterns.is_empty() {
        return Err(wrong("no trigger: give `verbs`, `nouns` or `adjectives`".into()));
    }
    let mut codes = Vec::new();
    for line in &entry.codes {
        codes.push(Example::from_str(line.get_ref()).map_err(|e| source.error(&line.span(), e.to_string()))?);
    }
    Ok(Frame {
        id: format!("{stem}/{}", entry.id),
        class: entry.class,
        event,
        modes,
        contexts: entry.context.iter().map(|context| Context::new(context)).collect(),
        cameo: entry.cameo,
        act: entry.act,
        stance: entry.stance,
        patterns,
        actor: entry.actor.unwrap_or_else(|| vec![Slot::Subject]),
        recipient: entry.recipient.unwrap_or_else(|| vec![Slot::Object]),
        content: entry.content,
        require: entry.require,
        object: entry.object,
        object_not: entry.object_not,
        subject_not: entry.subject_not,
        unless: entry.unless,
        speaker: entry.speaker,
        initiative: entry.initiative,
        confidence: entry.confidence,
        codes,
        not: entry.not,
    })
}
