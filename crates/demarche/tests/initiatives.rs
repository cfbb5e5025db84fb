//! Initiatives: the examples of their words, a reader's initiatives as a floor, and that countries are exchangeable.

use demarche::evaluate::{self, InitiativeReport};
use demarche::{Coder, Record, from_text};

const GOLD: &str = include_str!("../../../tests/gold/initiatives.jsonl");

#[test]
fn every_example_comes_out() {
    let (ran, failures) = Coder::new().unwrap().check_initiatives();
    assert!(ran > 100, "{ran} examples");
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} of {ran} examples failed:\n{}", lines.len(), lines.join("\n"));
}

/// What must not be lost: figures reached on the reader's texts.
struct Floor {
    found: usize,
    extra: usize,
    stage: usize,
    people: usize,
}

/// The words were made on the texts of even lines; those of odd lines are only counted, so only the former's differences are told.
#[test]
fn the_readers_initiatives_are_found() {
    let coder = Coder::new().unwrap();
    let texts = evaluate::initiatives(GOLD).unwrap();
    for (even, floor) in [
        (true, Floor { found: 46, extra: 2, stage: 40, people: 110 }),
        (false, Floor { found: 35, extra: 4, stage: 25, people: 74 }),
    ] {
        let mut report = InitiativeReport::default();
        for (n, text) in texts.iter().enumerate() {
            if (n % 2 == 1) == even {
                report.compare(&coder, text);
            }
        }
        let found = report.all.found;
        let people = report.party.right + report.mediator.right;
        let reached = found.right >= floor.found
            && found.predicted - found.right <= floor.extra
            && report.all.stage >= floor.stage
            && people >= floor.people;
        let differences = if even { report.faults.join("\n") } else { String::new() };
        assert!(
            reached,
            "even lines: {even}; found {}, extra {}, stage right {}, parties and mediators {people}\n{differences}",
            found.right,
            found.predicted - found.right,
            report.all.stage
        );
    }
}

/// The initiatives of a text, the codes of the countries in it replaced by letters.
fn signature(coder: &Coder, text: &str, countries: &[(&str, &str)]) -> Vec<String> {
    let records = coder.code(&from_text("swap", text)).records;
    let letter = |code: &str| {
        countries.iter().position(|(_, own)| *own == code).map_or_else(|| code.to_owned(), |n| n.to_string())
    };
    let codes = |entities: &[demarche::record::Entity]| {
        entities
            .iter()
            .map(|e| e.code.map_or_else(|| "?".to_owned(), |c| letter(&c.to_string())))
            .collect::<Vec<_>>()
            .join(" ")
    };
    records
        .iter()
        .filter_map(|record| match record {
            Record::Initiative(i) => Some(format!(
                "{} {} {:?} | {} | {} | {}",
                i.kind,
                i.stage,
                i.stages.iter().map(|mark| mark.stage).collect::<Vec<_>>(),
                codes(&i.party),
                codes(&i.mediator),
                codes(&i.host)
            )),
            _ => None,
        })
        .collect()
}

#[test]
fn other_countries_change_nothing_but_the_codes() {
    let coder = Coder::new().unwrap();
    let turns = [
        [("Chad", "TCD"), ("Peru", "PER"), ("Norway", "NOR")],
        [("Israel", "ISR"), ("Iran", "IRN"), ("Qatar", "QAT")],
        [("Russia", "RUS"), ("Ukraine", "UKR"), ("Turkey", "TUR")],
        [("South Korea", "KOR"), ("Saudi Arabia", "SAU"), ("China", "CHN")],
        [("Kosovo", "XKX"), ("Taiwan", "TWN"), ("Germany", "DEU")],
    ];
    for template in [
        "{C} offered to mediate between {A} and {B}. {A} accepted the offer, but {B} turned it down.",
        "{A} and {B} signed a ceasefire brokered by {C}. {B} violated the truce on Sunday.",
        "Talks between {A} and {B} collapsed on Friday. {C} had presented a peace plan in May.",
        "{A} rejected a proposal by {B} for a joint inquiry. {C} called for calm.",
        "{A} and {B} resumed negotiations on Monday, with {C} as mediator.",
    ] {
        let filled =
            |[a, b, c]: [(&str, &str); 3]| template.replace("{A}", a.0).replace("{B}", b.0).replace("{C}", c.0);
        let reference = signature(&coder, &filled(turns[0]), &turns[0]);
        assert!(!reference.is_empty(), "nothing comes out of {template}");
        for turn in turns {
            assert_eq!(signature(&coder, &filled(turn), &turn), reference, "{}", filled(turn));
        }
    }
}
