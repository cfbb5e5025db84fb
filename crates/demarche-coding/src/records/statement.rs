//! From a speech act or attitude to a statement record.

use demarche_language::{Attribution, Relation, Sentence, TokenId};
use demarche_record::{Quotation, SpeechAct, Stance, Statement, StatementEvidence, Status, TextRange};

use super::event::PlaceInText;
use super::{Desk, Seat, rounded};
use crate::acts::{Act, QUOTATION, telling};
use crate::frames::Class;
use crate::issues::Wording;

/// Fewest words that a proposition needs to have content.
const MIN_WORDS: usize = 2;
/// Fewest words of what no frame tells by itself: "thank you" says nothing.
const MIN_QUOTED: usize = 4;
/// Most issues of a statement.
const MAX_ISSUES: usize = 3;

/// A statement on its way to its record.
pub(super) struct Spoken {
    pub statement: Statement,
    pub place: PlaceInText,
}

impl<'a> Desk<'a> {
    /// The statement that a speech act makes, if someone speaks and something is said.
    pub(super) fn statement(&self, seat: Seat<'a>, act: &Act<'a>, told: &[Attribution]) -> Option<Spoken> {
        let sentence = seat.sentence();
        let frame = self.coding.frame(act)?;
        if act.actors.is_empty() {
            return None;
        }
        if act.class == Class::Say && act.by_outlet() {
            return None;
        }
        let told = telling(sentence, act, told);
        let Said { tokens, elsewhere, range, quotation } = said(seat, act, told, frame.id == QUOTATION)?;
        let kind = frame.act.unwrap_or(match act.class {
            Class::Request => SpeechAct::Urge,
            Class::Threaten => SpeechAct::Warn,
            Class::Promise => SpeechAct::Promise,
            _ => SpeechAct::Say,
        });
        let refined = (kind == SpeechAct::Say)
            .then(|| {
                let cued = self.coding.act_cues.of(sentence, &tokens);
                let cued = cued.or_else(|| {
                    let (index, words) = elsewhere.first()?;
                    let (what, _) = self.coding.act_cues.of(seat.part.sentences.get(*index)?, words)?;
                    Some((what, Vec::new()))
                });
                cued.or_else(|| {
                    demands(sentence, &act.topics).then_some(((SpeechAct::CallFor, Stance::For), Vec::new()))
                })
            })
            .flatten();
        let hedges = self.hedges(seat);
        let when = self.when(seat, act);
        let stance = frame.stance.unwrap_or(match act.class {
            Class::Request | Class::Promise | Class::Support => Stance::For,
            Class::Refuse | Class::Accuse | Class::Threaten | Class::Deny => Stance::Against,
            _ => Stance::Neutral,
        });
        let ((kind, toward_words), cue) = refined.unwrap_or(((kind, stance), Vec::new()));
        // The stance is toward the issue, not toward the words: who calls for an end to the blockade is against it.
        let (mut issues, mut toward_issue) = (Vec::new(), None);
        let own = std::iter::once((seat.index, &tokens, &cue[..]));
        for (index, tokens, cue) in own.chain(elsewhere.iter().map(|(index, tokens)| (*index, tokens, &[][..]))) {
            let Some(sentence) = seat.part.sentences.get(index) else { continue };
            let country = |token| seat.part.cast.names_country(index, token);
            let wording = Wording::new(sentence, tokens, self.coding.lexicon.inflection(), country);
            for topic in self.coding.issues.of(&wording) {
                toward_issue
                    .get_or_insert_with(|| self.coding.turns.stance((kind, toward_words), cue, &topic, &wording));
                if issues.len() < MAX_ISSUES && !issues.contains(&topic.issue) {
                    issues.push(topic.issue);
                }
            }
        }
        let stance = toward_issue.unwrap_or(toward_words);
        let statement = Statement {
            id: String::new(),
            document: self.document.id.clone(),
            date: when.date,
            date_precision: when.precision,
            speaker: seat.entities(&act.actors),
            audience: if act.class == Class::Say { seat.entities(&act.recipients) } else { Vec::new() },
            act: kind,
            stance,
            issue: issues,
            toward: if act.class == Class::Say { Vec::new() } else { seat.entities(&act.recipients) },
            proposition: seat.written(range),
            quotation,
            hedge: hedges,
            status: if when.historical && act.status == Status::Happened { Status::Historical } else { act.status },
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
            why: self.why(seat, act, None),
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

/// What an act says.
struct Said {
    /// Its words in the act's own sentence.
    tokens: Vec<TokenId>,
    /// Its words in other sentences, with the number of each.
    elsewhere: Vec<(usize, Vec<TokenId>)>,
    /// From its first byte to its last.
    range: TextRange,
    quotation: Quotation,
}

/// What is said: where the language room finds what the act tells, that, all of it; else the phrases spoken of.
fn said(seat: Seat<'_>, act: &Act<'_>, told: Option<&Attribution>, unframed: bool) -> Option<Said> {
    let own = proposition(seat, act);
    let Some(told) = told else {
        let (tokens, range) = own?;
        return Some(Said { tokens, elsewhere: Vec::new(), range, quotation: quotation(seat, act, range) });
    };
    let says = matches!(act.class, Class::Say | Class::Deny);
    // "Called for efforts to end it": the tree has more than the infinitive. "Accused the rebels of lying": those
    // addressed are no part of it.
    if !says
        && told.kind != Quotation::Direct
        && let Some((_, range)) = &own
        && (range.contains(told.extent())
            || act.recipients.iter().any(|p| p.actor.range.end <= range.start && told.holds(p.actor.range)))
    {
        return own.map(|(tokens, range)| Said {
            tokens,
            elsewhere: Vec::new(),
            range,
            quotation: quotation(seat, act, range),
        });
    }
    // "Welcomed the truce: 'It brings hope.'": what is welcomed, and what is said of it.
    let object = own.filter(|(_, range)| !says && !told.content.iter().any(|part| part.overlaps(*range)));
    let mut range = whole(seat, told.extent());
    let mut tokens: Vec<TokenId> = Vec::new();
    let mut kind = told.kind;
    if let Some((words, object)) = object {
        range = if object.end <= range.start { object.cover(range) } else { object };
        tokens = words;
        kind = Quotation::Mixed;
    } else if !says && range.of(seat.part.text.as_str()).starts_with("to ") {
        range.start += "to ".len();
    }
    let mut elsewhere = Vec::new();
    let sentences = seat.part.sentences;
    let first = sentences.partition_point(|sentence| sentence.range.end <= range.start);
    let mut words = tokens.len();
    for (index, sentence) in sentences.iter().enumerate().skip(first).take_while(|(_, s)| s.range.start < range.end) {
        let held = |token: &TokenId| told.holds(sentence.tokens[*token].range) && !act.words.contains(token);
        let found: Vec<TokenId> = (0..sentence.tokens.len()).filter(held).collect();
        words += found.iter().filter(|&&token| sentence.tokens[token].relation != Relation::Punct).count();
        if index == seat.index {
            tokens.extend(found);
        } else {
            elsewhere.push((index, found));
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    let least = if unframed || act.topics.is_empty() { MIN_QUOTED } else { MIN_WORDS };
    if words < least {
        return None;
    }
    let quotation = if kind == Quotation::Indirect { quotation(seat, act, range) } else { kind };
    Some(Said { tokens, elsewhere, range, quotation })
}

/// The range without a full stop at its end, and with the other mark of a quotation within it.
fn whole(seat: Seat<'_>, range: TextRange) -> TextRange {
    let text = seat.part.text.as_str();
    let said = range.of(text);
    let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    let count = |mark: char| said.matches(mark).count();
    let odd = count('"') % 2 == 1;
    let (open, close) = (count('“'), count('”'));
    let rest = after.trim_start_matches([',', '.']);
    if (odd && rest.starts_with('"')) || (open > close && rest.starts_with('”')) {
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        return TextRange::new(range.start, range.end + (after.len() - rest.len()) + mark);
    }
    let mut out = range;
    if (odd && before.ends_with('"')) || (close > open && before.ends_with('“')) {
        out.start -= before.chars().next_back().map_or(0, char::len_utf8);
    }
    let last = seat.part.sentences.partition_point(|sentence| sentence.range.start < range.end);
    let stop = last
        .checked_sub(1)
        .and_then(|last| seat.part.sentences.get(last))
        .is_some_and(|sentence| sentence.tokens.iter().any(|token| token.range.end == range.end && token.form == "."));
    if stop {
        out.end -= 1;
    }
    out
}

/// The phrases spoken of, without the complementiser and outer punctuation.
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

/// In whose words it is said, by the marks around what is said.
fn quotation(seat: Seat<'_>, act: &Act<'_>, range: TextRange) -> Quotation {
    let sentence = seat.sentence();
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
