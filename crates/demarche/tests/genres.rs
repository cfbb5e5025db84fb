//! What the genre of a document means for its records.

use demarche::record::{Event, Status};
use demarche::{Coder, Record, from_text};

fn events(coder: &Coder, text: &str) -> Vec<Event> {
    let records = coder.code(&from_text("t", text)).records;
    let events = records.into_iter().filter_map(|record| match record {
        Record::Event(event) => Some(*event),
        _ => None,
    });
    events.collect()
}

/// A cup tie between two countries.
fn tie(home: &str, away: &str) -> String {
    format!(
        "{home} attacked {away} from the first minute of the World Cup semifinal and beat them 3-1. The striker scored a \
         hat-trick in the second half, and the goalkeeper was hit by a penalty kick. {away} fought back, but the captain of the \
         national team shot the winning goal. The coach praised the midfielder. Police in {home} arrested nine fans."
    )
}

#[test]
fn a_cup_tie_is_no_war_whoever_plays() {
    let coder = Coder::new().unwrap();
    for (home, away) in [("Chile", "Norway"), ("Georgia", "Jordan"), ("Chad", "Turkey"), ("Norway", "Chile")] {
        let text = tie(home, away);
        assert_eq!(coder.genre(&from_text("t", &text)).genre.name, "sport");
        let found = events(&coder, &text);
        let types: Vec<&str> = found.iter().map(|event| event.event[0].as_str()).collect();
        // The police are a force, and what they do is news.
        assert_eq!(types, ["COERCE"], "{text}");
        assert_eq!(found[0].cite_info.genre.as_deref(), Some("sport"));
    }
}

#[test]
fn the_reason_is_told() {
    let coder = Coder::new().unwrap();
    let explained = coder.explain(&from_text("t", &tie("Chile", "Norway")));
    assert_eq!(explained.genre, "sport");
    assert!(explained.genre_cues.iter().any(|cue| cue.contains("striker")), "{:?}", explained.genre_cues);
    let reasons: Vec<&String> = explained.sentences.iter().flat_map(|sentence| &sentence.unread).collect();
    assert!(reasons.iter().any(|reason| reason.contains("the document is sport")), "{reasons:?}");
}

#[test]
fn war_near_a_stadium_is_war() {
    let coder = Coder::new().unwrap();
    let text = "Rebels in Mali attacked a football stadium on Friday and killed nine soldiers who were watching a match. The \
                defence ministry said that the army had pursued the gunmen. The league has put off the season.";
    let found = events(&coder, text);
    assert!(found.iter().any(|event| event.event[0].as_str() == "ASSAULT"), "{found:#?}");
    assert_eq!(found[0].cite_info.genre.as_deref(), Some("news"));
}

#[test]
fn histories_are_history_with_their_own_dates() {
    let coder = Coder::new().unwrap();
    let text = "The kingdom had ruled the colony since the 16th century. In 1830 Spain invaded Morocco, and the emperor's dynasty \
                fell. Spain bombed Morocco. Historians call the era after the conquest the age of empire. The siege of the \
                medieval capital lasted until 1835.";
    let document = from_text("t", text);
    assert_eq!(coder.genre(&document).genre.name, "history");
    let found = events(&coder, text);
    let assaults: Vec<&Event> = found.iter().filter(|event| event.event[0].as_str() == "ASSAULT").collect();
    assert!(assaults.len() >= 2, "{found:#?}");
    for event in assaults {
        assert_eq!(event.status, Status::Historical, "{event:#?}");
        assert!(event.date.is_some_and(|date| date.0.year() == 1830), "{event:#?}");
        assert!(event.evidence.date.is_some());
    }
}
