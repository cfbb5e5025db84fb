//! Countries, divisions, cities and regions from their tables.

use demarche_record::Code;

use crate::compile::{Compiler, country_id};
use crate::entries::{Caution, Country, CountryId, District, FEATURE_CLASSES, Form, Province, Spot};
use crate::error::{Problem, TableError};
use crate::tables::{Row, Table};

pub(super) fn countries(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
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
        "fips?",
        "cow?",
        "gw?",
    ];
    table.each(columns, |row| {
        row.needed(0)?;
        let code = row.code(0)?.ok_or_else(|| row.fault(0, Problem::Empty))?;
        let adjectives: Vec<&str> = row.list(6).collect();
        let mut names = vec![(row.needed(4)?, Form::Name)];
        names.extend(row.list(5).map(|alias| (alias, Form::Name)));
        // Former names carry their years, `Zaire:1971-1997`; a reader uses them for the state of today all the same.
        for former in row.list(12).map(|former| former.split_once(':').map_or(former, |(name, _)| name)) {
            // What it is called today too is its name.
            if !names.iter().any(|&(name, _)| name == former) {
                names.push((former, Form::FormerName));
            }
        }
        names.extend(adjectives.iter().map(|&adjective| (adjective, Form::Adjective)));
        for demonym in row.list(7).filter(|demonym| !adjectives.contains(demonym)) {
            let plural = demonym.ends_with('s') || demonym.ends_with("men");
            names.push((demonym, if plural { Form::Plural } else { Form::Adjective }));
        }
        let country = Country {
            code,
            acts_as: row.code(11)?.unwrap_or(code),
            iso2: row.needed(1)?,
            name: row.cell(4),
            geonameid: row.number(2)?,
            wikidata: row.cell(3),
            capital: row.cell(8),
            lat: row.number(9)?,
            lon: row.number(10)?,
            adjective: adjectives.first().copied().unwrap_or(""),
            fips: row.cell(13),
            cow: row.number(14)?,
            gw: row.number(15)?,
        };
        to.name_iso2(country.iso2, code);
        to.add_country(&country, names);
        Ok(())
    })
}

/// The country of an alpha-2 code.
fn country<const N: usize>(
    to: &Compiler<'_>,
    row: &Row<'_, N>,
    column: usize,
) -> Result<Option<CountryId>, TableError> {
    match row.cell(column) {
        "" => Ok(None),
        iso2 => match to.by_iso2(iso2) {
            Some(code) => Ok(Some(country_id(code))),
            None => Err(row.fault(column, Problem::UnknownCountry(iso2.to_owned()))),
        },
    }
}

/// The first of several alpha-3 codes.
fn claimant<const N: usize>(
    to: &Compiler<'_>,
    row: &Row<'_, N>,
    column: usize,
) -> Result<Option<CountryId>, TableError> {
    let Some(written) = row.list(column).next() else { return Ok(None) };
    let code = Code::parse(written).map_err(|unknown| row.fault(column, unknown))?;
    if to.acts_as(code).is_none() {
        return Err(row.fault(column, Problem::UnknownCountry(written.to_owned())));
    }
    Ok(Some(country_id(code)))
}

/// [`country`] of a cell that must hold one.
fn needed_country<const N: usize>(to: &Compiler<'_>, row: &Row<'_, N>, column: usize) -> Result<CountryId, TableError> {
    country(to, row, column)?.ok_or_else(|| row.fault(column, Problem::Empty))
}

pub(super) fn provinces(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["geonameid", "name", "ascii", "iso2", "admin1", "lat", "lon", "aliases?"], |row| {
        let country = needed_country(to, &row, 3)?;
        let name = row.needed(1)?;
        let province = Province {
            name,
            geonameid: row.number(0)?,
            country,
            admin1: row.cell(4),
            lat: row.number(5)?,
            lon: row.number(6)?,
        };
        // "Idlib Governorate" is also "Idlib province" and plain "Idlib".
        let bare = name.rsplit_once(' ').filter(|(_, kind)| DIVISION_KINDS.contains(&kind.to_lowercase().as_str()));
        to.add_province(&province, std::iter::once(row.cell(2)).chain(bare.map(|(bare, _)| bare)).chain(row.list(7)));
        Ok(())
    })
}

/// Words that tell the kind of a division, as GeoNames and reports write them.
pub const DIVISION_KINDS: &[&str] = &[
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

pub(super) fn districts(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["geonameid", "name", "ascii", "iso2", "admin1", "admin2", "lat", "lon"], |row| {
        let country = needed_country(to, &row, 3)?;
        let name = row.needed(1)?;
        let district = District {
            name,
            geonameid: row.number(0)?,
            country,
            admin1: row.cell(4),
            admin2: row.needed(5)?,
            population: to.people_of(country, row.cell(4), row.cell(5)),
            lat: row.number(6)?,
            lon: row.number(7)?,
        };
        to.add_district(&district, std::iter::once(row.cell(2)).chain(bare(name)).chain(bare(row.cell(2))));
        Ok(())
    })
}

/// The name of a district without the words that tell its kind: "Province of Pangasinan" is also plain "Pangasinan". Not so
/// where reports always write the kind, as in "Orange County".
fn bare(name: &str) -> Option<&str> {
    const BEFORE: &[&str] = &[
        "Province of ",
        "Provincia di ",
        "Provincia de ",
        "Departamento de ",
        "Departamento ",
        "Partido de ",
        "Kabupaten ",
        "Kota ",
        "Markaz ",
        "Landkreis ",
        "Kreis ",
        "Powiat ",
        "Okres ",
        "Distrikt ",
        "Arrondissement de ",
    ];
    const BEHIND: &[&str] = &[
        " Governorate",
        " Regency",
        " Province",
        " Oblast",
        " Department",
        " Prefecture",
        " Rayon",
        " Raion",
        " District",
    ];
    let before = BEFORE.iter().find_map(|kind| name.strip_prefix(kind));
    before.or_else(|| BEHIND.iter().find_map(|kind| name.strip_suffix(kind))).filter(|bare| bare.len() > 2)
}

pub(super) fn cities(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    let columns = [
        "geonameid",
        "name",
        "aliases",
        "lat",
        "lon",
        "iso2",
        "admin1",
        "admin2?",
        "population",
        "feature_code",
        "caution?",
    ];
    table.each(columns, |row| {
        row.needed(5)?;
        let city = Spot {
            name: row.needed(1)?,
            geonameid: row.number(0)?,
            lat: row.number(3)?,
            lon: row.number(4)?,
            country: country(to, &row, 5)?,
            claimant: None,
            admin1: row.cell(6),
            admin2: row.cell(7),
            population: row.number(8)?.unwrap_or(0),
            feature_class: "P",
            feature_code: row.cell(9),
            resolution: Some(4),
            rank: None,
            caution: match row.cell(10) {
                "" => Caution::None,
                "word" => Caution::Word,
                "name" => Caution::Name,
                other => {
                    return Err(row.fault(10, Problem::Word { written: other.to_owned(), expected: "word, name" }));
                }
            },
        };
        to.add_city(&city, row.list(2));
        Ok(())
    })
}

pub(super) fn extra(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
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
        "country2?",
    ];
    table.each(columns, |row| {
        let class = row.cell(9);
        if !class.is_empty() && !FEATURE_CLASSES.contains(&class) {
            let expected = "A, H, L, P, R, S, T, U, V";
            return Err(row.fault(9, Problem::Word { written: class.to_owned(), expected }));
        }
        let region = Spot {
            name: row.needed(1)?,
            geonameid: row.number(0)?,
            lat: row.number(3)?,
            lon: row.number(4)?,
            country: country(to, &row, 5)?,
            claimant: claimant(to, &row, 11)?,
            admin1: row.cell(6),
            admin2: "",
            population: row.number(7)?.unwrap_or(0),
            feature_class: class,
            feature_code: row.cell(8),
            resolution: row.number(10)?,
            rank: None,
            caution: Caution::None,
        };
        to.add_region(&region, row.list(2));
        Ok(())
    })
}

/// GeoNames class and code of the kinds of `features.tsv`, and the resolution of a place of that kind.
const FEATURES: &[(&str, &str, &str, Option<u8>)] = &[
    ("airport", "S", "AIRP", Some(4)),
    ("basin", "T", "BSND", None),
    ("bay", "H", "BAY", None),
    ("cape", "T", "CAPE", None),
    ("channel", "H", "CHN", None),
    ("coast", "T", "CST", None),
    ("delta", "T", "DLTA", None),
    ("desert", "T", "DSRT", None),
    ("disputed", "L", "RGN", None),
    ("fjord", "H", "FJD", None),
    ("gulf", "H", "GULF", None),
    ("island", "T", "ISL", None),
    ("islands", "T", "ISLS", None),
    ("isthmus", "T", "ISTH", None),
    ("lagoon", "H", "LGN", None),
    ("lake", "H", "LK", None),
    ("mountain", "T", "MT", None),
    ("mountains", "T", "MTS", None),
    ("ocean", "H", "OCN", None),
    ("pass", "T", "PASS", None),
    ("peninsula", "T", "PEN", None),
    ("plain", "T", "PLN", None),
    ("plateau", "T", "PLAT", None),
    ("port", "L", "PRT", Some(4)),
    ("region", "L", "RGN", None),
    ("river", "H", "STM", None),
    ("sea", "H", "SEA", None),
    ("sound", "H", "SD", None),
    ("strait", "H", "STRT", None),
    ("valley", "T", "VAL", None),
    ("waterfall", "H", "FLLS", None),
    ("wetland", "H", "WTLD", None),
];

pub(super) fn features(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["name", "aliases", "kind", "lat", "lon", "rank", "iso2", "country2"], |row| {
        let kind = row.needed(2)?;
        let Some(&(_, class, code, resolution)) = FEATURES.iter().find(|feature| feature.0 == kind) else {
            let expected = "the kinds of natural features, airports and ports that the program knows";
            return Err(row.fault(2, Problem::Word { written: kind.to_owned(), expected }));
        };
        let feature = Spot {
            name: row.needed(0)?,
            geonameid: None,
            lat: row.number(3)?,
            lon: row.number(4)?,
            country: country(to, &row, 6)?,
            claimant: claimant(to, &row, 7)?,
            admin1: "",
            admin2: "",
            population: 0,
            feature_class: class,
            feature_code: code,
            resolution,
            rank: row.number(5)?,
            caution: Caution::None,
        };
        to.add_region(&feature, row.list(1));
        Ok(())
    })
}
