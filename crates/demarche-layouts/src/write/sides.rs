//! The two sides of an event for layouts that have room for one actor and one recipient.

use demarche_record::{Entity, Event};

use super::dyads::{self, Pair, Party};

/// The first pair of an event and those who stand beside either.
#[derive(Debug, Default)]
pub(super) struct Sides<'a> {
    pub(super) source: Option<&'a Entity>,
    pub(super) target: Option<&'a Entity>,
    /// The other actors.
    pub(super) with_source: Vec<&'a Entity>,
    /// The other recipients.
    pub(super) with_target: Vec<&'a Entity>,
}

impl<'a> Sides<'a> {
    pub(super) fn of(event: &'a Event) -> Self {
        let (source, target): Pair = dyads::pairs(event).first().copied().unwrap_or_default();
        let mut sides = Self {
            source: source.and_then(|party| party.of(event)),
            target: target.and_then(|party| party.of(event)),
            ..Self::default()
        };
        let taken = |party: Party| source == Some(party) || target == Some(party);
        let rest = |n: usize, party: fn(usize) -> Party| (0..n).map(party).filter(|&party| !taken(party));
        sides.with_source = rest(event.actor.len(), Party::Actor).filter_map(|party| party.of(event)).collect();
        sides.with_target = rest(event.recipient.len(), Party::Recipient).filter_map(|party| party.of(event)).collect();
        sides
    }
}
