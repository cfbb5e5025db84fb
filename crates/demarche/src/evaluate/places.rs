//! Place names with their coordinates, as in `GeoVirus`: given mentions and our own, compared by distance.
//!
//! A resolution is right if it lies within 161 km (100 miles) of the reader's point, the field's usual measure. A name that
//! is not resolved is wrong.

use std::collections::BTreeMap;

use demarche_document::{Document, Format, Options, from_bytes};
use demarche_record::{Field, Span};
use serde::Deserialize;

use crate::coder::Coder;
use crate::geoparse::Toponym;

/// What is wrong with a file of places.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}")]
pub struct PlacesError {
    line: usize,
    cause: Box<PlacesFault>,
}

/// Kinds of fault.
#[derive(Debug, thiserror::Error)]
pub enum PlacesFault {
    /// Not an object of the expected form.
    #[error("{0}; each line needs id, text and locations with name, start and end (characters of text), lat, lon")]
    Json(#[from] serde_json::Error),
    /// Not a document.
    #[error("{0}")]
    Document(#[from] demarche_document::DocumentError),
    /// A location whose characters are not its name.
    #[error("`{name}` does not stand at characters {start} to {end} of the text; mend the offsets")]
    Offsets {
        /// The name.
        name: String,
        /// First character.
        start: usize,
        /// One past the last.
        end: usize,
    },
}

/// A text with its places, as a reader marked them.
#[derive(Clone, Debug)]
pub struct GoldPlaces {
    document: Document,
    locations: Vec<GoldPlace>,
}

/// A place name with its coordinates.
#[derive(Clone, Debug)]
struct GoldPlace {
    span: Span,
    name: String,
    lat: f64,
    lon: f64,
    page: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    locations: Vec<Location>,
}

#[derive(Deserialize)]
struct Location {
    name: String,
    start: usize,
    end: usize,
    lat: f64,
    lon: f64,
    page: Option<String>,
}

/// Reads texts with places, one JSON object a line: `id`, `text`, `locations`, and what a document may have besides.
///
/// # Errors
/// [`PlacesError`] with the first line that is not so.
pub fn places(lines: &str) -> Result<Vec<GoldPlaces>, PlacesError> {
    let numbered = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered.map(|(n, line)| read(line).map_err(|cause| PlacesError { line: n + 1, cause: Box::new(cause) })).collect()
}

fn read(line: &str) -> Result<GoldPlaces, PlacesFault> {
    let Line { id, text, locations } = serde_json::from_str(line)?;
    let document = from_bytes(&id, line.as_bytes(), Format::JsonLines, &Options::default())?;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |location: Location| {
        let byte = |character: usize| starts.get(character).copied();
        let span = byte(location.start).zip(byte(location.end)).map(Span::from);
        match span.filter(|span| text.get(span.start..span.end) == Some(&location.name)) {
            Some(span) => {
                Ok(GoldPlace { span, name: location.name, lat: location.lat, lon: location.lon, page: location.page })
            }
            None => Err(PlacesFault::Offsets { name: location.name, start: location.start, end: location.end }),
        }
    };
    let locations = locations.into_iter().map(place).collect::<Result<_, _>>()?;
    Ok(GoldPlaces { document, locations })
}

/// Distance within which a resolution is right, kilometres.
pub const NEAR_KM: f64 = 161.0;

/// Great-circle distance in kilometres of two points in degrees.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let (from, to) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = ((to - from) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let chord = north.sin().powi(2) + from.cos() * to.cos() * east.sin().powi(2);
    2.0 * EARTH_KM * chord.min(1.0).sqrt().asin()
}

/// How the names of one kind fared: what they were resolved to, or that they were not.
#[derive(Clone, Copy, Debug, Default)]
pub struct KindCount {
    /// Names.
    pub names: usize,
    /// Of these within [`NEAR_KM`].
    pub near: usize,
}

impl KindCount {
    fn add(&mut self, other: Self) {
        self.names += other.names;
        self.near += other.near;
    }
}

/// How places fared.
#[derive(Clone, Debug, Default)]
pub struct PlacesReport {
    /// Texts compared.
    pub texts: usize,
    /// Names that the reader marked.
    pub gold: usize,
    /// Of these, resolved when the span is given.
    pub resolved: usize,
    /// Of these within [`NEAR_KM`].
    pub near: usize,
    /// Those within it or resolved to a place with the name of the reader's page: a large area's middle is a
    /// matter of taste.
    pub same: usize,
    /// Errors of the resolved, kilometres.
    pub errors_km: Vec<f64>,
    /// By what they were resolved to.
    pub kinds: BTreeMap<&'static str, KindCount>,
    /// By tenth of confidence.
    pub deciles: [KindCount; 10],
    /// Our own resolved mentions.
    pub ours: usize,
    /// Of these, on a name that the reader marked, and within [`NEAR_KM`].
    pub ours_right: usize,
    /// Of these, on such a name, wherever resolved.
    pub ours_marked: usize,
    /// Reader's names that our own mentions found and placed within [`NEAR_KM`].
    pub found: usize,
    /// One line an error of given mentions, then one an error of our own.
    pub faults: Vec<String>,
}

impl PlacesReport {
    /// Median error of the resolved given mentions in kilometres; 0 without any.
    pub fn median_km(&self) -> f64 {
        let mut errors = self.errors_km.clone();
        errors.sort_by(f64::total_cmp);
        errors.get(errors.len() / 2).copied().unwrap_or(0.0)
    }

    /// Adds what another report counted.
    pub fn add(&mut self, other: Self) {
        self.texts += other.texts;
        self.gold += other.gold;
        self.resolved += other.resolved;
        self.near += other.near;
        self.same += other.same;
        self.errors_km.extend(other.errors_km);
        for (kind, counts) in other.kinds {
            self.kinds.entry(kind).or_default().add(counts);
        }
        self.deciles.iter_mut().zip(other.deciles).for_each(|(sum, counts)| sum.add(counts));
        self.ours += other.ours;
        self.ours_right += other.ours_right;
        self.ours_marked += other.ours_marked;
        self.found += other.found;
        self.faults.extend(other.faults);
    }

    /// Compares one text.
    pub fn compare(&mut self, coder: &Coder, text: &GoldPlaces) {
        self.texts += 1;
        let analysis = coder.analyse(&text.document);
        let spans: Vec<Span> = text.locations.iter().map(|location| location.span).collect();
        let given = coder.geoparse_mentions(&text.document, &analysis, &spans);
        for (location, ours) in text.locations.iter().zip(&given) {
            self.compare_given(&text.document, location, ours);
        }
        let ours: Vec<Toponym> = coder.geoparse(&text.document, &analysis);
        let mut ours: Vec<&Toponym> =
            ours.iter().filter(|ours| ours.field == Field::Text && ours.name.is_some()).collect();
        let overlap = |ours: &Toponym, span: Span| ours.start < span.end && span.start < ours.end;
        for location in &text.locations {
            let found = ours
                .iter()
                .any(|ours| overlap(ours, location.span) && distance(ours, location).is_some_and(|km| km <= NEAR_KM));
            self.found += usize::from(found);
            if !found {
                self.faults.push(format!("{}: missed {}", text.document.id, shown(&text.document, location, None)));
            }
        }
        ours.sort_by_key(|ours| ours.start);
        for ours in ours {
            self.ours += 1;
            let mut marked = text.locations.iter().filter(|location| overlap(ours, location.span)).peekable();
            self.ours_marked += usize::from(marked.peek().is_some());
            if marked.any(|location| distance(ours, location).is_some_and(|km| km <= NEAR_KM)) {
                self.ours_right += 1;
            } else {
                self.faults.push(format!("{}: ours {}", text.document.id, told(ours)));
            }
        }
    }

    fn compare_given(&mut self, document: &Document, location: &GoldPlace, ours: &Toponym) {
        self.gold += 1;
        let km = distance(ours, location);
        let near = km.is_some_and(|km| km <= NEAR_KM);
        self.resolved += usize::from(ours.name.is_some());
        self.near += usize::from(near);
        let same = near || ours.name.as_deref().is_some_and(|name| location.is_named(name));
        self.same += usize::from(same);
        self.errors_km.extend(km);
        let count = |kind: &mut KindCount| {
            kind.names += 1;
            kind.near += usize::from(near);
        };
        count(self.kinds.entry(kind(ours)).or_default());
        if ours.name.is_some() {
            let decile = (ours.confidence * 10.0) as usize;
            count(&mut self.deciles[decile.min(9)]);
        }
        if !near {
            let mark = if same { "middle" } else { "given" };
            self.faults.push(format!("{}: {mark} {}: {}", document.id, shown(document, location, km), told(ours)));
        }
    }
}

impl GoldPlace {
    /// Whether the page that the reader gives bears the name.
    fn is_named(&self, name: &str) -> bool {
        let title = self.page.as_deref().and_then(|page| page.rsplit('/').next()).unwrap_or_default();
        title.replace('_', " ").eq_ignore_ascii_case(name)
    }
}

fn distance(ours: &Toponym, location: &GoldPlace) -> Option<f64> {
    Some(distance_km((ours.lat?, ours.lon?), (location.lat, location.lon)))
}

fn kind(ours: &Toponym) -> &'static str {
    match (ours.name.is_some(), ours.resolution) {
        (false, _) => "not resolved",
        (true, Some(1)) => "country",
        (true, Some(2)) => "province",
        (true, Some(3)) => "district",
        (true, Some(4)) => "city",
        (true, Some(_)) => "part of a city",
        (true, None) => "water, wider region",
    }
}

fn shown(document: &Document, location: &GoldPlace, km: Option<f64>) -> String {
    let text = document.body.as_str();
    let from = text[..location.span.start].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let after: String = text[location.span.end..].chars().take(60).collect();
    let page = location.page.as_deref().and_then(|page| page.rsplit('/').next()).unwrap_or_default();
    let km = km.map(|km| format!(", {km:.0} km")).unwrap_or_default();
    format!(
        "[{}] at {:.2}, {:.2} ({page}{km}) in \"{}[]{after}\"",
        location.name,
        location.lat,
        location.lon,
        &text[from..location.span.start]
    )
}

fn told(ours: &Toponym) -> String {
    let Some(name) = &ours.name else { return format!("{} not resolved", ours.text) };
    format!(
        "{} -> {name}, {}, {} {} at {:.2}, {:.2}, confidence {:.2}",
        ours.text,
        ours.province.as_deref().unwrap_or("-"),
        ours.country_code.as_deref().unwrap_or("-"),
        ours.feature_code.as_deref().unwrap_or("-"),
        ours.lat.unwrap_or(f64::NAN),
        ours.lon.unwrap_or(f64::NAN),
        ours.confidence
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        // Paris to London, and half way around.
        assert!((distance_km((48.8566, 2.3522), (51.5074, -0.1278)) - 343.6).abs() < 1.0);
        assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.0).abs() < 1.0);
        assert!(distance_km((10.0, 10.0), (10.0, 10.0)) < 1e-6);
    }

    #[test]
    fn offsets_are_characters_and_must_fit() {
        let line = r#"{"id":"a","text":"Café in Łódź.","locations":[{"name":"Łódź","start":8,"end":12,"lat":51.8,"lon":19.5}]}"#;
        let read = places(line).expect("a line");
        assert_eq!(read[0].locations[0].span, Span::new(9, 16));
        let fault = places(&line.replace("\"start\":8", "\"start\":7")).expect_err("offsets");
        assert!(fault.to_string().starts_with("line 1: `Łódź`"), "{fault}");
        assert!(places("{}").is_err());
    }
}
