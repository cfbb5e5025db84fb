//! From events that are the same two by two to incidents.

use std::collections::{BTreeMap, HashSet};

use super::candidates::Candidates;
use super::profile::Profile;

/// Events that are one happening.
#[derive(Default)]
struct Group<'a> {
    documents: HashSet<i64>,
    /// One event of each kind: those that differ in nothing but words and document are at odds with the same others.
    kinds: Vec<&'a Profile>,
}

impl<'a> Group<'a> {
    fn is_at_odds(&self, event: &Profile) -> bool {
        // Within a document the coder has joined what is one.
        self.documents.contains(&event.document) || self.kinds.iter().any(|kind| kind.at_odds(event))
    }

    fn push(&mut self, event: &'a Profile) {
        self.documents.insert(event.document);
        if !self.kinds.iter().any(|kind| kind.is_of_kind(event)) {
            self.kinds.push(event);
        }
    }
}

/// Puts each event of a unit into a group, and gives the groups' numbers.
///
/// Those that say most come first, and of those the ones that stand first by a hash of their ids. An event joins the
/// group of which one is the same and none at odds; of several groups the one with which it shares strictly the most
/// words, and where that is undecided it stays alone.
pub(super) fn group(events: &[Profile]) -> Vec<usize> {
    let neighbours = neighbours(events);
    let mut order: Vec<(usize, &Profile)> = events.iter().enumerate().collect();
    order.sort_by_key(|(_, event)| event.rank());
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut of: Vec<Option<usize>> = vec![None; events.len()];
    for (number, event) in order {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for &(other, words) in neighbours.get(number).into_iter().flatten() {
            if let Some(group) = of.get(other).copied().flatten() {
                let most = shared.entry(group).or_default();
                *most = words.max(*most);
            }
        }
        let mut fits: Vec<(usize, usize)> = shared
            .into_iter()
            .filter(|(group, _)| groups.get(*group).is_some_and(|group| !group.is_at_odds(event)))
            .map(|(group, words)| (words, group))
            .collect();
        fits.sort_unstable();
        let decided = match fits.as_slice() {
            [.., second, best] if second.0 == best.0 => None,
            [.., best] => Some(best.1),
            [] => None,
        };
        let group = decided.unwrap_or_else(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(group) {
            group.push(event);
        }
        if let Some(of) = of.get_mut(number) {
            *of = Some(group);
        }
    }
    of.into_iter().map(Option::unwrap_or_default).collect()
}

/// For each event those that are the same, with the number of words that they share.
fn neighbours(events: &[Profile]) -> Vec<Vec<(usize, usize)>> {
    let mut candidates = Candidates::new(events);
    let mut neighbours: Vec<Vec<(usize, usize)>> = vec![Vec::new(); events.len()];
    let mut order: Vec<(usize, &Profile)> = events.iter().enumerate().collect();
    order.sort_by_key(|(_, event)| event.first_day());
    for (number, event) in order {
        for other in candidates.of(event) {
            let Some(words) = events.get(other).filter(|_| other != number).and_then(|other| event.same(other)) else {
                continue;
            };
            // Found from one side or from both; the second does no harm.
            for (one, other) in [(number, other), (other, number)] {
                if let Some(list) = neighbours.get_mut(one) {
                    list.push((other, words));
                }
            }
        }
    }
    neighbours
}
