//! Where the output goes, and in which forms.

pub(crate) mod analysis;
pub(crate) mod chart;
pub(crate) mod csv;
mod destination;
mod form;
pub(crate) mod geojson;
pub(crate) mod jsonl;
mod palette;
pub(crate) mod parquet;
pub(crate) mod part;
pub(crate) mod places;
pub(crate) mod sparkline;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod withheld;

pub(crate) use destination::{Destination, INTERRUPTED};
pub(crate) use form::Form;
pub(crate) use palette::Page;

/// Text from outside without control characters, so that it cannot steer a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() && !is_override(c)).collect()
}

/// Characters that turn the reading direction of what follows them.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
