//! `demarche actors lookup`: what names stand for.

use std::fmt::Write;
use std::io::{self, BufRead, IsTerminal};

use demarche::record::{Code, Sector};
use demarche::world::Resolution;
use jiff::civil::Date;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::args::Lookup;
use crate::console::Console;
use crate::failure::{Failure, Verdict, words};
use crate::output::{Destination, Page, jsonl, plain};

/// One answer, as a line of JSON.
#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    on: Option<String>,
    code: Option<Code>,
    sector: &'a [Sector],
    identifier_id: Option<&'a str>,
    identifier_text: Option<&'a str>,
    office: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    path: &'a str,
    confidence: f64,
}

/// Width of the column of names.
const NAME: usize = 28;

/// Path of a name that nothing is known of.
const UNKNOWN: &str = "unknown name";

impl<'a> Answer<'a> {
    fn new(query: &'a str, on: Option<Date>, found: Option<&'a Resolution>) -> Self {
        Self {
            query,
            on: on.map(|on| on.to_string()),
            code: found.and_then(|found| found.code),
            sector: found.map_or(&[], |found| &found.sectors),
            identifier_id: found.and_then(|found| found.id.as_deref()),
            identifier_text: found.and_then(|found| found.canonical.as_deref()),
            office: found.and_then(|found| found.office.as_deref()),
            from: found.and_then(|found| found.from.as_deref()),
            to: found.and_then(|found| found.to.as_deref()),
            path: found.map_or(UNKNOWN, |found| found.path),
            // Two decimals: what a confidence can claim.
            confidence: found.map_or(0.0, |found| (f64::from(found.confidence) * 100.0).round() / 100.0),
        }
    }
}

pub(crate) fn run(args: &Lookup, quiet: bool) -> Result<Verdict, Failure> {
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let world = demarche::actor_files::world(&args.actors.read(&Console::new(quiet, false))?)?;
    let page = destination.is_terminal().then(|| Page::of(&destination));
    let mut answer = |name: &str| {
        let found = world.lookup(name, args.on);
        let shown = if args.all { &found[..] } else { &found[..found.len().min(1)] };
        let mut answers: Vec<Answer<'_>> = shown.iter().map(|found| Answer::new(name, args.on, Some(found))).collect();
        if answers.is_empty() {
            answers.push(Answer::new(name, args.on, None));
        }
        destination.write(&page.map_or_else(|| jsonl::lines(&answers), |page| table(&answers, page).into_bytes()))
    };
    if args.names.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Failure::NoNames);
        }
        for line in io::stdin().lock().lines() {
            let line = line.map_err(|cause| Failure::Unreadable { path: "stdin".to_owned(), cause: words(&cause) })?;
            if !line.trim().is_empty() {
                answer(line.trim())?;
            }
        }
    }
    args.names.iter().try_for_each(|name| answer(name.trim()))?;
    destination.finish(true)?;
    Ok(Verdict::Fine)
}

/// Two lines a name: who it is, and how that is known.
fn table(answers: &[Answer<'_>], page: Page) -> String {
    let (who, dim) = (page.palette.actor, page.palette.dim);
    let mut out = String::new();
    for answer in answers {
        let code = answer.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
        let sectors = answer.sector.iter().fold(String::new(), |out, sector| out + " " + sector.as_str());
        let name = answer.identifier_text.unwrap_or_default();
        let id = answer.identifier_id.unwrap_or_default();
        let office = answer.office.map_or_else(String::new, |office| format!(", {office}"));
        let term = match (answer.from, answer.to) {
            (None, None) => String::new(),
            (from, to) => format!(", {} to {}", from.unwrap_or("?"), to.unwrap_or("today")),
        };
        let query = plain(answer.query);
        // A name too long for its column has a line of its own.
        let column = match query.width() {
            width if width > NAME => format!("{query}\n{:NAME$}", ""),
            width => format!("{query}{:fill$}", "", fill = NAME - width),
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{column} {who}{code}{sectors}{who:#}  {}{}{}  {dim}{id}{dim:#}\n{:<NAME$} {dim}{}; confidence {:.2}{dim:#}",
            plain(name),
            plain(&office),
            term,
            "",
            answer.path,
            answer.confidence
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_whatever_the_name() {
        let names = ["Mali", "The Permanent Mission of Nowhere to the United Nations", "\u{6771}\u{4eac}"];
        let answers: Vec<Answer<'_>> = names.iter().map(|name| Answer::new(name, None, None)).collect();
        let page = Page::new(100, false);
        let table = table(&answers, page);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 7, "{table}");
        let before = |line: &str| line.find('?').map(|at| line[..at].width());
        assert_eq!([lines[0], lines[3], lines[5]].map(before), [Some(29); 3], "{table}");
        assert_eq!(lines[2], names[1]);
    }
}
