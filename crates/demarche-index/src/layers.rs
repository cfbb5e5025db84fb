//! Several indices over one another.

use demarche_record::Code;

use crate::atoms::each_atom;
use crate::entries::{
    CityId, Country, CountryId, District, DistrictId, MOST_LAYERS, Named, NamedId, Office, OfficeId, People, PeopleId,
    Person, PersonId, Province, ProvinceId, Referent, RegionId, Role, RoleId, Spot,
};
use crate::error::IndexError;
use crate::format::Section;
use crate::layer::{Layer, Parts};
use crate::list::List;
use crate::names::{Names, key_of};
use crate::records::pack;
use crate::records::places::RegionRow;
use crate::rules::{Reading, Rule};

/// Layers of entries and names, the first at the bottom. A later layer's names are met before those of the earlier ones.
///
/// An id stays valid as layers are added. Entries of an id that no layer has are empty ones.
#[derive(Clone, Debug)]
pub struct Layers {
    layers: Vec<Layer>,
}

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident($id:ident) -> $entry:ident),* $(,)?) => {
        $($(#[$doc])*
        pub fn $name(&self, id: $id) -> $entry<'_> {
            self.parts(id.layer()).entry(id.at())
        })*
    };
}

macro_rules! each {
    ($($(#[$doc:meta])* $name:ident -> $entry:ident),* $(,)?) => {
        $($(#[$doc])*
        /// The bottom layer's come first; one that a later layer hides is among them.
        pub fn $name(&self) -> impl Iterator<Item = $entry<'_>> {
            self.layers.iter().flat_map(|layer| {
                let parts = layer.parts();
                (0..parts.count::<$entry<'_>>()).map(move |at| parts.entry(at))
            })
        })*
    };
}

impl Layers {
    /// The bottom layer alone.
    pub fn new(base: Layer) -> Self {
        Self { layers: vec![base] }
    }

    /// Puts a layer over the others.
    ///
    /// # Errors
    /// [`IndexError::TooManyLayers`] when there is no room for one more.
    pub fn push(&mut self, layer: Layer) -> Result<(), IndexError> {
        if self.layers.len() == MOST_LAYERS {
            return Err(IndexError::TooManyLayers(MOST_LAYERS));
        }
        self.layers.push(layer);
        Ok(())
    }

    /// All layers, the bottom one first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    fn parts(&self, layer: usize) -> Parts<'_> {
        self.layers.get(layer).map_or(Parts::EMPTY, Layer::parts)
    }

    /// The layers' parts, the last layer first.
    fn down(&self) -> impl Iterator<Item = (usize, Parts<'_>)> {
        self.layers.iter().enumerate().rev().map(|(at, layer)| (at, layer.parts()))
    }

    entries! {
        /// A seat, body, organisation or group.
        named(NamedId) -> Named,
        /// A people.
        people(PeopleId) -> People,
        /// A person.
        person(PersonId) -> Person,
        /// A noun of role.
        role(RoleId) -> Role,
        /// An office.
        office_at(OfficeId) -> Office,
        /// A first-level division.
        province(ProvinceId) -> Province,
        /// A second-level division.
        district(DistrictId) -> District,
        /// A city.
        city(CityId) -> Spot,
    }

    each! {
        /// Every seat, body, organisation and group.
        each_named -> Named,
        /// Every people.
        each_people -> People,
        /// Every person.
        each_person -> Person,
        /// Every noun of role.
        each_role -> Role,
        /// Every office.
        each_office -> Office,
        /// Every first-level division.
        each_province -> Province,
        /// Every second-level division.
        each_district -> District,
        /// Every city.
        each_city -> Spot,
    }

    /// Every region, sea, island and other place.
    pub fn each_region(&self) -> impl Iterator<Item = Spot<'_>> {
        self.layers.iter().flat_map(|layer| {
            let parts = layer.parts();
            (0..parts.count::<RegionRow<'_>>()).map(move |at| parts.entry::<RegionRow<'_>>(at).0)
        })
    }

    /// All persons, the bottom layer's first.
    pub fn person_ids(&self) -> impl Iterator<Item = PersonId> {
        self.layers.iter().enumerate().flat_map(|(at, layer)| {
            (0..layer.parts().count::<Person<'_>>()).map(move |number| PersonId::new(at, number))
        })
    }

    /// A region, sea, island or other place.
    pub fn region(&self, id: RegionId) -> Spot<'_> {
        self.parts(id.layer()).entry::<RegionRow<'_>>(id.at()).0
    }

    /// The country or territory of a code; `None` for international codes and unknown ones.
    pub fn country(&self, code: Code) -> Option<Country<'_>> {
        let packed = pack(code);
        self.down().find_map(|(_, parts)| parts.country_at(packed).map(|at| parts.entry(at)))
    }

    /// The country or territory of an id; one without names where no layer has it.
    pub fn country_at(&self, id: CountryId) -> Country<'_> {
        self.country(id.code()).unwrap_or_else(|| Country {
            code: id.code(),
            acts_as: id.code(),
            ..Parts::EMPTY.entry(0)
        })
    }

    /// The country or territory with a code of its own.
    pub fn country_id(&self, code: Code) -> Option<CountryId> {
        let packed = pack(code);
        self.down().any(|(_, parts)| parts.country_at(packed).is_some()).then(|| CountryId::new(code))
    }

    /// All countries and territories in the order of the tables, each as the last layer has it.
    pub fn countries(&self) -> impl Iterator<Item = Country<'_>> {
        self.layers.iter().enumerate().flat_map(move |(layer, at)| {
            let parts = at.parts();
            let shadowed = move |country: &Country<'_>| {
                let above = self.layers.get(layer + 1..).unwrap_or_default();
                above.iter().any(|above| above.parts().country_at(pack(country.code)).is_some())
            };
            (0..parts.count::<Country<'_>>()).map(move |at| parts.entry(at)).filter(move |country| !shadowed(country))
        })
    }

    /// The first-level division of a country with this GeoNames code.
    pub fn division(&self, country: CountryId, admin1: &str) -> Option<ProvinceId> {
        match self.divided(division_key(country, admin1, ""))? {
            Referent::Province(province) => Some(province),
            _ => None,
        }
    }

    /// The second-level division of a first-level one with this GeoNames code.
    pub fn subdivision(&self, country: CountryId, admin1: &str, admin2: &str) -> Option<DistrictId> {
        match self.divided(division_key(country, admin1, admin2))? {
            Referent::District(district) => Some(district),
            _ => None,
        }
    }

    fn divided(&self, key: u64) -> Option<Referent> {
        Names::<Referent>::new(&self.layers, Section::Divisions).of_key(key)
    }

    /// Proper names of all kinds.
    pub fn names(&self) -> Names<'_, Referent> {
        Names::new(&self.layers, Section::Names)
    }

    /// Country names, adjectives and demonyms alone.
    pub fn country_names(&self) -> Names<'_, Referent> {
        Names::new(&self.layers, Section::CountryNames)
    }

    /// Last names of known persons, and first ones where the family name stands first.
    pub fn surnames(&self) -> Names<'_, PersonId> {
        Names::new(&self.layers, Section::Surnames)
    }

    /// Nouns of role.
    pub fn role_names(&self) -> Names<'_, RoleId> {
        Names::new(&self.layers, Section::RoleNames)
    }

    /// Names of offices and their other writings, each with the one country in which alone it means the office.
    pub fn office_names(&self) -> Names<'_, (OfficeId, Option<Code>)> {
        Names::new(&self.layers, Section::OfficeNames)
    }

    /// The office written so, in any case; what it means in the given country comes first.
    pub fn office(&self, written: &str, country: Option<Code>) -> Option<Office<'_>> {
        let names = self.office_names();
        let mut atoms = Vec::new();
        each_atom(written, |atom| atoms.push(atom.hash));
        let hit = names.sequence(atoms.into_iter())?;
        let meant = |only: Option<Code>| names.any_case(hit).find(|entry| entry.1 == only);
        let (at, _) = country.and_then(|code| meant(Some(code))).or_else(|| meant(None))?;
        Some(self.office_at(at))
    }

    /// What a name means by the words around it, given as atoms: the readings of the last layer that has any.
    pub fn readings(&self, name: impl Iterator<Item = u64>) -> Option<List<'_, Reading<'_>>> {
        let key = key_of(name);
        self.down().find_map(|(_, parts)| {
            let (mut low, mut high) = (0, parts.count::<Rule<'_>>());
            while low < high {
                let middle = u32::midpoint(low, high);
                let rule: Rule<'_> = parts.entry(middle);
                match rule.key.cmp(&key) {
                    std::cmp::Ordering::Less => low = middle + 1,
                    std::cmp::Ordering::Greater => high = middle,
                    std::cmp::Ordering::Equal => return Some(rule.readings),
                }
            }
            None
        })
    }

    /// Whether an atom is the first name of a known person.
    pub fn is_given_name(&self, atom: u64) -> bool {
        self.down().any(|(_, parts)| parts.holds(Section::GivenNames, atom))
    }

    /// Whether an atom is the last name of a known person.
    pub fn is_family_name(&self, atom: u64) -> bool {
        self.down().any(|(_, parts)| parts.holds(Section::FamilyNames, atom))
    }
}

/// The key of a division's codes.
pub(crate) fn division_key(country: CountryId, admin1: &str, admin2: &str) -> u64 {
    let part = |hash: u64, text: &str| {
        let bytes = text.bytes().chain(std::iter::once(0));
        bytes.fold(hash, |hash, byte| crate::atoms::chain(hash, u64::from(byte)))
    };
    part(part(country.number(), admin1), admin2)
}
