//! From an act to an event record.

use demarche_language::{Sentence, TokenId};
use demarche_record::{Content, ContentStatus, Context, Event, EventEvidence, EventType, Field, Mode, Status};

use super::{Desk, Seat, rounded};
use crate::acts::{Act, Participant};
use crate::classify::Judged;
use crate::contexts::clause;

/// Where an act stands: field, sentence, head word.
pub(crate) type PlaceInText = (Field, usize, TokenId);

/// An event on its way to its record.
pub(crate) struct Draft<'a> {
    pub event: Event,
    pub act: Act<'a>,
    pub seat: Seat<'a>,
    pub place: PlaceInText,
    /// Sentences that tell it.
    pub told_in: Vec<(Field, usize)>,
}

impl<'a> Desk<'a> {
    pub(super) fn draft(&self, seat: Seat<'a>, judged: Judged<'a>) -> Draft<'a> {
        let Judged { act, verdict } = judged;
        let sentence = seat.sentence();
        let ontology = &self.coding.ontology;
        let when = self.when(seat, &act);
        let told = Self::located(seat, &act);
        let event_type = act.event.unwrap_or(EventType::CONSULT);
        let mut modes = act.modes.clone();
        if event_type == EventType::CONSULT
            && ontology.has_mode(event_type, Mode::new("third-party"))
            && !modes.contains(&Mode::new("visit"))
            && !modes.contains(&Mode::new("phone"))
            && !modes.contains(&Mode::new("third-party"))
            && let Some((place, _)) = &told
            && let Some(code) = place.country_code
            && act.actors.len() >= 2
            && act.actors.iter().all(|p| p.actor.code.is_some_and(|own| own != code))
        {
            modes.insert(0, Mode::new("third-party"));
        }
        let located = told.or_else(|| Self::datelined(seat, &act));
        let cameo = act.cameo.clone().or_else(|| ontology.cameo(event_type, &modes).map(str::to_owned));
        let mut contexts = self.coding.frame(&act).map(|frame| frame.contexts.clone()).unwrap_or_default();
        // What a country is called says nothing of what a report is about: the ivory of Ivory Coast.
        let (cast, at) = (seat.part.cast, seat.index);
        let telling: Vec<_> = (0..sentence.tokens.len()).filter(|&token| !cast.names_country(at, token)).collect();
        for context in self.coding.contexts.of(sentence, &telling, &own_words(sentence, &act), &self.near(seat)) {
            if !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        for &context in &verdict.contexts {
            if contexts.len() < verdict.most && !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        let mut status = act.status;
        if when.historical && status == Status::Happened {
            status = Status::Historical;
        }
        let counts = self.counts(seat, &act);
        let figure = |kind| counts.iter().find(|(count, _)| count.kind == kind).map(|(count, _)| count.low);
        let event = Event {
            id: String::new(),
            document: self.document.id.clone(),
            date: when.date,
            enddate: when.enddate,
            date_precision: when.precision,
            event: vec![event_type],
            context: contexts,
            actor: seat.entities(&act.actors),
            recipient: seat.entities(&act.recipients),
            event_loc: located.as_ref().map(|(place, _)| place.clone()),
            quad_code: ontology.quad(event_type),
            event_scale: ontology.score(event_type, &modes),
            goldstein: cameo.as_deref().and_then(|code| ontology.goldstein(code)),
            cameo,
            mode: modes,
            status,
            attributed_to: seat.entities(&act.speakers),
            content: act.content.as_ref().map(|(inner, status)| content(seat, inner, *status)),
            dead: figure(demarche_record::CountKind::Dead),
            injured: figure(demarche_record::CountKind::Injured),
            arrested: figure(demarche_record::CountKind::Arrested),
            size: figure(demarche_record::CountKind::Size),
            confidence: rounded(act.confidence),
            text: seat.written(sentence.range),
            text_info: seat.text_info(),
            evidence: EventEvidence {
                field: seat.part.field,
                sentence: seat.span(sentence.range),
                trigger: seat.words(&act.words),
                actor: seat.spans(&act.actors),
                recipient: seat.spans(&act.recipients),
                place: located.map(|(_, span)| span),
                date: when.span,
                attributed_to: seat.spans(&act.speakers),
                counts: counts.iter().map(|(_, span)| *span).collect(),
            },
            counts: counts.into_iter().map(|(count, _)| count).collect(),
            witness: Vec::new(),
            why: self.why(seat, &act, Some(&verdict)),
            cite_info: self.cite_info(),
        };
        let place = (seat.part.field, seat.index, act.head);
        Draft { event, act, seat, place, told_in: vec![(seat.part.field, seat.index)] }
    }

    /// What the sentences beside an act's, and the first, are about.
    fn near(&self, seat: Seat<'_>) -> Vec<Context> {
        let beside = [Some(0), seat.index.checked_sub(1), Some(seat.index + 1)].into_iter().flatten();
        let others = beside.filter(|&other| other != seat.index).filter_map(|other| seat.part.sentences.get(other));
        others.flat_map(|sentence| self.coding.contexts.named(sentence)).collect()
    }
}

/// The words of an act's clause and of those who take part in it.
fn own_words(sentence: &Sentence, act: &Act<'_>) -> Vec<TokenId> {
    let mut words = clause(sentence, act.head);
    for participant in act.actors.iter().chain(&act.recipients) {
        words.extend(participant.actor.tokens.0..participant.actor.tokens.1);
    }
    words
}

/// What a speech act speaks of, as its record holds it.
pub(super) fn content(seat: Seat<'_>, act: &Act<'_>, status: ContentStatus) -> Content {
    let entities = |participants: &[Participant<'_>]| participants.iter().map(|p| seat.entity(p, true)).collect();
    Content {
        event: act.event.into_iter().collect(),
        mode: act.modes.clone(),
        actor: entities(&act.actors),
        recipient: entities(&act.recipients),
        status,
        trigger: seat.words(&act.words),
        content: act.content.as_ref().map(|(inner, status)| Box::new(content(seat, inner, *status))),
    }
}
