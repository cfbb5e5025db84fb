//! Countries, divisions, cities and regions from their tables.

use crate::entries::{CityId, Country, CountryId, Form, Province, ProvinceId, Referent, RegionId, Spot};
use crate::error::{Problem, WorldError};
use crate::tables;
use crate::world::World;

pub(crate) fn countries(world: &mut World) -> Result<(), WorldError> {
    let columns = [
        "iso3",
        "iso2",
        "geonameid",
        "wikidata",
        "name",
        "aliases",
        "adjectives",
        "demonyms",
        "capital",
        "lat",
        "lon",
        "administered_by",
        "former",
    ];
    tables::COUNTRIES.each(columns, |row| {
        row.needed(0)?;
        let code = row.code(0)?.ok_or_else(|| row.fault(0, Problem::Empty))?;
        let at = CountryId(world.countries.len() as u16);
        let adjectives: Vec<&str> = row.list(6).collect();
        let mut add = |name: &'static str, form: Form| {
            world.names.add(name, Referent::Country(at, form));
            world.country_names.add(name, Referent::Country(at, form));
        };
        add(row.needed(4)?, Form::Name);
        row.list(5).for_each(|alias| add(alias, Form::Name));
        // Former names carry their years, `Zaire:1971-1997`; a reader uses them for the state of today all the same.
        for former in row.list(12) {
            add(former.split_once(':').map_or(former, |(name, _)| name), Form::Name);
        }
        for adjective in &adjectives {
            add(adjective, Form::Adjective);
        }
        for demonym in row.list(7).filter(|demonym| !adjectives.contains(demonym)) {
            let plural = demonym.ends_with('s') || demonym.ends_with("men");
            add(demonym, if plural { Form::Plural } else { Form::Adjective });
        }
        world.by_code.insert(code, at);
        world.by_iso2.insert(row.needed(1)?, at);
        world.countries.push(Country {
            code,
            acts_as: row.code(11)?.unwrap_or(code),
            iso2: row.cell(1),
            name: row.cell(4),
            geonameid: row.number(2)?,
            wikidata: row.cell(3),
            capital: row.cell(8),
            lat: row.number(9)?,
            lon: row.number(10)?,
            adjective: adjectives.first().copied().unwrap_or(""),
        });
        Ok(())
    })
}

pub(crate) fn provinces(world: &mut World) -> Result<(), WorldError> {
    tables::ADMIN1.each(["geonameid", "name", "ascii", "iso2", "admin1", "lat", "lon"], |row| {
        let Some(&country) = world.by_iso2.get(row.needed(3)?) else {
            return Err(row.fault(3, Problem::UnknownCountry(row.cell(3).to_owned())));
        };
        let at = ProvinceId(world.provinces.len() as u16);
        let name = row.needed(1)?;
        world.names.add(name, Referent::Province(at));
        if row.cell(2) != name {
            world.names.add(row.cell(2), Referent::Province(at));
        }
        // "Idlib Governorate" is also "Idlib province" and plain "Idlib".
        if let Some((bare, kind)) = name.rsplit_once(' ')
            && KINDS.contains(&kind.to_lowercase().as_str())
        {
            world.names.add(bare, Referent::Province(at));
        }
        world.by_division.insert((country, row.cell(4)), at);
        world.provinces.push(Province {
            name,
            geonameid: row.number(0)?,
            country,
            admin1: row.cell(4),
            lat: row.number(5)?,
            lon: row.number(6)?,
        });
        Ok(())
    })
}

/// Words that tell the kind of a division, as GeoNames and reports write them.
pub(crate) const KINDS: &[&str] = &[
    "province",
    "governorate",
    "state",
    "region",
    "oblast",
    "department",
    "district",
    "county",
    "prefecture",
    "canton",
    "republic",
    "krai",
    "voivodeship",
    "division",
];

const SPOT: [&str; 9] = ["geonameid", "name", "aliases", "lat", "lon", "iso2", "admin1", "population", "feature_code"];

pub(crate) fn cities(world: &mut World) -> Result<(), WorldError> {
    world.cities.reserve(40_000);
    tables::CITIES.each(SPOT, |row| {
        let Some(&country) = world.by_iso2.get(row.needed(5)?) else {
            return Err(row.fault(5, Problem::UnknownCountry(row.cell(5).to_owned())));
        };
        let at = CityId(world.cities.len() as u32);
        world.names.add(row.needed(1)?, Referent::City(at));
        row.list(2).for_each(|alias| world.names.add(alias, Referent::City(at)));
        world.cities.push(Spot {
            name: row.cell(1),
            geonameid: row.number(0)?,
            lat: row.number(3)?,
            lon: row.number(4)?,
            country: Some(country),
            admin1: row.cell(6),
            population: row.number(7)?.unwrap_or(0),
            feature_class: "P",
            feature_code: row.cell(8),
            resolution: Some(4),
        });
        Ok(())
    })
}

pub(crate) fn extra(world: &mut World) -> Result<(), WorldError> {
    let columns = [
        "geonameid",
        "name",
        "aliases",
        "lat",
        "lon",
        "iso2",
        "admin1",
        "population",
        "feature_code",
        "feature_class",
        "resolution",
    ];
    tables::EXTRA.each(columns, |row| {
        let country = match row.cell(5) {
            "" => None,
            iso2 => {
                Some(*world.by_iso2.get(iso2).ok_or_else(|| row.fault(5, Problem::UnknownCountry(iso2.to_owned())))?)
            }
        };
        let at = RegionId(world.regions.len() as u32);
        world.names.add(row.needed(1)?, Referent::Region(at));
        row.list(2).for_each(|alias| world.names.add(alias, Referent::Region(at)));
        world.regions.push(Spot {
            name: row.cell(1),
            geonameid: row.number(0)?,
            lat: row.number(3)?,
            lon: row.number(4)?,
            country,
            admin1: row.cell(6),
            population: row.number(7)?.unwrap_or(0),
            feature_class: row.cell(9),
            feature_code: row.cell(8),
            resolution: row.number(10)?,
        });
        Ok(())
    })
}
