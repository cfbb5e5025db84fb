//! Participants and places as people read them.

use anstyle::Style;
use demarche::record::{Code, Entity, Place, Sector};

use super::flow::Flow;
use crate::output::Page;

/// Longest name shown, in characters: a description may be a whole clause.
const LONGEST: usize = 64;

/// `their foreign minister (Wang Yi) [CHN GOV], both nations (Chad, Mali) [TCD, MLI]`: members of a group stand together.
pub(super) fn list(entities: &[Entity], style: Style, page: Page) -> Flow {
    let mut flow = Flow::default();
    for group in entities.chunk_by(|a, b| a.entity_text == b.entity_text) {
        if !flow.is_empty() {
            flow.push(Style::new(), ", ");
        }
        flow.push(style, &shortened(&group[0].entity_text));
        let asides: Vec<String> = group.iter().map(aside).filter(|aside| !aside.is_empty()).collect();
        if !asides.is_empty() {
            flow.push(style, &format!(" ({})", asides.join("; ")));
        }
        let codes: Vec<String> = group.iter().map(|entity| codes(entity.code, &entity.sector)).collect();
        flow.push_whole(page.palette.dim, &format!(" [{}]", codes.join(", ")));
    }
    flow
}

/// `CHN GOV`, or the words of the text where there is no code.
pub(crate) fn short(entity: &Entity) -> String {
    if entity.code.is_none() { shortened(&entity.entity_text) } else { codes(entity.code, &entity.sector) }
}

/// What the text does not say of who it is.
fn aside(entity: &Entity) -> String {
    let written = entity.entity_text.to_lowercase();
    let told = [entity.identifier_text.as_deref(), entity.office.as_deref()]
        .into_iter()
        .flatten()
        .filter(|part| !written.contains(&part.to_lowercase()))
        .collect::<Vec<_>>();
    told.join(", ")
}

fn codes(code: Option<Code>, sectors: &[Sector]) -> String {
    let mut out = code.map_or_else(|| "?".to_owned(), |code| code.to_string());
    for sector in sectors {
        out.push(' ');
        out.push_str(sector.as_str());
    }
    out
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// `Doha, Qatar`; the country once where it is the place itself.
pub(super) fn place(place: &Place) -> String {
    let own = place.resolved_place.as_deref().unwrap_or(&place.extracted_place);
    match place.country.as_deref() {
        Some(country) if country != own => format!("{own}, {country}"),
        _ => own.to_owned(),
    }
}
