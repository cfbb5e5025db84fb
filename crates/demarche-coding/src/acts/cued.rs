//! Modes that the words around a trigger tell ("killed in a drone strike").

use demarche_language::{Relation, TokenId, Upos};
use demarche_record::{EventType, Mode};

use super::reader::Reader;

impl Reader<'_> {
    /// Adds the modes that words of the trigger's clause tell; where none does, those of the clause that says how it came about
    /// ("were wounded when a grenade exploded").
    pub(super) fn cued(&self, event: EventType, head: TokenId, words: &[TokenId], modes: &mut Vec<Mode>) {
        let s = self.sentence;
        let told = |words: &[TokenId]| {
            let mut found = self.coding.cues.modes(event, s, words);
            found.retain(|&mode| self.coding.ontology.has_mode(event, mode));
            found
        };
        let mut found = told(&self.clause_words(head, words));
        if found.is_empty() && modes.is_empty() && event == EventType::ASSAULT {
            let when = |&clause: &TokenId| {
                s.dependents_by(clause, Relation::Advmod)
                    .chain(s.dependents_by(clause, Relation::Mark))
                    .any(|word| matches!(s.tokens[word].form.to_lowercase().as_str(), "when" | "as"))
            };
            let circumstances = s.dependents_by(head, Relation::Advcl).filter(when);
            found = told(&circumstances.flat_map(|clause| s.subtree(clause)).collect::<Vec<_>>());
        }
        for mode in found {
            if !modes.contains(&mode) {
                modes.push(mode);
            }
        }
    }

    /// Words of the trigger's own clause, where cues of mode may stand: its subtree without embedded finite clauses.
    fn clause_words(&self, head: TokenId, words: &[TokenId]) -> Vec<TokenId> {
        let s = self.sentence;
        let mut out = words.to_vec();
        if matches!(s.tokens[head].upos, Upos::Noun | Upos::Propn)
            && let Some((verb, _)) = self.support_verb(head)
        {
            out.push(verb);
        }
        let mut next = 0;
        while let Some(&at) = out.get(next) {
            next += 1;
            for &d in s.dependents(at) {
                let embedded = matches!(
                    s.tokens[d].relation,
                    Relation::Ccomp | Relation::Advcl | Relation::AclRelcl | Relation::Parataxis
                ) || (s.tokens[d].relation == Relation::Conj && s.tokens[d].upos == Upos::Verb);
                if !embedded && !out.contains(&d) {
                    out.push(d);
                }
            }
        }
        out.sort_unstable();
        out
    }
}
