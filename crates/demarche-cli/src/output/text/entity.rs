//! Participants and places as people read them.

use anstyle::Style;
use demarche::record::{Code, Entity, Place, Sector};

use super::flow::Flow;
use crate::output::Page;

/// Longest name shown, in characters: a description may be a whole clause.
const LONGEST: usize = 64;

/// `their foreign minister (Wang Yi) [CHN GOV], Norway [NOR]`.
pub(super) fn list(entities: &[Entity], style: Style, page: Page) -> Flow {
    let mut flow = Flow::default();
    for (at, entity) in entities.iter().enumerate() {
        if at > 0 {
            flow.push(Style::new(), ", ");
        }
        flow.push(style, &shortened(&entity.entity_text));
        let aside = aside(entity);
        if !aside.is_empty() {
            flow.push(style, &format!(" ({aside})"));
        }
        flow.push(Style::new(), " ").push_whole(page.palette.dim, &format!("[{}]", codes(entity.code, &entity.sector)));
    }
    flow
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
