//! Seats, bodies, organisations, groups, peoples, roles and office holders from their tables.

use std::collections::HashMap;

use demarche_record::Code;

use crate::compile::Compiler;
use crate::dates::{Bound, Term};
use crate::entries::{Form, Gender, Held, Named, NamedKind, Office, People, Role, RoleKind, Sectors};
use crate::error::{Problem, TableError};
use crate::tables::{Row, Table};

fn term<const N: usize>(row: &Row<'_, N>, start: usize, end: usize) -> Result<Term, TableError> {
    Ok(Term { start: row.date(start, Bound::Start)?, end: row.date(end, Bound::End)? })
}

/// Code of a table of national things, which must be a known country's (an international code may stand there too).
fn code<const N: usize>(to: &Compiler<'_>, row: &Row<'_, N>, column: usize) -> Result<Option<Code>, TableError> {
    let Some(code) = row.code(column)? else { return Ok(None) };
    if code.is_international() {
        return Ok(Some(code));
    }
    to.acts_as(code).map(Some).ok_or_else(|| row.fault(column, Problem::UnknownCountry(code.to_string())))
}

pub(super) fn seats(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["name", "iso3", "sector", "kind", "wikidata", "start", "end"], |row| {
        let named = Named {
            kind: NamedKind::Seat,
            name: row.needed(0)?,
            code: code(to, &row, 1)?,
            sectors: row.sectors(2)?,
            wikidata: row.cell(4),
            term: term(&row, 5, 6)?,
            city: matches!(row.cell(3), "capital" | "former capital" | "seat" | "former seat"),
        };
        to.add_named(&named, []);
        Ok(())
    })
}

/// Breakaway regions: bodies of the state that claims them.
pub(super) fn breakaway(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    let columns = ["name", "aliases", "iso3", "sector", "wikidata", "start", "end", "adjectives", "demonyms"];
    table.each(columns, |row| {
        let named = Named {
            kind: NamedKind::Body,
            name: row.needed(0)?,
            code: code(to, &row, 2)?,
            sectors: row.sectors(3)?,
            wikidata: row.cell(4),
            term: term(&row, 5, 6)?,
            city: false,
        };
        to.add_named(&named, row.list(1).chain(row.list(7)).chain(row.list(8)));
        Ok(())
    })
}

pub(super) fn bodies(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    named(to, table, NamedKind::Body, ["name", "aliases", "iso3", "sector", "wikidata", "start", "end"])
}

pub(super) fn organisations(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    let columns = ["name", "aliases", "code", "sector", "wikidata", "start", "end"];
    named(to, table, NamedKind::Organisation, columns)
}

pub(super) fn groups(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    named(to, table, NamedKind::Group, ["name", "aliases", "code", "sector", "wikidata", "start", "end"])
}

fn named(
    to: &mut Compiler<'_>,
    table: Table<'_>,
    kind: NamedKind,
    columns: [&'static str; 7],
) -> Result<(), TableError> {
    table.each(columns, |row| {
        let named = Named {
            kind,
            name: row.needed(0)?,
            code: code(to, &row, 2)?,
            sectors: row.sectors(3)?,
            wikidata: row.cell(4),
            term: term(&row, 5, 6)?,
            city: false,
        };
        to.add_named(&named, row.list(1));
        Ok(())
    })
}

pub(super) fn peoples(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    let columns = ["name", "plural", "adjectives", "religion", "ethnicity", "countries"];
    table.each(columns, |row| {
        let mut countries = row.list(5);
        let country = match (countries.next(), countries.next()) {
            (Some(one), None) => Some(Code::parse(one).map_err(|unknown| row.fault(5, unknown))?),
            _ => None,
        };
        let people = People { name: row.needed(0)?, religion: row.cell(3), ethnicity: row.cell(4), country };
        let plurals = row.list(1).map(|plural| (plural, Form::Plural));
        to.add_people(&people, plurals.chain(row.list(2).map(|adjective| (adjective, Form::Adjective))));
        Ok(())
    })
}

pub(super) fn roles(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["lemma", "sector", "kind", "number", "note"], |row| {
        let kind = match row.needed(2)? {
            "office" => RoleKind::Office,
            "person" => RoleKind::Person,
            "group" => RoleKind::Group,
            "body" => RoleKind::Body,
            "instrument" => RoleKind::Instrument,
            other => {
                let expected = "office, person, group, body, instrument";
                return Err(row.fault(2, Problem::Word { written: other.to_owned(), expected }));
            }
        };
        let same = row.cell(1) == "=";
        to.add_role(&Role {
            lemma: row.needed(0)?,
            sectors: if same { Sectors::NONE } else { row.sectors(1)? },
            same,
            kind,
            plural: matches!(row.cell(3), "plur" | "mass"),
            common: row.cell(4).contains("common word"),
        });
        Ok(())
    })
}

pub(super) fn offices(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["office", "aliases", "sector", "level"], |row| {
        let office = Office { name: row.needed(0)?, level: row.cell(3) };
        let mut writings = vec![(office.name, None)];
        for alias in row.list(1) {
            // `alias@ISO` holds in one country only.
            writings.push(match alias.split_once('@') {
                Some((writing, only)) => (writing, Some(Code::parse(only).map_err(|unknown| row.fault(1, unknown))?)),
                None => (alias, None),
            });
        }
        to.add_office(&office, row.sectors(2)?, writings);
        Ok(())
    })
}

/// Countries whose family names stand first, so that "Wang" may follow "Wang Yi".
pub const FAMILY_NAME_FIRST: &[&str] = &["CHN", "TWN", "HKG", "MAC", "PRK", "KOR", "VNM", "KHM", "HUN", "SGP"];

/// One person, as the rows of the table tell.
struct Holder<'t> {
    name: &'t str,
    wikidata: &'t str,
    gender: Gender,
    family_name_first: bool,
    aliases: Vec<&'t str>,
    held: Vec<Held<'t>>,
}

pub(super) fn office_holders(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    let columns =
        ["person", "aliases", "iso3", "office", "sector", "start", "end", "wikidata", "gender", "certainty", "open?"];
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let mut holders: Vec<Holder<'_>> = Vec::new();
    table.each(columns, |row| {
        let name = row.needed(0)?;
        let office = row.needed(3)?;
        let country = code(to, &row, 2)?;
        let held = Held {
            office,
            code: country,
            sectors: row.sectors(4)?,
            sure: row.cell(9) == "sure",
            seen: match row.cell(10) {
                "" => false,
                "seen" => true,
                other => {
                    return Err(row.fault(10, Problem::Word { written: other.to_owned(), expected: "seen, or empty" }));
                }
            },
            term: term(&row, 5, 6)?,
            rank: to.rank(office, country).unwrap_or(5),
        };
        // Rows of one person share the Wikidata item, or name and country where the table has no item.
        let key = if row.cell(7).is_empty() { (name, row.cell(2)) } else { (row.cell(7), "") };
        let at = *known.entry(key).or_insert(holders.len());
        match holders.get_mut(at) {
            Some(holder) => holder.held.push(held),
            None => holders.push(Holder {
                name,
                wikidata: row.cell(7),
                gender: match row.cell(8) {
                    "female" | "f" => Gender::Female,
                    "male" | "m" => Gender::Male,
                    _ => Gender::Unknown,
                },
                family_name_first: FAMILY_NAME_FIRST.contains(&row.cell(2)),
                aliases: row.list(1).collect(),
                held: vec![held],
            }),
        }
        Ok(())
    })?;
    for holder in holders {
        let person = (holder.name, holder.wikidata, holder.gender);
        to.add_person(person, &holder.held, holder.family_name_first, holder.aliases);
    }
    Ok(())
}
