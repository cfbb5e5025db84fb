//! From a speech act or attitude to a statement record.

use demarche_language::{Attribution, Relation, Sentence, TokenId};
use demarche_record::{Quotation, Sector, SpeechAct, Stance, Statement, StatementEvidence, TextRange};

use super::event::PlaceInText;
use super::{Desk, Seat, rounded};
use crate::acts::Act;
use crate::frames::Class;

/// Fewest words that a proposition needs to have content.
const MIN_WORDS: usize = 2;

/// A statement on its way to its record.
pub(super) struct Spoken {
    pub statement: Statement,
    pub place: PlaceInText,
}

impl<'a> Desk<'a> {
    /// The statement that a speech act makes, if someone speaks and something is said.
    pub(super) fn statement(&self, seat: Seat<'a>, act: &Act<'a>, told: &[Attribution]) -> Option<Spoken> {
        let sentence = seat.sentence();
        let frame = &self.coding.frames.frames[act.frame];
        if act.actors.is_empty() {
            return None;
        }
        // An outlet that reports takes no position of its own.
        let outlet = act.actors.iter().all(|p| p.actor.sectors == [Sector::Jrn]);
        if act.class == Class::Say && outlet {
            return None;
        }
        let (tokens, range) = proposition(seat, act)?;
        let kind = frame.act.unwrap_or(match act.class {
            Class::Request => SpeechAct::Urge,
            Class::Threaten => SpeechAct::Warn,
            Class::Promise => SpeechAct::Promise,
            _ => SpeechAct::Say,
        });
        let refined = (kind == SpeechAct::Say)
            .then(|| {
                let cued = self.coding.act_cues.of(sentence, &tokens);
                cued.or_else(|| demands(sentence, &act.topics).then_some((SpeechAct::CallFor, Stance::For)))
            })
            .flatten();
        let issues = self.coding.issues.of(sentence, &tokens);
        let hedges = self.hedges(seat);
        let when = self.when(seat, act);
        let stance = frame.stance.unwrap_or(match act.class {
            Class::Request | Class::Promise | Class::Support => Stance::For,
            Class::Refuse | Class::Accuse | Class::Threaten | Class::Deny => Stance::Against,
            _ => Stance::Neutral,
        });
        let statement = Statement {
            id: String::new(),
            document: self.document.id.clone(),
            date: when.date,
            date_precision: when.precision,
            speaker: seat.entities(&act.actors),
            audience: if act.class == Class::Say { seat.entities(&act.recipients) } else { Vec::new() },
            act: refined.map_or(kind, |(act, _)| act),
            stance: refined.map_or(stance, |(_, stance)| stance),
            issue: issues,
            toward: if act.class == Class::Say { Vec::new() } else { seat.entities(&act.recipients) },
            proposition: seat.written(range),
            quotation: quotation(seat, act, range, told),
            hedge: hedges,
            status: act.status,
            confidence: rounded(act.confidence),
            text: seat.written(sentence.range),
            text_info: seat.text_info(),
            evidence: StatementEvidence {
                field: seat.part.field,
                sentence: seat.span(sentence.range),
                cue: seat.words(&act.words),
                speaker: seat.spans(&act.actors),
                audience: if act.class == Class::Say { seat.spans(&act.recipients) } else { Vec::new() },
                proposition: seat.span(range),
                toward: if act.class == Class::Say { Vec::new() } else { seat.spans(&act.recipients) },
            },
            why: self.why(act),
            cite_info: self.cite_info(),
        };
        Some(Spoken { statement, place: (seat.part.field, seat.index, act.head) })
    }

    /// Words that soften what is said, as written; the whole sentence may hold them.
    fn hedges(&self, seat: Seat<'a>) -> Vec<String> {
        let sentence = seat.sentence();
        let found = self.coding.hedges.of(sentence);
        found.into_iter().map(|tokens| seat.written(sentence.range_of(&tokens))).collect()
    }
}

/// Whether what is said is that something must be done.
fn demands(sentence: &Sentence, topics: &[TokenId]) -> bool {
    topics.iter().any(|&topic| {
        sentence
            .dependents_by(topic, Relation::Aux)
            .any(|aux| matches!(sentence.tokens[aux].lemma.to_lowercase().as_str(), "must" | "should" | "ought"))
    })
}

/// What is said: the phrases spoken of, without the complementiser and outer punctuation.
fn proposition(seat: Seat<'_>, act: &Act<'_>) -> Option<(Vec<TokenId>, TextRange)> {
    let sentence = seat.sentence();
    let mut tokens: Vec<TokenId> = Vec::new();
    for &topic in &act.topics {
        for token in sentence.subtree(topic) {
            if !tokens.contains(&token) && !act.words.contains(&token) {
                tokens.push(token);
            }
        }
    }
    // "..., the ministry said": the reporting clause hangs in what is reported and is no part of it.
    let reporting = sentence.subtree(act.head);
    if act.topics.iter().any(|topic| !reporting.contains(topic)) {
        tokens.retain(|token| !reporting.contains(token));
    }
    // Where what is said comes first, the reporting clause ends it, whatever the parser hangs across.
    if act.topics.iter().all(|&topic| topic < act.head) {
        let clause = sentence.dependents(act.head).iter().copied().filter(|d| {
            !act.topics.contains(d)
                && act.topics.iter().all(|topic| d > topic)
                && sentence.tokens[*d].relation != Relation::Punct
        });
        let start = clause.flat_map(|d| sentence.subtree(d)).chain([act.head]).min().unwrap_or(act.head);
        tokens.retain(|&token| token < start);
    }
    tokens.sort_unstable();
    // The speaker's own words above a fronted clause are not what is said.
    tokens.retain(|t| {
        !act.actors.iter().any(|p| {
            let (first, end) = p.actor.tokens;
            (first..end).contains(t) && !act.topics.contains(t) && act.topics.iter().all(|&topic| topic < first)
        })
    });
    while tokens.first().is_some_and(|&t| {
        sentence.tokens[t].relation == Relation::Punct
            || (matches!(sentence.tokens[t].relation, Relation::Mark | Relation::Case)
                && matches!(
                    sentence.tokens[t].lemma.as_str(),
                    "that" | "for" | "on" | "about" | "of" | "over" | "at" | "to" | "against" | "by" | "with"
                ))
    }) {
        tokens.remove(0);
    }
    let quote = |t: TokenId| sentence.tokens[t].form.starts_with(['"', '“', '”', '«', '»']);
    while let Some(&last) = tokens.last() {
        // The mark that closes a quotation within stays.
        let closes = quote(last) && tokens.iter().filter(|&&t| quote(t)).count() % 2 == 0;
        if sentence.tokens[last].relation != Relation::Punct || closes {
            break;
        }
        tokens.pop();
    }
    if tokens.iter().filter(|&&t| quote(t)).count() == 1
        && let Some(next) =
            tokens.last().map(|last| last + 1).filter(|&next| next < sentence.tokens.len() && quote(next))
    {
        tokens.push(next);
    }
    let words = tokens.iter().filter(|&&t| sentence.tokens[t].relation != Relation::Punct).count();
    if words < MIN_WORDS {
        return None;
    }
    let range = sentence.range_of(&tokens);
    Some((tokens, range))
}

/// In whose words it is said. Where the act is itself the cue of a quotation, the quotation tells; else the marks around what is
/// said.
fn quotation(seat: Seat<'_>, act: &Act<'_>, range: TextRange, told: &[Attribution]) -> Quotation {
    let sentence = seat.sentence();
    let own = told.iter().find(|told| {
        told.kind == Quotation::Direct
            && told.holds(range)
            && told.cue.as_ref().is_some_and(|cue| act.words.contains(&cue.head))
    });
    if own.is_some() {
        return Quotation::Direct;
    }
    let text = seat.part.text.as_str();
    let marks = ['"', '“', '”', '«', '»', '„'];
    let said = range.of(text);
    let before = text.get(sentence.range.start..range.start).unwrap_or_default().trim_end();
    let after = text.get(range.end..sentence.range.end).unwrap_or_default();
    let opened = before.ends_with(marks) || said.starts_with(marks);
    let closed = after.trim_start_matches([',', '.', '!', '?']).starts_with(marks) || said.ends_with(marks);
    if opened && closed {
        Quotation::Direct
    } else if said.contains(marks) || opened || closed {
        Quotation::Mixed
    } else if matches!(act.class, Class::Say | Class::Deny)
        || act
            .topics
            .iter()
            .any(|&t| matches!(sentence.tokens[t].relation, Relation::Ccomp | Relation::Xcomp | Relation::Parataxis))
    {
        Quotation::Indirect
    } else {
        Quotation::Narrated
    }
}
