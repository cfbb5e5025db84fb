//! Examples that the files of initiatives carry: a text and the initiatives that it tells.

use std::str::FromStr;

use demarche_record::{Initiative, InitiativeKind, Stage};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::files::Position;

/// A text and what it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitiativeExample {
    /// The entry that it is an example of, `file/id`; the file alone if it stands by itself.
    pub owner: String,
    /// The layer of data that it is of: 0 for what ships with the program.
    pub layer: usize,
    /// Where it stands.
    pub position: Position,
    /// One sentence or several.
    pub text: String,
    /// All its initiatives, in any order; none for a near-miss.
    pub wanted: Vec<Wanted>,
}

/// An initiative as an example writes it: `mediation offered | CHD NER | TGO`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// Its kind.
    pub kind: InitiativeKind,
    /// The latest stage.
    pub stage: Stage,
    /// Codes of the parties, sorted; `?` for one without.
    pub parties: Vec<String>,
    /// Codes of the mediators, sorted.
    pub mediators: Vec<String>,
}

/// One of the names that the record's enums have.
fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, String> {
    let deserializer: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(deserializer).map_err(|problem| problem.to_string())
}

fn codes(written: &str) -> Vec<String> {
    let mut out: Vec<String> = written.split_whitespace().filter(|code| *code != "-").map(str::to_owned).collect();
    out.sort_unstable();
    out
}

impl Wanted {
    /// What an initiative that came out is, in the words of examples.
    pub fn of(initiative: &Initiative) -> Self {
        let codes = |entities: &[demarche_record::Entity]| {
            let code = |entity: &demarche_record::Entity| entity.code.map_or_else(|| "?".to_owned(), |c| c.to_string());
            let mut out: Vec<String> = entities.iter().map(code).collect();
            out.sort_unstable();
            out
        };
        Self {
            kind: initiative.kind,
            stage: initiative.stage,
            parties: codes(&initiative.party),
            mediators: codes(&initiative.mediator),
        }
    }
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind.as_str(), self.stage.as_str())?;
        for codes in [&self.parties, &self.mediators] {
            write!(f, " | {}", if codes.is_empty() { "-".to_owned() } else { codes.join(" ") })?;
        }
        Ok(())
    }
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let mut fields = written.split('|').map(str::trim);
        let head = fields.next().unwrap_or_default();
        let wrong = || format!("`{written}`: write `KIND STAGE | PARTY PARTY | MEDIATOR`");
        let (kind, stage) = head.split_once(' ').ok_or_else(wrong)?;
        let mut people = || fields.next().map(codes).unwrap_or_default();
        Ok(Self { kind: named(kind)?, stage: named(stage.trim())?, parties: people(), mediators: people() })
    }
}

impl FromStr for InitiativeExample {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let wrong = || format!("example `{line}`: write `TEXT => KIND STAGE | PARTIES | MEDIATORS`, or `=> none`");
        let (text, wanted) = line.rsplit_once(" => ").ok_or_else(wrong)?;
        let mut all = Vec::new();
        if wanted.trim() != "none" {
            for one in wanted.split(';') {
                all.push(one.trim().parse()?);
            }
        }
        all.sort_unstable();
        Ok(Self { owner: String::new(), layer: 0, position: Position::default(), text: text.to_owned(), wanted: all })
    }
}
