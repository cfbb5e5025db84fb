//! Files that appear whole: written beside their place, brought to the disk, and then named.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::destination::as_open_as_others;

const PREFIX: &str = ".demarche-";
const SUFFIX: &str = ".part";

/// Writes `bytes` to `folder/name`.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    as_open_as_others(&mut builder);
    let mut file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|error| error.error)?;
    Ok(())
}

/// Takes away what a killed run left unfinished in `folder`.
pub(crate) fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
