//! ICEWS: tab-separated, with a line of names.

use demarche_record::Entity;
use jiff::civil::Date;

use super::super::columns::{Column, Kind, column, needed};
use super::super::fault::FaultKind;
use super::super::row::{Party, Row};
use super::super::sheet::{PlaceColumns, Sheet};

pub(in super::super) static COLUMNS: [Column; 20] = [
    column("Event ID", Kind::Whole),
    needed("Event Date", Kind::Date),
    needed("Source Name", Kind::Text),
    column("Source Sectors", Kind::Text),
    needed("Source Country", Kind::Text),
    column("Event Text", Kind::Text),
    needed("CAMEO Code", Kind::Cameo),
    column("Intensity", Kind::Number),
    needed("Target Name", Kind::Text),
    column("Target Sectors", Kind::Text),
    needed("Target Country", Kind::Text),
    column("Story ID", Kind::Text),
    column("Sentence Number", Kind::Whole),
    column("Publisher", Kind::Text),
    column("City", Kind::Text),
    column("District", Kind::Text),
    column("Province", Kind::Text),
    column("Country", Kind::Text),
    column("Latitude", Kind::Number),
    column("Longitude", Kind::Number),
];

const PLACE: PlaceColumns = PlaceColumns {
    written: "",
    name: "",
    city: "City",
    district: "District",
    province: "Province",
    country: "Country",
    latitude: "Latitude",
    longitude: "Longitude",
};

pub(in super::super) fn read(sheet: &mut Sheet<'_>) -> Result<Row, FaultKind> {
    let date = sheet.day("Event Date")?;
    let act = sheet.codes.events.of_cameo(sheet.value("CAMEO Code"), sheet.number("Intensity"))?;
    let source = party(sheet, ["Source Name", "Source Sectors", "Source Country"], date);
    let target = party(sheet, ["Target Name", "Target Sectors", "Target Country"], date);
    let mut row = sheet.row(act, date, "Event Date", "CAMEO Code");
    row.source = source.into_iter().collect();
    row.target = target.into_iter().collect();
    row.place = sheet.place(&PLACE);
    row.particulars = sheet.particulars(&["Event ID", "Event Text", "Story ID", "Sentence Number", "Publisher"]);
    Ok(row)
}

fn party(sheet: &mut Sheet<'_>, [name, sectors, country]: [&'static str; 3], date: Date) -> Option<Party> {
    let written = sheet.value(name).to_owned();
    let home = sheet.value(country).to_owned();
    if written.is_empty() && home.is_empty() {
        return None;
    }
    let (international, sector) = sheet.codes.sectors.named(sheet.value(sectors));
    let state = sheet.codes.countries.by_name(&home);
    if state.is_none() && !home.is_empty() {
        sheet.notes.push(format!("country `{home}` not known"));
    }
    let text = if written.is_empty() { &home } else { &written };
    let entity = Entity {
        code: state.map(|state| state.acts_as).or(international),
        sector,
        identifier_text: (!written.is_empty()).then(|| written.clone()),
        ..Sheet::entity(text)
    };
    let entity = sheet.named(entity, &written, date);
    Some(sheet.party(entity, if written.is_empty() { country } else { name }))
}
