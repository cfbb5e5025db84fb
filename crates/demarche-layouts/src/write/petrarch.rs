//! PETRARCH-2: date, two actors in CAMEO's alphabet, code, and where it stands.

use demarche_record::{Entity, Event};

use super::cells::{compact_date, known, sentence_id, trigger};
use super::facts::Facts;
use super::sides::Sides;

#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 10] = [
    "date", "source", "target", "cameo", "issues", "sentence_id", "story_source", "source_text", "target_text",
    "matched_text",
];

/// What PETRARCH writes for an actor that it does not know.
const UNKNOWN: &str = "---";

pub(super) fn cells(event: &Event, cameo: &str, facts: &Facts) -> Vec<String> {
    let sides = Sides::of(event);
    let code = |entity: Option<&Entity>| {
        let code = entity.map(|entity| facts.actors.cameo(entity).full()).unwrap_or_default();
        if code.is_empty() { UNKNOWN.to_owned() } else { code }
    };
    let text = |entity: Option<&Entity>| known(entity.map(|entity| &entity.entity_text));
    vec![
        compact_date(event.date),
        code(sides.source),
        code(sides.target),
        cameo.to_owned(),
        issues(event),
        sentence_id(event),
        known(event.cite_info.publication.as_ref()),
        text(sides.source),
        text(sides.target),
        trigger(event).to_owned(),
    ]
}

/// `ISSUE,count` joined by `;`: our contexts, each counted once.
pub(super) fn issues(event: &Event) -> String {
    let issues: Vec<String> =
        event.context.iter().map(|context| format!("{},1", context.as_str().to_uppercase())).collect();
    issues.join(";")
}
