//! A table for people: columns below each other, cells broken so that it fits the page.

use std::fmt::Write as _;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};

use super::{Column, Type, Value};
use crate::output::text::width;
use crate::output::{Page, plain};

/// Rows that are laid out together. A longer table has its names again, and columns of its own widths, after so many: its
/// length does not count in memory.
const TOGETHER: usize = 1_000;

/// A column no wider than this is not broken.
const SHORT: usize = 14;

/// Rows that wait to be laid out.
pub(super) struct TextTable {
    columns: Vec<Column>,
    page: Page,
    waiting: Vec<Vec<Value>>,
    any: bool,
}

impl TextTable {
    pub(super) const fn new(columns: Vec<Column>, page: Page) -> Self {
        Self { columns, page, waiting: Vec::new(), any: false }
    }

    pub(super) fn row(&mut self, row: Vec<Value>) -> Vec<u8> {
        self.waiting.push(row);
        if self.waiting.len() < TOGETHER { Vec::new() } else { self.laid_out() }
    }

    pub(super) fn end(&mut self) -> Vec<u8> {
        if self.waiting.is_empty() && self.any { Vec::new() } else { self.laid_out() }
    }

    fn laid_out(&mut self) -> Vec<u8> {
        let rows = std::mem::take(&mut self.waiting);
        if self.columns.is_empty() {
            return Vec::new();
        }
        let rule = LineStyle::none().fill('─');
        let mut table = comfy_table::Table::new();
        table
            .load_style(TableStyle::new().header_separator(rule))
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.page.width).unwrap_or(u16::MAX))
            .set_header(self.columns.iter().map(|column| {
                let cell = Cell::new(name(column));
                let number = matches!(column.of, Type::Integer | Type::Real);
                if number { cell.set_alignment(CellAlignment::Right) } else { cell }
            }));
        let mut widest: Vec<usize> = self.columns.iter().map(longest_word).collect();
        for row in &rows {
            table.add_row(row.iter().zip(&mut widest).map(|(value, widest)| {
                let shown = shown(value);
                *widest = width(&shown).max(*widest);
                let cell = Cell::new(shown);
                let number = matches!(value, Value::Integer(_) | Value::Real(_));
                if number { cell.set_alignment(CellAlignment::Right) } else { cell }
            }));
        }
        // What is short is not broken, whatever stands beside it, as long as the page has room.
        let room = |between: usize| {
            let needed: usize = widest.iter().map(|widest| widest.min(&SHORT) + between).sum();
            needed <= self.page.width + between
        };
        let (between, whole) = if room(2) { (2, true) } else { (1, room(1)) };
        let last = self.columns.len() - 1;
        for (number, laid) in table.column_iter_mut().enumerate() {
            let between = if number == last { 0 } else { between };
            laid.set_padding((0, between));
            if let Some(&widest) = widest.get(number).filter(|widest| whole && **widest <= SHORT) {
                laid.set_constraint(ColumnConstraint::Absolute(Width::Fixed(widest as u16 + between)));
            }
        }
        let heading = self.page.palette.heading;
        let mut above = true;
        let mut out = String::new();
        if std::mem::replace(&mut self.any, true) {
            out.push('\n');
        }
        for line in table.lines() {
            let line = line.trim_end();
            above &= !line.starts_with('─');
            if above {
                let _ = writeln!(out, "{heading}{line}{heading:#}");
            } else {
                out.push_str(line);
                out.push('\n');
            }
        }
        out.into_bytes()
    }
}

/// A column's name as people read it, to be broken at its blanks; the names of an answer in SQL stay as they are.
fn name(column: &Column) -> String {
    let name = plain(&column.name);
    if column.of == Type::Found { name } else { name.replace("cooperation", "coop.").replace('_', " ") }
}

fn longest_word(column: &Column) -> usize {
    name(column).split(' ').map(width).max().unwrap_or_default()
}

/// A cell in one line. Reals have two decimals: what scores and confidences can claim.
fn shown(value: &Value) -> String {
    match value {
        Value::Real(number) => format!("{number:.2}"),
        value => plain(&value.written().replace(['\n', '\r', '\t'], " ")),
    }
}
