//! One record in a few lines: who did or said what to whom, then where, when, how sure, in whose words.

use anstyle::Style;
use demarche::Record;
use demarche::record::{
    Content, Count, CountKind, DatePrecision, Day, Event, Field, Initiative, Quotation, Span, Stance, Statement, Status,
};

use super::View;
use super::entity;
use super::flow::{self, Flow};
use crate::output::Page;

const PLAIN: Style = Style::new();
/// Columns before a record's lines, and before the lines below its first.
const MARGIN: &str = "    ";
const INDENT: &str = "        ";
/// Columns of a fact that is not broken.
const SHORT: usize = 30;

impl View<'_> {
    pub(super) fn record(&self, out: &mut String, record: &Record) {
        match record {
            Record::Event(event) => self.event(out, event),
            Record::Statement(statement) => self.statement(out, statement),
            Record::Initiative(initiative) => self.initiative(out, initiative),
        }
    }

    /// Writes the first line of a record, behind the letter and number that end its id.
    fn first(&self, out: &mut String, id: &str, flow: &Flow) {
        let short = id.rsplit('#').next().unwrap_or(id);
        let dim = self.page.palette.id;
        let first = format!("{MARGIN}{dim}{short}{dim:#}{}", " ".repeat(4_usize.saturating_sub(short.len()).max(1)));
        let mut line = String::new();
        // Measured by its blanks: styles take no columns.
        flow.write(&mut line, self.page, INDENT, INDENT);
        out.push_str(&first);
        out.push_str(line.get(INDENT.len()..).unwrap_or_default());
    }

    /// Writes a further line.
    fn below(&self, out: &mut String, flow: &Flow) {
        if !flow.is_empty() {
            flow.write(out, self.page, INDENT, INDENT);
        }
    }

    /// Writes facts with dots between them.
    fn facts(&self, out: &mut String, facts: &[Flow]) {
        self.below(out, &dotted(facts, self.page));
    }

    fn event(&self, out: &mut String, event: &Event) {
        let palette = self.page.palette;
        self.first(out, &event.id, &deed(event, self.page));
        self.content(out, event.content.as_ref());
        let mut facts = vec![
            fact(palette.setting, event.event_loc.as_ref().map(entity::place)),
            fact(palette.setting, when(event.date, event.enddate, event.date_precision)),
            standing(event.status, self.page),
            fact(PLAIN, figures(&event.counts)),
            source(event, self.page),
            sure(event.confidence, self.page),
        ];
        if !event.witness.is_empty() {
            let sentences: Vec<Span> = event.witness.iter().map(|witness| witness.sentence).collect();
            facts.push(fact(palette.dim, format!("also told in {}", self.numbers(&sentences))));
        }
        self.facts(out, &facts);
    }

    /// What a speech act speaks of.
    fn content(&self, out: &mut String, content: Option<&Content>) {
        let palette = self.page.palette;
        let mut content = content;
        while let Some(inner) = content {
            let mut flow = Flow::default();
            flow.push(palette.dim, "of ").push_whole(PLAIN, &coded(&inner.event, &inner.mode));
            flow.push(palette.dim, &format!(" ({})", inner.status));
            if !inner.actor.is_empty() {
                flow.push(palette.dim, " by ").append(&entity::list(&inner.actor, PLAIN, self.page));
            }
            if !inner.recipient.is_empty() {
                flow.push(palette.dim, " to ").append(&entity::list(&inner.recipient, PLAIN, self.page));
            }
            self.below(out, &flow);
            content = inner.content.as_deref();
        }
    }

    fn statement(&self, out: &mut String, statement: &Statement) {
        let palette = self.page.palette;
        self.first(out, &statement.id, &speech(statement, self.page));
        let mut about = Flow::default();
        if !statement.toward.is_empty() {
            about.push(palette.dim, "about ").append(&entity::list(&statement.toward, PLAIN, self.page));
        }
        let hedges = statement.hedge.iter().map(|hedge| format!("\u{201c}{hedge}\u{201d}")).collect::<Vec<_>>();
        self.facts(
            out,
            &[
                fact(PLAIN, position(statement)),
                about,
                fact(PLAIN, (!hedges.is_empty()).then(|| format!("hedged by {}", hedges.join(", ")))),
                fact(palette.setting, when(statement.date, None, statement.date_precision)),
                standing(statement.status, self.page),
                fact(palette.dim, reported(statement.quotation).to_owned()),
                sure(statement.confidence, self.page),
            ],
        );
    }

    fn initiative(&self, out: &mut String, initiative: &Initiative) {
        let palette = self.page.palette;
        self.first(out, &initiative.id, &undertaking(initiative, self.page));
        for (label, entities, style) in [
            ("mediators ", &initiative.mediator, palette.actor),
            ("parties   ", &initiative.party, palette.recipient),
            ("host      ", &initiative.host, palette.source),
        ] {
            if !entities.is_empty() {
                let mut flow = Flow::default();
                flow.push_whole(palette.dim, label).append(&entity::list(entities, style, self.page));
                self.below(out, &flow);
            }
        }
        if let Some(venue) = &initiative.venue {
            let mut flow = Flow::default();
            flow.push_whole(palette.dim, "venue     ").push(palette.setting, &entity::place(venue));
            self.below(out, &flow);
        }
        let mut stages = Flow::default();
        stages.push_whole(palette.dim, "stages    ");
        for (at, mark) in initiative.stages.iter().enumerate() {
            let shown = mark.record.as_deref().and_then(|id| id.rsplit('#').next()).unwrap_or_default();
            let shown = if shown.is_empty() { self.numbers(&[mark.sentence]) } else { shown.to_owned() };
            let comma = if at > 0 { ", " } else { "" };
            stages.push(PLAIN, &format!("{comma}{} ({shown})", words(mark.stage.as_str())));
        }
        self.below(out, &stages);
        self.facts(out, &[sure(initiative.confidence, self.page)]);
    }

    /// `sentence 3`, `sentences 3 and title`.
    fn numbers(&self, spans: &[Span]) -> String {
        let mut numbers: Vec<String> = Vec::new();
        for &span in spans {
            let field = if self.at.contains_key(&(Field::Text, span)) { Field::Text } else { Field::Title };
            let number = self.number(field, span);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let noun = if numbers.len() == 1 { "sentence" } else { "sentences" };
        format!("{noun} {}", numbers.join(", "))
    }
}

/// Who did what to whom.
pub(super) fn deed(event: &Event, page: Page) -> Flow {
    let palette = page.palette;
    let mut flow = Flow::default();
    if event.actor.is_empty() {
        flow.push(palette.dim, "nobody named");
    } else {
        flow.append(&entity::list(&event.actor, palette.actor, page));
    }
    flow.push(palette.dim, " → ");
    flow.push_whole(palette.trigger, &coded(&event.event, &event.mode));
    if !event.recipient.is_empty() {
        flow.push(palette.dim, " → ").append(&entity::list(&event.recipient, palette.recipient, page));
    }
    flow
}

/// In whose words an event is told.
pub(super) fn source(event: &Event, page: Page) -> Flow {
    let palette = page.palette;
    let mut flow = Flow::default();
    if event.attributed_to.is_empty() {
        flow.push(palette.dim, "the report's words");
    } else {
        flow.push(palette.dim, "in the words of ");
        flow.append(&entity::list(&event.attributed_to, palette.source, page));
    }
    flow
}

/// Who says what to whom.
pub(super) fn speech(statement: &Statement, page: Page) -> Flow {
    let palette = page.palette;
    let mut flow = Flow::default();
    if statement.speaker.is_empty() {
        flow.push(palette.dim, "nobody named");
    } else {
        flow.append(&entity::list(&statement.speaker, palette.actor, page));
    }
    flow.push(palette.dim, ": ").push_whole(palette.trigger, &words(statement.act.as_str()));
    if !statement.audience.is_empty() {
        flow.push(palette.dim, " to ").append(&entity::list(&statement.audience, palette.recipient, page));
    }
    // Where texts are not kept there are no words.
    if !statement.proposition.is_empty() {
        flow.push(PLAIN, " ").push(PLAIN, &quoted(&statement.proposition, statement.quotation));
    }
    flow
}

/// Where a statement stands: `against ceasefire`.
pub(super) fn position(statement: &Statement) -> Option<String> {
    let issues: Vec<String> = statement.issue.iter().map(|issue| words(issue.as_str())).collect();
    match (statement.stance, issues.is_empty()) {
        (Stance::Neutral, true) => None,
        (Stance::Neutral, false) => Some(format!("on {}", issues.join(", "))),
        (Stance::For, true) => Some("in favour".to_owned()),
        (stance, true) => Some(stance.to_string()),
        (stance, false) => Some(format!("{stance} {}", issues.join(", "))),
    }
}

/// What is undertaken in which conflict, and how far it has come.
pub(super) fn undertaking(initiative: &Initiative, page: Page) -> Flow {
    let palette = page.palette;
    let mut flow = Flow::default();
    flow.push(palette.trigger, &words(initiative.kind.as_str()));
    if let Some(conflict) = &initiative.conflict {
        let codes: Vec<&str> = conflict.code.iter().map(demarche::record::Code::as_str).collect();
        flow.push(PLAIN, &format!(": {} ", conflict.name));
        if !codes.is_empty() {
            flow.push_whole(palette.dim, &format!("[{}]", codes.join(", ")));
        }
    }
    flow.push(palette.dim, " → ").push(palette.trigger, &words(initiative.stage.as_str()));
    flow
}

/// How real it is.
pub(super) fn standing(status: Status, page: Page) -> Flow {
    let style = if status == Status::Happened { PLAIN } else { PLAIN.bold() };
    fact(if page.colour { style } else { PLAIN }, status.to_string())
}

/// How sure it is.
pub(super) fn sure(confidence: f64, page: Page) -> Flow {
    fact(page.palette.dim, format!("confidence {confidence:.2}"))
}

/// Facts with dots between them.
pub(super) fn dotted(facts: &[Flow], page: Page) -> Flow {
    let mut flow = Flow::default();
    for fact in facts.iter().filter(|fact| !fact.is_empty()) {
        if !flow.is_empty() {
            flow.push_whole(page.palette.dim, " ·").push(PLAIN, " ");
        }
        flow.append(fact);
    }
    flow
}

/// A fact of a few words stays on one line.
pub(super) fn fact(style: Style, text: impl Into<Option<String>>) -> Flow {
    let text = text.into().unwrap_or_default();
    let mut flow = Flow::default();
    if flow::width(&text) <= SHORT {
        flow.push_whole(style, &text)
    } else {
        flow.push(style, &text)
    };
    flow
}

/// `CONSULT third-party`.
pub(super) fn coded<E: std::fmt::Display, M: std::fmt::Display>(events: &[E], modes: &[M]) -> String {
    let mut parts: Vec<String> = events.iter().map(ToString::to_string).collect();
    parts.extend(modes.iter().map(ToString::to_string));
    parts.join(" ")
}

/// A code as words: `call_for` is `call for`.
pub(super) fn words(code: &str) -> String {
    code.replace('_', " ")
}

/// How the words are reported.
const fn reported(quotation: Quotation) -> &'static str {
    match quotation {
        Quotation::Direct => "direct speech",
        Quotation::Indirect => "indirect speech",
        Quotation::Mixed => "partly direct speech",
        Quotation::Narrated => "narrated",
    }
}

/// Quote marks stand around the words as written; direct speech has its own.
pub(super) fn quoted(proposition: &str, quotation: Quotation) -> String {
    let own = proposition.starts_with(['"', '\u{201c}', '\'', '\u{2018}']);
    if own && quotation == Quotation::Direct {
        proposition.to_owned()
    } else {
        format!("\u{201c}{proposition}\u{201d}")
    }
}

/// `2023-11-12`, `week of 2023-11-06`, `November 2023` as `2023-11`, `2023`.
pub(super) fn when(date: Option<Day>, enddate: Option<Day>, precision: Option<DatePrecision>) -> Option<String> {
    let date = date?.0;
    let end = enddate.map(|end| end.0).filter(|&end| end != date);
    Some(match (precision, end) {
        (Some(DatePrecision::Year), _) => date.strftime("%Y").to_string(),
        (Some(DatePrecision::Month), _) => date.strftime("%Y-%m").to_string(),
        (Some(DatePrecision::Week), _) => format!("week of {date}"),
        (_, Some(end)) => format!("{date} to {end}"),
        (_, None) => date.to_string(),
    })
}

/// `6 dead, 12 to 15 injured`.
pub(crate) fn figures(counts: &[Count]) -> Option<String> {
    let told: Vec<String> = counts
        .iter()
        .map(|count| match count.high {
            Some(high) if high == count.low => format!("{high} {}", counted(count.kind)),
            Some(high) => format!("{} to {high} {}", count.low, counted(count.kind)),
            None => format!("at least {} {}", count.low, counted(count.kind)),
        })
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

const fn counted(kind: CountKind) -> &'static str {
    match kind {
        CountKind::Size => "strong",
        other => other.as_str(),
    }
}
