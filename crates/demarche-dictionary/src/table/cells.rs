//! Columns by name, and the cells of a row as values, each fault with its column.

use std::str::FromStr;

use demarche_record::{Code, Sector};
use jiff::ToSpan;
use jiff::civil::Date;

use super::rows::{PlacedCode, TableKind};
use crate::period::Period;

/// Column in characters from 1, name of the column, what is wrong.
pub(super) type CellFault = (usize, String, String);

/// A table's columns: those that must be there, then those that may.
fn known(kind: TableKind) -> (&'static [&'static str], &'static [&'static str]) {
    const NAMED: &[&str] = &["aliases", "kind", "wikidata", "start", "end"];
    match kind {
        TableKind::Groups => (&["name", "code", "sector"], NAMED),
        TableKind::Organisations => {
            (&["name", "code", "sector"], &["aliases", "kind", "wikidata", "seat", "members", "start", "end"])
        }
        TableKind::Bodies | TableKind::Seats => (&["name", "iso3", "sector"], NAMED),
        TableKind::Holders => (
            &["person", "iso3", "sector"],
            &["aliases", "office", "start", "end", "wikidata", "gender", "body", "open"],
        ),
        TableKind::Roles => (&["lemma", "sector", "kind"], &["number"]),
        TableKind::Peoples => (&["name"], &["plural", "adjectives", "religion", "ethnicity", "countries"]),
        TableKind::Places => (
            &["name", "lat", "lon"],
            &[
                "geonameid",
                "aliases",
                "iso2",
                "iso3",
                "country2",
                "admin1",
                "population",
                "feature_code",
                "feature_class",
                "kind",
                "resolution",
            ],
        ),
    }
}

/// Columns that every table may have.
const COMMON: &[&str] = &["note", "replace", "certainty"];

/// Words with which a header begins.
const OPENS: &[&str] = &["name", "person", "lemma", "geonameid"];

/// The columns of a table, in the order of its header.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) kind: TableKind,
    names: Vec<String>,
}

impl Columns {
    /// Whether a line is a header: it begins as one, and a second cell is a column's name.
    pub(super) fn is_header(line: &str) -> bool {
        let mut cells = line.split('\t').map(str::trim);
        cells.next().is_some_and(|first| OPENS.contains(&first))
            && cells.next().is_some_and(|second| {
                COMMON.contains(&second)
                    || kinds().any(|kind| [known(kind).0, known(kind).1].concat().contains(&second))
            })
    }

    /// Reads a header.
    pub(super) fn read(line: &str) -> Result<Self, CellFault> {
        let names: Vec<String> = line.split('\t').map(|name| name.trim().to_owned()).collect();
        let has = |name: &str| names.iter().any(|column| column == name);
        let kind = if has("person") {
            TableKind::Holders
        } else if has("lemma") {
            TableKind::Roles
        } else if has("lat") {
            TableKind::Places
        } else if has("plural") || has("religion") || has("ethnicity") {
            TableKind::Peoples
        } else if has("iso3") {
            if has("aliases") { TableKind::Bodies } else { TableKind::Seats }
        } else if has("seat") || has("members") {
            TableKind::Organisations
        } else if has("code") {
            TableKind::Groups
        } else {
            let problem = "the header is that of no table; docs/actors.md lists their columns".to_owned();
            return Err((1, names.into_iter().next().unwrap_or_default(), problem));
        };
        let (needed, further) = known(kind);
        let mut at = 1;
        for (index, name) in names.iter().enumerate() {
            if !name.is_empty() && ![needed, further, COMMON].concat().contains(&name.as_str()) {
                let problem = format!("no such column in a table of {}; remove or rename it", kind.as_str());
                return Err((at, name.clone(), problem));
            }
            if names[..index].contains(name) && !name.is_empty() {
                return Err((at, name.clone(), "the column is there twice; remove one".to_owned()));
            }
            at += name.chars().count() + 1;
        }
        if let Some(missing) = needed.iter().find(|name| !has(name)) {
            let problem = format!("a table of {} needs the column; add it", kind.as_str());
            return Err((1, (*missing).to_owned(), problem));
        }
        Ok(Self { kind, names })
    }

    /// A header that could not be read.
    pub(super) const fn broken() -> Self {
        Self { kind: TableKind::Groups, names: Vec::new() }
    }

    pub(super) fn is_broken(&self) -> bool {
        self.names.is_empty()
    }
}

fn kinds() -> impl Iterator<Item = TableKind> {
    use TableKind::{Bodies, Groups, Holders, Organisations, Peoples, Places, Roles, Seats};
    [Groups, Organisations, Bodies, Seats, Holders, Roles, Peoples, Places].into_iter()
}

/// One row while it is read.
pub(super) struct Cells<'a> {
    columns: &'a Columns,
    /// Each cell with its column in characters, from 1.
    row: Vec<(usize, &'a str)>,
    /// The codes read so far.
    pub(super) codes: Vec<PlacedCode>,
    pub(super) faults: Vec<CellFault>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(columns: &'a Columns, line: &'a str) -> Self {
        let mut at = 1;
        let mut row = Vec::new();
        for cell in line.split('\t') {
            row.push((at + cell.chars().count() - cell.trim_start().chars().count(), cell.trim()));
            at += cell.chars().count() + 1;
        }
        let mut faults = Vec::new();
        if row.len() > columns.names.len() {
            let problem = "more cells than the header has columns; look for a stray tab".to_owned();
            faults.push((1, String::new(), problem));
        }
        Self { columns, row, codes: Vec::new(), faults }
    }

    fn get(&self, name: &str) -> (usize, &'a str) {
        let at = self.columns.names.iter().position(|column| column == name);
        at.and_then(|at| self.row.get(at).copied()).unwrap_or((1, ""))
    }

    fn fault(&mut self, name: &str, problem: String) {
        let (at, _) = self.get(name);
        self.faults.push((at, name.to_owned(), problem));
    }

    /// The cell, which may be empty.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).1.to_owned()
    }

    /// The cell, which must hold a letter or digit.
    pub(super) fn needed(&mut self, name: &str) -> String {
        let (_, text) = self.get(name);
        if !text.contains(char::is_alphanumeric) {
            self.fault(name, "a value is needed here".to_owned());
        }
        text.to_owned()
    }

    /// The cell, which must be one of some words.
    pub(super) fn word(&mut self, name: &str, words: &[&str]) -> String {
        let (_, text) = self.get(name);
        if !words.contains(&text) {
            let expected: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
            self.fault(name, format!("`{text}` is not one of {}", expected.join(", ")));
        }
        text.to_owned()
    }

    /// The cell's values, parted by `|`.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        values(self.get(name).1).map(str::to_owned).collect()
    }

    /// The cell as an actor code; `None` when empty.
    pub(super) fn code(&mut self, name: &'static str) -> Option<Code> {
        let (column, text) = self.get(name);
        if text.is_empty() {
            return None;
        }
        let code = self.read::<Code>(name, Code::parse(text))?;
        self.codes.push(PlacedCode { code, name, column });
        Some(code)
    }

    pub(super) fn codes(&mut self, name: &'static str) -> Vec<Code> {
        let (start, text) = self.get(name);
        let mut codes = Vec::new();
        let mut column = start;
        for written in text.split('|') {
            let value = written.trim();
            if !value.is_empty()
                && let Some(code) = self.read(name, Code::parse(value))
            {
                let indent = written.chars().count() - written.trim_start().chars().count();
                self.codes.push(PlacedCode { code, name, column: column + indent });
                codes.push(code);
            }
            column += written.chars().count() + 1;
        }
        codes
    }

    pub(super) fn sectors(&mut self, name: &str) -> Vec<Sector> {
        let (_, text) = self.get(name);
        values(text).filter_map(|value| self.read(name, value.parse::<Sector>())).collect()
    }

    fn read<T>(&mut self, name: &str, read: Result<T, demarche_record::UnknownCode>) -> Option<T> {
        read.map_err(|unknown| self.fault(name, unknown.to_string())).ok()
    }

    pub(super) fn number<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let (_, text) = self.get(name);
        if text.is_empty() {
            return None;
        }
        text.parse().map_err(|_| self.fault(name, format!("`{text}` is not a number that fits here"))).ok()
    }

    /// Degrees from `-most` to `most`.
    pub(super) fn degrees(&mut self, name: &str, most: f64) -> Option<f64> {
        let (_, text) = self.get(name);
        let read = text.parse::<f64>().ok().filter(|value| (-most..=most).contains(value));
        if read.is_none() {
            self.fault(name, format!("`{text}` is not a number of degrees from -{most} to {most}"));
        }
        read
    }

    /// A Wikidata item, or empty.
    pub(super) fn wikidata(&mut self, name: &str) -> String {
        let (_, text) = self.get(name);
        let sound = text.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        if !text.is_empty() && !sound {
            self.fault(name, format!("`{text}` is not a Wikidata item (Q and a number)"));
        }
        text.to_owned()
    }

    /// First and last day (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), rounded outwards; open where a cell is empty.
    pub(super) fn period(&mut self, start: &str, end: &str) -> Period {
        let from = self.day(start).map(|(first, _)| first);
        let until = self.day(end).and_then(|(_, last)| last.checked_add(1.day()).ok());
        let period = Period { from, until };
        if period.is_empty() {
            self.fault(end, "the end lies before the start".to_owned());
        }
        period
    }

    /// First and last day of what is written.
    fn day(&mut self, name: &str) -> Option<(Date, Date)> {
        let (_, text) = self.get(name);
        if text.is_empty() {
            return None;
        }
        let read = days(text);
        if read.is_none() {
            self.fault(name, format!("`{text}` is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"));
        }
        read
    }
}

fn days(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year: i16 = digits(parts.next()?, 4)?.parse().ok()?;
    let Some(month) = parts.next() else {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let month: i8 = digits(month, 2)?.parse().ok()?;
    let Some(day) = parts.next() else {
        let first = Date::new(year, month, 1).ok()?;
        return Some((first, first.last_of_month()));
    };
    let day: i8 = digits(day, 2)?.parse().ok()?;
    let date = Date::new(year, month, day).ok().filter(|_| parts.next().is_none())?;
    Some((date, date))
}

/// The text, if it is that many digits.
fn digits(text: &str, count: usize) -> Option<&str> {
    Some(text).filter(|text| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|value| !value.is_empty())
}
