//! The tables of `data/` to one index.

mod actors;
mod ambiguous;
mod places;

use std::path::Path;

use crate::compile::Compiler;
use crate::error::{CompileError, Problem, TableError};
use crate::format::digest;
use crate::tables::Table;

pub use actors::FAMILY_NAME_FIRST;
pub use places::DIVISION_KINDS;

/// What reads a table into the compiler.
type Load = fn(&mut Compiler<'_>, Table<'_>) -> Result<(), TableError>;

/// Every table below `data/` and what reads it. The order decides which of several readings of a name is met first.
const TABLES: &[(&str, Load)] = &[
    ("places/countries.tsv", places::countries),
    ("places/breakaway.tsv", actors::breakaway),
    ("actors/seats.tsv", actors::seats),
    ("actors/bodies.tsv", actors::bodies),
    ("actors/organisations.tsv", actors::organisations),
    ("actors/groups.tsv", actors::groups),
    ("actors/peoples.tsv", actors::peoples),
    ("actors/roles.tsv", actors::roles),
    ("actors/offices.tsv", actors::offices),
    ("actors/office_holders.tsv", actors::office_holders),
    ("places/admin1.tsv", places::provinces),
    ("places/cities.tsv", places::cities),
    ("places/extra.tsv", places::extra),
    ("places/features.tsv", places::features),
    ("places/districts.tsv", places::districts),
    ("places/ambiguous.tsv", ambiguous::rules),
];

/// The table that holds the date of the data.
const DATE: &str = "VERSION.tsv";

/// Compiles the tables below a directory laid out as `data/` is. The same tables give the same bytes everywhere.
///
/// # Errors
/// [`CompileError`] names the table that cannot be read, or file, line and column of the first fault.
pub fn compile_directory(data: &Path) -> Result<Vec<u8>, CompileError> {
    let mut compiler = Compiler::new();
    let mut sources = 0;
    let read = |file: &str| {
        let path = data.join(file);
        std::fs::read_to_string(&path).map_err(|source| CompileError::Unreadable { path, source })
    };
    for &(file, load) in TABLES {
        let text = read(file)?;
        sources = digest(sources, text.as_bytes());
        load(&mut compiler, Table { file, text: &text })?;
    }
    let date = date(Table { file: DATE, text: &read(DATE)? })?;
    Ok(compiler.finish_as(&date, Some(sources))?)
}

/// The date of the data: the only line of its table.
fn date(table: Table<'_>) -> Result<String, TableError> {
    let mut date = None;
    table.each(["date"], |row| {
        let written = row.needed(0)?;
        let day = written.len() == 10 && row.date(0, crate::dates::Bound::Start)?.is_some();
        if !day {
            return Err(row.fault(0, Problem::Date(written.to_owned())));
        }
        date = Some(written.to_owned());
        Ok(())
    })?;
    date.ok_or_else(|| TableError {
        file: table.file.to_owned(),
        line: 1,
        column: "date".to_owned(),
        problem: Problem::NoRow,
    })
}
