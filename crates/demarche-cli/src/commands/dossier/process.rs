//! `demarche process`: the history of an initiative as all reports tell it.

use super::Source;
use crate::args::{Process, TableTo};
use crate::failure::Failure;
use crate::output::table::{Table, Type, Value, columns};
use crate::output::text::listing;
use crate::output::{Destination, Page};

pub(super) fn run(args: &Process, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let process = source.dossier.process(&args.id).map_err(|cause| source.failed(cause))?;
    let columns = columns([
        ("date", Type::Date),
        ("stage", Type::Text),
        ("by", Type::Text),
        ("publisher", Type::Text),
        ("initiative", Type::Text),
        ("record", Type::Text),
        ("start", Type::Integer),
        ("end", Type::Integer),
    ]);
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    if args.to == TableTo::Text {
        destination.write(listing::process(&process, page).as_bytes())?;
        destination.write(format!("\n{}\n\n", listing::told_by(&process)).as_bytes())?;
    }
    let mut table = Table::begin(args.to, columns, destination, page)?;
    for turn in process.history {
        let by: Vec<String> = turn.by.iter().map(listing::short).collect();
        for witness in turn.witnesses {
            table.row(vec![
                turn.date.into(),
                turn.stage.as_str().into(),
                Some(by.join("; ")).filter(|by| !by.is_empty()).into(),
                witness.publisher.into(),
                witness.initiative.into(),
                witness.record.map_or(Value::Null, Value::Text),
                (witness.sentence.start as u64).into(),
                (witness.sentence.end as u64).into(),
            ])?;
        }
    }
    table.finish()
}
