//! Who says what in a document, each speaker with whom it stands for.

use demarche_document::Document;
use demarche_language::Attribution;
use demarche_record::Field;
use demarche_world::Actor;

use crate::coder::{Analysis, Coder};

/// Something said in a document, and by whom.
#[derive(Clone, Debug)]
pub struct Attributed {
    /// Title or text.
    pub field: Field,
    /// Cue, content and speaker as written, in the decoded text of the part.
    pub attribution: Attribution,
    /// Who the speaker stands for; several for "both ministers", none where no one is known.
    pub who: Vec<Actor>,
}

impl Coder {
    /// What a document reports as said, in the order of its contents; a separate title first.
    pub fn attributions(&self, document: &Document, analysis: &Analysis) -> Vec<Attributed> {
        self.with_cast(document, analysis, |parts| {
            let mut out = Vec::new();
            for part in parts {
                for attribution in self.coding().attributions.find(part.text.as_str(), part.sentences) {
                    let who = attribution
                        .speaker
                        .map(|mention| part.cast.actors(mention.sentence, mention.head).to_vec())
                        .unwrap_or_default();
                    out.push(Attributed { field: part.field, attribution, who });
                }
            }
            out
        })
    }
}
