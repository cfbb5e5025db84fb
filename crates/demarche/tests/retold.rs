//! What is told again without its doer is the same happening, and whom pronouns take up is evidence.

use demarche::record::{Event, Record};
use demarche::{Coder, from_text};

fn events(text: &str) -> Vec<Event> {
    let report = Coder::new().expect("what ships is sound").code(&from_text("d", text));
    report
        .records
        .into_iter()
        .filter_map(|record| if let Record::Event(event) = record { Some(*event) } else { None })
        .collect()
}

#[test]
fn a_deed_told_again_without_its_doer_is_a_witness() {
    for text in [
        "Kenyan police have arrested a Somali general in Nairobi. Officials said the general was arrested on Tuesday.",
        "Zambian soldiers killed a rebel commander. Residents said the commander was shot near the border.",
    ] {
        let events = events(text);
        let [event] = events.as_slice() else { panic!("{text}: {events:#?}") };
        assert_eq!(event.witness.len(), 1, "{text}");
        assert!(!event.actor.is_empty(), "{text}");
    }
}

#[test]
fn another_deed_is_another_event() {
    for text in [
        // The doer of the first suffers the second.
        "Gunmen killed a judge in Lima. The gunman was killed on Tuesday.",
        // Of another number.
        "Kenyan police have arrested a general. The generals were arrested in May.",
        // Of another country.
        "Kenyan police have arrested a Somali general. The Ethiopian general was arrested in Gondar.",
        // Somebody new.
        "Kenyan police have arrested a general. A judge was arrested in Mombasa.",
    ] {
        let events = events(text);
        assert!(events.iter().all(|event| event.witness.is_empty()), "{text}: {events:#?}");
    }
}

#[test]
fn a_pronoun_shows_what_it_takes_up() {
    let text = "The Somali government said it had released ten prisoners.";
    let events = events(text);
    let [event] = events.as_slice() else { panic!("{events:#?}") };
    assert_eq!(event.actor[0].entity_text, "it");
    let [antecedent] = event.why.antecedents.as_slice() else { panic!("{:?}", event.why) };
    assert_eq!(antecedent.mention, event.evidence.actor[0]);
    assert_eq!(&text[antecedent.of.start..antecedent.of.end], "Somali government");
}
