//! With which events of its unit an event is compared: those that share words with it, and of very many a fixed choice.

use std::ops::Range;

use super::profile::Profile;
use super::words::{WEIGHTY, bare};

/// Events under one word and day that others are compared with. Which these are depends on the ids alone. A happening
/// that more reports tell is still found: each of them is compared with these.
const MOST: usize = 64;

/// Least weight of the words under which two events meet.
const LEAST: u8 = 2;

/// The day of events that cover several: they are looked up under each.
const SEVERAL: u8 = 0;

/// Events by word and day.
pub(super) struct Candidates {
    /// Day and word, place of the event in the order of the ids' hashes, twice the number of the event and
    /// whether it is a name there: in order.
    entries: Vec<(u64, u32, u32)>,
    /// Where those of each day are.
    days: Vec<Range<usize>>,
    /// How often each event was met, and which were: room for counting.
    met: Vec<u8>,
    found: Vec<usize>,
}

impl Candidates {
    /// Of the events of a unit.
    pub(super) fn new(events: &[Profile]) -> Self {
        let mut order: Vec<(usize, &Profile)> = events.iter().enumerate().collect();
        order.sort_unstable_by_key(|(_, event)| (event.tie, event.event));
        let mut entries = Vec::with_capacity(events.iter().map(|event| event.words.len()).sum());
        for (place, (number, event)) in order.into_iter().enumerate() {
            let day = if event.is_exact() { event.first_day() } else { SEVERAL };
            let words = event.words.hashes.iter();
            entries
                .extend(words.map(|&word| (key(word, day), place as u32, ((number as u32) << 1) | (word & WEIGHTY))));
        }
        entries.sort_unstable();
        let start = |day: u8| entries.partition_point(|&(other, ..)| other < key(0, day));
        let days = (SEVERAL..=31).map(|day| start(day)..start(day + 1)).collect();
        Self { entries, days, met: vec![0; events.len()], found: Vec::new() }
    }

    /// Numbers of the events that an event is to be compared with.
    pub(super) fn of(&mut self, event: &Profile) -> Vec<usize> {
        for day in event.days_of_month().chain([SEVERAL]) {
            for &word in &event.words.hashes {
                let key = key(word, day);
                let entries = self.days.get(usize::from(day)).and_then(|days| self.entries.get(days.clone()));
                let entries = entries.unwrap_or_default();
                let start = entries.partition_point(|&(other, ..)| other < key);
                let list = entries.iter().skip(start).take(MOST).take_while(|(other, ..)| *other == key);
                for &(_, _, entry) in list {
                    // A name counts twice.
                    let weight = 1 + ((entry | word) & WEIGHTY) as u8;
                    let number = (entry >> 1) as usize;
                    let Some(count) = self.met.get_mut(number) else { continue };
                    if *count == 0 {
                        self.found.push(number);
                    }
                    *count = count.saturating_add(weight);
                }
            }
        }
        let mut candidates = Vec::new();
        for number in self.found.drain(..) {
            let Some(count) = self.met.get_mut(number) else { continue };
            if *count >= LEAST {
                candidates.push(number);
            }
            *count = 0;
        }
        candidates
    }
}

/// By days first: those of one day lie together.
fn key(word: u32, day: u8) -> u64 {
    (u64::from(day) << 32) | u64::from(bare(word))
}
