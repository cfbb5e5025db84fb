//! The names that the built-in data give to events, modes, contexts, issues and genres: what a program offers to choose from.

use std::collections::BTreeSet;

use demarche_coding::ontology::Ontology;
use demarche_coding::{Coding, CodingError};
use demarche_document::{GenreError, Genres};

/// The event types, in alphabetical order.
///
/// # Errors
/// [`CodingError`] if a table that ships with the program is damaged.
pub fn event_types() -> Result<BTreeSet<String>, CodingError> {
    Ok(Ontology::builtin()?.events().into_iter().map(|event| event.as_str().to_owned()).collect())
}

/// The modes of all events, in alphabetical order.
///
/// # Errors
/// As [`event_types`].
pub fn modes() -> Result<BTreeSet<String>, CodingError> {
    let ontology = Ontology::builtin()?;
    let modes = ontology.events().into_iter().flat_map(|event| ontology.modes(event));
    Ok(modes.map(|mode| mode.as_str().to_owned()).collect())
}

/// The contexts, in alphabetical order.
///
/// # Errors
/// As [`event_types`].
pub fn contexts() -> Result<BTreeSet<String>, CodingError> {
    Ok(Ontology::builtin()?.contexts().iter().map(|context| context.as_str().to_owned()).collect())
}

/// The issues, in alphabetical order.
///
/// # Errors
/// As [`event_types`].
pub fn issues() -> Result<BTreeSet<String>, CodingError> {
    Ok(Coding::builtin()?.issues.entries.iter().map(|entry| entry.name.as_str().to_owned()).collect())
}

/// The genres, in the order of the files.
///
/// # Errors
/// [`GenreError`] if a file that ships with the program is damaged.
pub fn genres() -> Result<Vec<String>, GenreError> {
    Ok(Genres::builtin()?.iter().map(|genre| genre.name.clone()).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_inventory_has_its_names() {
        for (names, known) in [
            (super::event_types().unwrap(), "SUPPORT"),
            (super::modes().unwrap(), "visit"),
            (super::contexts().unwrap(), "military"),
            (super::issues().unwrap(), "ceasefire"),
            (super::genres().unwrap().into_iter().collect(), "news"),
        ] {
            assert!(names.contains(known), "{names:?}");
        }
    }
}
