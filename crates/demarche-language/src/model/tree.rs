//! Maximum spanning tree with exactly one child of the root (Chu and Liu 1965, Edmonds 1967).
//!
//! Contraction in O(n^2): every cycle is merged into one node whose incoming scores are the best of its members',
//! less what each member's own chosen arc is worth; the nesting of merged nodes is kept as a forest and undone from the
//! outermost inwards (Camerini, Fratta and Maffioli 1979). One root is enforced by taking a constant larger than any
//! difference between trees off every arc from the root.

/// Heads of words 1..=n for scores of arcs, `scores[(d - 1) * (n + 1) + h]` that of word `d` depending on `h`, 0
/// being the root. Scores of a word on itself are ignored; all others must be finite. The same scores give the same
/// tree: of equals the first found wins.
pub(super) fn maximum_tree(scores: &[f32], words: usize) -> Vec<usize> {
    if words == 0 {
        return Vec::new();
    }
    Contraction::new(scores, words).run()
}

/// One chosen arc into a node: from word `source` (0 the root) to word `target`.
#[derive(Clone, Copy, Default)]
struct Arc {
    source: usize,
    target: usize,
    score: f64,
}

struct Contraction {
    words: usize,
    /// `rows[slot][h]`: best score of an arc from word `h` into the node kept in this slot, and where it enters.
    rows: Vec<(f64, u32)>,
    /// Slot (the number of one of its words) in which each node keeps its row.
    slot: Vec<usize>,
    /// Outermost node of each word so far.
    node_of: Vec<usize>,
    /// Words of each outermost node, by slot.
    members: Vec<Vec<usize>>,
    /// The node a node was merged into; itself while outermost.
    parent: Vec<usize>,
    /// The arc chosen into each node; 0 is the root and has none.
    chosen: Vec<Arc>,
}

impl Contraction {
    fn new(scores: &[f32], words: usize) -> Self {
        let n = words + 1;
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for d in 1..n {
            for h in (0..n).filter(|&h| h != d) {
                let score = f64::from(scores[(d - 1) * n + h]);
                (least, most) = (least.min(score), most.max(score));
            }
        }
        let penalty = (most - least) * n as f64 + 1.0;
        let mut rows = vec![(0.0, 0); n * n];
        for d in 1..n {
            for h in 0..n {
                let score = f64::from(scores[(d - 1) * n + h]);
                rows[d * n + h] = (if h == 0 { score - penalty } else { score }, d as u32);
            }
        }
        let members = (0..n).map(|word| vec![word]).collect();
        let numbers: Vec<usize> = (0..n).collect();
        Self {
            words,
            rows,
            slot: numbers.clone(),
            node_of: numbers.clone(),
            members,
            parent: numbers,
            chosen: vec![Arc::default(); n],
        }
    }

    fn run(mut self) -> Vec<usize> {
        let mut settled = vec![false; self.words + 1];
        let mut on_path = vec![false; self.words + 1];
        settled[0] = true;
        for start in 1..=self.words {
            let mut path = Vec::new();
            let mut node = self.node_of[start];
            while !settled[node] {
                path.push(node);
                on_path[node] = true;
                self.chosen[node] = self.best_arc(node);
                let next = self.node_of[self.chosen[node].source];
                node = if on_path[next] {
                    let merged = self.merge(&mut path, next);
                    settled.push(false);
                    on_path.push(false);
                    merged
                } else {
                    next
                };
            }
            for node in path {
                settled[node] = true;
                on_path[node] = false;
            }
        }
        self.expand()
    }

    /// The best arc into a node from a word outside it.
    fn best_arc(&self, node: usize) -> Arc {
        let (n, slot) = (self.words + 1, self.slot[node]);
        let mut best = Arc { source: 0, target: self.rows[slot * n].1 as usize, score: f64::NEG_INFINITY };
        for (source, &(score, target)) in self.rows[slot * n..(slot + 1) * n].iter().enumerate() {
            if score > best.score && self.node_of[source] != node {
                best = Arc { source, target: target as usize, score };
            }
        }
        best
    }

    /// Merges the end of the path, from `first` on, which is a cycle, into a new node.
    fn merge(&mut self, path: &mut Vec<usize>, first: usize) -> usize {
        let n = self.words + 1;
        let merged = self.parent.len();
        let start = path.iter().rposition(|&node| node == first).unwrap_or(0);
        let cycle = path.split_off(start);
        let keep = self.slot[first];
        for source in 0..n {
            let mut best = (f64::NEG_INFINITY, self.rows[keep * n + source].1);
            for &node in &cycle {
                let (score, target) = self.rows[self.slot[node] * n + source];
                let gain = score - self.chosen[node].score;
                if gain > best.0 {
                    best = (gain, target);
                }
            }
            self.rows[keep * n + source] = best;
        }
        let mut words = Vec::new();
        for &node in &cycle {
            words.append(&mut self.members[self.slot[node]]);
            self.parent[node] = merged;
        }
        for &word in &words {
            self.node_of[word] = merged;
        }
        self.members[keep] = words;
        self.parent.push(merged);
        self.slot.push(keep);
        self.chosen.push(Arc::default());
        merged
    }

    /// Undoes the merging: the arc into a merged node decides which member's own arc gives way.
    fn expand(&self) -> Vec<usize> {
        let mut heads = vec![0; self.words];
        let mut replaced = vec![false; self.parent.len()];
        for node in (1..self.parent.len()).rev() {
            if replaced[node] {
                continue;
            }
            let arc = self.chosen[node];
            heads[arc.target - 1] = arc.source;
            let mut inner = arc.target;
            while inner != node {
                replaced[inner] = true;
                inner = self.parent[inner];
            }
        }
        heads
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(scores: &[f32], heads: &[usize]) -> f64 {
        heads.iter().enumerate().map(|(i, &h)| f64::from(scores[i * (heads.len() + 1) + h])).sum()
    }

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|&&h| h == 0).count() == 1
            && (1..=heads.len()).all(|start| {
                let (mut at, mut steps) = (start, 0);
                while at != 0 && steps <= heads.len() {
                    at = heads[at - 1];
                    steps += 1;
                }
                at == 0
            })
    }

    /// The best of all trees, by trying every assignment of heads.
    fn brute_force(scores: &[f32], n: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1)).collect();
            if is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn is_the_best_of_all_trees(n in 1usize..=5, scores in prop::collection::vec(-9.0f32..9.0, 30)) {
            let heads = maximum_tree(&scores[..n * (n + 1)], n);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert!((total(&scores, &heads) - brute_force(&scores, n)).abs() < 1e-6);
        }

        #[test]
        fn is_a_tree_for_ties_and_long_sentences(n in 1usize..=60, scores in prop::collection::vec(-2i8..=2, 60 * 61)) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            prop_assert!(is_tree(&maximum_tree(&scores, n)));
        }
    }

    #[test]
    fn no_words_no_heads() {
        assert!(maximum_tree(&[], 0).is_empty());
    }
}
