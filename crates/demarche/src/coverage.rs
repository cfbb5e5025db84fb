//! What the world knows, counted: in all, by country, by decade, by kind, by sector.

use std::collections::{BTreeMap, BTreeSet};

use demarche_index::dates::{PartialDate, Term};
use demarche_index::entries::{Named, NamedKind, Role, RoleKind};
use demarche_record::{Code, Sector};
use demarche_world::World;

/// What the rows of a table of counts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Kinds of entry, one count each.
    All,
    /// Country and international codes.
    Country,
    /// Decades, from what was in force in them.
    Decade,
    /// Kinds of body and of noun.
    Kind,
    /// PLOVER's sectors.
    Sector,
}

/// A table of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// What the rows are.
    pub of: &'static str,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Each row with its counts, one a column.
    pub rows: Vec<(String, Vec<u64>)>,
}

/// Counts what a world knows.
pub fn coverage(world: &World, by: By) -> Coverage {
    match by {
        By::All => all(world),
        By::Country => by_country(world),
        By::Decade => by_decade(world),
        By::Kind => by_kind(world),
        By::Sector => by_sector(world),
    }
}

/// Kinds of named entry, in the order of the columns.
const KINDS: [(NamedKind, &str); 5] = [
    (NamedKind::Seat, "seats"),
    (NamedKind::Body, "bodies"),
    (NamedKind::Organisation, "organisations"),
    (NamedKind::Group, "groups"),
    (NamedKind::Listed, "dictionary entries"),
];

fn kind(named: &Named<'_>) -> Option<usize> {
    KINDS.iter().position(|(kind, _)| *kind == named.kind)
}

fn all(world: &World) -> Coverage {
    let layers = world.layers();
    let mut named = [0u64; KINDS.len()];
    layers.each_named().filter_map(|entry| kind(&entry)).for_each(|at| named[at] += 1);
    let terms: u64 = layers.each_person().map(|person| person.held.iter().count() as u64).sum();
    let mut rows = vec![
        ("countries and territories".to_owned(), world.countries().count() as u64),
        ("persons".to_owned(), layers.each_person().count() as u64),
        ("terms in office".to_owned(), terms),
        ("offices".to_owned(), layers.each_office().count() as u64),
    ];
    rows.extend(KINDS.iter().zip(named).filter(|(_, n)| *n > 0).map(|((_, name), n)| ((*name).to_owned(), n)));
    rows.extend([
        ("peoples".to_owned(), layers.each_people().count() as u64),
        ("nouns of role".to_owned(), layers.each_role().count() as u64),
        ("cities and towns".to_owned(), layers.each_city().count() as u64),
        ("first-level divisions".to_owned(), layers.each_province().count() as u64),
        ("second-level divisions".to_owned(), layers.each_district().count() as u64),
        ("other places".to_owned(), layers.each_region().count() as u64),
    ]);
    let rows = rows.into_iter().map(|(name, n)| (name, vec![n])).collect();
    Coverage { of: "what", columns: vec!["entries"], rows }
}

/// Counts by key and column.
struct Tally<K> {
    columns: Vec<&'static str>,
    counts: BTreeMap<K, Vec<u64>>,
}

impl<K: Ord> Tally<K> {
    fn new(columns: Vec<&'static str>) -> Self {
        Self { columns, counts: BTreeMap::new() }
    }

    fn add(&mut self, key: K, column: usize) {
        let columns = self.columns.len();
        let row = self.counts.entry(key).or_insert_with(|| vec![0; columns]);
        if let Some(count) = row.get_mut(column) {
            *count += 1;
        }
    }

    fn table(self, of: &'static str, name: impl Fn(&K) -> String) -> Coverage {
        let rows = self.counts.into_iter().map(|(key, counts)| (name(&key), counts)).collect();
        Coverage { of, columns: self.columns, rows }
    }
}

/// `first` columns, then those of the kinds of named entry that the world has.
fn columns(world: &World, first: &[&'static str], last: &[&'static str]) -> Vec<&'static str> {
    let listed = world.layers().each_named().any(|named| named.kind == NamedKind::Listed);
    let kinds = KINDS.iter().filter(|(kind, _)| listed || *kind != NamedKind::Listed).map(|(_, name)| *name);
    first.iter().copied().chain(kinds).chain(last.iter().copied()).collect()
}

fn by_country(world: &World) -> Coverage {
    let layers = world.layers();
    let columns = columns(world, &["persons", "terms"], &["peoples", "cities", "divisions", "other places"]);
    let last = columns.len();
    let (peoples, cities, divisions, others) = (last - 4, last - 3, last - 2, last - 1);
    let mut tally = Tally::new(columns);
    for person in layers.each_person() {
        let codes: BTreeSet<Code> = person.held.iter().filter_map(|held| held.code).collect();
        for code in codes {
            tally.add(code, 0);
        }
        person.held.iter().filter_map(|held| held.code).for_each(|code| tally.add(code, 1));
    }
    for named in layers.each_named() {
        if let (Some(code), Some(kind)) = (named.code, kind(&named)) {
            tally.add(code, 2 + kind);
        }
    }
    layers.each_people().filter_map(|people| people.country).for_each(|code| tally.add(code, peoples));
    layers.each_city().filter_map(|city| city.country).for_each(|country| tally.add(country.code(), cities));
    layers.each_province().for_each(|division| tally.add(division.country.code(), divisions));
    layers.each_district().for_each(|division| tally.add(division.country.code(), divisions));
    layers.each_region().filter_map(|place| place.country).for_each(|country| tally.add(country.code(), others));
    tally.table("code", ToString::to_string)
}

fn year(date: PartialDate) -> i32 {
    date.text().get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}

/// The decades in which a term was in force, of those from `first` to `last`; `None` alone for a term without dates.
fn decades(term: Term, first: i32, last: i32) -> Vec<Option<i32>> {
    if term.start.is_none() && term.end.is_none() {
        return vec![None];
    }
    let from = term.start.map_or(first, year).max(first) / 10;
    let to = term.end.map_or(last, year).min(last) / 10;
    (from..=to).map(|decade| Some(decade * 10)).collect()
}

/// The first year of the table: offices and groups before are few.
const FIRST_YEAR: i32 = 1940;

fn by_decade(world: &World) -> Coverage {
    let layers = world.layers();
    let last = world.date().get(..4).and_then(|year| year.parse().ok()).unwrap_or(FIRST_YEAR);
    let mut tally: Tally<Option<i32>> = Tally::new(columns(world, &["persons", "terms"], &[]));
    for person in layers.each_person() {
        let mut seen = BTreeSet::new();
        for held in person.held.iter() {
            for decade in decades(held.term, FIRST_YEAR, last) {
                tally.add(decade, 1);
                seen.insert(decade);
            }
        }
        for decade in seen {
            tally.add(decade, 0);
        }
    }
    for named in layers.each_named() {
        if let Some(kind) = kind(&named) {
            for decade in decades(named.term, FIRST_YEAR, last) {
                tally.add(decade, 2 + kind);
            }
        }
    }
    tally.table("decade", |decade| decade.map_or_else(|| "undated".to_owned(), |year| format!("{year}s")))
}

const fn role_kind(role: &Role<'_>) -> &'static str {
    match role.kind {
        RoleKind::Office => "noun: office",
        RoleKind::Person => "noun: person",
        RoleKind::Group => "noun: group",
        RoleKind::Body => "noun: body",
        RoleKind::Instrument => "noun: instrument",
    }
}

fn by_kind(world: &World) -> Coverage {
    let layers = world.layers();
    let mut tally = Tally::new(vec!["entries", "with a term", "with a Wikidata id"]);
    for named in layers.each_named() {
        let Some((_, name)) = kind(&named).and_then(|at| KINDS.get(at)) else { continue };
        tally.add(*name, 0);
        if named.term != Term::default() {
            tally.add(*name, 1);
        }
        if !named.wikidata.is_empty() {
            tally.add(*name, 2);
        }
    }
    for person in layers.each_person() {
        tally.add("persons", 0);
        if person.held.iter().any(|held| held.term != Term::default()) {
            tally.add("persons", 1);
        }
        if !person.wikidata.is_empty() {
            tally.add("persons", 2);
        }
    }
    layers.each_role().for_each(|role| tally.add(role_kind(&role), 0));
    tally.table("kind", |kind| (*kind).to_owned())
}

/// The sectors of an entry; `None` alone where it has none.
fn of(sectors: &[Sector]) -> Vec<Option<Sector>> {
    if sectors.is_empty() { vec![None] } else { sectors.iter().copied().map(Some).collect() }
}

fn by_sector(world: &World) -> Coverage {
    let layers = world.layers();
    let columns = columns(world, &["persons", "terms"], &["nouns of role"]);
    let nouns = columns.len() - 1;
    let mut tally: Tally<Option<Sector>> = Tally::new(columns);
    for person in layers.each_person() {
        let mut seen = BTreeSet::new();
        for sector in person.held.iter().flat_map(|held| of(&held.sectors)) {
            tally.add(sector, 1);
            seen.insert(sector);
        }
        for sector in seen {
            tally.add(sector, 0);
        }
    }
    for named in layers.each_named() {
        if let Some(kind) = kind(&named) {
            for sector in of(&named.sectors) {
                tally.add(sector, 2 + kind);
            }
        }
    }
    layers.each_role().for_each(|role| of(&role.sectors).into_iter().for_each(|sector| tally.add(sector, nouns)));
    tally.table("sector", |sector| sector.map_or_else(|| "none".to_owned(), |sector| sector.to_string()))
}
