//! `demarche show`: a record on its text.

use demarche::Record;

use super::Source;
use crate::args::{Show, ShowTo};
use crate::failure::Failure;
use crate::output::text::shown;
use crate::output::{Destination, Page, jsonl};

pub(super) fn run(args: &Show, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let failed = |cause| source.failed(cause);
    let record = source.dossier.show(&args.id).map_err(failed)?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let bytes = match args.to {
        ShowTo::Jsonl => jsonl::lines(&[record.record]),
        ShowTo::Text => {
            let incident = match &record.record {
                Record::Event(event) => Some(source.dossier.incident(&event.id).map_err(failed)?),
                _ => None,
            };
            let days = match &record.record {
                Record::Initiative(initiative) => source.dossier.stage_days(&initiative.id).map_err(failed)?,
                _ => Vec::new(),
            };
            let page = Page::of(&destination);
            shown::render(&record, incident.as_ref().filter(|incident| incident.witnesses.len() > 1), &days, page)
                .into_bytes()
        }
    };
    destination.write(&bytes)?;
    destination.finish(true)
}
