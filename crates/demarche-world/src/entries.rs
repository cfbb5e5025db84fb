//! What the tables hold, as the program keeps it.

use demarche_record::{Code, Sector};

use crate::dates::Term;

/// A state or territory.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Country {
    /// Its own ISO 3166-1 alpha-3 code, or `XKX`.
    pub code: Code,
    /// Code of the state that administers it; its own code where none does. Actors take this one.
    pub acts_as: Code,
    /// ISO 3166-1 alpha-2 code.
    pub iso2: &'static str,
    /// Canonical English name.
    pub name: &'static str,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Wikidata item.
    pub wikidata: &'static str,
    /// Name of the capital.
    pub capital: &'static str,
    /// Degrees north of a middle point.
    pub lat: Option<f64>,
    /// Degrees east of a middle point.
    pub lon: Option<f64>,
    /// First adjective ("French"), for names built from it.
    pub adjective: &'static str,
}

/// The sectors of an entry, the main one first: at most four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sectors {
    list: [Sector; Self::MOST],
    len: u8,
}

impl Sectors {
    pub(crate) const MOST: usize = 4;
    pub(crate) const NONE: Self = Self { list: [Sector::Unk; Self::MOST], len: 0 };

    /// `None` where four are not enough.
    pub(crate) fn new(sectors: &[Sector]) -> Option<Self> {
        let mut out = Self::NONE;
        out.list.get_mut(..sectors.len())?.copy_from_slice(sectors);
        out.len = sectors.len() as u8;
        Some(out)
    }
}

impl std::ops::Deref for Sectors {
    type Target = [Sector];

    fn deref(&self) -> &[Sector] {
        self.list.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// How a name stands for its country or people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "Georgia".
    Name,
    /// "Georgian", also "a Georgian".
    Adjective,
    /// "Georgians".
    Plural,
}

/// Says what kind of entry of the world a number means. Only the world makes one and reads it.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($number:ty)),* $(,)?) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) $number);)*
    };
}

ids! {
    /// A country or territory.
    CountryId(u16),
    /// A seat, body, organisation or group.
    NamedId(u32),
    /// A people.
    PeopleId(u16),
    /// A person known by name.
    PersonId(u32),
    /// A noun of role.
    RoleId(u16),
    /// An office.
    OfficeId(u16),
    /// A first-level division.
    ProvinceId(u16),
    /// A city.
    CityId(u32),
    /// A place of the extra table.
    RegionId(u32),
}

/// What a name of the index names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Referent {
    Country(CountryId, Form),
    Named(NamedId),
    People(PeopleId, Form),
    Person(PersonId),
    Province(ProvinceId),
    City(CityId),
    Region(RegionId),
}

/// Kinds of named body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedKind {
    /// A capital, palace or other seat that stands for a government.
    Seat,
    /// A national body: ministry, army, parliament, party.
    Body,
    /// An international body, non-governmental organisation, company, outlet.
    Organisation,
    /// An armed group or movement.
    Group,
}

/// A seat, body, organisation or group.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) kind: NamedKind,
    pub(crate) name: &'static str,
    pub(crate) code: Option<Code>,
    pub(crate) sectors: Sectors,
    pub(crate) wikidata: &'static str,
    pub(crate) term: Term,
    /// Whether the seat is a city, which the cities table places.
    pub(crate) city: bool,
}

/// An ethnic or religious people.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) name: &'static str,
    pub(crate) religion: &'static str,
    pub(crate) ethnicity: &'static str,
    /// Its country, where it has exactly one.
    pub(crate) country: Option<Code>,
}

/// Kinds of role noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleKind {
    /// "minister": one holder at a time, or a representative.
    Office,
    /// "gunman".
    Person,
    /// "police": several people under one noun.
    Group,
    /// "ministry", "army".
    Body,
    /// "warplane": stands for its owner's military.
    Instrument,
}

/// A common noun of role.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) lemma: &'static str,
    pub(crate) sectors: Sectors,
    /// Sector is that of the body it speaks for.
    pub(crate) same: bool,
    pub(crate) kind: RoleKind,
    pub(crate) plural: bool,
    /// Has common meanings that are no actor.
    pub(crate) common: bool,
}

/// An office and its rank.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) name: &'static str,
    pub(crate) level: &'static str,
}

/// Grammatical gender of a person, where known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

/// A person known by name.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) wikidata: &'static str,
    pub(crate) gender: Gender,
    pub(crate) held: Vec<Held>,
}

/// One term of a person in an office.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) office: &'static str,
    pub(crate) code: Option<Code>,
    pub(crate) sectors: Sectors,
    /// Known well, or from two sources.
    pub(crate) sure: bool,
    pub(crate) term: Term,
    /// How far from the top: 0 for heads of state and government.
    pub(crate) rank: u8,
}

/// A first-level division.
#[derive(Clone, Debug)]
pub(crate) struct Province {
    pub(crate) name: &'static str,
    pub(crate) geonameid: Option<u32>,
    pub(crate) country: CountryId,
    pub(crate) admin1: &'static str,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
}

/// A city, or a place of the extra table.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) name: &'static str,
    pub(crate) geonameid: Option<u32>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) country: Option<CountryId>,
    pub(crate) admin1: &'static str,
    pub(crate) population: u32,
    pub(crate) feature_class: &'static str,
    pub(crate) feature_code: &'static str,
    pub(crate) resolution: Option<u8>,
}
