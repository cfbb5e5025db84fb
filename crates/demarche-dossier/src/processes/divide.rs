//! From the initiatives between two sides to processes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

/// Days without a word after which talks between the same sides are others.
pub(super) const GAP: i64 = 60;

/// An initiative of which the sides are told.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) initiative: i64,
    /// First and last day of its stages.
    pub(super) days: Option<(Date, Date)>,
    pub(super) mediators: BTreeSet<String>,
}

/// Puts initiatives of one family between the same sides into processes, each with its least row.
///
/// `by_mediators`: whether those of other mediators are others.
pub(super) fn divide(mut members: Vec<Member>, by_mediators: bool) -> Vec<(i64, i64)> {
    members.sort_by_key(|member| (member.days, member.initiative));
    let mut processes = Vec::new();
    let mut segment: Vec<Member> = Vec::new();
    let mut last: Option<Date> = None;
    for member in members {
        match (member.days, last) {
            // What has no day stays by itself.
            (None, _) => processes.push((member.initiative, member.initiative)),
            (Some((from, to)), Some(before)) if days_between(before, from) <= GAP => {
                segment.push(member);
                last = Some(before.max(to));
            }
            (Some((_, to)), _) => {
                processes.extend(by_mediator(&std::mem::take(&mut segment), by_mediators));
                segment.push(member);
                last = Some(to);
            }
        }
    }
    processes.extend(by_mediator(&segment, by_mediators));
    processes
}

/// Days from one date to another; negative when the other is earlier.
pub(super) fn days_between(one: Date, other: Date) -> i64 {
    one.duration_until(other).as_hours() / 24
}

/// Splits a segment into what is connected by mediators. Those without a mediator belong to them where there is one such
/// process, and are one by themselves where there are several.
fn by_mediator(segment: &[Member], split: bool) -> Vec<(i64, i64)> {
    // Each mediator's group; groups that meet in one initiative become one.
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups = 0;
    for member in segment.iter().filter(|member| split && !member.mediators.is_empty()) {
        let known: BTreeSet<usize> =
            member.mediators.iter().filter_map(|mediator| group_of.get(mediator.as_str()).copied()).collect();
        let group = known.first().copied().unwrap_or_else(|| {
            groups += 1;
            groups
        });
        for of in group_of.values_mut().filter(|of| known.contains(of)) {
            *of = group;
        }
        group_of.extend(member.mediators.iter().map(|mediator| (mediator.as_str(), group)));
    }
    let distinct: BTreeSet<usize> = group_of.values().copied().collect();
    let unmediated = if distinct.len() == 1 { distinct.first().copied().unwrap_or_default() } else { 0 };
    let group = |member: &Member| {
        member.mediators.first().and_then(|mediator| group_of.get(mediator.as_str()).copied()).unwrap_or(unmediated)
    };
    let mut least: BTreeMap<usize, i64> = BTreeMap::new();
    for member in segment {
        let least = least.entry(group(member)).or_insert(member.initiative);
        *least = member.initiative.min(*least);
    }
    segment
        .iter()
        .map(|member| (member.initiative, least.get(&group(member)).copied().unwrap_or(member.initiative)))
        .collect()
}
