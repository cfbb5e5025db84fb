//! `demarche events`, `statements`, `initiatives`: records by filter.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use demarche::Record;
use demarche::record::{Event, Initiative, Statement};
use demarche_dossier::{Dossier, DossierError, Filter, Process};
use demarche_layouts::{Layout, LeftOut, Writer, expand};

use super::{Source, flow, within};
use crate::args::{Asked, Kind, Listing, To};
use crate::failure::Failure;
use crate::output::text::listing;
use crate::output::{Destination, Page, csv, jsonl};
use crate::summary::count;

pub(super) fn events<K: Asked>(args: &Listing<K>, quiet: bool) -> Result<(), Failure> {
    let each = |dossier: &Dossier, filter: &Filter, visit: &mut Visit<'_, Event>| dossier.events(filter, visit);
    let text = |event: &Event, page| listing::event(event, page);
    let record = |event| Record::Event(Box::new(event));
    Listed { kind: Kind::Event, each, text, record }.answer(args, quiet)
}

pub(super) fn statements<K: Asked>(args: &Listing<K>, quiet: bool) -> Result<(), Failure> {
    let each = |dossier: &Dossier, filter: &Filter, visit: &mut Visit<'_, Statement>| dossier.statements(filter, visit);
    let text = |statement: &Statement, page| listing::statement(statement, page);
    let record = |statement| Record::Statement(Box::new(statement));
    Listed { kind: Kind::Statement, each, text, record }.answer(args, quiet)
}

/// For people, and to be counted, initiatives of one process are one.
pub(super) fn initiatives<K: Asked>(args: &Listing<K>, quiet: bool) -> Result<(), Failure> {
    if !args.count && args.to != To::Text {
        let each =
            |dossier: &Dossier, filter: &Filter, visit: &mut Visit<'_, Initiative>| dossier.initiatives(filter, visit);
        let text = |_: &Initiative, _| String::new();
        let record = |initiative| Record::Initiative(Box::new(initiative));
        return Listed { kind: Kind::Initiative, each, text, record }.answer(args, quiet);
    }
    let source = Source::open(&args.asking, quiet)?;
    let filter = source.filter(&args.conditions)?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    let (mut given, mut failed) = (0, None);
    let visit = |process: Process| {
        given += 1;
        if !args.count {
            flow(destination.write(listing::process(&process, page).as_bytes()), &mut failed)?;
        }
        within(args.limit, given)
    };
    source.dossier.processes(&filter, visit).map_err(|cause| source.failed(cause))?;
    failed.map_or(Ok(()), Err)?;
    if args.count {
        destination.write(format!("{given}\n").as_bytes())?;
    } else {
        source.told(given);
    }
    destination.finish(true)
}

/// What takes records one after the other.
type Visit<'a, T> = dyn FnMut(T) -> ControlFlow<()> + 'a;

/// Records of a kind: how they are asked for and shown.
struct Listed<E, T, R> {
    kind: Kind,
    each: E,
    text: T,
    record: R,
}

impl<E, T, R> Listed<E, T, R> {
    fn answer<K: Asked, V>(self, args: &Listing<K>, quiet: bool) -> Result<(), Failure>
    where
        E: Fn(&Dossier, &Filter, &mut Visit<'_, V>) -> Result<(), DossierError>,
        T: Fn(&V, Page) -> String,
        R: Fn(V) -> Record,
    {
        let source = Source::open(&args.asking, quiet)?;
        let filter = source.filter(&args.conditions)?;
        if args.count {
            let counts = source.dossier.counts(&filter).map_err(|cause| source.failed(cause))?;
            let mut destination = Destination::open(args.writing.output.as_deref())?;
            destination.write(format!("{}\n", counts[self.kind as usize]).as_bytes())?;
            return destination.finish(true);
        }
        let writer = args.to.layout().map(|layout| self.writer(layout)).transpose()?;
        let mut destination = Destination::open(args.writing.output.as_deref())?;
        let page = Page::of(&destination);
        destination = match (args.to, &writer) {
            (To::Parquet, _) => destination.tabled(self.kind.of_table())?,
            (To::Csv, _) => destination.headed(csv::header(self.kind)),
            (_, Some(writer)) => destination.headed(writer.layout().header()),
            _ => destination,
        };
        let mut rows = writer.map(|writer| LayoutRows::new(&source, writer));
        let (mut given, mut failed) = (0, None);
        let visit = &mut |record: V| {
            given += 1;
            let bytes = if args.to == To::Text {
                Ok((self.text)(&record, page).into_bytes())
            } else {
                let record = (self.record)(record);
                let records = if args.pairs.expand_dyads { expand(record) } else { vec![record] };
                match (args.to, &mut rows) {
                    (_, Some(rows)) => rows.rows(&records),
                    (To::Csv, _) => Ok(csv::rows(&records, self.kind)),
                    // A Parquet file is made of lines of JSON.
                    _ => Ok(jsonl::lines(&records)),
                }
            };
            flow(bytes.and_then(|bytes| destination.write(&bytes)), &mut failed)?;
            within(args.limit, given)
        };
        (self.each)(&source.dossier, &filter, visit).map_err(|cause| source.failed(cause))?;
        failed.map_or(Ok(()), Err)?;
        source.told(given);
        if let Some(rows) = rows {
            rows.tell();
        }
        destination.finish(true)
    }

    /// What writes a layout of the field.
    fn writer(&self, layout: Layout) -> Result<Writer, Failure> {
        if self.kind == Kind::Event { Ok(Writer::new(layout)?) } else { Err(Failure::EventsOnly { layout }) }
    }
}

/// Events as rows of a layout, which tells something of their documents too.
struct LayoutRows<'a> {
    source: &'a Source,
    writer: Writer,
    /// The document of the last event.
    document: Option<(String, demarche_layouts::Source)>,
    left_out: BTreeMap<LeftOut, usize>,
}

impl<'a> LayoutRows<'a> {
    const fn new(source: &'a Source, writer: Writer) -> Self {
        Self { source, writer, document: None, left_out: BTreeMap::new() }
    }

    /// The rows of an event, or of its pairs.
    fn rows(&mut self, records: &[Record]) -> Result<Vec<u8>, Failure> {
        let failed = |cause| self.source.failed(cause);
        let Some(record) = records.first() else { return Ok(Vec::new()) };
        // The id of a record is its document's with a number.
        let of = record.id().rsplit_once('#').map(|(document, _)| document.to_owned()).unwrap_or_default();
        let told = if let Some((_, told)) = self.document.take().filter(|(document, _)| *document == of) {
            told
        } else {
            let records = self.source.dossier.records_of(&of).map_err(failed)?;
            demarche_layouts::Source::of(&records, self.source.dossier.published(&of).map_err(failed)?)
        };
        let rows = self.writer.rows(records, &told);
        self.document = Some((of, told));
        for (reason, events) in rows.left_out {
            *self.left_out.entry(reason).or_default() += events;
        }
        Ok(rows.bytes)
    }

    /// Tells of the events that the layout has no room for.
    fn tell(self) {
        for (reason, events) in self.left_out {
            self.source.console.noted(format_args!("{} without a row: {reason}", count(events as u64, "event")));
        }
    }
}
