//! Who and where: the entities and places that records hold.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::{Code, Sector};
use crate::span::Span;

/// An actor, recipient, speaker or other participant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// ISO 3166-1 alpha-3 or an international code; `null` when unknown.
    pub code: Option<Code>,
    /// PLOVER sectors; empty for a bare country name.
    pub sector: Vec<Sector>,
    /// Text as written.
    pub entity_text: String,
    /// Stable id, a Wikidata item where known.
    pub identifier_id: Option<String>,
    /// Canonical name.
    pub identifier_text: Option<String>,
    /// A person's name.
    pub name: Option<String>,
    /// Office held at the time, or as the text gives it.
    pub office: Option<String>,
    /// Religion of a religious group.
    pub religion: Option<String>,
    /// Ethnicity of an ethnic group.
    pub ethnicity: Option<String>,
    /// Where the entity stands; only inside `content`, whose entities have no place in `evidence`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<Span>,
}

/// Where it took place: PLOVER's `event_loc`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Text as written.
    pub extracted_place: String,
    /// Canonical name; `null` when unknown.
    pub resolved_place: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// City.
    pub city: Option<String>,
    /// Second-level division.
    pub district: Option<String>,
    /// First-level division.
    pub province: Option<String>,
    /// Country name.
    pub country: Option<String>,
    /// Country code.
    pub country_code: Option<Code>,
    /// GeoNames feature class.
    pub feature_class: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// 1 country, 2 province, 3 district, 4 city, 5 part of a city.
    pub resolution: Option<u8>,
}
