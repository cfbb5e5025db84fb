//! How much each kind of evidence weighs: `places/weights.toml`.

use serde::Deserialize;

use crate::error::WorldError;

const FILE: &str = "places/weights.toml";
pub(crate) const TEXT: &str = include_str!("../../../../data/places/weights.toml");

/// All weights; the file says what each is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    pub(crate) base: Base,
    pub(crate) beside: Beside,
    pub(crate) document: Elsewhere,
    pub(crate) decision: Decision,
}

/// What a reading weighs of itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Base {
    pub(crate) country: f32,
    pub(crate) province: f32,
    pub(crate) district: f32,
    pub(crate) continent: f32,
    pub(crate) ocean: f32,
    pub(crate) wide: f32,
    pub(crate) region: f32,
    pub(crate) capital: f32,
    pub(crate) seat: f32,
    pub(crate) lesser_seat: f32,
    pub(crate) section: f32,
    pub(crate) own_name: f32,
    pub(crate) least_people: f32,
    pub(crate) caution_word: f32,
    pub(crate) caution_name: f32,
    pub(crate) district_people: f32,
    pub(crate) unknown: f32,
}

/// What stands beside the name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Beside {
    pub(crate) container: f32,
    pub(crate) listed_container: f32,
    pub(crate) other_mention: f32,
    pub(crate) outer: f32,
    pub(crate) kind: f32,
    pub(crate) other_kind: f32,
    pub(crate) sentence_country: f32,
    pub(crate) sentence_division: f32,
}

/// What the rest of the document and its publisher say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Elsewhere {
    pub(crate) country: f32,
    pub(crate) country_most: f32,
    pub(crate) division: f32,
    pub(crate) division_most: f32,
    pub(crate) near: f32,
    pub(crate) near_most: f32,
    pub(crate) near_km: f32,
    pub(crate) home_country: f32,
    pub(crate) home_near: f32,
    pub(crate) unknown_share: f32,
    pub(crate) siblings: f32,
    pub(crate) siblings_most: f32,
}

/// From weights to a decision.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    pub(crate) scale: f32,
    pub(crate) minor: f32,
    pub(crate) same_km: f32,
    pub(crate) least_confidence: f32,
    pub(crate) most_confidence: f32,
    pub(crate) by_container: f32,
    pub(crate) passes: usize,
    pub(crate) anchors: usize,
}

impl Weights {
    pub(crate) fn builtin() -> Result<Self, WorldError> {
        read(FILE, TEXT)
    }
}

/// Reads a file of settings; a fault names its line.
pub(super) fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, WorldError> {
    toml::from_str(text).map_err(|fault: toml::de::Error| {
        let before = fault.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        WorldError::Settings { file, line: before.matches('\n').count() + 1, problem: fault.message().to_owned() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_its_line() {
        assert!(Weights::builtin().is_ok());
        let line = TEXT.lines().position(|line| line.starts_with("capital ")).expect("a weight");
        let fault = read::<Weights>(FILE, &TEXT.replace("\ncapital ", "\ncapitol ")).expect_err("a misspelt weight");
        assert!(fault.to_string().starts_with(&format!("{FILE}, line {}: ", line + 1)), "{fault}");
    }
}
