//! `demarche actors stats`: what the program knows.

use std::fmt::Write;

use demarche::coverage::{self, Coverage};

use crate::args::{By, Stats, StatsTo};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::Destination;

pub(crate) fn run(args: &Stats, quiet: bool) -> Result<Verdict, Failure> {
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let world = demarche::actor_files::world(&args.actors.read(&Console::new(quiet, false))?)?;
    let by = args.by.map_or(coverage::By::All, |by| match by {
        By::Country => coverage::By::Country,
        By::Decade => coverage::By::Decade,
        By::Kind => coverage::By::Kind,
        By::Sector => coverage::By::Sector,
    });
    let table = coverage::coverage(&world, by);
    let out = match args.to {
        StatsTo::Text => format!("{}\ndata {}\n", text(&table), world.version()).into_bytes(),
        StatsTo::Csv => csv(&table),
        StatsTo::Jsonl => jsonl(&table),
    };
    destination.write(&out)?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}

fn text(table: &Coverage) -> String {
    let first = table.rows.iter().map(|(name, _)| name.chars().count()).chain([table.of.len()]).max().unwrap_or(0);
    let width = |name: &str| name.len().max(7);
    let mut out = format!("{:<first$}", table.of);
    // Writing to a string does not fail.
    for name in &table.columns {
        let _ = write!(out, "  {name:>width$}", width = width(name));
    }
    out.push('\n');
    for (name, counts) in &table.rows {
        let _ = write!(out, "{name:<first$}");
        for (count, column) in counts.iter().zip(&table.columns) {
            let _ = write!(out, "  {count:>width$}", width = width(column));
        }
        out.push('\n');
    }
    out
}

/// Names of columns as programs like them.
fn column(name: &str) -> String {
    name.replace(' ', "_").to_lowercase()
}

fn csv(table: &Coverage) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = std::iter::once(table.of.to_owned()).chain(table.columns.iter().map(|name| column(name)));
    // Writing to memory does not fail.
    let _ = out.write_record(header);
    for (name, counts) in &table.rows {
        let _ = out.write_record(std::iter::once(name.clone()).chain(counts.iter().map(u64::to_string)));
    }
    out.into_inner().unwrap_or_default()
}

fn jsonl(table: &Coverage) -> Vec<u8> {
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = table
        .rows
        .iter()
        .map(|(name, counts)| {
            let counts = table.columns.iter().zip(counts).map(|(name, count)| (column(name), (*count).into()));
            std::iter::once((table.of.to_owned(), name.clone().into())).chain(counts).collect()
        })
        .collect();
    crate::output::jsonl::lines(&rows)
}
