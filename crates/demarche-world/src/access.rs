//! Reading single entries of the world. All other modules go through here, however the world keeps its entries.

use demarche_record::Code;

use crate::ambiguity::Ambiguity;
use crate::entries::{
    CityId, Country, CountryId, Named, NamedId, Office, OfficeId, People, PeopleId, Person, PersonId, Province,
    ProvinceId, Referent, RegionId, Role, RoleId, Spot,
};
use crate::index::Index;
use crate::world::World;

impl World {
    /// The country or territory with a code of its own.
    pub(crate) fn country_id(&self, code: Code) -> Option<CountryId> {
        self.by_code.get(&code).copied()
    }

    pub(crate) fn country_at(&self, id: CountryId) -> &Country {
        &self.countries[usize::from(id.0)]
    }

    pub(crate) fn named(&self, id: NamedId) -> &Named {
        &self.named[id.0 as usize]
    }

    pub(crate) fn people(&self, id: PeopleId) -> &People {
        &self.peoples[usize::from(id.0)]
    }

    pub(crate) fn person(&self, id: PersonId) -> &Person {
        &self.persons[id.0 as usize]
    }

    /// All persons, in the order of the table.
    pub(crate) fn persons(&self) -> impl Iterator<Item = &Person> {
        self.persons.iter()
    }

    pub(crate) fn role(&self, id: RoleId) -> &Role {
        &self.roles[usize::from(id.0)]
    }

    pub(crate) fn office_at(&self, id: OfficeId) -> &Office {
        &self.offices[usize::from(id.0)]
    }

    pub(crate) fn province(&self, id: ProvinceId) -> &Province {
        &self.provinces[usize::from(id.0)]
    }

    /// The first-level division of a country with this GeoNames code.
    pub(crate) fn division(&self, country: CountryId, admin1: &str) -> Option<ProvinceId> {
        self.by_division.get(&(country, admin1)).copied()
    }

    pub(crate) fn city(&self, id: CityId) -> &Spot {
        &self.cities[id.0 as usize]
    }

    pub(crate) fn region(&self, id: RegionId) -> &Spot {
        &self.regions[id.0 as usize]
    }

    /// Proper names of all kinds.
    pub(crate) fn names(&self) -> &Index<Referent> {
        &self.names
    }

    /// Country names, adjectives and demonyms alone.
    pub(crate) fn country_names(&self) -> &Index<Referent> {
        &self.country_names
    }

    /// Last names of known persons, and first ones where the family name stands first.
    pub(crate) fn surnames(&self) -> &Index<PersonId> {
        &self.surnames
    }

    /// Role nouns in lower case.
    pub(crate) fn role_names(&self) -> &Index<RoleId> {
        &self.role_names
    }

    /// Names of offices and their other writings, each with the one country it holds in, if it does not hold in all.
    pub(crate) fn office_names(&self) -> &Index<(OfficeId, Option<Code>)> {
        &self.office_names
    }

    /// What country names mean that also name something else.
    pub(crate) fn ambiguity(&self) -> &Ambiguity {
        &self.ambiguity
    }
}
