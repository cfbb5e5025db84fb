//! One subject a clause: a second one that the parser hung on the verb of a reported clause belongs to the verb of saying.

use crate::analysis::Reading;
use crate::labels::Relation;
use crate::sentence::TokenId;

/// In "Troops shelled the port, a spokesman said" *spokesman* may come out as a second subject of *shelled*, since it stands
/// between the two verbs. If *said* governs *shelled*, follows the second subject and has none of its own, it takes it.
pub(super) fn mend_subjects(readings: &mut [Reading]) {
    for at in 0..readings.len() {
        if let Some(governor) = rightful_governor(readings, at) {
            readings[at].head = Some(governor);
            readings[at].relation = Relation::Nsubj;
        }
    }
}

fn rightful_governor(readings: &[Reading], at: TokenId) -> Option<TokenId> {
    let subjects = |of: TokenId| {
        let is_one = |reading: &Reading| matches!(reading.relation, Relation::Nsubj | Relation::NsubjPass);
        (0..readings.len()).filter(move |&word| readings[word].head == Some(of) && is_one(&readings[word]))
    };
    let verb = (readings[at].relation == Relation::Nsubj).then_some(readings[at].head)??;
    let reported = matches!(readings.get(verb)?.relation, Relation::Ccomp | Relation::Parataxis);
    let governor = readings[verb].head.filter(|_| reported && verb < at)?;
    let second = subjects(verb).any(|other| other < verb);
    (second && at < governor && subjects(governor).next().is_none()).then_some(governor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Bio;
    use crate::labels::{Upos, Xpos};

    fn readings(tree: &[(usize, Relation)]) -> Vec<Reading> {
        let reading = |&(head, relation): &(usize, Relation)| Reading {
            lemma: String::new(),
            upos: Upos::X,
            xpos: Xpos::Fw,
            features: "_".into(),
            head: head.checked_sub(1),
            relation,
            entity: Bio::Outside,
        };
        tree.iter().map(reading).collect()
    }

    #[test]
    fn the_second_subject_goes_to_the_verb_of_saying() {
        use Relation::{Ccomp, Nsubj, Obj, Root};
        // Troops shelled ports spokesman said
        let mut mended = readings(&[(2, Nsubj), (5, Ccomp), (2, Obj), (2, Nsubj), (0, Root)]);
        mend_subjects(&mut mended);
        assert_eq!(mended[3].head, Some(4));
        // It has one already.
        let mut whole = readings(&[(2, Nsubj), (6, Ccomp), (2, Obj), (2, Nsubj), (6, Nsubj), (0, Root)]);
        let before = whole.clone();
        mend_subjects(&mut whole);
        assert_eq!(whole, before);
    }
}
