//! `demarche dyads`: which countries have to do with which.

use super::{Source, counted};
use crate::args::DyadCounts;
use crate::failure::Failure;
use crate::output::table::{Type, columns};

pub(super) fn run(args: &DyadCounts, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let filter = source.filter(&args.conditions)?;
    let mut all = columns([("source", Type::Text), ("target", Type::Text)]);
    all.extend(counted::counted());
    all.extend(columns([("first", Type::Date), ("last", Type::Date)]));
    source.tabulated(args.to, &args.writing, all, |dossier, rows| {
        let limit = args.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        for dyad in dossier.dyads(&filter)?.into_iter().take(limit) {
            let mut row = vec![dyad.source.into(), dyad.target.into()];
            row.extend(counted::cells(&dyad.counts));
            row.extend([dyad.first.into(), dyad.last.into()]);
            if rows.row(row).is_break() {
                break;
            }
        }
        Ok(())
    })
}
