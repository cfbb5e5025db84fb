//! Scores of an analysis against a treebank where both may cut the text differently, by the rules of the CoNLL 2018 shared
//! task (Zeman et al. 2018): words are matched by their characters; what finds no match counts as an error on either side; a
//! head is right where the two heads are matched with each other; relations count without their subtypes.

use std::collections::HashSet;
use std::ops::Range;

/// A syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Characters of the text it covers, white space not counted; those of the whole for a part of a contraction.
    pub span: Range<usize>,
    pub form: String,
    /// Part of a contraction that the treebank writes as one token of several words.
    pub contracted: bool,
    pub upos: String,
    pub lemma: String,
    pub relation: String,
    /// Index of the head among all words; none for a root.
    pub head: Option<usize>,
}

/// One analysis of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub words: Vec<Word>,
    /// Characters of each token as written; a contraction is one.
    pub tokens: Vec<Range<usize>>,
    /// Characters of each sentence.
    pub sentences: Vec<Range<usize>>,
}

/// How many there are on each side, and how many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub gold: usize,
    pub found: usize,
    pub right: usize,
}

impl Count {
    /// Harmonic mean of precision and recall, in percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// All scores of a text, by name.
pub(super) fn scores(gold: &Side, found: &Side) -> [(&'static str, Count); 7] {
    let pairs = matched(&gold.words, &found.words);
    let mut partner = vec![None; found.words.len()];
    for &(right, ours) in &pairs {
        partner[ours] = Some(right);
    }
    let count = |holds: &dyn Fn(&Word, &Word) -> bool| Count {
        gold: gold.words.len(),
        found: found.words.len(),
        right: pairs.iter().filter(|&&(right, ours)| holds(&gold.words[right], &found.words[ours])).count(),
    };
    // A head that matches nothing is never right; roots match each other.
    let head = |right: &Word, ours: &Word| match (right.head, ours.head) {
        (None, None) => true,
        (Some(right), Some(ours)) => partner.get(ours) == Some(&Some(right)),
        _ => false,
    };
    let plain = |relation: &str| relation.split(':').next().unwrap_or_default().to_owned();
    let same = |gold: &[Range<usize>], found: &[Range<usize>]| {
        let spans: HashSet<&Range<usize>> = gold.iter().collect();
        let right = found.iter().filter(|span| spans.contains(span)).count();
        Count { gold: gold.len(), found: found.len(), right }
    };
    [
        ("tokens", same(&gold.tokens, &found.tokens)),
        ("words", count(&|_, _| true)),
        ("sentences", same(&gold.sentences, &found.sentences)),
        ("UPOS", count(&|right, ours| right.upos == ours.upos)),
        // Words the treebank gives no lemma count as right.
        ("lemma", count(&|right, ours| right.lemma == "_" || right.lemma == ours.lemma)),
        ("UAS", count(&head)),
        ("LAS", count(&|right, ours| head(right, ours) && plain(&right.relation) == plain(&ours.relation))),
    ]
}

/// Indices of the words that match: outside contractions those of the same characters; across a contraction the longest
/// common sequence of forms, letter case aside.
fn matched(gold: &[Word], found: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut right, mut ours) = (0, 0);
    while let (Some(a), Some(b)) = (gold.get(right), found.get(ours)) {
        if a.contracted || b.contracted {
            let (rights, all_ours) = around_contraction(gold, found, right, ours);
            (right, ours) = (rights.end, all_ours.end);
            common(gold, rights, found, all_ours, &mut pairs);
        } else if a.span == b.span {
            pairs.push((right, ours));
            (right, ours) = (right + 1, ours + 1);
        } else if a.span.start <= b.span.start {
            right += 1;
        } else {
            ours += 1;
        }
    }
    pairs
}

/// The words of both sides that the contraction at hand takes in, with all contractions that overlap it. At least one word.
fn around_contraction(
    gold: &[Word],
    found: &[Word],
    mut right: usize,
    mut ours: usize,
) -> (Range<usize>, Range<usize>) {
    let mut end = if gold[right].contracted {
        // A plain word that begins before the contraction is no part of it.
        ours += usize::from(!found[ours].contracted && found[ours].span.start < gold[right].span.start);
        gold[right].span.end
    } else {
        right += usize::from(!found[ours].contracted && gold[right].span.start < found[ours].span.start);
        found[ours].span.end
    };
    let first = (right, ours);
    let inside = |word: Option<&Word>, end: usize| {
        word.is_some_and(|w| if w.contracted { w.span.start < end } else { w.span.end <= end })
    };
    while inside(gold.get(right), end) || inside(found.get(ours), end) {
        let gold_next = match (gold.get(right), found.get(ours)) {
            (Some(a), Some(b)) => a.span.start <= b.span.start,
            (a, _) => a.is_some(),
        };
        let (words, at) = if gold_next { (gold, &mut right) } else { (found, &mut ours) };
        if words[*at].contracted {
            end = end.max(words[*at].span.end);
        }
        *at += 1;
    }
    (first.0..right, first.1..ours)
}

/// Adds the longest common sequence of the forms.
fn common(gold: &[Word], rights: Range<usize>, found: &[Word], ours: Range<usize>, pairs: &mut Vec<(usize, usize)>) {
    let forms = |words: &[Word]| words.iter().map(|word| word.form.to_lowercase()).collect::<Vec<_>>();
    let (a, b) = (forms(&gold[rights.clone()]), forms(&found[ours.clone()]));
    let mut length = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i][j] = if a[i] == b[j] { length[i + 1][j + 1] + 1 } else { length[i + 1][j].max(length[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((rights.start + i, ours.start + j));
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] == length[i][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of one sentence as (form, head from 1 or 0, relation), written one after another.
    fn side(sentences: &[&[(&str, usize, &str)]]) -> Side {
        let mut side = Side::default();
        let mut at = 0;
        for sentence in sentences {
            let (begun, first) = (at, side.words.len());
            for &(form, head, relation) in *sentence {
                let span = at..at + form.chars().count();
                at = span.end;
                side.tokens.push(span.clone());
                side.words.push(Word {
                    span,
                    form: form.to_owned(),
                    contracted: false,
                    upos: "X".to_owned(),
                    lemma: form.to_lowercase(),
                    relation: relation.to_owned(),
                    head: head.checked_sub(1).map(|head| first + head),
                });
            }
            side.sentences.push(begun..at);
        }
        side
    }

    fn right(gold: &Side, found: &Side) -> Vec<(&'static str, usize)> {
        scores(gold, found).iter().map(|(name, count)| (*name, count.right)).collect()
    }

    #[test]
    fn the_same_analysis_is_right_throughout() {
        let text = side(&[&[("They", 2, "nsubj"), ("met", 0, "root"), (".", 2, "punct")], &[("Talks", 0, "root")]]);
        assert!(scores(&text, &text).iter().all(|(_, count)| (count.f1() - 100.0).abs() < 1e-9));
        assert_eq!(scores(&text, &text)[2].1, Count { gold: 2, found: 2, right: 2 });
    }

    #[test]
    fn a_word_cut_otherwise_is_wrong_and_so_are_those_that_hang_on_it() {
        let gold = side(&[&[("cease", 3, "compound"), ("-", 3, "punct"), ("fire", 4, "nsubj"), ("holds", 0, "root")]]);
        let found = side(&[&[("cease-fire", 2, "nsubj"), ("holds", 0, "root")]]);
        let expected =
            [("tokens", 1), ("words", 1), ("sentences", 1), ("UPOS", 1), ("lemma", 1), ("UAS", 1), ("LAS", 1)];
        assert_eq!(right(&gold, &found), expected);
        assert_eq!(scores(&gold, &found)[6].1, Count { gold: 4, found: 2, right: 1 });
        let hanging = side(&[&[("cease", 4, "compound"), ("-fire", 3, "nsubj"), ("holds", 0, "root")]]);
        assert_eq!(right(&gold, &hanging)[5], ("UAS", 1), "the head of `cease` matches no word");
    }

    #[test]
    fn subtypes_of_relations_do_not_count() {
        let gold = side(&[&[("was", 2, "aux:pass"), ("met", 0, "root")]]);
        let found = side(&[&[("was", 2, "aux"), ("met", 0, "root")]]);
        assert_eq!(right(&gold, &found)[6], ("LAS", 2));
    }

    #[test]
    fn a_sentence_cut_in_two_has_two_roots_and_one_is_wrong() {
        let gold = side(&[&[("Talks", 2, "nsubj"), ("failed", 0, "root"), ("there", 2, "advmod")]]);
        let found = side(&[&[("Talks", 2, "nsubj"), ("failed", 0, "root")], &[("there", 0, "root")]]);
        let expected =
            [("tokens", 3), ("words", 3), ("sentences", 0), ("UPOS", 3), ("lemma", 3), ("UAS", 2), ("LAS", 2)];
        assert_eq!(right(&gold, &found), expected);
    }

    #[test]
    fn words_of_a_contraction_match_by_form() {
        let mut gold = side(&[&[("We", 3, "nsubj"), ("do", 3, "aux"), ("n't", 3, "advmod"), ("agree", 0, "root")]]);
        for word in &mut gold.words[1..3] {
            word.contracted = true;
            word.span = 2..7;
        }
        let found = side(&[&[("We", 3, "nsubj"), ("Do", 3, "aux"), ("n't", 3, "advmod"), ("agree", 0, "root")]]);
        assert_eq!(right(&gold, &found)[1], ("words", 4));
        let joined = side(&[&[("We", 3, "nsubj"), ("don't", 3, "aux"), ("agree", 0, "root")]]);
        assert_eq!(right(&gold, &joined)[1], ("words", 2));
    }

    #[test]
    fn a_missing_lemma_is_right() {
        let mut gold = side(&[&[("a", 0, "root")]]);
        gold.words[0].lemma = "_".to_owned();
        let mut found = gold.clone();
        found.words[0].lemma = "other".to_owned();
        assert_eq!(right(&gold, &found)[4], ("lemma", 1));
    }
}
