//! Our records as rows of others.
//!
//! [`Writer`] turns events into the rows of a [`Layout`] of text, [`ParquetWriter`] records of one kind into a Parquet file.
//! [`expand`] first splits a record into one for each pair of actor and recipient, for whoever wants that. What fills which
//! column, and what is lost, stands in `docs/layouts.md`.

mod acled;
mod cells;
mod dyads;
mod facts;
mod gdelt;
mod icews;
mod layout;
mod number;
mod parquet;
mod petrarch;
mod phoenix;
mod polecat;
mod sides;
mod source;

pub use dyads::expand;
pub use facts::TableFault;
pub use layout::{Layout, LeftOut, Rows, Writer};
pub use parquet::{Kind, ParquetWriter, WriteError, schema as parquet_schema};
pub use source::Source;
