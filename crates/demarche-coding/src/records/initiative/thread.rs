//! Undertakings as they run through a report: which words speak of the same one.

use std::collections::BTreeSet;

use demarche_language::TokenId;
use demarche_record::{InitiativeKind, Stage};

use super::figure::Figure;
use super::sighting::{Mention, Sighting, Target, Told};
use super::when::When;
use crate::frames::PatternKind;
use crate::initiatives::{Opens, Side};

/// One stage told.
pub(super) struct Mark {
    pub stage: Stage,
    /// Number of the sighting.
    pub sighting: usize,
    pub head: TokenId,
    pub when: When,
    /// The words' entry in the data.
    pub id: String,
}

/// One undertaking.
pub(super) struct Thread<'a> {
    pub kind: InitiativeKind,
    pub marks: Vec<Mark>,
    pub parties: Vec<Figure<'a>>,
    pub mediators: Vec<Figure<'a>>,
    pub hosts: Vec<Figure<'a>>,
    /// Those who proposed it, and those who called for it.
    pub proposers: Vec<Figure<'a>>,
    pub callers: Vec<Figure<'a>>,
    /// Words that name it: sighting and head.
    pub words: Vec<(usize, TokenId)>,
    /// Whether some words that name it say what sort of thing it is ("a joint inquiry").
    pub qualified: bool,
    /// Whether something of it is said not to be so.
    pub denied: bool,
    /// The data's entry that opened it.
    pub opened_by: String,
    /// When it was last spoken of.
    touched: usize,
}

/// Talks and their mediation are one undertaking.
pub(super) const fn is_talks(kind: InitiativeKind) -> bool {
    matches!(kind, InitiativeKind::Mediation | InitiativeKind::Negotiation)
}

fn family(a: InitiativeKind, b: InitiativeKind) -> bool {
    a == b || is_talks(a) && is_talks(b)
}

/// Adds a figure, or makes a known one better named. `first`: the list held nobody before these words.
pub(super) fn add<'a>(list: &mut Vec<Figure<'a>>, figure: Figure<'a>, first: bool) {
    if let Some(known) = list.iter_mut().find(|known| known.same(&figure)) {
        if figure.better_than(known) {
            *known = figure;
        }
        return;
    }
    // Who "both sides" are is known from where they are named, or not at all.
    let referred = figure.refers && (!first || figure.entity.code.is_none());
    let nobody = figure.vague && figure.entity.code.is_none();
    if !referred && !nobody {
        list.push(figure);
    }
}

impl<'a> Thread<'a> {
    fn new(kind: InitiativeKind) -> Self {
        Self {
            kind,
            marks: Vec::new(),
            parties: Vec::new(),
            mediators: Vec::new(),
            hosts: Vec::new(),
            proposers: Vec::new(),
            callers: Vec::new(),
            words: Vec::new(),
            qualified: false,
            denied: false,
            opened_by: String::new(),
            touched: 0,
        }
    }

    fn list(&mut self, side: Side, with: bool) -> Option<&mut Vec<Figure<'a>>> {
        match side {
            Side::Party => Some(&mut self.parties),
            Side::Mediator => Some(&mut self.mediators),
            Side::Host => Some(&mut self.hosts),
            Side::Proposer | Side::Caller if with => Some(&mut self.parties),
            Side::Proposer => Some(&mut self.proposers),
            Side::Caller => Some(&mut self.callers),
            Side::Nobody => None,
        }
    }

    fn take_all<'f>(&mut self, figures: impl Iterator<Item = (Side, &'f Figure<'a>)>, with: bool)
    where
        'a: 'f,
    {
        let before = [self.parties.is_empty(), self.mediators.is_empty(), self.hosts.is_empty()];
        for (side, figure) in figures {
            let first = match side {
                Side::Mediator => before[1],
                Side::Host => before[2],
                _ => before[0],
            };
            if let Some(list) = self.list(side, with) {
                add(list, figure.clone(), first);
            }
        }
    }

    /// Sentences that speak of it, in text order.
    pub(super) fn sightings(&self) -> BTreeSet<usize> {
        self.words.iter().map(|(n, _)| *n).chain(self.marks.iter().map(|mark| mark.sighting)).collect()
    }
}

/// Threads being spun, in the order in which they were opened.
#[derive(Default)]
pub(super) struct Loom<'a> {
    pub threads: Vec<Thread<'a>>,
    clock: usize,
}

impl<'a> Loom<'a> {
    /// Takes up a sentence.
    pub(super) fn take(&mut self, n: usize, sighting: &Sighting<'a>) {
        let mut of_mention: Vec<Option<usize>> = vec![None; sighting.mentions.len()];
        // What only points back may stand before the name in its sentence ("signed an agreement after months of negotiations").
        for back in [false, true] {
            for (m, mention) in sighting.mentions.iter().enumerate() {
                if (mention.entry.opens == Opens::Never) == back {
                    of_mention[m] = self.mention(n, mention);
                }
            }
        }
        let mut heads: BTreeSet<TokenId> = BTreeSet::new();
        for told in &sighting.told {
            if heads.contains(&told.head) {
                continue;
            }
            let (thread, with) = match told.target {
                Target::Mention(m) => (of_mention.get(m).copied().flatten(), sighting.mentions[m].with),
                Target::Back => (self.last(told.kinds), false),
            };
            if let Some(thread) = thread
                && (told.kinds.is_empty() || told.kinds.iter().any(|kind| family(*kind, self.threads[thread].kind)))
            {
                heads.insert(told.head);
                self.tell(thread, n, told, with);
            }
        }
        for (side, figure) in &sighting.figures {
            // A mediator named anywhere is that of the talks told last, and of a truce or plan that has none.
            let Some(last) = self.last(&[]) else { continue };
            let thread = self
                .threads
                .iter()
                .enumerate()
                .filter(|(_, thread)| is_talks(thread.kind))
                .max_by_key(|(_, thread)| thread.touched)
                .map_or(last, |(thread, _)| thread);
            if *side == Side::Mediator && is_talks(self.threads[thread].kind) {
                self.threads[thread].kind = InitiativeKind::Mediation;
            }
            self.threads[thread].take_all(std::iter::once((*side, figure)), false);
        }
    }

    fn mention(&mut self, n: usize, mention: &Mention<'a>) -> Option<usize> {
        let at = self.thread_of(mention)?;
        self.touch(at);
        let thread = &mut self.threads[at];
        thread.words.push((n, mention.trigger.head));
        thread.qualified |= mention.qualified;
        if thread.opened_by.is_empty() {
            thread.opened_by.clone_from(&mention.entry.id);
        }
        let mediation = mention.entry.kinds.first() == Some(&InitiativeKind::Mediation);
        if mediation && mention.entry.opens != Opens::Never && is_talks(thread.kind) {
            thread.kind = InitiativeKind::Mediation;
        }
        thread.take_all(mention.sides.iter().map(|figure| (Side::Party, figure)), false);
        thread.take_all(mention.owners.iter().map(|figure| (mention.entry.by, figure)), false);
        Some(at)
    }

    fn touch(&mut self, thread: usize) {
        self.clock += 1;
        self.threads[thread].touched = self.clock;
    }

    /// The thread spoken of last among these kinds; any if none is given.
    fn last(&self, kinds: &[InitiativeKind]) -> Option<usize> {
        let allowed = |thread: &Thread<'_>| kinds.is_empty() || kinds.iter().any(|kind| family(*kind, thread.kind));
        let threads = self.threads.iter().enumerate().filter(|(_, thread)| allowed(thread));
        threads.max_by_key(|(_, thread)| thread.touched).map(|(n, _)| n)
    }

    /// The thread that a mention belongs to; opened if the mention is enough for it.
    fn thread_of(&mut self, mention: &Mention<'a>) -> Option<usize> {
        let kinds = &mention.entry.kinds;
        // Two sides that no thread of the kind has are other sides.
        let strange = |thread: &Thread<'_>| {
            mention.sides.len() > 1
                && thread.parties.len() > 1
                && !mention.sides.iter().any(|side| thread.parties.iter().any(|party| party.same(side)))
        };
        let own = self
            .threads
            .iter()
            .enumerate()
            .filter(|(_, thread)| kinds.is_empty() || kinds.iter().any(|kind| family(*kind, thread.kind)))
            .filter(|(_, thread)| !strange(thread))
            .max_by_key(|(_, thread)| thread.touched)
            .map(|(n, _)| n);
        if own.is_some() || !mention.opens {
            return own;
        }
        // Who "mediated" once a truce or plan is told is its mediator, and talks on a plan are the plan's.
        let opened = *kinds.first()?;
        let brokered = mention.trigger.kind == PatternKind::Verb && opened == InitiativeKind::Mediation;
        let of = |kind: InitiativeKind| self.threads.iter().rposition(|thread| thread.kind == kind);
        if mention.sides.is_empty() && is_talks(opened) {
            let truce = of(InitiativeKind::Ceasefire).filter(|_| brokered);
            if let Some(known) = of(InitiativeKind::PeacePlan).or(truce) {
                return Some(known);
            }
        }
        self.threads.push(Thread::new(*kinds.first()?));
        Some(self.threads.len() - 1)
    }

    fn tell(&mut self, n: usize, sighting: usize, told: &Told<'a>, with: bool) {
        self.touch(n);
        let thread = &mut self.threads[n];
        thread.denied |= told.denied;
        let mut sides: Vec<&Figure<'a>> = Vec::new();
        for (side, figure) in &told.figures {
            if *side == Side::Party && !sides.iter().any(|known| known.same(figure)) {
                sides.push(figure);
            }
            if *side == Side::Mediator && is_talks(thread.kind) {
                thread.kind = InitiativeKind::Mediation;
            }
        }
        thread.take_all(told.figures.iter().map(|(side, figure)| (*side, figure)), with);
        let together = told
            .together
            .filter(|(_, kinds)| {
                (sides.len() > 1 || told.several) && (kinds.is_empty() || kinds.contains(&thread.kind))
            })
            .map(|(stage, _)| stage);
        if let Some(stage) = together.or(told.stage) {
            let id = told.id.to_owned();
            thread.marks.push(Mark { stage, sighting, head: told.head, when: told.when, id });
        }
    }
}
