//! Records: acts with their time, place and evidence, in the order of their sentences.

mod conflict;
mod event;
mod happening;
mod initiative;
mod setting;
mod statement;

use demarche_document::{Document, Text};
use demarche_language::{Sentence, TokenId};
use demarche_record::{CiteInfo, DecidedBy, Entity, EventType, Field, Record, Span, TextInfo, TextRange, Why};
use demarche_world::Cast;
use jiff::civil::Date;

use crate::Coding;
use crate::acts::{Act, FirstPerson, Participant, Reader, Said};
use event::Draft;

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

/// What all records of a document share.
pub(crate) struct Desk<'a> {
    pub coding: &'a Coding,
    pub document: &'a Document,
    pub versions: &'a Versions,
}

/// The act's sentence: its part and number.
#[derive(Clone, Copy)]
pub(crate) struct Seat<'a> {
    pub part: Part<'a>,
    pub index: usize,
}

impl<'a> Seat<'a> {
    fn sentence(self) -> &'a Sentence {
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
            genre: None,
            coder: "demarche".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn why(&self, act: &Act<'_>) -> Why {
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
            frame: Some(self.coding.frames.frames[act.frame].id.clone()),
            path: path.join("; "),
            by: DecidedBy::Frame,
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
    /// Codes a document: its parts in order (a separate title first), `all` keeping negated records too.
    pub fn report(&self, document: &Document, parts: &[Part<'_>], versions: &Versions, all: bool) -> Report {
        let desk = Desk { coding: self, document, versions };
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        let mut statements = Vec::new();
        let mut report = Report::default();
        let said: Vec<Said> = parts.iter().map(|part| self.said(part.text.as_str(), part.sentences)).collect();
        let first_person: Vec<FirstPerson> = parts
            .iter()
            .zip(&said)
            .map(|(part, said)| FirstPerson::new(self, part.cast, part.sentences, said))
            .collect();
        for ((&part, speakers), said) in parts.iter().zip(&first_person).zip(&said) {
            let mut meeting: Vec<Participant<'_>> = Vec::new();
            for (index, sentence) in part.sentences.iter().enumerate() {
                if let Some(Some(reason)) = part.left_out.get(index) {
                    report.sentences.push(SentenceReport {
                        field: part.field,
                        index,
                        records: Vec::new(),
                        unread: Vec::new(),
                        left_out: Some(reason.clone()),
                    });
                    continue;
                }
                let seat = Seat { part, index };
                let selected = Reader::new(self, part.cast, sentence, index, speakers.of(index))
                    .after_meeting(&meeting)
                    .told(said.in_sentence(index))
                    .in_the_words_of(speakers.voice(index))
                    .select();
                let met =
                    selected.events.iter().find(|act| act.event == Some(EventType::CONSULT) && act.actors.len() > 1);
                if let Some(act) = met {
                    meeting.clone_from(&act.actors);
                }
                let mut unread: Vec<Unread> = selected
                    .unrecorded
                    .iter()
                    .map(|u| Unread {
                        trigger: u.head,
                        frame: self.frames.frames[u.frame].id.clone(),
                        reason: u.reason.to_owned(),
                    })
                    .collect();
                for act in selected.events {
                    if act.status == demarche_record::Status::Negated && !all {
                        unread.push(Unread {
                            trigger: act.head,
                            frame: self.frames.frames[act.frame].id.clone(),
                            reason: "said not to have taken place (kept with --all)".to_owned(),
                        });
                        continue;
                    }
                    drafts.push(desk.draft(seat, act));
                }
                for act in &selected.speech {
                    if act.status == demarche_record::Status::Negated && !all {
                        continue;
                    }
                    statements.extend(desk.statement(seat, act, said.in_sentence(index)));
                }
                report.sentences.push(SentenceReport {
                    field: part.field,
                    index,
                    records: Vec::new(),
                    unread,
                    left_out: None,
                });
            }
        }
        let mut drafts = happening::join(drafts);
        drafts.sort_by_key(|draft| (draft.place.0 == Field::Text, draft.place.1, draft.place.2));
        let initiatives = desk.initiatives(&drafts, parts);
        number(document, drafts, statements, initiatives, &mut report);
        report
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
    statements.sort_by_key(|spoken| (spoken.place.0 == Field::Text, spoken.place.1, spoken.place.2));
    for (n, draft) in drafts.iter_mut().enumerate() {
        draft.event.id = format!("{}#e{}", document.id, n + 1);
        ids.push(draft.event.id.clone());
    }
    for (n, spoken) in statements.iter_mut().enumerate() {
        spoken.statement.id = format!("{}#s{}", document.id, n + 1);
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
        for (mark, draft) in found.initiative.stages.iter_mut().zip(&found.drafts) {
            mark.record = ids.get(*draft).cloned();
        }
        report.records.push(Record::Initiative(Box::new(found.initiative)));
    }
}
