//! The layouts of the field's data sets: our records written in them, and their files read.

mod read;
mod write;

pub use read::{
    Counted, DataSet, Deaths, Fault, FaultKind, Known, Names, Origin, Party, ReadError, Reader, Row, unpacked,
};
pub use write::{
    Kind, Layout, LeftOut, ParquetWriter, Rows, Source, TableFault, WriteError, Writer, expand, parquet_schema,
};
