//! Place names as a map: a `GeoJSON` feature collection (RFC 7946).

use demarche::Toponym;
use geojson::{Feature, Geometry, GeometryValue, JsonObject};

use crate::output::destination::Frame;

/// What stands around and between the features of a collection.
pub(crate) const COLLECTION: Frame =
    Frame { start: "{\"type\":\"FeatureCollection\",\"features\":[\n", between: ",\n", end: "\n]}\n" };

/// A point for each name that was resolved, its other fields as properties.
pub(crate) fn features(toponyms: &[Toponym]) -> Vec<u8> {
    let features = toponyms.iter().filter_map(feature).map(|feature| feature.to_string());
    features.collect::<Vec<_>>().join(COLLECTION.between).into_bytes()
}

fn feature(toponym: &Toponym) -> Option<Feature> {
    // Longitude first, as the format has it.
    let point = GeometryValue::new_point([toponym.lon?, toponym.lat?]);
    let mut properties: JsonObject = match serde_json::to_value(toponym) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => JsonObject::new(),
    };
    properties.remove("lat");
    properties.remove("lon");
    Some(Feature { geometry: Some(Geometry::new(point)), properties: Some(properties), ..Feature::default() })
}
