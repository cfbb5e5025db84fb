//! UCDP GED: comma-separated, with a line of names. Every row is deadly violence of one side towards another.

use demarche_record::{DatePrecision, Entity, Sector};
use jiff::civil::Date;

use super::super::columns::{Column, Kind, column, needed};
use super::super::fault::FaultKind;
use super::super::row::{Deaths, Party, Row};
use super::super::sheet::{PlaceColumns, Sheet};

pub(in super::super) static COLUMNS: [Column; 30] = [
    needed("id", Kind::Whole),
    column("relid", Kind::Text),
    column("type_of_violence", Kind::Whole),
    column("conflict_name", Kind::Text),
    column("dyad_name", Kind::Text),
    needed("side_a", Kind::Text),
    column("gwnoa", Kind::Text),
    needed("side_b", Kind::Text),
    column("gwnob", Kind::Text),
    column("number_of_sources", Kind::Whole),
    column("source_article", Kind::Text),
    column("where_prec", Kind::Whole),
    column("where_coordinates", Kind::Text),
    column("where_description", Kind::Text),
    column("adm_1", Kind::Text),
    column("adm_2", Kind::Text),
    column("latitude", Kind::Number),
    column("longitude", Kind::Number),
    column("country", Kind::Text),
    column("country_id", Kind::Text),
    needed("date_start", Kind::Date),
    column("date_end", Kind::Date),
    column("date_prec", Kind::Whole),
    column("deaths_a", Kind::Whole),
    column("deaths_b", Kind::Whole),
    column("deaths_civilians", Kind::Whole),
    column("deaths_unknown", Kind::Whole),
    needed("best", Kind::Whole),
    column("high", Kind::Whole),
    column("low", Kind::Whole),
];

const PLACE: PlaceColumns = PlaceColumns {
    written: "where_description",
    name: "where_coordinates",
    city: "",
    district: "adm_2",
    province: "adm_1",
    country: "country",
    latitude: "latitude",
    longitude: "longitude",
};

pub(in super::super) fn read(sheet: &mut Sheet<'_>) -> Result<Row, FaultKind> {
    let date = sheet.day("date_start")?;
    let act = sheet.codes.events.act("ASSAULT", [], [], &mut Vec::new())?;
    let source = side(sheet, "side_a", "gwnoa", date);
    let target = side(sheet, "side_b", "gwnob", date);
    let code_column = if sheet.value("type_of_violence").is_empty() { "best" } else { "type_of_violence" };
    let mut row = sheet.row(act, date, "date_start", code_column);
    row.source = source.into_iter().collect();
    row.target = target.into_iter().collect();
    row.enddate = sheet.day("date_end").ok().filter(|end| *end > date);
    // 1 the day; 2 and 3 days up to a week; 4 a month; 5 more than a month.
    row.precision = match sheet.whole("date_prec") {
        Some(2 | 3) => DatePrecision::Week,
        Some(4) => DatePrecision::Month,
        Some(5) => DatePrecision::Year,
        _ => DatePrecision::Day,
    };
    row.place = sheet.place(&PLACE).map(|(mut place, span)| {
        // 1 the place itself, 2 near it, 3 a district, 4 and 5 a province or a part of the country, 6 the country.
        place.resolution = match sheet.whole("where_prec") {
            Some(1 | 2) => Some(4),
            Some(3) => Some(3),
            Some(4 | 5) => Some(2),
            Some(6) => Some(1),
            _ => place.resolution,
        };
        (place, span)
    });
    row.dead = sheet.whole("best").map(|best| {
        let bound = |column| sheet.whole(column).unwrap_or(best);
        Deaths {
            best,
            low: bound("low").min(best),
            high: bound("high").max(best),
            text: sheet.value("best").to_owned(),
            span: sheet.span("best"),
        }
    });
    row.particulars = sheet.particulars(&[
        "id",
        "conflict_name",
        "type_of_violence",
        "number_of_sources",
        "deaths_a",
        "deaths_b",
        "deaths_civilians",
        "deaths_unknown",
    ]);
    Ok(row)
}

/// A side: a government by its name or number, civilians as those of the country, a group by its name.
fn side(sheet: &mut Sheet<'_>, name: &'static str, number: &'static str, date: Date) -> Option<Party> {
    let written = sheet.value(name).to_owned();
    if written.is_empty() {
        return None;
    }
    let countries = &sheet.codes.countries;
    let government = written.strip_prefix("Government of ");
    let civilians = written.eq_ignore_ascii_case("civilians");
    let here = || countries.by_gw(sheet.value("country_id")).or_else(|| countries.by_name(sheet.value("country")));
    let state = match government {
        Some(country) => countries.by_name(country).or_else(|| countries.by_gw(sheet.value(number))),
        None if civilians => here(),
        None => None,
    };
    let sector = match government {
        Some(_) => vec![Sector::Gov],
        None if civilians => vec![Sector::Cvl],
        // An armed group: against a state a rebel, among themselves unsaid.
        None if sheet.value("type_of_violence") == "1" => vec![Sector::Reb],
        None => Vec::new(),
    };
    let entity = Entity {
        code: state.map(|state| state.acts_as),
        sector,
        identifier_text: Some(written.clone()),
        ..Sheet::entity(&written)
    };
    if government.is_some() && state.is_none() {
        sheet.notes.push(format!("`{written}` not known"));
    }
    let entity = if government.is_some() || civilians { entity } else { sheet.named(entity, &written, date) };
    Some(sheet.party(entity, name))
}
