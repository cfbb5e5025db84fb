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

#[cfg(test)]
mod tests {
    use super::*;

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
