//! Comparing two sources: how often each tells of a country or a pair of countries in a month. What is counted, and what
//! agreement means, is defined in `docs/compare.md`.

mod cells;
mod measures;
mod stored;

pub use cells::{Cells, Class, Of};
pub use measures::{Agreement, Comparison, Disjoint, Unlike};
pub use stored::Reported;
