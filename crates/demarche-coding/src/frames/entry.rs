//! One `[[frame]]` of a file: its keys, and what is wrong with them.

use std::ops::Range;
use std::str::FromStr;

use demarche_record::{Context, EventType, Mode, SpeechAct, Stance};
use serde::Deserialize;
use toml::Spanned;

use super::load::Placed;
use super::{
    Class, Example, Expected, Frame, InitiativeMark, NearMiss, Pattern, PatternKind, Requirement, Slot, SpeakerOf,
};
use crate::files::{FrameError, Source, nearest};
use crate::ontology::Ontology;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameEntry {
    id: String,
    #[serde(default = "act")]
    class: Class,
    event: Option<Placed>,
    #[serde(default)]
    mode: Vec<Placed>,
    #[serde(default)]
    context: Vec<Placed>,
    cameo: Option<Placed>,
    act: Option<SpeechAct>,
    stance: Option<Stance>,
    #[serde(default)]
    verbs: Vec<Placed>,
    #[serde(default)]
    nouns: Vec<Placed>,
    #[serde(default)]
    adjectives: Vec<Placed>,
    actor: Option<Vec<Placed>>,
    recipient: Option<Vec<Placed>>,
    #[serde(default)]
    content: Vec<Placed>,
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
    #[serde(default)]
    given: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    speaker: Option<SpeakerOf>,
    initiative: Option<InitiativeMark>,
    #[serde(default = "certain")]
    confidence: f32,
    #[serde(default)]
    codes: Vec<Placed>,
    #[serde(default)]
    not: Vec<Placed>,
}

fn act() -> Class {
    Class::Act
}

fn certain() -> f32 {
    1.0
}

/// Gathers the faults of one frame.
struct Faults<'a, 'f> {
    id: &'a str,
    source: &'a Source<'a>,
    found: &'f mut Vec<FrameError>,
}

impl Faults<'_, '_> {
    fn add(&mut self, at: &Range<usize>, problem: impl std::fmt::Display) {
        self.found.push(self.source.error(at, format!("frame `{}`: {problem}", self.id)));
    }

    fn check<T>(&mut self, at: &Range<usize>, checked: Result<T, String>) {
        if let Err(problem) = checked {
            self.add(at, problem);
        }
    }
}

/// The frame of an entry. Where the entry has faults they are told, and the frame is of no use.
pub(super) fn build(
    stem: &str,
    entry: Spanned<FrameEntry>,
    default_event: Option<EventType>,
    layer: usize,
    source: &Source<'_>,
    ontology: &Ontology,
    found: &mut Vec<FrameError>,
) -> Frame {
    let at = entry.span();
    let entry = entry.into_inner();
    let mut faults = Faults { id: &entry.id, source, found };
    if entry.id.is_empty() || entry.id.contains(|c: char| c.is_whitespace() || c == '/') {
        faults.add(&at, "an id is one word without `/`; rename it");
    }
    let event = match &entry.event {
        Some(written) if written.get_ref().is_empty() => None,
        Some(written) => {
            let event = EventType::new(written.get_ref());
            faults.check(&written.span(), ontology.known_event(event));
            Some(event)
        }
        None if takes_own_event(entry.class) => None,
        None => default_event,
    };
    let modes: Vec<Mode> = entry.mode.iter().map(|mode| Mode::new(mode.get_ref())).collect();
    for (mode, written) in modes.iter().zip(&entry.mode) {
        match event {
            Some(event) if ontology.knows(event) => {
                faults.check(&written.span(), ontology.known_mode(event, *mode));
            }
            Some(_) => {}
            None => faults.add(&written.span(), format!("mode `{mode}` without an event; name the event")),
        }
    }
    let contexts: Vec<Context> = entry.context.iter().map(|context| Context::new(context.get_ref())).collect();
    for (context, written) in contexts.iter().zip(&entry.context) {
        faults.check(&written.span(), ontology.known_context(*context));
    }
    if let Some(cameo) = &entry.cameo {
        faults.check(&cameo.span(), ontology.known_cameo(cameo.get_ref()));
    }
    if !(0.0..=1.0).contains(&entry.confidence) {
        faults.add(&at, format!("confidence {} is not from 0 to 1; write one that is", entry.confidence));
    }
    let patterns = patterns(&entry, &mut faults);
    if patterns.is_empty() && entry.verbs.len() + entry.nouns.len() + entry.adjectives.len() == 0 {
        faults.add(&at, "no trigger: give `verbs`, `nouns` or `adjectives`");
    }
    let mut slots = |written: &[Placed]| -> Vec<Slot> {
        for slot in written {
            faults.check(&slot.span(), Slot::check(slot.get_ref()));
        }
        written.iter().map(|slot| Slot::parse(slot.get_ref())).collect()
    };
    let actor = entry.actor.as_deref().map_or_else(|| vec![Slot::Subject], &mut slots);
    let recipient = entry.recipient.as_deref().map_or_else(|| vec![Slot::Object], &mut slots);
    let content = slots(&entry.content);
    let codes = examples(&entry.codes, &mut faults, ontology);
    let near_miss = |text: &Placed| NearMiss {
        text: text.get_ref().trim().to_owned(),
        position: source.position(text.span().start),
    };
    Frame {
        id: format!("{stem}/{}", entry.id),
        layer,
        position: source.position(at.start),
        class: entry.class,
        event,
        modes,
        contexts,
        cameo: entry.cameo.map(Spanned::into_inner),
        act: entry.act,
        stance: entry.stance,
        patterns,
        actor,
        recipient,
        content,
        require: entry.require,
        object: entry.object,
        object_not: entry.object_not,
        subject_not: entry.subject_not,
        unless: entry.unless,
        given: entry.given,
        subject: entry.subject,
        speaker: entry.speaker,
        initiative: entry.initiative,
        confidence: entry.confidence,
        codes,
        not: entry.not.iter().map(near_miss).collect(),
    }
}

/// Whether frames of the class have an event only where they name one themselves.
const fn takes_own_event(class: Class) -> bool {
    matches!(
        class,
        Class::Attitude
            | Class::Say
            | Class::Deny
            | Class::Aspect
            | Class::Effort
            | Class::Fail
            | Class::Cease
            | Class::Exclude
            | Class::Plan
    )
}

fn patterns(entry: &FrameEntry, faults: &mut Faults<'_, '_>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (kind, list) in [
        (PatternKind::Verb, &entry.verbs),
        (PatternKind::Noun, &entry.nouns),
        (PatternKind::Adjective, &entry.adjectives),
    ] {
        for written in list {
            faults.check(&written.span(), Pattern::check(written.get_ref()));
            patterns.extend(Pattern::parse(kind, written.get_ref()));
        }
    }
    patterns
}

fn examples(lines: &[Placed], faults: &mut Faults<'_, '_>, ontology: &Ontology) -> Vec<Example> {
    let mut out = Vec::new();
    for line in lines {
        let at = line.span();
        match Example::from_str(line.get_ref()) {
            Ok(example) => {
                if let Expected::Event { event, modes, .. } = &example.expected {
                    let known = ontology.known_event(*event);
                    let known =
                        known.and_then(|()| modes.iter().try_for_each(|mode| ontology.known_mode(*event, *mode)));
                    faults.check(&at, known.map_err(|problem| format!("in an example: {problem}")));
                }
                out.push(Example { position: faults.source.position(at.start), ..example });
            }
            Err(problem) => faults.add(&at, problem),
        }
    }
    out
}

impl Slot {
    /// What is wrong with a slot as written, if anything.
    pub(super) fn check(written: &str) -> Result<(), String> {
        if !matches!(Self::parse(written), Self::Preposition(_)) || Self::PREPOSITIONS.contains(&written) {
            return Ok(());
        }
        let near = match written {
            "subject" | "object" | "possessor" | "modifier" | "indirect" => {
                let short = ["subj", "obj", "poss", "mod", "iobj"];
                let long = ["subject", "object", "possessor", "modifier", "indirect"];
                let found = long.iter().zip(short).find(|(long, _)| **long == written);
                found.map_or_else(String::new, |(_, short)| format!(" (did you mean `{short}`?)"))
            }
            _ => nearest(written, Self::KEYWORDS.iter().chain(Self::PREPOSITIONS).copied()),
        };
        let keywords = Self::KEYWORDS.join(", ");
        Err(format!("`{written}` is neither a slot nor a preposition{near}; slots are {keywords}, and any preposition"))
    }
}

impl Pattern {
    /// What is wrong with a trigger as written, if anything.
    fn check(written: &str) -> Result<(), String> {
        if written.trim().is_empty() {
            return Err("a trigger is empty; write a word or take it away".to_owned());
        }
        if written.chars().any(char::is_uppercase) {
            let lower = written.to_lowercase();
            return Err(format!("the trigger `{written}` has capitals; triggers are lemmas, as in `{lower}`"));
        }
        let strange = |c: &char| !c.is_alphabetic() && !matches!(c, ' ' | '-' | '\'' | '\u{2019}');
        if let Some(strange) = written.chars().find(strange) {
            return Err(format!(
                "the trigger `{written}` holds `{strange}`; a trigger is one or more lemmas parted by blanks, as in `call for`"
            ));
        }
        Ok(())
    }
}
