//! Example sentences of a frame: `SENTENCE => EVENT mode | actors | recipients`.
//!
//! Actors are codes with sectors after dots (`TUR.MIL`, `.REB` where the code is unknown), separated by spaces, `-` for
//! none; a part left out is not compared. Statements are `=> act:stance | speakers`, and `=> none` says: no record.

use std::fmt;
use std::str::FromStr;

use demarche_record::{Code, EventType, Mode, Sector, SpeechAct, Stance};

use crate::files::Position;

/// A sentence and what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// What must come out.
    pub expected: Expected,
    /// Where it stands; of no file for an example read by itself.
    pub position: Position,
}

/// A sentence in which a frame must not fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub position: Position,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// An event.
    Event {
        /// Its type.
        event: EventType,
        /// Modes it must have.
        modes: Vec<Mode>,
        /// Its actors, if compared.
        actor: Option<Vec<ExpectedActor>>,
        /// Its recipients, if compared.
        recipient: Option<Vec<ExpectedActor>>,
    },
    /// A statement.
    Statement {
        /// Its act.
        act: SpeechAct,
        /// Its stance, if compared.
        stance: Option<Stance>,
        /// Its speakers, if compared.
        speaker: Option<Vec<ExpectedActor>>,
    },
    /// No event at all.
    Nothing,
}

impl fmt::Display for Expected {
    /// As examples write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actors = |f: &mut fmt::Formatter<'_>, list: &Option<Vec<ExpectedActor>>| match list.as_deref() {
            None => Ok(()),
            Some([]) => f.write_str(" | -"),
            Some(list) => {
                f.write_str(" |")?;
                list.iter().try_for_each(|actor| write!(f, " {actor}"))
            }
        };
        match self {
            Self::Event { event, modes, actor, recipient } => {
                write!(f, "{event}")?;
                modes.iter().try_for_each(|mode| write!(f, " {mode}"))?;
                actors(f, actor)?;
                actors(f, recipient)
            }
            Self::Statement { act, stance, speaker } => {
                write!(f, "{act}")?;
                if let Some(stance) = stance {
                    write!(f, ":{stance}")?;
                }
                actors(f, speaker)
            }
            Self::Nothing => f.write_str("no event"),
        }
    }
}

/// An actor as examples write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedActor {
    /// Its code, if known.
    pub code: Option<Code>,
    /// Its sectors.
    pub sectors: Vec<Sector>,
}

impl fmt::Display for ExpectedActor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code {
            write!(f, "{code}")?;
        }
        self.sectors.iter().try_for_each(|sector| write!(f, ".{sector}"))
    }
}

/// What is wrong with an example line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExampleError {
    /// No `=>`.
    #[error(
        "an example needs ` => ` between the sentence and its coding, as in `Chad attacked Mali. => ASSAULT | TCD | MLI`"
    )]
    NoArrow,
    /// Not an event type, act or `none`.
    #[error("`{0}` is neither an event type (capitals), a speech act, nor `none`")]
    Head(String),
    /// Not an actor.
    #[error("`{0}` is not an actor such as `TUR`, `TUR.MIL`, `.REB` or `-`")]
    Actor(String),
}

fn actors(part: &str) -> Result<Vec<ExpectedActor>, ExampleError> {
    part.split_whitespace()
        .filter(|word| *word != "-")
        .map(|word| {
            let wrong = || ExampleError::Actor(word.to_owned());
            let mut pieces = word.split('.');
            let code = match pieces.next() {
                None | Some("") => None,
                Some(code) => Some(Code::parse(code).map_err(|_| wrong())?),
            };
            let sectors = pieces.map(|s| Sector::from_str(s).map_err(|_| wrong())).collect::<Result<_, _>>()?;
            Ok(ExpectedActor { code, sectors })
        })
        .collect()
}

impl FromStr for Example {
    type Err = ExampleError;

    fn from_str(line: &str) -> Result<Self, ExampleError> {
        let (text, coding) = line.rsplit_once(" => ").ok_or(ExampleError::NoArrow)?;
        let mut parts = coding.split('|').map(str::trim);
        let mut head = parts.next().unwrap_or_default().split_whitespace();
        let first = head.next().unwrap_or_default();
        let (one, two) = (parts.next().map(actors).transpose()?, parts.next().map(actors).transpose()?);
        let expected = if first == "none" {
            Expected::Nothing
        } else if !first.is_empty() && first.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
            Expected::Event {
                event: EventType::new(first),
                modes: head.map(Mode::new).collect(),
                actor: one,
                recipient: two,
            }
        } else {
            let (act, stance) = first.split_once(':').map_or((first, None), |(act, stance)| (act, Some(stance)));
            let wrong = || ExampleError::Head(first.to_owned());
            Expected::Statement {
                act: SpeechAct::from_str(act).map_err(|_| wrong())?,
                stance: stance.map(Stance::from_str).transpose().map_err(|_| wrong())?,
                speaker: one,
            }
        };
        Ok(Self { text: text.trim().to_owned(), expected, position: Position::default() })
    }
}
