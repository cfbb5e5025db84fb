//! The rows of a user's table as types.

use demarche_record::{Code, Sector, Span};

use crate::period::Period;

/// Which of the program's tables a user's table adds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableKind {
    /// `actors/groups.tsv`
    Groups,
    /// `actors/organisations.tsv`
    Organisations,
    /// `actors/bodies.tsv`
    Bodies,
    /// `actors/seats.tsv`
    Seats,
    /// `actors/office_holders.tsv`
    Holders,
    /// `actors/roles.tsv`
    Roles,
    /// `actors/peoples.tsv`
    Peoples,
    /// `places/extra.tsv`
    Places,
}

impl TableKind {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Organisations => "organisations",
            Self::Bodies => "bodies",
            Self::Seats => "seats",
            Self::Holders => "office holders",
            Self::Roles => "roles",
            Self::Peoples => "peoples",
            Self::Places => "places",
        }
    }
}

/// One row with what holds for rows of every table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it says.
    pub entry: RowEntry,
    /// Whether its names hide what earlier tables and files say of them.
    pub replaces: bool,
    /// Whether it was suggested by the program and not reviewed: such a row is not loaded.
    pub suggested: bool,
    /// Line, from 1.
    pub line: usize,
    /// Bytes of the file: the line.
    pub span: Span,
    /// The codes of its actors.
    pub codes: Vec<PlacedCode>,
}

/// A code with the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedCode {
    /// The code.
    pub code: Code,
    /// The name of the column.
    pub name: &'static str,
    /// Column in characters, from 1.
    pub column: usize,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq)]
pub enum RowEntry {
    /// Of a group, organisation, body or seat.
    Named(NamedRow),
    /// Of someone in an office.
    Holder(HolderRow),
    /// Of a noun of role.
    Role(RoleRow),
    /// Of a people.
    People(PeopleRow),
    /// Of a place.
    Place(PlaceRow),
}

impl RowEntry {
    /// The table it is of.
    pub const fn table(&self) -> TableKind {
        match self {
            Self::Named(row) => row.table,
            Self::Holder(_) => TableKind::Holders,
            Self::Role(_) => TableKind::Roles,
            Self::People(_) => TableKind::Peoples,
            Self::Place(_) => TableKind::Places,
        }
    }

    /// When it holds.
    pub const fn period(&self) -> Period {
        match self {
            Self::Named(row) => row.period,
            Self::Holder(row) => row.period,
            Self::Role(_) | Self::People(_) | Self::Place(_) => Period::ALWAYS,
        }
    }
}

/// A group, organisation, body or seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRow {
    /// The table.
    pub table: TableKind,
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Country or international code.
    pub code: Option<Code>,
    /// Sectors, the main one first.
    pub sectors: Vec<Sector>,
    /// Word of the table's column `kind`.
    pub kind: String,
    /// Wikidata item, or empty.
    pub wikidata: String,
    /// When the row holds.
    pub period: Period,
}

/// Someone in an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderRow {
    /// Canonical name.
    pub person: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Country or international code.
    pub code: Option<Code>,
    /// The office, or empty.
    pub office: String,
    /// Sectors in that office.
    pub sectors: Vec<Sector>,
    /// The term.
    pub period: Period,
    /// Wikidata item, or empty.
    pub wikidata: String,
    /// `female`, `male`, or empty.
    pub gender: String,
    /// Whether the facts are sure rather than likely.
    pub sure: bool,
    /// Whether the term ends on the last day on which the source shows the person in office.
    pub seen: bool,
}

/// A noun of role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRow {
    /// The noun, singular unless `number` says otherwise.
    pub lemma: String,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Whether the sector is that of the body it speaks for (`=`).
    pub same: bool,
    /// `office`, `person`, `group`, `body` or `instrument`.
    pub kind: String,
    /// Whether the noun is a plural or a mass noun.
    pub plural: bool,
    /// Whether it also has common meanings that are no actor.
    pub common: bool,
}

/// A people or religious community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleRow {
    /// One person of it.
    pub name: String,
    /// Several.
    pub plurals: Vec<String>,
    /// Adjectives.
    pub adjectives: Vec<String>,
    /// Value of a record's religion, or empty.
    pub religion: String,
    /// Value of a record's ethnicity, or empty.
    pub ethnicity: String,
    /// Countries it mainly lives in.
    pub countries: Vec<Code>,
}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code, or empty.
    pub iso2: String,
    /// First-level division, GeoNames' code, or empty.
    pub admin1: String,
    /// Inhabitants.
    pub population: u32,
    /// GeoNames' feature code, or empty.
    pub feature_code: String,
    /// GeoNames' feature class, or empty.
    pub feature_class: String,
    /// Resolution 1 to 5, where it has one.
    pub resolution: Option<u8>,
}
