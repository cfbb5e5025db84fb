//! PETRARCH, PETRARCH-2 and `UniversalPetrarch`: tab-separated, without names of columns; the texts at the end may be missing.

use super::super::columns::{Column, Kind, column, needed};
use super::super::fault::FaultKind;
use super::super::row::{Party, Row};
use super::super::sheet::Sheet;

pub(in super::super) static COLUMNS: [Column; 10] = [
    needed("date", Kind::Date),
    needed("source", Kind::Word),
    needed("target", Kind::Word),
    needed("cameo", Kind::Cameo),
    column("issues", Kind::Text),
    column("sentence_id", Kind::Text),
    column("story_source", Kind::Text),
    column("source_text", Kind::Text),
    column("target_text", Kind::Text),
    column("matched_text", Kind::Text),
];

/// Cells that every row has: up to the code.
pub(in super::super) const LEAST: usize = 4;

pub(in super::super) fn read(sheet: &mut Sheet<'_>) -> Result<Row, FaultKind> {
    let date = sheet.day("date")?;
    let act = sheet.codes.events.of_cameo(sheet.value("cameo"), None)?;
    let source = party(sheet, "source", "source_text");
    let target = party(sheet, "target", "target_text");
    let mut row = sheet.row(act, date, "date", "cameo");
    row.source = source.into_iter().collect();
    row.target = target.into_iter().collect();
    row.particulars = sheet.particulars(&["issues", "sentence_id", "story_source", "matched_text"]);
    Ok(row)
}

fn party(sheet: &mut Sheet<'_>, code: &'static str, words: &'static str) -> Option<Party> {
    let (written, text) = (sheet.value(code).to_owned(), sheet.value(words).to_owned());
    if written.is_empty() {
        // `---` is nobody that the coder knows; it may have words all the same.
        return (!text.is_empty()).then(|| sheet.party(Sheet::entity(&text), words));
    }
    let entity = sheet.codes.actor(&written, &text, &mut sheet.notes);
    Some(sheet.party(entity, code))
}
