//! A comparison as text, CSV and JSON Lines.

use std::fmt::Write;

use demarche::record::Code;
use demarche_dossier::{Agreement, Comparison, Unlike};
use jiff::civil::Date;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::output::{Page, jsonl as json_lines, plain};
use crate::summary::count;

/// A row of the table of agreement.
#[derive(Serialize)]
pub(super) struct AgreementRow {
    /// `all` for all events together.
    class: String,
    a: u64,
    b: u64,
    cells_both: u64,
    cells_only_a: u64,
    cells_only_b: u64,
    shared: Option<f64>,
    overlap: Option<f64>,
    pearson: Option<f64>,
    spearman: Option<f64>,
}

impl AgreementRow {
    pub(super) fn new(found: &Agreement) -> Self {
        Self {
            class: found.class.map_or_else(|| "all".to_owned(), |class| class.to_string()),
            a: found.events[0],
            b: found.events[1],
            cells_both: found.both,
            cells_only_a: found.only[0],
            cells_only_b: found.only[1],
            shared: found.shared.map(rounded),
            overlap: found.overlap.map(rounded),
            pearson: found.pearson.map(rounded),
            spearman: found.spearman.map(rounded),
        }
    }
}

/// A row of the table of cells.
#[derive(Serialize)]
pub(super) struct CellRow {
    source: Code,
    target: Option<Code>,
    month: String,
    class: String,
    a: u64,
    b: u64,
    difference: f64,
}

impl CellRow {
    pub(super) fn new(cell: &Unlike) -> Self {
        Self {
            source: cell.source,
            target: cell.target,
            month: month(cell.month),
            class: cell.class.to_string(),
            a: cell.events[0],
            b: cell.events[1],
            difference: rounded(cell.difference),
        }
    }
}

/// Six decimals: more than counts can tell.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn month(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// A table with a line of names.
pub(super) fn csv<T: Serialize>(rows: impl Iterator<Item = T>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Numbers and short text into memory: nothing that can fail.
        let _ = writer.serialize(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// One object a row.
pub(super) fn jsonl<T: Serialize>(rows: impl Iterator<Item = T>) -> Vec<u8> {
    json_lines::lines(&rows.collect::<Vec<T>>())
}

/// Both tables for reading, of the second the `most` cells that differ most.
pub(super) fn text(found: &Comparison, sides: [&str; 2], left_out: [u64; 2], most: usize, page: Page) -> String {
    let (heading, dim) = (page.palette.heading, page.palette.dim);
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(out, "{heading}A{heading:#} {}\n{heading}B{heading:#} {}", plain(sides[0]), plain(sides[1]));
    let _ = writeln!(
        out,
        "{} to {}, {} that either tells of, {}",
        month(found.months.0),
        month(found.months.1),
        count(found.units, "unit"),
        count(found.cells, "cell")
    );
    if left_out != [0, 0] {
        let _ = writeln!(
            out,
            "{dim}in no cell, without a month or a country: {} of A, {} of B{dim:#}",
            left_out[0], left_out[1]
        );
    }
    let mut rows = vec![
        ["class", "A", "B", "both", "only A", "only B", "shared", "overlap", "Pearson", "Spearman"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(found.agreement.iter().map(|row| {
        let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
        let row = AgreementRow::new(row);
        let numbers =
            [row.a, row.b, row.cells_both, row.cells_only_a, row.cells_only_b].map(|number| number.to_string());
        let shares = [row.shared, row.overlap, row.pearson, row.spearman].map(share);
        std::iter::once(row.class).chain(numbers).chain(shares).collect()
    }));
    out.push('\n');
    table(&mut out, &rows, 1, page);
    let mut unlike = found.unlike.iter().filter(|cell| cell.difference != 0.0).take(most).peekable();
    if unlike.peek().is_some() {
        let _ = writeln!(out, "\nWhere they differ most, as shares of all their events:");
        let mut rows = vec![["from", "to", "month", "class", "A", "B", "A less B"].map(str::to_owned).to_vec()];
        rows.extend(unlike.map(|cell| {
            let row = CellRow::new(cell);
            let to = row.target.map_or_else(|| "-".to_owned(), |code| code.to_string());
            let difference = format!("{:+.2} %", cell.difference * 100.0);
            vec![row.source.to_string(), to, row.month, row.class, row.a.to_string(), row.b.to_string(), difference]
        }));
        table(&mut out, &rows, 4, page);
    }
    out
}

/// Columns below each other: the first `left` of them flush left, the others flush right. The first row is that of names.
fn table(out: &mut String, rows: &[Vec<String>], left: usize, page: Page) {
    let heading = page.palette.heading;
    let columns = rows.first().map_or(0, Vec::len);
    let wide =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(wide).collect();
    for (number, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let fill = " ".repeat(width - cell.width());
            if column < left { format!("{cell}{fill}") } else { format!("{fill}{cell}") }
        });
        let line = cells.collect::<Vec<String>>().join("  ");
        let line = line.trim_end();
        let _ = if number == 0 { writeln!(out, "{heading}{line}{heading:#}") } else { writeln!(out, "{line}") };
    }
}
