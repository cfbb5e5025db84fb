//! Names that a filter may use where users can add their own.

use std::collections::BTreeSet;

use demarche_record::EventType;

/// The open names that are known: those of the data files, and those that a dossier holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Event types.
    pub event_types: BTreeSet<String>,
    /// Modes. An empty set, here and below, lets any name pass.
    pub modes: BTreeSet<String>,
    /// Contexts.
    pub contexts: BTreeSet<String>,
    /// Issues.
    pub issues: BTreeSet<String>,
}

impl Default for Vocabulary {
    /// PLOVER's event types, and any mode, context and issue.
    fn default() -> Self {
        Self {
            event_types: EventType::PLOVER.iter().map(|event| event.as_str().to_owned()).collect(),
            modes: BTreeSet::new(),
            contexts: BTreeSet::new(),
            issues: BTreeSet::new(),
        }
    }
}

impl Vocabulary {
    /// Adds the names of another.
    pub fn extend(&mut self, other: Self) {
        self.event_types.extend(other.event_types);
        self.modes.extend(other.modes);
        self.contexts.extend(other.contexts);
        self.issues.extend(other.issues);
    }
}
