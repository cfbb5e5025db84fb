//! Who and where: countries, places, offices in time, bodies and groups, and what a mention of them stands for.
//!
//! [`World`] holds the tables of `data/` with indices over their names. [`Cast`] reads the analysed sentences of one
//! document against it: for each noun phrase its [`Actor`]s, for each place name its [`Located`] place. Nothing here
//! depends on which country a phrase names beyond its strings.

mod access;
mod actor;
mod ambiguity;
mod atoms;
mod builder;
mod cast;
mod chains;
mod compose;
mod dates;
mod entries;
mod error;
mod finder;
mod identify;
mod index;
mod load_actors;
mod load_places;
mod lookup;
mod memory;
mod named;
mod owners;
mod persons;
mod phrase;
mod place;
mod scan;
mod sectors;
mod tables;
mod unknown;
mod world;

pub use actor::{Actor, ActorKind};
pub use cast::Cast;
pub use entries::Country;
pub use error::{Problem, WorldError};
pub use lookup::Resolution;
pub use place::Located;
pub use world::World;
