//! CoNLL-U (<https://universaldependencies.org/format.html>): written from an analysis, and read for its words alone.

mod entities;
pub(crate) mod pretokenized;
pub(crate) mod write;
