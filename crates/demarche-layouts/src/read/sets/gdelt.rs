//! GDELT's events, 2.0 and 1.0: tab-separated, without names of columns.

use demarche_record::{Place, Span};

use super::super::columns::{Column, Kind, column, needed};
use super::super::fault::FaultKind;
use super::super::row::{Party, Row};
use super::super::sheet::Sheet;

/// The columns before those of places, the same in both versions.
macro_rules! columns {
    ($($geo:expr),* $(,)?) => {
        [
            needed("GlobalEventID", Kind::Whole),
            needed("Day", Kind::Date),
            column("MonthYear", Kind::Whole),
            column("Year", Kind::Whole),
            column("FractionDate", Kind::Number),
            column("Actor1Code", Kind::Word),
            column("Actor1Name", Kind::Text),
            column("Actor1CountryCode", Kind::Codes),
            column("Actor1KnownGroupCode", Kind::Codes),
            column("Actor1EthnicCode", Kind::Codes),
            column("Actor1Religion1Code", Kind::Codes),
            column("Actor1Religion2Code", Kind::Codes),
            column("Actor1Type1Code", Kind::Codes),
            column("Actor1Type2Code", Kind::Codes),
            column("Actor1Type3Code", Kind::Codes),
            column("Actor2Code", Kind::Word),
            column("Actor2Name", Kind::Text),
            column("Actor2CountryCode", Kind::Codes),
            column("Actor2KnownGroupCode", Kind::Codes),
            column("Actor2EthnicCode", Kind::Codes),
            column("Actor2Religion1Code", Kind::Codes),
            column("Actor2Religion2Code", Kind::Codes),
            column("Actor2Type1Code", Kind::Codes),
            column("Actor2Type2Code", Kind::Codes),
            column("Actor2Type3Code", Kind::Codes),
            column("IsRootEvent", Kind::Whole),
            needed("EventCode", Kind::Cameo),
            column("EventBaseCode", Kind::Cameo),
            column("EventRootCode", Kind::Cameo),
            column("QuadClass", Kind::Whole),
            column("GoldsteinScale", Kind::Number),
            column("NumMentions", Kind::Whole),
            column("NumSources", Kind::Whole),
            column("NumArticles", Kind::Whole),
            column("AvgTone", Kind::Number),
            $($geo,)*
            column("DATEADDED", Kind::Whole),
            column("SOURCEURL", Kind::Text),
        ]
    };
}

/// Version 2.0: 61 columns.
pub(in super::super) static COLUMNS: [Column; 61] = columns![
    column("Actor1Geo_Type", Kind::Whole),
    column("Actor1Geo_FullName", Kind::Text),
    column("Actor1Geo_CountryCode", Kind::Word),
    column("Actor1Geo_ADM1Code", Kind::Word),
    column("Actor1Geo_ADM2Code", Kind::Word),
    column("Actor1Geo_Lat", Kind::Number),
    column("Actor1Geo_Long", Kind::Number),
    column("Actor1Geo_FeatureID", Kind::Word),
    column("Actor2Geo_Type", Kind::Whole),
    column("Actor2Geo_FullName", Kind::Text),
    column("Actor2Geo_CountryCode", Kind::Word),
    column("Actor2Geo_ADM1Code", Kind::Word),
    column("Actor2Geo_ADM2Code", Kind::Word),
    column("Actor2Geo_Lat", Kind::Number),
    column("Actor2Geo_Long", Kind::Number),
    column("Actor2Geo_FeatureID", Kind::Word),
    column("ActionGeo_Type", Kind::Whole),
    column("ActionGeo_FullName", Kind::Text),
    column("ActionGeo_CountryCode", Kind::Word),
    column("ActionGeo_ADM1Code", Kind::Word),
    column("ActionGeo_ADM2Code", Kind::Word),
    column("ActionGeo_Lat", Kind::Number),
    column("ActionGeo_Long", Kind::Number),
    column("ActionGeo_FeatureID", Kind::Word),
];

/// Version 1.0: 58 columns, and 57 before addresses were given.
pub(in super::super) static COLUMNS_1: [Column; 58] = columns![
    column("Actor1Geo_Type", Kind::Whole),
    column("Actor1Geo_FullName", Kind::Text),
    column("Actor1Geo_CountryCode", Kind::Word),
    column("Actor1Geo_ADM1Code", Kind::Word),
    column("Actor1Geo_Lat", Kind::Number),
    column("Actor1Geo_Long", Kind::Number),
    column("Actor1Geo_FeatureID", Kind::Word),
    column("Actor2Geo_Type", Kind::Whole),
    column("Actor2Geo_FullName", Kind::Text),
    column("Actor2Geo_CountryCode", Kind::Word),
    column("Actor2Geo_ADM1Code", Kind::Word),
    column("Actor2Geo_Lat", Kind::Number),
    column("Actor2Geo_Long", Kind::Number),
    column("Actor2Geo_FeatureID", Kind::Word),
    column("ActionGeo_Type", Kind::Whole),
    column("ActionGeo_FullName", Kind::Text),
    column("ActionGeo_CountryCode", Kind::Word),
    column("ActionGeo_ADM1Code", Kind::Word),
    column("ActionGeo_Lat", Kind::Number),
    column("ActionGeo_Long", Kind::Number),
    column("ActionGeo_FeatureID", Kind::Word),
];

/// Cells of a row of version 1.0 at least.
pub(in super::super) const LEAST_1: usize = 57;

pub(in super::super) fn read(sheet: &mut Sheet<'_>) -> Result<Row, FaultKind> {
    let date = sheet.day("Day")?;
    let act = sheet.codes.events.of_cameo(sheet.value("EventCode"), sheet.number("GoldsteinScale"))?;
    let source = party(sheet, "Actor1Code", "Actor1Name");
    let target = party(sheet, "Actor2Code", "Actor2Name");
    let mut row = sheet.row(act, date, "Day", "EventCode");
    row.source = source.into_iter().collect();
    row.target = target.into_iter().collect();
    row.place = place(sheet);
    row.url = sheet.text("SOURCEURL");
    row.particulars = sheet.particulars(&[
        "GlobalEventID",
        "IsRootEvent",
        "NumMentions",
        "NumSources",
        "NumArticles",
        "AvgTone",
        "ActionGeo_FeatureID",
        "DATEADDED",
    ]);
    Ok(row)
}

fn party(sheet: &mut Sheet<'_>, code: &'static str, name: &'static str) -> Option<Party> {
    let (written, text) = (sheet.value(code).to_owned(), sheet.value(name).to_owned());
    if written.is_empty() && text.is_empty() {
        return None;
    }
    let entity = sheet.codes.actor(&written, &text, &mut sheet.notes);
    Some(sheet.party(entity, if text.is_empty() { code } else { name }))
}

/// Where it happened. The type says what the full name is of: 1 a country, 2 and 5 a first-level division, 3 and 4 a city.
fn place(sheet: &Sheet<'_>) -> Option<(Place, Span)> {
    let name = sheet.text("ActionGeo_FullName")?;
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    let part =
        |index: usize, least: usize| parts.get(index).filter(|_| parts.len() >= least).map(|part| (*part).to_owned());
    let (city, province, resolution) = match sheet.whole("ActionGeo_Type") {
        Some(3 | 4) => (part(0, 1), part(1, 3), Some(4)),
        Some(2 | 5) => (None, part(0, 1), Some(2)),
        Some(1) => (None, None, Some(1)),
        _ => (None, None, None),
    };
    let country = sheet.codes.countries.by_fips(sheet.value("ActionGeo_CountryCode"));
    let degrees = |column, most: f64| sheet.number(column).filter(|degrees| degrees.abs() <= most);
    let point = degrees("ActionGeo_Lat", 90.0).zip(degrees("ActionGeo_Long", 180.0));
    let place = Place {
        resolved_place: city.clone().or_else(|| province.clone()).or_else(|| Some(name.clone())),
        extracted_place: name,
        geonameid: None,
        lat: point.map(|point| point.0),
        lon: point.map(|point| point.1),
        city,
        district: None,
        province,
        country: country.map(|country| country.name.to_owned()),
        country_code: country.map(|country| country.code),
        feature_class: None,
        feature_code: None,
        resolution,
    };
    Some((place, sheet.span("ActionGeo_FullName")))
}
