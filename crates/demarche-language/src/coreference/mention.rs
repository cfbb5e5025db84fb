//! Mentions and chains, what the rest of the program sees of this room.

use crate::sentence::TokenId;

/// Index of a mention in [`Chains::mentions`].
pub type MentionId = usize;

/// How a mention speaks of its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// By its name: "Wang Yi", "the European Commission".
    Name,
    /// By a noun: "the minister", "both nations".
    Nominal,
    /// By a pronoun: "he", "their", "this".
    Pronoun,
}

/// A phrase that may stand for something: tokens `first..end` of its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which sentence.
    pub sentence: usize,
    /// The word that heads it; of a group, the head of its first member.
    pub head: TokenId,
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// How it speaks.
    pub kind: MentionKind,
    /// Of a group ("Chad and Sudan") its members, in text order; empty for all others.
    pub members: Vec<MentionId>,
}

/// The mentions of a text, and which of them stand for one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chains {
    mentions: Vec<Mention>,
    several: Vec<Vec<MentionId>>,
    /// For each mention its chain, if it is in one.
    of: Vec<Option<usize>>,
}

impl Chains {
    /// From mentions in text order and for each an earlier one it stands for the same as, if any.
    pub(super) fn new(mentions: Vec<Mention>, antecedents: &[Option<MentionId>]) -> Self {
        let mut chains: Vec<Vec<MentionId>> = Vec::new();
        let mut of: Vec<Option<usize>> = vec![None; mentions.len()];
        for (id, antecedent) in antecedents.iter().enumerate().take(mentions.len()) {
            let Some(antecedent) = antecedent.filter(|&antecedent| antecedent < id) else { continue };
            let chain = *of[antecedent].get_or_insert_with(|| {
                chains.push(vec![antecedent]);
                chains.len() - 1
            });
            chains[chain].push(id);
            of[id] = Some(chain);
        }
        Self { mentions, several: chains, of }
    }

    /// All mentions in text order, those in no chain too; of two that begin together the longer first.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Chains of two mentions or more, each in text order. No mention is in two.
    pub fn chains(&self) -> &[Vec<MentionId>] {
        &self.several
    }

    /// The chain a mention is in, as an index into [`Chains::chains`].
    pub fn chain_of(&self, mention: MentionId) -> Option<usize> {
        self.of.get(mention).copied().flatten()
    }

    /// The mention headed by a token that is no group.
    pub fn mention_at(&self, sentence: usize, head: TokenId) -> Option<MentionId> {
        let start = self.mentions.partition_point(|mention| mention.sentence < sentence);
        let here = self.mentions[start..].iter().take_while(|mention| mention.sentence == sentence);
        here.enumerate()
            .find(|(_, mention)| mention.head == head && mention.members.is_empty())
            .map(|(at, _)| start + at)
    }
}
