//! From a document's records to the bytes of the form that is asked for.

use std::collections::BTreeMap;

use demarche::record::Day;
use demarche::{Analysis, Document, Report};
use demarche_layouts::{LeftOut, Source, Writer, expand};

use super::{Destination, Page, csv, jsonl, text, withheld};
use crate::args::{Code, Kind, To};
use crate::failure::Failure;

/// The form that is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    to: To,
    kind: Kind,
    no_text: bool,
    expand: bool,
    /// Where the form is a layout of the field.
    layout: Option<Writer>,
}

impl Form {
    pub(crate) fn of(args: &Code) -> Result<Self, Failure> {
        Ok(Self {
            to: args.to,
            kind: args.kind,
            no_text: args.batches.no_text,
            expand: args.pairs.expand_dyads,
            layout: args.to.layout().map(Writer::new).transpose()?,
        })
    }

    /// What stands at the head of the output.
    pub(crate) fn header(&self) -> Vec<u8> {
        match (self.to, &self.layout) {
            (To::Csv, _) => csv::header(self.kind),
            (_, Some(writer)) => writer.layout().header(),
            _ => Vec::new(),
        }
    }

    /// The destination made ready for the form.
    pub(crate) fn prepare(&self, destination: Destination) -> Result<Destination, Failure> {
        if self.to == To::Parquet {
            return destination.tabled(self.kind.of_table());
        }
        Ok(destination.headed(self.header()))
    }

    /// The records of a document, and the events that the form has no room for. A Parquet file is made of lines of JSON.
    pub(crate) fn bytes(
        &self,
        document: &Document,
        analysis: &Analysis,
        mut report: Report,
        page: Page,
    ) -> (Vec<u8>, BTreeMap<LeftOut, usize>) {
        let source = self.layout.map(|_| Source::of(&report.records, document.date.map(Day)));
        if self.expand {
            report.records = report.records.into_iter().flat_map(expand).collect();
        }
        if let (Some(writer), Some(source)) = (&self.layout, source) {
            let rows = writer.rows(&report.records, &source);
            return (rows.bytes, rows.left_out);
        }
        let bytes = match self.to {
            To::Text => text::render(document, analysis, &report, page).into_bytes(),
            To::Jsonl if self.no_text => withheld::lines(report.records, document),
            To::Csv => csv::rows(&report.records, self.kind),
            _ => jsonl::lines(&report.records),
        };
        (bytes, BTreeMap::new())
    }
}
