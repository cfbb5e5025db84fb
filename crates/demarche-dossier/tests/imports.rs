//! What was taken over from other data sets: set apart from what was coded, chosen by publisher, compared by cell.

#![allow(clippy::unwrap_used)]

mod made;

use demarche_dossier::{
    Batch, Cells, Class, Comparison, Dossier, Filter, Keep, Linked, Of, Panel, Report, Reported, Vocabulary,
};
use demarche_record::{EventType, QuadCode, Record};

const TEXT: &str =
    "Malian soldiers shelled a crowded vegetable market near the river port, killing traders and porters.";

/// Day, actor, recipient, type.
type Happening = (&'static str, &'static str, &'static str, EventType);

/// Events of a document, all with one text, so that they would be one happening if they were compared.
fn report(id: &str, publisher: &str, happenings: &[Happening]) -> Report {
    let document = made::document(id, publisher, "2024-03-05", id);
    let records = happenings.iter().enumerate().map(|(at, (date, actor, recipient, event_type))| {
        let mut event = made::event(&document, at + 1, *event_type, TEXT);
        event.date = date.parse().ok().map(demarche_record::Day);
        event.quad_code = Some(QuadCode(if *event_type == EventType::ASSAULT { 4 } else { 1 }));
        event.actor = vec![made::entity(actor, &[], actor)];
        event.recipient = if recipient.is_empty() { Vec::new() } else { vec![made::entity(recipient, &[], recipient)] };
        Record::Event(Box::new(event))
    });
    Report { records: records.collect(), document, sentences: Vec::new() }
}

fn imported(reports: Vec<Report>) -> Batch {
    let mut batch = Batch::new(made::run(), Keep::Spans);
    batch.imported = true;
    for report in reports {
        batch.push(report);
    }
    batch
}

const SHELLING: Happening = ("2024-03-05", "MLI", "BFA", EventType::ASSAULT);

fn dossier() -> Dossier {
    let mut dossier = Dossier::in_memory().unwrap();
    let coded = [report("wire", "Example Wire", &[SHELLING]), report("paper", "Daily Example", &[SHELLING])];
    dossier.add(&made::batch(coded)).unwrap();
    let part = |number, happenings: &[Happening]| report(&format!("icews:a.tsv/{number}"), "ICEWS", happenings);
    let parts = vec![
        part(1, &[SHELLING, SHELLING, ("2024-04-01", "NOR", "MLI", EventType::CONSULT)]),
        part(2, &[("2024-03-09", "NOR", "", EventType::CONSULT), ("2024-02-09", "NOR", "MLI", EventType::CONSULT)]),
    ];
    dossier.add(&imported(parts)).unwrap();
    dossier
}

fn incidents(dossier: &Dossier, publisher: &[&str]) -> (u64, u64) {
    let filter = publisher.iter().map(|name| ("publisher", *name));
    let filter = Filter::parse(filter, &Vocabulary::default()).unwrap();
    let timeline = dossier.timeline(&filter, None, demarche_dossier::Unit::Year).unwrap();
    timeline.buckets.iter().fold((0, 0), |(events, incidents), bucket| {
        (events + bucket.counts.events, incidents + bucket.counts.incidents)
    })
}

#[test]
fn imported_events_are_joined_with_none() {
    let mut dossier = dossier();
    let Linked { .. } = dossier.link().unwrap();
    // Two reports of one shelling were coded; two rows of the same are two.
    assert_eq!(incidents(&dossier, &["Example Wire", "Daily Example"]), (2, 1));
    assert_eq!(incidents(&dossier, &["ICEWS"]), (5, 5));
    assert_eq!(incidents(&dossier, &[]), (7, 6));
    dossier.verify().unwrap();
}

#[test]
fn parts_of_a_file_are_known_by_number_and_go_without_a_trace() {
    let mut dossier = dossier();
    dossier
        .add(&imported(vec![report("icews:a.tsv/10", "ICEWS", &[]), report("icews:a.tsv.old/3", "ICEWS", &[])]))
        .unwrap();
    assert_eq!(dossier.parts_of("icews:a.tsv").unwrap(), ["icews:a.tsv/1", "icews:a.tsv/2", "icews:a.tsv/10"]);
    dossier.link().unwrap();
    for part in dossier.parts_of("icews:a.tsv").unwrap() {
        assert!(dossier.remove(&part).unwrap());
    }
    dossier.link().unwrap();
    assert_eq!(incidents(&dossier, &["ICEWS"]), (0, 0));
    dossier.verify().unwrap();
}

#[test]
fn a_source_counts_the_same_from_its_tables_and_from_its_records() {
    let mut dossier = dossier();
    dossier.link().unwrap();
    for by in [Panel::DyadMonth, Panel::CountryMonth] {
        for of in [Of::Quad, Of::Event] {
            let mut own = Cells::new(by, of);
            for part in dossier.parts_of("icews:a.tsv").unwrap() {
                for record in dossier.records_of(&part).unwrap() {
                    let Record::Event(event) = record else { panic!("an event") };
                    own.add_event(&event);
                }
            }
            let stored = dossier.reported(&Reported::By("icews".to_owned()), by, of).unwrap();
            assert_eq!(Comparison::of(&own, &stored), Comparison::of(&own, &own));
            assert_eq!(own.left_out(), stored.left_out());
            assert_eq!(own.left_out(), u64::from(by == Panel::DyadMonth));
        }
    }
}

#[test]
fn two_sources_are_compared_where_both_cover() {
    let mut dossier = dossier();
    dossier.link().unwrap();
    let cells = |of: &Reported| dossier.reported(of, Panel::DyadMonth, Of::Quad).unwrap();
    let (coded, icews) = (cells(&Reported::Coded), cells(&Reported::By("ICEWS".to_owned())));
    let found = Comparison::of(&coded, &icews).unwrap().unwrap();
    let march = "2024-03-01".parse().unwrap();
    assert_eq!((found.months, found.units, found.cells), ((march, march), 1, 1));
    let all = &found.agreement[0];
    // One incident of two reports, two rows.
    assert_eq!((all.class, all.events, all.both, all.only), (None, [1, 2], 1, [0, 0]));
    assert_eq!((all.shared, all.overlap, all.pearson), (Some(1.0), Some(0.5), None));
    assert_eq!(found.unlike[0].class, Class::Quad(QuadCode(4)));
    assert_eq!(Comparison::of(&coded, &Cells::new(Panel::DyadMonth, Of::Quad)).unwrap(), None);
    let mut later = icews.clone();
    later.keep_between("2024-04-01".parse().ok(), None);
    let error = Comparison::of(&coded, &later).unwrap_err().to_string();
    assert_eq!(error, "no month in common: the one runs from 2024-03 to 2024-03, the other from 2024-04 to 2024-04");
}
