//! `demarche search`: sentences by their words.

use std::ops::ControlFlow;

use demarche_dossier::Hit;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Source, flow, within};
use crate::args::{Search, TableTo};
use crate::failure::Failure;
use crate::output::table::{Type, columns};
use crate::output::text::Flow;
use crate::output::{Destination, Page};

pub(super) fn run(args: &Search, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let words = args.words.join(" ");
    if args.to != TableTo::Text {
        let columns = columns([
            ("document", Type::Text),
            ("date", Type::Date),
            ("publisher", Type::Text),
            ("sequence", Type::Integer),
            ("field", Type::Text),
            ("start", Type::Integer),
            ("end", Type::Integer),
            ("text", Type::Text),
        ]);
        return source.tabulated(args.to, &args.writing, columns, |dossier, rows| {
            let mut given = 0;
            dossier.search(&words, |hit| {
                given += 1;
                rows.row(vec![
                    hit.document.into(),
                    hit.date.into(),
                    hit.publisher.into(),
                    (hit.sequence as u64).into(),
                    hit.field.as_str().into(),
                    (hit.span.start as u64).into(),
                    (hit.span.end as u64).into(),
                    hit.text.into(),
                ])?;
                within(args.limit, given)
            })
        });
    }
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let page = Page::of(&destination);
    let sought = sought(&words);
    let (mut given, mut failed) = (0, None);
    let visit = |hit: Hit| -> ControlFlow<()> {
        given += 1;
        flow(destination.write(found(&hit, &sought, page).as_bytes()), &mut failed)?;
        within(args.limit, given)
    };
    source.dossier.search(&words, visit).map_err(|cause| source.failed(cause))?;
    failed.map_or(Ok(()), Err)?;
    source.told(given);
    destination.finish(true)
}

/// A word that is sought, without accents and case, and whether it is only the beginning of one.
type Sought = (String, bool);

fn sought(words: &str) -> Vec<Sought> {
    words
        .split(|c: char| c.is_whitespace() || c == '"')
        .map(|word| match word.strip_suffix('*') {
            Some(beginning) => (folded(beginning), true),
            None => (folded(word), false),
        })
        .filter(|(word, _)| !word.is_empty())
        .collect()
}

/// As the index has it.
fn folded(word: &str) -> String {
    word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
}

/// Where a sentence stands, and its words, those that were sought in the style of a trigger.
fn found(hit: &Hit, sought: &[Sought], page: Page) -> String {
    let palette = page.palette;
    let plain = anstyle::Style::new();
    let mut out = String::new();
    let mut told: Vec<String> = Vec::new();
    told.extend(hit.date.map(|day| day.0.to_string()));
    told.extend(hit.publisher.clone());
    told.push(hit.document.clone());
    told.push(if hit.sequence == 0 { "title".to_owned() } else { format!("sentence {}", hit.sequence) });
    let mut head = Flow::default();
    head.push(palette.dim, &told.join(" · "));
    head.write(&mut out, page, "", "  ");
    let mut flow = Flow::default();
    let Some(text) = &hit.text else {
        flow.push(palette.dim, &format!("bytes {}-{}; its words are not kept", hit.span.start, hit.span.end));
        flow.write(&mut out, page, "  ", "  ");
        return out;
    };
    let text = text.replace(['\n', '\t'], " ");
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let of_word = first.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != of_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let word = if of_word { folded(piece) } else { String::new() };
        let hit = of_word
            && sought.iter().any(
                |(sought, beginning)| {
                    if *beginning { word.starts_with(sought.as_str()) } else { word == *sought }
                },
            );
        match (hit, page.colour) {
            (true, true) => flow.push(palette.trigger, piece),
            (true, false) => flow.push(plain, &format!("*{piece}*")),
            (false, _) => flow.push(plain, piece),
        };
        rest = after;
    }
    flow.write(&mut out, page, "  ", "  ");
    out
}
