//! ICEWS: one source, one target, sectors in words.

use demarche_record::{Entity, Event};

use super::cells::{self, called, date, known};
use super::facts::{Facts, State};

use super::number;
use super::sides::Sides;

#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 20] = [
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
];

pub(super) fn cells(event: &Event, cameo: &str, facts: &Facts) -> Vec<String> {
    let sides = Sides::of(event);
    let place = event.event_loc.as_ref();
    let country = place.and_then(|place| facts.states.get(place.country_code));
    let mut cells = vec![number::of(&event.id).to_string(), date(event.date)];
    cells.extend(side(sides.source, facts));
    cells.extend([facts.cameo(cameo).to_owned(), cameo.to_owned(), cells::number(event.goldstein)]);
    cells.extend(side(sides.target, facts));
    cells.extend([
        number::of(&event.document).to_string(),
        event.text_info.sequence.to_string(),
        known(event.cite_info.publication.as_ref()),
        known(place.and_then(|place| place.city.as_ref())),
        known(place.and_then(|place| place.district.as_ref())),
        known(place.and_then(|place| place.province.as_ref())),
        country.map_or_else(|| known(place.and_then(|place| place.country.as_ref())), |state| state.icews.to_owned()),
        cells::number(place.and_then(|place| place.lat)),
        cells::number(place.and_then(|place| place.lon)),
    ]);
    cells
}

/// Name, sectors and country.
fn side(entity: Option<&Entity>, facts: &Facts) -> [String; 3] {
    entity.map_or_else(Default::default, |entity| {
        let country = facts.states.get(entity.code).map(|State { icews, .. }| *icews);
        [called(entity).to_owned(), facts.actors.icews(entity), country.unwrap_or_default().to_owned()]
    })
}
