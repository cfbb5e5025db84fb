//! Initiatives of one process are one across stories, with a history of who did what when.

#![allow(clippy::unwrap_used)]

mod made;

use std::collections::BTreeSet;
use std::ops::ControlFlow::Continue;

use demarche_dossier::{Dossier, Filter, Process, Report, Vocabulary};
use demarche_record::{
    Entity, EventType, Initiative, InitiativeEvidence, InitiativeKind, Record, Sector, Span, Stage, StageMark,
};

/// A side, mediator or doer by its code; `PSE!` is an armed group of that country.
fn entity(code: &str) -> Entity {
    let (code, sector) = code.strip_suffix('!').map_or((code, Sector::Gov), |code| (code, Sector::Reb));
    made::entity(code, &[sector], code)
}

fn entities(codes: &str) -> Vec<Entity> {
    codes.split_whitespace().map(entity).collect()
}

/// A report with one initiative; a stage is by those named, if any: an event of the report.
fn report(id: &str, date: &str, kind: InitiativeKind, party: &str, mediator: &str, stages: &[(Stage, &str)]) -> Report {
    let document = made::document(id, id, date, id);
    let mut records = Vec::new();
    let mut marks = Vec::new();
    for (number, (stage, by)) in (1..).zip(stages) {
        let mut event = made::event(&document, number, EventType::CONSULT, &format!("Sentence {number}."));
        event.actor = entities(by);
        let (sentence, record) = (event.evidence.sentence, (!by.is_empty()).then(|| event.id.clone()));
        marks.push(StageMark { stage: *stage, record, sentence });
        if !by.is_empty() {
            records.push(Record::Event(Box::new(event)));
        }
    }
    let event = made::event(&document, 9, EventType::CONSULT, "");
    records.push(Record::Initiative(Box::new(Initiative {
        id: format!("{id}#i1"),
        document: id.to_owned(),
        kind,
        party: entities(party),
        mediator: entities(mediator),
        host: Vec::new(),
        venue: None,
        conflict: None,
        stage: stages.last().unwrap().0,
        stages: marks,
        evidence: InitiativeEvidence {
            sentence: vec![Span::new(0, 9)],
            mediator: Vec::new(),
            party: Vec::new(),
            venue: None,
            conflict: None,
        },
        confidence: 0.5,
        why: event.why,
        cite_info: event.cite_info,
    })));
    Report { document, sentences: Vec::new(), records }
}

fn reports() -> Vec<Report> {
    use InitiativeKind::{Ceasefire, Mediation, Negotiation, PeacePlan};
    vec![
        report("offer", "2024-11-12", Mediation, "ISR PSE", "CHN RUS", &[(Stage::Offered, "CHN RUS")]),
        report("offer-too", "2024-11-12", Mediation, "PSE! ISR", "RUS", &[(Stage::Offered, "RUS")]),
        // Nobody is said to have offered, and only one side is named.
        report("offer-vague", "2024-11-13", Mediation, "ISR", "CHN", &[(Stage::Offered, "")]),
        report("refusal", "2024-11-14", Mediation, "ISR PSE", "CHN", &[(Stage::Offered, ""), (Stage::Rejected, "ISR")]),
        // Other mediators, another conflict, another kind, another year.
        report("norway", "2024-11-13", Mediation, "ISR PSE", "NOR", &[(Stage::Offered, "NOR")]),
        report("sudan", "2024-11-12", Mediation, "SDN SDN!", "CHN", &[(Stage::Offered, "CHN")]),
        report("truce", "2024-11-13", Ceasefire, "ISR PSE", "", &[(Stage::Violated, "ISR")]),
        report("plan", "2024-11-13", PeacePlan, "ISR PSE", "CHN", &[(Stage::Proposed, "CHN")]),
        report("next-year", "2025-11-13", Mediation, "ISR PSE", "CHN", &[(Stage::Offered, "CHN")]),
        // It may be any of the mediations of Israel.
        report("whichever", "2024-11-13", Negotiation, "ISR", "", &[(Stage::UnderWay, "")]),
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

fn process(dossier: &Dossier, document: &str) -> Process {
    dossier.process(&format!("{document}#i1")).unwrap()
}

fn documents(process: &Process) -> BTreeSet<String> {
    process.initiatives.iter().map(|initiative| initiative.document.clone()).collect()
}

fn processes(dossier: &Dossier, reports: &[Report]) -> BTreeSet<BTreeSet<String>> {
    reports.iter().map(|report| documents(&process(dossier, &report.document.id))).collect()
}

#[test]
fn one_offer_is_one_process_with_its_history() {
    let reports = reports();
    let dossier = linked(&reports, 100);
    let offer = process(&dossier, "refusal");
    assert_eq!(documents(&offer), ["offer", "offer-too", "offer-vague", "refusal"].map(str::to_owned).into());
    assert_eq!(processes(&dossier, &reports).len(), 7);
    let history: Vec<String> = offer
        .history
        .iter()
        .map(|turn| {
            let by: Vec<&str> = turn.by.iter().map(|entity| entity.entity_text.as_str()).collect();
            let date = turn.date.unwrap().0;
            format!("{} {date} by {}: {} told", turn.stage, by.join(" and "), turn.witnesses.len())
        })
        .collect();
    assert_eq!(
        history,
        [
            "offered 2024-11-12 by CHN and RUS: 2 told",
            "offered 2024-11-13 by CHN: 1 told",
            "offered 2024-11-14 by CHN: 1 told",
            "rejected 2024-11-14 by ISR: 1 told",
        ]
    );
    assert_eq!(offer.stage, Stage::Rejected);
    assert_eq!((offer.publishers.len(), offer.stories), (4, 4));
    assert_eq!(offer.kinds, [InitiativeKind::Mediation].into());
    assert_eq!((offer.parties.len(), offer.mediators.len()), (3, 2));
    assert_eq!((offer.first, offer.last), (reports[0].document.date, reports[3].document.date));

    let filter = Filter::parse([("actor", "CHN"), ("until", "2024-12")], &Vocabulary::default()).unwrap();
    let mut found = Vec::new();
    dossier
        .processes(&filter, |process| {
            found.push(process.initiatives[0].document.clone());
            Continue(())
        })
        .unwrap();
    assert_eq!(found, ["offer", "sudan", "plan"]);
}

#[test]
fn processes_do_not_depend_on_the_order_of_adding_nor_on_what_was_there_for_a_while() {
    let reports = reports();
    let expected = processes(&linked(&reports, 100), &reports);
    for (step, turn) in [(1, 0), (2, 5), (3, 8)] {
        let mut turned = reports.clone();
        turned.rotate_left(turn);
        turned.reverse();
        assert_eq!(processes(&linked(&turned, step), &reports), expected);
    }
    for removed in 0..reports.len() {
        let mut rest = reports.clone();
        let document = rest.remove(removed).document.id;
        let mut dossier = linked(&reports, 4);
        assert!(dossier.remove(&document).unwrap());
        dossier.link().unwrap();
        dossier.verify().unwrap();
        assert_eq!(processes(&dossier, &rest), processes(&linked(&rest, 100), &rest), "without {document}");
    }
}
