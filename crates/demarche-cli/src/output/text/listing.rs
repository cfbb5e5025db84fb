//! Records of many documents for people, two lines each: what it is, then in whose words; of a process, its history.

use std::fmt::Write as _;

use anstyle::Style;
use demarche::record::{CiteInfo, Event, Statement, Status};
use demarche_dossier::Process;

use super::entity;
pub(crate) use super::entity::short;
use super::flow::{Flow, width};
pub(crate) use super::records::figures;
use super::records::{deed, dotted, fact, position, speech, standing, when, words};
use crate::output::{Page, plain};
use crate::summary::count;

/// Columns of the date.
const DATE: usize = 12;

/// An event.
pub(crate) fn event(event: &Event, page: Page) -> String {
    let mut facts = vec![deed(event, page)];
    facts.push(fact(page.palette.setting, event.event_loc.as_ref().map(entity::place)));
    facts.push(fact(Style::new(), figures(&event.counts)));
    facts.extend(tail(Some(event.status), event.confidence, &event.id, page));
    let date = when(event.date, event.enddate, event.date_precision);
    entry(date.as_deref(), &facts, &event.text, &event.cite_info, page)
}

/// A statement: its own words stand in its first line, so that the second tells where it stands.
pub(crate) fn statement(statement: &Statement, page: Page) -> String {
    let mut facts = vec![speech(statement, page), fact(page.palette.trigger, position(statement))];
    facts.push(fact(page.palette.dim, statement.cite_info.publication.as_deref().map(plain)));
    facts.extend(tail(Some(statement.status), statement.confidence, &statement.id, page));
    let date = when(statement.date, None, statement.date_precision);
    let mut out = String::new();
    dated(&mut out, date.as_deref(), &facts, page);
    out
}

/// A process: an initiative as all reports tell it, with its history below.
pub(crate) fn process(process: &Process, page: Page) -> String {
    let palette = page.palette;
    let mut facts = vec![course(process, page)];
    for (label, entities, style) in [
        ("by ", &process.mediators, palette.actor),
        ("between ", &process.parties, palette.recipient),
        ("host ", &process.hosts, palette.source),
    ] {
        if !entities.is_empty() {
            let mut flow = Flow::default();
            flow.push_whole(palette.dim, label).append(&entity::list(entities, style, page));
            facts.push(flow);
        }
    }
    if process.initiatives.len() > 1 {
        facts.push(fact(palette.dim, told_by(process)));
    }
    facts.extend(process.initiatives.first().map(|first| fact(palette.id, plain(&first.id))));
    let indent = " ".repeat(DATE);
    let mut out = String::new();
    let first = process.first.map(|day| day.0.to_string());
    dated(&mut out, first.as_deref(), &facts, page);
    let mut turns = Flow::default();
    for (at, turn) in process.history.iter().enumerate() {
        if at > 0 {
            turns.push(palette.dim, "; ");
        }
        turns.push(Style::new(), &words(turn.stage.as_str()));
        if let Some(day) = turn.date {
            turns.push_whole(palette.setting, &format!(" {}", day.0));
        }
        if !turn.by.is_empty() {
            let by: Vec<String> = turn.by.iter().map(short).collect();
            turns.push(palette.dim, " by ").push(Style::new(), &by.join(", "));
        }
    }
    turns.write(&mut out, page, &indent, &indent);
    out
}

/// What is undertaken in which conflict, and how far it has come.
fn course(process: &Process, page: Page) -> Flow {
    let palette = page.palette;
    let kinds: Vec<String> = process.kinds.iter().map(|kind| words(kind.as_str())).collect();
    let mut flow = Flow::default();
    flow.push(palette.trigger, &kinds.join(", "));
    let conflict = process.initiatives.iter().find_map(|initiative| initiative.conflict.as_ref());
    if let Some(conflict) = conflict {
        flow.push(Style::new(), &format!(": {}", conflict.name));
    }
    flow.push(palette.dim, " → ").push(palette.trigger, &words(process.stage.as_str()));
    flow
}

/// `3 reports by 2 publishers in 2 stories`.
pub(crate) fn told_by(process: &Process) -> String {
    format!(
        "{} by {} in {}",
        count(process.initiatives.len() as u64, "report"),
        count(process.publishers.len() as u64, "publisher"),
        if process.stories == 1 { "1 story".to_owned() } else { format!("{} stories", process.stories) },
    )
}

/// What every record ends with: its standing where that is not the usual one, how sure it is, its id.
fn tail(status: Option<Status>, confidence: f64, id: &str, page: Page) -> Vec<Flow> {
    let mut facts = Vec::new();
    facts.extend(status.filter(|status| *status != Status::Happened).map(|status| standing(status, page)));
    facts.push(fact(page.palette.dim, format!("{confidence:.2}")));
    facts.push(fact(page.palette.id, plain(id)));
    facts
}

/// The date beside the facts, and below them one line of the text, and who published it.
fn entry(date: Option<&str>, facts: &[Flow], told: &str, cite: &CiteInfo, page: Page) -> String {
    let indent = " ".repeat(DATE);
    let mut out = String::new();
    dated(&mut out, date, facts, page);
    let publisher = cite.publication.as_deref().map(plain).unwrap_or_default();
    let room = page.width.saturating_sub(DATE + 4 + width(&publisher));
    let mut below = String::new();
    if !told.is_empty() {
        below = format!("\u{201c}{}\u{201d}", cut(&plain(&told.replace(['\n', '\t'], " ")), room.max(20)));
    }
    if !publisher.is_empty() {
        below.push_str(if below.is_empty() { "" } else { "  " });
        below.push_str(&publisher);
    }
    if !below.is_empty() {
        let dim = page.palette.dim;
        let _ = writeln!(out, "{indent}{dim}{below}{dim:#}");
    }
    out
}

/// The date and beside it the facts.
fn dated(out: &mut String, date: Option<&str>, facts: &[Flow], page: Page) {
    let date = date.unwrap_or("no date");
    let fill = DATE.saturating_sub(width(date)).max(2);
    let setting = page.palette.setting;
    let mut lines = String::new();
    dotted(facts, page).write(&mut lines, page, &" ".repeat(width(date) + fill), &" ".repeat(DATE));
    let _ = write!(out, "{setting}{date}{setting:#}{}", " ".repeat(fill));
    // The date takes the place of the blanks that the first line was measured with.
    out.push_str(lines.get(width(date) + fill..).unwrap_or_default());
}

/// The beginning of a text, in at most `room` columns.
pub(crate) fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut taken = 1;
    for c in text.chars() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > room {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_by_its_columns() {
        assert_eq!(cut("Oslo talks", 10), "Oslo talks");
        assert_eq!(cut("Oslo talks", 6), "Oslo…");
        assert_eq!(cut("\u{6771}\u{4eac}\u{6771}", 5), "\u{6771}\u{4eac}…");
    }
}
