//! Loading frame files: those that ship with the program, and a user's over them.

use std::collections::{HashMap, HashSet};

use demarche_record::EventType;
use toml::Spanned;

use super::entry::{FrameEntry, build};
use super::{Class, Frame, Pattern};
use crate::conflicts::{Conflict, Overridden};
use crate::files::{Extension, FrameError, Position, TomlFile};
use crate::ontology::Ontology;

/// The frame files that ship with the program, in reading order.
const BUILTIN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/frame_files.rs"));

/// All frames in force.
#[derive(Clone, Debug, Default)]
pub struct FrameSet {
    /// The frames: those of the last layer first, each layer in reading order.
    pub frames: Vec<Frame>,
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
    /// The first [`FrameError`]: TOML that does not parse, an unknown key, event, mode, context, slot or CAMEO code, a frame without
    /// trigger, an example that cannot be read, or an id given twice.
    pub fn add(&mut self, file: &str, text: &str, ontology: &Ontology) -> Result<(), FrameError> {
        let mut faults = Vec::new();
        let known: HashMap<String, Position> =
            self.frames.iter().map(|frame| (frame.id.clone(), frame.position.clone())).collect();
        let frames = read(file, text, 0, ontology, &known, &mut faults);
        if let Some(fault) = faults.into_iter().next() {
            return Err(fault);
        }
        self.frames.extend(frames);
        Ok(())
    }

    /// The built-in frames with those of layers over them.
    pub(crate) fn load(
        layers: &[Extension],
        ontology: &Ontology,
        faults: &mut Vec<FrameError>,
        conflicts: &mut Vec<Conflict>,
    ) -> Result<Self, FrameError> {
        let mut below = if Ontology::first_layer(layers).is_some() {
            let shipped = Self::builtin(&Ontology::builtin()?)?.frames;
            shipped.into_iter().filter_map(|frame| fitted(frame, ontology)).collect()
        } else {
            Self::builtin(ontology)?.frames
        };
        for (n, layer) in layers.iter().enumerate() {
            let mut own: Vec<Frame> = Vec::new();
            for file in &layer.frames {
                own.extend(read(&file.name, &file.text, n + 1, ontology, &HashMap::new(), faults));
            }
            let ids: HashMap<&str, &Position> = own.iter().map(|frame| (frame.id.as_str(), &frame.position)).collect();
            below.retain(|frame| {
                if let Some(position) = ids.get(frame.id.as_str()) {
                    let overridden = Overridden::Frame { id: frame.id.clone(), below: frame.position.clone() };
                    conflicts.push(Conflict { position: (*position).clone(), overridden });
                }
                !ids.contains_key(frame.id.as_str())
            });
            shared_triggers(&own, &below, conflicts);
            own.append(&mut below);
            below = own;
        }
        Ok(Self { frames: below })
    }
}

/// The frames of a file, but for those with a fault.
fn read(
    file: &str,
    text: &str,
    layer: usize,
    ontology: &Ontology,
    known: &HashMap<String, Position>,
    faults: &mut Vec<FrameError>,
) -> Vec<Frame> {
    let before = faults.len();
    let Some(mut toml) = TomlFile::parse(file, text, faults) else { return Vec::new() };
    let default_event = toml.take::<String>("event", faults);
    let entries = toml.entries::<FrameEntry>("frame", faults);
    if let Some(event) = &default_event
        && let Err(problem) = ontology.known_event(EventType::new(event.get_ref()))
    {
        faults.push(toml.source.error(&event.span(), problem));
        return Vec::new();
    }
    let default_event = default_event.map(|event| EventType::new(&event.into_inner()));
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".toml");
    let mut known = known.clone();
    let mut frames = Vec::new();
    for entry in entries {
        let position = toml.source.position(entry.span().start);
        let before = faults.len();
        let frame = build(stem, entry, default_event, layer, &toml.source, ontology, faults);
        if faults.len() > before {
            continue;
        }
        if let Some(first) = known.insert(frame.id.clone(), position.clone()) {
            let problem = format!("frame `{}` is given twice, first at line {}; rename one", frame.id, first.line);
            faults.push(FrameError::at(&position, problem));
            continue;
        }
        frames.push(frame);
    }
    if frames.is_empty() && toml.is_empty() && faults.len() == before {
        faults.push(toml.source.error(&(0..0), "no frame in the file; write `[[frame]]` and its keys"));
    }
    toml.finish(&["event", "frame"], faults);
    frames
}

/// A built-in frame in an ontology that replaces the built-in one: without the events, modes and contexts that are gone. A frame that
/// says nothing then is left out.
fn fitted(mut frame: Frame, ontology: &Ontology) -> Option<Frame> {
    let gone = frame.event.is_some_and(|event| !ontology.knows(event));
    if gone {
        if frame.act.is_none() && matches!(frame.class, Class::Act | Class::Meet | Class::Fight) {
            return None;
        }
        frame.event = None;
        frame.modes.clear();
        frame.cameo = None;
    }
    if let Some(event) = frame.event {
        frame.modes.retain(|mode| ontology.has_mode(event, *mode));
    }
    frame.contexts.retain(|context| ontology.contexts().contains(context));
    // What its examples expect is of the other ontology.
    frame.codes.clear();
    Some(frame)
}

/// Tells the triggers that frames share with those of the layers below.
fn shared_triggers(own: &[Frame], below: &[Frame], conflicts: &mut Vec<Conflict>) {
    let mut by_head: HashMap<&str, Vec<(&Pattern, &Frame)>> = HashMap::new();
    for frame in below {
        for pattern in &frame.patterns {
            by_head.entry(&pattern.head).or_default().push((pattern, frame));
        }
    }
    for frame in own {
        let mut seen: HashSet<&Pattern> = HashSet::new();
        for pattern in frame.patterns.iter().filter(|pattern| seen.insert(pattern)) {
            let mut others: Vec<String> = Vec::new();
            for (other, of) in by_head.get(pattern.head.as_str()).into_iter().flatten() {
                if *other == pattern && !others.contains(&of.id) {
                    others.push(of.id.clone());
                }
            }
            if !others.is_empty() {
                let overridden = Overridden::Trigger { frame: frame.id.clone(), trigger: pattern.to_string(), others };
                conflicts.push(Conflict { position: frame.position.clone(), overridden });
            }
        }
    }
}

/// A value with its place in a file.
pub(super) type Placed = Spanned<String>;
