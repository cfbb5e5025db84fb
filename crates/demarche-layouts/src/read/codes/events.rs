//! Events: CAMEO's codes and PLOVER's names as types, modes, contexts and scores.

use std::collections::{HashMap, HashSet};

use demarche_record::{Context, EventType, Mode, QuadCode};

use super::super::fault::{FaultKind, ReadError};
use super::table;

const EVENTS: &str = include_str!("../../../../../data/ontology/events.tsv");
const CAMEO: &str = include_str!("../../../../../data/ontology/cameo.tsv");
const GOLDSTEIN: &str = include_str!("../../../../../data/ontology/goldstein.tsv");
const CONTEXTS: &str = include_str!("../../../../../data/ontology/contexts.toml");

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Act {
    pub(in super::super) event: EventType,
    pub(in super::super) mode: Vec<Mode>,
    pub(in super::super) context: Vec<Context>,
    pub(in super::super) quad: Option<QuadCode>,
    /// PLOVER's score of the event and mode.
    pub(in super::super) scale: Option<f64>,
    pub(in super::super) cameo: Option<String>,
    /// Of the CAMEO code.
    pub(in super::super) goldstein: Option<f64>,
}

/// The tables of events.
pub(in super::super) struct Events {
    /// Quad class and score by event and mode; no mode is an empty one.
    plover: HashMap<(String, String), (QuadCode, Option<f64>)>,
    cameo: HashMap<&'static str, (&'static str, &'static str, &'static str)>,
    goldstein: HashMap<&'static str, f64>,
    contexts: HashSet<String>,
}

impl Events {
    pub(super) fn new() -> Result<Self, ReadError> {
        let mut out =
            Self { plover: HashMap::new(), cameo: HashMap::new(), goldstein: HashMap::new(), contexts: HashSet::new() };
        for (line, cells) in table(EVENTS).skip(1) {
            let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
            let quad = cell(2).parse().map_err(|_| ReadError::Table {
                table: "data/ontology/events.tsv",
                line,
                cause: format!("`{}` is no quad class", cell(2)),
            })?;
            out.plover.insert((cell(0).to_owned(), cell(1).to_owned()), (QuadCode(quad), cell(3).parse().ok()));
        }
        for (line, cells) in table(CAMEO).skip(1) {
            let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
            if !out.plover.contains_key(&(cell(1).to_owned(), cell(2).to_owned())) {
                let cause = format!("{} {} is not in events.tsv", cell(1), cell(2));
                return Err(ReadError::Table { table: "data/ontology/cameo.tsv", line, cause });
            }
            out.cameo.insert(cell(0), (cell(1), cell(2), cell(3)));
        }
        for (_, cells) in table(GOLDSTEIN).skip(1) {
            if let (Some(code), Some(Ok(value))) = (cells.first(), cells.get(1).map(|cell| cell.parse())) {
                out.goldstein.insert(code, value);
            }
        }
        let names = CONTEXTS.lines().filter_map(|line| line.strip_prefix("name = "));
        out.contexts.extend(names.map(|name| name.trim().trim_matches('"').to_owned()));
        Ok(out)
    }

    /// The act of a CAMEO code. Where programs made a number of the code (`42` for `042`), the zero is put back; where both
    /// are codes (`10` and `010`), the Goldstein value `given` decides.
    pub(in super::super) fn of_cameo(&self, written: &str, given: Option<f64>) -> Result<Act, FaultKind> {
        let digits = written.trim().trim_end_matches(".0");
        if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FaultKind::Event(written.to_owned()));
        }
        let code = self.with_zero(digits, given);
        if code.starts_with("01") {
            return Err(FaultKind::Statement(code));
        }
        // A code that the table lacks is read as the wider one above it.
        let mut known = code.as_str();
        let (event, mode, contexts) = loop {
            match self.cameo.get(known) {
                Some(found) => break *found,
                None if known.len() > 2 => known = &known[..known.len() - 1],
                None => return Err(FaultKind::Event(written.to_owned())),
            }
        };
        let modes = Some(mode).filter(|mode| !mode.is_empty());
        let mut act = self.act(event, modes, contexts.split('|'), &mut Vec::new())?;
        act.goldstein = given.or_else(|| self.goldstein.get(code.as_str()).copied());
        act.cameo = Some(code);
        Ok(act)
    }

    fn with_zero(&self, digits: &str, given: Option<f64>) -> String {
        let longer = format!("0{digits}");
        let (short, long) = (self.goldstein.get(digits), self.goldstein.get(longer.as_str()));
        let is = |value: Option<&f64>| value.zip(given).is_some_and(|(value, given)| (value - given).abs() < 0.05);
        match (short, long) {
            (None, Some(_)) => longer,
            (Some(_), Some(_)) if is(long) && !is(short) => longer,
            _ => digits.to_owned(),
        }
    }

    /// The act of a name of PLOVER's; modes and contexts that are none are told to `notes`.
    pub(in super::super) fn act<'a>(
        &self,
        event: &str,
        modes: impl IntoIterator<Item = &'a str>,
        contexts: impl IntoIterator<Item = &'a str>,
        notes: &mut Vec<String>,
    ) -> Result<Act, FaultKind> {
        let Some(&(quad, bare)) = self.plover.get(&(event.to_owned(), String::new())) else {
            return Err(FaultKind::Event(event.to_owned()));
        };
        let mut act = Act {
            event: EventType::new(event),
            mode: Vec::new(),
            context: Vec::new(),
            quad: Some(quad),
            scale: None,
            cameo: None,
            goldstein: None,
        };
        // Only names of the ontology become names of records: those are kept for the life of the program.
        for mode in modes.into_iter().map(str::trim).filter(|mode| !mode.is_empty()) {
            let written = mode.to_lowercase().replace([' ', '_'], "-");
            if let Some((_, score)) = self.plover.get(&(event.to_owned(), written.clone())) {
                act.scale = act.scale.or(*score);
                act.mode.push(Mode::new(&written));
            } else {
                notes.push(format!("mode `{mode}` not known"));
            }
        }
        for context in contexts.into_iter().map(str::trim).filter(|context| !context.is_empty()) {
            let written = context.to_lowercase().replace([' ', '-'], "_");
            if self.contexts.contains(&written) {
                act.context.push(Context::new(&written));
            } else {
                notes.push(format!("context `{context}` not known"));
            }
        }
        act.scale = act.scale.or(bare);
        Ok(act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameo_codes_become_events() {
        let events = Events::new().unwrap();
        let told = |written: &str, given: Option<f64>| match events.of_cameo(written, given) {
            Ok(act) => {
                let modes: Vec<&str> = act.mode.iter().map(|mode| mode.as_str()).collect();
                format!("{} {} {}", act.cameo.unwrap_or_default(), act.event, modes.join(" "))
            }
            Err(fault) => fault.to_string(),
        };
        assert_eq!(told("190", None), "190 ASSAULT ");
        assert_eq!(told("42", None), "042 CONSULT visit");
        assert_eq!(told("10", Some(-5.0)), "10 REQUEST ");
        assert_eq!(told("11", Some(-2.0)), "11 ACCUSE ");
        assert_eq!(told("036", None), "036 AGREE ");
        assert_eq!(told("1999", None), "1999 ASSAULT ");
        assert!(told("010", None).contains("statement"));
        assert!(told("11", Some(-0.1)).contains("statement"), "{}", told("11", Some(-0.1)));
        for bad in ["", "x", "99", "0", "12345", "1é"] {
            assert!(told(bad, None).contains("no event"), "{bad}");
        }
        assert_eq!(events.contexts.len(), 37);
    }
}
