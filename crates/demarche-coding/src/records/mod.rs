//! Records: acts with their time, place and evidence, in the order of their sentences.

mod chronology;
mod event;
mod happening;
mod harmless;
mod initiative;
mod reading;
mod setting;
mod statement;
mod tense;
mod when;

use demarche_document::{Document, GenreFinding, Text};
use demarche_language::{EarlyStates, Sentence, TokenId};
use demarche_record::{Antecedent, CiteInfo, DecidedBy, Entity, Field, Record, Span, Status, TextInfo, TextRange, Why};
use demarche_world::Cast;
use jiff::civil::Date;

use crate::Coding;
use crate::acts::{Act, Participant};
use crate::classify::{Judge, Outcome, Verdict, judged, told};
use chronology::Chronology;
use event::Draft;
pub(crate) use reading::{Reading, SpeechOf};

/// A part of a document that is analysed on its own: the separate title, or the text.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// Which of the two.
    pub field: Field,
    /// Its text with the map to the bytes received.
    pub text: &'a Text,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Who and where.
    pub cast: &'a Cast<'a>,
    /// The states that a classifier reads, if they were kept.
    pub states: Option<&'a EarlyStates>,
    /// For each sentence, why it is left out of the coding; shorter than the sentences where the rest are not.
    pub left_out: &'a [Option<String>],
}

/// One document's records, and what each sentence gave.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Events, statements and initiatives in the order of their sentences.
    pub records: Vec<Record>,
    /// Every sentence, for the explanation.
    pub sentences: Vec<SentenceReport>,
}

/// What one sentence gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceReport {
    /// Title or text.
    pub field: Field,
    /// Number of the sentence in its part.
    pub index: usize,
    /// Ids of its records, those it only witnesses included.
    pub records: Vec<String>,
    /// Triggers that gave no record.
    pub unread: Vec<Unread>,
    /// Why the sentence was left out of the coding, if it was.
    pub left_out: Option<String>,
}

/// A trigger that gave no record, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Head word of the trigger.
    pub trigger: TokenId,
    /// Frame, as `file/frame`.
    pub frame: String,
    /// Why.
    pub reason: String,
}

/// Which model and data made the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Language model.
    pub model: String,
    /// Data files.
    pub data: String,
}

/// What decides which records come out.
#[derive(Clone, Copy, Default)]
pub struct Choices<'a> {
    /// Keep records of what is said not to have taken place.
    pub all: bool,
    /// The classifier that has a say; without one, frames alone decide.
    pub judge: Option<&'a Judge>,
}

/// What all records of a document share.
pub(crate) struct Desk<'a> {
    pub coding: &'a Coding,
    pub document: &'a Document,
    pub genre: GenreFinding<'a>,
    pub versions: &'a Versions,
    /// What of its times is long past.
    pub chronology: Chronology<'a>,
}

/// The act's sentence: its part and number.
#[derive(Clone, Copy)]
pub(crate) struct Seat<'a> {
    pub part: Part<'a>,
    pub index: usize,
}

impl<'a> Seat<'a> {
    pub(super) fn sentence(self) -> &'a Sentence {
        &self.part.sentences[self.index]
    }

    fn span(self, range: TextRange) -> Span {
        self.part.text.received(range)
    }

    fn words(self, tokens: &[TokenId]) -> Span {
        self.span(self.sentence().range_of(tokens))
    }

    fn text_info(self) -> TextInfo {
        let range = self.sentence().range;
        let sequence = if self.part.field == Field::Title { 0 } else { self.index + 1 };
        let text = self.part.text;
        TextInfo { sequence, start: text.character(range.start), end: text.character(range.end) }
    }

    fn written(self, range: TextRange) -> String {
        range.of(self.part.text.as_str()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The participant as records hold it. `with_span`: inside a content, which has no evidence of its own.
    fn entity(self, participant: &Participant<'_>, with_span: bool) -> Entity {
        let actor = participant.actor;
        Entity {
            code: actor.code,
            sector: actor.sectors.clone(),
            entity_text: self.written(actor.range),
            identifier_id: actor.id.clone(),
            identifier_text: actor.canonical.clone(),
            name: actor.name.clone(),
            office: actor.office.clone(),
            religion: actor.religion.clone(),
            ethnicity: actor.ethnicity.clone(),
            span: with_span.then(|| self.span(actor.range)),
        }
    }

    fn entities(self, participants: &[Participant<'_>]) -> Vec<Entity> {
        participants.iter().map(|p| self.entity(p, false)).collect()
    }

    /// What the pronouns and later descriptions among those who take part stand for, in text order.
    fn antecedents(self, act: &Act<'_>) -> Vec<Antecedent> {
        let mut out: Vec<Antecedent> = Vec::new();
        for p in act.actors.iter().chain(&act.recipients).chain(&act.speakers) {
            let Some(of) = p.actor.antecedent else { continue };
            let found = Antecedent { mention: self.span(p.actor.range), of: self.span(of) };
            if !out.contains(&found) {
                out.push(found);
            }
        }
        out.sort_by_key(|found| (found.mention, found.of));
        out
    }

    fn spans(self, participants: &[Participant<'_>]) -> Vec<Span> {
        participants.iter().map(|p| self.span(p.actor.range)).collect()
    }
}

impl Desk<'_> {
    fn cite_info(&self) -> CiteInfo {
        let document = self.document;
        CiteInfo {
            url: document.url.clone(),
            title: document.title().map(str::to_owned),
            language: Some(document.language.clone()),
            publication: document.publisher.clone(),
            genre: Some(self.genre.genre.name.clone()),
            coder: "demarche".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn why(&self, seat: Seat<'_>, act: &Act<'_>, verdict: Option<&Verdict>) -> Why {
        let mut path: Vec<&str> = Vec::new();
        let mut resolved: Vec<String> = Vec::new();
        for p in act.actors.iter().chain(&act.recipients) {
            if !path.contains(&p.path.as_str()) {
                path.push(&p.path);
            }
            for step in &p.actor.path {
                if !resolved.iter().any(|known| known == step) {
                    resolved.push((*step).to_owned());
                }
            }
        }
        Why {
            antecedents: seat.antecedents(act),
            frame: self.coding.frame(act).map(|frame| frame.id.clone()),
            path: path.join("; "),
            by: verdict.map_or(DecidedBy::Frame, |verdict| verdict.by),
            vote: verdict.map(|verdict| verdict.vote.clone()).unwrap_or_default(),
            resolved,
            same_as: None,
            model: self.versions.model.clone(),
            data: self.versions.data.clone(),
        }
    }

    /// The day that relative dates are read against.
    fn day(&self) -> Option<Date> {
        self.document.date
    }
}

/// Two decimals: what a confidence can claim.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

impl Coding {
    /// Codes a document: its parts in order, a separate title first.
    pub fn report(&self, document: &Document, parts: &[Part<'_>], versions: &Versions, choices: Choices<'_>) -> Report {
        let genre = self.genres.of(document);
        let chronology = Chronology::new(&self.times, document.date, genre.genre.told_of_the_past, parts);
        let desk = Desk { coding: self, document, genre, versions, chronology };
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        let mut statements = Vec::new();
        let mut report = Report::default();
        let speech = SpeechOf::parts(self, parts);
        let mut readings = Reading::all(self, parts, &speech);
        let outcomes = match choices.judge {
            Some(judge) => judged(self, judge, &mut readings),
            None => told(&mut readings),
        };
        for (reading, outcome) in readings.into_iter().zip(outcomes) {
            let seat = Seat { part: reading.part, index: reading.index };
            let mut unread = desk.unread(&reading, &outcome);
            for judged in outcome.events {
                if judged.act.status == Status::Negated && !choices.all {
                    unread.push(desk.without_record(&judged.act, "said not to have taken place (kept with --all)"));
                    continue;
                }
                if let Some(reason) = desk.harmless(&judged.act) {
                    unread.push(desk.without_record(&judged.act, &reason));
                    continue;
                }
                drafts.push(desk.draft(seat, judged));
            }
            for act in &reading.selected.speech {
                if act.status == Status::Negated && !choices.all {
                    continue;
                }
                statements.extend(desk.statement(seat, act, reading.told));
            }
            report.sentences.push(SentenceReport {
                field: reading.part.field,
                index: reading.index,
                records: Vec::new(),
                unread,
                left_out: reading.left_out,
            });
        }
        let mut drafts = happening::join(drafts);
        drafts.sort_by_key(|draft| (draft.place.0 == Field::Text, draft.place.1, draft.place.2));
        statements
            .sort_by_key(|spoken: &statement::Spoken| (spoken.place.0 == Field::Text, spoken.place.1, spoken.place.2));
        let initiatives = desk.initiatives(&drafts, &statements, parts);
        number(document, drafts, statements, initiatives, &mut report);
        report
    }
}

impl Desk<'_> {
    /// Triggers of a sentence that gave no record, by frames and by the classifier. The genre of the document is told first: it is
    /// why there would be no record whatever the classifier said.
    fn unread(&self, reading: &Reading<'_>, outcome: &Outcome<'_>) -> Vec<Unread> {
        let by_frames = reading.selected.unrecorded.iter().map(|u| Unread {
            trigger: u.head,
            frame: self.coding.frames.frames[u.frame].id.clone(),
            reason: u.reason.to_owned(),
        });
        let rejected = outcome.rejected.iter().map(|(act, reason)| {
            let reason = self.harmless(act).unwrap_or_else(|| reason.clone());
            self.without_record(act, &reason)
        });
        by_frames.chain(rejected).collect()
    }

    fn without_record(&self, act: &Act<'_>, reason: &str) -> Unread {
        let frame = self.coding.frame(act).map(|frame| frame.id.clone()).unwrap_or_default();
        Unread { trigger: act.head, frame, reason: reason.to_owned() }
    }
}

/// Gives the records their ids, in the order of their sentences, and notes them at their sentences.
fn number(
    document: &Document,
    mut drafts: Vec<Draft<'_>>,
    mut statements: Vec<statement::Spoken>,
    initiatives: Vec<initiative::Found>,
    report: &mut Report,
) {
    let mut ids: Vec<String> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for (n, draft) in drafts.iter_mut().enumerate() {
        draft.event.id = format!("{}#e{}", document.id, n + 1);
        ids.push(draft.event.id.clone());
    }
    for (n, spoken) in statements.iter_mut().enumerate() {
        spoken.statement.id = format!("{}#s{}", document.id, n + 1);
        said.push(spoken.statement.id.clone());
        let twin = drafts.iter_mut().find(|draft| draft.place == spoken.place);
        if let Some(draft) = twin {
            spoken.statement.why.same_as = Some(draft.event.id.clone());
            draft.event.why.same_as = Some(spoken.statement.id.clone());
        }
    }
    let note = |report: &mut Report, field: Field, index: usize, id: &str| {
        if let Some(sentence) = report.sentences.iter_mut().find(|s| s.field == field && s.index == index) {
            sentence.records.push(id.to_owned());
        }
    };
    let mut ordered: Vec<((bool, usize, usize, u8), Record)> = Vec::new();
    for draft in drafts {
        for &(field, index) in &draft.told_in {
            note(report, field, index, &draft.event.id);
        }
        let (field, index, head) = draft.place;
        ordered.push(((field == Field::Text, index, head, 0), Record::Event(Box::new(draft.event))));
    }
    for spoken in statements {
        let (field, index, head) = spoken.place;
        note(report, field, index, &spoken.statement.id);
        ordered.push(((field == Field::Text, index, head, 1), Record::Statement(Box::new(spoken.statement))));
    }
    ordered.sort_by_key(|(key, _)| *key);
    report.records.extend(ordered.into_iter().map(|(_, record)| record));
    for (n, mut found) in initiatives.into_iter().enumerate() {
        found.initiative.id = format!("{}#i{}", document.id, n + 1);
        for (mark, shown) in found.initiative.stages.iter_mut().zip(&found.shown) {
            mark.record = match shown {
                Some(initiative::Shown::Event(n)) => ids.get(*n).cloned(),
                Some(initiative::Shown::Statement(n)) => said.get(*n).cloned(),
                None => None,
            };
        }
        report.records.push(Record::Initiative(Box::new(found.initiative)));
    }
}
