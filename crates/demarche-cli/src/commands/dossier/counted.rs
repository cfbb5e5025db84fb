//! The columns of counted events, which timelines, panels and pairs share.

use demarche_dossier::Counts;

use crate::output::table::{Column, Type, Value, columns};

/// Columns of [`cells`].
pub(super) fn counted() -> Vec<Column> {
    columns([
        ("events", Type::Integer),
        ("incidents", Type::Integer),
        ("verbal_cooperation", Type::Integer),
        ("material_cooperation", Type::Integer),
        ("verbal_conflict", Type::Integer),
        ("material_conflict", Type::Integer),
        ("mean_score", Type::Real),
    ])
}

/// What was counted.
pub(super) fn cells(counts: &Counts) -> impl Iterator<Item = Value> {
    let quads = counts.quads.map(Value::from);
    let all = [counts.events, counts.incidents].map(Value::from);
    all.into_iter().chain(quads).chain([counts.mean_score.into()])
}
