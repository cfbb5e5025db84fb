//! Where and how many: the setting of an act, sought nearest to its trigger.

use demarche_language::{Relation, Sentence, TokenId, Upos};
use demarche_record::{Count, CountKind, EventType, Field, Mode, Place, Span, Status};
use demarche_world::{ActorKind, Located};

use super::{Desk, Seat};
use crate::acts::Act;
use crate::frames::Class;
use crate::grammar::Grammar;
use crate::status::Reality;

/// Prepositions that make a place the scene of an act.
const SCENE: &[&str] = &[
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "across",
    "throughout",
    "over",
    "around",
    "within",
    "off",
    "on",
    "along",
    "into",
    "to",
    "from",
    "outside",
    "toward",
    "towards",
    "around",
    "between",
    "of",
];
/// Sentences at the head of a report that tell what happened where it was written, unless they say otherwise.
const LEAD: usize = 3;
/// Steps up and down the tree from a trigger to a word of its setting; `None` where the way leads into or out of a clause
/// that has a setting of its own ("said in Lima that rebels struck in Quito").
pub(super) fn distance(sentence: &Sentence, trigger: TokenId, word: TokenId) -> Option<usize> {
    let chain = |mut at: TokenId| {
        let mut out = vec![at];
        while let Some(head) = sentence.tokens[at].head {
            if out.len() > sentence.tokens.len() {
                break;
            }
            out.push(head);
            at = head;
        }
        out
    };
    let (up, down) = (chain(trigger), chain(word));
    let (n, m) =
        up.iter().enumerate().find_map(|(n, token)| down.iter().position(|other| other == token).map(|m| (n, m)))?;
    let relation = |token: TokenId| sentence.tokens[token].relation;
    let leaves = up[..n].iter().any(|&t| matches!(relation(t), Relation::Ccomp | Relation::Parataxis));
    let enters = down[..m].iter().any(|&t| {
        matches!(relation(t), Relation::Ccomp | Relation::Parataxis | Relation::AclRelcl | Relation::Advcl)
            || (relation(t) == Relation::Conj && sentence.tokens[t].upos == Upos::Verb)
    });
    (!leaves && !enters).then_some(n + m)
}

/// The dependent of the trigger that a word is, or is part of.
fn argument_of(sentence: &Sentence, trigger: TokenId, word: TokenId) -> Option<TokenId> {
    let up = std::iter::successors(Some(word), |&at| sentence.tokens[at].head).take(sentence.tokens.len());
    up.into_iter().find(|&at| sentence.tokens[at].head == Some(trigger))
}

/// Whether a place is no wider than a district.
fn is_town(place: &Located) -> bool {
    place.resolution.is_some_and(|level| level >= 3)
}

/// "The Geneva talks", "Friday's Kabul bombing": a name that is part of the trigger's own phrase.
fn is_attribute(sentence: &Sentence, trigger: TokenId, token: TokenId) -> bool {
    sentence.tokens[token].head == Some(trigger)
        && sentence.tokens[trigger].upos == Upos::Noun
        && matches!(sentence.tokens[token].relation, Relation::Compound | Relation::NmodDesc)
}

/// How many words up from a figure its verb may stand.
const FIGURE_REACH: usize = 3;

impl<'a> Desk<'a> {
    /// The place nearest to the trigger that can be its scene, with the span of its name.
    pub(super) fn located(seat: Seat<'a>, act: &Act<'a>) -> Option<(Place, Span)> {
        let sentence = seat.sentence();
        let grammar = Grammar::new(sentence);
        let visits = act.modes.contains(&Mode::new("visit")) || act.event == Some(EventType::ASSAULT);
        let participant = |token: TokenId| {
            // A place that something is done to is also where it is done.
            let others = act.recipients.iter().filter(|p| !visits && p.actor.kind != ActorKind::Place);
            act.actors.iter().chain(others).chain(&act.speakers).any(|p| {
                (!p.loose || act.actors.iter().any(|a| a.token == p.token))
                    && (p.actor.tokens.0..p.actor.tokens.1).contains(&token)
            })
        };
        // What a speech act speaks of has a scene of its own.
        let speaks = !matches!(act.class, Class::Act | Class::Meet | Class::Fight | Class::Cease);
        let spoken_of: Vec<TokenId> =
            act.topics.iter().filter(|_| speaks).flat_map(|&topic| sentence.subtree(topic)).collect();
        let mut best: Option<((usize, u8), Place, Span)> = None;
        for (token, located) in seat.part.cast.places(seat.index) {
            if participant(token) || spoken_of.contains(&token) {
                continue;
            }
            let preposition = grammar.preposition(token);
            let relation = sentence.tokens[token].relation;
            // "Captured Goma": a town that a deed is done to, unless it stands for a government.
            let seat_of_government =
                || seat.part.cast.actors(seat.index, token).iter().any(|actor| actor.kind == ActorKind::Seat);
            let taken =
                !speaks && sentence.tokens[token].head == Some(act.head) && is_town(located) && !seat_of_government();
            let scene = SCENE.contains(&preposition.as_str())
                || ((visits || taken) && matches!(relation, Relation::Obj | Relation::NsubjPass))
                || matches!(relation, Relation::OblUnmarked)
                || is_attribute(sentence, act.head, token) && is_town(located);
            if !scene {
                continue;
            }
            let Some(steps) = distance(sentence, act.head, token) else { continue };
            // What is spoken of ("condemned the attack in Baghdad") happened elsewhere, and "two men from Jordan" were not
            // seized there.
            let argument = argument_of(sentence, act.head, token);
            let within = argument.is_some_and(|argument| {
                argument != token
                    && matches!(
                        sentence.tokens[argument].relation,
                        Relation::Obj | Relation::Nsubj | Relation::NsubjPass
                    )
            });
            if within && (speaks || matches!(preposition.as_str(), "of" | "from")) {
                continue;
            }
            // "of" and "from" tell the scene only when nothing better does.
            let steps =
                steps * 2 + usize::from(matches!(preposition.as_str(), "of" | "from" | "between" | "to" | "on"));
            // Of places named alike the narrower: "in northern Syria, near Aleppo".
            let rank = (steps, 9 - located.resolution.unwrap_or(0).min(9));
            if best.as_ref().is_none_or(|(least, ..)| rank < *least) {
                let place = located.to_place(seat.part.text.as_str());
                best = Some((rank, place, seat.span(located.range)));
            }
        }
        best.map(|(_, place, span)| (place, span))
    }

    /// The dateline's place, for what a side of that country did as the report's lead tells and no place is named.
    pub(super) fn datelined(seat: Seat<'a>, act: &Act<'a>) -> Option<(Place, Span)> {
        let fact = matches!(act.reality, Reality::Fact | Reality::Progress) && act.status == Status::Happened;
        if !fact || seat.part.field != Field::Text || seat.index >= LEAD {
            return None;
        }
        let dateline = seat.part.cast.dateline().filter(|place| place.name.is_some())?;
        let country = seat.part.cast.world().country(dateline.country_code?)?.acts_as;
        let own = act.actors.iter().any(|participant| participant.actor.code == Some(country));
        own.then(|| (dateline.to_place(seat.part.text.as_str()), seat.span(dateline.range)))
    }

    /// Figures of people that the act's recipients carry: dead, injured, arrested, or the size of a crowd.
    pub(super) fn counts(&self, seat: Seat<'a>, act: &Act<'a>) -> Vec<(Count, Span)> {
        let sentence = seat.sentence();
        let lemma = |token: TokenId| sentence.tokens[token].lemma.to_lowercase();
        let harm = |token: TokenId| match lemma(token).as_str() {
            "kill" | "murder" | "slay" | "execute" | "assassinate" | "massacre" | "dead" | "behead" | "slaughter" => {
                Some(CountKind::Dead)
            }
            "wound" | "injure" | "hurt" | "injured" | "wounded" | "maim" => Some(CountKind::Injured),
            _ => None,
        };
        let (kind, holders) = match act.event {
            Some(EventType::ASSAULT) => {
                let told = std::iter::once(act.head).chain(act.also.iter().copied()).find_map(&harm);
                let Some(kind) = told else { return Vec::new() };
                (kind, &act.recipients)
            }
            Some(EventType::COERCE) if act.modes.contains(&Mode::new("arrest")) => {
                (CountKind::Arrested, &act.recipients)
            }
            Some(EventType::PROTEST) => (CountKind::Size, &act.actors),
            _ => return Vec::new(),
        };
        // "Four were killed and eleven wounded": each figure is of the verb above it.
        let told_by = |token: TokenId| {
            let mut at = Some(token);
            std::iter::from_fn(|| {
                at = at.and_then(|token| sentence.tokens[token].head);
                at
            })
            .take(FIGURE_REACH)
            .find_map(|above| harm(above).map(|kind| (above, kind)))
        };
        let joined = |verb: TokenId| {
            verb == act.head
                || act.also.contains(&verb)
                || sentence.tokens[verb].relation == Relation::Conj && sentence.tokens[verb].head == Some(act.head)
        };
        let found = self.coding.counts.counts(sentence);
        let mut out = Vec::new();
        for count in found {
            let held = holders
                .iter()
                .any(|p| p.token == count.head || (p.actor.tokens.0..p.actor.tokens.1).contains(&count.head));
            let number = sentence.tokens[count.head].upos == Upos::Num;
            let of = told_by(count.head).filter(|_| act.event == Some(EventType::ASSAULT));
            let told = number
                && (sentence.tokens[count.head].head == Some(act.head) || of.is_some_and(|(verb, _)| joined(verb)));
            if held || told {
                let kind = of.filter(|&(verb, _)| joined(verb)).map_or(kind, |(_, kind)| kind);
                let text = seat.written(count.range);
                out.push((Count { kind, low: count.low, high: count.high, text }, seat.span(count.range)));
            }
        }
        out
    }
}
