//! Records of places.

use demarche_record::Code;

use super::{Fields, Record, Stored, Writer, unpack};
use crate::entries::{Caution, Country, CountryId, District, FEATURE_CLASSES, Province, Spot};
use crate::format::Section;

impl<'a> Record<'a> for Country<'a> {
    const SECTION: Section = Section::Countries;

    fn read(fields: &mut Fields<'a>) -> Self {
        let code = fields.code().unwrap_or_else(nobody);
        Self {
            code,
            acts_as: fields.code().unwrap_or(code),
            iso2: fields.text(),
            name: fields.text(),
            geonameid: fields.id(),
            wikidata: fields.text(),
            capital: fields.text(),
            lat: fields.degrees(),
            lon: fields.degrees(),
            adjective: fields.text(),
            fips: fields.text(),
            cow: Some(fields.short()).filter(|&code| code > 0),
            gw: Some(fields.short()).filter(|&code| code > 0),
        }
    }
}

/// What a damaged record has for a country: ZZZ, which ISO 3166 leaves to users.
fn nobody() -> Code {
    unpack(26 * 26 * 26).unwrap_or(Code::NGO)
}

impl Stored for Country<'_> {
    const INTO: Section = Section::Countries;

    fn write(&self, to: &mut Writer<'_>) {
        to.code(Some(self.code));
        to.code(Some(self.acts_as));
        to.text(self.iso2);
        to.text(self.name);
        to.id(self.geonameid);
        to.text(self.wikidata);
        to.text(self.capital);
        to.degrees(self.lat);
        to.degrees(self.lon);
        to.text(self.adjective);
        to.text(self.fips);
        to.short(self.cow.unwrap_or(0));
        to.short(self.gw.unwrap_or(0));
    }
}

impl<'a> Record<'a> for Province<'a> {
    const SECTION: Section = Section::Provinces;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self {
            name: fields.text(),
            geonameid: fields.id(),
            country: fields.country().unwrap_or_else(|| CountryId::new(nobody())),
            admin1: fields.text(),
            lat: fields.degrees(),
            lon: fields.degrees(),
        }
    }
}

impl Stored for Province<'_> {
    const INTO: Section = Section::Provinces;

    fn write(&self, to: &mut Writer<'_>) {
        to.text(self.name);
        to.id(self.geonameid);
        to.country(Some(self.country));
        to.text(self.admin1);
        to.degrees(self.lat);
        to.degrees(self.lon);
    }
}

impl<'a> Record<'a> for District<'a> {
    const SECTION: Section = Section::Districts;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self {
            name: fields.text(),
            geonameid: fields.id(),
            country: fields.country().unwrap_or_else(|| CountryId::new(nobody())),
            admin1: fields.text(),
            admin2: fields.text(),
            population: fields.number(),
            lat: fields.degrees(),
            lon: fields.degrees(),
        }
    }
}

impl Stored for District<'_> {
    const INTO: Section = Section::Districts;

    fn write(&self, to: &mut Writer<'_>) {
        to.text(self.name);
        to.id(self.geonameid);
        to.country(Some(self.country));
        to.text(self.admin1);
        to.text(self.admin2);
        to.number(self.population);
        to.degrees(self.lat);
        to.degrees(self.lon);
    }
}

/// A city's place; [`Spot`] is read from the section of cities by itself and from that of regions inside this.
pub(crate) struct RegionRow<'a>(pub(crate) Spot<'a>);

impl<'a> Record<'a> for Spot<'a> {
    const SECTION: Section = Section::Cities;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self {
            name: fields.text(),
            geonameid: fields.id(),
            lat: fields.degrees(),
            lon: fields.degrees(),
            country: fields.country(),
            claimant: fields.country(),
            admin1: fields.text(),
            admin2: fields.text(),
            population: fields.number(),
            feature_class: FEATURE_CLASSES.get(usize::from(fields.byte())).copied().unwrap_or(""),
            feature_code: fields.text(),
            resolution: fields.byte().checked_sub(1),
            rank: fields.byte().checked_sub(1),
            caution: match fields.byte() {
                1 => Caution::Word,
                2 => Caution::Name,
                _ => Caution::None,
            },
        }
    }
}

impl Stored for Spot<'_> {
    const INTO: Section = Section::Cities;

    fn write(&self, to: &mut Writer<'_>) {
        to.text(self.name);
        to.id(self.geonameid);
        to.degrees(self.lat);
        to.degrees(self.lon);
        to.country(self.country);
        to.country(self.claimant);
        to.text(self.admin1);
        to.text(self.admin2);
        to.number(self.population);
        let class = FEATURE_CLASSES.iter().position(|&class| class == self.feature_class);
        to.byte(class.map_or(u8::MAX, |class| class as u8));
        to.text(self.feature_code);
        to.byte(self.resolution.map_or(0, |resolution| resolution.saturating_add(1)));
        to.byte(self.rank.map_or(0, |rank| rank.saturating_add(1)));
        to.byte(self.caution as u8);
    }
}

impl<'a> Record<'a> for RegionRow<'a> {
    const SECTION: Section = Section::Regions;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self(Spot::read(fields))
    }
}

impl Stored for RegionRow<'_> {
    const INTO: Section = Section::Regions;

    fn write(&self, to: &mut Writer<'_>) {
        self.0.write(to);
    }
}
