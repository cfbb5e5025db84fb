//! What is put into a dossier comes out of it, once.

#![allow(clippy::unwrap_used)]

mod made;

use demarche_dossier::{
    Arrival, Batch, Digest, Document, Dossier, DossierError, Filter, Keep, Presence, Rehydrated, Report,
};
use demarche_record::{CiteInfo, Day, Field, Record, Span};

/// Records of the project's own examples, as `demarche code --all` writes them.
const EXAMPLES: &str = include_str!("data/examples.jsonl");

fn examples() -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for line in EXAMPLES.lines() {
        let record: Record = serde_json::from_str(line).unwrap();
        let (id, cite, day) = match &record {
            Record::Event(event) => (&event.document, &event.cite_info, event.date),
            Record::Statement(statement) => (&statement.document, &statement.cite_info, statement.date),
            Record::Initiative(initiative) => (&initiative.document, &initiative.cite_info, None),
        };
        if reports.last().is_none_or(|report| report.document.id != *id) {
            let document = document(id, cite, day);
            reports.push(Report { document, sentences: Vec::new(), records: Vec::new() });
        }
        reports.last_mut().unwrap().records.push(record);
    }
    reports
}

fn document(id: &str, cite: &CiteInfo, date: Option<Day>) -> Document {
    Document {
        id: id.to_owned(),
        hash: Digest::of(id.as_bytes()),
        length: 1,
        publisher: cite.publication.clone(),
        url: cite.url.clone(),
        title: cite.title.clone(),
        date,
        language: cite.language.clone(),
        genre: cite.genre.clone(),
    }
}

fn sorted(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|one, other| one.id().cmp(other.id()));
    records
}

#[test]
fn every_record_comes_back_as_it_was_put_in() {
    let mut dossier = Dossier::in_memory().unwrap();
    let mut reports = examples();
    let odd = made::document("odd #1, \"%\"", "P", "2023-11-12", "x");
    let records = vec![
        Record::Event(Box::new(made::odd_event(&odd, 7))),
        Record::Event(Box::new(made::event(&odd, 8, demarche_record::EventType::AID, "Plain."))),
    ];
    reports.push(Report { document: odd, sentences: Vec::new(), records });
    reports.extend((0..20).map(|seed| made::report(seed, 5)));
    let added = dossier.add(&made::batch(reports.clone())).unwrap();
    assert_eq!(added.new, reports.len());
    assert!(added.events > 0 && added.statements > 0 && added.initiatives > 0, "{added:?}");
    for report in reports {
        let back = dossier.records_of(&report.document.id).unwrap();
        assert_eq!(sorted(back), sorted(report.records.clone()));
        for record in report.records {
            assert_eq!(dossier.record(record.id()).unwrap(), record);
        }
    }
    dossier.verify().unwrap();
}

#[test]
fn adding_twice_changes_nothing_and_a_corrected_version_replaces() {
    let mut dossier = Dossier::in_memory().unwrap();
    let reports: Vec<Report> = (0..10).map(|seed| made::report(seed, 4)).collect();
    dossier.add(&made::batch(reports.clone())).unwrap();
    let before = made::dump(&mut dossier);
    let added = dossier.add(&made::batch(reports.clone())).unwrap();
    assert_eq!((added.unchanged, added.new, added.replaced, added.events), (10, 0, 0, 0));
    assert_eq!(made::dump(&mut dossier), before);

    let mut corrected = reports[3].clone();
    corrected.document.hash = Digest::of(b"corrected");
    corrected.records.truncate(1);
    let added = dossier.add(&made::batch([corrected.clone()])).unwrap();
    assert_eq!((added.replaced, added.events), (1, 1));
    assert_eq!(dossier.records_of("doc-3").unwrap(), corrected.records);
    assert_eq!(dossier.counts(&Filter::default()).unwrap(), [9 * 4 + 1, 0, 0]);
    assert!(dossier.has("doc-3", &corrected.document.hash).unwrap());
    assert!(!dossier.has("doc-3", &reports[3].document.hash).unwrap());
    assert!(dossier.remove("doc-3").unwrap());
    assert!(!dossier.remove("doc-3").unwrap());
    dossier.verify().unwrap();
}

#[test]
fn another_run_recodes_only_when_asked() {
    let mut dossier = Dossier::in_memory().unwrap();
    dossier.add(&made::batch([made::report(1, 3)])).unwrap();
    let mut batch = Batch::new(demarche_dossier::Run { model: "m2".to_owned(), ..made::run() }, Keep::Text);
    batch.push(made::report(1, 2));
    assert_eq!(dossier.add(&batch).unwrap().unchanged, 1);
    batch.recode = true;
    assert_eq!(dossier.add(&batch).unwrap().replaced, 1);
    assert_eq!(dossier.add(&batch).unwrap().unchanged, 1);
    assert_eq!(dossier.counts(&Filter::default()).unwrap(), [2, 0, 0]);
}

#[test]
fn without_texts_records_keep_their_spans_alone() {
    for keep in [Keep::Index, Keep::Spans] {
        let mut dossier = Dossier::in_memory().unwrap();
        let mut batch = Batch::new(made::run(), keep);
        for report in examples() {
            batch.push(report);
        }
        dossier.add(&batch).unwrap();
        for report in batch.reports() {
            let back = dossier.records_of(&report.document.id).unwrap();
            for (record, back) in sorted(report.records.clone()).into_iter().zip(sorted(back)) {
                match (record, back) {
                    (Record::Event(event), Record::Event(back)) => {
                        assert_eq!(back.text, "");
                        assert_eq!(back.evidence, event.evidence);
                        assert_eq!(back.actor, event.actor);
                    }
                    (Record::Statement(statement), Record::Statement(back)) => {
                        assert_eq!((back.text.as_str(), back.proposition.as_str(), back.hedge.len()), ("", "", 0));
                        assert_eq!(back.evidence, statement.evidence);
                    }
                    (record, back) => assert_eq!(record, back),
                }
            }
        }
        let dump = made::dump(&mut dossier);
        let text = "vowed to expel";
        assert!(EXAMPLES.contains(text) && !dump.contains(text));
    }
}

#[test]
fn a_stray_record_is_refused_and_nothing_of_its_batch_written() {
    let mut dossier = Dossier::in_memory().unwrap();
    let mut stray = made::report(1, 2);
    stray.document.id = "other".to_owned();
    let error = dossier.add(&made::batch([made::report(0, 2), stray])).unwrap_err();
    assert!(matches!(error, DossierError::StrayRecord { .. }), "{error}");
    assert_eq!(dossier.counts(&Filter::default()).unwrap(), [0, 0, 0]);
    let mut twice = made::report(1, 1);
    twice.records.push(twice.records[0].clone());
    assert!(matches!(dossier.add(&made::batch([twice])), Err(DossierError::StrayRecord { .. })));
    // What was undone has left nothing behind.
    dossier.add(&made::batch([made::report(0, 2)])).unwrap();
    dossier.verify().unwrap();
}

#[test]
fn the_order_of_adding_does_not_show() {
    let reports: Vec<Report> = (0..30).map(|seed| made::report(seed, 3)).collect();
    let listed = |reports: Vec<Report>| {
        let mut dossier = Dossier::in_memory().unwrap();
        for chunk in reports.chunks(7) {
            dossier.add(&made::batch(chunk.to_vec())).unwrap();
        }
        dossier.link().unwrap();
        let mut ids = Vec::new();
        dossier
            .events(&Filter::default(), |event| {
                ids.push(event.id);
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        (ids, dossier.digest().unwrap())
    };
    let forwards = listed(reports.clone());
    assert_eq!(forwards.0.len(), 90);
    assert_ne!(forwards.1, listed(reports[1..].to_vec()).1);
    assert_eq!(forwards, listed(reports.into_iter().rev().collect()));
}

#[test]
fn words_that_were_not_kept_come_back_from_the_text() {
    let mut whole = Dossier::in_memory().unwrap();
    whole.add(&made::batch(examples())).unwrap();
    for keep in [Keep::Index, Keep::Spans] {
        let mut dossier = Dossier::in_memory().unwrap();
        let mut batch = Batch::new(made::run(), keep);
        for report in examples() {
            batch.push(report);
        }
        dossier.add(&batch).unwrap();
        for report in examples() {
            // The words of a span, looked up in the records themselves.
            let words = |field: Field, span: Span| {
                let found = report.records.iter().find_map(|record| match record {
                    Record::Event(event) => {
                        let evidence = &event.evidence;
                        (evidence.field == field && evidence.sentence == span).then(|| event.text.clone())
                    }
                    Record::Statement(statement) => {
                        let evidence = &statement.evidence;
                        let of = |place: Span, text: &String| (place == span).then(|| text.clone());
                        let sentence = of(evidence.sentence, &statement.text);
                        let found = sentence.or_else(|| of(evidence.proposition, &statement.proposition));
                        found.filter(|_| evidence.field == field)
                    }
                    Record::Initiative(_) => None,
                });
                found.unwrap()
            };
            let (id, hash) = (&report.document.id, &report.document.hash);
            assert_eq!(dossier.rehydrate(id, &Digest::of(b"other"), words).unwrap(), Rehydrated::OtherBytes);
            assert_eq!(dossier.rehydrate(id, hash, words).unwrap(), Rehydrated::Done);
            assert_eq!(dossier.rehydrate(id, hash, words).unwrap(), Rehydrated::HadText);
        }
        assert_eq!(dossier.rehydrate("nobody", &Digest::of(b""), |_, _| String::new()).unwrap(), Rehydrated::NotThere);
        assert_eq!(dossier.digest().unwrap(), whole.digest().unwrap());
        assert_eq!(made::dump(&mut dossier), made::dump(&mut whole));
        dossier.verify().unwrap();
    }
}

#[test]
fn what_is_there_is_known_before_it_is_coded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.db");
    let mut dossier = Dossier::open(&path).unwrap();
    dossier.add(&made::batch([made::report(1, 3)])).unwrap();
    let hash = made::report(1, 3).document.hash;
    let presence = Presence::of(&path, &made::run(), false).unwrap();
    assert_eq!(presence.check("doc-1", &hash).unwrap(), Arrival::Unchanged);
    assert_eq!(presence.check("doc-2", &hash).unwrap(), Arrival::ToCode);
    assert_eq!(presence.check("doc-2", &hash).unwrap(), Arrival::Unchanged, "it came before");
    assert_eq!(presence.check("doc-2", &Digest::of(b"other")).unwrap(), Arrival::Clash);
    let presence = Presence::of(&path, &made::run(), true).unwrap();
    assert_eq!(presence.check("doc-1", &hash).unwrap(), Arrival::Unchanged, "the same run");
    let other = demarche_dossier::Run { model: "m2".to_owned(), ..made::run() };
    let presence = Presence::of(&path, &other, true).unwrap();
    assert_eq!(presence.check("doc-1", &hash).unwrap(), Arrival::ToCode);
    let mut held = Vec::new();
    dossier
        .holdings(|holding| {
            held.push((holding.id, holding.hash, holding.run));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((held, dossier.runs().unwrap()), (vec![("doc-1".to_owned(), hash, 0)], vec![made::run()]));
}
