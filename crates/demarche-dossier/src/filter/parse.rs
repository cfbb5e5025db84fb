//! From what a user writes to a filter.

use std::str::FromStr;

use demarche_record::{
    Code, Context, EventType, InitiativeKind, Issue, Mode, Sector, SpeechAct, Stage, Stance, Status, UnknownCode,
};
use jiff::civil::Date;

use super::{ActorTerm, Filter, PlaceTerm, Vocabulary};

/// A filter that makes no sense.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FilterError {
    /// No such key.
    #[error("there is no filter `{key}`; there are {}", allowed.join(", "))]
    UnknownKey {
        /// What was written.
        key: String,
        /// All keys.
        allowed: Vec<&'static str>,
    },
    /// The key says nothing about these records.
    #[error("`{key}` does not apply to {records}; what does: {}", allowed.join(", "))]
    NotApplicable {
        /// The key.
        key: &'static str,
        /// Events, statements or initiatives.
        records: &'static str,
        /// The keys that apply.
        allowed: Vec<&'static str>,
    },
    /// The value is not one of those that can be.
    #[error("`{value}` is no {key}; {}", could_be(value, allowed))]
    UnknownValue {
        /// The key.
        key: String,
        /// What was written.
        value: String,
        /// All values.
        allowed: Vec<String>,
    },
    /// No date.
    #[error("`{value}` is no date for `{key}`; write 2023, 2023-10 or 2023-10-07")]
    BadDate {
        /// The key.
        key: String,
        /// What was written.
        value: String,
    },
    /// The last day is before the first.
    #[error("since {since} is after until {until}")]
    Backwards {
        /// First day.
        since: Date,
        /// Last day.
        until: Date,
    },
    /// No confidence.
    #[error("`{value}` is no confidence; write a number from 0 to 1")]
    BadConfidence {
        /// What was written.
        value: String,
    },
    /// An empty value, or a value given twice where one is meant.
    #[error("`{key}` takes {takes}")]
    Wrong {
        /// The key.
        key: String,
        /// What it takes.
        takes: &'static str,
    },
}

/// How alike two names are at least where one may be meant by the other: Jaro-Winkler, 0 to 1.
const ALIKE: f64 = 0.8;

/// `did you mean SUPPORT?`, or all that there are where nothing is like it.
fn could_be(value: &str, allowed: &[String]) -> String {
    let folded = value.to_lowercase();
    let mut alike: Vec<(f64, &str)> = allowed
        .iter()
        .map(|name| (strsim::jaro_winkler(&folded, &name.to_lowercase()), name.as_str()))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    alike.truncate(3);
    if alike.is_empty() {
        return format!("there are {}", allowed.join(", "));
    }
    let names: Vec<&str> = alike.into_iter().map(|(_, name)| name).collect();
    format!("did you mean {}?", names.join(" or "))
}

/// Every key of a filter, as in `--min-confidence 0.5`.
pub(super) const KEYS: [&str; 19] = [
    "actor",
    "recipient",
    "type",
    "mode",
    "context",
    "since",
    "until",
    "place",
    "issue",
    "stance",
    "act",
    "status",
    "kind",
    "stage",
    "min-confidence",
    "publisher",
    "genre",
    "language",
    "document",
];

impl Filter {
    /// The keys there are, in order.
    pub const KEYS: &'static [&'static str] = &KEYS;

    /// Reads a filter from keys and values as a user writes them.
    ///
    /// # Errors
    /// [`FilterError`], which says what could have been written.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        vocabulary: &Vocabulary,
    ) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        for (key, value) in pairs {
            filter.condition(key, value, vocabulary)?;
        }
        if let (Some(since), Some(until)) = (filter.since, filter.until)
            && since > until
        {
            return Err(FilterError::Backwards { since, until });
        }
        Ok(filter)
    }

    fn condition(&mut self, key: &str, value: &str, vocabulary: &Vocabulary) -> Result<(), FilterError> {
        let value = value.trim();
        if value.is_empty() {
            return Err(FilterError::Wrong { key: key.to_owned(), takes: "a value" });
        }
        // Names of documents and publishers may hold commas.
        let alternatives = || value.split(',').map(str::trim).filter(|alternative| !alternative.is_empty());
        match key {
            "actor" => self.actor.extend(alternatives().map(actor)),
            "recipient" => self.recipient.extend(alternatives().map(actor)),
            "type" => {
                for written in alternatives().map(str::to_uppercase) {
                    known(key, &written, &vocabulary.event_types)?;
                    self.event_type.push(EventType::new(&written));
                }
            }
            "mode" => {
                for written in alternatives() {
                    known(key, written, &vocabulary.modes)?;
                    self.mode.push(Mode::new(written));
                }
            }
            "context" => {
                for written in alternatives() {
                    known(key, written, &vocabulary.contexts)?;
                    self.context.push(Context::new(written));
                }
            }
            "issue" => {
                for written in alternatives() {
                    known(key, written, &vocabulary.issues)?;
                    self.issue.push(Issue::new(written));
                }
            }
            "since" => once(&mut self.since, key, period(key, value)?.0)?,
            "until" => once(&mut self.until, key, period(key, value)?.1)?,
            "place" => self.place.extend(alternatives().map(place)),
            "stance" => closed(key, alternatives(), &mut self.stance, Stance::ALL.iter().map(|code| code.as_str()))?,
            "act" => closed(key, alternatives(), &mut self.act, SpeechAct::ALL.iter().map(|code| code.as_str()))?,
            "status" => closed(key, alternatives(), &mut self.status, Status::ALL.iter().map(|code| code.as_str()))?,
            "kind" => {
                closed(key, alternatives(), &mut self.kind, InitiativeKind::ALL.iter().map(|code| code.as_str()))?;
            }
            "stage" => closed(key, alternatives(), &mut self.stage, Stage::ALL.iter().map(|code| code.as_str()))?,
            "min-confidence" => {
                let confidence = value.parse().ok().filter(|confidence| (0.0..=1.0).contains(confidence));
                let confidence = confidence.ok_or_else(|| FilterError::BadConfidence { value: value.to_owned() })?;
                once(&mut self.min_confidence, key, confidence)?;
            }
            "publisher" => self.publisher.push(value.to_owned()),
            "genre" => self.genre.extend(alternatives().map(str::to_owned)),
            "language" => self.language.extend(alternatives().map(str::to_owned)),
            "document" => self.document.push(value.to_owned()),
            _ => return Err(FilterError::UnknownKey { key: key.to_owned(), allowed: KEYS.to_vec() }),
        }
        Ok(())
    }
}

/// Codes and sectors where every word is one, an id, or else a name.
fn actor(written: &str) -> ActorTerm {
    let digits = written.strip_prefix('Q').unwrap_or_default();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return ActorTerm::Identifier(written.to_owned());
    }
    let (mut code, mut sectors) = (None, Vec::new());
    for word in written.split([' ', '/', ':']).filter(|word| !word.is_empty()) {
        // No country's code is that of a sector.
        if let Ok(sector) = word.parse::<Sector>() {
            sectors.push(sector);
        } else if let (Ok(found), None) = (Code::parse(word), code) {
            code = Some(found);
        } else {
            return ActorTerm::Name(written.to_owned());
        }
    }
    ActorTerm::Coded(code, sectors)
}

fn place(written: &str) -> PlaceTerm {
    if let Ok(code) = Code::parse(written) {
        PlaceTerm::Country(code)
    } else if let Ok(geoname) = written.parse() {
        PlaceTerm::GeoName(geoname)
    } else {
        PlaceTerm::Name(written.to_owned())
    }
}

/// First and last day of a year, a month or a day.
fn period(key: &str, written: &str) -> Result<(Date, Date), FilterError> {
    let bad = || FilterError::BadDate { key: key.to_owned(), value: written.to_owned() };
    let parts: Vec<&str> = written.split('-').collect();
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<i16>().map_err(|_| bad());
    match parts.as_slice() {
        [year] if digits(year, 4) => {
            let year = number(year)?;
            let first = Date::new(year, 1, 1).map_err(|_| bad())?;
            Ok((first, first.last_of_year()))
        }
        [year, month] if digits(year, 4) && digits(month, 2) => {
            let first = Date::new(number(year)?, number(month)? as i8, 1).map_err(|_| bad())?;
            Ok((first, first.last_of_month()))
        }
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            let day = Date::new(number(year)?, number(month)? as i8, number(day)? as i8).map_err(|_| bad())?;
            Ok((day, day))
        }
        _ => Err(bad()),
    }
}

fn once<T>(slot: &mut Option<T>, key: &str, value: T) -> Result<(), FilterError> {
    if slot.is_some() {
        return Err(FilterError::Wrong { key: key.to_owned(), takes: "one value" });
    }
    *slot = Some(value);
    Ok(())
}

fn known(key: &str, written: &str, names: &std::collections::BTreeSet<String>) -> Result<(), FilterError> {
    if names.is_empty() || names.contains(written) {
        return Ok(());
    }
    Err(FilterError::UnknownValue {
        key: key.to_owned(),
        value: written.to_owned(),
        allowed: names.iter().cloned().collect(),
    })
}

fn closed<'a, T: FromStr<Err = UnknownCode>>(
    key: &str,
    alternatives: impl Iterator<Item = &'a str>,
    into: &mut Vec<T>,
    all: impl Iterator<Item = &'static str>,
) -> Result<(), FilterError> {
    let all: Vec<&str> = all.collect();
    for written in alternatives {
        let code = written.parse().map_err(|_| FilterError::UnknownValue {
            key: key.to_owned(),
            value: written.to_owned(),
            allowed: all.iter().map(|&code| code.to_owned()).collect(),
        })?;
        into.push(code);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<Filter, FilterError> {
        Filter::parse(pairs.iter().copied(), &Vocabulary::default())
    }

    #[test]
    fn whom_a_filter_means() {
        let filter = parse(&[("actor", "CHN, RUS MIL,Q142"), ("actor", "lavrov"), ("recipient", "REB")]).unwrap();
        let code = |written| Some(Code::parse(written).unwrap());
        assert_eq!(
            filter.actor,
            [
                ActorTerm::Coded(code("CHN"), vec![]),
                ActorTerm::Coded(code("RUS"), vec![Sector::Mil]),
                ActorTerm::Identifier("Q142".to_owned()),
                ActorTerm::Name("lavrov".to_owned()),
            ]
        );
        assert_eq!(filter.recipient, [ActorTerm::Coded(None, vec![Sector::Reb])]);
    }

    #[test]
    fn a_month_reaches_to_its_last_day() {
        let filter = parse(&[("since", "2023-10"), ("until", "2024-02")]).unwrap();
        assert_eq!(filter.since.unwrap().to_string(), "2023-10-01");
        assert_eq!(filter.until.unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn errors_say_what_could_be_written() {
        for (pairs, message) in [
            ([("stance", "maybe")], "`maybe` is no stance; there are for, against, neutral"),
            ([("since", "2023-13")], "`2023-13` is no date for `since`; write 2023, 2023-10 or 2023-10-07"),
            ([("since", "2023-1-5")], "`2023-1-5` is no date for `since`; write 2023, 2023-10 or 2023-10-07"),
            ([("min-confidence", "1.5")], "`1.5` is no confidence; write a number from 0 to 1"),
            ([("actor", " ")], "`actor` takes a value"),
        ] {
            assert_eq!(parse(&pairs).unwrap_err().to_string(), message);
        }
        let error = parse(&[("type", "suport")]).unwrap_err().to_string();
        assert_eq!(error, "`SUPORT` is no type; did you mean SUPPORT?");
        assert!(parse(&[("type", "QQQ")]).unwrap_err().to_string().contains("there are ACCUSE, AGREE"));
        assert!(parse(&[("colour", "red")]).unwrap_err().to_string().contains("min-confidence"));
        assert!(parse(&[("since", "2024"), ("until", "2023")]).unwrap_err().to_string().contains("after"));
        assert!(parse(&[("since", "2024"), ("since", "2023")]).unwrap_err().to_string().contains("one value"));
    }
}
