//! Who a mention stands for by the chain that language analysis put it in.

use demarche_language::TokenId;

use super::Mention;
use crate::actor::Actor;
use crate::builder::Builder;

impl Builder<'_> {
    /// The actors of the nearest earlier mention in the same chain that `fits`, a named one before any other; of a group, of all
    /// its members.
    pub(super) fn linked(&self, at: usize, head: TokenId, fits: impl Fn(&Mention) -> bool) -> Option<Vec<Actor>> {
        let chains = self.chains?;
        let id = chains.mention_at(at, head)?;
        let chain = chains.chains().get(chains.chain_of(id)?)?;
        let mut unnamed = None;
        for &other in chain.iter().rev().skip_while(|&&other| other >= id) {
            let other = &chains.mentions()[other];
            let known = |mention: &&Mention| mention.head == other.head;
            let here = self.recent(other.sentence, 0);
            let Some(mention) = here.iter().rev().find(known).filter(|mention| fits(mention)) else {
                continue;
            };
            let several = !other.members.is_empty() && mention.group.len() > 1;
            let actors = if several { &mention.group } else { &mention.actors };
            if actors.iter().all(|actor| actor.name.is_some() || actor.code.is_some()) {
                return Some(actors.clone());
            }
            unnamed.get_or_insert_with(|| actors.clone());
        }
        unnamed
    }
}
