//! Who and where: countries, places, offices in time, bodies and groups, and what a mention of them stands for.
//!
//! [`World`] holds the index made of the tables of `data/`, and any that users put over it. [`Cast`] reads the analysed sentences of one
//! document against it: for each noun phrase its [`Actor`]s, for each place name its [`Located`] place. Nothing here
//! depends on which country a phrase names beyond its strings.

mod access;
mod actor;
mod ambiguity;
mod background;
mod builder;
mod cast;
mod chains;
mod compose;
mod context;
mod error;
mod finder;
mod identify;
mod lookup;
mod memory;
mod named;
mod nearby;
mod owners;
mod persons;
mod phrase;
mod place;
mod scan;
mod sectors;
mod unknown;
mod world;

use demarche_index::{atoms, dates, entries};

pub use actor::{Actor, ActorKind};
pub use background::Background;
pub use cast::Cast;
pub use demarche_index as index;
pub use demarche_index::Country;
pub use error::WorldError;
pub use lookup::Resolution;
pub use place::Located;
pub use world::World;
