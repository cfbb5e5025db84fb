//! Which place a name means: a country, a division, a city, a region, a water.
//!
//! Readings share a writing ("Tripoli" lies in Libya and in Lebanon). The names of a document are gathered
//! ([`names`]) with what stands beside each ([`clues`]: "Tripoli, Lebanon", "the Lebanese city of Tripoli"); then all are
//! weighed together ([`resolve`]): rank and size, clues, the countries and divisions the document names, nearness to its
//! other places, the publisher's home. The weights are data (`places/weights.toml`). Where nothing decides, a name is kept
//! unresolved.

mod candidate;
mod clues;
mod home;
mod lexicon;
mod mention;
mod names;
mod reading;
mod resolve;
mod weights;

use demarche_language::TokenId;
use demarche_record::{Code, Place, TextRange};

pub(crate) use home::Home;
pub(crate) use lexicon::Lexicon;
pub(crate) use mention::Toponyms;
pub(crate) use names::Text;
pub(crate) use resolve::Context;
pub(crate) use weights::Weights;

/// Settings and words that count for the version of the data.
pub(crate) const TEXTS: [&str; 4] = [weights::TEXT, lexicon::TEXTS[0], lexicon::TEXTS[1], lexicon::TEXTS[2]];

/// A place named in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The name in the decoded text.
    pub range: TextRange,
    /// The same as tokens of its sentence, half open.
    pub tokens: (TokenId, TokenId),
    /// Canonical name; `None` where the name could not be resolved.
    pub name: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Name of the second-level division.
    pub district: Option<String>,
    /// Name of the first-level division.
    pub province: Option<String>,
    /// Name of the country.
    pub country: Option<String>,
    /// Code of the country or territory.
    pub country_code: Option<Code>,
    /// GeoNames feature class.
    pub feature_class: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// 1 country, 2 province, 3 district, 4 city, 5 part of a city; `None` for waters and wider regions.
    pub resolution: Option<u8>,
    /// 0 to 1.
    pub confidence: f32,
    /// Whether the report names the place's country.
    pub(crate) supported: bool,
    /// The name is in no table: it is placed where the report says it lies.
    pub(crate) by_container: bool,
}

impl Located {
    /// The record's place; `text` is the decoded text of the document.
    pub fn to_place(&self, text: &str) -> Place {
        Place {
            extracted_place: self.range.of(text).split_whitespace().collect::<Vec<_>>().join(" "),
            resolved_place: self.name.clone(),
            geonameid: self.geonameid,
            lat: self.lat,
            lon: self.lon,
            city: self.name.clone().filter(|_| self.resolution == Some(4)),
            district: self.district.clone(),
            province: self.province.clone(),
            country: self.country.clone(),
            country_code: self.country_code,
            feature_class: self.feature_class.clone(),
            feature_code: self.feature_code.clone(),
            resolution: self.resolution,
        }
    }

    /// A name that stands for no known place.
    pub fn unresolved(range: TextRange) -> Self {
        Self {
            range,
            tokens: (0, 0),
            name: None,
            geonameid: None,
            lat: None,
            lon: None,
            district: None,
            province: None,
            country: None,
            country_code: None,
            feature_class: None,
            feature_code: None,
            resolution: None,
            confidence: 0.0,
            supported: false,
            by_container: false,
        }
    }
}
