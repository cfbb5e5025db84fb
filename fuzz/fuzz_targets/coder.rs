//! Arbitrary text through the whole coder: no panic, every span of a record within the text.
#![no_main]

use std::sync::LazyLock;

use demarche::{Coder, Record, Span};
use libfuzzer_sys::fuzz_target;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().unwrap());

fuzz_target!(|text: &str| {
    let document = demarche::from_text("fuzz", text);
    let within = |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?}");
    for record in CODER.code(&document).records {
        if let Record::Event(event) = record {
            within(event.evidence.sentence);
            within(event.evidence.trigger);
            event.evidence.actor.iter().chain(&event.evidence.recipient).copied().for_each(within);
        }
    }
});
