//! POLECAT: PLOVER's own data set. Every actor and recipient has a value in its cell.

use demarche_record::{Entity, Event, QuadCode};

use super::cells::{called, date, joined, known, number};
use super::facts::{Facts, State};
use super::source::Source;

#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 40] = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
];

/// What POLECAT's files have where nothing is known.
const NONE: &str = "None";

pub(super) fn cells(event: &Event, source: &Source, facts: &Facts) -> Vec<String> {
    let place = event.event_loc.as_ref();
    let part = |part: fn(&demarche_record::Place) -> Option<&String>| known(place.and_then(part));
    let cite = &event.cite_info;
    let mut cells = vec![
        event.id.clone(),
        date(event.date),
        joined(event.event.iter().map(|event| event.as_str())),
        joined(event.mode.iter().map(|mode| mode.as_str())),
        number(event.event_scale),
        event.quad_code.map(quad).unwrap_or_default().to_owned(),
        joined(event.context.iter().map(|context| context.as_str())),
    ];
    cells.extend(side(&event.actor, facts));
    cells.extend(side(&event.recipient, facts));
    cells.extend([
        part(|place| place.resolved_place.as_ref()),
        part(|place| place.city.as_ref()),
        part(|place| place.district.as_ref()),
        part(|place| place.province.as_ref()),
        number(place.and_then(|place| place.country_code)),
        number(place.and_then(|place| place.lat)),
        number(place.and_then(|place| place.lon)),
        number(place.and_then(|place| place.geonameid)),
        place.map(|place| place.extracted_place.clone()).unwrap_or_default(),
        part(|place| place.feature_code.as_ref()),
        known(cite.publication.as_ref()),
        date(source.published),
        joined(&source.people),
        joined(&source.organisations),
        joined(&source.places),
        known(cite.language.as_ref()),
        format!("{} {}", cite.coder, cite.version),
    ]);
    for cell in &mut cells {
        if cell.is_empty() {
            NONE.clone_into(cell);
        }
    }
    cells
}

/// The eight cells of a side. A value that is not known keeps its place among the others.
fn side(entities: &[Entity], facts: &Facts) -> [String; 8] {
    let each = |value: &dyn Fn(&Entity) -> String| {
        let values: Vec<String> = entities.iter().map(value).collect();
        if values.iter().all(String::is_empty) {
            return String::new();
        }
        joined(values.iter().map(|value| if value.is_empty() { NONE } else { value }))
    };
    let mut sectors: Vec<&str> = Vec::new();
    for sector in entities.iter().flat_map(|entity| &entity.sector) {
        if !sectors.contains(&sector.as_str()) {
            sectors.push(sector.as_str());
        }
    }
    [
        each(&|entity| called(entity).to_owned()),
        each(&|entity| number(entity.code)),
        each(&|entity| facts.states.get(entity.code).map(|State { cow, .. }| (*cow).to_owned()).unwrap_or_default()),
        each(&|entity| number(entity.sector.first())),
        joined(sectors),
        each(&|entity| known(entity.office.as_ref())),
        each(&|entity| entity.entity_text.clone()),
        each(&|entity| known(entity.identifier_id.as_ref())),
    ]
}

const fn quad(code: QuadCode) -> &'static str {
    match code.0 {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        4 => "MATERIAL CONFLICT",
        _ => "",
    }
}
