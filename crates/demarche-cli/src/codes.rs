//! The codes of countries, and the numbers that other data sets give them.

use demarche_dossier::{DossierError, Numbering, States};

/// The table of countries that the program is built with.
const COUNTRIES: &str = include_str!("../../../data/places/countries.tsv");

/// The table of countries.
pub(crate) fn states() -> Result<States, DossierError> {
    States::read(COUNTRIES)
}

/// ISO 3166-1 alpha-3 codes of all countries, for the completion.
pub(crate) fn countries() -> Vec<String> {
    let states = states().unwrap_or_default();
    states.members(Numbering::Iso).map(|code| code.to_string()).collect()
}
