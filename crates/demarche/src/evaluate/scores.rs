//! Precision, recall and F1 by class, and their unweighted mean.

use std::collections::{BTreeMap, BTreeSet};

/// How one class fared.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassScore {
    /// The class.
    pub class: String,
    /// Labelled so.
    pub gold: usize,
    /// Predicted so.
    pub predicted: usize,
    /// Both.
    pub right: usize,
}

impl ClassScore {
    /// Harmonic mean of precision and recall; 0 where neither is.
    pub fn f1(&self) -> f64 {
        if self.gold + self.predicted == 0 {
            0.0
        } else {
            2.0 * self.right as f64 / (self.gold + self.predicted) as f64
        }
    }
}

/// Counts of (labelled, predicted) classes; no prediction is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    cells: BTreeMap<(String, Option<String>), usize>,
}

impl Confusion {
    /// Counts one sentence.
    pub fn add(&mut self, gold: &str, predicted: Option<&str>) {
        *self.cells.entry((gold.to_owned(), predicted.map(str::to_owned))).or_default() += 1;
    }

    /// Number of sentences.
    pub fn total(&self) -> usize {
        self.cells.values().sum()
    }

    /// Share of sentences with the right class.
    pub fn accuracy(&self) -> f64 {
        let right: usize = self.cells.iter().filter(|((g, p), _)| Some(g) == p.as_ref()).map(|(_, n)| n).sum();
        right as f64 / self.total().max(1) as f64
    }

    /// Share of sentences with any class.
    pub fn coverage(&self) -> f64 {
        let some: usize = self.cells.iter().filter(|((_, p), _)| p.is_some()).map(|(_, n)| n).sum();
        some as f64 / self.total().max(1) as f64
    }

    /// Every labelled class with its score.
    pub fn classes(&self) -> Vec<ClassScore> {
        let names: BTreeSet<&String> = self.cells.keys().map(|(gold, _)| gold).collect();
        names
            .into_iter()
            .map(|class| {
                let sum = |keep: &dyn Fn(&String, Option<&String>) -> bool| {
                    self.cells.iter().filter(|((g, p), _)| keep(g, p.as_ref())).map(|(_, n)| n).sum()
                };
                ClassScore {
                    class: class.clone(),
                    gold: sum(&|g, _| g == class),
                    predicted: sum(&|_, p| p == Some(class)),
                    right: sum(&|g, p| g == class && p == Some(class)),
                }
            })
            .collect()
    }

    /// Mean F1 over the labelled classes.
    pub fn macro_f1(&self) -> f64 {
        let classes = self.classes();
        classes.iter().map(ClassScore::f1).sum::<f64>() / classes.len().max(1) as f64
    }

    /// The commonest confusions, most frequent first.
    pub fn worst(&self, most: usize) -> Vec<(String, Option<String>, usize)> {
        let mut wrong: Vec<_> = self
            .cells
            .iter()
            .filter(|((g, p), _)| Some(g) != p.as_ref())
            .map(|((g, p), n)| (g.clone(), p.clone(), *n))
            .collect();
        wrong.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        wrong.truncate(most);
        wrong
    }
}
