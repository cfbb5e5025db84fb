//! Near copies are one story, other reports of the same day are not.

#![allow(clippy::unwrap_used)]

mod made;

use std::collections::BTreeSet;

use demarche_dossier::{Dossier, Report, Sentence};
use demarche_record::{Field, Span, TextInfo};

const TALKS: &str = "The foreign ministers of Norway and Peru signed an agreement on fishing in Oslo on Tuesday. \
The document, which took eleven years to write, gives Peruvian boats access to two northern harbours. \
Minister Kari Lund called it a good day for coastal towns on both oceans. \
Her colleague Julio Vargas said that the first boats would leave Callao in March. \
Fishermen from Bergen protested outside the ministry and burned a wooden boat. \
Police said that 14 of them were led away but none was charged. \
Environmental groups warned that cod stocks had fallen by 30 percent since 2015. \
The agreement has to be ratified by both parliaments before the summer.";

const FLOOD: &str = "Heavy rain has flooded the old town of Oslo and cut the railway to Bergen, authorities said on Tuesday. \
Some 400 people spent the night in schools after the river rose by two metres. \
The foreign ministers of Norway and Peru moved their meeting to a hotel on higher ground. \
Engineers expect the water to fall by Thursday, the railway company said in the evening. \
Insurance companies put the damage at 90 million dollars, most of it to shops and cellars.";

fn report(id: &str, date: &str, text: &str) -> Report {
    let mut start = 0;
    let sentences = text
        .split_inclusive(". ")
        .enumerate()
        .map(|(number, text)| {
            let span = Span::new(start, start + text.len());
            start += text.len();
            let text_info = TextInfo { sequence: number + 1, start: span.start, end: span.end };
            Sentence { field: Field::Text, span, text_info, text: text.to_owned() }
        })
        .collect();
    Report { document: made::document(id, id, date, text), sentences, records: Vec::new() }
}

/// A report and what an editor, a printer and a rival make of it.
fn reports() -> Vec<Report> {
    let sentences: Vec<&str> = TALKS.split_inclusive(". ").collect();
    vec![
        report("talks", "2024-03-05", TALKS),
        report("talks-credited", "2024-03-05", &format!("By our staff. {TALKS} Reporting by A. Writer; editing by B.")),
        report("talks-cut", "2024-03-06", &sentences[..5].concat()),
        report("talks-shuffled", "2024-03-05", &[&sentences[4..], &sentences[..4]].concat().concat()),
        report(
            "talks-updated",
            "2024-03-06",
            &TALKS.replace("14 of them", "19 of them").replace("30 percent", "a third"),
        ),
        report("talks-undated", "", TALKS),
        report("flood", "2024-03-05", FLOOD),
        // One pattern, other countries, names and numbers: another story.
        report(
            "pattern",
            "2024-03-05",
            &TALKS
                .replace("Norway", "Ghana")
                .replace("Peruvian", "Chilean")
                .replace("Peru", "Chile")
                .replace("Oslo", "Accra")
                .replace("Kari Lund", "Ama Mensah")
                .replace("Julio Vargas", "Rosa Soto")
                .replace("Callao", "Arica")
                .replace("Bergen", "Tema")
                .replace("14", "52")
                .replace("2015", "2009"),
        ),
        // The same form, weeks later.
        report("later", "2024-05-05", TALKS),
        report("empty", "2024-03-05", ""),
        report("short", "2024-03-05", "Talks failed again."),
        report("short-too", "2024-03-05", "Talks failed again."),
    ]
}

/// The stories of all documents.
fn stories(dossier: &Dossier, reports: &[Report]) -> BTreeSet<Vec<String>> {
    reports
        .iter()
        .map(|report| {
            let story = dossier.story(&report.document.id).unwrap();
            story.documents.into_iter().map(|telling| telling.document).collect()
        })
        .collect()
}

fn linked(reports: &[Report], step: usize) -> Dossier {
    let mut dossier = Dossier::in_memory().unwrap();
    for chunk in reports.chunks(step) {
        dossier.add(&made::batch(chunk.to_vec())).unwrap();
        dossier.link().unwrap();
    }
    dossier
}

#[test]
fn edited_copies_are_one_story_and_others_are_not() {
    // An undated copy would tie the spring's to the summer's.
    let reports: Vec<Report> = reports().into_iter().filter(|report| report.document.id != "talks-undated").collect();
    let found = stories(&linked(&reports, 100), &reports);
    let one = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    let expected: BTreeSet<Vec<String>> = [
        one(&["talks", "talks-credited", "talks-shuffled", "talks-cut", "talks-updated"]),
        one(&["flood"]),
        one(&["pattern"]),
        one(&["later"]),
        one(&["empty"]),
        one(&["short"]),
        one(&["short-too"]),
    ]
    .into();
    assert_eq!(found, expected);
}

#[test]
fn stories_do_not_depend_on_the_order_of_adding_nor_on_what_was_there_for_a_while() {
    let reports = reports();
    let expected = stories(&linked(&reports, 100), &reports);
    for (step, turn) in [(1, 0), (3, 4), (5, 9)] {
        let mut turned = reports.clone();
        turned.rotate_left(turn);
        turned.reverse();
        assert_eq!(stories(&linked(&turned, step), &reports), expected);
    }
    // A bridge between two stories is corrected into something else.
    let without: Vec<Report> = reports.iter().filter(|report| report.document.id != "talks-undated").cloned().collect();
    let mut dossier = linked(&reports, 4);
    assert!(dossier.remove("talks-undated").unwrap());
    dossier.link().unwrap();
    dossier.verify().unwrap();
    assert_eq!(stories(&dossier, &without), stories(&linked(&without, 100), &without));
    assert_eq!(dossier.link().unwrap().documents, 0);
}

#[test]
fn what_many_print_is_one_story_still() {
    let many: Vec<Report> = (0..200)
        .map(|number| report(&format!("paper-{number}"), "2024-03-05", &format!("{TALKS} Printed by number {number}.")))
        .collect();
    for step in [1000, 70] {
        let mut turned = many.clone();
        turned.rotate_left(step % 200);
        let mut dossier = linked(&turned, step);
        assert_eq!(stories(&dossier, &many).len(), 1);
        assert!(dossier.remove("paper-9").unwrap());
        dossier.link().unwrap();
        dossier.verify().unwrap();
        assert_eq!(dossier.story("paper-8").unwrap().documents.len(), 199);
    }
}
