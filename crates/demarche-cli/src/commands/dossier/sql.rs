//! `demarche sql`: one SELECT.

use std::io::{self, Read};
use std::ops::ControlFlow;

use demarche_dossier::Cell;

use super::{Source, flow};
use crate::args::Sql;
use crate::failure::{Failure, words};
use crate::output::table::{Column, Table, Type, Value};
use crate::output::{Destination, Page};

pub(super) fn run(args: &Sql, quiet: bool) -> Result<(), Failure> {
    let mut source = Source::open(&args.asking, quiet)?;
    let query = if args.query == "-" { read()? } else { args.query.clone() };
    let mut destination = Some(Destination::open(args.writing.output.as_deref())?);
    let page = destination.as_ref().map_or_else(|| Page::new(0, false), Page::of);
    let mut begin = |names: &[String]| {
        // Begun once: by the first row, or at the end.
        let destination = destination.take().map_or_else(|| Destination::open(None), Ok)?;
        let columns = names.iter().map(|name| Column::new(name.as_str(), Type::Found)).collect();
        Table::begin(args.to, columns, destination, page)
    };
    let mut table = None;
    let mut failed = None;
    let asked = source.dossier.sql(&query, |names, cells| {
        let row = cells.into_iter().map(value).collect();
        let written = match &mut table {
            Some(table) => table,
            none => match begin(names) {
                Ok(table) => none.insert(table),
                Err(failure) => {
                    failed = Some(failure);
                    return ControlFlow::Break(());
                }
            },
        };
        flow(Table::row(written, row), &mut failed)
    });
    let names = asked.map_err(|cause| source.failed(cause))?;
    failed.map_or(Ok(()), Err)?;
    let table = table.map_or_else(|| begin(&names), Ok)?;
    source.told(table.rows());
    table.finish()
}

fn read() -> Result<String, Failure> {
    let mut query = String::new();
    let read = io::stdin().lock().read_to_string(&mut query);
    read.map_err(|cause| Failure::Unreadable { path: "stdin".to_owned(), cause: words(&cause) })?;
    Ok(query)
}

/// Bytes are written as SQL writes them: `x'0aff'`.
fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(number) => Value::Integer(number),
        Cell::Real(number) => Value::Real(number),
        Cell::Text(text) => Value::Text(text),
        Cell::Blob(bytes) => {
            let digits = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            Value::Text(format!("x'{digits}'"))
        }
    }
}
