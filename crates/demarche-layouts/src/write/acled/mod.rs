//! ACLED: violence, protest and strategic developments.

mod rules;

use demarche_record::{DatePrecision, Entity, Event, Place, Sector};

pub(crate) use rules::Rules;
use rules::{Kinds, Rule};

use super::cells::{self, called, joined, known};
use super::facts::{AcledKind, Facts};
use super::layout::LeftOut;
use super::number;
use super::sides::Sides;

#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 31] = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
];

pub(super) fn cells(event: &Event, facts: &Facts) -> Result<Vec<String>, LeftOut> {
    let sides = Sides::of(event);
    let place = event.event_loc.as_ref();
    let kind = |entity: Option<&Entity>| entity.and_then(|entity| kind(entity, place, facts));
    let kinds = Kinds { actor: kind(sides.source), recipient: kind(sides.target) };
    let named = Kinds { actor: sides.source, recipient: sides.target };
    let rule = facts.acled.of(event, kinds, named).ok_or(LeftOut::NotCovered)?;
    let precision = match event.date_precision {
        None => "",
        Some(DatePrecision::Day) => "1",
        Some(DatePrecision::Week) => "2",
        Some(DatePrecision::Month) => "3",
        Some(DatePrecision::Year) => return Err(LeftOut::TooVague),
    };
    let state = place.and_then(|place| facts.states.get(place.country_code));
    let land = Land { place, facts };
    let mut first = Side::new(rule, sides.source, kinds.actor, &sides.with_source, &land);
    let mut second = Side::new(rule, sides.target, kinds.recipient, &sides.with_target, &land);
    if rule.turned {
        (first, second) = (second, first);
    }
    if let Some(crowd) = rule.crowd() {
        first.as_crowd(crowd, &land);
    } else if first.name.is_empty() && second.kind.is_some() {
        first.name = land.named("Unidentified Armed Group");
        first.kind = Some(AcledKind::PoliticalMilitia);
    }
    let deadly = rule.disorder.starts_with("Political violence");
    let civilians = deadly && matches!(second.kind, Some(AcledKind::Civilians | AcledKind::Protesters))
        || rule.sub_type == "Excessive force against protesters";
    Ok(vec![
        format!("{}{}", cells::number(place.and_then(|place| place.country_code)), number::of(&event.id)),
        cells::date(event.date),
        cells::number(event.date.map(|day| day.0.year())),
        precision.to_owned(),
        rule.disorder.to_owned(),
        rule.kind.to_owned(),
        rule.sub_type.to_owned(),
        first.name,
        joined(first.with),
        inter(first.kind),
        second.name,
        joined(second.with),
        inter(second.kind),
        interaction(first.kind, second.kind),
        if civilians { "Civilian targeting" } else { "" }.to_owned(),
        state.map(|state| state.numeric).unwrap_or_default().to_owned(),
        state.map(|state| state.region).unwrap_or_default().to_owned(),
        known(place.and_then(|place| place.country.as_ref())),
        known(place.and_then(|place| place.province.as_ref())),
        known(place.and_then(|place| place.district.as_ref())),
        String::new(),
        place.map(location).unwrap_or_default(),
        cells::number(place.and_then(|place| place.lat)),
        cells::number(place.and_then(|place| place.lon)),
        place.map(geo_precision).unwrap_or_default().to_owned(),
        known(event.cite_info.publication.as_ref()),
        String::new(),
        event.text.clone(),
        event.dead.unwrap_or_default().to_string(),
        event.size.map(|size| format!("crowd size={size}")).unwrap_or_default(),
        String::new(),
    ])
}

/// Kind of an actor at a place: a state's forces abroad are others there.
fn kind(entity: &Entity, place: Option<&Place>, facts: &Facts) -> Option<AcledKind> {
    let kind = facts.actors.acled(entity)?;
    let here = place.and_then(|place| place.country_code);
    let abroad = entity.code.zip(here).is_some_and(|(code, here)| code != here);
    Some(if kind == AcledKind::State && abroad { AcledKind::Others } else { kind })
}

/// Where an event is, for names that carry the country.
struct Land<'a> {
    place: Option<&'a Place>,
    facts: &'a Facts,
}

impl Land<'_> {
    /// `Civilians (Peru)`.
    fn named(&self, what: &str) -> String {
        in_country(what, self.place.and_then(|place| place.country.as_deref()))
    }

    /// ACLED's name of an actor: the forces of a state and crowds by their country, others by their own name.
    fn name(&self, entity: &Entity, kind: Option<AcledKind>) -> String {
        let state = self.facts.states.get(entity.code).map(|state| state.name);
        let own = entity.name.is_some() || entity.identifier_text.is_some();
        match (kind, state) {
            (Some(AcledKind::State | AcledKind::Others), Some(state)) if entity.name.is_none() => {
                match entity.sector.first() {
                    Some(Sector::Cop) => format!("Police Forces of {state}"),
                    Some(Sector::Mil) => format!("Military Forces of {state}"),
                    Some(Sector::Gov) | None => format!("Government of {state}"),
                    Some(_) => called(entity).to_owned(),
                }
            }
            (Some(AcledKind::Civilians), Some(state)) if !own => in_country("Civilians", Some(state)),
            (Some(AcledKind::Civilians), None) if !own => self.named("Civilians"),
            _ => called(entity).to_owned(),
        }
    }
}

/// `Civilians (Peru)`; without a country the word alone.
fn in_country(what: &str, country: Option<&str>) -> String {
    country.map_or_else(|| what.to_owned(), |country| format!("{what} ({country})"))
}

/// One side of a row.
struct Side {
    name: String,
    /// Who stands beside.
    with: Vec<String>,
    kind: Option<AcledKind>,
}

impl Side {
    fn new(rule: &Rule, entity: Option<&Entity>, kind: Option<AcledKind>, others: &[&Entity], land: &Land<'_>) -> Self {
        let beside = others.iter().map(|other| called(other).to_owned());
        // Whom the report calls otherwise than the row stands beside the name: a union in a crowd, a body among civilians.
        let own = entity.and_then(|entity| match (rule.crowd(), kind) {
            (Some(_), Some(AcledKind::Civilians)) if entity.sector != [Sector::Cvl] => Some(called(entity).to_owned()),
            (_, Some(AcledKind::Civilians)) => entity.name.clone().or_else(|| entity.identifier_text.clone()),
            _ => None,
        });
        let name = entity.map(|entity| land.name(entity, kind)).unwrap_or_default();
        let with = own.filter(|own| *own != name).into_iter().chain(beside).collect();
        Self { name, with, kind }
    }

    /// Whoever takes to the street is the crowd of the country, and who it is stands beside.
    fn as_crowd(&mut self, crowd: AcledKind, land: &Land<'_>) {
        let name = land.named(if crowd == AcledKind::Rioters { "Rioters" } else { "Protesters" });
        let who = std::mem::replace(&mut self.name, name);
        let generic = who.is_empty() || who.starts_with("Civilians");
        if !generic && !self.with.contains(&who) {
            self.with.insert(0, who);
        }
        self.kind = Some(crowd);
    }
}

/// Code of a kind; 0 for nobody.
fn inter(kind: Option<AcledKind>) -> String {
    kind.map_or(0, |kind| kind as u8).to_string()
}

/// The two codes, the lower one first; with one side alone it and 0.
fn interaction(first: Option<AcledKind>, second: Option<AcledKind>) -> String {
    let mut codes: Vec<u8> = [first, second].into_iter().flatten().map(|kind| kind as u8).collect();
    codes.sort_unstable();
    match codes[..] {
        [] => String::new(),
        [one] => format!("{one}0"),
        [low, high, ..] => format!("{low}{high}"),
    }
}

fn location(place: &Place) -> String {
    place.city.as_ref().or(place.resolved_place.as_ref()).unwrap_or(&place.extracted_place).clone()
}

/// 1 a town, 2 part of a region, 3 a region or more.
const fn geo_precision(place: &Place) -> &'static str {
    match place.resolution {
        Some(4..) => "1",
        Some(3) => "2",
        Some(1 | 2) => "3",
        _ => "",
    }
}
