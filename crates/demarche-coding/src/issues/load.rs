//! The files of issues and of turn words, as `data/issues` has them.

use std::collections::HashMap;
use std::str::FromStr;

use demarche_record::{Issue, SpeechAct, Stance};
use serde::Deserialize;

use super::wording::Phrases;
use super::{Entry, Issues, Kind, Turns};
use crate::frames::FrameError;
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
struct Chapter {
    issue: Vec<IssueWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueWords {
    name: toml::Spanned<String>,
    #[serde(rename = "description")]
    _description: String,
    good: Option<bool>,
    words: Vec<String>,
    #[serde(default)]
    opposite: Vec<String>,
    #[serde(default)]
    hints: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    codes: Vec<String>,
    not_examples: Vec<String>,
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
    codes: Vec<String>,
}

/// What is said, and the issues that it has, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueExample {
    /// Words of a proposition.
    pub text: String,
    /// All its issues.
    pub issues: Vec<Issue>,
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
}

fn fault(file: &str, text: &str, at: usize, problem: String) -> FrameError {
    let line = 1 + text.bytes().take(at).filter(|&b| b == b'\n').count();
    FrameError { file: file.to_owned(), line, problem }
}

/// Where a word of a file stands, for errors about examples.
fn offset(text: &str, word: &str) -> usize {
    text.find(word).unwrap_or(0)
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
        Ok(Self { text: text.to_owned(), issues })
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
        Ok(Self { act, told, text: text.to_owned(), stances })
    }
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
        let mut out = Self::default();
        let mut decisive: HashMap<String, Issue> = HashMap::new();
        for &(file, text) in chapters {
            let chapter: Chapter = read(file, text)?;
            for words in chapter.issue {
                let at = words.name.span().start;
                out.add(words, &mut decisive).map_err(|problem| fault(file, text, at, problem))?;
            }
        }
        for &(file, text) in chapters {
            for entry in &out.entries {
                for example in &entry.codes {
                    let known = |issue: &Issue| out.entries.iter().any(|entry| entry.name == *issue);
                    let unknown = example.issues.iter().find(|issue| !known(issue));
                    if let Some(issue) = unknown.filter(|_| text.contains(&example.text)) {
                        let problem = format!("`{}` has an unknown issue: {issue}", example.text);
                        return Err(fault(file, text, offset(text, &example.text), problem));
                    }
                }
            }
        }
        Ok(out)
    }

    fn add(&mut self, words: IssueWords, decisive: &mut HashMap<String, Issue>) -> Result<(), String> {
        let name = Issue::new(words.name.get_ref());
        if self.entries.iter().any(|entry| entry.name == name) {
            return Err(format!("issue `{name}` is there twice: join the two"));
        }
        let number = self.entries.len();
        let lists = [
            (Kind::Word, &words.words),
            (Kind::Opposite, &words.opposite),
            (Kind::Hint, &words.hints),
            (Kind::Not, &words.not),
        ];
        for (kind, list) in lists {
            for phrase in list {
                if !self.phrases.add(phrase, (number, kind), words.names.contains(phrase)) {
                    return Err(format!("{name}: the phrase `{phrase}` has no words"));
                }
                if matches!(kind, Kind::Word | Kind::Opposite)
                    && let Some(other) = decisive.insert(phrase.to_lowercase(), name)
                {
                    return Err(format!("{name}: `{phrase}` is a word of {other} too: leave it to one of them"));
                }
            }
        }
        let own = |name: &&String| lists.iter().any(|(kind, list)| *kind != Kind::Not && list.contains(name));
        if let Some(stray) = words.names.iter().find(|name| !own(name)) {
            return Err(format!("{name}: `{stray}` is among `names` and none of its phrases"));
        }
        let codes = words.codes.iter().map(|example| example.parse()).collect::<Result<_, _>>()?;
        self.entries.push(Entry { name, good: words.good, codes, not: words.not_examples });
        Ok(())
    }
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
        let mut examples = Vec::new();
        for example in &parsed.examples.codes {
            examples.push(example.parse().map_err(|problem| fault(file, text, offset(text, example), problem))?);
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
