//! `demarche geoparse`: the places that documents name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use demarche::document::Discovered;
use demarche::record::Field;
use demarche::{Coder, Span};
use serde::Deserialize;

use crate::args::{Geoparse, GeoparseTo};
use crate::batch;
use crate::commands::eval::whole;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, geojson, jsonl, places, plain};
use crate::summary::Counts;

/// Given mentions of each document, in the order of their lines.
type Mentions = BTreeMap<String, Vec<Span>>;

pub(crate) fn run(args: &Geoparse, quiet: bool) -> Result<Verdict, Failure> {
    let Discovered { inputs, left } = args.reading.inputs()?;
    let mentions = args.mentions.as_deref().map(mentions).transpose()?.map(Arc::new);
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let to = args.to;
    let coder = Coder::new()?;
    match to {
        GeoparseTo::Jsonl => {}
        GeoparseTo::Csv => destination = destination.headed(places::header()),
        GeoparseTo::Geojson => destination = destination.framed(geojson::COLLECTION),
    }
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let late = Console::new(quiet, true);
    let missing: BTreeSet<String> = mentions.iter().flat_map(|mentions| mentions.keys().cloned()).collect();
    let missing = Arc::new(Mutex::new(missing));
    let stray: Arc<Mutex<Vec<String>>> = Arc::default();
    let (wanted, left, amiss) = (mentions.clone(), Arc::clone(&missing), Arc::clone(&stray));
    let work = batch::english(move |document| {
        let given = wanted.as_ref().map(|wanted| wanted.get(&document.id).map_or(&[][..], Vec::as_slice));
        if given.is_some() {
            left.lock().unwrap_or_else(PoisonError::into_inner).remove(&document.id);
        }
        if given.is_some_and(<[Span]>::is_empty) {
            return (Vec::new(), Counts { documents: 1, places: Some([0, 0]), ..Counts::default() });
        }
        let analysis = coder.analyse(document);
        let found = match given {
            Some(given) => {
                // Spans that do not stand on whole characters of the text.
                let whole = |span: &Span| document.body.received(document.body.decoded(*span)) == *span;
                let (given, wrong): (Vec<Span>, Vec<Span>) = given.iter().partition(|span| whole(span));
                let said = wrong.iter().map(|span| {
                    let cause = "is no stretch of whole characters of the text; offsets are bytes as received";
                    format!("{}: the mention {}-{} {cause}", plain(&document.id), span.start, span.end)
                });
                amiss.lock().unwrap_or_else(PoisonError::into_inner).extend(said);
                coder.geoparse_mentions(document, &analysis, &given)
            }
            None => coder.geoparse(document, &analysis),
        };
        let resolved = found.iter().filter(|toponym| toponym.name.is_some()).count();
        let counts = Counts {
            documents: 1,
            sentences: analysis.sentences(),
            words: analysis.words(),
            foreign: document.foreign.clone(),
            places: Some([found.len(), resolved]),
            ..Counts::default()
        };
        let bytes = match to {
            GeoparseTo::Jsonl => jsonl::lines(&found),
            GeoparseTo::Csv => places::rows(&found),
            GeoparseTo::Geojson => geojson::features(&found),
        };
        (bytes, counts)
    });
    let source = batch::remarked(inputs, args.reading.options());
    let verdict = batch::run(source, args.reading.threads(), work, destination, console)?;
    let missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
    for document in missing.iter() {
        late.failed(format_args!("{}: mentions are given, but no English document of this id", plain(document)));
    }
    let mut stray = stray.lock().unwrap_or_else(PoisonError::into_inner);
    stray.sort();
    for mention in stray.iter() {
        late.failed(format_args!("{mention}"));
    }
    Ok(if missing.is_empty() && stray.is_empty() { verdict } else { Verdict::SomeFailed })
}

#[derive(Deserialize)]
struct Line {
    document: String,
    start: usize,
    end: usize,
    field: Option<Field>,
}

fn mentions(file: &Path) -> Result<Mentions, Failure> {
    let mut out = Mentions::new();
    for (number, line) in whole(file)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |cause: String| Failure::Mentions { path: file.display().to_string(), line: number + 1, cause };
        let Line { document, start, end, field } =
            serde_json::from_str(line).map_err(|cause| fault(cause.to_string()))?;
        if field == Some(Field::Title) {
            return Err(fault("it is of the title; mentions of the text alone can be given".to_owned()));
        }
        if end <= start {
            return Err(fault("end does not stand behind start".to_owned()));
        }
        out.entry(document).or_default().push(Span::new(start, end));
    }
    Ok(out)
}
