//! How far two sources agree.

use std::collections::{BTreeMap, BTreeSet};

use demarche_record::Code;
use jiff::ToSpan;
use jiff::civil::Date;

use super::cells::{CellKey, Cells, Class};

/// Two sources have no month in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no month in common: the one runs from {} to {}, the other from {} to {}", month(.a.0), month(.a.1), month(.b.0), month(.b.1))]
pub struct Disjoint {
    /// First and last month of the one.
    pub a: (Date, Date),
    /// Of the other.
    pub b: (Date, Date),
}

fn month(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// Two sources beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// First and last month that both cover, by their first days.
    pub months: (Date, Date),
    /// Units that either tells of in these months.
    pub units: u64,
    /// Units times months: what the correlations are taken over, zeros among them.
    pub cells: u64,
    /// All events together first, then class by class.
    pub agreement: Vec<Agreement>,
    /// The cells of each class, those that differ most first.
    pub unlike: Vec<Unlike>,
}

/// How far two sources agree on one class of events, or on all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The class; `None` for all events together.
    pub class: Option<Class>,
    /// Events in the cells of the one and of the other.
    pub events: [u64; 2],
    /// Cells with an event in both.
    pub both: u64,
    /// Cells with one only in the one, or the other.
    pub only: [u64; 2],
    /// `both` as a share of the cells with an event in either; `None` without any.
    pub shared: Option<f64>,
    /// Sum of the smaller counts as a share of the sum of the larger ones.
    pub overlap: Option<f64>,
    /// Pearson's correlation of the counts; `None` where one of the sources has the same count everywhere.
    pub pearson: Option<f64>,
    /// Spearman's, of their ranks; equal counts share the mean of their ranks.
    pub spearman: Option<f64>,
}

/// A cell as two sources tell it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unlike {
    /// Who.
    pub source: Code,
    /// Towards whom; `None` where units are countries.
    pub target: Option<Code>,
    /// First day of the month.
    pub month: Date,
    /// Class.
    pub class: Class,
    /// Events in the one and the other.
    pub events: [u64; 2],
    /// Share of the one's events that are in this cell, less that of the other's.
    pub difference: f64,
}

impl Comparison {
    /// Compares two sources over the months that both cover.
    ///
    /// # Errors
    /// [`Disjoint`] where there are none; one of them may also be empty.
    pub fn of(a: &Cells, b: &Cells) -> Result<Option<Self>, Disjoint> {
        let (Some(one), Some(other)) = (a.months(), b.months()) else { return Ok(None) };
        let months = (one.0.max(other.0), one.1.min(other.1));
        if months.0 > months.1 {
            return Err(Disjoint { a: one, b: other });
        }
        let covered = |cells: &Cells| -> BTreeMap<CellKey, BTreeMap<Class, u64>> {
            let within = |(_, month): &CellKey| *month >= months.0 && *month <= months.1;
            cells.counts.iter().filter(|(key, _)| within(key)).map(|(key, counts)| (*key, counts.clone())).collect()
        };
        let (a, b) = (covered(a), covered(b));
        let keys: BTreeSet<CellKey> = a.keys().chain(b.keys()).copied().collect();
        let units = keys.iter().map(|(unit, _)| *unit).collect::<BTreeSet<_>>().len() as u64;
        let cells = units * number_of_months(months);
        let counts = |of: &BTreeMap<CellKey, BTreeMap<Class, u64>>, key: &CellKey, class: Option<Class>| -> u64 {
            let Some(found) = of.get(key) else { return 0 };
            class.map_or_else(|| found.values().sum(), |class| found.get(&class).copied().unwrap_or_default())
        };
        let classes: BTreeSet<Class> = a.values().chain(b.values()).flat_map(BTreeMap::keys).copied().collect();
        let mut agreement = Vec::new();
        let mut unlike = Vec::new();
        for class in std::iter::once(None).chain(classes.iter().copied().map(Some)) {
            let pairs = keys.iter().map(|key| (*key, [counts(&a, key, class), counts(&b, key, class)]));
            let pairs: Vec<(CellKey, [u64; 2])> = pairs.filter(|(_, events)| events.iter().any(|&n| n > 0)).collect();
            let numbers: Vec<[u64; 2]> = pairs.iter().map(|(_, events)| *events).collect();
            agreement.push(measure(class, &numbers, cells));
            if let Some(class) = class {
                unlike.extend(pairs.into_iter().map(|(((source, target), month), events)| Unlike {
                    source,
                    target,
                    month,
                    class,
                    events,
                    difference: 0.0,
                }));
            }
        }
        let totals = agreement.first().map_or([0, 0], |all| all.events);
        for cell in &mut unlike {
            let share = |side: usize| ratio(cell.events[side] as f64, totals[side] as f64).unwrap_or_default();
            cell.difference = share(0) - share(1);
        }
        unlike.sort_by(|one, other| {
            let key = |cell: &Unlike| (cell.source, cell.target, cell.month, cell.class);
            other.difference.abs().total_cmp(&one.difference.abs()).then_with(|| key(one).cmp(&key(other)))
        });
        Ok(Some(Self { months, units, cells, agreement, unlike }))
    }
}

fn number_of_months((first, last): (Date, Date)) -> u64 {
    std::iter::successors(Some(first), |month| month.checked_add(1.month()).ok())
        .take_while(|month| *month <= last)
        .count() as u64
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// Measures pairs of counts, none of them twice zero, among `cells` pairs of which the others are.
fn measure(class: Option<Class>, pairs: &[[u64; 2]], cells: u64) -> Agreement {
    let sum = |side: usize| pairs.iter().map(|pair| pair[side]).sum::<u64>();
    let number = |test: fn(&[u64; 2]) -> bool| pairs.iter().filter(|pair| test(pair)).count() as u64;
    let both = number(|pair| pair[0] > 0 && pair[1] > 0);
    let only = [number(|pair| pair[1] == 0), number(|pair| pair[0] == 0)];
    let least: u64 = pairs.iter().map(|pair| pair[0].min(pair[1])).sum();
    let most: u64 = pairs.iter().map(|pair| pair[0].max(pair[1])).sum();
    let values: Vec<[f64; 2]> = pairs.iter().map(|pair| pair.map(|count| count as f64)).collect();
    let zeros = cells.saturating_sub(pairs.len() as u64);
    let ranks = [ranks(pairs, 0, zeros), ranks(pairs, 1, zeros)];
    let rank = |side: usize, count: u64| ranks[side].get(&count).copied().unwrap_or_default();
    let ranked: Vec<[f64; 2]> = pairs.iter().map(|pair| [rank(0, pair[0]), rank(1, pair[1])]).collect();
    Agreement {
        class,
        events: [sum(0), sum(1)],
        both,
        only,
        shared: ratio(both as f64, pairs.len() as f64),
        overlap: ratio(least as f64, most as f64),
        pearson: correlation(&values, [0.0; 2], zeros),
        spearman: correlation(&ranked, [rank(0, 0), rank(1, 0)], zeros),
    }
}

/// The mean rank of each count on a side, among the pairs and as many zeros.
fn ranks(pairs: &[[u64; 2]], side: usize, zeros: u64) -> BTreeMap<u64, f64> {
    let mut numbers: BTreeMap<u64, u64> = BTreeMap::new();
    if zeros > 0 {
        numbers.insert(0, zeros);
    }
    for pair in pairs {
        *numbers.entry(pair[side]).or_default() += 1;
    }
    let mut before = 0;
    let mut ranks = BTreeMap::new();
    for (count, number) in numbers {
        ranks.insert(count, before as f64 + f64::midpoint(number as f64, 1.0));
        before += number;
    }
    ranks
}

/// Pearson's correlation of pairs, and of `others` more that are all `other`.
fn correlation(pairs: &[[f64; 2]], other: [f64; 2], others: u64) -> Option<f64> {
    let n = pairs.len() as f64 + others as f64;
    let mean = [0, 1].map(|side: usize| {
        (pairs.iter().map(|pair| pair[side]).sum::<f64>() + other[side] * others as f64) / n.max(1.0)
    });
    let product = |pair: &[f64; 2], x: usize, y: usize| (pair[x] - mean[x]) * (pair[y] - mean[y]);
    let moment = |x: usize, y: usize| {
        pairs.iter().map(|pair| product(pair, x, y)).sum::<f64>() + product(&other, x, y) * others as f64
    };
    let spread = (moment(0, 0) * moment(1, 1)).sqrt();
    (spread > 0.0).then(|| (moment(0, 1) / spread).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlations_are_those_of_the_pairs_with_their_zeros() {
        // By hand, over (3, 1), (1, 2), (0, 4) and two zeros: ranks (5, 3), (4, 4), (2, 5), (2, 1.5) twice.
        let found = measure(None, &[[3, 1], [1, 2], [0, 4]], 5);
        assert_eq!((found.events, found.both, found.only), ([4, 7], 2, [0, 1]));
        assert!((found.shared.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert!((found.overlap.unwrap() - 2.0 / 9.0).abs() < 1e-12);
        let written = [[3.0, 1.0], [1.0, 2.0], [0.0, 4.0], [0.0, 0.0], [0.0, 0.0]];
        assert!((found.pearson.unwrap() - correlation(&written, [0.0; 2], 0).unwrap()).abs() < 1e-12);
        let ranked = [[5.0, 3.0], [4.0, 4.0], [2.0, 5.0], [2.0, 1.5], [2.0, 1.5]];
        assert!((found.spearman.unwrap() - correlation(&ranked, [0.0; 2], 0).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn equal_sources_agree_wholly_and_constant_ones_have_no_correlation() {
        let same = measure(None, &[[3, 3], [1, 1]], 4);
        assert_eq!((same.shared, same.overlap), (Some(1.0), Some(1.0)));
        assert!((same.pearson.unwrap() - 1.0).abs() < 1e-12 && (same.spearman.unwrap() - 1.0).abs() < 1e-12);
        let flat = measure(None, &[[1, 1], [1, 2]], 2);
        assert_eq!((flat.pearson, flat.spearman), (None, None));
        assert_eq!(measure(None, &[], 3).shared, None);
    }
}
