//! Scoring coded output against labelled sentences.

mod attributions;
mod genres;
mod gold;
mod initiatives;
mod places;
mod plv;
mod reliability;
mod scores;

pub use attributions::{AttributionError, AttributionReport, Counts, GoldPassage, attributions};
pub use genres::{GenreGoldError, GenreReport, GoldGenre, genre_gold};
pub use gold::{GoldError, GoldReport, GoldSentence, gold};
pub use initiatives::{GoldReportText, InitiativeError, InitiativeReport, KindScore, initiatives};
pub use places::{GoldPlaces, KindCount, NEAR_KM, PlacesError, PlacesFault, PlacesReport, distance_km, places};
pub use plv::{PlvError, PlvReport, PlvSentence, plv};
pub use reliability::{Reliability, Step};
pub use scores::{ClassScore, Confusion};
