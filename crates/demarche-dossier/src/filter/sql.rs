//! From a filter to SQL: text that is the same for every value, and the values bound to it.

use demarche_record::{Code, Sector};
use rusqlite::types::Value;

use super::parse::FilterError;
use super::{ActorTerm, Filter, PlaceTerm};

/// Kind of record that a question is about. In queries its rows are called `r`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Events.
    Event,
    /// Statements.
    Statement,
    /// Initiatives.
    Initiative,
}

impl Kind {
    /// The keys of a filter that say something about it, in order.
    pub fn keys(self) -> Vec<&'static str> {
        super::parse::KEYS.into_iter().filter(|key| !self.foreign().contains(key)).collect()
    }

    /// What its records are called: `events`, `statements`, `initiatives`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "events",
            Self::Statement => "statements",
            Self::Initiative => "initiatives",
        }
    }

    /// The keys that say nothing about it.
    const fn foreign(self) -> &'static [&'static str] {
        match self {
            Self::Event => &["issue", "stance", "act", "kind", "stage"],
            Self::Statement => &["type", "mode", "context", "place", "kind", "stage"],
            Self::Initiative => &["recipient", "type", "mode", "context", "issue", "stance", "act", "status"],
        }
    }
}

/// A condition and the values bound to it, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Clause {
    conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Clause {
    /// The condition for a WHERE.
    pub(crate) fn sql(&self) -> String {
        if self.conditions.is_empty() { "1".to_owned() } else { self.conditions.join(" AND ") }
    }

    pub(crate) fn push(&mut self, condition: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.into());
        self.values.extend(values);
    }

    /// One of several conditions, each with its values.
    fn any(&mut self, alternatives: Vec<(String, Vec<Value>)>) {
        if alternatives.is_empty() {
            return;
        }
        let (conditions, values): (Vec<String>, Vec<Vec<Value>>) = alternatives.into_iter().unzip();
        self.push(format!("({})", conditions.join(" OR ")), values.into_iter().flatten());
    }

    /// `column` is one of `names`; `column` may hold a query up to its closing bracket.
    fn one_of<'a>(&mut self, before: &str, names: impl ExactSizeIterator<Item = &'a str>, after: &str) {
        if names.len() > 0 {
            let marks = vec!["?"; names.len()].join(", ");
            self.push(format!("{before} IN ({marks}){after}"), names.map(|name| Value::from(name.to_owned())));
        }
    }
}

impl Filter {
    /// The condition on rows `r` of a table.
    pub(crate) fn clause(&self, kind: Kind) -> Result<Clause, FilterError> {
        self.applies_to(kind)?;
        let mut clause = Clause::default();
        match kind {
            Kind::Event => {
                clause.any(self.actor.iter().map(|term| whom(term, "event", "role = 'actor'")).collect());
                clause.any(self.recipient.iter().map(|term| whom(term, "event", "role = 'recipient'")).collect());
                clause.one_of("r.event_type", self.event_type.iter().map(|name| name.as_str()), "");
                clause.one_of(
                    "r.id IN (SELECT event FROM event_modes WHERE mode",
                    self.mode.iter().map(|name| name.as_str()),
                    ")",
                );
                clause.one_of(
                    "r.id IN (SELECT event FROM event_contexts WHERE context",
                    self.context.iter().map(|name| name.as_str()),
                    ")",
                );
                clause.any(self.place.iter().map(|term| at(term, "place", "extracted_place")).collect());
                self.dates(&mut clause, "r.date", "COALESCE(r.enddate, r.date)");
            }
            Kind::Statement => {
                clause.any(self.actor.iter().map(|term| whom(term, "statement", "role = 'speaker'")).collect());
                let recipient = "role IN ('audience', 'toward')";
                clause.any(self.recipient.iter().map(|term| whom(term, "statement", recipient)).collect());
                clause.one_of(
                    "r.id IN (SELECT statement FROM statement_issues WHERE issue",
                    self.issue.iter().map(|name| name.as_str()),
                    ")",
                );
                clause.one_of("r.stance", self.stance.iter().map(|code| code.as_str()), "");
                clause.one_of("r.act", self.act.iter().map(|code| code.as_str()), "");
                self.dates(&mut clause, "r.date", "r.date");
            }
            Kind::Initiative => {
                clause.any(self.actor.iter().map(|term| whom(term, "initiative", "1")).collect());
                clause.one_of("r.kind", self.kind.iter().map(|code| code.as_str()), "");
                clause.one_of(
                    "r.id IN (SELECT initiative FROM initiative_stages WHERE stage",
                    self.stage.iter().map(|code| code.as_str()),
                    ")",
                );
                clause.any(self.place.iter().map(|term| at(term, "venue", "extracted_venue")).collect());
                self.stage_dates(&mut clause);
            }
        }
        if kind != Kind::Initiative {
            clause.one_of("r.status", self.status.iter().map(|code| code.as_str()), "");
        }
        if let Some(least) = self.min_confidence {
            clause.push("r.confidence >= ?", [Value::from(least)]);
        }
        for (column, names) in [
            ("publisher", &self.publisher),
            ("genre", &self.genre),
            ("language", &self.language),
            ("name", &self.document),
        ] {
            clause.one_of(
                &format!("r.document IN (SELECT id FROM documents WHERE {column}"),
                names.iter().map(String::as_str),
                ")",
            );
        }
        Ok(clause)
    }

    /// Of several speakers of a statement, those that the filter asks for; `column` holds the row of an actor.
    pub(crate) fn speakers(&self, clause: &mut Clause, column: &str) {
        let terms = self.actor.iter().map(|term| {
            let (condition, values) = actor(term);
            (format!("{column} IN (SELECT id FROM actors WHERE {condition})"), values)
        });
        clause.any(terms.collect());
    }

    /// Of several issues of a statement, those that the filter asks for; `column` holds an issue.
    pub(crate) fn issues(&self, clause: &mut Clause, column: &str) {
        clause.one_of(column, self.issue.iter().map(|name| name.as_str()), "");
    }

    /// Refuses a filter with a condition that these records cannot meet or miss.
    fn applies_to(&self, kind: Kind) -> Result<(), FilterError> {
        let foreign = kind.foreign();
        let given = [
            ("recipient", !self.recipient.is_empty()),
            ("type", !self.event_type.is_empty()),
            ("mode", !self.mode.is_empty()),
            ("context", !self.context.is_empty()),
            ("place", !self.place.is_empty()),
            ("issue", !self.issue.is_empty()),
            ("stance", !self.stance.is_empty()),
            ("act", !self.act.is_empty()),
            ("status", !self.status.is_empty()),
            ("kind", !self.kind.is_empty()),
            ("stage", !self.stage.is_empty()),
        ];
        match given.into_iter().find(|(key, given)| *given && foreign.contains(key)) {
            None => Ok(()),
            Some((key, _)) => Err(FilterError::NotApplicable { key, records: kind.name(), allowed: kind.keys() }),
        }
    }

    /// Records whose days, from `first` to `last`, meet the filter's.
    fn dates(&self, clause: &mut Clause, first: &str, last: &str) {
        if let Some(since) = self.since {
            clause.push(format!("{last} >= ?"), [Value::from(since.to_string())]);
        }
        if let Some(until) = self.until {
            clause.push(format!("{first} <= ?"), [Value::from(until.to_string())]);
        }
    }

    /// Initiatives of which a stage was reached within the filter's days.
    fn stage_dates(&self, clause: &mut Clause) {
        if self.since.is_none() && self.until.is_none() {
            return;
        }
        let mut within = Clause::default();
        self.dates(&mut within, "date", "date");
        clause
            .push(format!("r.id IN (SELECT initiative FROM initiative_stages WHERE {})", within.sql()), within.values);
    }
}

/// Records in which an actor takes a role.
fn whom(term: &ActorTerm, record: &str, role: &str) -> (String, Vec<Value>) {
    let (condition, values) = actor(term);
    let query = format!(
        "r.id IN (SELECT {record} FROM {record}_actors
                  WHERE {role} AND actor IN (SELECT id FROM actors WHERE {condition}))"
    );
    (query, values)
}

/// A condition on rows of actors.
fn actor(term: &ActorTerm) -> (String, Vec<Value>) {
    match term {
        ActorTerm::Coded(code, sectors) => coded(*code, sectors),
        ActorTerm::Identifier(id) => ("identifier_id = ?".to_owned(), vec![Value::from(id.clone())]),
        ActorTerm::Name(name) => {
            let pattern = Value::from(like(name));
            let any = "(identifier_text LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR office LIKE ? ESCAPE '\\')";
            (any.to_owned(), vec![pattern.clone(), pattern.clone(), pattern])
        }
    }
}

fn coded(code: Option<Code>, sectors: &[Sector]) -> (String, Vec<Value>) {
    let mut conditions = Vec::new();
    let mut values = Vec::new();
    if let Some(code) = code {
        conditions.push("code = ?");
        values.push(Value::from(code.as_str().to_owned()));
    }
    for sector in sectors {
        conditions.push("(' ' || sectors || ' ') LIKE ?");
        values.push(Value::from(format!("% {} %", sector.as_str())));
    }
    (if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") }, values)
}

fn at(term: &PlaceTerm, column: &str, extracted: &str) -> (String, Vec<Value>) {
    let (condition, value) = match term {
        PlaceTerm::Country(code) => ("country_code = ?", Value::from(code.as_str().to_owned())),
        PlaceTerm::GeoName(id) => ("geonameid = ?", Value::from(*id)),
        PlaceTerm::Name(name) => {
            let names = ["resolved_place", "city", "district", "province", "country"];
            let any: Vec<String> = names.iter().map(|column| format!("{column} = ? COLLATE NOCASE")).collect();
            let query = format!(
                "(r.{column} IN (SELECT id FROM places WHERE {}) OR r.{extracted} = ? COLLATE NOCASE)",
                any.join(" OR ")
            );
            return (query, vec![Value::from(name.clone()); names.len() + 1]);
        }
    };
    (format!("r.{column} IN (SELECT id FROM places WHERE {condition})"), vec![value])
}

/// A pattern for a part of a name, in which `%` and `_` stand for themselves.
fn like(part: &str) -> String {
    let mut pattern = String::from("%");
    for character in part.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
