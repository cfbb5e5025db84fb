//! Parquet out of JSON Lines: records come from the threads as lines, and become columns where they are written.

use demarche_layouts::{Kind, ParquetWriter};

use crate::failure::Failure;

/// A Parquet file on its way: takes lines of records, gives bytes of the file.
pub(crate) struct Table(ParquetWriter<Vec<u8>>);

impl Table {
    pub(crate) fn new(kind: Kind) -> Result<Self, Failure> {
        Ok(Self(ParquetWriter::new(Vec::new(), kind)?))
    }

    /// Takes lines and gives what is finished of the file.
    pub(crate) fn write(&mut self, lines: &[u8]) -> Result<Vec<u8>, Failure> {
        self.0.write_json_lines(lines)?;
        Ok(self.0.take_bytes())
    }

    /// The rest of the file.
    pub(crate) fn finish(self) -> Result<Vec<u8>, Failure> {
        Ok(self.0.finish()?)
    }
}

/// A whole file.
pub(crate) fn file(kind: Kind, lines: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut table = Table::new(kind)?;
    let mut bytes = table.write(lines)?;
    bytes.extend(table.finish()?);
    Ok(bytes)
}
