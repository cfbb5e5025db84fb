//! Coreference scores: MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998), CEAF with phi4 (Luo 2005), as the CoNLL-2012
//! scorer defines them for mentions that were predicted (Pradhan et al. 2014). Chains of one mention are left out on both
//! sides; counts are summed over documents before precision and recall are taken.

use std::collections::HashMap;
use std::hash::Hash;

use pathfinding::prelude::{Matrix, kuhn_munkres};

/// Numerator and denominator of precision and of recall.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    pub(super) precision: (f64, f64),
    pub(super) recall: (f64, f64),
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.precision.0 += other.precision.0;
        self.precision.1 += other.precision.1;
        self.recall.0 += other.recall.0;
        self.recall.1 += other.recall.1;
    }

    /// Precision, recall and F1 in percent.
    pub(super) fn scores(self) -> [f64; 3] {
        let share = |(part, whole): (f64, f64)| if whole > 0.0 { part / whole } else { 0.0 };
        let (p, r) = (share(self.precision), share(self.recall));
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        [p, r, f].map(|score| 100.0 * score)
    }
}

/// All counts of one or more documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Scores {
    pub(super) mentions: Count,
    pub(super) muc: Count,
    pub(super) b3: Count,
    pub(super) ceaf: Count,
}

impl Scores {
    /// Compares the chains of one document. Mentions are alike where they are equal.
    pub(super) fn of<M: Copy + Eq + Hash>(key: &[Vec<M>], response: &[Vec<M>]) -> Self {
        let several = |chains: &[Vec<M>]| -> Vec<Vec<M>> { chains.iter().filter(|c| c.len() > 1).cloned().collect() };
        let (key, response) = (several(key), several(response));
        let (in_key, in_response) = (places(&key), places(&response));
        let size = |chains: &[Vec<M>]| chains.iter().map(Vec::len).sum::<usize>() as f64;
        let both = in_key.keys().filter(|mention| in_response.contains_key(mention)).count() as f64;
        let (phi, keys, responses) =
            (similarity(&key, &in_response, &response), key.len() as f64, response.len() as f64);
        Self {
            mentions: Count { precision: (both, size(&response)), recall: (both, size(&key)) },
            muc: Count { precision: links(&response, &in_key), recall: links(&key, &in_response) },
            b3: Count { precision: overlaps(&response, &in_key), recall: overlaps(&key, &in_response) },
            ceaf: Count { precision: (phi, responses), recall: (phi, keys) },
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.mentions.add(other.mentions);
        self.muc.add(other.muc);
        self.b3.add(other.b3);
        self.ceaf.add(other.ceaf);
    }

    /// The mean of the three F1.
    pub(super) fn average(self) -> f64 {
        [self.muc, self.b3, self.ceaf].iter().map(|count| count.scores()[2]).sum::<f64>() / 3.0
    }
}

/// The chain of each mention.
fn places<M: Copy + Eq + Hash>(chains: &[Vec<M>]) -> HashMap<M, usize> {
    chains.iter().enumerate().flat_map(|(at, chain)| chain.iter().map(move |&mention| (mention, at))).collect()
}

/// How many mentions of a chain lie in each chain of the other side, and how many in none.
fn parts<M: Copy + Eq + Hash>(chain: &[M], other: &HashMap<M, usize>) -> (HashMap<usize, usize>, usize) {
    let (mut parts, mut none) = (HashMap::new(), 0);
    for mention in chain {
        match other.get(mention) {
            Some(&at) => *parts.entry(at).or_insert(0) += 1,
            None => none += 1,
        }
    }
    (parts, none)
}

/// MUC: links of the chains that the other side has too, and all.
fn links<M: Copy + Eq + Hash>(chains: &[Vec<M>], other: &HashMap<M, usize>) -> (f64, f64) {
    chains.iter().fold((0.0, 0.0), |(kept, all), chain| {
        let (parts, none) = parts(chain, other);
        (kept + (chain.len() - parts.len() - none) as f64, all + (chain.len() - 1) as f64)
    })
}

/// B3: for each mention the share of its chain that the other side puts with it, and the mentions.
fn overlaps<M: Copy + Eq + Hash>(chains: &[Vec<M>], other: &HashMap<M, usize>) -> (f64, f64) {
    chains.iter().fold((0.0, 0.0), |(sum, all), chain| {
        let (parts, _) = parts(chain, other);
        let mut squares: Vec<usize> = parts.into_values().map(|part| part * part).collect();
        squares.sort_unstable();
        (sum + squares.into_iter().sum::<usize>() as f64 / chain.len() as f64, all + chain.len() as f64)
    })
}

/// CEAF: the most that one-to-one pairs of chains can have in common, phi4 = 2 |K and R| / (|K| + |R|).
fn similarity<M: Copy + Eq + Hash>(key: &[Vec<M>], in_response: &HashMap<M, usize>, response: &[Vec<M>]) -> f64 {
    /// The assignment is made over whole numbers.
    const UNIT: f64 = 1e9;
    if key.is_empty() || response.is_empty() {
        return 0.0;
    }
    let mut rows = vec![vec![0i64; response.len()]; key.len()];
    for (chain, row) in key.iter().zip(&mut rows) {
        for (at, common) in parts(chain, in_response).0 {
            row[at] = (UNIT * 2.0 * common as f64 / (chain.len() + response[at].len()) as f64).round() as i64;
        }
    }
    if key.len() > response.len() {
        rows = (0..response.len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect();
    }
    let matrix = Matrix::from_rows(rows).expect("rows of one length");
    kuhn_munkres(&matrix).0 as f64 / UNIT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: [f64; 3], expected: [f64; 3]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - 100.0 * expected).abs() < 1e-6, "{found:?} is not {expected:?}");
        }
    }

    fn chains(chains: &[&str]) -> Vec<Vec<char>> {
        chains.iter().map(|chain| chain.chars().collect()).collect()
    }

    /// Key {abc} {defg}, response {ab} {cd} {fghi}; by hand: of the key's 5 links the response has a-b and f-g, of the
    /// response's 5 links the key has the same two.
    #[test]
    fn three_scores_of_one_example_by_hand() {
        let found = Scores::of(&chains(&["abc", "defg"]), &chains(&["ab", "cd", "fghi"]));
        close(found.mentions.scores(), [6.0 / 8.0, 6.0 / 7.0, 0.8]);
        close(found.muc.scores(), [2.0 / 5.0, 2.0 / 5.0, 0.4]);
        // a, b: 2/3 each; c: 1/3; d: 1/4; e: none; f, g: 2/4 each.
        let recall = (2.0 * 2.0 / 3.0 + 1.0 / 3.0 + 0.25 + 2.0 * 0.5) / 7.0;
        // a, b: 1 each; c, d: 1/2 each; f, g: 2/4 each; h, i: none.
        let precision = (2.0 + 1.0 + 1.0) / 8.0;
        close(found.b3.scores(), [precision, recall, 2.0 * precision * recall / (precision + recall)]);
        // {abc} with {ab}: 4/5; {defg} with {fghi}: 4/8.
        let phi: f64 = 0.8 + 0.5;
        close(found.ceaf.scores(), [phi / 3.0, phi / 2.0, 2.0 * phi / 5.0]);
    }

    /// The example of Vilain et al.: key {abcd}, response {ab} {cd} misses one link of three.
    #[test]
    fn a_chain_in_two_halves() {
        let found = Scores::of(&chains(&["abcd"]), &chains(&["ab", "cd"]));
        close(found.muc.scores(), [1.0, 2.0 / 3.0, 0.8]);
        close(found.b3.scores(), [1.0, 0.5, 2.0 / 3.0]);
        close(found.ceaf.scores(), [1.0 / 3.0, 2.0 / 3.0, 4.0 / 9.0]);
    }

    /// Bagga and Baldwin's: key {12345} {67} {89ABC}; joining the two large chains costs more than joining a large and
    /// the small one, which MUC does not see.
    #[test]
    fn not_all_wrong_links_weigh_alike() {
        let key = chains(&["12345", "67", "89ABC"]);
        let small = Scores::of(&key, &chains(&["12345", "6789ABC"]));
        let large = Scores::of(&key, &chains(&["1234589ABC", "67"]));
        close(small.muc.scores(), [0.9, 1.0, 18.0 / 19.0]);
        close(large.muc.scores(), [0.9, 1.0, 18.0 / 19.0]);
        let precision = |scores: Scores| scores.b3.scores()[0];
        assert!((precision(small) - 100.0 * (5.0 + 4.0 / 7.0 + 25.0 / 7.0) / 12.0).abs() < 1e-6);
        assert!((precision(large) - 100.0 * (50.0 / 10.0 + 2.0) / 12.0).abs() < 1e-6);
    }

    #[test]
    fn chains_of_one_do_not_count_and_nothing_is_no_fault() {
        let found = Scores::of(&chains(&["ab", "x"]), &chains(&["ab", "y", "z"]));
        assert!((found.average() - 100.0).abs() < 1e-9);
        assert!(Scores::of(&chains(&["ab"]), &[]).average().abs() < 1e-9);
        assert!(Scores::of::<char>(&[], &[]).average().abs() < 1e-9);
    }
}
