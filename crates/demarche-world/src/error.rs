//! What can go wrong when the world is put together.

use demarche_index::{IndexError, TableError};

/// Why a world or a layer of it could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// A table has a fault; the message names file, line and column.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Bytes are no index of actors and places, or entries do not fit into one.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Settings that are not as the program reads them.
    #[error("{file}, line {line}: {problem}")]
    Settings {
        /// The file, as a path below `data/`.
        file: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong and what is expected.
        problem: String,
    },
}
