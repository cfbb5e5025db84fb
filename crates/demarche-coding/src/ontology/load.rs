//! The ontology's tables: those that ship with the program, and a user's over them.

use demarche_record::{EventType, Mode, QuadCode};

use super::{Composed, Composition, Ontology, Row};
use crate::conflicts::{Conflict, Overridden};
use crate::contexts::Contexts;
use crate::files::{DataFile, Extension, FrameError, Position, Source, TomlFile, nearest};
use crate::frames::Class;

const EVENTS: &str = include_str!("../../../../data/ontology/events.tsv");
const GOLDSTEIN: &str = include_str!("../../../../data/ontology/goldstein.tsv");
const COMPOSITION: &str = include_str!("../../../../data/ontology/composition.tsv");

/// Columns of the three tables.
const EVENT_COLUMNS: [&str; 6] = ["event", "mode", "quad", "score", "cameo", "needs_recipient"];
const GOLDSTEIN_COLUMNS: [&str; 2] = ["cameo", "goldstein"];
const COMPOSITION_COLUMNS: [&str; 6] = ["class", "content", "content_mode", "event", "mode", "cameo"];

/// Classes that compose, as tables write them.
const CLASSES: [(&str, Class); 9] = [
    ("request", Class::Request),
    ("refuse", Class::Refuse),
    ("threaten", Class::Threaten),
    ("promise", Class::Promise),
    ("plan", Class::Plan),
    ("cease", Class::Cease),
    ("exclude", Class::Exclude),
    ("accuse", Class::Accuse),
    ("support", Class::Support),
];

/// One row: its cells, and where each stands.
struct Cells<'a, const N: usize> {
    source: &'a Source<'a>,
    /// Each cell with its first byte in the file.
    cells: [(&'a str, usize); N],
}

impl<'a, const N: usize> Cells<'a, N> {
    fn text(&self, column: usize) -> &'a str {
        self.cells.get(column).map_or("", |(cell, _)| *cell)
    }

    fn position(&self, column: usize) -> Position {
        self.source.position(self.cells.get(column).map_or(0, |(_, at)| *at))
    }

    fn wrong(&self, column: usize, problem: impl Into<String>) -> FrameError {
        FrameError::at(&self.position(column), problem)
    }
}

/// Hands each data row of a table to `row`. Comment lines start with `#`; the first other line names the columns. Empty cells at
/// the end of a row may be left out.
fn rows<const N: usize>(
    source: &Source<'_>,
    columns: [&str; N],
    faults: &mut Vec<FrameError>,
    mut row: impl FnMut(&Cells<'_, N>) -> Result<(), FrameError>,
) {
    let mut headed = false;
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let at = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let error = |column: usize, problem: String| source.error(&(at + column..at + column), problem);
        if !headed {
            headed = true;
            if line.split('\t').ne(columns) {
                let expected = columns.join(", ");
                faults.push(error(0, format!("the first line must name the columns {expected}, parted by tabs")));
                return;
            }
            continue;
        }
        let mut cells = [("", at + line.len()); N];
        let mut next = at;
        let mut count = 0;
        for cell in line.split('\t') {
            if let Some(place) = cells.get_mut(count) {
                *place = (cell.trim(), next);
            }
            next += cell.len() + 1;
            count += 1;
        }
        if count > N {
            faults.push(error(0, format!("{count} cells, but the table has {N} columns; take the others away")));
        } else if let Err(fault) = row(&Cells { source, cells }) {
            faults.push(fault);
        }
    }
    if !headed {
        let expected = columns.join(", ");
        faults.push(source.error(&(0..0), format!("an empty table; its first line names the columns {expected}")));
    }
}

impl Ontology {
    /// The built-in ontology with the layers over it, or what the last layer that replaces it leaves in force.
    pub(crate) fn load(layers: &[Extension], faults: &mut Vec<FrameError>, conflicts: &mut Vec<Conflict>) -> Self {
        let shipped = |path: &str, text: &str| DataFile { name: path.into(), path: path.into(), text: text.into() };
        let replacing: Vec<bool> = layers.iter().map(|layer| replaces(layer, faults)).collect();
        let first = replacing.iter().rposition(|&replaces| replaces);
        let in_force = layers.get(first.unwrap_or(0)..).unwrap_or_default();
        let mut out = Self::default();
        // Goldstein's values are of CAMEO codes, whatever the events: they are never replaced as a whole.
        out.add_goldstein(&shipped("ontology/goldstein.tsv", GOLDSTEIN), faults);
        in_force.iter().filter_map(|l| l.ontology.goldstein.as_ref()).for_each(|f| out.add_goldstein(f, faults));
        if first.is_none() {
            out.add_events(&shipped("ontology/events.tsv", EVENTS), 0, faults, conflicts);
        }
        for (n, file) in in_force.iter().enumerate().filter_map(|(n, l)| Some((n, l.ontology.events.as_ref()?))) {
            out.add_events(file, n + 1, faults, conflicts);
        }
        // The first matching row counts: those of later layers are asked first.
        for file in in_force.iter().rev().filter_map(|l| l.ontology.composition.as_ref()) {
            out.add_composition(file, faults);
        }
        if first.is_none() {
            out.add_composition(&shipped("ontology/composition.tsv", COMPOSITION), faults);
        }
        out.contexts = Contexts::load(layers, first, &mut Vec::new()).names().collect();
        out
    }

    /// The layer from which on the ontology is in force: `None` for the built-in one.
    pub(crate) fn first_layer(layers: &[Extension]) -> Option<usize> {
        layers.iter().rposition(|layer| replaces(layer, &mut Vec::new()))
    }

    fn add_goldstein(&mut self, file: &DataFile, faults: &mut Vec<FrameError>) {
        rows(&Source::new(&file.name, &file.text), GOLDSTEIN_COLUMNS, faults, |cells| {
            let code = cells.text(0);
            if code.is_empty() {
                return Err(cells.wrong(0, "no CAMEO code; write one"));
            }
            let value = number(cells, 1)?
                .ok_or_else(|| cells.wrong(1, format!("no Goldstein value for `{code}`; write -10 to 10")))?;
            self.goldstein.insert(code.to_owned(), value);
            Ok(())
        });
    }

    fn add_events(
        &mut self,
        file: &DataFile,
        layer: usize,
        faults: &mut Vec<FrameError>,
        conflicts: &mut Vec<Conflict>,
    ) {
        let mut here: Vec<((EventType, Option<Mode>), Position)> = Vec::new();
        rows(&Source::new(&file.name, &file.text), EVENT_COLUMNS, faults, |cells| {
            let name = cells.text(0);
            let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !name.chars().all(capitals) {
                let problem =
                    format!("`{name}` is no name of an event; write capitals, digits and `_`, as in WATER_SHARE");
                return Err(cells.wrong(0, problem));
            }
            let mode = cells.text(1);
            let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
            if !mode.chars().all(small) {
                let problem = format!("`{mode}` is no name of a mode; write small letters, digits, `-` and `_`");
                return Err(cells.wrong(1, problem));
            }
            let quad = match cells.text(2) {
                "1" => 1,
                "2" => 2,
                "3" => 3,
                "4" => 4,
                other => {
                    let problem = format!(
                        "quad `{other}` is not 1 to 4; write 1 or 2 for verbal or material cooperation, 3 or 4 for verbal \
                         or material conflict"
                    );
                    return Err(cells.wrong(2, problem));
                }
            };
            let cameo = (!cells.text(4).is_empty()).then(|| cells.text(4).to_owned());
            if let Some(code) = &cameo {
                self.known_cameo(code).map_err(|problem| cells.wrong(4, problem))?;
            }
            let needs_recipient = match cells.text(5) {
                "" | "no" => false,
                "yes" => true,
                other => {
                    return Err(cells.wrong(5, format!("`{other}` in needs_recipient; write `yes` or nothing")));
                }
            };
            let key = (EventType::new(name), (!mode.is_empty()).then(|| Mode::new(mode)));
            if let Some((_, first)) = here.iter().find(|(other, _)| *other == key) {
                let problem = format!("{name} {mode} stands at line {} too; leave one of the two", first.line);
                return Err(cells.wrong(0, problem));
            }
            let row = Row { quad: QuadCode(quad), score: number(cells, 3)?, cameo, needs_recipient };
            let position = cells.position(0);
            if layer > 0 && self.rows.get(&key).is_some_and(|known| *known != row) {
                let overridden = Overridden::EventRow { event: key.0, mode: key.1 };
                conflicts.push(Conflict { position: position.clone(), overridden });
            }
            here.push((key, position));
            self.rows.insert(key, row);
            Ok(())
        });
        for ((event, mode), position) in here {
            if let Some(mode) = mode
                && !self.knows(event)
            {
                let problem =
                    format!("mode `{mode}` of {event}, which has no row of its own; add one with an empty mode");
                faults.push(FrameError::at(&position, problem));
            }
        }
    }

    fn add_composition(&mut self, file: &DataFile, faults: &mut Vec<FrameError>) {
        let mut found = Vec::new();
        rows(&Source::new(&file.name, &file.text), COMPOSITION_COLUMNS, faults, |cells| {
            let written = cells.text(0);
            let Some(&(_, class)) = CLASSES.iter().find(|(name, _)| *name == written) else {
                let near = nearest(written, CLASSES.iter().map(|(name, _)| *name));
                let known = CLASSES.map(|(name, _)| name).join(", ");
                return Err(
                    cells.wrong(0, format!("`{written}` is not a class that composes{near}; known are {known}"))
                );
            };
            let event = |column: usize| {
                let event = EventType::new(cells.text(column));
                self.known_event(event).map(|()| event).map_err(|problem| cells.wrong(column, problem))
            };
            let mode = |column: usize, event: Option<EventType>| match (cells.text(column), event) {
                ("", _) => Ok(None),
                (written, None) => {
                    Err(cells.wrong(column, format!("mode `{written}` without an event; name the event")))
                }
                (written, Some(event)) => {
                    let mode = Mode::new(written);
                    self.known_mode(event, mode).map(|()| Some(mode)).map_err(|problem| cells.wrong(column, problem))
                }
            };
            let content = if cells.text(1) == "*" { None } else { Some(event(1)?) };
            let content_mode = mode(2, content)?;
            let cameo = (!cells.text(5).is_empty()).then(|| cells.text(5).to_owned());
            if let Some(code) = &cameo {
                self.known_cameo(code).map_err(|problem| cells.wrong(5, problem))?;
            }
            let result = if cells.text(3).is_empty() {
                None
            } else {
                let event = event(3)?;
                Some(Composed { event, mode: mode(4, Some(event))?, cameo })
            };
            found.push(Composition { class, content, content_mode, result });
            Ok(())
        });
        self.compositions.append(&mut found);
    }

    /// What is wrong with the name of an event, if anything.
    pub(crate) fn known_event(&self, event: EventType) -> Result<(), String> {
        if self.knows(event) {
            return Ok(());
        }
        let near = nearest(event.as_str(), self.events().iter().map(|event| event.as_str()));
        Err(format!("event `{event}` is not in the ontology{near}; use one of events.tsv or define it there"))
    }

    /// What is wrong with the mode of an event, if anything.
    pub(crate) fn known_mode(&self, event: EventType, mode: Mode) -> Result<(), String> {
        if self.has_mode(event, mode) {
            return Ok(());
        }
        let modes: Vec<&str> = self.modes(event).iter().map(|mode| mode.as_str()).collect();
        let near = nearest(mode.as_str(), modes.iter().copied());
        let known = if modes.is_empty() { "no mode at all".to_owned() } else { modes.join(", ") };
        Err(format!("{event} has no mode `{mode}`{near}; it has {known}; add a row to events.tsv if you need it"))
    }

    /// What is wrong with a CAMEO code, if anything.
    pub(crate) fn known_cameo(&self, code: &str) -> Result<(), String> {
        if self.goldstein.contains_key(code) {
            return Ok(());
        }
        Err(format!(
            "CAMEO code `{code}` has no Goldstein value; use one of goldstein.tsv, or give it a value in your own"
        ))
    }

    /// What is wrong with the name of a context, if anything.
    pub(crate) fn known_context(&self, context: demarche_record::Context) -> Result<(), String> {
        if self.contexts.contains(&context) {
            return Ok(());
        }
        let near = nearest(context.as_str(), self.contexts.iter().map(|context| context.as_str()));
        Err(format!("context `{context}` is not in the ontology{near}; use one of contexts.toml or define it there"))
    }
}

/// A number from -10 to 10; `None` for an empty cell.
fn number<const N: usize>(cells: &Cells<'_, N>, column: usize) -> Result<Option<f64>, FrameError> {
    let written = cells.text(column);
    if written.is_empty() {
        return Ok(None);
    }
    let number = written.parse().ok().filter(|number| (-10.0..=10.0).contains(number));
    number
        .map(Some)
        .ok_or_else(|| cells.wrong(column, format!("`{written}` is no number from -10 to 10; write one, as in -4.5")))
}

/// Whether a layer replaces the ontology below it: `replace = true` in its `ontology.toml`.
fn replaces(layer: &Extension, faults: &mut Vec<FrameError>) -> bool {
    let Some(file) = &layer.ontology.settings else { return false };
    let Some(mut settings) = TomlFile::parse(&file.name, &file.text, faults) else { return false };
    let replace = settings.take::<bool>("replace", faults).is_some_and(|replace| *replace.get_ref());
    if replace && layer.ontology.events.is_none() {
        let problem = "replaces the built-in ontology, but no events.tsv stands beside it; add one";
        faults.push(settings.source.error(&(0..0), problem));
    }
    settings.finish(&["replace"], faults);
    replace
}
