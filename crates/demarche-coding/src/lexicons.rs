//! Word lists of the ontology: support verbs, cues of modes, contexts, speech acts. All of it is data.

use std::collections::{BTreeMap, HashSet};

use demarche_language::{Sentence, TokenId};
use demarche_record::{Context, EventType, Mode, SpeechAct, Stance};
use serde::Deserialize;

use crate::frames::FrameError;
use crate::ontology::Ontology;
use crate::phrases::Phrases;

const SUPPORT: &str = include_str!("../../../data/ontology/support_verbs.toml");
const MODE_CUES: &str = include_str!("../../../data/ontology/mode_cues.toml");
const CONTEXTS: &str = include_str!("../../../data/ontology/contexts.toml");
const ACT_CUES: &str = include_str!("../../../data/issues/act_cues.toml");
const HEDGES: &str = include_str!("../../../data/issues/hedges.toml");

/// Parses a data file; the error names file and line.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, FrameError> {
    toml::from_str(text).map_err(|e| FrameError {
        file: file.to_owned(),
        line: 1 + text.bytes().take(e.span().map_or(0, |span| span.start)).filter(|&b| b == b'\n').count(),
        problem: e.message().replace('\n', " "),
    })
}

/// Verbs around event nouns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
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
}

impl SupportVerbs {
    /// The list that ships with the program.
    ///
    /// # Errors
    /// [`FrameError`] if the file is not well-formed; a test holds that it is.
    pub fn builtin() -> Result<Self, FrameError> {
        read("ontology/support_verbs.toml", SUPPORT)
    }
}

/// Words that add a mode to an event.
#[derive(Clone, Debug, Default)]
pub struct ModeCues {
    phrases: Phrases<(EventType, Mode)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    cue: Vec<Cue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    event: String,
    mode: String,
    words: Vec<String>,
}

impl ModeCues {
    /// The cues that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] for a file that does not parse or a mode that its event does not have.
    pub fn builtin(ontology: &Ontology) -> Result<Self, FrameError> {
        let file = "ontology/mode_cues.toml";
        let parsed: CueFile = read(file, MODE_CUES)?;
        let mut phrases = Phrases::default();
        for cue in parsed.cue {
            let (event, mode) = (EventType::new(&cue.event), Mode::new(&cue.mode));
            if !ontology.has_mode(event, mode) {
                let problem = format!("{event} has no mode `{mode}`; see events.tsv");
                return Err(FrameError { file: file.into(), line: 1, problem });
            }
            for words in &cue.words {
                phrases.add(words, (event, mode));
            }
        }
        Ok(Self { phrases })
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

/// Words that give a record its contexts.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    phrases: Phrases<Context>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextFile {
    context: Vec<ContextWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextWords {
    name: String,
    words: Vec<String>,
}

impl Contexts {
    /// The contexts that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] for a file that does not parse.
    pub fn builtin() -> Result<Self, FrameError> {
        let parsed: ContextFile = read("ontology/contexts.toml", CONTEXTS)?;
        let mut phrases = Phrases::default();
        for context in &parsed.context {
            for words in &context.words {
                phrases.add(words, Context::new(&context.name));
            }
        }
        Ok(Self { phrases })
    }

    /// The strongest contexts among the tokens, at most three, by number of words, then by name.
    pub fn of(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<Context> {
        strongest(self.phrases.find(sentence, tokens), 3)
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

/// The values with most words behind them; a value that a longer phrase names outweighs single words.
fn strongest<T: Copy + Ord>(found: Vec<(T, usize)>, most: usize) -> Vec<T> {
    let mut weight: BTreeMap<T, usize> = BTreeMap::new();
    for (value, words) in found {
        *weight.entry(value).or_default() += words * words;
    }
    let mut ranked: Vec<(T, usize)> = weight.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().take(most).map(|(value, _)| value).collect()
}
