//! Contexts of an event: what field of life its sentence is about, by a lexicon that is data.
//!
//! A cue counts most within the clause of the act, among its participants too: what stands elsewhere in the sentence (the
//! office of whoever says so) tells little, and what the neighbouring sentences are about only tips the scale.

use std::collections::{BTreeMap, BTreeSet};

use demarche_language::{Relation, Sentence, TokenId, Upos};
use demarche_record::Context;
use serde::Deserialize;
use toml::Spanned;

use crate::files::{Extension, FrameError, Position, TomlFile};
use crate::phrases::Phrases;

const NAME: &str = "ontology/contexts.toml";
const CONTEXTS: &str = include_str!("../../../data/ontology/contexts.toml");
/// Contexts of an event, at most.
const MOST: usize = 3;

/// How much a cue tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
    /// Words that look like a cue and are none.
    Except,
}

/// Words that give an event its contexts.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    phrases: Phrases<usize>,
    /// What each phrase is a cue of.
    tells: Vec<Vec<(Context, Strength)>>,
    scoring: Scoring,
    names: BTreeSet<Context>,
    /// The sentences that its files give as examples.
    pub examples: Vec<ContextExample>,
}

/// What a cue is worth, and what a context needs.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scoring {
    /// A strong cue in the act's clause; for phrases times the square of their words.
    clause: usize,
    /// Elsewhere in the sentence.
    elsewhere: usize,
    /// A weak cue, wherever it stands.
    weak: usize,
    /// A strong cue in a neighbouring sentence, once.
    near: usize,
    /// What a context needs.
    wanted: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextWords {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    codes: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
}

/// A sentence of a context's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextExample {
    /// The context.
    pub context: Context,
    /// Whether its event must have the context, or must not.
    pub wanted: bool,
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub position: Position,
    /// The layer of data that it is of: 0 for what ships with the program.
    pub layer: usize,
}

impl Contexts {
    /// The contexts of the ontology in force; `first` is the layer that replaces what is below it. Words of a context that is there
    /// already are added to it.
    pub(crate) fn load(layers: &[Extension], first: Option<usize>, faults: &mut Vec<FrameError>) -> Self {
        let mut out = Self::default();
        // A phrase may be a cue of several contexts.
        let mut cues: BTreeMap<String, Vec<(Context, Strength)>> = BTreeMap::new();
        // What a cue is worth is told by the shipped file also where its contexts are replaced.
        out.read((NAME, CONTEXTS), first.is_none().then_some(0), &mut cues, faults);
        for (n, layer) in layers.iter().enumerate().skip(first.unwrap_or(0)) {
            if let Some(file) = &layer.ontology.contexts {
                out.read((&file.name, &file.text), Some(n + 1), &mut cues, faults);
            }
        }
        for (words, tells) in cues {
            out.phrases.add(&words, out.tells.len());
            out.tells.push(tells);
        }
        out
    }

    /// Reads a file: its contexts, if it is of a layer in force, and what a cue is worth, if it says so.
    fn read(
        &mut self,
        (file, text): (&str, &str),
        layer: Option<usize>,
        cues: &mut BTreeMap<String, Vec<(Context, Strength)>>,
        faults: &mut Vec<FrameError>,
    ) {
        let Some(mut toml) = TomlFile::parse(file, text, faults) else { return };
        if let Some(scoring) = toml.take::<Scoring>("scoring", faults) {
            self.scoring = scoring.into_inner();
        }
        let entries = toml.entries::<ContextWords>("context", faults);
        if let Some(layer) = layer {
            for entry in entries.into_iter().map(Spanned::into_inner) {
                let context = Context::new(&entry.name);
                self.names.insert(context);
                let lists =
                    [(entry.words, Strength::Strong), (entry.weak, Strength::Weak), (entry.except, Strength::Except)];
                for (list, strength) in lists {
                    for words in list {
                        cues.entry(words.replace('-', " ").to_lowercase()).or_default().push((context, strength));
                    }
                }
                for (list, wanted) in [(entry.codes, true), (entry.not, false)] {
                    self.examples.extend(list.into_iter().map(|text| {
                        let position = toml.source.position(text.span().start);
                        ContextExample { context, wanted, text: text.into_inner(), position, layer }
                    }));
                }
            }
        }
        toml.finish(&["scoring", "context"], faults);
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = Context> {
        self.names.iter().copied()
    }

    /// The strongest contexts of an act, at most three, then by name. `telling` are the tokens of its sentence that count,
    /// ascending; `clause` those of its clause and participants; `near` what the neighbouring sentences are about.
    pub fn of(&self, sentence: &Sentence, telling: &[TokenId], clause: &[TokenId], near: &[Context]) -> Vec<Context> {
        let mut points: BTreeMap<Context, usize> = BTreeMap::new();
        for (context, strength, words) in self.found(sentence, telling) {
            let within = words.iter().any(|word| clause.contains(word));
            *points.entry(context).or_default() += match (strength, within) {
                (Strength::Strong, true) => self.scoring.clause * words.len() * words.len(),
                (Strength::Strong, false) => self.scoring.elsewhere * words.len() * words.len(),
                (Strength::Weak | Strength::Except, _) => self.scoring.weak,
            };
        }
        for (context, points) in &mut points {
            *points += if near.contains(context) { self.scoring.near } else { 0 };
        }
        let mut ranked: Vec<(Context, usize)> =
            points.into_iter().filter(|(_, points)| *points >= self.scoring.wanted).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(MOST).map(|(context, _)| context).collect()
    }

    /// What a sentence holds strong cues of.
    pub fn named(&self, sentence: &Sentence) -> impl Iterator<Item = Context> {
        let all: Vec<TokenId> = (0..sentence.tokens.len()).collect();
        let strong = |(context, strength, _)| (strength == Strength::Strong).then_some(context);
        self.found(sentence, &all).into_iter().filter_map(strong)
    }

    /// Cues among the tokens, those apart that stand in words that only look like one.
    fn found(&self, sentence: &Sentence, tokens: &[TokenId]) -> Vec<(Context, Strength, Vec<TokenId>)> {
        let mut out = Vec::new();
        let mut barred: Vec<(Context, Vec<TokenId>)> = Vec::new();
        for (phrase, words) in self.phrases.found(sentence, tokens) {
            for &(context, strength) in self.tells.get(phrase).into_iter().flatten() {
                if strength == Strength::Except {
                    barred.push((context, words.clone()));
                } else {
                    out.push((context, strength, words.clone()));
                }
            }
        }
        out.retain(|(context, _, words)| {
            !barred.iter().any(|(of, tokens)| of == context && words.iter().all(|word| tokens.contains(word)))
        });
        out
    }
}

/// The tokens of the clause that an act stands in: of the verb that governs it, with what depends on that, without the clauses
/// beside it.
pub fn clause(sentence: &Sentence, head: TokenId) -> Vec<TokenId> {
    let opens = |token: TokenId| {
        let word = &sentence.tokens[token];
        matches!(
            word.relation,
            Relation::Ccomp | Relation::Parataxis | Relation::Advcl | Relation::AclRelcl | Relation::Root
        ) || word.relation == Relation::Conj && word.upos == Upos::Verb
    };
    let mut top = head;
    for _ in 0..sentence.tokens.len() {
        match sentence.tokens[top].head {
            Some(above) if !opens(top) => top = above,
            _ => break,
        }
    }
    let mut out = vec![top];
    let mut next = 0;
    while let Some(&at) = out.get(next) {
        let leaves = |token: TokenId| {
            let word = &sentence.tokens[token];
            token != head
                && (word.relation == Relation::Parataxis || word.relation == Relation::Conj && word.upos == Upos::Verb)
        };
        out.extend(sentence.dependents(at).iter().copied().filter(|&token| !leaves(token)));
        next += 1;
    }
    out.sort_unstable();
    out
}
