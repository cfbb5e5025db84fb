//! Acts of documents whose genre is not of politics: the fights of a cup tie, the wars of a novel.

use demarche_document::Codes;

use super::Desk;
use crate::acts::{Act, Participant};

/// Cues of the genre that the reason names.
const CUES: usize = 3;

impl Desk<'_> {
    /// Why the act gives no event in a document of this genre, if it gives none: nobody political is party to it.
    pub(super) fn harmless(&self, act: &Act<'_>) -> Option<String> {
        let finding = &self.genre;
        let codes = finding.genre.codes;
        let political = |p: &Participant<'_>| self.coding.genres.is_political(codes, p.actor.code, &p.actor.sectors);
        if codes == Codes::All || act.actors.iter().chain(&act.recipients).any(political) {
            return None;
        }
        let (name, cues) = (&finding.genre.name, finding.told(CUES));
        Some(match codes {
            Codes::Nothing => format!("the document is {name} ({cues}): what it tells did not happen"),
            _ => format!("the document is {name} ({cues}), and no state, force or armed group is party"),
        })
    }
}
