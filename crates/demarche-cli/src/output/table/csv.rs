//! A table as comma-separated values (RFC 4180), with a line of names.

/// One line.
pub(super) fn line<T: AsRef<[u8]>>(cells: impl Iterator<Item = T>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // One line, whose length nothing is compared with, into memory.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}
