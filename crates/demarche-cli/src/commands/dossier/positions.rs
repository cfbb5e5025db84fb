//! `demarche positions`: who stands where on an issue, since when, in whose words.

use std::ops::ControlFlow;

use demarche::record::Stance;
use demarche_dossier::{Party, Position};

use super::{Source, flow};
use crate::args::{Positions, TableTo};
use crate::failure::Failure;
use crate::output::table::{Type, Value, columns};
use crate::output::text::Flow;
use crate::output::{Destination, Page};

pub(super) fn run(args: &Positions, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let filter = source.filter(&args.conditions)?;
    let shown = |position: &Position| !args.moves || position.moved_from.is_some();
    if args.to != TableTo::Text {
        let columns = columns([
            ("issue", Type::Text),
            ("code", Type::Text),
            ("sector", Type::Text),
            ("name", Type::Text),
            ("date", Type::Date),
            ("stance", Type::Text),
            ("moved", Type::Boolean),
            ("moved_from", Type::Text),
            ("act", Type::Text),
            ("speaker", Type::Text),
            ("proposition", Type::Text),
            ("statement", Type::Text),
        ]);
        return source.tabulated(args.to, &args.writing, columns, |dossier, rows| {
            dossier.positions(&filter, |position| {
                if shown(&position) { rows.row(cells(position)) } else { ControlFlow::Continue(()) }
            })
        });
    }
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let mut page = Positioned { page: Page::of(&destination), of: None };
    let (mut given, mut failed) = (0, None);
    let visit = |position: Position| {
        if !shown(&position) {
            return ControlFlow::Continue(());
        }
        given += 1;
        flow(destination.write(page.render(&position).as_bytes()), &mut failed)
    };
    source.dossier.positions(&filter, visit).map_err(|cause| source.failed(cause))?;
    failed.map_or(Ok(()), Err)?;
    source.told(given);
    destination.finish(true)
}

fn cells(position: Position) -> Vec<Value> {
    let sectors: Vec<&str> = position.party.sector.iter().map(|sector| sector.as_str()).collect();
    vec![
        position.issue.as_str().into(),
        position.party.code.into(),
        Some(sectors.join(" ")).filter(|sectors| !sectors.is_empty()).into(),
        position.party.name.into(),
        position.date.into(),
        position.stance.as_str().into(),
        position.moved_from.is_some().into(),
        position.moved_from.map(Stance::as_str).into(),
        position.act.as_str().into(),
        position.speaker.into(),
        Some(position.proposition).filter(|words| !words.is_empty()).into(),
        position.statement.into(),
    ]
}

/// Columns before a statement's lines, and before the lines below its first.
const MARGIN: &str = "    ";
const INDENT: &str = "                          ";

/// Positions under the headings of their issue and party.
struct Positioned {
    page: Page,
    /// The heading that stands last.
    of: Option<(demarche::record::Issue, Party)>,
}

impl Positioned {
    fn render(&mut self, position: &Position) -> String {
        let (page, palette) = (self.page, self.page.palette);
        let plain = anstyle::Style::new();
        let mut out = String::new();
        let before = self.of.take();
        let same_issue = before.as_ref().is_some_and(|(issue, _)| *issue == position.issue);
        if !same_issue {
            if before.is_some() {
                out.push('\n');
            }
            let mut heading = Flow::default();
            heading.push(palette.heading, &position.issue.as_str().replace('_', " "));
            heading.write(&mut out, page, "", "");
        }
        if !same_issue || before.is_none_or(|(_, party)| party != position.party) {
            let mut heading = Flow::default();
            heading.push(palette.actor, &party(&position.party));
            heading.write(&mut out, page, "  ", "    ");
        }
        self.of = Some((position.issue, position.party.clone()));
        let mut line = Flow::default();
        let date = position.date.map_or_else(|| "no date".to_owned(), |day| day.0.to_string());
        let stance = position.stance.as_str();
        line.push_whole(palette.setting, &format!("{date:<12}"));
        line.push_whole(if position.moved_from.is_some() { palette.trigger } else { plain }, &format!("{stance:<10}"));
        if let Some(from) = position.moved_from {
            line.push_whole(palette.trigger, &format!("moved from {from}:")).push(plain, " ");
        }
        if position.proposition.is_empty() {
            line.push(palette.dim, position.act.as_str());
        } else {
            line.push(plain, &format!("\u{201c}{}\u{201d}", position.proposition.replace(['\n', '\t'], " ")));
        }
        line.push_whole(palette.dim, " ·").push(plain, " ").push(palette.dim, &position.speaker);
        line.push_whole(palette.dim, " ·").push(plain, " ").push_whole(palette.id, &position.statement);
        line.write(&mut out, page, MARGIN, INDENT);
        out
    }
}

/// `RUS GOV`, or the name of whoever has no code.
fn party(party: &Party) -> String {
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(party.code.as_ref().map(demarche::record::Code::as_str));
    parts.extend(party.name.as_deref());
    parts.extend(party.sector.iter().map(|sector| sector.as_str()));
    parts.join(" ")
}
