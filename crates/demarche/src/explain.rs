//! Why this code, and why none: every sentence with its tree, its mentions and what each trigger came to.

use std::fmt;

use demarche_coding::Part;
use demarche_document::Document;
use demarche_language::Sentence;
use demarche_record::{Code, Event, Field, Record, Sector, Statement, TextRange, Why};

use crate::coder::Coder;

/// Cues of the genre that are shown.
const GENRE_CUES: usize = 8;

/// A document explained.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Genre of the document.
    pub genre: String,
    /// What tells the genre, the most telling first, at most eight; with the number of times where it is not one.
    pub genre_cues: Vec<String>,
    /// Every sentence.
    pub sentences: Vec<ExplainedSentence>,
    /// The records.
    pub records: Vec<Record>,
}

/// One sentence explained.
#[derive(Clone, Debug)]
pub struct ExplainedSentence {
    /// Title or text.
    pub field: Field,
    /// Number in its part, from 1.
    pub number: usize,
    /// As written.
    pub text: String,
    /// One line a word: number, form, lemma, part of speech, head, relation.
    pub tree: Vec<String>,
    /// Who and where.
    pub mentions: Vec<Mention>,
    /// For each record of the sentence: its id, coding and reason.
    pub records: Vec<String>,
    /// For each trigger without record: the word, the frame, the reason.
    pub unread: Vec<String>,
    /// Why the sentence was left out of the coding, if it was.
    pub left_out: Option<String>,
}

/// Someone mentioned.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// As written.
    pub text: String,
    /// Code, if known.
    pub code: Option<Code>,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Who it is.
    pub canonical: Option<String>,
    /// How that was found.
    pub path: Vec<&'static str>,
}

impl Coder {
    /// Codes a document and says why, sentence by sentence.
    pub fn explain(&self, document: &Document) -> Explanation {
        let analysis = self.analyse(document);
        self.with_cast(document, &analysis, |parts| {
            let report = self.coding().report(document, parts, self.versions(), self.choices());
            let sentences = report
                .sentences
                .iter()
                .filter_map(|entry| {
                    let part = parts.iter().find(|part| part.field == entry.field)?;
                    let sentence = part.sentences.get(entry.index)?;
                    let records = entry
                        .records
                        .iter()
                        .filter_map(|id| report.records.iter().find(|record| record.id() == id))
                        .map(line)
                        .collect();
                    let unread = entry
                        .unread
                        .iter()
                        .map(|u| {
                            format!("\u{201c}{}\u{201d} ({}): {}", sentence.tokens[u.trigger].form, u.frame, u.reason)
                        })
                        .collect();
                    Some(ExplainedSentence {
                        field: entry.field,
                        number: entry.index + 1,
                        text: shown(part, sentence.range),
                        tree: tree(sentence),
                        mentions: mentions(part, entry.index, sentence),
                        records,
                        unread,
                        left_out: entry.left_out.clone(),
                    })
                })
                .collect();
            let genre = self.genre(document);
            let told = |cue: &demarche_document::GenreCue| match cue.times {
                1 => format!("\u{201c}{}\u{201d}", cue.cue),
                n => format!("\u{201c}{}\u{201d} {n}", cue.cue),
            };
            let genre_cues = genre.cues.iter().take(GENRE_CUES).map(told).collect();
            Explanation { genre: genre.genre.name.clone(), genre_cues, sentences, records: report.records }
        })
    }
}

fn shown(part: &Part<'_>, range: TextRange) -> String {
    range.of(part.text.as_str()).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tree(sentence: &Sentence) -> Vec<String> {
    sentence
        .tokens
        .iter()
        .enumerate()
        .map(|(n, token)| {
            let head = token.head.map_or(0, |head| head + 1);
            format!(
                "{:>3}  {:<20} {:<18} {:<6} {:>3}  {}",
                n + 1,
                token.form,
                token.lemma,
                token.upos,
                head,
                token.relation
            )
        })
        .collect()
}

fn mentions(part: &Part<'_>, index: usize, sentence: &Sentence) -> Vec<Mention> {
    let mut out: Vec<(TextRange, Mention)> = Vec::new();
    for token in 0..sentence.tokens.len() {
        for actor in part.cast.actors(index, token) {
            let mention = Mention {
                text: shown(part, actor.range),
                code: actor.code,
                sectors: actor.sectors.clone(),
                canonical: actor.canonical.clone(),
                path: actor.path.clone(),
            };
            if !out.iter().any(|(range, known)| *range == actor.range && *known == mention) {
                out.push((actor.range, mention));
            }
        }
    }
    out.into_iter().map(|(_, mention)| mention).collect()
}

/// One line on a record: id, coding, reason.
pub(crate) fn line(record: &Record) -> String {
    match record {
        Record::Event(event) => event_line(event),
        Record::Statement(statement) => statement_line(statement),
        Record::Initiative(initiative) => {
            format!("{}: initiative ({}, {})", initiative.id, initiative.kind, initiative.stage)
        }
    }
}

fn codes<'a>(entities: impl Iterator<Item = &'a demarche_record::Entity>) -> String {
    let written: Vec<String> = entities
        .map(|entity| {
            let mut out = entity.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
            for sector in &entity.sector {
                out.push(' ');
                out.push_str(sector.as_str());
            }
            out
        })
        .collect();
    if written.is_empty() { "-".to_owned() } else { written.join(", ") }
}

fn event_line(event: &Event) -> String {
    let event_type = event.event.first().map_or("", |e| e.as_str());
    let modes: String = event.mode.iter().fold(String::new(), |out, mode| out + " " + mode.as_str());
    format!(
        "{}: {event_type}{modes} by {} to {}, {}; frame {}, reached by {};{} confidence {:.2}",
        event.id,
        codes(event.actor.iter()),
        codes(event.recipient.iter()),
        event.status,
        event.why.frame.as_deref().unwrap_or("-"),
        if event.why.path.is_empty() { "-" } else { &event.why.path },
        vote(&event.why),
        event.confidence,
    )
}

/// ` decided by both, vote ASSAULT 0.93, COERCE 0.04, NONE 0.02;`, or nothing where the classifier was not asked.
fn vote(why: &Why) -> String {
    let vote: Vec<String> = why.vote.iter().map(|vote| format!("{} {:.2}", vote.event, vote.p)).collect();
    if vote.is_empty() { String::new() } else { format!(" decided by {}, vote {};", why.by, vote.join(", ")) }
}

fn statement_line(statement: &Statement) -> String {
    format!(
        "{}: statement ({}, {}) by {}; frame {}, reached by {}; confidence {:.2}",
        statement.id,
        statement.act,
        statement.stance,
        codes(statement.speaker.iter()),
        statement.why.frame.as_deref().unwrap_or("-"),
        if statement.why.path.is_empty() { "-" } else { &statement.why.path },
        statement.confidence,
    )
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = if self.genre_cues.is_empty() { "" } else { ", by " };
        writeln!(f, "genre    {}{by}{}\n", self.genre, self.genre_cues.join(", "))?;
        for sentence in &self.sentences {
            write!(f, "{sentence}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ExplainedSentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = if self.field == Field::Title { "title" } else { "sentence" };
        writeln!(f, "{field} {}: {}", self.number, self.text)?;
        for word in &self.tree {
            writeln!(f, "  {word}")?;
        }
        for mention in &self.mentions {
            let code = mention.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
            let sectors: String = mention.sectors.iter().fold(String::new(), |out, sector| out + " " + sector.as_str());
            let who = mention.canonical.as_deref().map_or_else(String::new, |name| format!(" = {name}"));
            writeln!(
                f,
                "  mention  \u{201c}{}\u{201d}{who}: {code}{sectors} ({})",
                mention.text,
                mention.path.join(", ")
            )?;
        }
        for record in &self.records {
            writeln!(f, "  record   {record}")?;
        }
        for trigger in &self.unread {
            writeln!(f, "  none     {trigger}")?;
        }
        if let Some(reason) = &self.left_out {
            writeln!(f, "  none     {reason}")?;
        } else if self.records.is_empty() && self.unread.is_empty() {
            writeln!(f, "  none     no word of this sentence names an act that a frame knows")?;
        }
        writeln!(f)
    }
}
