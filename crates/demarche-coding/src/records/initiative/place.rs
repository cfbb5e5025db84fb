//! Where an initiative takes place, and who lends the place.

use demarche_language::{Relation, Sentence, TokenId, Upos};
use demarche_record::{Entity, EventType, InitiativeKind, Place, Span, Stage};

use super::thread::{Thread, is_talks};
use crate::grammar::Grammar;
use crate::records::Seat;
use crate::records::event::Draft;

/// Prepositions that make a place the scene.
const SCENE: &[&str] = &["in", "at", "near", "outside", "inside"];
/// Steps up from a place's name to the words of the initiative.
const CLIMB: usize = 5;

/// A venue with its name's place in the text.
pub(super) struct Venue {
    pub place: Place,
    pub span: Span,
}

/// The place nearest to a word of the initiative among those that are its scene.
pub(super) fn venue<'a>(thread: &Thread<'a>, seats: &[Seat<'a>]) -> Option<Venue> {
    // Where a truce or plan is spoken of is where it applies, not where it was made.
    let words =
        is_talks(thread.kind) || thread.kind == InitiativeKind::Other || thread.kind == InitiativeKind::Investigation;
    let mut heads: Vec<(usize, TokenId)> = if words { thread.words.clone() } else { Vec::new() };
    heads.extend(thread.marks.iter().map(|mark| (mark.sighting, mark.head)));
    heads.sort_unstable();
    heads.dedup();
    for &(n, head) in &heads {
        let seat = *seats.get(n)?;
        if let Some(found) = at(seat, head) {
            return Some(found);
        }
    }
    // A report from a third country's town in which the talks were held that day.
    let first = *heads.first()?;
    let told = thread.marks.iter().any(|mark| {
        mark.sighting == first.0 && matches!(mark.stage, Stage::UnderWay | Stage::Collapsed | Stage::Agreed)
    });
    let seat = *seats.get(first.0)?;
    if !told || seat.index > 0 || !is_talks(thread.kind) || says_where(seat.sentence()) {
        return None;
    }
    let dateline = seat.part.cast.dateline().filter(|place| place.name.is_some())?;
    let country = seat.part.cast.world().country(dateline.country_code?)?.acts_as;
    let own = thread.parties.iter().chain(&thread.mediators).any(|figure| figure.entity.code == Some(country));
    (!own).then(|| Venue { place: dateline.to_place(seat.part.text.as_str()), span: seat.span(dateline.range) })
}

/// Where those who mediate together met, if the report tells of such a meeting.
pub(super) fn meeting(thread: &Thread<'_>, drafts: &[Draft<'_>]) -> Option<Venue> {
    let codes: Vec<_> = thread.mediators.iter().filter_map(|figure| figure.entity.code).collect();
    if thread.kind != InitiativeKind::Mediation || codes.len() < 2 {
        return None;
    }
    drafts.iter().map(|draft| &draft.event).find_map(|event| {
        let met = event.event.first() == Some(&EventType::CONSULT);
        let all = codes.iter().all(|code| event.actor.iter().any(|actor| actor.code == Some(*code)));
        let (place, span) = (event.event_loc.as_ref()?, event.evidence.place?);
        (met && all).then(|| Venue { place: place.clone(), span })
    })
}

/// Whether the sentence says where, though not by a name ("in an Alpine town").
fn says_where(sentence: &Sentence) -> bool {
    let grammar = Grammar::new(sentence);
    (0..sentence.tokens.len()).any(|token| {
        matches!(sentence.tokens[token].lemma.as_str(), "town" | "city" | "village" | "hotel" | "place" | "resort")
            && SCENE.contains(&grammar.preposition(token).as_str())
    })
}

fn at(seat: Seat<'_>, head: TokenId) -> Option<Venue> {
    let sentence = seat.sentence();
    let grammar = Grammar::new(sentence);
    let argument = matches!(
        sentence.tokens[head].relation,
        Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::Obl | Relation::Xcomp
    );
    let verb = grammar.head(head).filter(|&v| argument && sentence.tokens[v].upos == Upos::Verb);
    let mut best: Option<(usize, Venue)> = None;
    for (token, located) in seat.part.cast.places(seat.index) {
        let town = located.resolution.is_some_and(|level| level >= 3);
        let country = located.resolution == Some(1);
        let named_by = sentence.tokens[token].head == Some(head)
            && matches!(sentence.tokens[token].relation, Relation::Compound | Relation::NmodDesc | Relation::Nmod)
            && grammar.preposition(token).is_empty();
        let scene = SCENE.contains(&grammar.preposition(token).as_str());
        if !(scene && (town || country || located.name.is_none()) || named_by && town) {
            continue;
        }
        // "in Valletta" below the meeting or its verb, not below someone ("officials in Bangkok") or "said".
        let mut at = token;
        let mut steps = None;
        for step in 0..CLIMB {
            if at == head || Some(at) == verb {
                steps = Some(step);
                break;
            }
            let Some(up) = sentence.tokens[at].head else { break };
            let closed =
                matches!(
                    sentence.tokens[at].relation,
                    Relation::Nsubj | Relation::Ccomp | Relation::AclRelcl | Relation::Advcl | Relation::Parataxis
                ) || !seat.part.cast.actors(seat.index, up).is_empty() && up != head && Some(up) != verb && step > 0
                    || matches!(sentence.tokens[at].relation, Relation::Nmod) && person(seat, up);
            if closed {
                break;
            }
            at = up;
        }
        let Some(steps) = steps else { continue };
        let rank = steps * 2 + usize::from(!town);
        if best.as_ref().is_none_or(|(least, _)| rank < *least) {
            let venue = Venue { place: located.to_place(seat.part.text.as_str()), span: seat.span(located.range) };
            best = Some((rank, venue));
        }
    }
    best.map(|(_, venue)| venue)
}

/// Whether a noun names people, whose place is where they are from.
fn person(seat: Seat<'_>, token: TokenId) -> bool {
    use demarche_world::ActorKind;
    let actors = seat.part.cast.actors(seat.index, token);
    actors.iter().any(|actor| {
        matches!(actor.kind, ActorKind::Role | ActorKind::Group | ActorKind::People | ActorKind::Person)
            && actor.sectors != [demarche_record::Sector::Bus]
    })
}

/// The state that lends the place, if it is none of those who take part.
pub(super) fn host(place: &Place, thread: &Thread<'_>) -> Option<Entity> {
    let code = place.country_code?;
    let part = thread.mediators.iter().chain(&thread.parties).any(|figure| figure.entity.code == Some(code));
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
