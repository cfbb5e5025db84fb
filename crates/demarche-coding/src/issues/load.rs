//! The files of issues and of turn words, as `data/issues` has them.

use std::collections::HashMap;
use std::str::FromStr;

use demarche_record::{Issue, SpeechAct, Stance};
use serde::Deserialize;
use toml::Spanned;

use super::wording::Phrases;
use super::{Entry, Issues, Kind, Turns};
use crate::conflicts::{Conflict, Overridden};
use crate::files::{Extension, FrameError, Position, Source, TomlFile, nearest};
use crate::frames::NearMiss;
use crate::issues::turns::When;
use crate::lexicons::read;

/// The chapters, in the order in which they are read.
const CHAPTERS: &[(&str, &str)] = &[
    ("issues/peace.toml", include_str!("../../../../data/issues/peace.toml")),
    ("issues/people.toml", include_str!("../../../../data/issues/people.toml")),
    ("issues/territory.toml", include_str!("../../../../data/issues/territory.toml")),
    ("issues/law.toml", include_str!("../../../../data/issues/law.toml")),
    ("issues/force.toml", include_str!("../../../../data/issues/force.toml")),
    ("issues/relations.toml", include_str!("../../../../data/issues/relations.toml")),
    ("issues/government.toml", include_str!("../../../../data/issues/government.toml")),
    ("issues/economy.toml", include_str!("../../../../data/issues/economy.toml")),
    ("issues/world.toml", include_str!("../../../../data/issues/world.toml")),
];

const TURNS: (&str, &str) = ("issues/turns.toml", include_str!("../../../../data/issues/turns.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueWords {
    name: Spanned<String>,
    #[serde(rename = "description")]
    _description: String,
    good: Option<bool>,
    words: Vec<Spanned<String>>,
    #[serde(default)]
    opposite: Vec<Spanned<String>>,
    #[serde(default)]
    hints: Vec<Spanned<String>>,
    #[serde(default)]
    names: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
    codes: Vec<Spanned<String>>,
    not_examples: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnFile {
    turn: Vec<TurnWords>,
    spare: Words,
    subject: Words,
    hanging: Words,
    care: Care,
    examples: TurnExamples,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnWords {
    #[serde(rename = "name")]
    _name: String,
    when: When,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Care {
    acts: Vec<SpeechAct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnExamples {
    codes: Vec<Spanned<String>>,
}

/// What is said, and the issues that it has, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueExample {
    /// Words of a proposition.
    pub text: String,
    /// All its issues.
    pub issues: Vec<Issue>,
    /// Where it stands.
    pub position: Position,
}

/// A statement of an act and stance, and the stance that it has on its issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnExample {
    /// The act; [`SpeechAct::Say`] where only the stance matters.
    pub act: SpeechAct,
    /// The stance toward the words of the proposition.
    pub told: Stance,
    /// Words of a proposition.
    pub text: String,
    /// The stance on each issue, sorted.
    pub stances: Vec<(Issue, Stance)>,
    /// Where it stands.
    pub position: Position,
}

/// One of the names that the record's enums have.
fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Option<T> {
    let deserializer: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        serde::de::IntoDeserializer::into_deserializer(name);
    T::deserialize(deserializer).ok()
}

impl FromStr for IssueExample {
    type Err = String;

    fn from_str(example: &str) -> Result<Self, String> {
        let (text, issues) =
            example.rsplit_once(" => ").ok_or_else(|| format!("example `{example}`: write `WORDS => ISSUE ISSUE`"))?;
        let mut issues: Vec<Issue> = issues.split_whitespace().map(Issue::new).collect();
        issues.sort_unstable();
        Ok(Self { text: text.to_owned(), issues, position: Position::default() })
    }
}

impl FromStr for TurnExample {
    type Err = String;

    fn from_str(example: &str) -> Result<Self, String> {
        let wrong = || format!("example `{example}`: write `STANCE or ACT | WORDS => ISSUE STANCE, ISSUE STANCE`");
        let (head, stances) = example.rsplit_once(" => ").ok_or_else(wrong)?;
        let (told, text) = head.split_once(" | ").ok_or_else(wrong)?;
        let (act, told) = match (named::<Stance>(told), named::<SpeechAct>(told)) {
            (Some(stance), _) => (SpeechAct::Say, stance),
            (None, Some(act)) => (act, Stance::Against),
            (None, None) => return Err(wrong()),
        };
        let pair = |pair: &str| {
            let (issue, stance) = pair.trim().split_once(' ')?;
            Some((Issue::new(issue), named(stance)?))
        };
        let mut stances: Vec<(Issue, Stance)> =
            stances.split(',').map(pair).collect::<Option<_>>().ok_or_else(wrong)?;
        stances.sort_unstable_by_key(|(issue, _)| *issue);
        Ok(Self { act, told, text: text.to_owned(), stances, position: Position::default() })
    }
}

/// An issue of a file, before the layers are joined.
struct Found {
    layer: usize,
    position: Position,
    name: Issue,
    good: Option<bool>,
    /// Its phrases with their kind, whether each may hold a country's name, and where it stands.
    phrases: Vec<(Kind, String, bool, Position)>,
    codes: Vec<IssueExample>,
    not: Vec<NearMiss>,
}

impl Issues {
    /// The issues that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] for a file that does not parse, an issue that two files define, a phrase without words or of two issues, a
    /// name that is none of its issue's phrases, an example that cannot be read or has an unknown issue.
    pub fn builtin() -> Result<Self, FrameError> {
        Self::of_chapters(CHAPTERS)
    }

    /// The issues of files: their names, as errors give them, and their text.
    ///
    /// # Errors
    /// As [`Issues::builtin`].
    pub fn of_chapters(chapters: &[(&str, &str)]) -> Result<Self, FrameError> {
        let mut faults = Vec::new();
        let found = chapters.iter().flat_map(|&(file, text)| chapter(file, text, 0, &mut faults)).collect();
        let out = Self::joined(found, &mut faults, &mut Vec::new());
        faults.into_iter().next().map_or(Ok(out), Err)
    }

    /// The built-in issues with those of layers over them: a later issue of the same name takes the place of an earlier one, and a
    /// phrase counts for the issue of the last layer that has it.
    pub(crate) fn load(layers: &[Extension], faults: &mut Vec<FrameError>, conflicts: &mut Vec<Conflict>) -> Self {
        let mut found: Vec<Found> = Vec::new();
        for &(file, text) in CHAPTERS {
            found.extend(chapter(file, text, 0, faults));
        }
        for (n, layer) in layers.iter().enumerate() {
            for file in &layer.issues {
                found.extend(chapter(&file.name, &file.text, n + 1, faults));
            }
        }
        Self::joined(found, faults, conflicts)
    }

    fn joined(mut found: Vec<Found>, faults: &mut Vec<FrameError>, conflicts: &mut Vec<Conflict>) -> Self {
        // The last layers first, so that what they say is there when the others come.
        found.sort_by_key(|issue| std::cmp::Reverse(issue.layer));
        let mut kept: Vec<Found> = Vec::new();
        let mut decisive: HashMap<String, (usize, Issue, Position)> = HashMap::new();
        for mut issue in found {
            if let Some(over) = kept.iter().find(|over| over.name == issue.name) {
                if over.layer == issue.layer {
                    let problem = format!("issue `{}` is there twice: join the two", issue.name);
                    faults.push(FrameError::at(&issue.position, problem));
                } else {
                    let overridden = Overridden::Issue { issue: issue.name, below: issue.position };
                    conflicts.push(Conflict { position: over.position.clone(), overridden });
                }
                continue;
            }
            let (layer, name) = (issue.layer, issue.name);
            issue.phrases.retain(|(kind, phrase, _, position)| {
                if !matches!(kind, Kind::Word | Kind::Opposite) {
                    return true;
                }
                let lower = phrase.to_lowercase();
                match decisive.get(&lower) {
                    None => {
                        decisive.insert(lower, (layer, name, position.clone()));
                        true
                    }
                    Some((over, other, _)) if *over == layer => {
                        let problem = format!("{name}: `{phrase}` is a word of {other} too: leave it to one of them");
                        faults.push(FrameError::at(position, problem));
                        false
                    }
                    Some((_, over, at)) => {
                        let overridden = Overridden::Word { word: phrase.clone(), issue: *over, other: name };
                        conflicts.push(Conflict { position: at.clone(), overridden });
                        false
                    }
                }
            });
            kept.push(issue);
        }
        // Phrases and entries in the order of the layers, each in that of its files.
        kept.sort_by_key(|issue| issue.layer);
        let names: Vec<Issue> = kept.iter().map(|issue| issue.name).collect();
        let mut out = Self::default();
        for issue in kept {
            for example in &issue.codes {
                if let Some(unknown) = example.issues.iter().find(|issue| !names.contains(issue)) {
                    let near = nearest(unknown.as_str(), names.iter().map(|name| name.as_str()));
                    let problem = format!("`{}` has an unknown issue: {unknown}{near}", example.text);
                    faults.push(FrameError::at(&example.position, problem));
                }
            }
            let number = out.entries.len();
            for (kind, phrase, names, position) in &issue.phrases {
                if !out.phrases.add(phrase, (number, *kind), *names) {
                    faults
                        .push(FrameError::at(position, format!("{}: the phrase `{phrase}` has no words", issue.name)));
                }
            }
            let Found { layer, position, name, good, codes, not, .. } = issue;
            out.entries.push(Entry { name, layer, position, good, codes, not });
        }
        out
    }
}

/// The issues of a file.
fn chapter(file: &str, text: &str, layer: usize, faults: &mut Vec<FrameError>) -> Vec<Found> {
    let start = faults.len();
    let Some(mut toml) = TomlFile::parse(file, text, faults) else { return Vec::new() };
    let mut out = Vec::new();
    for entry in toml.entries::<IssueWords>("issue", faults) {
        let before = faults.len();
        let issue = issue(entry.into_inner(), layer, &toml.source, faults);
        if faults.len() == before {
            out.push(issue);
        }
    }
    if out.is_empty() && toml.is_empty() && faults.len() == start {
        faults.push(toml.source.error(&(0..0), "no issue in the file; write `[[issue]]` and its keys"));
    }
    toml.finish(&["issue"], faults);
    out
}

fn issue(words: IssueWords, layer: usize, source: &Source<'_>, faults: &mut Vec<FrameError>) -> Found {
    let name = Issue::new(words.name.get_ref());
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.as_str().is_empty() || !name.as_str().chars().all(small) {
        let problem = format!("`{name}` is no name of an issue; write small letters, digits and `_`, as in dam_safety");
        faults.push(source.error(&words.name.span(), problem));
    }
    let lists = [
        (Kind::Word, words.words),
        (Kind::Opposite, words.opposite),
        (Kind::Hint, words.hints),
        (Kind::Not, words.not),
    ];
    let own =
        |name: &str| lists.iter().any(|(kind, list)| *kind != Kind::Not && list.iter().any(|w| w.get_ref() == name));
    for stray in words.names.iter().filter(|stray| !own(stray.get_ref())) {
        let problem = format!("{name}: `{}` is among `names` and none of its phrases", stray.get_ref());
        faults.push(source.error(&stray.span(), problem));
    }
    for (what, list) in [("codes", &words.codes), ("not_examples", &words.not_examples)] {
        if list.is_empty() {
            faults.push(source.error(&words.name.span(), format!("{name}: `{what}` is empty; give it an example")));
        }
    }
    let names: Vec<&str> = words.names.iter().map(|name| name.get_ref().as_str()).collect();
    let phrases = lists
        .iter()
        .flat_map(|(kind, list)| list.iter().map(move |phrase| (*kind, phrase)))
        .map(|(kind, phrase)| {
            let names = names.contains(&phrase.get_ref().as_str());
            (kind, phrase.get_ref().clone(), names, source.position(phrase.span().start))
        })
        .collect();
    let mut codes = Vec::new();
    for example in words.codes {
        let at = example.span();
        match example.get_ref().parse::<IssueExample>() {
            Ok(parsed) => codes.push(IssueExample { position: source.position(at.start), ..parsed }),
            Err(problem) => faults.push(source.error(&at, problem)),
        }
    }
    let near_miss =
        |text: Spanned<String>| NearMiss { position: source.position(text.span().start), text: text.into_inner() };
    let position = source.position(words.name.span().start);
    let not = words.not_examples.into_iter().map(near_miss).collect();
    Found { layer, position, name, good: words.good, phrases, codes, not }
}

impl Turns {
    /// The turn words that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] for a file that does not parse or an example that cannot be read.
    pub fn builtin() -> Result<Self, FrameError> {
        let (file, text) = TURNS;
        let parsed: TurnFile = read(file, text)?;
        let (mut turns, mut spare) = (Phrases::default(), Phrases::default());
        for turn in &parsed.turn {
            for phrase in &turn.words {
                turns.add(phrase, turn.when, false);
            }
        }
        for phrase in &parsed.spare.words {
            spare.add(phrase, (), false);
        }
        let source = Source::new(file, text);
        let mut examples = Vec::new();
        for example in &parsed.examples.codes {
            let at = example.span();
            let parsed: TurnExample =
                example.get_ref().parse().map_err(|problem: String| source.error(&at, problem))?;
            examples.push(TurnExample { position: source.position(at.start), ..parsed });
        }
        Ok(Self {
            phrases: turns,
            spare,
            subject: parsed.subject.words.into_iter().collect(),
            hanging: parsed.hanging.words.into_iter().collect(),
            care: parsed.care.acts,
            examples,
        })
    }
}
