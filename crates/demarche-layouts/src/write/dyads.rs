//! Who acts towards whom: pairs of one actor and one recipient.

use demarche_record::{Entity, Event, EventType, Record, Sector, Span};

/// One of those who take part in an event: the nth actor or the nth recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Party {
    Actor(usize),
    Recipient(usize),
}

impl Party {
    pub(super) fn of(self, event: &Event) -> Option<&Entity> {
        match self {
            Self::Actor(at) => event.actor.get(at),
            Self::Recipient(at) => event.recipient.get(at),
        }
    }

    fn span(self, event: &Event) -> Option<Span> {
        match self {
            Self::Actor(at) => event.evidence.actor.get(at).copied(),
            Self::Recipient(at) => event.evidence.recipient.get(at).copied(),
        }
    }
}

/// An actor towards a recipient; either may be unknown.
pub(super) type Pair = (Option<Party>, Option<Party>);

/// All pairs of an event, in the order of its lists; at least one. Where there is no recipient, those who meet, agree, cooperate
/// or fight each other are pairs both ways, and all others stand side by side, each without a recipient.
pub(super) fn pairs(event: &Event) -> Vec<Pair> {
    let some = |n: usize, party: fn(usize) -> Party| -> Vec<Option<Party>> {
        if n == 0 { vec![None] } else { (0..n).map(|at| Some(party(at))).collect() }
    };
    let actors = some(event.actor.len(), Party::Actor);
    if event.recipient.is_empty() {
        let mutual = mutual(event);
        if !mutual.is_empty() {
            return mutual;
        }
    }
    let recipients = some(event.recipient.len(), Party::Recipient);
    actors.iter().flat_map(|&actor| recipients.iter().map(move |&recipient| (actor, recipient))).collect()
}

/// The pairs among actors who do it to each other; none where they do it side by side.
fn mutual(event: &Event) -> Vec<Pair> {
    let does = |types: &[EventType]| event.event.iter().any(|event| types.contains(event));
    let together = does(&[EventType::AGREE, EventType::CONSULT, EventType::COOPERATE])
        || event.cameo.as_deref().is_some_and(|cameo| matches!(cameo, "057" | "087" | "0871"));
    // "Clashed" has no mode; "bombed" has, and those who bomb do it side by side.
    let fights = does(&[EventType::ASSAULT]) && event.mode.is_empty();
    let mut out = Vec::new();
    for (at, one) in event.actor.iter().enumerate() {
        for (to, other) in event.actor.iter().enumerate() {
            if at != to && (together || fights && opposed(one, other)) {
                out.push((Some(Party::Actor(at)), Some(Party::Actor(to))));
            }
        }
    }
    out
}

/// Whether two who fight may fight each other: of two countries, or a state's force and another.
fn opposed(one: &Entity, other: &Entity) -> bool {
    const STATE: [Sector; 8] =
        [Sector::Gov, Sector::Mil, Sector::Cop, Sector::Spy, Sector::Jud, Sector::Leg, Sector::Prm, Sector::Pre];
    let of_state = |entity: &Entity| entity.sector.iter().any(|sector| STATE.contains(sector));
    let countries = one.code.zip(other.code);
    countries.is_some_and(|(one, other)| one != other) || of_state(one) != of_state(other)
}

/// A record for each pair of actor and recipient: the record itself where there is one pair, else records whose ids end in `.1`,
/// `.2` and so on, alike in all but actor, recipient and their spans. Where there is no recipient, those who meet, agree,
/// cooperate or fight each other are pairs both ways; others stand alone. Statements and initiatives stay as they are.
pub fn expand(record: Record) -> Vec<Record> {
    let Record::Event(event) = record else { return vec![record] };
    let pairs = pairs(&event);
    if event.actor.len() <= 1 && event.recipient.len() <= 1 {
        return vec![Record::Event(event)];
    }
    let one = |(number, (actor, recipient)): (usize, Pair)| {
        let mut expanded = event.clone();
        expanded.id = format!("{}.{number}", event.id);
        let only = |party: Option<Party>| party.and_then(|party| party.of(&event)).cloned().into_iter().collect();
        let span = |party: Option<Party>| party.and_then(|party| party.span(&event)).into_iter().collect();
        (expanded.actor, expanded.evidence.actor) = (only(actor), span(actor));
        (expanded.recipient, expanded.evidence.recipient) = (only(recipient), span(recipient));
        Record::Event(expanded)
    };
    (1..).zip(pairs).map(one).collect()
}
