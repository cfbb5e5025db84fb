//! Arbitrary text through the grammars of time and number, on any day of the calendar: ranges in order, dates in order,
//! bounds in order.
#![no_main]

use std::sync::LazyLock;

use demarche_language::{CountFinder, Model, NoNames, Segmenter, TimeFinder};
use demarche_record::TextRange;
use jiff::ToSpan;
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

struct Tools {
    segmenter: Segmenter,
    model: Model,
    times: TimeFinder,
    counts: CountFinder,
}

static TOOLS: LazyLock<Tools> = LazyLock::new(|| Tools {
    segmenter: Segmenter::builtin().unwrap(),
    model: Model::builtin().unwrap(),
    times: TimeFinder::builtin().unwrap(),
    counts: CountFinder::builtin().unwrap(),
});

fuzz_target!(|input: (Option<i32>, bool, &str)| {
    let (day, future, text) = input;
    // The calendar has some seven million days.
    let on = day.map(|day| Date::MIN.saturating_add((day.unsigned_abs() % 7_304_484).min(7_304_483).cast_signed().days()));
    let segmented = TOOLS.segmenter.segment(text, TextRange::new(0, text.len()));
    for sentence in TOOLS.model.parse(&segmented, &NoNames) {
        let mut end = 0;
        for time in TOOLS.times.times(&sentence, on, future) {
            assert!(end <= time.first && time.first < time.end && time.end <= sentence.tokens.len());
            end = time.end;
            assert!(text.get(time.range.start..time.range.end).is_some());
            assert!(time.value.is_none_or(|value| value.end.is_none_or(|end| value.start <= end)));
        }
        let mut end = 0;
        for count in TOOLS.counts.counts(&sentence) {
            assert!(end <= count.range.start && count.range.start < count.range.end && count.head < sentence.tokens.len());
            end = count.range.end;
            assert!(count.high.is_none_or(|high| count.low <= high));
        }
    }
});
