//! The event ontology: event types, modes, scores, CAMEO codes, and how acts compose. All of it is data.

use std::collections::{BTreeSet, HashMap};

use demarche_record::{Context, EventType, Mode, QuadCode};

use crate::files::FrameError;
use crate::frames::Class;

mod load;

/// What one event and mode are worth.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    quad: QuadCode,
    score: Option<f64>,
    cameo: Option<String>,
    needs_recipient: bool,
}

/// What an outer act becomes by the act it speaks of.
#[derive(Clone, Debug)]
struct Composition {
    class: Class,
    content: Option<EventType>,
    content_mode: Option<Mode>,
    result: Option<Composed>,
}

/// Event, mode and CAMEO code of a composed act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The event.
    pub event: EventType,
    /// Its mode, where the content tells one.
    pub mode: Option<Mode>,
    /// Its CAMEO code, where the table has one.
    pub cameo: Option<String>,
}

/// The ontology in force.
#[derive(Clone, Debug, Default)]
pub struct Ontology {
    rows: HashMap<(EventType, Option<Mode>), Row>,
    goldstein: HashMap<String, f64>,
    compositions: Vec<Composition>,
    contexts: BTreeSet<Context>,
}

impl Ontology {
    /// The ontology that ships with the program: PLOVER.
    ///
    /// # Errors
    /// [`FrameError`] if a shipped table is not well-formed; a test holds that none is.
    pub fn builtin() -> Result<Self, FrameError> {
        let mut faults = Vec::new();
        let ontology = Self::load(&[], &mut faults, &mut Vec::new());
        faults.into_iter().next().map_or(Ok(ontology), Err)
    }

    /// The event types, in alphabetical order.
    pub fn events(&self) -> BTreeSet<EventType> {
        self.rows.keys().map(|(event, _)| *event).collect()
    }

    /// The modes of an event, in alphabetical order.
    pub fn modes(&self, event: EventType) -> BTreeSet<Mode> {
        self.rows.keys().filter(|(of, _)| *of == event).filter_map(|(_, mode)| *mode).collect()
    }

    /// The contexts, in alphabetical order.
    pub const fn contexts(&self) -> &BTreeSet<Context> {
        &self.contexts
    }

    /// The CAMEO codes that have a Goldstein value.
    pub fn cameo_codes(&self) -> impl Iterator<Item = &str> {
        self.goldstein.keys().map(String::as_str)
    }

    /// Whether the event is defined.
    pub fn knows(&self, event: EventType) -> bool {
        self.rows.contains_key(&(event, None))
    }

    /// Whether the event has this mode.
    pub fn has_mode(&self, event: EventType, mode: Mode) -> bool {
        self.rows.contains_key(&(event, Some(mode)))
    }

    /// Whether an event of this type makes sense only with a recipient.
    pub fn needs_recipient(&self, event: EventType) -> bool {
        self.rows.get(&(event, None)).is_some_and(|row| row.needs_recipient)
    }

    /// Quad class.
    pub fn quad(&self, event: EventType) -> Option<QuadCode> {
        self.rows.get(&(event, None)).map(|row| row.quad)
    }

    /// PLOVER score: that of the mode of largest absolute value; a mode without a score takes its event's.
    pub fn score(&self, event: EventType, modes: &[Mode]) -> Option<f64> {
        let own = self.rows.get(&(event, None)).and_then(|row| row.score);
        modes
            .iter()
            .filter_map(|&mode| self.rows.get(&(event, Some(mode)))?.score.or(own))
            .max_by(|a, b| a.abs().total_cmp(&b.abs()))
            .or(own)
    }

    /// CAMEO code of an event and its first mode; a mode without a code takes its event's. A user's event may have none.
    pub fn cameo(&self, event: EventType, modes: &[Mode]) -> Option<&str> {
        let own = self.rows.get(&(event, None))?;
        let row = modes.iter().find_map(|&mode| self.rows.get(&(event, Some(mode))));
        row.and_then(|row| row.cameo.as_deref()).or(own.cameo.as_deref())
    }

    /// Goldstein value of a CAMEO code.
    pub fn goldstein(&self, cameo: &str) -> Option<f64> {
        self.goldstein.get(cameo).copied()
    }

    /// What an outer act of this class becomes by the act it speaks of (`None`: by one that no frame knows). The outer
    /// `None` means that no row speaks of it, the inner one that a row says: no event.
    pub fn compose(&self, class: Class, content: Option<(EventType, &[Mode])>) -> Option<Option<&Composed>> {
        self.compositions
            .iter()
            .find(|row| {
                row.class == class
                    && match (row.content, content) {
                        (None, _) => true,
                        (Some(_), None) => false,
                        (Some(wanted), Some((event, modes))) => {
                            wanted == event && row.content_mode.is_none_or(|mode| modes.contains(&mode))
                        }
                    }
            })
            .map(|row| row.result.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_follow_the_manual() {
        let ontology = Ontology::builtin().expect("shipped");
        // Several modes, one score: the largest absolute value; a mode without a score takes its event's.
        let modes = [Mode::new("visit"), Mode::new("phone")];
        assert_eq!(ontology.score(EventType::CONSULT, &modes), Some(4.0));
        assert_eq!(
            ontology.score(EventType::PROTEST, &[Mode::new("vandalize")]),
            ontology.score(EventType::PROTEST, &[])
        );
        assert_eq!(ontology.score(EventType::ACCUSE, &[]), Some(-3.0));
        assert_eq!(ontology.quad(EventType::SANCTION), Some(QuadCode(4)));
        for event in EventType::PLOVER {
            assert!(ontology.knows(event) && ontology.cameo(event, &[]).is_some(), "{event}");
        }
    }

    #[test]
    fn acts_within_acts_follow_the_table() {
        let ontology = Ontology::builtin().expect("shipped");
        let withdraw = [Mode::new("withdraw")];
        let composed = |class, event, modes: &[Mode]| {
            let row = ontology.compose(class, Some((event, modes))).flatten().expect("a row");
            (row.event, row.mode.map(Mode::as_str))
        };
        assert_eq!(composed(Class::Request, EventType::RETREAT, &withdraw), (EventType::REQUEST, Some("yield")));
        assert_eq!(composed(Class::Promise, EventType::RETREAT, &withdraw), (EventType::CONCEDE, None));
        assert_eq!(composed(Class::Refuse, EventType::RETREAT, &[]), (EventType::REJECT, Some("yield")));
        assert_eq!(composed(Class::Plan, EventType::CONSULT, &[]), (EventType::AGREE, None));
        assert_eq!(composed(Class::Exclude, EventType::SANCTION, &[]), (EventType::THREATEN, Some("restrict")));
        assert_eq!(ontology.compose(Class::Plan, None), None);
    }
}
