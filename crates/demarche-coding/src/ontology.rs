//! The event ontology: event types, modes, scores, CAMEO codes, and how acts compose. All of it is data.

use std::collections::{HashMap, HashSet};

use demarche_record::{EventType, Mode, QuadCode};

use crate::frames::Class;

const EVENTS: &str = include_str!("../../../data/ontology/events.tsv");
const GOLDSTEIN: &str = include_str!("../../../data/ontology/goldstein.tsv");
const COMPOSITION: &str = include_str!("../../../data/ontology/composition.tsv");

/// What is wrong with an ontology table.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct OntologyError {
    file: &'static str,
    line: usize,
    problem: String,
}

/// What one event and mode are worth.
#[derive(Clone, Debug)]
struct Row {
    quad: QuadCode,
    score: Option<f64>,
    cameo: String,
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
    /// Its CAMEO code.
    pub cameo: String,
}

/// The ontology in force.
#[derive(Clone, Debug)]
pub struct Ontology {
    rows: HashMap<(EventType, Option<Mode>), Row>,
    needs_recipient: HashSet<EventType>,
    goldstein: HashMap<String, f64>,
    compositions: Vec<Composition>,
}

/// Data rows of a table with a header: line number and cells. Comment lines start with `#`.
fn rows(table: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    table
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|(n, line)| (n + 1, line.split('\t').collect()))
}

fn class(written: &str) -> Option<Class> {
    Some(match written {
        "request" => Class::Request,
        "refuse" => Class::Refuse,
        "threaten" => Class::Threaten,
        "promise" => Class::Promise,
        "plan" => Class::Plan,
        "cease" => Class::Cease,
        "exclude" => Class::Exclude,
        "accuse" => Class::Accuse,
        "support" => Class::Support,
        _ => return None,
    })
}

impl Ontology {
    /// The ontology that ships with the program: PLOVER.
    ///
    /// # Errors
    /// [`OntologyError`] if a shipped table is not well-formed; a test holds that none is.
    pub fn builtin() -> Result<Self, OntologyError> {
        let mut out = Self {
            rows: HashMap::new(),
            needs_recipient: HashSet::new(),
            goldstein: HashMap::new(),
            compositions: Vec::new(),
        };
        for (line, cells) in rows(GOLDSTEIN) {
            let wrong = |problem: &str| OntologyError { file: "ontology/goldstein.tsv", line, problem: problem.into() };
            let [cameo, value] = cells[..] else { return Err(wrong("two columns expected: cameo, goldstein")) };
            out.goldstein
                .insert(cameo.into(), value.parse().map_err(|_| wrong("the Goldstein value is not a number"))?);
        }
        for (line, cells) in rows(EVENTS) {
            let wrong = |problem: String| OntologyError { file: "ontology/events.tsv", line, problem };
            let [event, mode, quad, score, cameo, needs] = cells[..] else {
                return Err(wrong("six columns expected: event, mode, quad, score, cameo, needs_recipient".into()));
            };
            let quad: u8 = quad.parse().map_err(|_| wrong(format!("quad `{quad}` is not 1 to 4")))?;
            let score = match score {
                "" => None,
                number => Some(number.parse().map_err(|_| wrong(format!("score `{number}` is not a number")))?),
            };
            if !out.goldstein.contains_key(cameo) {
                return Err(wrong(format!("CAMEO code `{cameo}` has no Goldstein value")));
            }
            let event = EventType::new(event);
            if needs == "yes" {
                out.needs_recipient.insert(event);
            }
            let mode = (!mode.is_empty()).then(|| Mode::new(mode));
            out.rows.insert((event, mode), Row { quad: QuadCode(quad), score, cameo: cameo.into() });
        }
        for (line, cells) in rows(COMPOSITION) {
            let wrong = |problem: String| OntologyError { file: "ontology/composition.tsv", line, problem };
            let [outer, content, content_mode, event, mode, cameo] = cells[..] else {
                return Err(wrong("six columns expected: class, content, content_mode, event, mode, cameo".into()));
            };
            let class = class(outer).ok_or_else(|| wrong(format!("`{outer}` is not a class that composes")))?;
            let known = |name: &str| {
                let event = EventType::new(name);
                if out.knows(event) { Ok(event) } else { Err(wrong(format!("`{name}` is not an event"))) }
            };
            let content = if content == "*" { None } else { Some(known(content)?) };
            let result = if event.is_empty() {
                None
            } else {
                let mode = (!mode.is_empty()).then(|| Mode::new(mode));
                Some(Composed { event: known(event)?, mode, cameo: cameo.into() })
            };
            let content_mode = (!content_mode.is_empty()).then(|| Mode::new(content_mode));
            out.compositions.push(Composition { class, content, content_mode, result });
        }
        Ok(out)
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
        self.needs_recipient.contains(&event)
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

    /// CAMEO code of an event and its first mode.
    pub fn cameo(&self, event: EventType, modes: &[Mode]) -> Option<&str> {
        modes
            .iter()
            .find_map(|&mode| self.rows.get(&(event, Some(mode))))
            .or_else(|| self.rows.get(&(event, None)))
            .map(|row| row.cameo.as_str())
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
