//! One happening in several reports is one incident; two happenings are two.

#![allow(clippy::unwrap_used)]

mod made;

use std::collections::BTreeSet;

use demarche_dossier::{Dossier, Filter, Report, Unit};
use demarche_record::{Count, CountKind, DatePrecision, Event, EventType, Mode, Record, Sector, Status};

/// A report of `id` by a publisher of the same name with one event of that text.
fn report(id: &str, text: &str, change: impl FnOnce(&mut Event)) -> Report {
    let document = made::document(id, id, "2024-03-05", &format!("{id} {text}"));
    let mut event = made::event(&document, 1, EventType::ASSAULT, text);
    event.actor = vec![made::entity("SYR", &[Sector::Mil], "Syrian army")];
    event.recipient = vec![made::entity("SYR", &[Sector::Reb], "rebels")];
    event.mode = vec![Mode::new("artillery")];
    event.event_loc = Some(made::place("Douma", "SYR"));
    change(&mut event);
    Report { document, sentences: Vec::new(), records: vec![Record::Event(Box::new(event))] }
}

fn dead(low: u64, high: Option<u64>) -> Count {
    Count { kind: CountKind::Dead, low, high, text: low.to_string() }
}

const SHELLED: &str = "Syrian army artillery shelled a crowded vegetable market in Douma, killing traders and porters.";

fn reports() -> Vec<Report> {
    vec![
        report("wire", SHELLED, |event| event.counts = vec![dead(6, Some(6))]),
        report(
            "paper",
            "Artillery of the Syrian army struck the vegetable market of Douma, where traders died.",
            |event| {
                event.counts = vec![dead(9, None)];
                event.actor[0].sector = vec![Sector::Mil, Sector::Gov];
            },
        ),
        report(
            "radio",
            "Shells on a market: traders and porters among those killed by artillery, rebels say.",
            |event| {
                event.event_loc = None;
                event.date = made::document("x", "", "2024-03-05", "").date;
            },
        ),
        // Same type, country and day, and nothing else.
        report("elsewhere", "Rebels were bombarded near an airfield by army helicopters at dawn.", |event| {
            event.event_loc = None;
            event.mode.clear();
        }),
        report("other-town", SHELLED, |event| event.event_loc = Some(made::place("Homs", "SYR"))),
        report("other-actor", SHELLED, |event| event.actor = vec![made::entity("RUS", &[Sector::Mil], "Russian jets")]),
        report("other-victim", SHELLED, |event| {
            event.recipient = vec![made::entity("SYR", &[Sector::Cvl], "civilians")];
        }),
        report("other-weapon", SHELLED, |event| event.mode = vec![Mode::new("aerial")]),
        report("other-day", SHELLED, |event| event.date = made::document("x", "", "2024-03-06", "").date),
        report("no-day", SHELLED, |event| event.date = None),
        report("threat", SHELLED, |event| event.status = Status::Planned),
        report("other-type", SHELLED, |event| event.event = vec![EventType::COERCE]),
    ]
}

fn linked(reports: &[Report], step: usize) -> Dossier {
    let mut dossier = Dossier::in_memory().unwrap();
    for chunk in reports.chunks(step) {
        dossier.add(&made::batch(chunk.to_vec())).unwrap();
        dossier.link().unwrap();
    }
    dossier
}

fn incidents(dossier: &Dossier, reports: &[Report]) -> BTreeSet<BTreeSet<String>> {
    reports
        .iter()
        .map(|report| {
            let incident = dossier.incident(report.records[0].id()).unwrap();
            incident.witnesses.into_iter().map(|witness| witness.event.document).collect()
        })
        .collect()
}

#[test]
fn witnesses_of_one_happening_are_joined_and_no_others() {
    let reports = reports();
    let dossier = linked(&reports, 100);
    let found = incidents(&dossier, &reports);
    let together: Vec<&BTreeSet<String>> = found.iter().filter(|incident| incident.len() > 1).collect();
    // The radio names no town: it may as well tell of the other one.
    assert_eq!(together, [&["wire", "paper"].map(str::to_owned).into()]);
    assert_eq!(found.len(), 11);
    let days = dossier.timeline(&Filter::default(), None, Unit::Day).unwrap();
    let counts = days.buckets[0].counts;
    assert_eq!((counts.events, counts.incidents), (10, 9));

    let unrivalled: Vec<Report> =
        reports.into_iter().filter(|report| ["wire", "paper", "radio"].contains(&&*report.document.id)).collect();
    let dossier = linked(&unrivalled, 1);
    let incident = dossier.incident("radio#e1").unwrap();
    assert_eq!(incident.witnesses[0].event.id, "paper#e1");
    assert_eq!(incident.publishers.len(), 3);
    assert_eq!(incident.stories, 3);
    assert_eq!(incident.figures.len(), 2);
    assert_eq!(incident.disputed, [CountKind::Dead].into());
    assert_eq!(incident.first, incident.last);
}

/// Whether two reports of that day are one incident.
fn are_one(one: Report, other: Report) -> bool {
    let ids = [&one, &other].map(|report| report.records[0].id().to_owned());
    let dossier = linked(&[one, other], 2);
    dossier.incident(&ids[0]).unwrap().witnesses.iter().any(|witness| witness.event.id == ids[1])
}

#[test]
fn names_and_figures_weigh_more_than_other_words() {
    let condemned = |id: &str, text: &str, dead_there: u64| {
        report(id, text, |event| {
            event.event = vec![EventType::ACCUSE];
            event.mode.clear();
            event.event_loc = None;
            event.actor = vec![made::entity("NOR", &[Sector::Gov], "Norway")];
            event.recipient.clear();
            event.counts = vec![dead(dead_there, None)];
        })
    };
    let first =
        condemned("first", "Norway strongly condemned the cruel bombing of stations near Tyrell in Marobavi.", 40);
    // The same words about another town, ...
    let elsewhere =
        condemned("second", "Norway strongly condemned the cruel bombing of stations near Ostwick in Dallow.", 7);
    assert!(!are_one(first.clone(), elsewhere));
    // ... other words about the same, ...
    assert!(are_one(first.clone(), condemned("third", "Oslo was appalled by what befell Tyrell and all Marobavi.", 7)));
    // ... and one word, one figure.
    assert!(are_one(first.clone(), condemned("fourth", "Horror: two stations hit, scores dead, says Norway.", 40)));
    assert!(!are_one(first, condemned("fifth", "Horror: two stations hit, scores dead, says Norway.", 7)));
}

#[test]
fn an_office_without_a_country_may_be_any_governments() {
    let welcomed = |id: &str, code: &str, who: &str, sector: Sector| {
        report(id, "A welcome to the newly listed sanctions against shipyards and refineries.", |event| {
            event.actor = vec![made::entity(code, &[sector], who)];
        })
    };
    let office = || welcomed("office", "", "the foreign minister", Sector::Gov);
    assert!(are_one(office(), welcomed("other", "PER", "Peru's foreign minister", Sector::Gov)));
    assert!(!are_one(office(), welcomed("other", "PER", "Peru's unions", Sector::Lab)));
    assert!(are_one(
        welcomed("bare", "", "rustlers", Sector::Crm),
        welcomed("other", "", "cattle rustlers", Sector::Crm)
    ));
    assert!(!are_one(
        welcomed("bare", "", "rustlers", Sector::Crm),
        welcomed("other", "", "bank robbers", Sector::Crm)
    ));
}

#[test]
fn what_many_report_is_one_incident_still() {
    let many: Vec<Report> = (0..300).map(|number| report(&format!("paper-{number}"), SHELLED, |_| ())).collect();
    let dossier = linked(&many, 120);
    assert_eq!(dossier.incident("paper-7#e1").unwrap().witnesses.len(), 300);
    let mut turned = many.clone();
    turned.reverse();
    assert_eq!(linked(&turned, 130).incident("paper-5#e1").unwrap().witnesses.len(), 300);
}

#[test]
fn a_month_meets_its_days_and_no_two_days_meet_through_it() {
    let day = |day: &str| made::document("x", "", day, "").date;
    let reports = [
        report("fifth", SHELLED, |_| ()),
        report("month", SHELLED, |event| {
            (event.date, event.enddate) = (day("2024-03-01"), day("2024-03-31"));
            event.date_precision = Some(DatePrecision::Month);
        }),
        report("year", SHELLED, |event| {
            (event.date, event.enddate) = (day("2024-01-01"), day("2024-12-31"));
            event.date_precision = Some(DatePrecision::Year);
        }),
        report("twentieth", SHELLED, |event| event.date = day("2024-03-20")),
    ];
    for step in [1, 4] {
        let found = incidents(&linked(&reports[..3], step), &reports[..3]);
        assert_eq!(found, [["fifth", "month"].map(str::to_owned).into(), ["year".to_owned()].into()].into());
        assert_eq!(incidents(&linked(&reports, step), &reports).len(), 4);
    }
}

#[test]
fn incidents_do_not_depend_on_the_order_of_adding() {
    let reports = reports();
    let expected = incidents(&linked(&reports, 100), &reports);
    for (step, turn) in [(1, 0), (2, 5), (5, 8)] {
        let mut turned = reports.clone();
        turned.rotate_left(turn);
        turned.reverse();
        assert_eq!(incidents(&linked(&turned, step), &reports), expected);
    }
    let mut dossier = linked(&reports, 3);
    assert!(dossier.remove("wire").unwrap());
    dossier.link().unwrap();
    dossier.verify().unwrap();
    assert_eq!(incidents(&dossier, &reports[1..]), incidents(&linked(&reports[1..], 100), &reports[1..]));
}

#[test]
fn exchanging_countries_exchanges_codes_and_nothing_else() {
    let exchanged: Vec<Report> = reports()
        .into_iter()
        .map(|mut report| {
            let json = serde_json::to_string(&report.records).unwrap();
            let json = json.replace("SYR", "NZL").replace("Syrian", "Kiwi").replace("RUS", "PER");
            report.records = serde_json::from_str(&json).unwrap();
            report
        })
        .collect();
    let expected = incidents(&linked(&reports(), 100), &reports());
    assert_eq!(incidents(&linked(&exchanged, 100), &exchanged), expected);
}
