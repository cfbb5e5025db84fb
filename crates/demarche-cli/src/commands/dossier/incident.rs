//! `demarche incident`: the reports of one happening.

use super::Source;
use crate::args::{Incident, TableTo};
use crate::failure::Failure;
use crate::output::table::{Column, Table, Type, Value, columns};
use crate::output::text::{listing, shown};
use crate::output::{Destination, Page};

pub(super) fn run(args: &Incident, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let incident = source.dossier.incident(&args.id).map_err(|cause| source.failed(cause))?;
    let mut all = columns([
        ("event", Type::Text),
        ("published", Type::Date),
        ("publisher", Type::Text),
        ("date", Type::Date),
        ("place", Type::Text),
        ("figures", Type::Text),
    ]);
    // For people the figures in words are enough.
    let numbers = args.to != TableTo::Text;
    if numbers {
        all.extend(["dead", "injured", "arrested", "size"].map(|kind| Column::new(kind, Type::Integer)));
    }
    all.push(Column::new("text", Type::Text));
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    if args.to == TableTo::Text {
        let heading = page.palette.heading;
        let what = incident.witnesses.first().map(|first| {
            let types: Vec<&str> = first.event.event.iter().map(|event| event.as_str()).collect();
            types.join(" ")
        });
        let told = format!("{heading}{}{heading:#}: {}\n\n", what.unwrap_or_default(), shown::summary(&incident));
        destination.write(told.as_bytes())?;
    }
    let mut table = Table::begin(args.to, all, destination, page)?;
    for witness in incident.witnesses {
        let event = witness.event;
        let place = event.event_loc.map(|place| place.resolved_place.unwrap_or(place.extracted_place));
        let mut row = vec![
            event.id.into(),
            witness.published.into(),
            event.cite_info.publication.into(),
            event.date.into(),
            place.into(),
            listing::figures(&event.counts).into(),
        ];
        if numbers {
            row.extend([event.dead, event.injured, event.arrested, event.size].map(Value::from));
        }
        row.push(Some(event.text).filter(|text| !text.is_empty()).into());
        table.row(row)?;
    }
    table.finish()
}
