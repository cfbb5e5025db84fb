//! What the tables hold: entries as they are read out of an index, and as the compiler takes them.

mod offices;

use demarche_record::{Code, Sector};

use crate::dates::Term;
pub use offices::{Gender, Held, Office, Person};

/// The sectors of an entry, the main one first: at most four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sectors {
    list: [Sector; Self::MOST],
    len: u8,
}

impl Sectors {
    /// How many an entry may have.
    pub const MOST: usize = 4;
    /// None at all.
    pub const NONE: Self = Self { list: [Sector::Unk; Self::MOST], len: 0 };

    /// `None` where four are not enough.
    pub fn new(sectors: &[Sector]) -> Option<Self> {
        (sectors.len() <= Self::MOST).then(|| Self::of(sectors.iter().copied()))
    }

    /// The first four.
    pub(crate) fn of(sectors: impl Iterator<Item = Sector>) -> Self {
        let mut out = Self::NONE;
        for (slot, sector) in out.list.iter_mut().zip(sectors) {
            *slot = sector;
            out.len += 1;
        }
        out
    }
}

impl std::ops::Deref for Sectors {
    type Target = [Sector];

    fn deref(&self) -> &[Sector] {
        self.list.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// A state or territory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Country<'a> {
    /// Its own ISO 3166-1 alpha-3 code, or `XKX`.
    pub code: Code,
    /// Code of the state that administers it; its own code where none does. Actors take this one.
    pub acts_as: Code,
    /// ISO 3166-1 alpha-2 code.
    pub iso2: &'a str,
    /// Canonical English name.
    pub name: &'a str,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Wikidata item.
    pub wikidata: &'a str,
    /// Name of the capital.
    pub capital: &'a str,
    /// Degrees north of a middle point.
    pub lat: Option<f64>,
    /// Degrees east of a middle point.
    pub lon: Option<f64>,
    /// First adjective ("French"), for names built from it.
    pub adjective: &'a str,
    /// FIPS 10-4 code, empty where unknown.
    pub fips: &'a str,
    /// Correlates of War country code.
    pub cow: Option<u16>,
    /// Gleditsch and Ward country code.
    pub gw: Option<u16>,
}

/// How a name stands for its country or people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "Georgia".
    Name,
    /// "Georgian", also "a Georgian".
    Adjective,
    /// "Georgians".
    Plural,
    /// "Zaire": what the state was called in other days.
    FormerName,
}

impl Form {
    /// Whether it is a name, of today or of other days.
    pub fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::FormerName)
    }
}

/// A country: its code, whichever layer knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryId(Code);

impl CountryId {
    pub(crate) const fn new(code: Code) -> Self {
        Self(code)
    }

    /// Its own code.
    pub const fn code(self) -> Code {
        self.0
    }

    /// A number of its own, the same with any data.
    pub fn number(self) -> u64 {
        u64::from(crate::records::pack(self.0))
    }
}

/// Bits of an id that number the entry within its layer; the bits above number the layer.
const WITHIN: u32 = 26;

/// Says what kind of entry a number means. Only lookups make one.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            pub(crate) const fn new(layer: usize, at: u32) -> Self {
                Self((layer as u32) << WITHIN | (at & ((1 << WITHIN) - 1)))
            }

            /// The layer that holds it.
            pub(crate) const fn layer(self) -> usize {
                (self.0 >> WITHIN) as usize
            }

            /// Its number there.
            pub(crate) const fn at(self) -> u32 {
                self.0 & ((1 << WITHIN) - 1)
            }
        })*
    };
}

ids! {
    /// A seat, body, organisation or group.
    NamedId,
    /// A people.
    PeopleId,
    /// A person known by name.
    PersonId,
    /// A noun of role.
    RoleId,
    /// An office.
    OfficeId,
    /// A first-level division.
    ProvinceId,
    /// A second-level division.
    DistrictId,
    /// A city.
    CityId,
    /// A region, sea, island or other place.
    RegionId,
}

/// Layers that an id can name.
pub(crate) const MOST_LAYERS: usize = 1 << (32 - WITHIN);
/// Entries of one kind that a layer may hold.
pub(crate) const MOST_ENTRIES: u32 = 1 << WITHIN;

/// What a name of the index names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Referent {
    /// A country, and how the name stands for it.
    Country(CountryId, Form),
    /// A seat, body, organisation or group.
    Named(NamedId),
    /// A people, and how the name stands for it.
    People(PeopleId, Form),
    /// A person.
    Person(PersonId),
    /// A first-level division.
    Province(ProvinceId),
    /// A second-level division.
    District(DistrictId),
    /// A city.
    City(CityId),
    /// Another place.
    Region(RegionId),
}

/// Kinds of named body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedKind {
    /// A capital, palace or other seat that stands for a government.
    Seat,
    /// A national body: ministry, army, parliament, party.
    Body,
    /// An international body, non-governmental organisation, company, outlet.
    Organisation,
    /// An armed group or movement.
    Group,
    /// What a user's dictionary lists without saying what sort of thing it is.
    Listed,
    /// What a user's dictionary says is no actor while the entry holds.
    Nobody,
}

/// A seat, body, organisation or group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// What sort of body.
    pub kind: NamedKind,
    /// Canonical name.
    pub name: &'a str,
    /// Country or international code, where it has one.
    pub code: Option<Code>,
    /// PLOVER sectors.
    pub sectors: Sectors,
    /// Wikidata item, empty where unknown.
    pub wikidata: &'a str,
    /// When it existed, or stood for whom it stands for.
    pub term: Term,
    /// Whether the seat is a city, which the cities table places.
    pub city: bool,
}

/// An ethnic or religious people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct People<'a> {
    /// Canonical name.
    pub name: &'a str,
    /// Religion, empty where it is no religious people.
    pub religion: &'a str,
    /// Ethnicity, empty where it is no ethnic people.
    pub ethnicity: &'a str,
    /// Its country, where it has exactly one.
    pub country: Option<Code>,
}

/// Kinds of role noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role<'a> {
    /// The noun as it is written in the singular or as a mass.
    pub lemma: &'a str,
    /// PLOVER sectors.
    pub sectors: Sectors,
    /// Sector is that of the body it speaks for.
    pub same: bool,
    /// What sort of noun.
    pub kind: RoleKind,
    /// Stands for several people by itself.
    pub plural: bool,
    /// Has common meanings that are no actor.
    pub common: bool,
}

/// A first-level division.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Province<'a> {
    /// Canonical name.
    pub name: &'a str,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Its country.
    pub country: CountryId,
    /// GeoNames code within the country.
    pub admin1: &'a str,
    /// Degrees north of a middle point.
    pub lat: Option<f64>,
    /// Degrees east of a middle point.
    pub lon: Option<f64>,
}

/// A second-level division.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct District<'a> {
    /// Canonical name.
    pub name: &'a str,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Its country.
    pub country: CountryId,
    /// GeoNames code of its first-level division.
    pub admin1: &'a str,
    /// GeoNames code within that.
    pub admin2: &'a str,
    /// Inhabitants of its cities, as far as the tables have them.
    pub population: u32,
    /// Degrees north of a middle point.
    pub lat: Option<f64>,
    /// Degrees east of a middle point.
    pub lon: Option<f64>,
}

/// What the name of a place is first of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caution {
    /// A place.
    #[default]
    None,
    /// An ordinary English word, a state or a people.
    Word,
    /// A personal name.
    Name,
}

/// A city, or another place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot<'a> {
    /// Canonical name.
    pub name: &'a str,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Its country; `None` where it lies in none or in several.
    pub country: Option<CountryId>,
    /// A further state that claims it or shares it.
    pub claimant: Option<CountryId>,
    /// GeoNames code of its first-level division.
    pub admin1: &'a str,
    /// GeoNames code of its second-level division.
    pub admin2: &'a str,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// GeoNames feature class: one of [`FEATURE_CLASSES`].
    pub feature_class: &'a str,
    /// GeoNames feature code.
    pub feature_code: &'a str,
    /// 1 country, 2 province, 3 district, 4 city, 5 part of a city; `None` for waters and wider regions.
    pub resolution: Option<u8>,
    /// Prominence of a natural feature, 0 (largest) to 9.
    pub rank: Option<u8>,
    /// What else its name is.
    pub caution: Caution,
}

impl Spot<'_> {
    /// Whether it is a region of no one country: "Middle East".
    pub fn is_wide(&self) -> bool {
        self.country.is_none() && self.resolution.is_none() && (self.feature_class, self.feature_code) == ("L", "RGN")
    }
}

/// GeoNames' feature classes.
pub const FEATURE_CLASSES: [&str; 9] = ["A", "H", "L", "P", "R", "S", "T", "U", "V"];
