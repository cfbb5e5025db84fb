//! Seats, bodies, organisations, groups, peoples, roles and office holders from their tables.

use std::collections::HashMap;

use demarche_record::Code;

use crate::atoms::each_atom;
use crate::dates::{Bound, Term};
use crate::entries::{
    Form, Gender, Held, Named, NamedId, NamedKind, Office, OfficeId, People, PeopleId, Person, PersonId, Referent,
    Role, RoleId, RoleKind, Sectors,
};
use crate::error::{Problem, WorldError};
use crate::tables::{self, Row, Table};
use crate::world::World;

fn term<const N: usize>(row: &Row<N>, start: usize, end: usize) -> Result<Term, WorldError> {
    Ok(Term { start: row.date(start, Bound::Start)?, end: row.date(end, Bound::End)? })
}

/// Code of a table of national things, which must be a known country's (an international code may stand there too).
fn code<const N: usize>(world: &World, row: &Row<N>, column: usize) -> Result<Option<Code>, WorldError> {
    let Some(code) = row.code(column)? else { return Ok(None) };
    if code.is_international() {
        return Ok(Some(code));
    }
    world
        .country(code)
        .map(|country| Some(country.acts_as))
        .ok_or_else(|| row.fault(column, Problem::UnknownCountry(code.to_string())))
}

fn add_named(world: &mut World, named: Named, names: impl Iterator<Item = &'static str>) {
    let at = NamedId(world.named.len() as u32);
    world.names.add(named.name, Referent::Named(at));
    names.for_each(|alias| world.names.add(alias, Referent::Named(at)));
    world.named.push(named);
}

pub(crate) fn seats(world: &mut World) -> Result<(), WorldError> {
    tables::SEATS.each(["name", "iso3", "sector", "kind", "wikidata", "start", "end"], |row| {
        let named = Named {
            kind: NamedKind::Seat,
            name: row.needed(0)?,
            code: code(world, &row, 1)?,
            sectors: row.sectors(2)?,
            wikidata: row.cell(4),
            term: term(&row, 5, 6)?,
            city: matches!(row.cell(3), "capital" | "former capital" | "seat" | "former seat"),
        };
        add_named(world, named, std::iter::empty());
        Ok(())
    })
}

/// Breakaway regions: bodies of the state that claims them.
pub(crate) fn breakaway(world: &mut World) -> Result<(), WorldError> {
    let columns = ["name", "aliases", "iso3", "sector", "wikidata", "start", "end", "adjectives", "demonyms"];
    tables::BREAKAWAY.each(columns, |row| {
        let named = Named {
            kind: NamedKind::Body,
            name: row.needed(0)?,
            code: code(world, &row, 2)?,
            sectors: row.sectors(3)?,
            wikidata: row.cell(4),
            term: term(&row, 5, 6)?,
            city: false,
        };
        add_named(world, named, row.list(1).chain(row.list(7)).chain(row.list(8)));
        Ok(())
    })
}

pub(crate) fn bodies(world: &mut World) -> Result<(), WorldError> {
    named(world, tables::BODIES, NamedKind::Body, ["name", "aliases", "iso3", "sector", "wikidata", "start", "end"])
}

pub(crate) fn organisations(world: &mut World) -> Result<(), WorldError> {
    let columns = ["name", "aliases", "code", "sector", "wikidata", "start", "end"];
    named(world, tables::ORGANISATIONS, NamedKind::Organisation, columns)
}

pub(crate) fn groups(world: &mut World) -> Result<(), WorldError> {
    let columns = ["name", "aliases", "code", "sector", "wikidata", "start", "end"];
    named(world, tables::GROUPS, NamedKind::Group, columns)
}

fn named(world: &mut World, table: Table, kind: NamedKind, columns: [&'static str; 7]) -> Result<(), WorldError> {
    table.each(columns, |row| {
        let named = Named {
            kind,
            name: row.needed(0)?,
            code: code(world, &row, 2)?,
            sectors: row.sectors(3)?,
            wikidata: row.cell(4),
            term: term(&row, 5, 6)?,
            city: false,
        };
        add_named(world, named, row.list(1));
        Ok(())
    })
}

pub(crate) fn peoples(world: &mut World) -> Result<(), WorldError> {
    let columns = ["name", "plural", "adjectives", "religion", "ethnicity", "countries"];
    tables::PEOPLES.each(columns, |row| {
        let at = PeopleId(world.peoples.len() as u16);
        let mut add = |name, form| world.names.add(name, Referent::People(at, form));
        row.list(1).for_each(|plural| add(plural, Form::Plural));
        row.list(2).for_each(|adjective| add(adjective, Form::Adjective));
        add(row.needed(0)?, Form::Adjective);
        let mut countries = row.list(5);
        let country = match (countries.next(), countries.next()) {
            (Some(one), None) => Some(Code::parse(one).map_err(|unknown| row.fault(5, unknown))?),
            _ => None,
        };
        world.peoples.push(People { name: row.cell(0), religion: row.cell(3), ethnicity: row.cell(4), country });
        Ok(())
    })
}

pub(crate) fn roles(world: &mut World) -> Result<(), WorldError> {
    tables::ROLES.each(["lemma", "sector", "kind", "number", "note"], |row| {
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
        let role = Role {
            lemma: row.needed(0)?,
            sectors: if same { Sectors::NONE } else { row.sectors(1)? },
            same,
            kind,
            plural: matches!(row.cell(3), "plur" | "mass"),
            common: row.cell(4).contains("common word"),
        };
        add_role(world, role);
        Ok(())
    })
}

fn add_role(world: &mut World, role: Role) {
    world.role_names.add(role.lemma, RoleId(world.roles.len() as u16));
    world.roles.push(role);
}

pub(crate) fn offices(world: &mut World) -> Result<(), WorldError> {
    tables::OFFICES.each(["office", "aliases", "sector", "level"], |row| {
        let at = OfficeId(world.offices.len() as u16);
        let name = row.needed(0)?;
        let sectors = row.sectors(2)?;
        for alias in std::iter::once(name).chain(row.list(1)) {
            // `alias@ISO` holds in one country only.
            let (writing, only) = match alias.split_once('@') {
                Some((writing, only)) => (writing, Some(Code::parse(only).map_err(|unknown| row.fault(1, unknown))?)),
                None => (alias, None),
            };
            world.office_names.add(writing, (at, only));
            let mut atoms = Vec::new();
            each_atom(writing, |atom| atoms.push(atom.hash));
            // An office is also a role noun, unless the role table knows better.
            // ("ambassador to" only helps to tell offices apart.)
            let proper = writing.split(' ').any(|word| word.starts_with(char::is_uppercase));
            let whole = !writing.ends_with(" to") && !proper;
            if whole && world.role_names.sequence(atoms.into_iter()).is_none() {
                let kind = RoleKind::Office;
                let role = Role { lemma: writing, sectors, same: false, kind, plural: false, common: false };
                add_role(world, role);
            }
        }
        world.offices.push(Office { name, level: row.cell(3) });
        Ok(())
    })
}

/// Countries whose family names stand first, so that "Wang" may follow "Wang Yi".
const FAMILY_NAME_FIRST: &[&str] = &["CHN", "TWN", "HKG", "MAC", "PRK", "KOR", "VNM", "KHM", "HUN", "SGP"];

pub(crate) fn office_holders(world: &mut World) -> Result<(), WorldError> {
    let columns = ["person", "aliases", "iso3", "office", "sector", "start", "end", "wikidata", "gender", "certainty"];
    let mut known: HashMap<(&str, &str), PersonId> = HashMap::new();
    tables::OFFICE_HOLDERS.each(columns, |row| {
        let name = row.needed(0)?;
        let office = row.needed(3)?;
        let held_code = code(world, &row, 2)?;
        // Rows of one person share the Wikidata item, or name and country where the table has no item.
        let key = if row.cell(7).is_empty() { (name, row.cell(2)) } else { (row.cell(7), "") };
        let at = *known.entry(key).or_insert_with(|| {
            let at = PersonId(world.persons.len() as u32);
            let gender = match row.cell(8) {
                "female" | "f" => Gender::Female,
                "male" | "m" => Gender::Male,
                _ => Gender::Unknown,
            };
            world.persons.push(Person { name, wikidata: row.cell(7), gender, held: Vec::new() });
            world.names.add(name, Referent::Person(at));
            row.list(1).for_each(|alias| world.names.add(alias, Referent::Person(at)));
            let mut parts = name.split(' ');
            if let (Some(first), Some(last)) = (parts.next(), parts.next_back()) {
                world.surnames.add(last.rsplit('-').next().filter(|_| last.starts_with("al-")).unwrap_or(last), at);
                if FAMILY_NAME_FIRST.contains(&row.cell(2)) {
                    world.surnames.add(first, at);
                }
            }
            at
        });
        let rank = world.office(office, held_code).map_or(5, |office| match office.level {
            "head of state" | "head of government" | "royal" => 0,
            "minister" | "igo" => 1,
            _ => 3,
        });
        let held = Held {
            office,
            code: held_code,
            sectors: row.sectors(4)?,
            sure: row.cell(9) == "sure",
            term: term(&row, 5, 6)?,
            rank,
        };
        if let Some(person) = world.persons.get_mut(at.0 as usize) {
            person.held.push(held);
        }
        Ok(())
    })
}

impl World {
    /// The office written so, in any case; what it means in the given country comes first.
    pub(crate) fn office(&self, written: &str, code: Option<Code>) -> Option<&Office> {
        let mut atoms = Vec::new();
        each_atom(written, |atom| atoms.push(atom.hash));
        let hit = self.office_names().sequence(atoms.into_iter())?;
        let meant = |only: Option<Code>| self.office_names().any_case(hit).find(|entry| entry.1 == only);
        let (at, _) = code.and_then(|code| meant(Some(code))).or_else(|| meant(None))?;
        Some(self.office_at(at))
    }
}
