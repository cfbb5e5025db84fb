//! The swap test: one sentence with every pair of countries must give the same records, the codes swapped with the names.
//!
//! `cargo test` takes some pairs for each template, `cargo run -p xtask -- swap` all of them.

use std::fmt;

use demarche::record::{Content, Entity, Event, Record, Statement};
use demarche::{Coder, Part, from_text};

const TEMPLATES: &str = include_str!("../../../../data/test/swap_templates.txt");
const COUNTRIES: &str = include_str!("../../../../data/test/swap_countries.tsv");

/// A country that takes a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    code: &'static str,
    name: &'static str,
    adjective: &'static str,
}

/// A sentence with places for two countries, and the event that must come out.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    event: &'static str,
    actor: &'static str,
    recipient: &'static str,
    sentence: &'static str,
}

/// A sentence whose records differ from those of the same sentence with the first two countries.
pub struct Difference {
    pair: (Country, Country),
    sentence: String,
    expected: Vec<String>,
    found: Vec<String>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

/// All templates, in the order of their file.
pub fn templates() -> Vec<Template> {
    rows(TEMPLATES).map(|row| Template { event: row[0], actor: row[1], recipient: row[2], sentence: row[3] }).collect()
}

/// All ordered pairs of two countries.
pub fn pairs() -> Vec<(Country, Country)> {
    let countries: Vec<Country> =
        rows(COUNTRIES).map(|row| Country { code: row[0], name: row[1], adjective: row[2] }).collect();
    let with_all = |&a: &Country| countries.iter().filter(move |b| **b != a).map(move |&b| (a, b)).collect::<Vec<_>>();
    countries.iter().flat_map(with_all).collect()
}

impl Template {
    fn filled(&self, (a, b): (Country, Country)) -> String {
        let filled = self
            .sentence
            .replace("{A}", a.name)
            .replace("{B}", b.name)
            .replace("{A.adj}", a.adjective)
            .replace("{B.adj}", b.adjective);
        let first = filled.chars().next().map_or(0, char::len_utf8);
        filled[..first].to_uppercase() + &filled[first..]
    }

    /// What the first pair of countries gives, against which all others are held.
    pub fn reference(&self, coder: &Coder) -> Vec<String> {
        let first = pairs()[0];
        signature(coder, &self.filled(first), first)
    }

    /// Whether the event, or the statement, that must come out is there.
    pub fn holds(&self, signature: &[String]) -> bool {
        let actors = |written: &str| written.replace(',', ", ");
        let wanted = [self.event.to_owned(), actors(self.actor), actors(self.recipient)];
        signature.iter().any(|line| {
            let fields: Vec<&str> = line.split(" | ").collect();
            let codes = |field: &str| {
                let of = |who: &str| who.split(' ').next().unwrap_or_default().to_owned();
                field.split(", ").map(of).collect::<Vec<_>>().join(", ")
            };
            fields.len() > 3
                && fields[1].split(' ').next() == Some(wanted[0].as_str())
                && codes(fields[2]) == wanted[1]
                && (fields[0] == "statement" || codes(fields[3]) == wanted[2])
        })
    }

    /// What a pair gives otherwise than `reference`.
    pub fn difference(&self, coder: &Coder, pair: (Country, Country), reference: &[String]) -> Option<Difference> {
        let sentence = self.filled(pair);
        let found = signature(coder, &sentence, pair);
        (found != reference).then(|| Difference { pair, sentence, expected: reference.to_vec(), found })
    }
}

impl Difference {
    /// Names of the two countries.
    pub const fn countries(&self) -> [&'static str; 2] {
        [self.pair.0.name, self.pair.1.name]
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} > {}: {}", self.event, self.actor, self.recipient, self.sentence)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {}", self.sentence)?;
        for line in self.expected.iter().filter(|line| !self.found.contains(line)) {
            write!(f, "\n    - {line}")?;
        }
        for line in self.found.iter().filter(|line| !self.expected.contains(line)) {
            write!(f, "\n    + {line}")?;
        }
        Ok(())
    }
}

/// The records and actors of a sentence without anything that may differ between countries: codes are A and B, no text, no
/// spans.
fn signature(coder: &Coder, sentence: &str, pair: (Country, Country)) -> Vec<String> {
    let document = from_text("a", sentence);
    let analysis = coder.analyse(&document);
    let records = coder.code_analysed(&document, &analysis).records;
    let who = coder.with_cast(&document, &analysis, |parts| resolutions(parts, pair));
    records
        .iter()
        .map(|record| match record {
            Record::Event(event) => self::event(event, pair),
            Record::Statement(statement) => self::statement(statement, pair),
            Record::Initiative(i) => format!(
                "initiative | {} | {} | {} | {} | {:.2}",
                i.kind,
                i.stage,
                entities(&i.mediator, pair),
                entities(&i.party, pair),
                i.confidence
            ),
        })
        .chain(who)
        .collect()
}

/// Who is found in a sentence, and how: code, sectors, office, path and confidence of each actor in text order.
fn resolutions(parts: &[Part<'_>], (a, b): (Country, Country)) -> Vec<String> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for part in parts {
        for (at, sentence) in part.sentences.iter().enumerate() {
            for actor in (0..sentence.tokens.len()).flat_map(|token| part.cast.actors(at, token)) {
                if seen.contains(&(actor.range, actor.code)) {
                    continue;
                }
                seen.push((actor.range, actor.code));
                let code = actor.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
                let code = if code == a.code {
                    "A"
                } else if code == b.code {
                    "B"
                } else {
                    &code
                };
                let office = actor.office.as_deref().unwrap_or("-");
                let path = actor.path.join(", ");
                out.push(format!(
                    "who | {code} {} | {office} | {path} | {:.2}",
                    names(&actor.sectors),
                    actor.confidence
                ));
            }
        }
    }
    out
}

fn entities(list: &[Entity], (a, b): (Country, Country)) -> String {
    let one = |entity: &Entity| {
        let code = entity.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
        let mut out = if code == a.code {
            "A".to_owned()
        } else if code == b.code {
            "B".to_owned()
        } else {
            code
        };
        for sector in &entity.sector {
            out.push(' ');
            out.push_str(sector.as_str());
        }
        out
    };
    if list.is_empty() { "-".to_owned() } else { list.iter().map(one).collect::<Vec<_>>().join(", ") }
}

fn names<T: fmt::Display>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn event(event: &Event, pair: (Country, Country)) -> String {
    let content = event.content.as_ref().map_or_else(|| "-".to_owned(), |content| self::content(content, pair));
    format!(
        "event | {} {} | {} | {} | {} | by {} | of {content} | {} | {} {:.2}",
        names(&event.event),
        names(&event.mode),
        entities(&event.actor, pair),
        entities(&event.recipient, pair),
        event.status,
        entities(&event.attributed_to, pair),
        names(&event.context),
        event.why.frame.as_deref().unwrap_or("-"),
        event.confidence
    )
}

fn content(content: &Content, pair: (Country, Country)) -> String {
    let inner = content.content.as_ref().map_or_else(String::new, |inner| self::content(inner, pair));
    format!(
        "[{} {} by {} to {} {} {inner}]",
        names(&content.event),
        names(&content.mode),
        entities(&content.actor, pair),
        entities(&content.recipient, pair),
        content.status
    )
}

fn statement(statement: &Statement, pair: (Country, Country)) -> String {
    format!(
        "statement | {} {} | {} | to {} about {} | {} | {} | {} {:.2}",
        statement.act,
        statement.stance,
        entities(&statement.speaker, pair),
        entities(&statement.audience, pair),
        entities(&statement.toward, pair),
        statement.status,
        names(&statement.issue),
        statement.why.frame.as_deref().unwrap_or("-"),
        statement.confidence
    )
}
