//! One record on its text: the sentence with the words that each field rests on, then what they are evidence of, and why.

use std::fmt::Write as _;

use anstyle::Style;
use demarche::Record;
use demarche::record::{CiteInfo, DecidedBy, Entity, Span, Why};
use demarche_dossier::{Incident, Mark, Shown};
use unicode_width::UnicodeWidthChar;

use super::entity;
use super::flow::{Flow, width};
use super::listing::cut;
use super::records::{deed, dotted, fact, figures, position, source, speech, standing, sure, undertaking, when, words};
use crate::output::{Page, plain};
use crate::summary::count;

const PLAIN: Style = Style::new();
const MARGIN: &str = "  ";
/// Columns of the names of fields.
const NAMES: usize = 16;

/// A record as a page of text; with the incident that an event is a report of.
pub(crate) fn render(
    shown: &Shown,
    incident: Option<&Incident>,
    days: &[Option<demarche::record::Day>],
    page: Page,
) -> String {
    let mut out = String::new();
    heading(&mut out, &shown.record, page);
    out.push('\n');
    if shown.text.is_empty() && shown.sentences.is_empty() {
        flowed("(its words are not kept in this dossier)", page.palette.dim).write(&mut out, page, MARGIN, MARGIN);
    }
    if !shown.text.is_empty() {
        marked(&mut out, &shown.text, &shown.marks, page);
    }
    for (span, text) in &shown.sentences {
        let mut flow = flowed(text, PLAIN);
        flow.push_whole(page.palette.dim, &format!("  {}-{}", span.start, span.end));
        flow.write(&mut out, page, MARGIN, "    ");
    }
    out.push('\n');
    told(&mut out, &shown.record, page);
    out.push('\n');
    for row in evidence(shown, days) {
        field(&mut out, row.name, &row.flow(page, !shown.marks.is_empty()), page);
    }
    let (why, same) = match &shown.record {
        Record::Event(event) => (&event.why, event.witness.len()),
        Record::Statement(statement) => (&statement.why, 0),
        Record::Initiative(initiative) => (&initiative.why, 0),
    };
    if same > 0 {
        let told = format!("{} of the document", count(same as u64, "more sentence"));
        field(&mut out, "also told in", &flowed(&told, PLAIN), page);
    }
    out.push('\n');
    reasons(&mut out, why, page);
    if let Some(incident) = incident {
        out.push('\n');
        witnesses(&mut out, incident, shown.record.id(), page);
    }
    out
}

fn flowed(text: &str, style: Style) -> Flow {
    let mut flow = Flow::default();
    flow.push(style, &text.replace(['\n', '\t'], " "));
    flow
}

fn heading(out: &mut String, record: &Record, page: Page) {
    let (palette, cite) = (page.palette, cite(record));
    let name = format!("{} ", plain(record.id()));
    let rule = page.width.saturating_sub(3 + width(&name));
    let mut line = Flow::default();
    line.push(palette.dim, "── ").push(palette.heading, &name).push(palette.dim, &"─".repeat(rule));
    line.write(out, page, "", "");
    if let Some(title) = &cite.title {
        flowed(title, palette.heading).write(out, page, "", "");
    }
    let facts: Vec<Flow> = [cite.publication.as_deref(), cite.genre.as_deref(), cite.url.as_deref()]
        .into_iter()
        .flatten()
        .map(|told| flowed(told, palette.dim))
        .collect();
    if !facts.is_empty() {
        dotted(&facts, page).write(out, page, "", "");
    }
}

fn cite(record: &Record) -> &CiteInfo {
    match record {
        Record::Event(event) => &event.cite_info,
        Record::Statement(statement) => &statement.cite_info,
        Record::Initiative(initiative) => &initiative.cite_info,
    }
}

/// How the words of a field look: in colours, and without them in the line below.
fn look(field: &str, page: Page) -> (Style, char) {
    let palette = page.palette;
    match field {
        "trigger" | "cue" => (palette.trigger.underline(), '^'),
        "actor" | "speaker" => (palette.actor.underline(), '='),
        "recipient" | "audience" | "toward" => (palette.recipient.underline(), '-'),
        "place" | "date" => (palette.setting.underline(), '.'),
        "attributed_to" => (palette.source.underline(), '~'),
        "counts" => (PLAIN.underline(), '+'),
        _ => (PLAIN.bold(), '_'),
    }
}

/// The sentence with its marks. Of marks upon each other the shortest shows: a speaker within a proposition, the trigger
/// within a clause.
fn marked(out: &mut String, text: &str, marks: &[Mark], page: Page) {
    let mut flow = Flow::default();
    let mut below = String::new();
    for (at, c) in text.char_indices() {
        let mark = marks.iter().filter(|mark| mark.range.contains(&at)).min_by_key(|mark| mark.range.len());
        let (style, under) = mark.map_or((PLAIN, ' '), |mark| look(mark.field, page));
        let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
        let shown = plain(c.encode_utf8(&mut [0; 4]));
        if !shown.is_empty() {
            flow.push(if page.colour { style } else { PLAIN }, &shown);
            below.extend(std::iter::repeat_n(under, c.width().unwrap_or_default()));
        }
    }
    let mut lines = String::new();
    flow.write(&mut lines, page, MARGIN, MARGIN);
    if page.colour {
        out.push_str(&lines);
        return;
    }
    // Lines were broken at blanks, each of which took a column.
    let mut below = below.chars();
    for line in lines.lines() {
        out.push_str(line);
        out.push('\n');
        let under: String = below.by_ref().take(width(line) - MARGIN.len()).collect();
        below.next();
        if !under.trim().is_empty() {
            out.push_str(MARGIN);
            out.push_str(under.trim_end());
            out.push('\n');
        }
    }
}

/// What the record says.
fn told(out: &mut String, record: &Record, page: Page) {
    let palette = page.palette;
    let (first, facts) = match record {
        Record::Event(event) => (
            deed(event, page),
            vec![
                fact(palette.setting, event.event_loc.as_ref().map(entity::place)),
                fact(palette.setting, when(event.date, event.enddate, event.date_precision)),
                standing(event.status, page),
                fact(PLAIN, figures(&event.counts)),
                source(event, page),
                sure(event.confidence, page),
            ],
        ),
        Record::Statement(statement) => (
            speech(statement, page),
            vec![
                fact(palette.trigger, position(statement)),
                fact(palette.setting, when(statement.date, None, statement.date_precision)),
                standing(statement.status, page),
                sure(statement.confidence, page),
            ],
        ),
        Record::Initiative(initiative) => (undertaking(initiative, page), vec![sure(initiative.confidence, page)]),
    };
    first.write(out, page, MARGIN, "    ");
    dotted(&facts, page).write(out, page, MARGIN, "    ");
}

/// A field, what fills it, and where it stands.
struct Row {
    name: &'static str,
    /// Field of the marks, by which it is coloured.
    mark: &'static str,
    value: Flow,
    span: Option<Span>,
}

impl Row {
    /// With the mark of its words where they are `marked` below the sentence.
    fn flow(&self, page: Page, marked: bool) -> Flow {
        let mut flow = Flow::default();
        if marked && !page.colour && self.span.is_some() {
            flow.push_whole(PLAIN, &format!("{} ", look(self.mark, page).1));
        }
        flow.append(&self.value);
        if let Some(span) = self.span {
            flow.push_whole(page.palette.dim, &format!("  {}-{}", span.start, span.end));
        }
        flow
    }
}

fn evidence(shown: &Shown, days: &[Option<demarche::record::Day>]) -> Vec<Row> {
    let page = Page::new(100, false);
    let mut rows = Vec::new();
    let entities = |rows: &mut Vec<Row>, name: &'static str, entities: &[Entity], spans: &[Span]| {
        for (at, one) in entities.iter().enumerate() {
            let value = entity::list(std::slice::from_ref(one), PLAIN, page);
            rows.push(Row { name, mark: name, value, span: spans.get(at).copied() });
        }
    };
    let words_at = |span: Span, sentence: Span| {
        let range = span.start.checked_sub(sentence.start)?..span.end.checked_sub(sentence.start)?;
        if sentence.end.checked_sub(sentence.start)? == shown.text.len() { shown.text.get(range) } else { None }
    };
    let text = |told: &str| flowed(told, PLAIN);
    match &shown.record {
        Record::Event(event) => {
            let evidence = &event.evidence;
            let trigger = words_at(evidence.trigger, evidence.sentence).unwrap_or("(the words of the act)");
            rows.push(Row { name: "trigger", mark: "trigger", value: text(trigger), span: Some(evidence.trigger) });
            entities(&mut rows, "actor", &event.actor, &evidence.actor);
            entities(&mut rows, "recipient", &event.recipient, &evidence.recipient);
            if let Some(place) = &event.event_loc {
                rows.push(Row {
                    name: "place",
                    mark: "place",
                    value: text(&entity::place(place)),
                    span: evidence.place,
                });
            }
            if let Some(span) = evidence.date {
                let date = when(event.date, event.enddate, event.date_precision).unwrap_or_default();
                rows.push(Row { name: "date", mark: "date", value: text(&date), span: Some(span) });
            }
            entities(&mut rows, "attributed_to", &event.attributed_to, &evidence.attributed_to);
            for (at, count) in event.counts.iter().enumerate() {
                let value = text(&figures(std::slice::from_ref(count)).unwrap_or_default());
                rows.push(Row { name: "counts", mark: "counts", value, span: evidence.counts.get(at).copied() });
            }
        }
        Record::Statement(statement) => {
            let evidence = &statement.evidence;
            let cue = words_at(evidence.cue, evidence.sentence).unwrap_or("(the words of the speech act)");
            rows.push(Row { name: "cue", mark: "cue", value: text(cue), span: Some(evidence.cue) });
            entities(&mut rows, "speaker", &statement.speaker, &evidence.speaker);
            entities(&mut rows, "audience", &statement.audience, &evidence.audience);
            entities(&mut rows, "toward", &statement.toward, &evidence.toward);
            let value = text(&statement.proposition);
            rows.push(Row { name: "proposition", mark: "proposition", value, span: Some(evidence.proposition) });
        }
        Record::Initiative(initiative) => {
            let evidence = &initiative.evidence;
            entities(&mut rows, "mediator", &initiative.mediator, &evidence.mediator);
            entities(&mut rows, "party", &initiative.party, &evidence.party);
            entities(&mut rows, "host", &initiative.host, &[]);
            if let Some(venue) = &initiative.venue {
                rows.push(Row {
                    name: "venue",
                    mark: "place",
                    value: text(&entity::place(venue)),
                    span: evidence.venue,
                });
            }
            for (at, mark) in initiative.stages.iter().enumerate() {
                let day = days.get(at).copied().flatten().map(|day| format!(", {}", day.0)).unwrap_or_default();
                let record = mark.record.as_deref().map(|id| format!(", {id}")).unwrap_or_default();
                let value = text(&format!("{}{day}{record}", words(mark.stage.as_str())));
                rows.push(Row { name: "stage", mark: "stage", value, span: Some(mark.sentence) });
            }
        }
    }
    rows
}

/// A line of a field.
fn field(out: &mut String, name: &str, value: &Flow, page: Page) {
    let dim = page.palette.dim;
    let first = format!("{MARGIN}{dim}{name:<fill$}{dim:#}", fill = NAMES - MARGIN.len());
    let mut lines = String::new();
    let indent = " ".repeat(NAMES);
    value.write(&mut lines, page, &indent, &indent);
    out.push_str(&first);
    out.push_str(lines.get(NAMES..).unwrap_or_default());
}

/// What decided.
fn reasons(out: &mut String, why: &Why, page: Page) {
    let mut told = Vec::new();
    let by = match why.by {
        DecidedBy::Frame => "by a frame",
        DecidedBy::Classifier => "by the classifier",
        DecidedBy::Both => "by a frame and the classifier",
        DecidedBy::Import => "by the data set that it was imported from",
    };
    told.push(by.to_owned());
    told.extend(why.frame.as_ref().map(|frame| format!("frame {frame}")));
    if !why.path.is_empty() {
        told.push(format!("reached through {}", why.path));
    }
    told.extend(why.same_as.as_ref().map(|id| format!("the same words as {id}")));
    field(out, "why", &flowed(&told.join("; "), PLAIN), page);
    if !why.resolved.is_empty() {
        field(out, "who is who", &flowed(&why.resolved.join("; "), PLAIN), page);
    }
    if !why.vote.is_empty() {
        let votes: Vec<String> = why.vote.iter().map(|vote| format!("{} {:.2}", vote.event, vote.p)).collect();
        field(out, "votes", &flowed(&votes.join(", "), PLAIN), page);
    }
    field(out, "model, data", &flowed(&format!("{}, {}", why.model, why.data), page.palette.dim), page);
}

/// Who else reports the happening.
fn witnesses(out: &mut String, incident: &Incident, shown: &str, page: Page) {
    field(out, "incident", &flowed(&summary(incident), PLAIN), page);
    for witness in incident.witnesses.iter().filter(|witness| witness.event.id != shown) {
        let event = &witness.event;
        let mut told: Vec<String> = Vec::new();
        told.extend(witness.published.map(|day| day.0.to_string()));
        told.extend(event.cite_info.publication.clone());
        told.push(event.id.clone());
        told.extend(figures(&event.counts));
        let mut told = told.join(" · ");
        if !event.text.is_empty() {
            let _ = write!(told, ": \u{201c}{}\u{201d}", cut(&event.text, 160));
        }
        field(out, "also", &flowed(&told, PLAIN), page);
    }
}

/// `3 reports by 2 publishers in 2 stories, 2023-10-07 to 2023-10-08; dead: disputed`.
pub(crate) fn summary(incident: &Incident) -> String {
    let mut told = format!(
        "{} by {} in {}",
        count(incident.witnesses.len() as u64, "report"),
        count(incident.publishers.len() as u64, "publisher"),
        if incident.stories == 1 { "1 story".to_owned() } else { format!("{} stories", incident.stories) },
    );
    match (incident.first, incident.last) {
        (Some(first), Some(last)) if first != last => {
            let _ = write!(told, ", {} to {}", first.0, last.0);
        }
        (Some(first), _) => {
            let _ = write!(told, ", {}", first.0);
        }
        (None, _) => {}
    }
    if !incident.disputed.is_empty() {
        let kinds: Vec<&str> = incident.disputed.iter().map(|kind| kind.as_str()).collect();
        let _ = write!(told, "; disputed: {}", kinds.join(", "));
    }
    told
}
