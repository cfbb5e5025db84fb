//! Many reports, one record: the store, stories, incidents and questions.
//!
//! A dossier is one SQLite file that a person can keep for years. [`Dossier::add`] writes the records of reports, a
//! [`Batch`] at a time; every record comes back exactly as it was put in. The tables are described in
//! `docs/dossier.md` and may be asked by hand.
//!
//! ```
//! use demarche_dossier::{Dossier, Filter, Vocabulary};
//!
//! let dossier = Dossier::in_memory()?;
//! let filter = Filter::parse([("actor", "CHN"), ("since", "2023-10")], &Vocabulary::default())?;
//! let mut found = 0;
//! dossier.events(&filter, |_| {
//!     found += 1;
//!     std::ops::ControlFlow::Continue(())
//! })?;
//! assert_eq!(found, 0);
//! # Ok::<(), demarche_dossier::DossierError>(())
//! ```

mod add;
mod batch;
mod compare;
mod digest;
mod dossier;
mod error;
mod filter;
mod holdings;
mod incidents;
mod link;
mod load;
mod presence;
mod processes;
mod questions;
mod rehydrate;
mod rest;
mod schema;
mod stories;

pub use batch::{Added, Batch, Dictionary, Digest, Document, Keep, Report, Run, Sentence};
pub use compare::{Agreement, Cells, Class, Comparison, Disjoint, Of, Reported, Unlike};
pub use dossier::Dossier;
pub use error::DossierError;
pub use filter::{ActorTerm, Filter, FilterError, Kind, PlaceTerm, Vocabulary};
pub use holdings::{Extent, Holding};
pub use link::Linked;
pub use presence::{Arrival, Presence};
pub use questions::{
    Bucket, Cell, Counts, Dyad, Figure, Hit, Incident, Mark, Numbering, Panel, PanelRow, Party, Period, Position,
    Process, Shown, StageWitness, States, Story, Telling, Timeline, Turn, Unit, Universe, Witnessing,
};
pub use rehydrate::Rehydrated;
