//! Seconds that questions take, asked of many events.
//!
//! `cargo bench -p demarche-dossier --bench questions -- [EVENTS] [FILE.db]`: made-up events of ten years among all
//! countries, a few of which are in most events; a file that is there already is asked as it is.

#![allow(clippy::print_stdout, missing_docs)]

#[path = "../tests/made/mod.rs"]
mod made;

use std::ops::ControlFlow::{Break, Continue};
use std::path::{Path, PathBuf};
use std::time::Instant;

use demarche_dossier::{Batch, Dossier, DossierError, Filter, Keep, Panel, States, Unit, Universe, Vocabulary};
use demarche_record::{Code, Day, Record};
use made::Dice;

/// Events of a document.
const EACH: u64 = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let events: u64 = arguments.next().map_or(Ok(100_000), |number| number.parse())?;
    let folder = tempfile::tempdir()?;
    let path = arguments.next().map_or_else(|| folder.path().join("made.db"), PathBuf::from);
    if !path.exists() {
        fill(&path, events)?;
    }
    let dossier = Dossier::open_read_only(&path)?;
    let filter = |pairs: &[(&str, &str)]| Filter::parse(pairs.iter().copied(), &Vocabulary::default());
    for pairs in [
        &[][..],
        &[("actor", "CHN"), ("recipient", "RUS")],
        &[("actor", "PER")],
        &[("actor", "MIL"), ("since", "2020")],
        &[("type", "AID"), ("since", "2024-11")],
        &[("place", "Geneva"), ("since", "2024-12")],
        &[("publisher", "Example Wire"), ("until", "2015-01")],
        &[("min-confidence", "0.98")],
    ] {
        let filter = filter(pairs)?;
        timed(&format!("count {pairs:?}"), || Ok(dossier.counts(&filter)?[0]))?;
        for limit in [20, 10_000] {
            let name = format!("events {pairs:?}, the first {limit}");
            timed(&name, || {
                let mut found = 0;
                dossier.events(&filter, |_| {
                    found += 1;
                    if found < limit { Continue(()) } else { Break(()) }
                })?;
                Ok(found)
            })?;
        }
    }
    let all = Filter::default();
    let pair = Some((Code::parse("CHN")?, Code::parse("RUS")?));
    timed("timeline of a pair", || Ok(dossier.timeline(&all, pair, Unit::Month)?.buckets.len() as u64))?;
    timed("timeline of all", || Ok(dossier.timeline(&all, None, Unit::Week)?.buckets.len() as u64))?;
    timed("dyads", || Ok(dossier.dyads(&all)?.len() as u64))?;
    let last = filter(&[("since", "2024"), ("actor", "CHN")])?;
    for (name, filter, panel) in [
        ("panel of countries", &all, Panel::CountryMonth),
        ("panel of dyads", &all, Panel::DyadMonth),
        ("panel of dyads of a country in a year", &last, Panel::DyadMonth),
    ] {
        timed(name, || {
            let mut rows = 0;
            dossier.panel(filter, panel, &Universe::Found, |_| {
                rows += 1;
                Continue(())
            })?;
            Ok(rows)
        })?;
    }
    timed("vocabulary", || Ok(dossier.vocabulary()?.event_types.len() as u64))?;
    timed("search", || {
        let mut found = 0;
        dossier.search("ceasefire1 talks2", |_| {
            found += 1;
            Continue(())
        })?;
        Ok(found)
    })?;
    Ok(())
}

fn timed(name: &str, ask: impl FnOnce() -> Result<u64, DossierError>) -> Result<(), DossierError> {
    let start = Instant::now();
    let found = ask()?;
    println!("{:8.3} s  {found:>9}  {name}", start.elapsed().as_secs_f64());
    Ok(())
}

fn fill(path: &Path, events: u64) -> Result<(), Box<dyn std::error::Error>> {
    let states = States::read(include_str!("../../../data/places/countries.tsv"))?;
    let countries: Vec<Code> = states.members(demarche_dossier::Numbering::Cow).collect();
    let mut dossier = Dossier::open(path)?;
    let mut batch = Batch::new(made::run(), Keep::Text);
    let mut dice = Dice::new(7);
    for number in 0..events.div_ceil(EACH) {
        let mut report = made::report(number, EACH as usize);
        let year = 2015 + dice.roll(10);
        let date = format!("{year}-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28)).parse().ok().map(Day);
        report.document.date = date;
        for record in &mut report.records {
            let Record::Event(event) = record else { continue };
            event.date = date;
            for entity in event.actor.iter_mut().chain(&mut event.recipient) {
                // Half of those who take part are of the dozen countries that the records are made with.
                if dice.roll(2) == 0 {
                    entity.code = countries.get(dice.roll(countries.len())).copied();
                }
            }
        }
        batch.push(report);
        if batch.is_full() {
            dossier.add(&batch)?;
            batch.clear();
        }
    }
    dossier.add(&batch)?;
    Ok(())
}
