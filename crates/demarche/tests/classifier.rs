//! What the classifier has a say in is seen in the records, and can be turned off.

use demarche::record::{DecidedBy, Event, Record};
use demarche::{Coder, CoderOptions, from_text};

const TEXT: &str = "Norway's foreign minister met the president of Mali in Oslo on Tuesday. Rebels shelled a town in Chad. \
    The storm killed the harvest, and Peru sent rice and blankets to Chad. Chile will not sign the accord with Bolivia.";

fn events(coder: &Coder) -> Vec<Event> {
    let records = coder.code(&from_text("a", TEXT)).records;
    let event = |record| match record {
        Record::Event(event) => Some(*event),
        _ => None,
    };
    records.into_iter().filter_map(event).collect()
}

#[test]
fn votes_are_shown() {
    let coder = Coder::new().unwrap();
    let events = events(&coder);
    assert!(!events.is_empty());
    for event in events {
        assert!(event.why.model.contains("english-") && event.why.model.contains("+events-"));
        assert_eq!(event.why.vote.len(), 3, "{}", event.id);
        let shares: Vec<f64> = event.why.vote.iter().map(|vote| vote.p).collect();
        assert!(shares.is_sorted_by(|a, b| a >= b) && shares.iter().sum::<f64>() <= 1.01);
        assert_eq!(event.why.frame.is_none(), event.why.by == DecidedBy::Classifier);
        assert!((0.0..=1.0).contains(&event.confidence));
    }
}

#[test]
fn frames_alone_decide_where_that_is_asked_for() {
    let options = CoderOptions { frames_only: true, ..CoderOptions::default() };
    let coder = Coder::with(options).unwrap();
    let events = events(&coder);
    assert!(!events.is_empty() && coder.judge().is_none());
    for event in events {
        assert!(event.why.frame.is_some() && event.why.vote.is_empty() && event.why.by == DecidedBy::Frame);
        assert!(!event.why.model.contains("events-"));
    }
    // A classifier that is not to be asked is not even opened.
    assert!(coder.with_classifier(b"no file").is_ok());
}

#[test]
fn another_classifier_is_checked() {
    let refused = Coder::new().unwrap().with_classifier(b"no file").err().unwrap();
    assert!(refused.to_string().contains("events.safetensors"), "{refused}");
}

#[test]
fn explanations_tell_the_vote() {
    let shown = Coder::new().unwrap().explain(&from_text("a", TEXT)).to_string();
    assert!(shown.contains("decided by ") && shown.contains(", vote "), "{shown}");
}
