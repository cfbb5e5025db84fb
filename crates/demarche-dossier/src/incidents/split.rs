//! From events that are connected to events that are one happening.

use super::profile::Profile;

/// Puts each event of a cluster into a group, and gives the groups' numbers.
///
/// Those that say most come first, and of those the ones with the earlier ids. An event joins the group of which one is
/// the same and none at odds; of several groups the one with which it shares strictly the most words, and where that is
/// undecided it stays alone.
pub(super) fn split(events: &[Profile]) -> Vec<usize> {
    let mut order: Vec<&Profile> = events.iter().collect();
    order.sort_by_key(|event| event.rank());
    let mut groups: Vec<Vec<&Profile>> = Vec::new();
    for event in order {
        let mut fits: Vec<(usize, usize)> = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| !group.iter().any(|other| event.at_odds(other)))
            .filter_map(|(number, group)| {
                let shared = group.iter().filter(|other| event.is_same(other)).map(|other| event.shared_words(other));
                shared.max().map(|shared| (shared, number))
            })
            .collect();
        fits.sort_unstable();
        let decided = match fits.as_slice() {
            [.., second, best] if second.0 == best.0 => None,
            [.., best] => Some(best.1),
            [] => None,
        };
        match decided.and_then(|number| groups.get_mut(number)) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    let of = |event: &Profile| groups.iter().position(|group| group.iter().any(|other| other.event == event.event));
    events.iter().map(|event| of(event).unwrap_or_default()).collect()
}
