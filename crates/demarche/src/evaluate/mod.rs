//! Scoring coded output against labelled sentences.

mod attributions;
mod gold;
mod places;
mod plv;
mod scores;

pub use attributions::{AttributionError, AttributionReport, Counts, GoldPassage, attributions};
pub use gold::{GoldError, GoldReport, GoldSentence, gold};
pub use places::{GoldPlaces, KindCount, NEAR_KM, PlacesError, PlacesFault, PlacesReport, distance_km, places};
pub use plv::{PlvError, PlvReport, PlvSentence, plv};
pub use scores::{ClassScore, Confusion};
