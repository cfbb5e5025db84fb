//! What becomes of acts by the classifier's answers.

use std::collections::HashMap;

use demarche_language::TokenId;
use demarche_record::{Context, DecidedBy, EventType, Status, Vote};

use super::judge::{Judge, Opinion};
use super::question::{Question, of_act, of_unframed, resolved};
use super::rules::{Features, Weights};
use crate::Coding;
use crate::acts::{Act, Participant, Unframed, same};
use crate::records::Reading;

/// Labels of a vote that records show.
const SHOWN: usize = 3;

/// An act that becomes an event, and what decided it.
pub(crate) struct Judged<'a> {
    /// The act.
    pub act: Act<'a>,
    /// What decided.
    pub verdict: Verdict,
}

/// What decided an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    /// Frame, classifier or both.
    pub by: DecidedBy,
    /// The classifier's most probable labels.
    pub vote: Vec<Vote>,
    /// Contexts that the classifier adds, as long as there are not too many.
    pub contexts: Vec<Context>,
    /// Most contexts of the event.
    pub most: usize,
}

impl Verdict {
    /// A frame's alone.
    fn of_frame() -> Self {
        Self { by: DecidedBy::Frame, vote: Vec::new(), contexts: Vec::new(), most: usize::MAX }
    }

    fn new(judge: &Judge, by: DecidedBy, opinion: &Opinion<'_>) -> Self {
        let rules = judge.rules.contexts;
        Self { by, vote: vote(opinion), contexts: opinion.contexts(rules.least), most: rules.most }
    }
}

/// What a sentence gives after the classifier was asked.
#[derive(Default)]
pub(crate) struct Outcome<'a> {
    /// Acts that stand, in the order of their words.
    pub events: Vec<Judged<'a>>,
    /// Acts that fall, and why.
    pub rejected: Vec<(Act<'a>, String)>,
}

/// Opinions on the acts that frames tell in a sentence, and the predicates without frame with the opinions on them.
#[derive(Default)]
struct Opinions<'a, 'j> {
    acts: Vec<Option<Opinion<'j>>>,
    unframed: Vec<(Unframed<'a>, Option<Opinion<'j>>)>,
}

/// What each sentence gives where frames alone decide.
pub(crate) fn told<'a>(readings: &mut [Reading<'a>]) -> Vec<Outcome<'a>> {
    let by_frame = |act| Judged { act, verdict: Verdict::of_frame() };
    readings
        .iter_mut()
        .map(|reading| Outcome {
            events: std::mem::take(&mut reading.selected.events).into_iter().map(by_frame).collect(),
            rejected: Vec::new(),
        })
        .collect()
}

/// What each sentence gives after the classifier was asked. A sentence in which it prefers other frames is read again with these.
pub(crate) fn judged<'a>(coding: &'a Coding, judge: &Judge, readings: &mut [Reading<'a>]) -> Vec<Outcome<'a>> {
    let everything: Vec<usize> = (0..readings.len()).collect();
    let mut opinions = ask(coding, judge, readings, &everything);
    let mut again = Vec::new();
    for (n, (reading, opinions)) in readings.iter_mut().zip(&opinions).enumerate() {
        let preferred = preferences(judge, reading, &opinions.acts);
        if !preferred.is_empty() {
            reading.prefer(preferred);
            again.push(n);
        }
    }
    for (&n, found) in again.iter().zip(ask(coding, judge, readings, &again)) {
        opinions[n] = found;
    }
    readings.iter_mut().zip(opinions).map(|(reading, opinions)| decide(coding, judge, reading, opinions)).collect()
}

/// Asks about some sentences, those of a part together.
fn ask<'a, 'j>(
    coding: &'a Coding,
    judge: &'j Judge,
    readings: &[Reading<'a>],
    numbers: &[usize],
) -> Vec<Opinions<'a, 'j>> {
    let mut out: Vec<Opinions<'a, 'j>> = Vec::with_capacity(numbers.len());
    let mut questions: Vec<Question> = Vec::new();
    // For each question the sentence's place in `out`, the number of the act or predicate, and which of the two it is.
    let mut about: Vec<(usize, usize, bool)> = Vec::new();
    let mut states = Vec::new();
    for reading in numbers.iter().filter_map(|&n| readings.get(n)) {
        let mut opinions = Opinions::default();
        for (number, act) in reading.selected.events.iter().enumerate() {
            let asked = act.status != Status::Negated && act.event.is_some_and(|event| judge.knows(event));
            if let Some(question) = of_act(coding, reading, act).filter(|_| asked) {
                questions.push(question);
                about.push((out.len(), number, true));
                states.push(reading.part.states);
            }
            opinions.acts.push(None);
        }
        for (number, found) in reading.unframed().into_iter().enumerate() {
            questions.push(of_unframed(reading, &found));
            about.push((out.len(), number, false));
            states.push(reading.part.states);
            opinions.unframed.push((found, None));
        }
        out.push(opinions);
    }
    let mut start = 0;
    while let Some(first) = questions.get(start) {
        let end = start + questions[start..].iter().take_while(|question| question.field == first.field).count();
        if let Some(states) = states[start] {
            for (&(n, number, framed), opinion) in
                about[start..end].iter().zip(judge.ask(states, &questions[start..end]))
            {
                let opinions = &mut out[n];
                if framed {
                    opinions.acts[number] = opinion;
                } else {
                    opinions.unframed[number].1 = opinion;
                }
            }
        }
        start = end;
    }
    out
}

/// At which words of a sentence another of the frames that hold there is preferred, and which.
fn preferences(judge: &Judge, reading: &Reading<'_>, opinions: &[Option<Opinion<'_>>]) -> HashMap<TokenId, usize> {
    let mut out = HashMap::new();
    for (act, opinion) in reading.selected.events.iter().zip(opinions) {
        let (Some(own), Some(opinion)) = (act.event, opinion) else { continue };
        let least = opinion.event(own) + judge.rules.framed.prefer;
        let mut best: Option<(usize, f32)> = None;
        for (frame, event) in reading.reader.frames_at(act.head) {
            let p = opinion.event(event);
            if event != own && p >= least && best.is_none_or(|(_, most)| p > most) {
                best = Some((frame, p));
            }
        }
        if let Some((frame, _)) = best {
            out.insert(act.head, frame);
        }
    }
    out
}

fn decide<'a>(coding: &'a Coding, judge: &Judge, reading: &mut Reading<'a>, opinions: Opinions<'a, '_>) -> Outcome<'a> {
    let mut out = Outcome::default();
    for (act, opinion) in std::mem::take(&mut reading.selected.events).into_iter().zip(opinions.acts) {
        let Some(opinion) = opinion else {
            out.events.push(Judged { act, verdict: Verdict::of_frame() });
            continue;
        };
        if opinion.none() >= judge.rules.framed.reject {
            out.rejected.push((act, format!("the classifier sees no event here (probability {:.2})", opinion.none())));
            continue;
        }
        match framed(coding, judge, act, &opinion) {
            Judged { act, verdict }
                if verdict.by == DecidedBy::Both && out.events.iter().any(|known| tells(&known.act, &act)) =>
            {
                out.rejected.push((act, "the classifier sees here what another act tells".to_owned()));
            }
            judged => out.events.push(judged),
        }
    }
    // Of several predicates that tell one act the most probable stands.
    let mut added: Vec<(f32, Judged<'a>)> = Vec::new();
    for (found, opinion) in opinions.unframed {
        if let Some(opinion) = opinion
            && let Some(judged) = self::added(coding, judge, reading, found, &opinion)
        {
            added.push((opinion.event(judged.act.event.unwrap_or(EventType::CONSULT)), judged));
        }
    }
    added.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.act.head.cmp(&other.act.head)));
    for (_, judged) in added {
        if !out.events.iter().any(|known| known.act.head == judged.act.head || tells(&known.act, &judged.act)) {
            out.events.push(judged);
        }
    }
    out
}

/// A frame's act with the classifier's say in it.
fn framed<'a>(coding: &Coding, judge: &Judge, mut act: Act<'a>, opinion: &Opinion<'_>) -> Judged<'a> {
    let rules = judge.rules.framed;
    let own = act.event.map_or(0.0, |event| opinion.event(event));
    let mut by = DecidedBy::Frame;
    if let Some((best, p)) = opinion.best() {
        if Some(best) == act.event {
            by = DecidedBy::Both;
        } else if p >= rules.overrule && own <= rules.doubt {
            by = DecidedBy::Both;
            act.modes.retain(|&mode| coding.ontology.has_mode(best, mode));
            act.event = Some(best);
            act.cameo = None;
        }
    }
    if let Some(event) = act.event
        && act.modes.is_empty()
    {
        act.modes = opinion.modes(event, rules.mode);
        if !act.modes.is_empty() {
            act.cameo = None;
        }
    }
    // Found outside the frame's own slots, they stand only where the classifier bears it out.
    if act.recipients.iter().all(Participant::is_concerned) && opinion.recipients_fit() < rules.concerned {
        act.recipients.clear();
    }
    act.confidence = confidence(&act, opinion, judge.rules.confidence.framed);
    Judged { act, verdict: Verdict::new(judge, by, opinion) }
}

/// An event of the classifier's own, if the answer is clear enough and the grammar tells it as a fact.
fn added<'a>(
    coding: &Coding,
    judge: &Judge,
    reading: &Reading<'a>,
    mut found: Unframed<'a>,
    opinion: &Opinion<'_>,
) -> Option<Judged<'a>> {
    let rules = judge.rules.added;
    let (event, p) = opinion.best()?;
    if 1.0 - opinion.none() < rules.some || p < rules.event {
        return None;
    }
    if !found.actors.is_empty() && opinion.actors_fit() < rules.actor {
        return None;
    }
    if opinion.recipients_fit() < rules.recipient {
        found.recipients.clear();
    }
    if found.recipients.is_empty() && coding.ontology.needs_recipient(event) {
        return None;
    }
    let mut act = reading.reader.stand(found, event).ok()?;
    for mode in opinion.modes(event, rules.mode) {
        if !act.modes.contains(&mode) {
            act.modes.push(mode);
        }
    }
    act.confidence = confidence(&act, opinion, judge.rules.confidence.added);
    Some(Judged { act, verdict: Verdict::new(judge, DecidedBy::Classifier, opinion) })
}

/// Whether two acts of a sentence tell one happening: the same event, and no side that only one of them could have.
fn tells(known: &Act<'_>, act: &Act<'_>) -> bool {
    let sides = |act: &Act<'_>| act.actors.iter().chain(&act.recipients).map(|p| p.actor.range).collect::<Vec<_>>();
    let agree = |a: &[Participant<'_>], b: &[Participant<'_>]| {
        a.is_empty() || b.is_empty() || a.iter().any(|x| b.iter().any(|y| same(x, y)))
    };
    known.event == act.event
        && (agree(&known.actors, &act.actors) && agree(&known.recipients, &act.recipients)
            || sides(act).iter().all(|side| sides(known).contains(side)))
}

fn confidence(act: &Act<'_>, opinion: &Opinion<'_>, weights: Weights) -> f32 {
    let fit = |side: &[Participant<'_>], p: f32| if side.is_empty() { 1.0 } else { p };
    weights.confidence(Features {
        event: act.event.map_or(0.0, |event| opinion.event(event)),
        frame: act.confidence,
        actors: fit(&act.actors, opinion.actors_fit()),
        recipients: fit(&act.recipients, opinion.recipients_fit()),
        resolved: resolved(&act.actors, &act.recipients),
    })
}

fn vote(opinion: &Opinion<'_>) -> Vec<Vote> {
    let shown = |(label, p): (&str, f32)| Vote { event: label.to_owned(), p: (f64::from(p) * 100.0).round() / 100.0 };
    opinion.labels(SHOWN).into_iter().map(shown).collect()
}
