//! Phoenix: PETRARCH's events with their parts, scores, place and source.

use demarche_record::{Entity, Event};
use jiff::civil::Date;

use super::cells::{self, compact_date, known, root, sentence_id};
use super::facts::Facts;
use super::number;
use super::petrarch::issues;
use super::sides::Sides;

#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 26] = [
    "EventID", "Date", "Year", "Month", "Day",
    "SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute",
    "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName",
    "CountryCode", "SentenceID", "URLs", "NewsSources",
];

/// Roles that Phoenix puts into their own column; all others are attributes.
#[rustfmt::skip]
const ROLES: [&str; 13] = [
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL",
];

pub(super) fn cells(event: &Event, cameo: &str, facts: &Facts) -> Vec<String> {
    let sides = Sides::of(event);
    let place = event.event_loc.as_ref();
    let day = event.date.map(|day| day.0);
    let mut cells = vec![
        number::of(&event.id).to_string(),
        compact_date(event.date),
        cells::number(day.map(Date::year)),
        cells::number(day.map(Date::month)),
        cells::number(day.map(Date::day)),
    ];
    cells.extend(side(sides.source, facts));
    cells.extend(side(sides.target, facts));
    cells.extend([
        cameo.to_owned(),
        root(cameo).to_owned(),
        penta(root(cameo)).to_owned(),
        cells::number(event.goldstein),
        issues(event),
        cells::number(place.and_then(|place| place.lat)),
        cells::number(place.and_then(|place| place.lon)),
        known(place.and_then(|place| place.city.as_ref().or(place.resolved_place.as_ref()))),
        known(place.and_then(|place| place.province.as_ref())),
        cells::number(place.and_then(|place| place.country_code)),
        sentence_id(event),
        known(event.cite_info.url.as_ref()),
        known(event.cite_info.publication.as_ref()),
    ]);
    cells
}

/// Full code, state or international kind, role, and all other parts joined by `;`.
fn side(entity: Option<&Entity>, facts: &Facts) -> [String; 4] {
    let Some(entity) = entity else { return Default::default() };
    let actor = facts.actors.cameo(entity);
    let role = actor.roles.first().copied().filter(|role| ROLES.contains(role));
    let others = actor.roles.iter().copied().skip(usize::from(role.is_some()));
    let attributes: Vec<&str> =
        others.chain([actor.group, actor.ethnicity, actor.religion]).filter(|part| !part.is_empty()).collect();
    let root = if actor.country.is_empty() { actor.international.to_owned() } else { actor.country.clone() };
    [actor.full(), root, role.unwrap_or_default().to_owned(), attributes.join(";")]
}

/// Phoenix' five classes: 0 statements and appeals, then cooperation and conflict, in words and in deeds. Unlike GDELT's, reduced
/// relations (16) are conflict in words.
fn penta(root: &str) -> &'static str {
    match root {
        "01" | "02" => "0",
        "03" | "04" | "05" => "1",
        "06" | "07" | "08" => "2",
        "09" | "10" | "11" | "12" | "13" | "16" => "3",
        "14" | "15" | "17" | "18" | "19" | "20" => "4",
        _ => "",
    }
}
