//! `demarche timeline`: counts over time, with a picture.

use demarche::record::Code;
use demarche_dossier::{Timeline, Unit};

use super::{Source, counted};
use crate::args::{self, Period, TableTo};
use crate::failure::Failure;
use crate::output::table::{Column, Table, Type};
use crate::output::{Destination, Page, chart, sparkline};
use crate::summary::count;

pub(super) fn run(args: &args::Timeline, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let filter = source.filter(&args.conditions)?;
    let (unit, noun) = match args.by {
        Period::Day => (Unit::Day, "day"),
        Period::Week => (Unit::Week, "week"),
        Period::Month => (Unit::Month, "month"),
        Period::Year => (Unit::Year, "year"),
    };
    let pair = match args.pair.as_deref() {
        Some(&[one, other]) => Some((one, other)),
        _ => None,
    };
    let timeline = source.dossier.timeline(&filter, pair, unit).map_err(|cause| source.failed(cause))?;
    let title = format!("{}events by {noun}", pair.map(named).unwrap_or_default());
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    if args.to == TableTo::Text && !timeline.buckets.is_empty() {
        destination.write(line(&title, &timeline, page).as_bytes())?;
    }
    let mut columns = vec![Column::new(noun, Type::Text)];
    columns.extend(counted::counted());
    let mut table = Table::begin(args.to, columns, destination, page)?;
    for bucket in &timeline.buckets {
        let mut row = vec![bucket.period.to_string().into()];
        row.extend(counted::cells(&bucket.counts));
        table.row(row)?;
    }
    source.told(timeline.buckets.iter().map(|bucket| bucket.counts.events).sum::<u64>() + timeline.undated);
    if timeline.undated > 0 {
        let undated = count(timeline.undated, "event");
        source
            .console
            .noted(format_args!("{undated} not in the table: the date is unknown, or not exact to the {noun}"));
    }
    table.finish()?;
    if let Some(path) = &args.svg {
        let mut picture = Destination::open(Some(path))?;
        picture.write(chart::svg(&title, &timeline)?.as_bytes())?;
        picture.finish(true)?;
    }
    Ok(())
}

/// `CHN and RUS: `.
fn named((one, other): (Code, Code)) -> String {
    format!("{one} and {other}: ")
}

/// Title and sparkline.
fn line(title: &str, timeline: &Timeline, page: Page) -> String {
    let palette = page.palette;
    let events: Vec<u64> = timeline.buckets.iter().map(|bucket| bucket.counts.events).collect();
    let (heading, trigger, dim) = (palette.heading, palette.trigger, palette.dim);
    let ends = match (timeline.buckets.first(), timeline.buckets.last()) {
        (Some(first), Some(last)) => format!("{} to {}", first.period, last.period),
        _ => String::new(),
    };
    format!(
        "{heading}{title}{heading:#}{dim}, {ends}, {} in all{dim:#}\n{trigger}{}{trigger:#}\n\n",
        events.iter().sum::<u64>(),
        sparkline::of(&events, page.width)
    )
}
