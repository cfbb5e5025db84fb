//! The world as one value: all tables, and the indices over their names.

use std::collections::HashMap;

use demarche_record::Code;

use crate::ambiguity::Ambiguity;
use crate::entries::{
    Country, CountryId, Named, Office, OfficeId, People, Person, PersonId, Province, ProvinceId, Referent, Role,
    RoleId, Spot,
};
use crate::error::WorldError;
use crate::index::Index;
use crate::{load_actors, load_places, tables};

/// Everything known about who and where. Built once, shared by all workers; nothing in it changes.
///
/// ```
/// let world = demarche_world::World::builtin()?;
/// let mali = world.country(demarche_record::Code::parse("MLI")?).map(|country| country.name);
/// assert_eq!(mali, Some("Mali"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct World {
    pub(crate) version: String,
    pub(crate) countries: Vec<Country>,
    pub(crate) by_code: HashMap<Code, CountryId>,
    pub(crate) by_iso2: HashMap<&'static str, CountryId>,
    pub(crate) named: Vec<Named>,
    pub(crate) peoples: Vec<People>,
    pub(crate) persons: Vec<Person>,
    pub(crate) offices: Vec<Office>,
    pub(crate) roles: Vec<Role>,
    pub(crate) provinces: Vec<Province>,
    pub(crate) by_division: HashMap<(CountryId, &'static str), ProvinceId>,
    pub(crate) cities: Vec<Spot>,
    pub(crate) regions: Vec<Spot>,
    /// Proper names of all kinds.
    pub(crate) names: Index<Referent>,
    /// Country names, adjectives and demonyms alone, for the finder that runs before the language model.
    pub(crate) country_names: Index<Referent>,
    /// Last names of known persons, and first ones where the family name stands first.
    pub(crate) surnames: Index<PersonId>,
    /// Role nouns in lower case.
    pub(crate) role_names: Index<RoleId>,
    /// Names of offices and their other writings.
    pub(crate) office_names: Index<(OfficeId, Option<Code>)>,
    pub(crate) ambiguity: Ambiguity,
}

impl World {
    /// The world of the embedded tables.
    ///
    /// # Errors
    /// [`WorldError`] names the file, line and column of the first fault in a table.
    pub fn builtin() -> Result<Self, WorldError> {
        let mut world = Self {
            version: version(),
            countries: Vec::new(),
            by_code: HashMap::new(),
            by_iso2: HashMap::new(),
            named: Vec::new(),
            peoples: Vec::new(),
            persons: Vec::new(),
            offices: Vec::new(),
            roles: Vec::new(),
            provinces: Vec::new(),
            by_division: HashMap::new(),
            cities: Vec::new(),
            regions: Vec::new(),
            names: Index::with_capacity(120_000),
            country_names: Index::with_capacity(2_500),
            surnames: Index::with_capacity(16_000),
            role_names: Index::with_capacity(4_000),
            office_names: Index::with_capacity(2_000),
            ambiguity: Ambiguity::default(),
        };
        // The order decides which of several readings of a name is met first.
        load_places::countries(&mut world)?;
        load_actors::breakaway(&mut world)?;
        load_actors::seats(&mut world)?;
        load_actors::bodies(&mut world)?;
        load_actors::organisations(&mut world)?;
        load_actors::groups(&mut world)?;
        load_actors::peoples(&mut world)?;
        load_actors::roles(&mut world)?;
        load_actors::offices(&mut world)?;
        load_actors::office_holders(&mut world)?;
        load_places::provinces(&mut world)?;
        load_places::cities(&mut world)?;
        load_places::extra(&mut world)?;
        world.ambiguity = Ambiguity::load(&world)?;
        Ok(world)
    }

    /// Version of the tables: a digest of their text, the same on every machine.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The country or territory of a code; `None` for international codes and unknown ones.
    pub fn country(&self, code: Code) -> Option<&Country> {
        self.country_id(code).map(|id| self.country_at(id))
    }

    /// All countries and territories, in the order of the table.
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }
}

/// Digest of all tables, eight bytes at a time.
fn version() -> String {
    let mut hash = 0u64;
    for table in tables::ALL {
        for chunk in table.text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
    format!("{:016x}", hash ^ (hash >> 29))
}
