//! A user's tables as a layer.

use std::collections::BTreeMap;

use demarche_dictionary::{HolderRow, NamedRow, PeopleRow, PlaceRow, RoleRow, Row, RowEntry, TableKind, Tables};
use demarche_index::Compiler;
use demarche_index::entries::{
    Caution, CountryId, FEATURE_CLASSES, Form, Gender, Held, Named, NamedKind, People, Referent, Role, RoleKind, Spot,
};
use demarche_record::Code;
use demarche_world::World;

use super::dictionary::{key, sectors, term};

/// Rank of an office that no table has.
const UNRANKED: u8 = 5;

pub(super) fn add(world: &World, tables: &Tables, layer: &mut Compiler<'_>) {
    let mut holders: BTreeMap<(&str, Option<Code>), Vec<&Row>> = BTreeMap::new();
    for row in tables.rows.iter().filter(|row| !row.suggested) {
        if row.replaces {
            hide(row, layer);
        }
        match &row.entry {
            RowEntry::Named(named) => add_named(world, named, layer),
            RowEntry::Role(role) => add_role(role, layer),
            RowEntry::People(people) => add_people(people, layer),
            RowEntry::Place(place) => add_place(world, place, layer),
            RowEntry::Holder(holder) if holder.wikidata.is_empty() => {
                holders.entry((&holder.person, holder.code)).or_default().push(row);
            }
            RowEntry::Holder(holder) => holders.entry((&holder.wikidata, None)).or_default().push(row),
        }
    }
    for rows in holders.into_values() {
        add_person(world, &rows, layer);
    }
}

/// All names of a row.
pub(super) fn names(row: &RowEntry) -> Vec<&str> {
    match row {
        RowEntry::Named(row) => list(&row.name, &[&row.aliases]),
        RowEntry::Holder(row) => list(&row.person, &[&row.aliases]),
        RowEntry::Role(row) => list(&row.lemma, &[]),
        RowEntry::People(row) => list(&row.name, &[&row.plurals, &row.adjectives]),
        RowEntry::Place(row) => list(&row.name, &[&row.aliases]),
    }
}

fn list<'r>(name: &'r str, others: &[&'r Vec<String>]) -> Vec<&'r str> {
    std::iter::once(name).chain(others.iter().flat_map(|names| names.iter().map(String::as_str))).collect()
}

fn hide(row: &Row, layer: &mut Compiler<'_>) {
    for name in names(&row.entry) {
        if matches!(row.entry, RowEntry::Role(_)) {
            layer.hide_role(name);
        } else {
            layer.hide(name);
        }
    }
}

/// The code that actors of a country take.
fn acting(world: &World, code: Option<Code>) -> Option<Code> {
    code.map(|code| world.country(code).map_or(code, |country| country.acts_as))
}

fn add_named(world: &World, row: &NamedRow, layer: &mut Compiler<'_>) {
    let kind = match row.table {
        TableKind::Seats => NamedKind::Seat,
        TableKind::Bodies => NamedKind::Body,
        TableKind::Organisations => NamedKind::Organisation,
        _ => NamedKind::Group,
    };
    let city =
        kind == NamedKind::Seat && matches!(row.kind.as_str(), "capital" | "former capital" | "seat" | "former seat");
    let named = Named {
        kind,
        name: &row.name,
        code: acting(world, row.code),
        sectors: sectors(&row.sectors),
        wikidata: &row.wikidata,
        term: term(row.period),
        city,
    };
    layer.add_named(&named, row.aliases.iter().map(String::as_str));
}

fn add_role(row: &RoleRow, layer: &mut Compiler<'_>) {
    let kind = match row.kind.as_str() {
        "office" => RoleKind::Office,
        "group" => RoleKind::Group,
        "body" => RoleKind::Body,
        "instrument" => RoleKind::Instrument,
        _ => RoleKind::Person,
    };
    let (sectors, same) = (sectors(&row.sectors), row.same);
    layer.add_role(&Role { lemma: &row.lemma, sectors, same, kind, plural: row.plural, common: row.common });
}

fn add_people(row: &PeopleRow, layer: &mut Compiler<'_>) {
    let country = match row.countries.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let people = People { name: &row.name, religion: &row.religion, ethnicity: &row.ethnicity, country };
    let plurals = row.plurals.iter().map(|name| (name.as_str(), Form::Plural));
    layer.add_people(&people, plurals.chain(row.adjectives.iter().map(|name| (name.as_str(), Form::Adjective))));
}

fn country_of(world: &World, iso2: &str) -> Option<CountryId> {
    let code = world.countries().find(|country| country.iso2 == iso2)?.code;
    world.layers().country_id(code)
}

fn add_place(world: &World, row: &PlaceRow, layer: &mut Compiler<'_>) {
    // A place whose class is not told is an area.
    let known = FEATURE_CLASSES.contains(&row.feature_class.as_str());
    let spot = Spot {
        name: &row.name,
        geonameid: row.geonameid,
        lat: Some(row.lat),
        lon: Some(row.lon),
        country: country_of(world, &row.iso2),
        claimant: None,
        admin1: &row.admin1,
        admin2: "",
        population: row.population,
        feature_class: if known { &row.feature_class } else { "L" },
        feature_code: &row.feature_code,
        resolution: row.resolution,
        rank: None,
        caution: Caution::None,
    };
    layer.add_region(&spot, row.aliases.iter().map(String::as_str));
}

/// A person with the terms of all rows; terms that the layers below know of the same person come after, unless a row
/// replaces them.
fn add_person(world: &World, rows: &[&Row], layer: &mut Compiler<'_>) {
    let own: Vec<&HolderRow> = rows
        .iter()
        .filter_map(|row| match &row.entry {
            RowEntry::Holder(holder) => Some(holder),
            _ => None,
        })
        .collect();
    let Some(first) = own.first() else { return };
    let mut held: Vec<Held<'_>> = own
        .iter()
        .map(|row| {
            let code = acting(world, row.code);
            Held {
                office: &row.office,
                code,
                sectors: sectors(&row.sectors),
                sure: row.sure,
                seen: row.seen,
                term: term(row.period),
                rank: layer.rank(&row.office, code).unwrap_or(UNRANKED),
            }
        })
        .collect();
    if !rows.iter().any(|row| row.replaces) {
        held.extend(known_terms(world, first));
    }
    let gender = match own.iter().map(|row| row.gender.as_str()).find(|gender| !gender.is_empty()) {
        Some("female") => Gender::Female,
        Some("male") => Gender::Male,
        _ => Gender::Unknown,
    };
    let family_first =
        first.code.is_some_and(|code| demarche_index::FAMILY_NAME_FIRST.contains(&code.to_string().as_str()));
    let aliases = own.iter().flat_map(|row| list(&row.person, &[&row.aliases])).filter(|name| *name != first.person);
    layer.add_person((&first.person, &first.wikidata, gender), &held, family_first, aliases);
}

/// The terms that the layers below know of the person of a row: the same Wikidata item, or the same name in office of the
/// same country.
fn known_terms<'w>(world: &'w World, row: &HolderRow) -> Vec<Held<'w>> {
    let mut atoms = Vec::new();
    demarche_index::atoms::each_atom(&row.person, |atom| atoms.push(atom));
    let names = world.layers().names();
    let Some(hit) = names.exact(&atoms, true) else { return Vec::new() };
    for reading in names.any_case(hit) {
        let Referent::Person(id) = reading else { continue };
        let person = world.layers().person(id);
        let terms: Vec<Held<'w>> = person.held.iter().collect();
        let same = if row.wikidata.is_empty() || person.wikidata.is_empty() {
            key(person.name) == key(&row.person) && terms.iter().any(|held| held.code == acting(world, row.code))
        } else {
            person.wikidata == row.wikidata
        };
        if same {
            return terms;
        }
    }
    Vec::new()
}
