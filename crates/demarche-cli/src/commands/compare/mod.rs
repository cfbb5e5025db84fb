//! `demarche compare`: two sources beside each other.

mod show;
mod source;

use demarche_dossier::{Cells, Comparison, Disjoint};

use crate::args::{Compare, CompareTable, CompareTo};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, Page};

/// Why two sources cannot be compared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompareError {
    /// What was named is no source.
    #[error(
        "{written}: no such source; name a dossier, a publisher in one (watch.db:icews), a file of a data set (gdelt:FILE), or give --from"
    )]
    NoSource { written: String },
    /// A publisher that the dossier does not have.
    #[error("{dossier}: nothing of `{publisher}` in it; it has {known}")]
    NoPublisher { dossier: String, publisher: String, known: String },
    /// A source without a single event in a month.
    #[error("{written}: no event with a country and a month{within}")]
    Nothing { written: String, within: &'static str },
    /// A file of a data set that cannot be read.
    #[error("{path}: {cause}")]
    File { path: String, cause: demarche_layouts::ReadError },
    /// Two sources of different times.
    #[error("{a} and {b} have {cause}")]
    Disjoint { a: String, b: String, cause: Disjoint },
}

pub(crate) fn run(args: &Compare, quiet: bool) -> Result<Verdict, Failure> {
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal());
    let mut all_well = true;
    let mut read = |written: &str| -> Result<Cells, Failure> {
        let source = source::Source::of(written, args.from.as_deref())?;
        let (mut cells, faults) = source.cells(args.by.into(), args.of.into(), &console)?;
        all_well &= faults == 0;
        let any = !cells.is_empty();
        cells.keep_between(args.since, args.until);
        if cells.is_empty() {
            let within = if any { " between --since and --until" } else { "" };
            return Err(CompareError::Nothing { written: written.to_owned(), within }.into());
        }
        Ok(cells)
    };
    let (a, b) = (read(&args.a)?, read(&args.b)?);
    let found = Comparison::of(&a, &b).map_err(|cause| CompareError::Disjoint {
        a: args.a.clone(),
        b: args.b.clone(),
        cause,
    })?;
    if let Some(found) = found {
        let sides = [args.a.as_str(), args.b.as_str()];
        let bytes = match (args.to, args.table) {
            (CompareTo::Text, _) => {
                let left_out = [a.left_out(), b.left_out()];
                show::text(&found, sides, left_out, args.most, Page::of(&destination)).into_bytes()
            }
            (CompareTo::Csv, CompareTable::Agreement) => show::csv(found.agreement.iter().map(show::AgreementRow::new)),
            (CompareTo::Csv, CompareTable::Cells) => show::csv(found.unlike.iter().map(show::CellRow::new)),
            (CompareTo::Jsonl, CompareTable::Agreement) => {
                show::jsonl(found.agreement.iter().map(show::AgreementRow::new))
            }
            (CompareTo::Jsonl, CompareTable::Cells) => show::jsonl(found.unlike.iter().map(show::CellRow::new)),
        };
        destination.write(&bytes)?;
    }
    destination.finish(true)?;
    console.close();
    Ok(Verdict::of(all_well))
}
