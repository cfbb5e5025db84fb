//! Initiatives: mediations, negotiations, ceasefires, peace plans and the like across the sentences of a report.
//!
//! `sighting` reads what each sentence tells, by the words of `data/initiatives`; `thread` joins what speaks of one undertaking;
//! `figure` finds who takes part, `place` where, `when` in which order, `conflict` which quarrel it is about.

mod conflict;
mod figure;
mod fill;
mod place;
mod sides;
mod sighting;
mod telling;
mod thread;
mod when;

use demarche_record::{
    DecidedBy, Field, Initiative, InitiativeEvidence, InitiativeKind, Span, Stage, StageMark, Status, Why,
};

use super::event::Draft;
use super::statement::Spoken;
use super::{Desk, Part, Seat};
use conflict::{Named, between, conflict};
use figure::Figure;
use sighting::{Sighting, Sights};
use thread::{Loom, Mark, Thread, add, is_talks};

/// Confidence of an initiative whose sides are both named, and of one that lacks a side.
const SURE: f32 = 0.8;
const LESS_SURE: f32 = 0.6;

/// A record that shows a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Event(usize),
    Statement(usize),
}

/// An initiative with the records that show its stages.
pub(super) struct Found {
    pub initiative: Initiative,
    /// For each stage the record behind it, if there is one.
    pub shown: Vec<Option<Shown>>,
}

impl<'a> Desk<'a> {
    pub(super) fn initiatives(&self, drafts: &[Draft<'a>], spoken: &[Spoken], parts: &[Part<'a>]) -> Vec<Found> {
        let mut seats: Vec<Seat<'a>> = Vec::new();
        // A headline's spans are another text's; an initiative has one field.
        for &part in parts.iter().filter(|part| part.field == Field::Text) {
            for index in 0..part.sentences.len() {
                if part.left_out.get(index).is_none_or(Option::is_none) {
                    seats.push(Seat { part, index });
                }
            }
        }
        let words = &self.coding.initiatives;
        if !seats.iter().any(|seat| words.may_tell(seat.sentence().tokens.iter().map(|token| token.form.as_str()))) {
            return Vec::new();
        }
        let sightings: Vec<Sighting<'a>> =
            seats.iter().map(|&seat| Sights::new(self.coding, seat).read(self.day())).collect();
        let mut loom = Loom::default();
        for (n, sighting) in sightings.iter().enumerate() {
            loom.take(n, sighting);
        }
        self.told_by_frames(&mut loom.threads, &seats, drafts);
        let quarrel =
            parts.iter().filter(|part| part.field == Field::Text).find_map(|&part| conflict(self.coding, part));
        let mut threads = loom.threads;
        // What one of them gets from another may be what a third one needs.
        for _ in 0..2 {
            share(&mut threads);
        }
        for thread in &mut threads {
            settle(thread, &sightings);
            if thread.parties.len() < 2 {
                pair(thread, &sightings);
            }
            assume_under_way(thread);
        }
        threads.retain(|thread| !thread.marks.is_empty());
        self.keep(&mut threads, &seats);
        threads.iter().map(|thread| self.record(thread, &seats, drafts, spoken, quarrel.as_ref())).collect()
    }

    /// Stages that frames tell of what a report names ("violated the ceasefire"), where no words of initiatives did.
    fn told_by_frames(&self, threads: &mut [Thread<'a>], seats: &[Seat<'a>], drafts: &[Draft<'a>]) {
        for draft in drafts.iter().filter(|draft| draft.place.0 == Field::Text && draft.act.status == Status::Happened)
        {
            let Some(frame) = self.coding.frame(&draft.act) else { continue };
            let at = seats.iter().position(|seat| seat.index == draft.place.1);
            let (Some(mark), Some(sighting)) = (frame.initiative, at) else { continue };
            let named = |thread: &&mut Thread<'a>| {
                let own = draft.act.words.iter().any(|&word| thread.words.contains(&(sighting, word)));
                own && thread.kind == mark.kind && !thread.marks.iter().any(|told| told.sighting == sighting)
            };
            if let Some(thread) = threads.iter_mut().find(named) {
                let day = when::day_of(self.coding, draft.seat.sentence(), draft.act.head, self.day());
                let id = frame.id.clone();
                thread.marks.push(Mark { stage: mark.stage, sighting, head: draft.act.head, when: day, id });
                thread.marks.sort_by_key(|told| (told.sighting, told.head));
            }
        }
    }

    /// Leaves out what is not between states, armed groups and the like, what is history, and what is part of a plan.
    fn keep(&self, threads: &mut Vec<Thread<'a>>, seats: &[Seat<'a>]) {
        let words = &self.coding.initiatives;
        threads.retain(|thread| {
            let elsewhere = thread.sightings().into_iter().filter_map(|n| seats.get(n)).any(|seat| {
                let sentence = seat.sentence();
                (0..sentence.tokens.len()).any(|token| words.says(sentence, token, &words.elsewhere))
            });
            let two = thread.parties.len() > 1 || !thread.parties.is_empty() && !thread.mediators.is_empty();
            let enough = match thread.kind {
                InitiativeKind::Ceasefire | InitiativeKind::PeacePlan => {
                    !thread.parties.is_empty() || !thread.mediators.is_empty()
                }
                // Who offers to mediate need not say between whom.
                InitiativeKind::Mediation => two || !thread.mediators.is_empty(),
                InitiativeKind::Investigation => {
                    let code = |party: &Figure<'_>| party.entity.code;
                    let international =
                        thread.parties.iter().filter_map(code).any(demarche_record::Code::is_international);
                    let two = thread.parties.iter().any(|party| code(party) != thread.parties.first().and_then(code));
                    let any = thread.parties.iter().any(|party| code(party).is_some());
                    any && (thread.qualified || international || two)
                }
                _ => two,
            };
            let history = thread.marks.iter().all(|mark| mark.when.history);
            !elsewhere && enough && !history
        });
    }

    fn record(
        &self,
        thread: &Thread<'a>,
        seats: &[Seat<'a>],
        drafts: &[Draft<'a>],
        spoken: &[Spoken],
        quarrel: Option<&Named>,
    ) -> Found {
        let span = |n: usize| seats.get(n).map(|seat| seat.span(seat.sentence().range));
        let shown =
            thread.marks.iter().map(|mark| seats.get(mark.sighting).and_then(|s| shown(*s, mark, drafts, spoken)));
        let venue = place::venue(thread, seats).or_else(|| place::meeting(thread, drafts));
        let mut hosts: Vec<_> = thread.hosts.iter().map(|figure| figure.entity.clone()).collect();
        if hosts.is_empty() && is_talks(thread.kind) {
            hosts.extend(venue.as_ref().and_then(|venue| place::host(&venue.place, thread)));
        }
        let (conflict, conflict_span) = match quarrel {
            Some(named) => (Some(named.conflict.clone()), Some(named.span)),
            None => (between(&thread.parties), None),
        };
        let confidence = if thread.parties.len() > 1 { SURE } else { LESS_SURE };
        let entities = |list: &[Figure<'a>]| list.iter().map(|figure| figure.entity.clone()).collect();
        let spans = |list: &[Figure<'a>]| -> Vec<Span> { list.iter().map(|figure| figure.span).collect() };
        let initiative = Initiative {
            id: String::new(),
            document: self.document.id.clone(),
            kind: thread.kind,
            party: entities(&thread.parties),
            mediator: entities(&thread.mediators),
            host: hosts,
            venue: venue.as_ref().map(|venue| venue.place.clone()),
            conflict,
            stage: latest(&thread.marks),
            stages: thread
                .marks
                .iter()
                .filter_map(|mark| Some(StageMark { stage: mark.stage, record: None, sentence: span(mark.sighting)? }))
                .collect(),
            evidence: InitiativeEvidence {
                sentence: thread.sightings().into_iter().filter_map(span).collect(),
                mediator: spans(&thread.mediators),
                party: spans(&thread.parties),
                venue: venue.map(|venue| venue.span),
                conflict: conflict_span,
            },
            confidence: super::rounded(confidence),
            why: Why {
                antecedents: Vec::new(),
                frame: thread.marks.first().map(|mark| mark.id.clone()),
                path: String::new(),
                by: DecidedBy::Frame,
                vote: Vec::new(),
                resolved: Vec::new(),
                same_as: None,
                model: self.versions.model.clone(),
                data: self.versions.data.clone(),
            },
            cite_info: self.cite_info(),
        };
        Found { initiative, shown: shown.collect() }
    }
}

/// Talks that are spoken of without a word on how they stand are under way.
fn assume_under_way(thread: &mut Thread<'_>) {
    let sided = thread.parties.len() > 1 || !thread.parties.is_empty() && !thread.mediators.is_empty();
    let silent = thread.marks.is_empty() && !thread.denied;
    if let (true, true, true, Some(&(sighting, head))) = (silent, sided, is_talks(thread.kind), thread.words.first()) {
        let when = when::When { key: (0, 1), dated: false, ahead: false, history: false };
        thread.marks.push(Mark { stage: Stage::UnderWay, sighting, head, when, id: thread.opened_by.clone() });
    }
}

/// The stage reached last. A refusal by one side stands against what others say in the same days.
fn latest(marks: &[Mark]) -> Stage {
    // Of what is told without a day, the later in the usual course of things is the later.
    let key = |mark: &Mark| {
        let (day, rank) = mark.when.key;
        let course = match mark.stage {
            Stage::Proposed | Stage::Offered => 1,
            Stage::Accepted => 2,
            Stage::UnderWay => 3,
            _ => rank,
        };
        (day, if mark.when.dated { rank } else { rank.min(course) })
    };
    let Some(last) = marks.iter().max_by_key(|mark| (key(mark), mark.sighting, mark.head)) else {
        return Stage::Proposed;
    };
    let open = matches!(last.stage, Stage::Proposed | Stage::Offered | Stage::Accepted);
    let refused = marks.iter().any(|mark| mark.stage == Stage::Rejected && mark.when.key.0 >= last.when.key.0);
    if open && refused { Stage::Rejected } else { last.stage }
}

/// The record of the same words, else the only one of its sentence whose words stand in the same clause.
fn shown(seat: Seat<'_>, mark: &Mark, drafts: &[Draft<'_>], spoken: &[Spoken]) -> Option<Shown> {
    let here = |place: &super::event::PlaceInText| place.0 == seat.part.field && place.1 == seat.index;
    let event = drafts
        .iter()
        .position(|draft| here(&draft.place) && (draft.place.2 == mark.head || draft.act.heads().contains(&mark.head)));
    let statement = || spoken.iter().position(|s| here(&s.place) && s.place.2 == mark.head);
    let governor = seat.sentence().tokens[mark.head].head;
    let above = || {
        let head = governor?;
        drafts.iter().position(|draft| here(&draft.place) && draft.act.heads().contains(&head)).map(Shown::Event)
    };
    event.map(Shown::Event).or_else(|| statement().map(Shown::Statement)).or_else(above)
}

/// Undertakings of one report between the same sides share them: talks and the truce that came of them.
fn share(threads: &mut [Thread<'_>]) {
    for n in 0..threads.len() {
        for other in 0..threads.len() {
            if n == other {
                continue;
            }
            let alone = threads[n].parties.len() < 2 && threads[n].marks.iter().all(|mark| !mark.when.history);
            let related = !threads[other].parties.is_empty()
                && (threads[n].parties.is_empty()
                    || threads[other].parties.len() > 1
                        && threads[n].parties.iter().any(|p| threads[other].parties.iter().any(|q| q.same(p))));
            if alone && related {
                for figure in threads[other].parties.clone() {
                    add(&mut threads[n].parties, figure, true);
                }
            }
            let truce = |n: usize| threads[n].kind == InitiativeKind::Ceasefire;
            let broker = is_talks(threads[other].kind) && truce(n) || is_talks(threads[n].kind) && truce(other);
            if broker && related && threads[n].mediators.is_empty() && !threads[other].mediators.is_empty() {
                let mediators = threads[other].mediators.clone();
                threads[n].mediators.extend(mediators);
                if is_talks(threads[n].kind) {
                    threads[n].kind = InitiativeKind::Mediation;
                }
            }
        }
    }
}

/// Where the words of the initiative name no two sides, those who together are the subject of one of its sentences, or of the
/// report's first, are the sides.
fn pair<'a>(thread: &mut Thread<'a>, sightings: &[Sighting<'a>]) {
    if !(is_talks(thread.kind) || matches!(thread.kind, InitiativeKind::Ceasefire | InitiativeKind::Other)) {
        return;
    }
    let other = |figure: &Figure<'a>| {
        thread.callers.iter().chain(&thread.mediators).chain(&thread.hosts).any(|known| known.same(figure))
    };
    let own = thread.sightings();
    let found = own.iter().chain(&[0]).filter_map(|&n| sightings.get(n)).map(|sighting| &sighting.pair).find(|pair| {
        pair.len() > 1
            && !pair.iter().any(other)
            && thread.parties.iter().all(|party| pair.iter().any(|figure| figure.same(party)))
    });
    for figure in found.cloned().unwrap_or_default() {
        add(&mut thread.parties, figure, true);
    }
}

/// Decides who is who, once the whole report is read.
fn settle<'a>(thread: &mut Thread<'a>, sightings: &[Sighting<'a>]) {
    if thread.parties.len() < 2 {
        // Who fights whom is told by the quarrel where no words of the initiative name two sides.
        let own = thread.sightings();
        let quarrel = own.iter().filter_map(|&n| sightings.get(n)).map(|sighting| &sighting.quarrel);
        let found = quarrel.max_by_key(|quarrel| quarrel.len()).cloned().unwrap_or_default();
        for figure in found {
            if !thread.mediators.iter().any(|known| known.same(&figure)) {
                add(&mut thread.parties, figure, true);
            }
        }
    }
    let mediators = thread.mediators.clone();
    thread.parties.retain(|party| !mediators.iter().any(|mediator| mediator.same(party)));
    let mut proposers = std::mem::take(&mut thread.proposers);
    proposers.retain(|p| !thread.parties.iter().chain(&thread.mediators).any(|known| known.same(p)));
    let third = match thread.kind {
        InitiativeKind::PeacePlan => !thread.parties.is_empty(),
        InitiativeKind::Ceasefire | InitiativeKind::Other => thread.parties.len() > 1,
        _ => false,
    };
    for figure in proposers {
        add(if third { &mut thread.mediators } else { &mut thread.parties }, figure, true);
    }
    if thread.parties.len() < 2 {
        for figure in std::mem::take(&mut thread.callers) {
            add(&mut thread.parties, figure, true);
        }
    }
    let taking: Vec<Figure<'a>> = thread.parties.iter().chain(&thread.mediators).cloned().collect();
    thread.hosts.retain(|host| !taking.iter().any(|known| known.same(host)));
}
