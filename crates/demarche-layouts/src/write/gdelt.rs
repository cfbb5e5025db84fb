//! GDELT 2.0 Events: 61 columns.

use demarche_record::{Entity, Event, Place};
use jiff::civil::Date;

use super::cells::{self, called, compact_date, root};
use super::facts::Facts;
use super::number;
use super::sides::Sides;
use super::source::Source;

#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 61] = [
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode", "Actor1Religion1Code",
    "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode", "Actor2Religion1Code",
    "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code", "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
    "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL",
];

/// GDELT's type of a place that is not known.
const NOWHERE: &str = "0";

pub(super) fn cells(event: &Event, cameo: &str, source: &Source, facts: &Facts) -> Vec<String> {
    let sides = Sides::of(event);
    let day = event.date.map(|day| day.0);
    let mut cells = vec![
        number::of(&event.id).to_string(),
        compact_date(event.date),
        day.map(|day| format!("{:04}{:02}", day.year(), day.month())).unwrap_or_default(),
        cells::number(day.map(Date::year)),
        day.map(fraction).unwrap_or_default(),
    ];
    cells.extend(side(sides.source, facts));
    cells.extend(side(sides.target, facts));
    let at_the_head = event.text_info.sequence <= 1;
    cells.extend([
        u8::from(at_the_head).to_string(),
        cameo.to_owned(),
        cameo.get(..3).unwrap_or(cameo).to_owned(),
        root(cameo).to_owned(),
        quad(root(cameo)).to_owned(),
        cells::number(event.goldstein),
        (1 + event.witness.len()).to_string(),
        "1".to_owned(),
        "1".to_owned(),
        String::new(),
    ]);
    cells.extend(geo(None, facts));
    cells.extend(geo(None, facts));
    cells.extend(geo(event.event_loc.as_ref(), facts));
    let added = compact_date(source.published);
    cells.push(if added.is_empty() { added } else { format!("{added}000000") });
    cells.push(event.cite_info.url.clone().unwrap_or_else(|| event.document.clone()));
    cells
}

/// The year and how much of it has passed, months as thirty days: `2024.3315`.
fn fraction(day: Date) -> String {
    let passed = f64::from((i32::from(day.month()) - 1) * 30 + i32::from(day.day())) / 365.0;
    format!("{:.4}", f64::from(day.year()) + passed)
}

/// The ten cells of an actor.
fn side(entity: Option<&Entity>, facts: &Facts) -> [String; 10] {
    let Some(entity) = entity else { return Default::default() };
    let actor = facts.actors.cameo(entity);
    let mut types = actor.types();
    let mut next = || types.next().unwrap_or_default().to_owned();
    let kinds = [next(), next(), next()];
    let [first, second, third] = kinds;
    [
        actor.full(),
        called(entity).to_uppercase(),
        actor.country.clone(),
        actor.group.to_owned(),
        actor.ethnicity.to_lowercase(),
        actor.religion.to_owned(),
        String::new(),
        first,
        second,
        third,
    ]
}

/// The eight cells of a place.
fn geo(place: Option<&Place>, facts: &Facts) -> [String; 8] {
    let Some(place) = place else {
        let mut nowhere: [String; 8] = Default::default();
        NOWHERE.clone_into(&mut nowhere[0]);
        return nowhere;
    };
    let fips = facts.states.get(place.country_code).map(|state| state.fips).unwrap_or_default();
    let in_usa = fips == "US";
    let kind = match (place.resolution, in_usa) {
        (Some(1), _) => "1",
        (Some(2), true) => "2",
        (Some(3..), true) => "3",
        (Some(3..), false) => "4",
        (Some(2), false) => "5",
        _ => NOWHERE,
    };
    let name = place.resolved_place.as_ref().unwrap_or(&place.extracted_place);
    let mut parts: Vec<&str> = Vec::new();
    for part in [Some(name), place.province.as_ref(), place.country.as_ref()].into_iter().flatten() {
        if !parts.contains(&part.as_str()) {
            parts.push(part);
        }
    }
    let state = place.province.as_deref().filter(|_| in_usa).and_then(|state| facts.states.postal(state));
    [
        kind.to_owned(),
        parts.join(", "),
        fips.to_owned(),
        format!("{fips}{}", state.unwrap_or_default()),
        String::new(),
        cells::number(place.lat),
        cells::number(place.lon),
        // A whole country's feature is its code; ids of GeoNames are not those that GDELT has.
        if kind == "1" { fips.to_owned() } else { String::new() },
    ]
}

/// Class of a CAMEO root.
fn quad(root: &str) -> &'static str {
    match root {
        "01" | "02" | "03" | "04" | "05" => "1",
        "06" | "07" | "08" => "2",
        "09" | "10" | "11" | "12" | "13" => "3",
        "14" | "15" | "16" | "17" | "18" | "19" | "20" => "4",
        _ => "",
    }
}
