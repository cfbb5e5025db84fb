//! From a tag for each word to named entities.

use crate::analysis::Bio;
use crate::labels::EntityKind;
use crate::sentence::NamedEntity;

/// Reads a tag with the Groningen Meaning Bank's types: `geo` places, `gpe` nationalities, `per`, `org`.
pub(super) fn parse_tag(tag: &str) -> Option<Bio> {
    if tag == "O" {
        return Some(Bio::Outside);
    }
    let (position, kind) = tag.split_once('-')?;
    let kind = match kind {
        "geo" => EntityKind::Place,
        "gpe" => EntityKind::Norp,
        "per" => EntityKind::Person,
        "org" => EntityKind::Organisation,
        _ => return None,
    };
    match position {
        "B" => Some(Bio::Begin(kind)),
        "I" => Some(Bio::Inside(kind)),
        _ => None,
    }
}

/// Entities of a tag sequence: B-, another kind or O ends one; I- without a fitting one before it starts one.
pub(super) fn entities(tags: impl IntoIterator<Item = Bio>) -> Vec<NamedEntity> {
    let mut out: Vec<NamedEntity> = Vec::new();
    for (at, tag) in tags.into_iter().enumerate() {
        match (tag, out.last_mut()) {
            (Bio::Outside, _) => {}
            (Bio::Inside(kind), Some(last)) if last.end == at && last.kind == kind => last.end = at + 1,
            (Bio::Begin(kind) | Bio::Inside(kind), _) => out.push(NamedEntity { first: at, end: at + 1, kind }),
        }
    }
    out
}

/// Which tag may follow which: `I-x` only `B-x` or `I-x`.
pub(super) struct TagOrder {
    tags: usize,
    /// `[tags + 1, tags]`; the last row is for the first word of a sentence.
    follows: Vec<bool>,
}

impl TagOrder {
    /// The order of a list of tags.
    pub(super) fn new(tags: &[Bio]) -> Self {
        let may = |before: Option<Bio>, tag: Bio| match tag {
            Bio::Inside(kind) => before == Some(Bio::Begin(kind)) || before == Some(Bio::Inside(kind)),
            Bio::Outside | Bio::Begin(_) => true,
        };
        let rows = tags.iter().map(|&tag| Some(tag)).chain([None]);
        let follows = rows.flat_map(|before| tags.iter().map(move |&tag| may(before, tag))).collect();
        Self { tags: tags.len(), follows }
    }

    /// The allowed sequence of tags with the largest sum of scores (Viterbi 1967), for scores `[words, tags]`; of equal
    /// ones that with the earlier tags in the list.
    pub(super) fn best(&self, scores: &[f32]) -> Vec<usize> {
        let words = scores.len() / self.tags;
        let mut from = Vec::with_capacity(scores.len());
        let mut sums = vec![0.0; self.tags + 1];
        sums[..self.tags].fill(f32::NEG_INFINITY);
        for row in scores.chunks_exact(self.tags) {
            let mut next = vec![f32::NEG_INFINITY; self.tags + 1];
            for (tag, score) in row.iter().enumerate() {
                let (mut best, mut sum) = (0, f32::NEG_INFINITY);
                for (before, &so_far) in sums.iter().enumerate() {
                    if so_far > sum && self.follows[before * self.tags + tag] {
                        (best, sum) = (before, so_far);
                    }
                }
                next[tag] = sum + score;
                from.push(best);
            }
            sums = next;
        }
        let mut tag = (0..self.tags).fold(0, |best, tag| if sums[tag] > sums[best] { tag } else { best });
        let mut out = vec![0; words];
        for word in (0..words).rev() {
            out[word] = tag;
            tag = from[word * self.tags + tag];
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sequence_is_one_that_is_allowed() {
        let tags: Vec<Bio> = ["O", "B-per", "I-per", "B-org", "I-org"].map(|tag| parse_tag(tag).unwrap()).into();
        let order = TagOrder::new(&tags);
        // "I-per" is the best of the first word alone, "I-org" of the second.
        assert_eq!(order.best(&[0.0, 1.0, 9.0, 2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 3.0]), [3, 4]);
        assert_eq!(order.best(&[0.0, 4.0, 9.0, 2.0, 0.0, 0.0, 0.0, 2.5, 0.0, 3.0]), [1, 2]);
        assert_eq!(order.best(&[5.0, 5.0, 0.0, 0.0, 0.0]), [0]);
        assert!(order.best(&[]).is_empty());
    }

    #[test]
    fn spans_of_tags() {
        let spans = |tags: &str| -> Vec<(usize, usize, &str)> {
            let tags = tags.split(' ').map(|tag| parse_tag(tag).unwrap());
            entities(tags).into_iter().map(|e| (e.first, e.end, e.kind.as_str())).collect()
        };
        assert_eq!(spans("O B-per I-per O B-geo B-geo"), [(1, 3, "PER"), (4, 5, "LOC"), (5, 6, "LOC")]);
        assert_eq!(spans("I-org I-org I-gpe O I-gpe"), [(0, 2, "ORG"), (2, 3, "NORP"), (4, 5, "NORP")]);
        assert_eq!(parse_tag("B-tim"), None);
        assert_eq!(parse_tag("X-per"), None);
    }
}
