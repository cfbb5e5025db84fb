//! `demarche panel`: every unit in every month, zeros included.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use demarche::record::Code;
use demarche_dossier::{Numbering, Panel, Universe};

use super::{Source, counted, flow};
use crate::args::{self, Codes, PanelBy, TableTo, Units};
use crate::codes;
use crate::failure::Failure;
use crate::output::table::{Column, Table, Type, Value};
use crate::output::{Destination, Page};
use crate::summary::count;

pub(super) fn run(args: &args::Panel, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let filter = source.filter(&args.conditions)?;
    let states = codes::states().map_err(|cause| source.failed(cause))?;
    let (numbering, list) = match args.codes {
        Codes::Iso => (Numbering::Iso, "ISO 3166"),
        Codes::Cow => (Numbering::Cow, "the Correlates of War"),
        Codes::Gw => (Numbering::GleditschWard, "Gleditsch and Ward"),
    };
    let universe = match &args.units {
        Units::Seen => Universe::Found,
        Units::All => Universe::Countries(states.members(numbering).collect()),
        Units::These(countries) => Universe::Countries(countries.clone()),
    };
    let (panel, names): (_, &[&str]) = match args.by {
        PanelBy::DyadMonth => (Panel::DyadMonth, &["source", "target"]),
        PanelBy::CountryMonth => (Panel::CountryMonth, &["country"]),
    };
    let destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    let to = args.to.unwrap_or(if destination.is_terminal() { TableTo::Text } else { TableTo::Csv });
    let of = if args.codes == Codes::Iso { Type::Text } else { Type::Integer };
    let mut columns: Vec<Column> = names.iter().map(|name| Column::new(*name, of)).collect();
    columns.push(Column::new("month", Type::Text));
    columns.extend(counted::counted());
    let mut table = Table::begin(to, columns, destination, page)?;
    // Those that the list of states does not have: organisations, territories.
    let mut strangers = BTreeSet::new();
    let written = |code: Code| {
        let written = match args.codes {
            // Of ISO's codes and of those for organisations none is refused.
            Codes::Iso => Some(Value::from(code)),
            Codes::Cow | Codes::Gw => {
                states.written(code, numbering).and_then(|number| number.parse().ok()).map(Value::Integer)
            }
        };
        written.ok_or(code)
    };
    let mut failed = None;
    let undated = source
        .dossier
        .panel(&filter, panel, &universe, |row| {
            let mut cells = Vec::new();
            for unit in [Some(row.source), row.target].into_iter().flatten() {
                match written(unit) {
                    Ok(value) => cells.push(value),
                    Err(stranger) => {
                        strangers.insert(stranger);
                        return ControlFlow::Continue(());
                    }
                }
            }
            cells.push(row.month.to_string().into());
            cells.extend(counted::cells(&row.counts));
            flow(table.row(cells), &mut failed)
        })
        .map_err(|cause| source.failed(cause))?;
    failed.map_or(Ok(()), Err)?;
    source.told(table.rows());
    if undated > 0 {
        let undated = count(undated, "event");
        source.console.noted(format_args!("{undated} in no row: the date is unknown, or not exact to the month"));
    }
    if !strangers.is_empty() {
        let names: Vec<&str> = strangers.iter().map(Code::as_str).collect();
        source.console.noted(format_args!(
            "left out, not states of the list of {list}: {}; --codes iso keeps them",
            names.join(", ")
        ));
    }
    table.finish()
}
