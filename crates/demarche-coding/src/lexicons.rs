//! Word lists of the ontology: support verbs, cues of modes, speech acts. All of it is data.

use std::collections::HashSet;

use demarche_language::{Sentence, TokenId};
use demarche_record::{EventType, Mode, SpeechAct, Stance};
use serde::Deserialize;
use toml::Spanned;

use crate::files::{DataFile, Extension, FrameError, TomlFile};
use crate::ontology::Ontology;
use crate::phrases::Phrases;

const SUPPORT: &str = include_str!("../../../data/ontology/support_verbs.toml");
const MODE_CUES: &str = include_str!("../../../data/ontology/mode_cues.toml");
const ACT_CUES: &str = include_str!("../../../data/issues/act_cues.toml");
const HEDGES: &str = include_str!("../../../data/issues/hedges.toml");

/// Parses a data file that ships with the program; the error names file and line.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, FrameError> {
    toml::from_str(text).map_err(|e| {
        crate::files::Source::new(file, text).error(&e.span().unwrap_or(0..0), e.message().replace('\n', " "))
    })
}

/// The files of an ontology to read: the built-in one, unless a layer replaces it, and those of the layers in force.
pub(crate) fn in_force<'a>(
    (path, text): (&str, &str),
    layers: &'a [Extension],
    first: Option<usize>,
    own: impl Fn(&'a Extension) -> Option<&'a DataFile>,
) -> Vec<DataFile> {
    let shipped = DataFile { name: path.into(), path: path.into(), text: text.into() };
    let layers = layers.get(first.unwrap_or(0)..).unwrap_or_default();
    first.is_none().then_some(shipped).into_iter().chain(layers.iter().filter_map(own).cloned()).collect()
}

/// Verbs around event nouns.
#[derive(Clone, Debug, Default)]
pub struct SupportVerbs {
    /// The subject does what the noun names.
    pub performing: HashSet<String>,
    /// The subject does what an oblique names ("took part in talks").
    pub engaging: HashSet<String>,
    /// It is done to the subject.
    pub receiving: HashSet<String>,
    /// The noun is not told as having taken place.
    pub unreal: HashSet<String>,
    /// Nor is one that is the subject of these in the passive.
    pub undone: HashSet<String>,
    /// The subject only tells of violence, it does not do it ("reported attacks").
    pub telling: HashSet<String>,
    /// Verbs that say of a noun whether and when it takes place ("talks will begin").
    pub occurring: HashSet<String>,
    /// Particles that turn a performing verb into its opposite ("called off the talks").
    pub undoing: HashSet<String>,
    /// Whoever does it brings a thing or body into being ("set up a hospital").
    pub creating: HashSet<String>,
    /// Whoever does it moves forces or things of their own ("send troops").
    pub moving: HashSet<String>,
    /// What harms without a will of its own: diseases, storms, accidents.
    pub forces: HashSet<String>,
}

impl SupportVerbs {
    /// The list that ships with the program, with those of layers added; a word that a layer lists leaves the other lists.
    pub(crate) fn load(layers: &[Extension], faults: &mut Vec<FrameError>) -> Self {
        let mut out = Self::default();
        let own = |layer: &Extension| layer.ontology.support_verbs.clone();
        let shipped =
            DataFile { name: "ontology/support_verbs.toml".into(), path: String::new(), text: SUPPORT.into() };
        for file in std::iter::once(shipped).chain(layers.iter().filter_map(own)) {
            let Some(mut toml) = TomlFile::parse(&file.name, &file.text, faults) else { continue };
            let keys = [
                "performing",
                "engaging",
                "receiving",
                "unreal",
                "undone",
                "telling",
                "occurring",
                "undoing",
                "creating",
                "moving",
                "forces",
            ];
            let lists =
                keys.map(|key| toml.take::<HashSet<String>>(key, faults).map(Spanned::into_inner).unwrap_or_default());
            toml.finish(&keys, faults);
            // What a noun's participants are is told by the first three; a verb is one of them.
            let [
                performing,
                engaging,
                receiving,
                unreal,
                undone,
                telling,
                occurring,
                undoing,
                creating,
                moving,
                forces,
            ] = lists;
            let roles: HashSet<&String> = performing.iter().chain(&engaging).chain(&receiving).collect();
            for list in [&mut out.performing, &mut out.engaging, &mut out.receiving] {
                list.retain(|verb| !roles.contains(verb));
            }
            out.performing.extend(performing);
            out.engaging.extend(engaging);
            out.receiving.extend(receiving);
            out.unreal.extend(unreal);
            out.undone.extend(undone);
            out.telling.extend(telling);
            out.occurring.extend(occurring);
            out.undoing.extend(undoing);
            out.creating.extend(creating);
            out.moving.extend(moving);
            out.forces.extend(forces);
        }
        out
    }
}

/// Words that add a mode to an event.
#[derive(Clone, Debug, Default)]
pub struct ModeCues {
    phrases: Phrases<(EventType, Mode)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    event: Spanned<String>,
    mode: Spanned<String>,
    words: Vec<String>,
}

impl ModeCues {
    /// The cues of the ontology in force.
    pub(crate) fn load(layers: &[Extension], ontology: &Ontology, faults: &mut Vec<FrameError>) -> Self {
        let mut phrases = Phrases::default();
        let shipped = ("ontology/mode_cues.toml", MODE_CUES);
        let files = in_force(shipped, layers, Ontology::first_layer(layers), |layer| layer.ontology.mode_cues.as_ref());
        for file in files {
            let Some(mut toml) = TomlFile::parse(&file.name, &file.text, faults) else { continue };
            for cue in toml.entries::<Cue>("cue", faults).into_iter().map(Spanned::into_inner) {
                let (event, mode) = (EventType::new(cue.event.get_ref()), Mode::new(cue.mode.get_ref()));
                let known = ontology.known_event(event).map_err(|problem| (cue.event.span(), problem));
                let known =
                    known.and_then(|()| ontology.known_mode(event, mode).map_err(|problem| (cue.mode.span(), problem)));
                if let Err((at, problem)) = known {
                    faults.push(toml.source.error(&at, problem));
                    continue;
                }
                for words in &cue.words {
                    phrases.add(words, (event, mode));
                }
            }
            toml.finish(&["cue"], faults);
        }
        Self { phrases }
    }

    /// Modes of the event that words among the tokens cue, each once, in text order.
    pub fn modes(&self, event: EventType, sentence: &Sentence, tokens: &[TokenId]) -> Vec<Mode> {
        let mut out = Vec::new();
        for ((of, mode), _) in self.phrases.find(sentence, tokens) {
            if of == event && !out.contains(&mode) {
                out.push(mode);
            }
        }
        out
    }
}

/// Words that tell what a speaker does by saying something.
#[derive(Clone, Debug, Default)]
pub struct ActCues {
    phrases: Phrases<(SpeechAct, Stance)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActCueFile {
    cue: Vec<ActCue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActCue {
    act: SpeechAct,
    stance: Stance,
    words: Vec<String>,
}

impl ActCues {
    /// The cues that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] for a file that does not parse.
    pub fn builtin() -> Result<Self, FrameError> {
        let parsed: ActCueFile = read("issues/act_cues.toml", ACT_CUES)?;
        let mut phrases = Phrases::default();
        for cue in &parsed.cue {
            for words in &cue.words {
                phrases.add(words, (cue.act, cue.stance));
            }
        }
        Ok(Self { phrases })
    }

    /// The act and stance that words of a proposition make, if any do, and these words.
    pub fn of(&self, sentence: &Sentence, tokens: &[TokenId]) -> Option<((SpeechAct, Stance), Vec<TokenId>)> {
        self.phrases.first(sentence, tokens)
    }
}

/// Words that soften what is said.
#[derive(Clone, Debug, Default)]
pub struct Hedges {
    phrases: Phrases<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HedgeFile {
    words: Vec<String>,
}

impl Hedges {
    /// The words that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] for a file that does not parse.
    pub fn builtin() -> Result<Self, FrameError> {
        let parsed: HedgeFile = read("issues/hedges.toml", HEDGES)?;
        let mut phrases = Phrases::default();
        for words in &parsed.words {
            phrases.add(words, ());
        }
        Ok(Self { phrases })
    }

    /// Words of each hedge of a sentence.
    pub fn of(&self, sentence: &Sentence) -> Vec<Vec<TokenId>> {
        let all: Vec<TokenId> = (0..sentence.tokens.len()).collect();
        self.phrases.places(sentence, &all)
    }
}
