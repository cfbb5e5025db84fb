//! The names of actors and places, compact, read in place.
//!
//! [`compile_directory`] turns the tables of `data/` into the bytes of one index; [`Compiler`] does the same with entries
//! given one by one, such as a user's own. A [`Layer`] is such bytes opened: nothing is parsed, every entry is decoded
//! where it lies when it is asked for. [`Layers`] are several of them, the later ones over the earlier.
//!
//! What a name stands for in a text is decided elsewhere.

pub mod atoms;
mod compile;
pub mod dates;
pub mod entries;
mod error;
mod format;
mod layer;
mod layers;
mod list;
mod load;
mod names;
mod records;
pub mod rules;
mod tables;

pub use compile::{Compiler, CountryName};
pub use entries::Country;
pub use error::{CompileError, IndexError, Problem, TableError};
pub use layer::Layer;
pub use layers::Layers;
pub use list::List;
pub use load::{DIVISION_KINDS, FAMILY_NAME_FIRST, compile_directory};
pub use names::{Hit, Names};
pub use tables::{Row, Table};
