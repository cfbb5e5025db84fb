//! Reads the dictionaries of the event-data field: actors, agents and discards in the formats of TABARI and PETRARCH.
//!
//! [`recognise`] tells what a file is; [`read_actors`], [`read_agents`] and [`read_discards`] read it into typed entries,
//! each with its line and the bytes it came from, and name every fault. [`Codebook`] turns a CAMEO actor code into a
//! country or international code and PLOVER sectors. Nothing here knows the world's own tables or any text.
//!
//! The formats are those of the PETRARCH dictionaries' own guide (github.com/openeventdata/dictionaries) and of the
//! TABARI manual it builds on, read as PETRARCH-2 reads them where the two differ.

mod actors;
mod agents;
mod codebook;
mod discards;
mod fault;
mod file;
mod finder;
mod kind;
mod lines;
mod period;
mod table;

pub use actors::{ActorEntry, Actors, Dated, Inventory, Pattern, read_actors};
pub use agents::{AgentEntry, Agents, Form, read_agents};
pub use codebook::{Codebook, Understood};
pub use discards::{Discard, Discards, Reach, read_discards};
pub use fault::{DictionaryError, Fault, Problem};
pub use file::{ActorFile, Content};
pub use finder::{DiscardFinder, LeftOut};
pub use kind::{FileKind, recognise};
pub use period::Period;
pub use table::{
    HolderRow, NamedRow, PeopleRow, PlaceRow, PlacedCode, RoleRow, Row, RowEntry, TableKind, Tables, read_tables,
};
