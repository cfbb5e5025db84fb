//! The places that a document names, and what each name was resolved to.

use demarche_document::{Document, Text};
use demarche_record::{Field, Span};
use demarche_world::Located;
use serde::Serialize;

use crate::coder::{Analysis, Coder};

/// A place name in a document, as `demarche geoparse` prints it. Fields of a name that could not be resolved are `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Toponym {
    /// The document's id.
    pub document: String,
    /// First byte as received.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The name as written, line breaks as spaces.
    pub text: String,
    /// GeoNames id; some regions, waters and sites have none.
    pub geonameid: Option<u32>,
    /// Canonical name.
    pub name: Option<String>,
    /// Degrees north (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Name of the country.
    pub country: Option<String>,
    /// GeoNames feature class.
    pub feature_class: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// How sure the resolution is, 0 to 1; `docs/cli.md` says how many were right at which value.
    pub confidence: f64,
    /// Which value of the document the bytes are of.
    pub field: Field,
    /// Code of the country or territory, ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
    /// Name of the first-level division.
    pub province: Option<String>,
    /// Name of the second-level division.
    pub district: Option<String>,
    /// 1 country, 2 province, 3 district, 4 city, 5 part of a city; `None` for waters and wider regions.
    pub resolution: Option<u8>,
}

impl Toponym {
    fn new(document: &Document, field: Field, text: &Text, located: &Located) -> Self {
        let span = text.received(located.range);
        let place = located.to_place(text.as_str());
        Self {
            document: document.id.clone(),
            start: span.start,
            end: span.end,
            text: place.extracted_place,
            geonameid: place.geonameid,
            name: place.resolved_place,
            lat: place.lat,
            lon: place.lon,
            country: place.country,
            feature_class: place.feature_class,
            feature_code: place.feature_code,
            confidence: (f64::from(located.confidence) * 100.0).round() / 100.0,
            field,
            country_code: place.country_code.map(|code| code.to_string()),
            province: place.province,
            district: place.district,
            resolution: place.resolution,
        }
    }
}

impl Coder {
    /// The place names of a document in text order, a separate title first, resolved or not; the dateline's too.
    ///
    /// ```
    /// # fn main() -> Result<(), demarche::CoderError> {
    /// let coder = demarche::Coder::new()?;
    /// let document = demarche::from_text("example", "Rebels shelled a market in Tripoli, Lebanon.");
    /// let analysis = coder.analyse(&document);
    /// let found = coder.geoparse(&document, &analysis);
    /// assert_eq!((found[0].text.as_str(), found[0].country.as_deref()), ("Tripoli", Some("Lebanon")));
    /// # Ok(())
    /// # }
    /// ```
    pub fn geoparse(&self, document: &Document, analysis: &Analysis) -> Vec<Toponym> {
        self.with_cast(document, analysis, |parts| {
            let mut out = Vec::new();
            for part in parts {
                let dateline = part.cast.dateline().filter(|_| part.field == Field::Text);
                out.extend(dateline.map(|place| Toponym::new(document, part.field, part.text, place)));
                for sentence in 0..part.sentences.len() {
                    let places = part.cast.places(sentence);
                    out.extend(places.map(|(_, place)| Toponym::new(document, part.field, part.text, place)));
                }
            }
            out
        })
    }

    /// What given mentions stand for, in the order given: `mentions` are bytes of the document's text as received. A span
    /// outside the text gives an unresolved one without words.
    pub fn geoparse_mentions(&self, document: &Document, analysis: &Analysis, mentions: &[Span]) -> Vec<Toponym> {
        self.with_cast(document, analysis, |parts| {
            let Some(part) = parts.iter().find(|part| part.field == Field::Text) else { return Vec::new() };
            let ranges: Vec<_> = mentions.iter().map(|&span| part.text.decoded(span)).collect();
            let places = part.cast.locate_all(part.text.as_str(), part.sentences, &ranges);
            let toponyms = places.iter().map(|place| Toponym::new(document, Field::Text, part.text, place));
            toponyms
                .zip(mentions)
                .map(|(toponym, span)| Toponym { start: span.start, end: span.end, ..toponym })
                .collect()
        })
    }
}
