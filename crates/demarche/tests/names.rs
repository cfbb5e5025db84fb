//! Whom names and descriptions stand for in a text whose day is not known.

use demarche::{Coder, Record, from_text};

/// A text, and the entity of an event as `words=CODE SECTORS`.
const CASES: &[(&str, &str)] = &[
    // Insurgents today, though the same name governs in the last row of the tables.
    ("Taliban fighters attacked a post in Helmand. Afghan forces killed 35 Taliban on Sunday.", "35 Taliban=AFG REB"),
    ("The Taliban signed an agreement with Uzbekistan in Kabul.", "Taliban=AFG GOV"),
    // Officials of a party are the party's.
    (
        "Gunmen killed three officials from a leading Chilean political party in Lima on Tuesday.",
        "three officials=CHL PTY",
    ),
    ("Rebels killed three officials from the Chilean finance ministry.", "three officials=CHL GOV"),
    ("Chile has imposed sanctions on Peru's maritime carrier.", "carrier=PER BUS"),
    ("Chile has shot down Peru's bomber.", "bomber=PER MIL"),
    ("Chilean police arrested four suspected bombers.", "bombers=? UAF"),
    // Of the people told of, not of two states.
    ("Two Chilean intelligence officials visited Nairobi. Two were shot dead on Friday.", "Two=CHL SPY"),
];

#[test]
fn entities_are_of_whom_the_text_speaks() {
    let coder = Coder::new().unwrap();
    let mut faults = Vec::new();
    for (text, wanted) in CASES {
        let (words, code) = wanted.split_once('=').unwrap();
        let coded = coder.code(&from_text("a", text));
        let found: Vec<String> = coded
            .records
            .iter()
            .filter_map(|record| if let Record::Event(event) = record { Some(event) } else { None })
            .flat_map(|event| event.actor.iter().chain(&event.recipient))
            .map(|entity| {
                let sectors: Vec<&str> = entity.sector.iter().map(|sector| sector.as_str()).collect();
                let code = entity.code.map_or("?".to_owned(), |code| code.to_string());
                format!("{}={code} {}", entity.entity_text, sectors.join(" "))
            })
            .collect();
        let held =
            |entity: &String| entity.split_once('=').is_some_and(|(text, is)| text.contains(words) && is == code);
        if !found.iter().any(held) {
            faults.push(format!("{text}\n  wanted {wanted}, found {}", found.join("; ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
