//! Reading single entries of the world. All other modules go through here, however the world keeps its entries.

use demarche_index::{Country, Names};
use demarche_record::Code;

use crate::ambiguity::Ambiguity;
use crate::entries::{
    CityId, CountryId, District, DistrictId, Named, NamedId, Office, People, PeopleId, Person, PersonId, Province,
    ProvinceId, Referent, RegionId, Role, RoleId, Spot,
};
use crate::world::World;

impl World {
    /// The country or territory with a code of its own.
    pub(crate) fn country_id(&self, code: Code) -> Option<CountryId> {
        self.layers().country_id(code)
    }

    pub(crate) fn country_at(&self, id: CountryId) -> Country<'_> {
        self.layers().country_at(id)
    }

    pub(crate) fn named(&self, id: NamedId) -> Named<'_> {
        self.layers().named(id)
    }

    pub(crate) fn people(&self, id: PeopleId) -> People<'_> {
        self.layers().people(id)
    }

    pub(crate) fn person(&self, id: PersonId) -> Person<'_> {
        self.layers().person(id)
    }

    pub(crate) fn role(&self, id: RoleId) -> Role<'_> {
        self.layers().role(id)
    }

    /// The office written so, in any case; what it means in the given country comes first.
    pub(crate) fn office(&self, written: &str, code: Option<Code>) -> Option<Office<'_>> {
        self.layers().office(written, code)
    }

    pub(crate) fn province(&self, id: ProvinceId) -> Province<'_> {
        self.layers().province(id)
    }

    pub(crate) fn district(&self, id: DistrictId) -> District<'_> {
        self.layers().district(id)
    }

    /// The first-level division of a country with this GeoNames code.
    pub(crate) fn division(&self, country: CountryId, admin1: &str) -> Option<ProvinceId> {
        self.layers().division(country, admin1)
    }

    /// The second-level division of a first-level one with this GeoNames code.
    pub(crate) fn subdivision(&self, country: CountryId, admin1: &str, admin2: &str) -> Option<DistrictId> {
        self.layers().subdivision(country, admin1, admin2)
    }

    pub(crate) fn city(&self, id: CityId) -> Spot<'_> {
        self.layers().city(id)
    }

    pub(crate) fn region(&self, id: RegionId) -> Spot<'_> {
        self.layers().region(id)
    }

    /// Proper names of all kinds.
    pub(crate) fn names(&self) -> Names<'_, Referent> {
        self.layers().names()
    }

    /// Country names, adjectives and demonyms alone.
    pub(crate) fn country_names(&self) -> Names<'_, Referent> {
        self.layers().country_names()
    }

    /// Last names of known persons, and first ones where the family name stands first.
    pub(crate) fn surnames(&self) -> Names<'_, PersonId> {
        self.layers().surnames()
    }

    /// Role nouns in lower case.
    pub(crate) fn role_names(&self) -> Names<'_, RoleId> {
        self.layers().role_names()
    }

    /// What country names mean that also name something else.
    pub(crate) fn ambiguity(&self) -> Ambiguity<'_> {
        Ambiguity::new(self.layers())
    }
}
