//! POLECAT: tab-separated, with a line of names; several values in a cell are joined by `; `.

use demarche_record::Entity;
use jiff::civil::Date;

use super::super::columns::{Column, Kind, column, is_none, needed};
use super::super::fault::FaultKind;
use super::super::row::{Party, Row};
use super::super::sheet::{PlaceColumns, Sheet};

pub(in super::super) static COLUMNS: [Column; 40] = [
    column("Event ID", Kind::Text),
    needed("Event Date", Kind::Date),
    needed("Event Type", Kind::Capitals),
    column("Event Mode", Kind::Small),
    column("Intensity", Kind::Number),
    column("Quad Code", Kind::Capitals),
    column("Contexts", Kind::Small),
    needed("Actor Name", Kind::Text),
    needed("Actor Country", Kind::Codes),
    column("Actor COW", Kind::Wholes),
    column("Primary Actor Sector", Kind::Codes),
    column("Actor Sectors", Kind::Codes),
    column("Actor Title", Kind::Text),
    column("Actor Name Raw", Kind::Text),
    column("Wikipedia Actor ID", Kind::Text),
    needed("Recipient Name", Kind::Text),
    needed("Recipient Country", Kind::Codes),
    column("Recipient COW", Kind::Wholes),
    column("Primary Recipient Sector", Kind::Codes),
    column("Recipient Sectors", Kind::Codes),
    column("Recipient Title", Kind::Text),
    column("Recipient Name Raw", Kind::Text),
    column("Wikipedia Recipient ID", Kind::Text),
    column("Placename", Kind::Text),
    column("City", Kind::Text),
    column("District", Kind::Text),
    column("Province", Kind::Text),
    column("Country", Kind::Text),
    column("Latitude", Kind::Number),
    column("Longitude", Kind::Number),
    column("GeoNames ID", Kind::Whole),
    column("Raw Placename", Kind::Text),
    column("Feature Type", Kind::Text),
    column("Source", Kind::Text),
    column("Publication Date", Kind::Date),
    column("Story People", Kind::Text),
    column("Story Organizations", Kind::Text),
    column("Story Locations", Kind::Text),
    column("Language", Kind::Text),
    column("Version", Kind::Text),
];

const PLACE: PlaceColumns = PlaceColumns {
    written: "Raw Placename",
    name: "Placename",
    city: "City",
    district: "District",
    province: "Province",
    country: "Country",
    latitude: "Latitude",
    longitude: "Longitude",
};

/// The columns of one side.
struct Side {
    name: &'static str,
    country: &'static str,
    cow: &'static str,
    primary: &'static str,
    sectors: &'static str,
    title: &'static str,
    raw: &'static str,
    page: &'static str,
}

const ACTOR: Side = Side {
    name: "Actor Name",
    country: "Actor Country",
    cow: "Actor COW",
    primary: "Primary Actor Sector",
    sectors: "Actor Sectors",
    title: "Actor Title",
    raw: "Actor Name Raw",
    page: "Wikipedia Actor ID",
};

const RECIPIENT: Side = Side {
    name: "Recipient Name",
    country: "Recipient Country",
    cow: "Recipient COW",
    primary: "Primary Recipient Sector",
    sectors: "Recipient Sectors",
    title: "Recipient Title",
    raw: "Recipient Name Raw",
    page: "Wikipedia Recipient ID",
};

pub(in super::super) fn read(sheet: &mut Sheet<'_>) -> Result<Row, FaultKind> {
    let date = sheet.day("Event Date")?;
    let mut notes = Vec::new();
    let words = |column| sheet.value(column).split(';');
    let mut act = sheet.codes.events.act(
        &sheet.value("Event Type").to_uppercase(),
        words("Event Mode"),
        words("Contexts"),
        &mut notes,
    )?;
    // The data set's intensity is PLOVER's score.
    act.scale = sheet.number("Intensity").or(act.scale);
    sheet.notes.append(&mut notes);
    let (source, target) = (parties(sheet, &ACTOR, date), parties(sheet, &RECIPIENT, date));
    let mut row = sheet.row(act, date, "Event Date", "Event Type");
    (row.source, row.target) = (source, target);
    row.place = sheet.place(&PLACE).map(|(mut place, span)| {
        place.geonameid = sheet.whole("GeoNames ID").and_then(|id| id.try_into().ok());
        place.feature_code = sheet.text("Feature Type");
        (place, span)
    });
    row.particulars = sheet.particulars(&["Event ID", "Source", "Publication Date", "Language", "Version"]);
    Ok(row)
}

/// Who stands on a side: one, or as many as the cells name.
fn parties(sheet: &mut Sheet<'_>, side: &Side, date: Date) -> Vec<Party> {
    let names = list(sheet, side.name);
    // Several where names and countries, or names and raw names, agree on how many; else one, whose cells may list several values.
    let several =
        names.len() > 1 && [side.country, side.raw].iter().any(|column| list(sheet, column).len() == names.len());
    let number = if several { names.len() } else { 1 };
    let mut out = Vec::new();
    for index in 0..number {
        let own = |column: &str| match list(sheet, column) {
            _ if !several => sheet.value(column).to_owned(),
            values if values.len() == number => {
                values.into_iter().nth(index).filter(|value| !is_none(value)).unwrap_or_default()
            }
            // No telling whose these are.
            _ => String::new(),
        };
        let [name, raw, country, cow, primary, sectors, title, page] =
            [side.name, side.raw, side.country, side.cow, side.primary, side.sectors, side.title, side.page].map(own);
        if name.is_empty() && raw.is_empty() && country.is_empty() {
            continue;
        }
        let (countries, meanings) = (&sheet.codes.countries, &sheet.codes.sectors);
        let state =
            countries.by_code(&country).or_else(|| countries.by_name(&country)).or_else(|| countries.by_cow(&cow));
        let mut code = state.map(|state| state.acts_as);
        let mut sector = Vec::new();
        for cell in [&country, &primary, &sectors].into_iter().skip(usize::from(state.is_some())) {
            let (international, named) = meanings.named(cell);
            code = code.or(international);
            for one in named {
                if !sector.contains(&one) {
                    sector.push(one);
                }
            }
        }
        if code.is_none() && !country.is_empty() {
            sheet.notes.push(format!("country `{country}` not known"));
        }
        let filled = |value: String| Some(value).filter(|value| !is_none(value));
        let entity = Entity {
            code,
            sector,
            identifier_id: filled(page).map(page_id),
            identifier_text: filled(name.clone()),
            office: filled(title),
            ..Sheet::entity(if raw.is_empty() { &name } else { &raw })
        };
        let entity = sheet.named(entity, &name, date);
        let column = [side.raw, side.name, side.country].into_iter().find(|column| !sheet.value(column).is_empty());
        out.push(sheet.party(entity, column.unwrap_or(side.name)));
    }
    out
}

/// A Wikidata item as it is; what else the data set has is a page of Wikipedia.
fn page_id(page: String) -> String {
    let item = page
        .strip_prefix('Q')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if item { page } else { format!("wikipedia:{page}") }
}

fn list(sheet: &Sheet<'_>, column: &str) -> Vec<String> {
    sheet.value(column).split(';').map(|part| part.trim().to_owned()).collect()
}
