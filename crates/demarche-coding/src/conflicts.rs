//! Where a user's data say something else than the data below them, and which of the two counts.

use std::fmt;

use demarche_record::{EventType, Issue, Mode};

use crate::files::Position;

/// A place where a layer of a user's says something else than a layer below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where the user's file says it.
    pub position: Position,
    /// What is overridden.
    pub overridden: Overridden,
}

/// What is overridden.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overridden {
    /// A row of events.tsv.
    EventRow {
        /// The event.
        event: EventType,
        /// The mode, if the row is of one.
        mode: Option<Mode>,
    },
    /// A whole frame of the same id.
    Frame {
        /// The id.
        id: String,
        /// Where the frame below stands.
        below: Position,
    },
    /// A trigger that frames below have too.
    Trigger {
        /// The user's frame.
        frame: String,
        /// The trigger, as frames write it.
        trigger: String,
        /// The frames below that have it.
        others: Vec<String>,
    },
    /// A whole issue of the same name.
    Issue {
        /// The issue.
        issue: Issue,
        /// Where the issue below stands.
        below: Position,
    },
    /// A whole entry of the words of initiatives.
    Initiative {
        /// The id.
        id: String,
        /// Where the entry below stands.
        below: Position,
    },
    /// A word that an issue below has too.
    Word {
        /// The word.
        word: String,
        /// The user's issue.
        issue: Issue,
        /// The issue that loses it.
        other: Issue,
    },
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.position)?;
        match &self.overridden {
            Overridden::EventRow { event, mode } => {
                let mode = mode.map_or_else(String::new, |mode| format!(" {mode}"));
                write!(f, "the row of {event}{mode} says something else below; this one counts")
            }
            Overridden::Frame { id, below } => write!(f, "frame `{id}` takes the place of the one at {below}"),
            Overridden::Trigger { frame, trigger, others } => write!(
                f,
                "`{trigger}` is a trigger of {} too; `{frame}` goes first where its conditions hold",
                others.join(", ")
            ),
            Overridden::Issue { issue, below } => write!(f, "issue `{issue}` takes the place of the one at {below}"),
            Overridden::Initiative { id, below } => write!(f, "`{id}` takes the place of the one at {below}"),
            Overridden::Word { word, issue, other } => {
                write!(f, "`{word}` is a word of `{other}` below; it counts for `{issue}` alone")
            }
        }
    }
}
