//! Chains as CoNLL-U shows them, in the manner of `CorefUD`: `Entity=(e3-name-2` in MISC opens a mention of entity `e3`, a name
//! whose second word heads it; `e3)` closes it, `(e3-pronoun-1)` is one word.

use std::fmt::Write;

use demarche::language::{Chains, Mention, MentionKind};

/// What the fields of a mark are, for the head of a document.
pub(super) const FIELDS: &str = "# global.Entity = eid-kind-head";

/// Marks of the words of a text's sentences.
pub(super) struct Entities {
    /// For each sentence and word what opens there, then what closes.
    marks: Vec<Vec<(String, String)>>,
}

impl Entities {
    /// Marks of a text of sentences of the given lengths; entities are numbered on from `number`.
    pub(super) fn new(lengths: impl Iterator<Item = usize>, chains: &Chains, number: &mut usize) -> Self {
        let mut marks: Vec<Vec<(String, String)>> =
            lengths.map(|words| vec![(String::new(), String::new()); words]).collect();
        let first = *number;
        *number += chains.chains().len();
        // Numbers in the order in which entities are first spoken of.
        let mut order: Vec<usize> = (0..chains.chains().len()).collect();
        order.sort_by_key(|&chain| chains.chains()[chain].first().copied());
        let mut names = vec![0; order.len()];
        for (at, chain) in order.into_iter().enumerate() {
            names[chain] = first + at + 1;
        }
        let shown =
            chains.mentions().iter().enumerate().filter_map(|(id, mention)| Some((mention, chains.chain_of(id)?)));
        for (mention, chain) in shown {
            let Some(row) = marks.get_mut(mention.sentence) else { continue };
            let (entity, one) = (names[chain], mention.end == mention.first + 1);
            if let Some((opens, _)) = row.get_mut(mention.first) {
                // Writing to a string does not fail.
                let _ = write!(opens, "(e{entity}-{}-{}", kind(mention), mention.head - mention.first + 1);
                opens.push_str(if one { ")" } else { "" });
            }
            if let Some((_, closes)) = row.get_mut(mention.end.wrapping_sub(1)).filter(|_| !one) {
                // Of mentions that end together the one that opened last closes first.
                closes.insert_str(0, &format!("e{entity})"));
            }
        }
        Self { marks }
    }

    /// `Entity=...` of a word, if a mention opens or closes there.
    pub(super) fn of(&self, sentence: usize, word: usize) -> Option<String> {
        let (opens, closes) = self.marks.get(sentence)?.get(word)?;
        (!opens.is_empty() || !closes.is_empty()).then(|| format!("Entity={opens}{closes}"))
    }
}

fn kind(mention: &Mention) -> &'static str {
    match mention.kind {
        MentionKind::Name => "name",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    }
}
