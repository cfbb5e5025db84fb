//! What is known of a document besides the sentences of one of its parts.

use demarche_record::TextRange;
use jiff::civil::Date;

/// What is known of a document besides its sentences: what stands above, below and around the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Background<'d> {
    /// Its day: offices and groups are read as of it.
    pub on: Option<Date>,
    /// Who published it, by name.
    pub publisher: Option<&'d str>,
    /// Its address.
    pub url: Option<&'d str>,
    /// The place of its dateline: as written, and where in the decoded text.
    pub dateline: Option<(&'d str, TextRange)>,
    /// A headline given apart from the text, as written.
    pub title: Option<&'d str>,
}

impl Background<'_> {
    /// Of a document of which only its day is known.
    pub fn new(on: Option<Date>) -> Self {
        Self { on, ..Self::default() }
    }
}
