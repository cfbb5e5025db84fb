//! Whether a name comes out as a dictionary says, on the days that it speaks of.

use demarche_dictionary::{Period, Understood};
use demarche_record::{Code, Sector};
use demarche_world::{ActorKind, Resolution, World};
use jiff::civil::{Date, date};
use jiff::{SpanRound, ToSpan, Unit};

/// What a dictionary says of a name at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// An actor.
    Actor(Understood),
    /// A people or faith.
    People(Understood),
    /// Nobody: the name is no actor.
    Nobody,
}

/// Days between which open periods are looked at: what these dictionaries speak of.
const FIRST: Date = date(1946, 1, 1);
const LAST: Date = date(2025, 12, 31);

/// Steps from the first to the last of the days looked at.
const STEPS: i32 = 4;

/// A period's first day, its last, and three between them.
pub(super) fn days(period: Period) -> Vec<Date> {
    let last = period.until.and_then(|until| until.checked_sub(1.day()).ok());
    let (from, to) = match (period.from, last) {
        (Some(from), Some(last)) => (from, last),
        (Some(from), None) => (from, from.max(LAST)),
        (None, Some(last)) => (last.min(FIRST), last),
        (None, None) => (FIRST, LAST),
    };
    let between = from
        .until(to)
        .ok()
        .and_then(|span| span.round(SpanRound::new().largest(Unit::Day).days_are_24_hours()).ok())
        .map_or(0, |span| span.get_days());
    let mut out: Vec<Date> =
        (0..=STEPS).map(|step| from.checked_add((between * step / STEPS).days()).unwrap_or(to)).collect();
    out.dedup();
    out
}

/// Code and sectors as found, `None` for nobody.
pub(super) type Found = Option<(Option<Code>, Vec<Sector>)>;

/// Whom a name stands for on a day.
pub(super) fn found(world: &World, name: &str, on: Date) -> (Found, Option<Resolution>) {
    let first = world.lookup(name, Some(on)).into_iter().find(|found| found.kind != ActorKind::Place);
    (first.as_ref().map(|found| (found.code, found.sectors.clone())), first)
}

/// Whether a name comes out as `meaning` on a day.
pub(super) fn agrees(world: &World, name: &str, meaning: &Meaning, on: Date) -> bool {
    let (found, resolution) = found(world, name, on);
    match meaning {
        Meaning::Nobody => found.is_none(),
        Meaning::People(_) => {
            resolution.is_some_and(|found| matches!(found.kind, ActorKind::People | ActorKind::Country))
        }
        Meaning::Actor(understood) => found.is_some_and(|(code, sectors)| {
            let same = |sector| sectors.contains(sector);
            code == understood.code
                && understood.sectors.iter().take(sectors.len().max(4)).all(same)
                && sectors.iter().all(|sector| understood.sectors.contains(sector))
        }),
    }
}

/// Whether the layers below say what a dictionary says of a name in a period.
pub(super) fn says_already(world: &World, name: &str, period: Period, meaning: &Meaning) -> bool {
    days(period).into_iter().all(|day| agrees(world, name, meaning, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_period() {
        let (from, until) = (date(2000, 1, 1), date(2000, 1, 11));
        assert_eq!(
            days(Period { from: Some(from), until: Some(until) }),
            [from, date(2000, 1, 3), date(2000, 1, 5), date(2000, 1, 7), date(2000, 1, 10)]
        );
        assert_eq!(days(Period { from: Some(from), until: Some(date(2000, 1, 2)) }), [from]);
        assert_eq!(days(Period::ALWAYS).first(), Some(&FIRST));
    }
}
