//! The filter that all questions share, as flags: one table of keys, of which each command offers those that apply.

use std::marker::PhantomData;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use demarche::record::{EventType, InitiativeKind, SpeechAct, Stage, Stance, Status};
use demarche::vocabulary;
use demarche_dossier::Kind;

use crate::codes;

/// Records that a command asks for.
pub(crate) trait Asked: Clone + Copy + std::fmt::Debug + Send + Sync + 'static {
    /// Their kind.
    const KIND: Kind;
}

/// A command that asks for events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Events;
/// A command that asks for statements.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statements;
/// A command that asks for initiatives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Initiatives;

impl Asked for Events {
    const KIND: Kind = Kind::Event;
}
impl Asked for Statements {
    const KIND: Kind = Kind::Statement;
}
impl Asked for Initiatives {
    const KIND: Kind = Kind::Initiative;
}

/// The conditions given on a command line, as the keys and values of a filter.
#[derive(Clone, Debug)]
pub(crate) struct Conditions<K> {
    pairs: Vec<(&'static str, String)>,
    of: PhantomData<K>,
}

impl<K: Asked> Conditions<K> {
    /// Keys and values, as [`demarche_dossier::Filter::parse`] reads them.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(key, value)| (*key, value.as_str()))
    }
}

impl<K: Asked> FromArgMatches for Conditions<K> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut pairs = Vec::new();
        for key in K::KIND.keys() {
            let values = matches.try_get_many::<String>(key);
            let values = values.map_err(|error| clap::Error::raw(ErrorKind::UnknownArgument, error))?;
            pairs.extend(values.into_iter().flatten().map(|value| (key, value.clone())));
        }
        Ok(Self { pairs, of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<K: Asked> Args for Conditions<K> {
    fn augment_args(command: Command) -> Command {
        command.args(K::KIND.keys().into_iter().map(|key| flag(key, K::KIND)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// More values than this are named by the completion alone, not by the help.
const SHOWN: usize = 10;

/// The flag of a key.
fn flag(key: &'static str, kind: Kind) -> Arg {
    let (value, help) = described(key, kind);
    let offered: fn() -> Vec<String> = match key {
        "actor" | "recipient" | "place" => codes::countries,
        "type" => || EventType::PLOVER.iter().map(|event| event.as_str().to_owned()).collect(),
        // A table that ships with the program and is damaged is told of where it is needed.
        "mode" => || vocabulary::modes().unwrap_or_default().into_iter().collect(),
        "context" => || vocabulary::contexts().unwrap_or_default().into_iter().collect(),
        "issue" => || vocabulary::issues().unwrap_or_default().into_iter().collect(),
        "genre" => || vocabulary::genres().unwrap_or_default(),
        "stance" => || Stance::ALL.iter().map(ToString::to_string).collect(),
        "act" => || SpeechAct::ALL.iter().map(ToString::to_string).collect(),
        "status" => || Status::ALL.iter().map(ToString::to_string).collect(),
        "kind" => || InitiativeKind::ALL.iter().map(ToString::to_string).collect(),
        "stage" => || Stage::ALL.iter().map(ToString::to_string).collect(),
        _ => Vec::new,
    };
    let long = !matches!(key, "stance" | "status" | "kind" | "stage");
    debug_assert!(long || offered().len() <= SHOWN, "{key} has many values");
    Arg::new(key)
        .long(key)
        .value_name(value)
        .help(help)
        .help_heading("Filter (values of one flag, repeated or parted by commas, are alternatives)")
        .action(if matches!(key, "since" | "until" | "min-confidence") { ArgAction::Set } else { ArgAction::Append })
        .value_parser(Offering(offered))
        .hide_possible_values(long)
}

/// What a flag takes, and what it asks for.
fn described(key: &str, kind: Kind) -> (&'static str, &'static str) {
    match (key, kind) {
        ("actor", Kind::Event) => {
            ("WHO", "Who acts: a country (CHN), sectors (REB, 'RUS MIL'), an id (Q184), or part of a name or office")
        }
        ("actor", Kind::Statement) => {
            ("WHO", "Who speaks: a country (CHN), sectors (REB, 'RUS MIL'), an id (Q184), or part of a name or office")
        }
        ("actor", Kind::Initiative) => {
            ("WHO", "Who takes part: a country (CHN), sectors ('RUS MIL'), an id (Q184), or part of a name or office")
        }
        ("recipient", Kind::Event) => ("WHO", "To whom it is done, in the same way"),
        ("recipient", _) => ("WHO", "To whom or about whom it is said, in the same way"),
        ("type", _) => ("TYPE", "Event type, as in SUPPORT"),
        ("mode", _) => ("MODE", "Mode of an event, as in visit"),
        ("context", _) => ("CONTEXT", "Context of an event, as in military"),
        ("since", _) => ("DATE", "First day: 2023, 2023-10 or 2023-10-07"),
        ("until", _) => ("DATE", "Last day; a month or year to its end"),
        ("place", _) => ("WHERE", "A country (PSE), a GeoNames id, or the name of a place, city, province or country"),
        ("issue", _) => ("ISSUE", "Issue that is spoken of, as in ceasefire"),
        ("stance", _) => ("STANCE", "Stance on it"),
        ("act", _) => ("ACT", "How it is said: announce, call_for, condemn, urge, ..."),
        ("status", _) => ("STATUS", "How real it is"),
        ("kind", _) => ("KIND", "Kind of initiative"),
        ("stage", _) => ("STAGE", "A stage that was reached"),
        ("min-confidence", _) => ("NUMBER", "Least confidence, 0 to 1"),
        ("publisher", _) => ("NAME", "Publisher, as the document has it (commas do not part)"),
        ("genre", _) => ("GENRE", "Genre of the document"),
        ("language", _) => ("LANGUAGE", "Language of the document, as in en"),
        ("document", _) => ("ID", "Id of the document (commas do not part)"),
        _ => ("VALUE", ""),
    }
}

/// Takes any text and offers some to the completion: a dossier may hold names of a user's own, which are looked at when it
/// is open.
#[derive(Clone)]
struct Offering(fn() -> Vec<String>);

impl TypedValueParser for Offering {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &std::ffi::OsStr) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = (self.0)();
        if values.is_empty() { None } else { Some(Box::new(values.into_iter().map(PossibleValue::new))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_described() {
        for kind in [Kind::Event, Kind::Statement, Kind::Initiative] {
            for key in kind.keys() {
                assert_ne!(described(key, kind).0, "VALUE", "{key}");
            }
        }
    }
}
