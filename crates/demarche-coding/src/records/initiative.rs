//! Initiatives: mediations, negotiations, ceasefires and peace plans across the sentences of a document.

use demarche_record::{
    Entity, Field, Initiative, InitiativeEvidence, InitiativeKind, Place, Span, Stage, StageMark, Status,
};

use super::conflict::{Named, between, conflict};
use super::event::Draft;
use super::{Desk, Part, Seat};
use crate::acts::{Act, Participant};
use crate::frames::{Class, InitiativeMark};

/// An initiative with the drafts that show its stages.
pub(super) struct Found {
    pub initiative: Initiative,
    /// Index of the draft behind each stage.
    pub drafts: Vec<usize>,
}

/// What one act says of an initiative.
struct Sign<'d, 'a> {
    draft: usize,
    mark: InitiativeMark,
    stage: Stage,
    act: &'d Act<'a>,
    seat: Seat<'a>,
    /// The act that bears the mark: the act itself or what it speaks of.
    inner: &'d Act<'a>,
}

impl<'a> Desk<'a> {
    pub(super) fn initiatives(&self, drafts: &[Draft<'a>], parts: &[Part<'a>]) -> Vec<Found> {
        let signs: Vec<Sign<'_, 'a>> = drafts.iter().enumerate().filter_map(|(n, draft)| self.sign(n, draft)).collect();
        let mut kinds: Vec<InitiativeKind> = Vec::new();
        for sign in &signs {
            if !kinds.contains(&sign.mark.kind) {
                kinds.push(sign.mark.kind);
            }
        }
        let conflict = parts.iter().filter(|part| part.field == Field::Text).find_map(|&part| conflict(part));
        kinds
            .into_iter()
            .map(|kind| {
                let own: Vec<&Sign<'_, 'a>> = signs.iter().filter(|sign| sign.mark.kind == kind).collect();
                self.gather(kind, &own, drafts, conflict.clone())
            })
            .collect()
    }

    /// The stage that an act brings an initiative to, if its frame or that of its content is marked.
    fn sign<'d>(&self, n: usize, draft: &'d Draft<'a>) -> Option<Sign<'d, 'a>> {
        let frames = &self.coding.frames.frames;
        let act = &draft.act;
        // A headline's spans are another text's; an initiative has one field.
        if matches!(act.status, Status::Negated | Status::Historical) || draft.place.0 == Field::Title {
            return None;
        }
        let own = frames[act.frame].initiative;
        let mut inner = act;
        let mut within = None;
        while let Some((content, _)) = &inner.content {
            inner = content;
            // An announced deed is its own content; its mark counts once, with the stage of the announcement.
            if frames[inner.frame].initiative.is_some() {
                within = frames[inner.frame].initiative;
                break;
            }
        }
        let (mark, stage, bearer) = match (own, within) {
            (_, Some(mark)) if act.content.is_some() => {
                let stage = match act.class {
                    Class::Promise | Class::Plan if mark.kind == InitiativeKind::Mediation => Stage::Offered,
                    Class::Promise if mark.kind == InitiativeKind::Ceasefire => Stage::Agreed,
                    Class::Promise => Stage::Accepted,
                    Class::Refuse => Stage::Rejected,
                    Class::Cease => Stage::Collapsed,
                    _ => Stage::Proposed,
                };
                (mark, stage, inner)
            }
            (Some(mark), _) => (mark, mark.stage, act),
            _ => return None,
        };
        Some(Sign { draft: n, mark, stage, act, seat: draft.seat, inner: bearer })
    }

    fn gather(
        &self,
        kind: InitiativeKind,
        signs: &[&Sign<'_, 'a>],
        drafts: &[Draft<'a>],
        conflict: Option<Named>,
    ) -> Found {
        let mut mediators: Vec<(Entity, Span)> = Vec::new();
        let mut parties: Vec<(Entity, Span)> = Vec::new();
        let mut stages = Vec::new();
        let mut sentences: Vec<Span> = Vec::new();
        let mut venue: Option<(Place, Span)> = None;
        let mut indices = Vec::new();
        for sign in signs {
            let seat = sign.seat;
            let both = |act: &Act<'a>| act.actors.iter().chain(&act.recipients).cloned().collect::<Vec<_>>();
            if kind == InitiativeKind::Mediation {
                let doers = if sign.inner.actors.is_empty() { &sign.act.actors } else { &sign.inner.actors };
                add(&mut mediators, seat, doers);
                add(&mut parties, seat, &sign.inner.recipients);
            } else {
                add(&mut parties, seat, &both(sign.act));
                add(&mut parties, seat, &both(sign.inner));
            }
            stages.push(StageMark { stage: sign.stage, record: None, sentence: seat.span(seat.sentence().range) });
            indices.push(sign.draft);
            let sentence = seat.span(seat.sentence().range);
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
            venue = venue.or_else(|| Self::located(seat, sign.act));
        }
        // A mediation's venue is where its mediators meet.
        if venue.is_none() {
            venue = drafts
                .iter()
                .filter(|draft| draft.place.0 == Field::Text)
                .filter(|draft| draft.event.event.first().is_some_and(|e| *e == demarche_record::EventType::CONSULT))
                .find_map(|draft| Some((draft.event.event_loc.clone()?, draft.event.evidence.place?)));
        }
        parties.retain(|(party, _)| !mediators.iter().any(|(m, _)| m.code.is_some() && m.code == party.code));
        let (conflict, conflict_span) = match conflict {
            Some(named) => {
                // Who fights whom is told by the conflict's name where the acts name no party.
                if parties.is_empty() && named.sides.len() > 1 {
                    parties = named.sides;
                }
                (Some(named.conflict), Some(named.span))
            }
            None => (between(&parties), None),
        };
        let host = venue.as_ref().and_then(|(place, _)| host(place, &mediators, &parties));
        let first = signs[0];
        let stage = stages.last().map_or(Stage::Proposed, |mark| mark.stage);
        let confidence = 0.8 * signs.iter().map(|sign| sign.act.confidence).fold(0.0, f32::max);
        let initiative = Initiative {
            id: String::new(),
            document: self.document.id.clone(),
            kind,
            party: parties.iter().map(|(entity, _)| entity.clone()).collect(),
            mediator: mediators.iter().map(|(entity, _)| entity.clone()).collect(),
            host: host.into_iter().collect(),
            venue: venue.as_ref().map(|(place, _)| place.clone()),
            conflict,
            stage,
            stages,
            evidence: InitiativeEvidence {
                sentence: sentences,
                mediator: mediators.iter().map(|(_, span)| *span).collect(),
                party: parties.iter().map(|(_, span)| *span).collect(),
                venue: venue.map(|(_, span)| span),
                conflict: conflict_span,
            },
            confidence: super::rounded(confidence),
            why: self.why(first.act),
            cite_info: self.cite_info(),
        };
        Found { initiative, drafts: indices }
    }
}

fn add(list: &mut Vec<(Entity, Span)>, seat: Seat<'_>, participants: &[Participant<'_>]) {
    for p in participants {
        let entity = seat.entity(p, false);
        let known = list.iter().any(|(e, _)| {
            (e.code.is_some()
                && e.code == entity.code
                && (e.sector == entity.sector || e.sector.is_empty() || entity.sector.is_empty())
                && (e.name.is_none() || entity.name.is_none() || e.name == entity.name))
                || (e.entity_text == entity.entity_text && e.code == entity.code)
        });
        if !known {
            list.push((entity, seat.span(p.actor.range)));
        }
    }
}

/// The state that lends the place, if it is none of those who take part.
fn host(place: &Place, mediators: &[(Entity, Span)], parties: &[(Entity, Span)]) -> Option<Entity> {
    let code = place.country_code?;
    let part = mediators.iter().chain(parties).any(|(entity, _)| entity.code == Some(code));
    (!part).then(|| Entity {
        code: Some(code),
        sector: Vec::new(),
        entity_text: place.extracted_place.clone(),
        identifier_id: None,
        identifier_text: place.country.clone(),
        name: None,
        office: None,
        religion: None,
        ethnicity: None,
        span: None,
    })
}
